"""Named arrays of numbers in one file: written once, mapped into memory to be read."""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

# Of the beginning of each array in the file, so that processors read its numbers at once.
ALIGNMENT = 8


def write_arrays(file: BinaryIO, arrays: Iterable[tuple[str, Array]]) -> None:
    """Write arrays of one dimension, and behind them what they are called and where they stand."""
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
        dtype, at, count = self._contents[name]
        return np.frombuffer(self._mapped, dtype, count, at)


def smallest(array: Array) -> Array:
    """The same numbers, none of them negative, in as few bytes each as hold them all."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))), copy=False)


def lengths_to_ends(lengths: Array) -> Array:
    """Where each of several pieces of these lengths ends if they stand one behind the other."""
    return np.cumsum(lengths, dtype=np.int64)


def joined(arrays: Sequence[Array]) -> Array:
    """Arrays of whole numbers one behind the other; there need not be any."""
    return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)


def starts_of(ends: Array) -> Array:
    """Where pieces begin that end there."""
    return np.concatenate((np.zeros(1, ends.dtype), ends[:-1])) if len(ends) else ends


def ranges(starts: Array, lengths: Array) -> Array:
    """The places of all that stands in pieces with these starts and lengths, piece by piece."""
    ends = lengths_to_ends(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts.astype(np.int64) - starts_of(ends), lengths) + np.arange(total)


def grouped(numbers: Array) -> Array:
    """The order in which these numbers, none of them negative, ascend; equal ones stay as they stand.

    Sorting numbers that carry their places is several times faster than NumPy's stable argsort.
    """
    bits = len(numbers).bit_length()
    carried = numbers.astype(np.int64)
    carried <<= bits
    carried |= np.arange(len(numbers))
    carried.sort()
    carried &= (1 << bits) - 1
    return carried
