"""What did a part of the laboratory find? Counts, times, other figures, and failures with the smallest input."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

LONGEST_INPUT = 300  # characters of an input that a report shows
SLOW_SECONDS = 1.0  # of a processor; what took longer is told with its input
MOST_SLOW = 20


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took, in seconds."""

    number: int
    median: float
    p99: float
    p999: float
    longest: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        """The percentiles of at least one time."""
        ordered = sorted(seconds)
        return cls(len(ordered), *(ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.99, 0.999, 1)))


@dataclass(frozen=True, slots=True)
class Failure:
    """A kind of failure, how often it was seen, and the smallest input that provoked it."""

    what: str
    input: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """What a part found; `slow` are the inputs that took longer than SLOW_SECONDS, the slowest first."""

    part: str
    counts: Mapping[str, int]
    times: Mapping[str, Times]
    figures: Mapping[str, str]
    failures: tuple[Failure, ...]
    slow: tuple[tuple[float, str], ...]
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether nothing failed and nothing was slow."""
        return not self.failures and not self.slow


@dataclass(slots=True)
class Tally:
    """What is being counted; tallies of several processes can be added up."""

    counts: Counter[str] = field(default_factory=Counter)
    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    peaks: Counter[str] = field(default_factory=Counter)
    figures: dict[str, str] = field(default_factory=dict)
    failures: dict[str, Failure] = field(default_factory=dict)
    slow: list[tuple[float, str]] = field(default_factory=list)

    def failed(self, what: str, input: object, number: int = 1) -> None:
        """Note a failure; of one kind the smallest input is kept."""
        text = input if isinstance(input, str) else repr(input)
        known = self.failures.get(what)
        smallest = min([text, *([known.input] if known else [])], key=len)
        self.failures[what] = Failure(what, smallest, number + (known.number if known else 0))

    def took(self, kind: str, seconds: float, input: object) -> None:
        """Note the processor time of an input."""
        self.times[kind].append(seconds)
        if seconds > SLOW_SECONDS:
            self.slow.append((seconds, f"{kind}: {input!r}"))

    def peak(self, kind: str, amount: int) -> None:
        """Note an amount of which only the largest counts."""
        self.peaks[kind] = max(self.peaks[kind], amount)

    def add(self, other: Tally) -> None:
        """Add what another tally counted."""
        self.counts.update(other.counts)
        self.figures.update(other.figures)
        self.slow += other.slow
        for kind, seconds in other.times.items():
            self.times[kind] += seconds
        for kind, amount in other.peaks.items():
            self.peak(kind, amount)
        for failure in other.failures.values():
            self.failed(failure.what, failure.input, failure.number)

    def result(self, part: str, seconds: float) -> Result:
        """The finished result of a part that took so many seconds."""
        times = {kind: Times.of(found) for kind, found in sorted(self.times.items())}
        figures = self.figures | {kind: f"{amount:,}" for kind, amount in sorted(self.peaks.items())}
        slow = tuple(sorted(self.slow, reverse=True)[:MOST_SLOW])
        return Result(part, dict(self.counts), times, figures, tuple(self.failures.values()), slow, seconds)


def shortened(text: str) -> str:
    """A text that fits into a line of a report."""
    line = text.encode("ascii", "backslashreplace").decode().replace("\n", "\\n").replace("\r", "\\r")
    return line if len(line) <= LONGEST_INPUT else f"{line[:LONGEST_INPUT]}... ({len(line):,} characters)"
