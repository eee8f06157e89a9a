"""Which words can be parts of a compound, and how likely is each? The table that `python -m bench.lexicon` builds.

A line of the table is `kind cost ending words...`; words are folded. The costs are negative
logarithms of probabilities in quarters of a nat, so the cheapest split is the likeliest.

    m  these letters can stand before another part; `ending` tells how its base is spelled
    h  these letters can end a compound
    w  looks like a compound and is none
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

QUARTERS = 4  # of a nat are the unit of costs


class Modifier(NamedTuple):
    """How likely a form is before another part, and its base: `cut` letters less, then `added`.

    kirchen is kirche (cut 1), schul is schule (added e), museen is museum (cut 2, added um).
    """

    cost: int
    cut: int
    added: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is known of words as parts; the keys are folded."""

    modifiers: dict[str, Modifier]
    heads: dict[str, int]
    whole: frozenset[str]
    longest: int


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with the package, read once."""
    return read((Path(__file__).parent / "data/compounds.txt").read_text(encoding="ascii"))


def read(table: str) -> Lexicon:
    """The lexicon in a table as described above."""
    modifiers: dict[str, Modifier] = {}
    heads: dict[str, int] = {}
    whole: list[str] = []
    for line in table.splitlines():
        kind, cost, ending, *words = line.split()
        if kind == "m":
            cut, _, added = ending.partition("+")
            modifiers.update(dict.fromkeys(words, Modifier(int(cost), int(cut), added)))
        elif kind == "h":
            heads.update(dict.fromkeys(words, int(cost)))
        else:
            whole += words
    return Lexicon(modifiers, heads, frozenset(whole), max(map(len, modifiers), default=0))
