"""Named arrays of numbers in one file: written once, mapped into memory to be read.

NumPy is loaded when the first array is written or read: who only searches need not wait for it.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from search.engines.arrays import Array

# Of the beginning of each array in the file, so that processors read its numbers at once.
ALIGNMENT = 8


def write_arrays(file: BinaryIO, arrays: Iterable[tuple[str, Array]]) -> None:
    """Write arrays of one dimension, and behind them what they are called and where they stand."""
    import numpy as np

    contents: dict[str, tuple[str, int, int]] = {}
    at = 0
    for name, array in arrays:
        contents[name] = array.dtype.str, at, len(array)
        at += file.write(np.ascontiguousarray(array).data)
        at += file.write(bytes(-at % ALIGNMENT))
    described = json.dumps(contents).encode()
    file.write(described)
    file.write(len(described).to_bytes(ALIGNMENT, "little"))


class ArrayFile:
    """The arrays of a file; they live as long as anybody holds one of them."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        end = len(self._mapped) - ALIGNMENT
        size = int.from_bytes(self._mapped[end:], "little")
        self._contents: dict[str, tuple[str, int, int]] = json.loads(self._mapped[end - size : end])

    def __getitem__(self, name: str) -> Array:
        import numpy as np

        dtype, at, count = self._contents[name]
        return np.frombuffer(self._mapped, dtype, count, at)

    def length(self, name: str) -> int:
        """The length of an array, which is not read for it."""
        return self._contents[name][2]
