"""Query string -> what is asked of many articles at once: curves, lines, typical words, two searches, a record.

The page, the API and the files read the same parameters: programs strictly, readers leniently.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from flask import url_for
from werkzeug.datastructures import MultiDict

from search import Request
from search.corpus.collocations import MOST_WINDOW
from search.corpus.concordance import ORDERS
from search.corpus.curves import MOST_CURVES
from search.corpus.periods import UNITS
from search.errors import BadRequest
from search.page import REQUEST_FILTERS
from web.addresses import with_parameters
from web.parameters import (
    MOST_FILTER_VALUES,
    ParameterPairs,
    Parameters,
    flag,
    integer_parameter,
    query_text,
    refuse_unknown,
    single_value,
    strict_request,
    with_few_values,
)
from web.shared_archive import archive

STUDY_PARAMETERS = ("q", *REQUEST_FILTERS, "from", "to", "match")
OTHER = "other_"  # before the parameters of the second of two searches
# By the values of these a search can be taken apart into curves.
GROUPINGS = ("source", "section")
WINDOW = 5  # words around a match, unless told otherwise

CURVE_PARAMETERS = (*STUDY_PARAMETERS, "by", "unit", "collapse")
LINE_PARAMETERS = (*STUDY_PARAMETERS, "order", "window")
COMPARED_PARAMETERS = (*STUDY_PARAMETERS, *(OTHER + name for name in STUDY_PARAMETERS))
# Options of a search that not every study has a use for, with the values that are not the usual one: a page keeps them
# for the others, and for the hits.
HANDED_ON = {"collapse": ("1",), "order": ORDERS[1:]}

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class CurveRequest:
    """Searches by the labels of their curves; `unit` is one of UNITS, "" for the one that suits the time."""

    requests: Mapping[str, Request]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class LineRequest:
    """A search whose matches are listed; `order` is one of search.corpus.concordance.ORDERS, `window` is words."""

    request: Request
    order: str = "newest"
    window: int = WINDOW


@dataclass(frozen=True, slots=True)
class Study(Generic[Asked]):
    """What a reader asked: `pairs` are the usable parameters as typed, `refused` the others with their values.

    `onward` are the options that mean nothing here, and something on the pages that this one leads to.
    """

    asked: Asked
    pairs: ParameterPairs
    refused: Mapping[str, str] = field(default_factory=dict)
    onward: ParameterPairs = ()

    def typed(self, name: str) -> str:
        """The parameter as the reader typed it, usable or not; "" if it was not given."""
        return self.refused.get(name) or dict(self.pairs).get(name, "")

    def search_pairs(self, prefix: str = "") -> ParameterPairs:
        """The parameters of the search itself, or of the second one, as a result page takes them."""
        names = {prefix + name: name for name in STUDY_PARAMETERS}
        return tuple((names[name], value) for name, value in self.pairs if name in names)


def study_request(parameters: Parameters, *others: str) -> Request:
    """The one search that is asked about, beside other parameters; nothing of it is ever relaxed."""
    refuse_unknown(parameters, (*STUDY_PARAMETERS, *others))
    return _request(parameters)


def curve_request(parameters: Parameters) -> CurveRequest:
    """Up to MOST_CURVES queries with the same filters, or one query taken apart by its sources or sections.

    Collapsed, they count families.
    """
    refuse_unknown(parameters, CURVE_PARAMETERS)
    texts = list(dict.fromkeys(text for text in parameters.getlist("q") if text.strip())) or [""]
    if len(texts) > MOST_CURVES:
        raise BadRequest("q", f"q is given {len(texts)} times; give it at most {MOST_CURVES} times.")
    collapse = flag(parameters, "collapse")
    requests = {text: replace(_request(_with_text(parameters, text)), collapse=collapse) for text in texts}
    by = one_of(parameters, "by", ("", *GROUPINGS))
    unit = one_of(parameters, "unit", ("", *UNITS))
    if not by:
        return CurveRequest(requests, unit)
    if len(requests) > 1:
        raise BadRequest("by", f"by={by} takes one query apart; give q once.")
    (request,) = requests.values()
    return CurveRequest(_by_value(request, by), unit)


def line_request(parameters: Parameters, *others: str) -> LineRequest:
    """A search, the order of its lines, and the window of its collocates."""
    request = study_request(parameters, "order", "window", *others)
    window = integer_parameter(parameters, "window", default=WINDOW, most=MOST_WINDOW)
    return LineRequest(request, one_of(parameters, "order", ORDERS), window)


def compared_requests(parameters: Parameters) -> tuple[Request, Request]:
    """Two searches, the parameters of the second with OTHER before their names."""
    refuse_unknown(parameters, COMPARED_PARAMETERS)
    return _request(_part(parameters, "")), other_request(parameters)


def other_request(parameters: Parameters) -> Request:
    """The second of two searches."""
    try:
        return _request(_part(parameters, OTHER))
    except BadRequest as refusal:
        raise BadRequest(OTHER + refusal.parameter, str(refusal)) from None


def one_of(parameters: Parameters, name: str, known: Sequence[str]) -> str:
    """The value of a parameter that has but a few; the first of them if it is not given."""
    value = single_value(parameters, name) or known[0]
    if value not in known:
        raise BadRequest(name, f"{name} must be one of {', '.join(filter(None, known))}, not {value[:40]!r}.")
    return value


def leniently(parse: Callable[[Parameters], Asked], parameters: Parameters, known: Sequence[str]) -> Study[Asked]:
    """What a reader asked: unknown parameters are ignored, unusable ones set aside and remembered.

    What is given twice counts once. Where more values are given than may be, the last are left out: those that no
    parameter takes at once, as each round reads the others anew, and then one by one.
    """
    given = {name: [value for value in dict.fromkeys(parameters.getlist(name)) if value.strip()] for name in known}
    few = {name: values[:MOST_FILTER_VALUES] for name, values in given.items()}
    usable, refused = with_few_values(MultiDict((name, value) for name, values in few.items() for value in values))
    refused |= {name: values[-1] for name, values in given.items() if len(values) > MOST_FILTER_VALUES}
    while True:  # each round sets a value aside, so this ends
        try:
            asked = parse(usable)
        except BadRequest as refusal:
            if refusal.parameter not in usable:
                raise
            values = usable.poplist(refusal.parameter)
            refused.setdefault(refusal.parameter, values[-1])
            usable.setlist(refusal.parameter, values[:-1])
        else:
            return Study(asked, tuple(usable.items(multi=True)), refused, _onward(parameters, known))


def _onward(parameters: Parameters, known: Sequence[str]) -> ParameterPairs:
    given = ((name, parameters.get(name, "")) for name in HANDED_ON if name not in known)
    return tuple((name, value) for name, value in given if value in HANDED_ON[name])


def study_address(endpoint: str, pairs: ParameterPairs = ()) -> str:
    """The address of a page or file about many articles."""
    return with_parameters(url_for(endpoint), pairs)


def _request(parameters: Parameters) -> Request:
    query_text(parameters)
    asked = MultiDict((name, value) for name, value in parameters.items(multi=True) if name in STUDY_PARAMETERS)
    return replace(strict_request(asked), relax=False)


def _with_text(parameters: Parameters, text: str) -> Parameters:
    others = ((name, value) for name, value in parameters.items(multi=True) if name != "q")
    return MultiDict([("q", text), *others])


def _part(parameters: Parameters, prefix: str) -> Parameters:
    """The parameters of one of two searches, without what is before their names."""
    names = {prefix + name: name for name in STUDY_PARAMETERS}
    return MultiDict((names[name], value) for name, value in parameters.items(multi=True) if name in names)


def _by_value(request: Request, by: str) -> dict[str, Request]:
    """A search for each value that is asked for, or else for the most frequent ones."""
    values = request.filter(by) or tuple(found.value for found in archive().values(request, by, MOST_CURVES))
    if len(values) > MOST_CURVES:
        raise BadRequest(by, f"by={by} draws a curve for each {by}; give at most {MOST_CURVES}, not {len(values)}.")
    return {value: _narrowed(request, {by: (value,)}) for value in values} or {"": request}


def _narrowed(request: Request, filters: Mapping[str, Any]) -> Request:
    return replace(request, **filters)
