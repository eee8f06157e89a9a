"""Which articles answer this request? An archive is one index and the way into it."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from search.article import Article, EntityName
from search.collapsing import Listing, Part, around, collapsed, whole_part
from search.cursor import Cursor, check_within
from search.deadline import check_deadline
from search.engines.base import UNDATED, Engine, EngineRequest, EngineResult, ListPosition, Match, sort_key
from search.errors import ArchivesAbsent, ArticleNotFound, TooExpensive
from search.families.reading import MOST_MEMBERS
from search.federation.addresses import named_addresses
from search.federation.holding import Federation
from search.federation.ids import archive_of
from search.german.lexicon import lexicon
from search.hits.explaining import TermScore, term_scores
from search.hits.hit import UNASKED, matcher_of, to_hit, to_hits
from search.listed_names import ListedNames
from search.page import (
    ARCHIVE,
    FACET_VALUES,
    ArticleMarks,
    Correction,
    EntityCount,
    FacetValue,
    Family,
    Hit,
    Matching,
    Neighbours,
    OtherQuery,
    Page,
    QueryInfo,
    Request,
    Suggestion,
)
from search.query.notices import notice
from search.query.readings import Reading, as_asked, looser
from search.query.terms import Keyword
from search.retrieval import (
    drawn,
    facet_values,
    families_of,
    first_answered,
    having_ids,
    listed,
    marks_of,
    matchings,
    neighbours,
)
from search.schema import WEIGHTS, Weights, column
from search.store.aliases import KeptAliases
from search.store.entry import to_article, to_found
from search.store.evidence import name_value
from search.store.holding import Holding, OneIndex, Status
from search.store.places import place_of
from search.store.words import WordLookup
from search.suggest.capitals import as_written
from search.suggest.completion import suggest
from search.suggest.did_you_mean import Answers, corrections
from search.suggest.similar import similar_matches
from search.suggest.spelling import Speller

if TYPE_CHECKING:
    from search.corpus.corpus import Corpus
    from search.families.arrivals import Arrivals

# Of the queries that ask for less than one that finds nothing, so many are counted, and so many shown.
MOST_COUNTED = 5
MOST_LOOSER = 3
ASKED_TOGETHER = 500  # articles that are asked for by their ids at once
MOST_SHOWN = 5  # members of a family that a hit names
ANY_WORD = "muster"  # to mark a word, more lists are read than to find it
ANY_PATTERN = "*muster"  # for the first pattern with a wildcard in front, engines list their terms


def open_archive(*addresses: str | Path) -> Archive:
    """Open the archive in a directory, or at another address (search.store.places), for searching; "index" by default.

    Several are asked as one: NAME=ADDRESS names each, or else its folder does (search.federation).
    Raises IndexMissing, IndexIncompatible, EngineUnavailable, or SettingUnusable for names that cannot be used.
    """
    named = named_addresses(addresses or ("index",))
    if len(named) > 1:
        return Archive(Federation(named))
    (address,) = named.values()
    return Archive(OneIndex(place_of(address)))


class Archive:
    """An open archive, or several as one. It sees new commits by itself and may be shared between threads."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._listed_names = ListedNames(holding)
        self._spelling: tuple[WordLookup, Speller] | None = None

    @property
    def _engine(self) -> Engine:
        """The engine as of the last commit."""
        return self._holding.engine()

    @property
    def archives(self) -> tuple[str, ...]:
        """The names of the archives that are asked as one; none if there is only one."""
        return self._holding.archives

    @property
    def absent(self) -> tuple[str, ...]:
        """The names of those of them that cannot be asked just now."""
        return self._holding.absent()

    def check_all_there(self, archives: Collection[str] = ()) -> None:
        """Raise ArchivesAbsent if one of these archives, by default of all, cannot be asked.

        For answers that cannot say what they lack; called afterwards, as an archive may fail meanwhile.
        """
        if absent := [name for name in self.absent if name in (archives or (name,))]:
            raise ArchivesAbsent(absent)

    @property
    def commit(self) -> tuple[int, ...]:
        """What tells the last commit from all before it, for what is computed once for each."""
        return self._holding.commit()

    @property
    def corpus(self) -> Corpus:
        """The articles of the last commit as a corpus, for what is asked of many of them at once."""
        from search.corpus.corpus import Corpus  # few requests need it

        return Corpus(
            self._engine,
            lambda: asdict(self.status()),
            lambda: self._holding.families() if self._holding.knows_copies() else None,
            self.check_all_there,
        )

    def prepare(self) -> None:
        """Do now what the first queries would wait for: read all word lists, map words and names, list terms."""
        lexicon()
        self.marks(Article("", ANY_WORD), ANY_WORD)
        self._speller()
        self._holding.names()
        self._holding.families()
        self.count(Request(ANY_PATTERN))

    def search(self, request: Request, facets: Mapping[str, int] | None = None, marked: bool = True) -> Page:
        """The page of hits that answers; `facets` says what to count, and how many values of each at most.

        What can be counted are FACETS and DATE_UNITS, and of several archives ARCHIVE; without `facets` it is what a
        page shows. Unless they are `marked`, hits do not say why they match, which takes half of the time of a long
        page.
        Raises BadRequest for a cursor of another request, TooExpensive when a deadline (search.deadline) has passed,
        and ArchivesAbsent if none of the archives that it asks for can be asked.
        """
        started = time.perf_counter()
        request, otherwise = self._listed_names.asked(request)
        cursor = Cursor.decode(request)
        asked = EngineRequest(
            size=request.size,
            after=cursor.position if cursor else None,
            back=cursor.back if cursor else False,
            facets=self._usual_facets() if facets is None else facets,
        )
        alone = replace(asked, size=0, after=None, back=False) if request.collapse else asked
        reading, found = first_answered(self._engine, request, alone, cursor.reading if cursor else None)
        check_within(cursor, found)
        part = self._part(request, replace(asked, terms=reading.terms, facets={}), found)
        hits, number = to_hits(part.matches, matcher_of(reading.clauses) if marked else UNASKED)
        bounds = [("few_marked", str(number))] if number < len(hits) else []
        bounds += [("many_fitting", pattern) for pattern in found.bounded]
        bounds += [("listed_otherwise", detail) for detail in otherwise]
        bounds += self._limits(request)
        if request.collapse and found.total and not self._holding.knows_copies():
            bounds.append(("copies_unknown", ""))
        query = self._query_info(request, reading, found, bounds)
        families = families_of(self._engine, self._holding.families(), [hit.id for hit in hits], MOST_SHOWN)
        return Page(
            query=query,
            total=found.total,
            took_ms=(time.perf_counter() - started) * 1000,
            hits=tuple(replace(hit, family=families[hit.id]) if hit.id in families else hit for hit in hits),
            facets={name: facet_values(found, name) for name in found.facets},
            ranks=part.ranks,
            previous=_cursor(request, reading, part.previous, back=True),
            next=_cursor(request, reading, part.next),
            reading=reading.number,
        )

    def family(self, id: str) -> Family | None:
        """The articles with the text of this one, itself among them; None if there is no other."""
        return families_of(self._engine, self._holding.families(), [id], MOST_MEMBERS).get(id)

    def answering(self, request: Request, ids: Sequence[str]) -> tuple[Hit, ...]:
        """Those of these articles that answer a request as asked, the earliest first, whatever its order and size."""
        asked = as_asked(self._listed_names.asked(request)[0])
        matches = [match for some in _several(ids) for match in having_ids(self._engine, asked.terms, some)]
        matches.sort(key=lambda match: sort_key("oldest", 0.0, match.day, match.id))
        hits, _ = to_hits(matches, matcher_of(asked.clauses))
        return hits

    def arrivals(self, known: bytes) -> Arrivals:
        """What is not in `known`, which is empty or what an earlier answer gave. Raises IndexIncompatible."""
        from search.families.arrivals import arrivals  # NumPy: who searches need not wait for it

        return arrivals(self._holding.sketches(), known)

    def ranking(self, request: Request, weights: Weights = WEIGHTS) -> tuple[str, ...]:
        """The ids of the best articles that answer, ranked with these weights; as many as the size of the request."""
        request, _ = self._listed_names.asked(request)
        asked = EngineRequest(size=request.size)
        _, found = first_answered(self._engine, request, asked, weights=weights)
        return tuple(match.id for match in found.matches)

    def matchings(self, request: Request, reading: int = 0, total: int | None = None) -> dict[Matching, int]:
        """How many articles one reading of a request finds by each of MATCHINGS; empty if it asks for no words.

        `reading` is that of a page, and so is `total`, which need not be counted again. Raises TooExpensive.
        """
        return matchings(self._engine, self._listed_names.asked(request)[0], reading, total)

    def explain(self, request: Request, id: str) -> list[TermScore]:
        """What each term of the query adds to the score of an article; nothing if the request does not find it."""
        engine = self._engine
        reading, _ = first_answered(engine, self._listed_names.asked(request)[0], EngineRequest(size=0))
        return term_scores(engine, reading.terms, id)

    def count(self, request: Request) -> int:
        """The number of articles that answer the request as asked, none of its words relaxed. Raises TooExpensive."""
        return self._counts([self._listed_names.asked(request)[0]])[0]

    def values(self, request: Request, name: str, most: int) -> tuple[FacetValue, ...]:
        """The most frequent values of a facet, or of one of DATE_UNITS, among all that answer the request."""
        request, _ = self._listed_names.asked(request)
        _, found = first_answered(self._engine, request, EngineRequest(size=0, facets={name: most}))
        return facet_values(found, name)

    def neighbours(self, request: Request, id: str, rank: int = 1) -> Neighbours | None:
        """What stands before and after an article in the list of a request; None if it is not in it.

        `rank` is about where it stands; a wrong one only takes longer.
        """
        request, _ = self._listed_names.asked(request)
        found = neighbours(self._engine, request, id, rank)
        if found is None or not request.collapse:
            return found
        reading, _ = first_answered(self._engine, request, EngineRequest(size=0))
        asked = EngineRequest(reading.terms, size=1, after=ListPosition(0.0, UNDATED, id, rank))
        listing = partial(listed, self._engine, request.sort)
        before, behind = (self._collapsed(listing, replace(asked, back=back)) for back in (True, False))
        return around(found, before, behind, rank)

    def sample(self, number: int, seed: int = 1) -> tuple[Article, ...]:
        """So many articles drawn at random, the same for the same archive and seed. Walks through the whole archive."""
        return tuple(drawn(self._engine, number, seed))

    def frequency(self, word: str) -> int:
        """In how many articles a word stands as typed, by its exact term; replaced ones may count for a while."""
        return self._engine.frequency(column("body", "exact"), word)

    def similar(self, article: Article, size: int = 5) -> tuple[Hit, ...]:
        """Articles that share the nouns and names an article is about, the most alike first."""
        return tuple(to_hit(match) for match in similar_matches(self._engine, article, size))

    def article(self, id: str) -> Article:
        """The article with this id. Raises ArticleNotFound, and ArchivesAbsent if it may be in one that is absent."""
        check_deadline("reading articles")
        stored = self._engine.get(id)
        if stored is None:
            if self.absent and archive_of(id) not in {*self.archives} - {*self.absent}:
                raise ArchivesAbsent(self.absent)
            raise ArticleNotFound(id)
        return to_article(stored)

    def articles(self, ids: Iterable[str]) -> Iterator[Article]:
        """The articles with these ids, without their mentions; ids that there are not are left out."""
        for some in _several(tuple(ids)):
            check_deadline("reading articles")
            stored = self._engine.get_many(some)
            yield from (to_article(stored[id], mentions=False) for id in some if id in stored)

    def hits(self, ids: Iterable[str]) -> tuple[Hit, ...]:
        """The articles with these ids as hits of a search without words; ids that there are not are left out."""
        wanted = list(ids)
        stored = self._engine.get_many(wanted)
        return tuple(to_hit(Match(id, 0.0, UNDATED, stored[id])) for id in wanted if id in stored)

    def marks(self, article: Article, text: str) -> ArticleMarks:
        """Where the query `text` matches in an article; word forms of a phrase where it has not its exact words."""
        return marks_of(article, text)

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Suggestion, ...]:
        """Words and names of the archive that go on as `prefix` begins, names first."""
        return suggest(self._engine, prefix, limit)

    def entities(self, type: str | None = None, prefix: str = "", limit: int = 100) -> tuple[EntityCount, ...]:
        """The names of the archive with their number of articles, the most frequent first, ties by name.

        `type` is one of ENTITY_TYPES, None is all of them; `prefix` begins any word of a name,
        whatever its capitals and umlauts. Raises BadRequest for another type.
        """
        return self._holding.names().find(type, prefix, limit)

    def counts(self, keyword: str) -> dict[str, int]:
        """All values of one of schema.KEYWORDS, with their number of articles."""
        return self._engine.counts(keyword)

    def articles_as_found(self, name: EntityName, size: int) -> tuple[Article, ...]:
        """The newest articles in which a name was found, with the names as found in each alone."""
        asked = EngineRequest(Keyword("found", name_value(name)), sort="newest", size=size)
        return tuple(to_found(match.stored) for match in self._engine.search(asked).matches)

    @property
    def aliases(self) -> KeptAliases:
        """The aliases that the articles were resolved with."""
        return self._holding.aliases()

    def also_found(self, name: EntityName) -> tuple[EntityCount, ...]:
        """The names that articles have for one that is listed in place of them, the most frequent first."""
        return self._listed_names.also_found(name)

    def listed_as(self, name: EntityName) -> EntityName | None:
        """The name that is listed in place of one that articles have or an alias gives, None if there is none."""
        return self._listed_names.listed_as(name)

    def spelt_like(self, name: EntityName) -> EntityName | None:
        """The name of a type that differs in capitals, umlauts and hyphens alone, or stands for one that does."""
        return self._listed_names.spelt_like(name)

    def status(self) -> Status:
        """What the archive holds and where it lies."""
        return self._holding.status()

    def close(self) -> None:
        """Let go of the index."""
        self._holding.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _speller(self) -> Speller:
        """What looks among the words of the last commit."""
        words, known = self._holding.words(), self._spelling
        if known is None or known[0] is not words:
            self._spelling = known = words, Speller(words)
        return known[1]

    def _usual_facets(self) -> Mapping[str, int]:
        """What is counted beside a page of hits unless a request says otherwise."""
        return FACET_VALUES | {ARCHIVE: len(self.archives)} if self.archives else FACET_VALUES

    def _limits(self, request: Request) -> Iterator[tuple[str, str]]:
        """What several archives cannot answer, as codes of notices with a detail.

        Raises ArchivesAbsent if a request asks for none of those that are there: nothing found would not be true.
        """
        if request.archive and {*request.archive} <= {*self.absent}:
            raise ArchivesAbsent(request.archive)
        if self.absent:
            yield "archives_absent", ", ".join(self.absent)
        if len(request.archive or self.archives) > 1 and request.collapse:
            yield "collapsed_apart", ""

    def _part(self, request: Request, asked: EngineRequest, found: EngineResult) -> Part:
        """The part of a list that is asked for, of which `found` is known: the same part, or the numbers alone."""
        if request.collapse:
            return self._collapsed(partial(listed, self._engine, request.sort), asked)
        return whole_part(found, asked)

    def _collapsed(self, listing: Listing, asked: EngineRequest) -> Part:
        return collapsed(self._engine, self._holding.families(), listing, asked)

    def _query_info(
        self, request: Request, reading: Reading, found: EngineResult, bounds: Sequence[tuple[str, str]]
    ) -> QueryInfo:
        """How the query was understood, what it may have been meant to be, and the bounds that the answer met."""
        return QueryInfo(
            request.text,
            reading.understood,
            tuple(notice(code, detail) for code, detail in (*reading.notices, *bounds)),
            self._corrections(request, reading, found),
            self._looser(request, found),
        )

    def _looser(self, request: Request, found: EngineResult) -> tuple[OtherQuery, ...]:
        """What asks for less than a query that nothing answers, the nearest first."""
        if found.total or request.cursor or not request.text:
            return ()
        others: list[OtherQuery] = []
        with suppress(TooExpensive):  # that nothing answers is known; what else could be asked is only a help
            texts = looser(request)[:MOST_COUNTED]
            counts = self._counts([replace(request, text=text) for text in texts])
            others = [OtherQuery(text, total) for text, total in zip(texts, counts, strict=True) if total]
        return tuple(others[:MOST_LOOSER])

    def _corrections(self, request: Request, reading: Reading, found: EngineResult) -> tuple[Correction, ...]:
        """What the query may have been meant to be; each finds far more than it does."""
        if request.cursor or not request.text:
            return ()
        answered = 0 if reading.relaxed in ("words_relaxed", "words_apart") else found.total
        with suppress(TooExpensive):  # the answer is there; what else may have been meant is only a help
            answered = self.count(request) if reading.relaxed == "words_many" else answered
            return corrections(request.text, self._speller(), self._answers(request), answered)
        return ()

    def _answers(self, request: Request) -> Answers:
        """What the archive says of other queries with the filters of a request."""
        engine = self._engine
        return Answers(
            lambda texts: self._counts([replace(request, text=text) for text in texts]),
            partial(as_written, engine),
            engine.count(),
        )

    def _counts(self, requests: Sequence[Request]) -> list[int]:
        """How many articles answer each request as asked. Raises TooExpensive."""
        check_deadline("counting the hits")
        asked = [EngineRequest(as_asked(request).terms, size=0) for request in requests]
        return [found.total for found in self._engine.search_many(asked)]


def _several(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + ASKED_TOGETHER] for first in range(0, len(ids), ASKED_TOGETHER))


def _cursor(request: Request, reading: Reading, position: ListPosition | None, back: bool = False) -> str | None:
    return Cursor(position, reading.number, back).encode(request) if position else None
