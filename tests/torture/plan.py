"""How much is tried? The amounts of a run, and the bounds that end each part by itself."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

ENGINES = ("tantivy", "whoosh")
SPEAK_EVERY = 5.0  # seconds between two lines of progress


@dataclass(frozen=True, slots=True)
class Plan:
    """The amounts of a whole run."""

    kills: int = 1_000  # of processes that write
    queries: int = 1_000_000  # texts through parser and compiler
    searches: int = 100_000  # of these through both engines
    requests: int = 20_000  # over HTTP
    documents: int = 10_000  # mutated ones
    damages: int = 12  # ways in which each file of an index is damaged
    fillings: int = 40  # disks that run full
    idle: int = 1_000  # connections
    slow: int = 200
    clients: int = 100
    seconds: int = 600  # of load
    articles: int = 5_000  # of the index that is asked
    jobs: int = 2
    seed: int = 1
    patience: int = 1  # times the seconds that a server may take; for crowded machines
    longest: int = 3 * 3600  # seconds after which a part stops, whatever is missing

    def scaled(self, share: float) -> Plan:
        """The same plan with a share of all that is tried."""
        kept = ("jobs", "seed", "longest", "articles", "damages", "patience")
        amounts = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in kept}
        return replace(self, **{name: max(1, round(amount * share)) for name, amount in amounts.items()})


@dataclass(slots=True)
class Progress:
    """Says now and then on standard error how far a part is, and knows when it must end: by time, or if told to."""

    part: str
    until: float
    quiet: bool = False
    spoken: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether the part must end now."""
        return self.stop.is_set() or time.monotonic() > self.until

    def say(self, text: str) -> None:
        """Print how far the part is, at most every SPEAK_EVERY seconds."""
        if not self.quiet and time.monotonic() > self.spoken + SPEAK_EVERY:
            self.spoken = time.monotonic()
            print(f"{self.part}: {text}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True)
class Laboratory:
    """Where a part works: the plan, an empty folder of its own, and its progress."""

    plan: Plan
    folder: Path
    progress: Progress
