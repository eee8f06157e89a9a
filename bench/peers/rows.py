"""Articles in a file of JSON lines: id title body date source section entities."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def write(rows: Iterable[Row], path: Path) -> None:
    """Write articles; the file appears when it is complete."""
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    unfinished.replace(path)


def read(path: Path) -> Iterator[Row]:
    """Read them again."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def some(path: Path, first: int, number: int) -> Iterator[Row]:
    """So many of them from a place on, fewer at the end of the file."""
    return islice(read(path), first, first + number)
