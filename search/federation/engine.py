"""The engines of several archives as one, for reading: whatever asks an engine can ask all of them."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from search.engines.base import EngineRequest, EngineResult, Entry, OneByOne, Writer, top_values
from search.federation.asking import Asking
from search.federation.counting import added_up, margin
from search.federation.ids import joined, own_id
from search.federation.member import Member
from search.federation.pages import first_of_all, in_turns, own_positions, position_now
from search.page import ARCHIVE
from search.query.terms import Keyword, Terms, all_of
from search.store.entry import with_id

_YEARS = {"year": 10_000}


class FederatedEngine(OneByOne):
    """The engines of archives as of their commits. It keeps the promises of search.engines.base, but for these:

    - Equal hits stand in the order of the archives, then by their ids.
    - Scores differ a little from those of one index if archives have texts of other lengths (search.federation.asking).
    - Of long lists of values, those far behind may have higher counts than are given (search.federation.counting).
    - `ids` has the newest year first; within a year the archives take turns.
    - Nothing is written.
    """

    def __init__(self, members: Sequence[Member]) -> None:
        self._members = members
        self._asking = Asking(members)

    def search(self, request: EngineRequest) -> EngineResult:
        (found,) = self.search_many([request])
        return found

    def search_many(self, requests: Sequence[EngineRequest]) -> list[EngineResult]:
        asked = [self._asked(request) for request in requests]  # for each request, what each archive is asked
        answers = [
            member.search_many([each[place] for each in asked]) for place, member in enumerate(self._members)
        ]  # of each archive, to each request
        return [self._result(*each) for each in zip(requests, asked, zip(*answers, strict=True), strict=True)]

    def _asked(self, request: EngineRequest) -> list[EngineRequest]:
        """What each archive is asked for a page of all of them."""
        terms = self._asking.of_each(request.terms, scored=request.size > 0)
        starts = own_positions(self._members, position_now(self._members, terms, request))
        facets = {name: margin(limit) for name, limit in request.facets.items() if name != ARCHIVE}
        return [
            EngineRequest(query, request.sort, request.size, start, request.back, facets)
            for query, start in zip(terms, starts, strict=True)
        ]

    def _result(
        self, request: EngineRequest, asked: Sequence[EngineRequest], answers: Sequence[EngineResult]
    ) -> EngineResult:
        return EngineResult(
            total=sum(found.total for found in answers),
            matches=tuple(first_of_all(self._members, [found.matches for found in answers], request)),
            facets={name: self._facet(name, limit, asked, answers) for name, limit in request.facets.items()},
            bounded=tuple(dict.fromkeys(pattern for found in answers for pattern in found.bounded)),
        )

    def _facet(
        self, name: str, limit: int, asked: Sequence[EngineRequest], answers: Sequence[EngineResult]
    ) -> tuple[tuple[str, int], ...]:
        """The most frequent values of a keyword, or how many articles of each archive answer."""
        if name == ARCHIVE:
            totals = zip(self._members, answers, strict=True)
            return top_values({member.name: found.total for member, found in totals if found.total}, limit)

        def count(place: int, values: list[str]) -> list[int]:
            query = asked[place].terms
            having = [EngineRequest(all_of([query, Keyword(name, value)]), size=0) for value in values]
            return [found.total for found in self._members[place].search_many(having)]

        return tuple(added_up([dict(found.facets.get(name, ())) for found in answers], limit, count))

    def ids(self, terms: Terms, most: int) -> list[str]:
        queries = self._asking.of_each(terms, scored=False)
        lists = []
        for member, query in zip(self._members, queries, strict=True):
            years = member.search(EngineRequest(query, size=0, facets=_YEARS)).facets.get("year", ())
            lists.append(([joined(member.name, id) for id in member.ids(query, most)], dict(years)))
        return in_turns(lists)[:most]

    def vocabulary(self, name: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        answers = [dict(member.vocabulary(name, prefix, margin(limit))) for member in self._members]
        return added_up(answers, limit, lambda place, texts: self._members[place].frequencies(name, texts))

    def counts(self, name: str) -> dict[str, int]:
        sums = Counter[str]()
        for member in self._members:
            sums.update(member.counts(name))
        return dict(sums)

    def frequency(self, name: str, text: str) -> int:
        return self.frequencies(name, [text])[0]

    def frequencies(self, name: str, texts: Sequence[str]) -> list[int]:
        answers = [member.frequencies(name, texts) for member in self._members]
        return [sum(counts) for counts in zip(*answers, strict=True)]

    def mean_length(self, name: str, text: str) -> float:
        return self._asking.mean_length(name, text)

    def get(self, id: str) -> str | None:
        return self.get_many([id]).get(id)

    def get_many(self, ids: Sequence[str]) -> dict[str, str]:
        """What was stored with entries; an id of no archive is that of the first which has it by itself."""
        found: dict[str, str] = {}
        for member in self._members:
            own = {id: full for full in ids if (id := own_id(member.name, full)) is not None}
            found |= {own[id]: with_id(one, own[id]) for id, one in member.get_many(list(own)).items()}
        for member in self._members:
            missing = [id for id in ids if id not in found]
            kept = member.get_many(missing) if missing else {}
            found |= {id: with_id(one, joined(member.name, id)) for id, one in kept.items()}
        return found

    def count(self) -> int:
        return self._asking.count()

    def writer(self) -> AbstractContextManager[Writer]:
        raise _written()

    def merge_segments(self) -> None:
        raise _written()

    def purge(self, make_entry: Callable[[str], Entry]) -> None:  # noqa: ARG002 - as all engines have it
        raise _written()

    def refresh(self) -> None:
        """Each archive sees its commits by itself."""

    def close(self) -> None:
        """Whoever has opened the archives closes them."""


def _written() -> io.UnsupportedOperation:
    return io.UnsupportedOperation("several archives are never written to as one")
