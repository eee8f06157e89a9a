"""What the API and the files promise of many articles at once: paths and shapes, as parts of openapi.py's document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from search.article import ENTITY_TYPES
from search.corpus.collocations import MOST_WINDOW
from search.corpus.concordance import MOST_LINES, ORDERS
from search.corpus.curves import MOST_CURVES
from search.corpus.periods import UNITS
from search.corpus.record import FORMAT, VERSION
from search.page import FILTERS, REQUEST_FILTERS
from web.api.schemas import (
    COUNT,
    NEWS_DATE,
    TEXT,
    TEXT_OR_NULL,
    Schema,
    array,
    closed_object,
    one_of,
    optional,
    reference,
)
from web.parameters import LONGEST_QUERY
from web.studies import GROUPINGS, OTHER, WINDOW

NUMBER: Schema = {"type": "number"}
CUT_SHORT: Schema = {
    "type": "boolean",
    "description": "The time of an answer was too short to read more: a longer or later one may have more.",
}
_WORD = {
    "count": COUNT,
    "expected": NUMBER | {"description": "The count if it were as frequent here as elsewhere."},
    "score": NUMBER | {"description": "The log-likelihood ratio (Dunning 1993)."},
}

CORPUS_SCHEMAS: dict[str, Schema] = {
    "Burst": closed_object(
        "A time with a far higher share than usual (Kleinberg 2003); the heaviest have `words`, `id` and `headline`.",
        first=TEXT,
        last=TEXT,
        count=COUNT,
        weight=NUMBER,
        words=array(TEXT),
        id=TEXT_OR_NULL,
        headline=TEXT_OR_NULL,
    ),
    "Curves": closed_object(
        unit=one_of(UNITS),
        periods=array(TEXT | {"description": "198X, 1989, 1989-11 or 1989-11-09."}),
        curves=array(
            closed_object(
                "`counts` of the `articles` of each period, both without copies if collapsed. `missing` of the `total` "
                "are dated less precisely, or not at all.",
                label=TEXT,
                total=COUNT,
                missing=COUNT,
                counts=array(COUNT),
                articles=array(COUNT),
                per_thousand=array({"type": ["number", "null"]}),
                bursts=array(reference("Burst")),
            )
        ),
    ),
    "Concordance": closed_object(
        "`places` were found in the `read` of `total` articles; `lines` are the first of them. The `collocates` are "
        "those of the first `counted` articles.",
        total=COUNT,
        read=COUNT,
        counted=COUNT,
        cut_short=CUT_SHORT,
        places=COUNT,
        lines=array(
            closed_object(
                id=TEXT,
                field=one_of(("title", "body")),
                date=NEWS_DATE,
                source=TEXT_OR_NULL,
                section=TEXT_OR_NULL,
                headline=TEXT,
                left=TEXT,
                match=TEXT | {"description": "The whole words in which something matches."},
                mark=reference("Mark"),
                right=TEXT,
            )
        ),
        collocates=array(closed_object(text=TEXT, before=COUNT, **_WORD)),
    ),
    "TypicalWords": array(closed_object(kind=one_of(("word", *ENTITY_TYPES)), text=TEXT, elsewhere=COUNT, **_WORD)),
    "Typical": closed_object(
        "Words are counted in `read` of `total` articles, names in all; both are compared with the `others`.",
        total=COUNT,
        read=COUNT,
        others=COUNT,
        cut_short=CUT_SHORT,
        words=reference("TypicalWords"),
        names=reference("TypicalWords"),
    ),
    "ComparedPart": closed_object("Some articles, and the ids of the best.", total=COUNT, ids=array(TEXT)),
    "Comparison": closed_object(
        "The words are those of `first_read` and `second_read` articles.",
        first=COUNT,
        second=COUNT,
        only_first=reference("ComparedPart"),
        both=reference("ComparedPart"),
        only_second=reference("ComparedPart"),
        facets=closed_object(
            **{name: array(closed_object(value=TEXT, first=COUNT, second=COUNT)) for name in FILTERS}
        ),
        first_read=COUNT,
        second_read=COUNT,
        cut_short=CUT_SHORT,
        first_words=reference("TypicalWords"),
        second_words=reference("TypicalWords"),
    ),
    "SearchRecord": closed_object(
        "What a search found, and when. `hash` is the SHA-256 of the ids in order, each with a line end; `ids` is null "
        "if there are more than 100,000. `nachlese rerun` compares it with what the search finds later.",
        format={"const": FORMAT},
        version={"const": VERSION},
        made=TEXT,
        query=optional(
            closed_object(
                q=TEXT, match=TEXT, **{name: array(TEXT) for name in REQUEST_FILTERS}, **{"from": TEXT, "to": TEXT}
            ),
            *REQUEST_FILTERS, "from", "to",
        ),
        understood=TEXT,
        archive=closed_object(
            articles=COUNT, engine=TEXT, generation=COUNT, committed=TEXT, schema=COUNT, analysis=TEXT
        ),
        total=COUNT,
        hash=TEXT,
        ids={"type": ["array", "null"], "items": TEXT},
        url=TEXT | {"description": "The page that says whether the search still finds the same."},
    ),
}  # fmt: skip

Operation = Callable[..., dict[str, Any]]


def corpus_paths(json: Operation, file: Operation, search: tuple[Schema, ...]) -> dict[str, Any]:
    """The paths, made by the functions of openapi.py; `search` are the parameters of a search."""
    lines = (_parameter("order", one_of(ORDERS) | {"default": "newest"}, "How the lines are sorted."), _WINDOW)
    size = _parameter("size", _number(MOST_LINES), "How many lines at most; if not given, 100, in a file all.")
    many = _replaced(search, q=array(TEXT | {"maxLength": LONGEST_QUERY}) | {"maxItems": MOST_CURVES})
    curves = (*many, _BY, _UNIT, _COLLAPSE)
    other = tuple(one | {"name": OTHER + one["name"]} for one in search)
    csv = {"text/csv": TEXT}
    return {
        "/api/curves": json("curves", "How often is something written about, and when?", "Curves", *curves),
        "/api/concordance": json("concordance", "Where and how is a word used?", "Concordance", *search, *lines, size),
        "/api/typical": json("typical", "Which words and names stand out in what a search finds?", "Typical", *search),
        "/api/compare": json("compare", "What do two searches find?", "Comparison", *search, *other),
        "/kurven.csv": file("curvesFile", "Curves as a table.", csv, *curves),
        "/konkordanz.csv": file("concordanceFile", "The lines as a table.", csv, *search, *lines, size),
        "/kollokationen.csv": file("collocationsFile", "The words near those that match.", csv, *search, *lines),
        "/typisch.csv": file("typicalFile", "Words and names that stand out.", csv, *search),
        "/beleg.json": file(
            "record", "The record of a search.", {"application/json": reference("SearchRecord")}, *search
        ),
    }


def _replaced(search: tuple[Schema, ...], **schemas: Schema) -> tuple[Schema, ...]:
    """The parameters, some of them with another schema."""
    replaced: Mapping[str, Schema] = schemas
    return tuple(
        one | {"schema": replaced[one["name"]], "explode": True} if one["name"] in replaced else one for one in search
    )


def _number(most: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _parameter(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "query", "description": description, "schema": schema}


_WINDOW = _parameter(
    "window", _number(MOST_WINDOW) | {"default": WINDOW}, "How many words away from the match a collocate may stand."
)
_BY = _parameter("by", one_of(GROUPINGS), "A curve for each source or section that is named, or the largest.")
_UNIT = _parameter("unit", one_of(UNITS), "The steps; if not given, those that suit the time.")
_COLLAPSE = _parameter(
    "collapse",
    one_of(("0", "1")) | {"default": "0"},
    "1: of articles with one text, a period counts one; `total` and `missing` count all articles.",
)
