"""Which words stand out? The log-likelihood ratio of a word in some texts against others.

Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence" (Computational Linguistics 19, 1993): the
measure does not take rare words for sure ones, as mutual information and chi-squared do.
"""

from __future__ import annotations

from math import log

SURE = 6.63  # of the measure: by chance one word in a hundred has as much (chi-squared, one degree of freedom)


def log_likelihood(here: int, size_here: int, there: int, size_there: int) -> float:
    """How sure it is that a word is not as frequent in two samples; negative if it is rarer in the first.

    `here` of `size_here` units (articles or words) have it, and `there` of `size_there`.
    """
    table = ((here, size_here), (there, size_there))
    having, total = here + there, size_here + size_there
    if not total or not 0 < having < total:
        return 0.0
    ratio = 0.0
    for found, size in table:
        for observed, share in ((found, having / total), (size - found, 1 - having / total)):
            if observed > 0:
                ratio += observed * log(observed / (size * share))
    return 2 * ratio if here * size_there >= there * size_here else -2 * ratio
