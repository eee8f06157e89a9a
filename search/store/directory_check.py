"""Is an index as it was written? Each file is compared with the check sum that its commit kept."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING

from search.store.check_report import CheckReport
from search.store.checksums import WRITTEN_AGAIN, checksum, file_names
from search.store.manifest import Manifest
from search.store.rights import reading

if TYPE_CHECKING:
    from search.store.directory import IndexDirectory

ATTEMPTS = 5  # as long as commits come in between
GONE = None


def check_directory(place: IndexDirectory) -> CheckReport:
    """Compare every file of the index in a directory with its check sum.

    Raises IndexMissing, IndexIncompatible if archive.json cannot be read, IndexUnreadable.
    """
    for _ in range(ATTEMPTS):
        stamp = place.stamp()
        manifest = place.manifest()
        if manifest is None:
            raise place.missing()
        with reading(place.path):
            report = _compare(place, manifest)
        if report.is_sound or place.stamp() == stamp:  # else there was a commit meanwhile
            break
    return report


def _compare(place: IndexDirectory, manifest: Manifest) -> CheckReport:
    folder, known = place.generation(manifest.generation), manifest.files
    unfinished = place.is_unfinished(manifest.generation)
    there = set(file_names(folder)) if folder.is_dir() else set()
    sums = {name: _sum(place, manifest.generation, name) for name in there & set(known)}
    unfinished = unfinished or place.is_unfinished(manifest.generation)  # maybe somebody has begun meanwhile
    excused = WRITTEN_AGAIN if unfinished else frozenset()
    differing = {name for name, found in sums.items() if found not in (known[name], GONE) and name not in excused}
    missing = set(known) - there | {name for name, found in sums.items() if found is GONE}
    unexpected, unverified = there - set(known), set(excused & there)
    if unfinished:  # a run that was stopped, or goes on, may have replaced files
        unverified, missing, unexpected = unverified | missing | unexpected, set(), set()
    damaged = manifest.checksum != manifest.expected_checksum()
    if damaged:  # so its check sums prove nothing
        unverified, differing, unexpected = unverified | differing | unexpected, set(), set()
    return CheckReport(
        str(place.path),
        checked=len(sums) + 1,
        damaged=(place.manifest_file.name,) * damaged + _below(folder, differing),
        missing=_below(folder, missing),
        unexpected=_below(folder, unexpected),
        unverified=_below(folder, unverified),
        unfinished=unfinished,
    )


def _sum(place: IndexDirectory, generation: int, name: str) -> str | None:
    """The check sum of a file; GONE if it was removed since it was listed; none at all if the disk cannot read it."""
    try:
        return checksum(place.generation(generation) / name)
    except FileNotFoundError:
        return GONE
    except OSError as error:
        if name in WRITTEN_AGAIN and place.is_unfinished(generation):
            return GONE  # tantivy writes it for its own user first
        if error.errno != errno.EIO:
            raise
        return ""


def _below(folder: Path, names: set[str]) -> tuple[str, ...]:
    return tuple(f"{folder.name}/{name}" for name in sorted(names))
