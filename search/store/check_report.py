"""What does a check of an index find?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found: names of files below the directory, or of parts of an archive in a cluster.

    `checked` is how many were compared. `damaged` ones differ, `missing` ones are gone, `unexpected` ones are of no
    commit. `unverified` ones may differ: a run is writing, or was stopped (`unfinished`), or archive.json is damaged,
    which has the check sums.
    """

    directory: str
    checked: int
    damaged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    unfinished: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether nothing is damaged or missing."""
        return not (self.damaged or self.missing)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON, for programs."""
        return {"sound": self.is_sound, **asdict(self)}


def advice(report: CheckReport) -> Iterator[str]:
    """What to do about what a check found."""
    again = f"nachlese index SOURCE --index {report.directory}"
    if not report.is_sound:
        yield remedy(report.directory)
    if report.unexpected:
        yield "What is unexpected belongs to no commit and is never read. It may be removed."
    if report.unfinished:
        yield f"A run is writing to the index, or was stopped. Once `{again}` has ended, all files can be compared."


def remedy(address: str) -> str:
    """What mends a damaged index."""
    return (
        f"Put the whole index back from a backup, or build it anew with: "
        f"nachlese index SOURCE --index {address} --rebuild"
    )
