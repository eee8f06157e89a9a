"""Searching in turns: all engines of a collection are open, and one after the other answers the same queries.

What else the machine does then meets all of them alike, so that their ratios are those of one run.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.peers.contenders import Contender
from bench.peers.processes import PeerFailed, Worker
from bench.peers.questions import CLASSES
from bench.peers.store import Result, Store

FORMS = {"whole": True, "plain": False}
PATIENCE = 20  # times the seconds of a pass, as a single query may take long
PEAKS = ("memory", "own")


@dataclass(frozen=True, slots=True)
class Passes:
    """Seconds after which a pass is left at what was asked; seconds of passes that do not count; counted passes."""

    seconds: float = 20
    warming: float = 1
    rounds: int = 3


@dataclass
class Turn:
    """One engine that answers, and what it has answered so far, by form and class."""

    contender: Contender
    directory: Path
    found: dict[str, dict[str, Result]] = field(default_factory=lambda: {form: {} for form in FORMS})
    peaks: list[Result] = field(default_factory=list)
    _worker: Worker | None = None

    def ask(self, queries: Sequence[Any], whole: bool, seconds: float) -> Result:
        """The answer to one pass. After a failure the next one is asked of a new process. Raises PeerFailed."""
        try:
            return self._opened().ask("search", seconds * PATIENCE, queries=queries, whole=whole, seconds=seconds)
        except PeerFailed as error:
            self._end(error)
            raise

    def end(self) -> None:
        """End its process."""
        self._end(None)

    def result(self) -> Result:
        """All that it answered, and the most memory that it took. Raises PeerFailed if it answered nothing."""
        failures = [result.get("failed") for of_form in self.found.values() for result in of_form.values()]
        if all(failures):
            raise PeerFailed(failures[0])
        return {**self.found, **{name: max(peak[name] for peak in self.peaks) for name in PEAKS}}

    def _opened(self) -> Worker:
        if self._worker is None:
            self._worker = Worker(self.contender.command).__enter__()
            self._worker.ask("open", directory=self.directory)
        return self._worker

    def _end(self, error: PeerFailed | None) -> None:
        if self._worker is not None:
            self.peaks.append(self._worker.memory.peak())
            worker, self._worker = self._worker, None
            worker.__exit__(type(error) if error else None, error, None)


def search(store: Store, size: str, engines: Sequence[Contender], passes: Passes) -> None:
    """Ask all these engines in turns, class by class, and keep what each of them answered."""
    asked = json.loads(store.queries(size).read_text(encoding="utf-8"))
    turns = [Turn(engine, store.index(size, engine.name)) for engine in engines]
    with ExitStack() as ending:
        for turn in turns:
            ending.callback(turn.end)
        for form, whole in FORMS.items():
            for kind in CLASSES:
                print(f"{size:>8} {', '.join(engine.name for engine in engines)}: {form}, {kind}", flush=True)
                _one_class(turns, form, kind, asked[kind], whole, passes)
    for turn in turns:
        try:
            result = turn.result()
        except PeerFailed as error:
            result = {"failed": str(error)}
        store.put(size, turn.contender.name, "search", result)


def _one_class(turns: Sequence[Turn], form: str, kind: str, queries: list[Any], whole: bool, passes: Passes) -> None:
    """Let each engine answer uncounted, then let all of them answer round by round."""
    answering = [turn for turn in turns if _warmed(turn, form, kind, queries, whole, passes)]
    for _ in range(passes.rounds):
        for turn in answering.copy():
            known = turn.found[form][kind]
            try:
                once = turn.ask(queries[: len(known["totals"])], whole, passes.seconds)
            except PeerFailed as error:
                turn.found[form][kind] = {"failed": str(error)}
                answering.remove(turn)
            else:
                known["times"] += once["times"]
                known["processor"] += once["processor"]


def _warmed(turn: Turn, form: str, kind: str, queries: list[Any], whole: bool, passes: Passes) -> bool:
    """Ask the queries uncounted, as often as there is time; whether they were answered.

    What is not answered in the first pass is not asked again.
    """
    try:
        first = turn.ask(queries, whole, passes.seconds)
        spent = sum(first["times"]) / 1000
        while 0 < spent < passes.warming:
            spent += sum(turn.ask(queries, whole, passes.seconds)["times"]) / 1000
    except PeerFailed as error:
        turn.found[form][kind] = {"failed": str(error)}
        return False
    turn.found[form][kind] = {**first, "times": [], "processor": 0.0}
    return True
