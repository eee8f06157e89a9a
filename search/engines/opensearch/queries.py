"""What is OpenSearch asked? Each of our terms as its query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from search.engines.opensearch.mapping import EMPTY, has_presence
from search.query import terms

Query = dict[str, Any]
# Of each of the texts of a column its idf, for what has no field of its own for it.
Idf = Callable[[str, str], float]


def compiled(query: terms.Terms, idf: Idf) -> Query:
    """The query of OpenSearch that finds and scores as ours does."""
    match query:
        case terms.MatchAll():
            return _unscored({"match_all": {}})
        case terms.MatchNone():
            return {"match_none": {}}
        case terms.Keyword(name, value):
            return _unscored({"term": {name: value}})
        case terms.DateRange(first, last):
            begins = {"range": {"first": {"gte": 1, **({"lte": last} if last is not None else {})}}}
            return _unscored(begins, {"range": {"last": {"gte": first or 1}}})
        case terms.And(parts):
            return {"bool": {"must": [compiled(part, idf) for part in parts]}}
        case terms.Or(parts):
            return {"bool": {"should": [compiled(part, idf) for part in parts], "minimum_should_match": 1}}
        case terms.Should(required, optional):
            asked = {"must": [compiled(required, idf)], "should": [compiled(optional, idf)]}
            return {"bool": {**asked, "minimum_should_match": 0}}
        case terms.AndNot(base, excluded):
            return {"bool": {"must": [compiled(base, idf)], "must_not": [compiled(excluded, idf)]}}
        case terms.IdfTerm(column, text, weight):
            if has_presence(column):
                return {"term": {f"{column}.present": {"value": text, "boost": weight}}}
            return {"constant_score": {"filter": {"term": {column: text}}, "boost": weight * idf(column, text)}}
        case terms.Wildcard() | terms.Fuzzy():
            return _expanded(query)
        case terms.Term(column, text, weight):
            return {"term": {column: {"value": text, "boost": weight}}}
        case terms.Phrase(column, texts, weight):
            return {"match_phrase": {column: {"query": " ".join(texts), "analyzer": "words", "boost": weight}}}
        case terms.Near(column, first_word, second_word, distance, weight):
            clauses = [{"span_term": {column: first_word}}, {"span_term": {column: second_word}}]
            return {"span_near": {"clauses": clauses, "slop": distance, "in_order": False, "boost": weight}}


def _expanded(query: terms.Wildcard | terms.Fuzzy) -> Query:
    """A query that stands for all terms which fit."""
    if isinstance(query, terms.Fuzzy):
        fuzzy = {"value": query.text, "fuzziness": query.distance, "prefix_length": 0, "transpositions": True}
        return {"fuzzy": {query.column: {**fuzzy, "rewrite": "constant_score", "boost": query.weight}}}
    value = query.pattern.replace("\\", "\\\\")
    fits = {"wildcard": {query.column: {"value": value, "boost": query.weight, "rewrite": "constant_score"}}}
    if query.pattern.strip("*?"):
        return fits
    return {"bool": {"must": [fits], "must_not": [{"term": {query.column: EMPTY}}]}}


def _unscored(*filters: Query) -> Query:
    """What must be true and adds nothing to the score."""
    return {"bool": {"filter": list(filters)}}
