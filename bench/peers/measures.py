"""Measuring one engine on one collection: index, add, search. Each in a fresh process of the engine."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.peers import rows
from bench.peers.contenders import NEEDED, Contender
from bench.peers.processes import PeerFailed, Worker
from bench.peers.questions import CLASSES, Query
from bench.peers.serving import requests, starts
from bench.peers.store import Result, Store

ADDED = 100
FORMS = {"whole": True, "plain": False}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is enough: seconds after which a build, or a class of queries, is left at what was done; rounds."""

    build: float = 3600
    queries: float = 60
    load: float = 10
    rounds: int = 3
    starts: int = 5


QUICK = Limits(load=0.3, rounds=1, starts=1)


@dataclass(frozen=True, slots=True)
class Bench:
    """One engine, one collection, one work directory."""

    store: Store
    size: str
    contender: Contender
    limits: Limits

    def run(self) -> None:
        """Measure what has not been measured yet, as far as the engine gets."""
        for measure in (*NEEDED, *self.contender.measures):
            if "failed" in self._result(measure) and measure in NEEDED:
                return

    @property
    def directory(self) -> Path:
        """Where the index lies."""
        return self.store.index(self.size, self.contender.name)

    def _result(self, measure: str) -> Result:
        """The result of a measure, or why there is none; taken now if it is not in the store."""
        known = self.store.get(self.size, self.contender.name, measure)
        if known is not None and not (measure == "hello" and "failed" in known):  # it may be installed by now
            return known
        print(f"{self.size:>8} {self.contender.name:<24} {measure}", flush=True)
        try:
            result: Result = getattr(self, measure)()
        except (PeerFailed, OSError, subprocess.SubprocessError) as error:
            result = {"failed": str(error)}
        self.store.put(self.size, self.contender.name, measure, result)
        return result

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

    def search(self) -> Result:
        """Times and totals for each class of queries, whole answers and plain ones; peak of memory.

        Of a class that takes too long stands only that; the others are asked by another process.
        """
        found: dict[str, dict[str, Result]] = {form: {} for form in FORMS}
        waiting = [(form, name) for form in FORMS for name in CLASSES]
        peaks: list[Result] = []
        while waiting:
            peaks.append(self._search(waiting, found))
        failures = [result.get("failed") for of_form in found.values() for result in of_form.values()]
        if all(failures):
            raise PeerFailed(failures[0])
        return {**found, **{name: max(peak[name] for peak in peaks) for name in peaks[0]}}

    def _search(self, waiting: list[tuple[str, str]], found: dict[str, dict[str, Result]]) -> Result:
        """Ask classes in one process, up to the first one that fails; the peak of its memory."""
        asked = json.loads(self.store.queries(self.size).read_text(encoding="utf-8"))
        with Worker(self.contender.command) as worker:
            worker.ask("open", directory=self.directory)
            while waiting:
                form, name = waiting.pop(0)
                try:
                    found[form][name] = self._ask(worker, asked[name], FORMS[form])
                except PeerFailed as error:
                    found[form][name] = {"failed": str(error)}
                    break
            return worker.memory.peak()

    def serving(self) -> Result:
        """What the server answers to readers at once."""
        return requests(self.directory, self._queries(), self.limits.load)

    def starts(self) -> Result:
        """How long command and server take to start."""
        return starts(self.directory, self._queries()["common"][0], self.limits.starts)

    def _queries(self) -> dict[str, list[Query]]:
        asked = json.loads(self.store.queries(self.size).read_text(encoding="utf-8"))
        return {name: [Query.from_json(query) for query in queries] for name, queries in asked.items()}

    def _ask(self, worker: Worker, queries: list[Any], whole: bool) -> Result:
        limits = self.limits
        patience = limits.queries * 20  # a single query may take long
        return worker.ask(
            "search", patience, queries=queries, whole=whole, rounds=limits.rounds, seconds=limits.queries
        )

    def add(self) -> Result:
        """Seconds to add articles to a copy of the index, the median of some rounds, each in a new process."""
        copy = self.directory.with_name(f"{self.contender.name}-copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.directory, copy)
        try:
            return {"seconds": statistics.median(self._add(copy, number) for number in range(self.limits.rounds))}
        finally:
            shutil.rmtree(copy, ignore_errors=True)

    def _add(self, directory: Path, number: int) -> float:
        """Seconds to add articles that are like those in the index, under new ids."""
        more = self.store.articles(f"{self.size}-more-{number}")
        new = rows.some(self.store.articles(self.size), number * ADDED, ADDED)
        rows.write(({**row, "id": f"more-{number}-{row['id']}"} for row in new), more)
        with Worker(self.contender.command) as worker:
            worker.ask("open", directory=directory)
            seconds: float = worker.ask("add", self.limits.build, directory=directory, articles=more)["seconds"]
        return seconds


def measured_text(articles: Path) -> Result:
    """How many articles a file has, and the bytes of their titles and texts."""
    count, text = 0, 0
    for row in rows.read(articles):
        count += 1
        text += len(row.get("title", "").encode()) + len(row["body"].encode())
    return {"articles": count, "text": text}
