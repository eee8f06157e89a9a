"""Query string -> search.Request: strictly for programs, leniently for readers.

A value of blanks alone counts as not given, because that is what an HTML form sends for an empty box.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from search import NewsDate, Request, parse_date
from search.errors import BadRequest
from search.page import ARCHIVE, FILTERS, MATCHINGS, REQUEST_FILTERS, REQUEST_SORTS, Matching, RequestSort
from web.shared_archive import archive_names

LONGEST_QUERY = 1000
LARGEST_PAGE = 100
MOST_FILTER_VALUES = 50  # of one filter; more is no reader, and each costs the engine a lookup
# Values on a page beside the first of each parameter: all stand in each of its links, and many links take one away.
MOST_FURTHER_VALUES = 100
# ARCHIVE only where there are several.
SEARCH_PARAMETERS = ("q", *REQUEST_FILTERS, "from", "to", "sort", "match", "relax", "collapse", "size", "cursor")

BLANKS = " \t\r\n"  # what people leave in a box
VIEWS = ("list", "compact")  # how a page can show its hits
DISPLAY_PARAMETERS = ("view", "rank")  # parameters of a page that do not change which hits it shows

Parameters = MultiDict[str, str]  # of a request, as they came
ParameterPairs = tuple[tuple[str, str], ...]  # names with values, in order; what addresses are made of


@dataclass(frozen=True, slots=True)
class ReaderRequest:
    """What a reader asked on the page.

    `pairs` are the usable parameters as they were typed, `refused` maps the name of each
    unusable one to its value.
    """

    request: Request
    pairs: ParameterPairs = ()
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def view(self) -> str:
        """How to show the hits, one of VIEWS."""
        return dict(self.pairs).get("view", VIEWS[0])

    @property
    def search_pairs(self) -> ParameterPairs:
        """The parameters that say which articles are wanted and in which order, not which page of them or how shown."""
        return without_parameters(self.pairs, "view", "size", "cursor")

    def with_text(self, text: str) -> ReaderRequest:
        """The same request with this as its query."""
        others = without_parameters(self.pairs, "q")
        return replace(self, pairs=(("q", text), *others) if text else others)

    def typed(self, name: str) -> str:
        """The parameter as the reader typed it, usable or not; "" if it was not given."""
        return self.refused.get(name) or dict(self.pairs).get(name, "")


def strict_request(
    parameters: Parameters, *, size: int = 10, largest: int = LARGEST_PAGE, besides: tuple[str, ...] = ()
) -> Request:
    """The request of a program; BadRequest names the first parameter that cannot be used and the remedy.

    `size` is the number of hits if none is given, `largest` the most that can be; others read parameters `besides`.
    """
    names = archive_names()
    refuse_unknown(parameters, (*(name for name in SEARCH_PARAMETERS if names or name != ARCHIVE), *besides))
    since, until = _days(single_value(parameters, "from"), single_value(parameters, "to"))
    return Request(
        text=query_text(parameters),
        since=since,
        until=until,
        sort=_sort(single_value(parameters, "sort")),
        match=_matching(single_value(parameters, "match")),
        relax=flag(parameters, "relax", usual=True),
        collapse=flag(parameters, "collapse"),
        size=integer_parameter(parameters, "size", default=size, most=largest),
        cursor=single_value(parameters, "cursor") or None,
        **{name: _at_most(parameters, name, MOST_FILTER_VALUES) for name in FILTERS},
        archive=tuple(dict.fromkeys(values_of(parameters, ARCHIVE, names))),
    )


def lenient_request(parameters: Parameters) -> ReaderRequest:
    """The request of a reader: unknown parameters are ignored, unusable ones set aside and remembered."""
    usable, refused = with_few_values(_known(parameters))
    while True:  # each round sets one parameter aside, so this ends
        try:
            request = strict_request(usable)
        except BadRequest as refusal:
            refused[refusal.parameter] = usable.poplist(refusal.parameter)[0]
        else:
            return ReaderRequest(request, (*usable.items(multi=True), *_view(parameters)), refused)


def with_few_values(parameters: Parameters) -> tuple[Parameters, dict[str, str]]:
    """The parameters with as many values as a page may have, and the last value of each that has more."""
    usable, refused, left = Parameters(), dict[str, str](), MOST_FURTHER_VALUES
    for name, values in parameters.lists():
        kept = values[: left + 1]
        left -= len(kept) - 1
        usable.setlist(name, kept)
        if len(kept) < len(values):
            refused[name] = values[-1]
    return usable, refused


def search_pairs(parameters: Parameters) -> ParameterPairs:
    """The parameters of a search among these as they were typed, usable or not, but for its place in the list."""
    few, _ = with_few_values(_known(parameters))
    return without_parameters((*few.items(multi=True), *_view(parameters)), "cursor")


def without_pair(pairs: ParameterPairs, unwanted: tuple[str, str]) -> ParameterPairs:
    """The parameters but this value of this one."""
    return tuple(pair for pair in pairs if pair != unwanted)


def without_parameters(pairs: ParameterPairs, *names: str) -> ParameterPairs:
    """The parameters but those of these names."""
    return tuple(pair for pair in pairs if pair[0] not in names)


def is_given(value: str) -> bool:
    """Whether a value says something."""
    return bool(value.strip(BLANKS))


def refuse_unknown(parameters: Parameters, known: Collection[str]) -> None:
    """BadRequest for a parameter that is not `known`: a misspelt filter must not silently widen the search."""
    for name in parameters:
        if name not in known:
            raise BadRequest(name[:40], f"There is no parameter {name[:40]!r} here; known are {', '.join(known)}.")


def query_text(parameters: Parameters) -> str:
    """The text of the query, at most LONGEST_QUERY characters."""
    return text_parameter(parameters, "q")


def text_parameter(parameters: Parameters, name: str) -> str:
    """A text that a reader typed, at most LONGEST_QUERY characters."""
    text = single_value(parameters, name)
    if len(text) > LONGEST_QUERY:
        raise BadRequest(name, f"{name} has {len(text)} characters; shorten it to {LONGEST_QUERY} or fewer.")
    return text


def integer_parameter(parameters: Parameters, name: str, *, default: int, most: int) -> int:
    """A number from 1 to `most`, or `default` if none is given."""
    text = single_value(parameters, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise BadRequest(name, f"{name} must be a whole number from 1 to {most}, not {text[:40]!r}.")
    return int(text)


def single_value(parameters: Parameters, name: str) -> str:
    """The one value of a parameter, "" if it is not given; BadRequest if it is given several times."""
    values = [value for value in parameters.getlist(name) if is_given(value)]
    if len(values) > 1:
        raise BadRequest(name, f"{name} is given {len(values)} times; give it once.")
    return values[0] if values else ""


def ids_parameter(parameters: Parameters, most: int) -> tuple[str, ...]:
    """The ids of at least one and at most so many articles, each once."""
    ids = _at_most(parameters, "id", most)
    if not ids:
        raise BadRequest("id", "Which articles? Give their ids.")
    return ids


def values_of(parameters: Parameters, name: str, known: Collection[str]) -> list[str]:
    """The values of a parameter, at most one for each that is known; BadRequest for others."""
    values = [value for value in parameters.getlist(name) if value]
    for value in values:
        if value not in known:
            raise BadRequest(name, f"{name} must be one of {', '.join(known)}, not {value[:40]!r}.")
    if len(values) > len(known):
        raise BadRequest(name, f"{name} is given {len(values)} times; give each value once.")
    return values


def _at_most(parameters: Parameters, name: str, most: int) -> tuple[str, ...]:
    """The values of a parameter that may be given so often, each once and none empty."""
    values = parameters.getlist(name)
    if len(values) > most:
        raise BadRequest(name, f"{name} is given {len(values)} times; give it at most {most} times.")
    return tuple(dict.fromkeys(value for value in values if is_given(value)))


def _days(since: str, until: str) -> tuple[date | None, date | None]:
    """The first and the last day that two dates, each perhaps empty, include."""
    first = _date("from", since).first if since else None
    last = _date("to", until).last if until else None
    if first and last and last < first:
        raise BadRequest("to", f"to ({last}) lies before from ({first}); exchange them.")
    return first, last


def _date(name: str, text: str) -> NewsDate:
    try:
        return parse_date(text)
    except ValueError as problem:
        raise BadRequest(name, f"{name}: {problem}.") from None


def _sort(text: str) -> RequestSort:
    for sort in REQUEST_SORTS:
        if sort == (text or "relevance"):
            return sort
    raise BadRequest("sort", f"sort must be one of {', '.join(REQUEST_SORTS)}, not {text[:40]!r}.")


def _matching(text: str) -> Matching:
    for matching in MATCHINGS:
        if matching == (text or "all"):
            return matching
    raise BadRequest("match", f"match must be one of {', '.join(MATCHINGS)}, not {text[:40]!r}.")


def flag(parameters: Parameters, name: str, *, usual: bool = False) -> bool:
    """Whether a parameter is 1 and not 0, or what is usual if it is not given."""
    text = single_value(parameters, name)
    if text not in ("", "0", "1"):
        raise BadRequest(name, f"{name} must be 0 or 1, not {text[:40]!r}.")
    return text == "1" if text else usual


def _view(parameters: Parameters) -> ParameterPairs:
    """The parameter that says how to show the hits, if it is not the usual way."""
    view = parameters.get("view", "")
    return (("view", view),) if view in VIEWS[1:] else ()


def _known(parameters: Parameters) -> Parameters:
    """The known and filled parameters in the order of SEARCH_PARAMETERS, single ones once."""
    pairs: list[tuple[str, str]] = []
    for name in SEARCH_PARAMETERS:
        values = [value for value in parameters.getlist(name) if is_given(value)]
        pairs += ((name, value) for value in (values if name in REQUEST_FILTERS else values[:1]))
    return MultiDict(pairs)
