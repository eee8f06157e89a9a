"""Our terms as queries of tantivy, and an index as of one commit, which knows how frequent they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING

import tantivy
from tantivy import Occur, Query

from search.engines.base import UNDATED
from search.engines.rewriting import without_scores
from search.engines.scoring import idf
from search.engines.tantivy.columns import LAST_DAY
from search.engines.tantivy.estimates import selectivity
from search.engines.tantivy.read_only import Commit
from search.engines.tantivy.term_lists import TermLists
from search.engines.vocabulary import bounded_patterns, pattern_regex
from search.query import terms
from search.query.terms import Terms

if TYPE_CHECKING:
    from search.engines.arrays import Array
    from search.engines.tantivy.answer_sets import Answers, AnswerSets
    from search.engines.values.counting import Values

MOST_FREQUENCIES = 10_000  # frequencies of terms that are cached
MOST_PATTERNS = 20  # whose terms are cached, each with 300 kB at most; an answer is counted in several ways
MOST_QUERIES = 500  # compiled queries that are cached, each with some 10 kB
_MEAN_LENGTH = re.compile(r'"value": ([0-9.]+),\s*"description": "avgdl')


class View:
    """The index as of one commit."""

    def __init__(self, commit: Commit, term_lists: TermLists) -> None:
        self.searcher = searcher = commit.searcher
        self._schema = commit.schema
        self._fitting = lru_cache(MOST_PATTERNS)(partial(term_lists.fitting, commit))
        # A query asks several times for the same term: how rare it is, and how many entries may answer.
        self._frequency = lru_cache(MOST_FREQUENCIES)(searcher.doc_freq)
        self._queries: dict[tuple[Terms, bool], Query] = {}
        self._selectivity: dict[Terms, float] = {}
        self._bounded: set[tuple[str, str]] = set()  # columns and patterns that more terms fit
        self._tables = commit.values

    def fitting(self, column: str, pattern: str) -> list[str] | None:
        """The most frequent terms of a column that fit a pattern; None if too many of its terms are not listed yet.

        Raises TooExpensive.
        """
        fitting = self._fitting(column, pattern)
        if fitting is None:
            return None
        found, are_more = fitting
        if are_more:
            self._bounded.add((column, pattern))
        return found

    def bounded(self, asked: Terms) -> tuple[str, ...]:
        """The patterns of a query that more terms fit than were looked for."""
        return bounded_patterns(asked, self._bounded)

    def query(self, asked: Terms, scored: bool = True) -> Query:
        """Our terms as a query of tantivy, or one that finds the same and is cheaper where no score is needed.

        The last ones are cached, as readers turn pages and narrow down.
        """
        found = self._queries.get((asked, scored))
        if found is None:
            if len(self._queries) >= MOST_QUERIES:
                self._queries.clear()
            found = compiled(asked if scored else without_scores(asked), self._schema, self)
            self._queries[asked, scored] = found
        return found

    def selectivity(self, asked: Terms) -> float:
        """About which share of all entries answers."""
        share = self._selectivity.get(asked)
        if share is None:
            if len(self._selectivity) >= MOST_QUERIES:
                self._selectivity.clear()  # maybe while another thread looks, so what is answered is not read from it
            share = self._selectivity[asked] = selectivity(asked, self.share)
        return share

    def idf(self, column: str, text: str) -> float:
        """The idf of a term."""
        return idf(self._frequency(column, text), self.number())

    def mean_length(self, name: str, text: str) -> float:
        """The mean length of a column; tantivy tells it only where it explains a score, of an entry with this term."""
        query = Query.term_query(self._schema, name, text, "freq")
        found = self.searcher.search(query, 1, count=False).hits
        if not found:
            return 0.0
        lengths = _MEAN_LENGTH.search(query.explain(self.searcher, found[0][1]).to_json())
        return float(lengths[1]) if lengths else 0.0

    def share(self, name: str, text: str) -> float:
        """The share of entries with a term in a column, or with a value of a keyword."""
        return self._frequency(name, text) / max(1, self.number())

    @cached_property
    def days(self) -> tuple[int, int]:
        """The oldest and the newest day of all entries, UNDATED for both if none has any."""
        dated = Query.range_query(self._schema, "first", tantivy.FieldType.Unsigned, UNDATED + 1, LAST_DAY)
        asked = {name: {name: {"field": "first"}} for name in ("min", "max")}
        found = self.searcher.aggregate(dated, asked)
        return int(found["min"]["value"] or UNDATED), int(found["max"]["value"] or UNDATED)

    @cached_property
    def values(self) -> Values:
        """The values of all entries."""
        from search.engines.tantivy import serials  # NumPy: who only searches need not wait for it
        from search.engines.values.counting import Values

        count, following = self.number(), self._tables.following
        # A function that held the view itself would keep files of commits that nobody looks at any more.
        living = partial(serials.serial_numbers, self.searcher, self._schema, Query.all_query(), count, following)
        return Values(self._tables, count, living)

    @cached_property
    def _answer_sets(self) -> AnswerSets:
        from search.engines.tantivy.answer_sets import AnswerSets

        return AnswerSets(self._tables.following)

    def number(self) -> int:
        """The number of entries."""
        return int(self.searcher.num_docs)

    def answers(self, asked: Terms) -> Answers | None:
        """Which entries answer, if each part of a query asks for words that very many have; else None.

        Raises TooExpensive.
        """
        return self._answer_sets.answers(self, without_scores(asked))

    def serials_of(self, answers: Answers) -> tuple[Array, bool]:
        """The serial numbers of such answers; or those of all other entries, and True, if these are fewer."""
        return self._answer_sets.serials(self, answers)

    def serials(self, query: Query, number: int) -> Array:
        """The serial numbers of the entries that answer a query, of which there are at most so many.

        Raises TooExpensive.
        """
        from search.engines.tantivy import serials

        return serials.serial_numbers(self.searcher, self._schema, query, number, self._tables.following)

    def first_serials(self, query: Query, most: int) -> Array:
        """The same of no more than so many of them."""
        from search.engines.tantivy import serials

        return serials.first_serial_numbers(self.searcher, query, most)

    def serials_at(self, places: list[tantivy.DocAddress]) -> Array:
        """The serial numbers of the entries at these places."""
        from search.engines.tantivy import serials

        return serials.serial_numbers_at(self.searcher, places)


def compiled(query: terms.Terms, made: tantivy.Schema, view: View) -> Query:
    """Our terms as a query of tantivy; the view knows how frequent they are."""

    def inner(part: terms.Terms) -> Query:
        return compiled(part, made, view)

    match query:
        case terms.MatchAll():
            return Query.const_score_query(Query.all_query(), 0.0)
        case terms.MatchNone():
            return Query.empty_query()
        case terms.Keyword(name, value):
            return Query.const_score_query(Query.term_query(made, name, value), 0.0)
        case terms.DateRange(first, last):
            return _days(first, last, made)
        case terms.And(parts):
            return Query.boolean_query([(Occur.Must, inner(part)) for part in parts])
        case terms.Or():
            return _any_of(list(_alternatives(query)), inner)
        case terms.Should(required, optional):
            return Query.boolean_query([(Occur.Must, inner(required)), (Occur.Should, inner(optional))])
        case terms.AndNot(base, excluded):
            return Query.boolean_query([(Occur.Must, inner(base)), (Occur.MustNot, inner(excluded))])
        case terms.IdfTerm(column, text, weight):
            return Query.const_score_query(
                Query.term_query(made, column, text, "basic"), weight * view.idf(column, text)
            )
        case terms.Wildcard(column, pattern, weight):
            return Query.const_score_query(_wildcard(column, pattern, made, view), weight)
        case terms.Fuzzy(column, text, distance, weight):
            return Query.const_score_query(Query.fuzzy_term_query(made, column, text, distance), weight)
        case terms.Term() | terms.Phrase() | terms.Near():
            return Query.boost_query(_words(query, made), query.weight)


def _alternatives(query: terms.Terms) -> Iterator[terms.Terms]:
    """What is joined by or, without any grouping."""
    if isinstance(query, terms.Or):
        for part in query.parts:
            yield from _alternatives(part)
    else:
        yield query


def _any_of(parts: list[terms.Terms], inner: Callable[[terms.Terms], Query]) -> Query:
    """The parts joined by or.

    The idf of a term that is looked for anyway only adds to the score. Without it there are often nothing but terms,
    which tantivy joins in half the time.
    """
    required = {(part.column, part.text) for part in parts if isinstance(part, terms.Term)}
    added = [part for part in parts if isinstance(part, terms.IdfTerm) and (part.column, part.text) in required]
    joined = Query.boolean_query([(Occur.Should, inner(part)) for part in parts if part not in added])
    if not added:
        return joined
    return Query.boolean_query([(Occur.Must, joined), *((Occur.Should, inner(part)) for part in added)])


def _words(query: terms.Term | terms.Phrase | terms.Near, made: tantivy.Schema) -> Query:
    match query:
        case terms.Term(column, text):
            return Query.term_query(made, column, text, "freq")
        case terms.Phrase(column, texts):
            return Query.phrase_query(made, column, list(texts))
        case terms.Near(column, first, second, distance):
            # Both at offset 0: tantivy then accepts each distance up to the slop, in both orders.
            return Query.phrase_query(made, column, [(0, first), (0, second)], slop=distance + 1)


def _wildcard(column: str, pattern: str, made: tantivy.Schema, view: View) -> Query:
    beginning = pattern[:-1]
    if beginning and not set(beginning) & set("*?") and pattern.endswith("*"):
        # The same automaton as that of the expression, but made in no time.
        return Query.fuzzy_term_query(made, column, beginning, distance=0, prefix=True)
    found = view.fitting(column, pattern) if pattern.startswith(("*", "?")) else None
    if found is not None:
        return Query.term_set_query(made, column, found)
    return Query.regex_query(made, column, pattern_regex(pattern))


def _days(first: int | None, last: int | None, made: tantivy.Schema) -> Query:
    unsigned = tantivy.FieldType.Unsigned
    starts = Query.range_query(made, "first", unsigned, UNDATED + 1, last or LAST_DAY)
    ends = Query.range_query(made, "last", unsigned, first or UNDATED + 1, LAST_DAY)
    return Query.const_score_query(Query.boolean_query([(Occur.Must, starts), (Occur.Must, ends)]), 0.0)
