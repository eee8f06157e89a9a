"""Which files are in an index, and what is in them? A check sum for each, kept with the commit that wrote it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# BLAKE2 is in the standard library and reads a gigabyte in a second; 16 bytes are plenty against accidents.
DIGEST_BYTES = 16
# All other files are written once and never again: those that are known are not read again with each commit.
WRITTEN_AGAIN = frozenset({"meta.json", ".managed.json", "entries.jsonl", "values.json"})
UNFINISHED = "unfinished"  # lies in a generation while somebody writes to it

Sums = Mapping[str, str]


def checksums(folder: Path, known: Sums) -> dict[str, str]:
    """The sum of each file of a generation by its name; those that are known are kept."""
    return {
        name: known[name] if name in known and name not in WRITTEN_AGAIN else checksum(folder / name)
        for name in file_names(folder)
    }


def checksum(file: Path) -> str:
    """The check sum of a file."""
    with file.open("rb") as opened:
        return str(hashlib.file_digest(opened, _hash).hexdigest())


def checksum_of(values: Mapping[str, Any]) -> str:
    """The check sum of values as JSON."""
    return checksum_of_bytes(json.dumps(values, sort_keys=True).encode())


def checksum_of_bytes(content: bytes) -> str:
    """The check sum of what a file holds."""
    hashed = _hash()
    hashed.update(content)
    return hashed.hexdigest()


def file_names(folder: Path) -> Iterable[str]:
    """The files of a generation; locks hold nothing."""
    return sorted(file.name for file in folder.iterdir() if file.is_file() and not _is_passing(file.name))


def _is_passing(name: str) -> bool:
    return name.lower().endswith("lock") or name == UNFINISHED


def _hash() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=DIGEST_BYTES)
