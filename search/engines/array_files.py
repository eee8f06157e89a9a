"""Named arrays of numbers in one file: written once, mapped into memory to be read.

A file has a check sum of its own, for who writes another file of it: what is copied of a damaged one would be taken for
the truth.

NumPy is loaded when the first array is written or read: who only searches need not wait for it.
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from search.engines.arrays import Array

# Of the beginning of each array in the file, so that processors read its numbers at once.
ALIGNMENT = 8
_SUM, _SUM_BYTES = "", 16  # the name of the check sum among those of the arrays


def write_arrays(file: BinaryIO, arrays: Iterable[tuple[str, Array]]) -> None:
    """Write arrays of one dimension, and behind them what they are called and where they stand."""
    import numpy as np

    contents: dict[str, tuple[str, int, int]] = {}
    at = 0
    hashed = blake2b(digest_size=_SUM_BYTES)
    for name, array in arrays:
        contents[name] = array.dtype.str, at, len(array)
        numbers = np.ascontiguousarray(array).data.cast("B")
        padding = bytes(-(at + len(numbers)) % ALIGNMENT)
        for part in (numbers, padding):
            hashed.update(part)
            at += file.write(part)
    described = json.dumps(contents | {_SUM: _sum(hashed, contents)}).encode()
    file.write(described)
    file.write(len(described).to_bytes(ALIGNMENT, "little"))


class ArrayFile:
    """The arrays of a file; they live as long as anybody holds one of them."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        end = len(self._mapped) - ALIGNMENT
        size = int.from_bytes(self._mapped[end:], "little")
        self._end = end - size  # of the arrays
        self._contents: dict[str, tuple[str, int, int]] = json.loads(self._mapped[end - size : end])
        # A file of an earlier version has none.
        self._sum: object = self._contents.pop(_SUM, None)

    def __getitem__(self, name: str) -> Array:
        import numpy as np

        dtype, at, count = self._contents[name]
        return np.frombuffer(self._mapped, dtype, count, at)

    def length(self, name: str) -> int:
        """The length of an array, which is not read for it."""
        return self._contents[name][2]

    def require_sound(self) -> None:
        """Read all of it. Raises ValueError if it is not as it was written."""
        if self._sum is None:
            return
        hashed = blake2b(digest_size=_SUM_BYTES)
        with memoryview(self._mapped) as whole, whole[: self._end] as arrays:
            hashed.update(arrays)
        if _sum(hashed, self._contents) != self._sum:
            raise ValueError("arrays are not as they were written")


def _sum(arrays: blake2b, contents: Mapping[str, Sequence[object]]) -> str:
    """The check sum of arrays and of what is said of them."""
    arrays.update(json.dumps(contents).encode())
    return arrays.hexdigest()
