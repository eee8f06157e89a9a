"""Is an index as it was written?"""

from __future__ import annotations

from pathlib import Path

from search.errors import IndexDamaged
from search.store.check_report import CheckReport, remedy
from search.store.places import place_of


def check_archive(address: str | Path) -> CheckReport:
    """Compare all that is kept of an index with its check sums.

    Raises IndexMissing, IndexIncompatible if its manifest cannot be read, IndexUnreadable.
    """
    return place_of(address).verify()


def require_sound(address: str | Path) -> None:
    """Raise IndexDamaged if something of an index is not as it was written."""
    report = check_archive(address)
    if not report.is_sound:
        raise IndexDamaged(
            f"{', '.join((*report.damaged, *report.missing))} of the index in {report.directory} are damaged or "
            f"missing. {remedy(report.directory)}"
        )
