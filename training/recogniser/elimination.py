"""Which inputs of a linear layer can be left out, if the others take over what they can?

The optimal brain surgeon (Hassibi and Stork 1993): one after the other goes, each time the one that changes the outputs
least, and the weights of the others are mended.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
_RIDGE = 1e-5


def without_idle_units(moments: Matrix, last: Matrix, kept: int) -> tuple[NDArray[np.intp], Matrix]:
    """The units that are kept, in order, and the rows of `last` for them, of which the last row is the bias.

    `moments` are the mean products of the outputs of all units, and of a one for the bias.
    """
    units = np.arange(len(last))
    inverse = np.linalg.inv(moments + _RIDGE * np.trace(moments) / len(moments) * np.eye(len(moments)))
    while len(units) > kept + 1:
        costs = (last**2).sum(axis=1) / np.diag(inverse)
        least = int(costs[:-1].argmin())
        others = np.arange(len(units)) != least
        share = inverse[:, least] / inverse[least, least]
        last = (last - np.outer(share, last[least]))[others]
        inverse = (inverse - np.outer(share, inverse[least]))[np.ix_(others, others)]
        units = units[others]
    return units[:-1], last
