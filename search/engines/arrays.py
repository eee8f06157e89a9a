"""Arrays of whole numbers: in few bytes, one behind the other, in pieces, in groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


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


def ascending(numbers: Array) -> Array:
    """The same numbers in order, in no time if they are."""
    return numbers if bool((numbers[1:] >= numbers[:-1]).all()) else np.sort(numbers)


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
