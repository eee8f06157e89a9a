"""Measuring one engine on one collection: index, add, rebuild, serve, start. Each in a fresh process of the engine."""

from __future__ import annotations

import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.peers import rows
from bench.peers.contenders import Contender
from bench.peers.processes import PeerFailed, Worker
from bench.peers.questions import Query, read_queries
from bench.peers.serving import requests, starts
from bench.peers.store import Result, Store
from bench.peers.turns import PEAKS, Passes, search

ADDED = 100
TIMES = ("seconds", "processor")
SHORT = 30  # seconds of a build that is repeated, in turns with those of the other engines


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is enough: seconds after which a build is left; how often it is repeated if it is short; seconds of a
    load and of a class of queries; rounds of adding and of starting."""

    build: float = 3600
    builds: int = 3
    load: float = 5
    rounds: int = 3
    starts: int = 5
    passes: Passes = field(default_factory=Passes)


QUICK = Limits(builds=1, load=0.3, rounds=1, starts=1, passes=Passes(warming=0, rounds=1))


def measure(store: Store, size: str, engines: Sequence[Contender], limits: Limits) -> None:
    """Measure of a collection what has not been measured yet, engine by engine, and what compares them in turns."""
    benches = [bench for engine in engines if (bench := Bench(store, size, engine, limits)).is_there()]
    building = [bench for bench in benches if bench.lacks("index")]
    for number in range(limits.builds):
        for bench in building:
            if number == 0 or bench.is_short():
                bench.take("index", again=number > 0)
    benches = [bench for bench in benches if bench.can("index")]
    asked = [bench.contender for bench in benches if bench.lacks("search")]
    if asked:
        search(store, size, asked, limits.passes)
    for bench in benches:
        for name in bench.contender.measures:
            if bench.lacks(name):
                bench.take(name)


@dataclass(frozen=True, slots=True)
class Bench:
    """One engine, one collection, one work directory."""

    store: Store
    size: str
    contender: Contender
    limits: Limits

    @property
    def directory(self) -> Path:
        """Where the index lies."""
        return self.store.index(self.size, self.contender.name)

    def is_there(self) -> bool:
        """Whether the engine can be started here; it may have been installed since it was asked last."""
        if not self.can("hello"):
            self.take("hello")
        return self.can("hello")

    def lacks(self, name: str) -> bool:
        """Whether it is to be measured, and was not."""
        return name in self.contender.measures and self.store.get(self.size, self.contender.name, name) is None

    def can(self, name: str) -> bool:
        """Whether something was measured with success."""
        return "failed" not in (self.store.get(self.size, self.contender.name, name) or {"failed": "not tried"})

    def is_short(self) -> bool:
        """Whether its build is worth repeating."""
        built = self.store.get(self.size, self.contender.name, "index") or {}
        return built.get("seconds", SHORT) < SHORT

    def take(self, name: str, again: bool = False) -> None:
        """Measure, and keep the result or why there is none; with `again`, beside what was measured before."""
        print(f"{self.size:>8} {self.contender.name:<24} {name}", flush=True)
        try:
            result: Result = getattr(self, name)()
        except (PeerFailed, OSError, subprocess.SubprocessError) as error:
            result = {"failed": str(error)}
        if again and "failed" not in result:
            result = repeated(result, self.store.get(self.size, self.contender.name, name) or {})
        self.store.put(self.size, self.contender.name, name, result)

    def hello(self) -> Result:
        """The version of the engine."""
        with Worker(self.contender.command) as worker:
            return worker.ask("hello")

    def index(self) -> Result:
        """Seconds to a durable commit, bytes of the index and of the text, peak of memory."""
        shutil.rmtree(self.directory, ignore_errors=True)
        articles = self.store.articles(self.size)
        with Worker(self.contender.command) as worker:
            worker.ask("create", directory=self.directory)
            built = worker.ask("build", self.limits.build, directory=self.directory, articles=articles)
            memory = worker.memory.peak()
        return {**built, **memory, **measured_text(articles)}

    def rebuild(self) -> Result:
        """Seconds to build a copy of the index anew, peak of memory."""
        with self._copy() as copy, Worker(self.contender.command) as worker:
            articles = self.store.articles(self.size)
            built = worker.ask("rebuild", self.limits.build, directory=copy, articles=articles)
            return {**built, **worker.memory.peak()}

    def serving(self) -> Result:
        """What the server answers to readers at once."""
        return requests(self.directory, self._queries(), self.limits.load)

    def starts(self) -> Result:
        """How long command and server take to start."""
        return starts(self.directory, self._queries()["common"][0], self.limits.starts)

    def add(self) -> Result:
        """Seconds to add articles to a copy of the index, the median of some rounds, each in a new process."""
        with self._copy() as copy:
            added = [self._add(copy, number) for number in range(self.limits.rounds)]
        return {name: statistics.median(one[name] for one in added) for name in TIMES}

    def _queries(self) -> dict[str, list[Query]]:
        return read_queries(self.store.queries(self.size))

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        """A copy of the index, which is removed again."""
        copy = self.directory.with_name(f"{self.contender.name}-copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.directory, copy)
        try:
            yield copy
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def _add(self, directory: Path, number: int) -> Result:
        """Seconds to add articles that are like those in the index, under new ids."""
        more = self.store.articles(f"{self.size}-more-{number}")
        new = rows.some(self.store.articles(self.size), number * ADDED, ADDED)
        rows.write(({**row, "id": f"more-{number}-{row['id']}"} for row in new), more)
        with Worker(self.contender.command) as worker:
            worker.ask("open", directory=directory)
            return worker.ask("add", self.limits.build, directory=directory, articles=more)


def repeated(result: Result, before: Result) -> Result:
    """A result of several repeats: times are medians of what stands in `repeats`, memory is the most of all."""
    repeats = [*before.get("repeats", [before]), result]
    times = {name: [one[name] for one in repeats] for name in TIMES}
    kept = [{name: one[name] for name in TIMES} for one in repeats]
    medians = {name: statistics.median(some) for name, some in times.items()}
    return {**result, **medians, **{name: max(result[name], before[name]) for name in PEAKS}, "repeats": kept}


def measured_text(articles: Path) -> Result:
    """How many articles a file has, and the bytes of their titles and texts."""
    count, text = 0, 0
    for row in rows.read(articles):
        count += 1
        text += len(row.get("title", "").encode()) + len(row["body"].encode())
    return {"articles": count, "text": text}
