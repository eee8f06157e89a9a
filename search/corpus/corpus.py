"""An archive as a corpus: what is asked of all articles that a search finds at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from search.corpus.comparison import Comparison, compare
from search.corpus.concordance import Concordance, concordance
from search.corpus.curves import Curves, curves
from search.corpus.record import Rerun, SearchRecord, record, rerun
from search.corpus.typical import TypicalOf, typical_of
from search.engines.base import Engine
from search.families.reading import FamilyLookup
from search.page import Request
from search.query.readings import as_asked


class Corpus:
    """The articles of an archive as of one commit. Nothing that is asked of it is ever relaxed.

    What is asked may take long: all of it looks at the deadline (search.deadline) and raises TooExpensive.
    """

    def __init__(
        self,
        engine: Engine,
        state: Callable[[], Mapping[str, Any]],
        families: Callable[[], FamilyLookup | None],
        check_all_there: Callable[[Collection[str]], None],
    ) -> None:
        """`state` says what the archive is, as `search.Status` does; `families` are None where they are not known.

        `check_all_there` raises ArchivesAbsent if one of several archives cannot be asked.
        """
        self._engine = engine
        self._state = state
        self._families = families
        self._check_all_there = check_all_there

    def curves(self, requests: Mapping[str, Request], unit: str = "", explained: bool = True) -> Curves:
        """What several requests find over time, by their labels, and the bursts of each.

        Requests that are collapsed count families. `unit` is one of UNITS, "" for the one that suits the time. Raises
        BadRequest for one that gives too many steps, and where it is not known which articles are copies.
        """
        families = self._families() if any(request.collapse for request in requests.values()) else None
        return curves(self._engine, families, requests, unit, explained)

    def concordance(self, request: Request, order: str = "newest", window: int = 5) -> Concordance:
        """The places that match as lines, in one of ORDERS, and the words that stand near them more than elsewhere."""
        return concordance(self._engine, as_asked(request), order, window)

    def typical(self, request: Request) -> TypicalOf:
        """The words and names that what a request finds has more often than the rest of the archive."""
        return typical_of(self._engine, as_asked(request).terms)

    def compare(self, first: Request, second: Request) -> Comparison:
        """What two requests find: both of them, and each alone."""
        return compare(self._engine, as_asked(first), as_asked(second))

    def record(self, request: Request) -> SearchRecord:
        """What a request finds now, to be cited and compared later. Raises BadRequest for more than a record holds.

        And ArchivesAbsent if one of several archives cannot be asked: what is cited is not there by chance.
        """
        found = record(self._engine, request, self._state())
        self._check_all_there(request.archive)
        return found

    def rerun(self, then: SearchRecord) -> Rerun:
        """What the search of a record finds now, and what is different. Raises ArchivesAbsent."""
        found = rerun(self._engine, then, self._state())
        self._check_all_there(then.request.archive)
        return found
