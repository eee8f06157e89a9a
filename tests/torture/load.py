"""A crowd that reads while others commit, rebuild and kill workers: which answers fail, and what grows?"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from urllib.parse import quote

from search import write_archive
from tests.torture.articles import LARGEST, VERSIONS, WORDS, article
from tests.torture.plan import ENGINES, Laboratory
from tests.torture.result import Result, Tally
from tests.torture.servers import HOST, Server, ask, serving, status_of

PATHS = ("/", "/suche?q={}", "/suche?q={}&sort=newest", "/api/search?q={}", "/api/search?q={}&size=50",
         "/suche.atom?q={}", "/api/suggest?q={}", "/namen", "/artikel/artikel-0007", "/suche.csv?q={}")  # fmt: skip
TIMEOUT = 30.0
COMMIT_EVERY, REBUILD_EVERY, KILL_EVERY = 1.0, 60.0, 60.0
AFTERMATH = 5.0  # seconds after a kill in which connections of that worker may be cut
MOST_MEGABYTES = 200  # of a process of the server
NUMBERS = range(400)  # articles that are there all the time
SAMPLES = 20  # moments at which memory and open files are reported
# Answers that are promised: what was asked for, or that there is too much to do. Who refuses everybody keeps that, too,
# so a share must be good. Clients that wait for their turn ask seldom meanwhile, so most are answered.
GOOD, REFUSED = (200, 304), (429, 503)
LEAST_GOOD = 0.5


@dataclass(slots=True)
class Crowd:
    """What all clients have seen, and when workers were killed."""

    server: Server
    until: float
    tally: Tally = field(default_factory=Tally)
    kills: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, number: int) -> None:
        """One client's work until the time is over."""
        chance = Random(number)
        while time.monotonic() < self.until:
            path = chance.choice(PATHS).format(quote(" ".join(chance.choices(WORDS, k=chance.randint(1, 3)))))
            started = time.monotonic()
            status, error = _asked(self.server.port, path)
            with self.lock:
                self._note(path, status, error, started)

    def _note(self, path: str, status: int | None, error: str, started: float) -> None:
        ended = time.monotonic()
        self.tally.counts[f"answered {status}" if status else "cut connections"] += 1
        if status:
            kind = "good answer" if status in GOOD else "refusal" if status in REFUSED else "other answer"
            self.tally.times[f"{kind} (wall clock)"].append(ended - started)
        if status not in (*GOOD, *REFUSED) and not self._excused(status, started, ended):
            self.tally.failed(
                f"answered {status}" if status else f"no answer though no worker was killed: {error}", path
            )

    def judge(self) -> None:
        """Note how many answers were good and how many refusals, a failure if too few were good."""
        good, refused = (sum(self.tally.counts[f"answered {status}"] for status in kind) for kind in (GOOD, REFUSED))
        self.tally.figures["good answers and refusals"] = f"{good:,} and {refused:,}"
        if good < LEAST_GOOD * (good + refused):
            self.tally.failed("more requests were refused than answered", f"{good:,} of {good + refused:,} were good")

    def _excused(self, status: int | None, started: float, ended: float) -> bool:
        """Whether a connection was cut because its worker was killed."""
        return status is None and any(started - AFTERMATH < kill <= ended for kill in self.kills)


def run(laboratory: Laboratory) -> Result:
    """Let the crowd read for as many seconds as planned."""
    started = time.monotonic()
    index = laboratory.folder / "index"
    _build(index, ENGINES[0], rebuild=False)
    with serving(index, "--workers", "2") as server:
        crowd = Crowd(server, time.monotonic() + laboratory.plan.seconds)
        disturbances: tuple[Callable[[], None], ...] = (
            partial(_commit, index, crowd),
            partial(_kill, crowd, laboratory.plan.seed),
        )
        tasks: list[Callable[[], None]] = [partial(crowd.read, number) for number in range(laboratory.plan.clients)]
        threads = [threading.Thread(target=task) for task in (*tasks, *disturbances)]
        for thread in threads:
            thread.start()
        _watch(crowd, laboratory)
        for thread in threads:
            thread.join()
        crowd.judge()
        if server.seconds_to_health(TIMEOUT) is None:
            crowd.tally.failed("the server answers no longer", "after the load")
        if "Traceback" in server.told():
            told = server.told().partition("Traceback")[2].strip()[-300:]
            crowd.tally.failed("a traceback in the log of the server", told)
    return crowd.tally.result("load", time.monotonic() - started)


def _asked(port: int, path: str) -> tuple[int | None, str]:
    """The status of the answer to a path, or what went wrong."""
    try:
        return status_of(ask(port, f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode(), TIMEOUT)), "no HTTP"
    except OSError as error:
        return None, type(error).__name__


def _build(index: Path, engine: str, rebuild: bool) -> None:
    with write_archive(index, engine, rebuild=rebuild) as writer:
        for number in NUMBERS:
            writer.put(article(number, 0))


def _commit(index: Path, crowd: Crowd) -> None:
    """Commit ten articles every second, and rebuild now and then."""
    rebuild, number = time.monotonic() + min(REBUILD_EVERY, (crowd.until - time.monotonic()) / 2), 0
    while time.monotonic() < crowd.until:
        if time.monotonic() > rebuild:
            rebuild = time.monotonic() + REBUILD_EVERY
            _build(index, ENGINES[0], rebuild=True)
            crowd.tally.counts["rebuilds meanwhile"] += 1
        with write_archive(index) as writer:
            for place in range(10):
                number += 1
                writer.put(article(len(NUMBERS) + number % (LARGEST - len(NUMBERS)), (number + place) % len(VERSIONS)))
        crowd.tally.counts["commits meanwhile"] += 1
        time.sleep(COMMIT_EVERY)


def _kill(crowd: Crowd, seed: int) -> None:
    """Kill a worker now and then."""
    chance, every = Random(seed), min(KILL_EVERY, (crowd.until - time.monotonic()) / 2)
    while time.monotonic() + every < crowd.until:
        time.sleep(every)
        if workers := crowd.server.workers():
            crowd.kills.append(time.monotonic())
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers), signal.SIGKILL)
            crowd.tally.counts["workers killed"] += 1


def _watch(crowd: Crowd, laboratory: Laboratory) -> None:
    """Note memory and open files of the server's processes over time."""
    seconds, samples = laboratory.plan.seconds, []
    while (left := crowd.until - time.monotonic()) > 0:
        samples.append((crowd.server.megabytes(), crowd.server.descriptors()))
        laboratory.progress.say(f"{left:,.0f} s left, {samples[-1][0]:,} MB, {samples[-1][1]:,} open files")
        laboratory.progress.stop.wait(min(left, max(1.0, seconds / SAMPLES)))
        if laboratory.progress.is_over:
            crowd.until = 0.0
            crowd.tally.counts["stopped early"] += 1
            break
    megabytes, files = zip(*samples, strict=True)
    crowd.tally.figures["megabytes of the largest process over time"] = " ".join(map(str, megabytes))
    crowd.tally.figures["open files of the process with most over time"] = " ".join(map(str, files))
    if max(megabytes) > MOST_MEGABYTES:
        crowd.tally.failed(f"a process takes more than {MOST_MEGABYTES} MB", f"{max(megabytes):,} MB")
