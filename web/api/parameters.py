"""The parameters of the JSON API and of files, as OpenAPI describes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.page import ARCHIVE, MATCHINGS, REQUEST_SORTS
from web.api.facets import FACET, FACET_SIZE, MOST_VALUES, NONE, countable
from web.api.schemas import TEXT, Schema, array, one_of
from web.hit_fields import FIELD, HIT_FIELDS
from web.parameters import LONGEST_QUERY, MOST_FILTER_VALUES

_DATE_DESCRIPTION = (
    "A date such as 2025-08-13, 2025-08, 2025 or 13.8.2025; a month or a year means {}. Undated articles never match."
)
_ANY_OF_THEM = "Several values: articles that have one of them."
_ALL_OF_THEM = "Several values: articles that have all of them."


def ids_parameter(most: int) -> Schema:
    """The ids of at most so many articles."""
    schema = array(ID) | {"minItems": 1, "maxItems": most}
    return parameter("id", schema, "The ids; those that there are not are left out.") | {
        "required": True,
        "explode": True,
    }


def suffix_parameter(known: Iterable[str]) -> Schema:
    """The suffix in a path, one of those known."""
    return parameter("suffix", one_of(known), "The kind of file.", place="path")


def asked_parameters(archives: Sequence[str]) -> tuple[Schema, ...]:
    """The parameters that say which articles are wanted, of several archives if these have names."""
    return (
        query_parameter(
            'The query: words, "exact phrases", UND ODER NICHT, fields, wildcards. Without it: all articles.'
        ),
        _filter_parameter("person", f"A person named in the article. {_ALL_OF_THEM}"),
        _filter_parameter("place", f"A place named in the article. {_ALL_OF_THEM}"),
        _filter_parameter("organisation", f"An organisation named in the article. {_ALL_OF_THEM}"),
        _filter_parameter("source", f"Where the article was published. {_ANY_OF_THEM}"),
        _filter_parameter("section", f"The section it was published in. {_ANY_OF_THEM}"),
        _filter_parameter("author", f"Who wrote the article, a person or an agency. {_ALL_OF_THEM}"),
        *(_archive_parameter(archives) if archives else ()),
        parameter("from", _DATE, _DATE_DESCRIPTION.format("its first day")),
        parameter("to", _DATE, _DATE_DESCRIPTION.format("its last day")),
        parameter(
            "match",
            one_of(MATCHINGS) | {"default": "all"},
            "How words match: as typed, in any form, or also in compounds and by what stands for them.",
        ),
    )


def search_parameters(
    archives: Sequence[str], size: Schema, size_description: str, relax: Schema
) -> tuple[Schema, ...]:
    """Those of a search, in the order of SEARCH_PARAMETERS; pages and files differ in `size` and `relax`."""
    *asked, match = asked_parameters(archives)
    return (
        *asked,
        parameter(
            "sort",
            one_of(REQUEST_SORTS) | {"default": "relevance"},
            "The order; undated articles come last. recent: relevance multiplied by recency.",
        ),
        match,
        relax,
        parameter(
            "collapse",
            one_of(("0", "1")) | {"default": "0"},
            "1: of articles with one text only the earliest that answers is listed. `total` and `facets` count all "
            "articles, and a page may have fewer hits than `size`.",
        ),
        parameter("size", size, size_description),
        parameter("cursor", TEXT, "The `next` of the page before."),
    )


def parameter(name: str, schema: Schema, description: str, place: str = "query") -> Schema:
    """A parameter of the query or, which makes it required, of the path."""
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, "description": description, "schema": schema} | required


def query_parameter(description: str) -> Schema:
    """The text of a query."""
    return parameter("q", TEXT | {"maxLength": LONGEST_QUERY}, description)


def _archive_parameter(archives: Sequence[str]) -> tuple[Schema, ...]:
    schema = array(one_of(archives)) | {"maxItems": len(archives)}
    return (parameter(ARCHIVE, schema, f"An archive by its name. {_ANY_OF_THEM}") | {"explode": True},)


def _filter_parameter(name: str, description: str) -> Schema:
    return parameter(name, array(TEXT) | {"maxItems": MOST_FILTER_VALUES}, description) | {"explode": True}


def facets_parameters(archives: Sequence[str]) -> tuple[Schema, ...]:
    """The parameters that say what is counted."""
    counted = countable(archives)
    return (
        parameter(
            FACET,
            array(one_of((*counted, NONE))) | {"maxItems": len(counted) + 1},
            "What to count; without it what filters can narrow by, and years. Months and days are a histogram.",
        )
        | {"explode": True},
        parameter(
            FACET_SIZE,
            {"type": "integer", "minimum": 1, "maximum": MOST_VALUES},
            "How many values of each facet at most; if not given, 20, of years 200, of months and days all.",
        ),
    )


def number_schema(default: int, most: int) -> Schema:
    """A number from 1."""
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


ID: Schema = {"type": "string", "minLength": 1, "pattern": r"[^ \t\r\n]"}
_DATE: Schema = {
    "type": "string",
    # Nothing, a year, a month or a day that each month has. The others and dates written in German are read, too.
    "pattern": r"^([ \t\r\n]*|(1[4-9]|2[0-9])[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?)$",
}
FIELDS_PARAMETER = parameter(
    FIELD,
    array(one_of(HIT_FIELDS)) | {"maxItems": len(HIT_FIELDS)},
    "The keys that hits are to have, beside `id`; without it all but `body`, which is the whole text.",
) | {"explode": True}
FILE_FIELDS_PARAMETER = FIELDS_PARAMETER | {
    "description": f"{FIELDS_PARAMETER['description']} Tables have columns of them, references and feeds not."
}
RELAX_PARAMETER = parameter(
    "relax",
    one_of(("0", "1")) | {"default": "1"},
    "0: what answers has all that is asked. 1: words that are merely listed may be missing; `notices` says so.",
)
