"""What do several archives have together? Each is opened by itself, and one that cannot be asked is left out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

from search.engines.base import Engine
from search.errors import IndexIncompatible, NachleseError
from search.families.reading import FamilyLookup
from search.federation.engine import FederatedEngine
from search.federation.member import UNUSABLE, Member
from search.federation.names import FederatedFamilies, FederatedNames
from search.federation.words import FederatedWords
from search.mapped import Mapped
from search.store.aliases import KeptAliases
from search.store.holding import Holding, OneIndex, Status
from search.store.names import NameLookup
from search.store.places import place_of
from search.store.words import WordLookup

AGAIN = 5.0  # seconds until an archive that cannot be asked is tried again
NO_COMMIT = (0, 0)  # of an archive that cannot be asked

_log = logging.getLogger(__name__)


Answer = TypeVar("Answer")
Commit = tuple[int, ...]


class _Archive:
    """One of several: what it has while it can be asked, or else what keeps it from answering."""

    def __init__(self, name: str, address: str | Path) -> None:
        self.name, self.address = name, address
        self.error: NachleseError | None = None
        self._failed = 0.0
        self._holding: Holding | None = None
        self._lock = threading.Lock()

    def open(self) -> tuple[Holding, Commit] | None:
        """What it has, and of which commit; None if it cannot be asked just now."""
        if self.error and time.monotonic() < self._failed + AGAIN:
            return None
        try:
            with self._lock:
                holding = self._holding = self._holding or OneIndex(place_of(self.address))
            commit = holding.commit()
        except UNUSABLE as error:
            self.fail(error)
            return None
        if self.error:
            _log.warning("the archive %s can be asked again", self.name)
        self.error = None
        return holding, commit

    def fail(self, error: NachleseError) -> None:
        """Leave it out for a while. It is not closed: other threads may still be reading it."""
        if not self.error:
            _log.warning("the archive %s cannot be asked: %s", self.name, error)
        self.error, self._failed, self._holding = error, time.monotonic(), None

    def close(self) -> None:
        """Let go of it."""
        if self._holding:
            self._holding.close()


class _Together(NamedTuple):
    """The archives that can be asked, by their names, and what was made of their commits."""

    opened: Mapping[str, tuple[Holding, Commit]]
    members: Mapping[str, Member]
    engine: FederatedEngine


class Federation:
    """Several archives, by their names. Raises what opening them raises if not one of them can be opened."""

    def __init__(self, addresses: Mapping[str, str | Path]) -> None:
        self.archives = tuple(addresses)
        self._all = {name: _Archive(name, address) for name, address in addresses.items()}
        self._together: _Together | None = None
        self._words: tuple[list[WordLookup], FederatedWords] | None = None
        self._current()

    def absent(self) -> tuple[str, ...]:
        return tuple(name for name, archive in self._all.items() if archive.error)

    def commit(self) -> Commit:
        opened = self._current().opened
        return tuple(number for name in self.archives for number in (opened[name][1] if name in opened else NO_COMMIT))

    def engine(self) -> Engine:
        return self._current().engine

    def words(self) -> WordLookup:
        parts: list[WordLookup] = list(self._each(lambda holding: holding.words()).values())
        if self._words is None or self._words[0] != parts:
            self._words = parts, FederatedWords(parts)
        return self._words[1]

    def names(self) -> NameLookup:
        members = self._current().members
        found = self._each(lambda holding: holding.names())
        return FederatedNames([(members[name], names) for name, names in found.items() if name in members])

    def aliases(self) -> KeptAliases:
        """Those of all; where they call a name otherwise, what the first one says."""
        found = list(self._each(lambda holding: holding.aliases()).values())
        return KeptAliases(
            {written: name for aliases in reversed(found) for written, name in aliases.called.items()},
            frozenset(chain.from_iterable(aliases.no_names for aliases in found)),
            frozenset(chain.from_iterable(aliases.apart for aliases in found)),
        )

    def families(self) -> FamilyLookup:
        return FederatedFamilies(self._each(lambda holding: holding.families()))

    def knows_copies(self) -> bool:
        return any(self._each(lambda holding: holding.knows_copies()).values())

    def sketches(self) -> Sequence[Mapped]:
        raise IndexIncompatible(
            "Several archives do not say which of their articles are new. Watch each of them by itself."
        )

    def status(self) -> Status:
        """The sums of numbers, and the last commit of all; of values that differ, each once."""
        found = self._each(lambda holding: holding.status())
        states = list(found.values())
        return Status(
            directory=", ".join(f"{name}={state.directory}" for name, state in found.items()),
            engine=_each_once(state.engine for state in states),
            articles=sum(state.articles for state in states),
            generation=sum(state.generation for state in states),
            committed=max(state.committed for state in states),
            bytes=sum(state.bytes for state in states),
            schema=max(state.schema for state in states),
            analysis=_each_once(state.analysis for state in states),
        )

    def close(self) -> None:
        for archive in self._all.values():
            archive.close()

    def _current(self) -> _Together:
        """The archives that can be asked, as of their last commits. Raises the error of the first if none can."""
        opened = {name: found for name, archive in self._all.items() if (found := archive.open())}
        if not opened:
            raise self._error()
        together = self._together
        if together is None or together.opened != opened:
            members = {name: Member(name, holding.engine(), self._fail) for name, (holding, _) in opened.items()}
            self._together = together = _Together(opened, members, FederatedEngine(tuple(members.values())))
        return together

    def _each(self, ask: Callable[[Holding], Answer]) -> dict[str, Answer]:
        """What each archive says that can be asked, by its name."""
        found = {}
        for name, (holding, _) in self._current().opened.items():
            try:
                found[name] = ask(holding)
            except UNUSABLE as error:
                self._fail(name, error)
        return found

    def _fail(self, name: str, error: NachleseError) -> None:
        """Leave an archive out that raised this; raise it if there is no other."""
        self._all[name].fail(error)
        if len(self.absent()) == len(self.archives):
            raise self._error() from error

    def _error(self) -> NachleseError:
        return next(archive.error for archive in self._all.values() if archive.error)


def _each_once(values: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(values))
