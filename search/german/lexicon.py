"""Which words can be parts of a compound, and how likely each is? The tries that `python -m training.lexicon` builds.

All words are folded. The costs are negative logarithms of probabilities in quarters of a nat, so the
cheapest split is the likeliest.

Tries answer at once with all words that some letters begin with, which a dict would be asked for
one by one; they are read in a tenth of the time, and so small that they stay in the processor's cache.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from marisa_trie import WEIGHT_ORDER, Trie

QUARTERS = 4  # of a nat are the unit of costs


class Modifier(NamedTuple):
    """How likely a form is before another part, and its base: `cut` letters less, then `added`.

    kirchen is kirche (cut 1), schul is schule (added e), museen is museum (cut 2, added um).
    """

    cost: int
    cut: int
    added: str


class Lexicon:
    """All that is known of words as parts.

    `modifiers` can stand before another part, `heads` can end a compound and have their cost, `whole`
    look like compounds and are none. Costs are below 256.
    """

    def __init__(self, modifiers: Mapping[str, Modifier], heads: Mapping[str, int], whole: Iterable[str]) -> None:
        self._modifiers = _trie(modifiers)
        self._heads = _trie(head[::-1] for head in heads)
        self._whole = _trie(whole)
        endings = sorted({(modifier.cut, modifier.added) for modifier in modifiers.values()})
        forms = [modifiers[form] for form in _in_order(self._modifiers)]
        self._endings = endings
        self._ending_of = bytes(endings.index((form.cut, form.added)) for form in forms)
        self.costs = bytes(form.cost for form in forms)
        self._head_costs = bytes(heads[head[::-1]] for head in _in_order(self._heads))

    def looks_like_compound(self, letters: str) -> bool:
        """Whether these letters look like a compound and are none."""
        return letters in self._whole

    def is_modifier(self, letters: str) -> bool:
        """Whether these letters can stand before another part."""
        return letters in self._modifiers

    def knows(self, letters: str) -> bool:
        """Whether these letters are a word of the lexicon, in any of its roles."""
        return letters in self._modifiers or letters in self._whole or letters[::-1] in self._heads

    def beginnings(self, letters: str) -> Iterator[tuple[str, int]]:
        """The forms that these letters begin with and that can stand before another part, with their numbers.

        The shortest comes first; `costs` has the cost of each by its number.
        """
        found: Iterator[tuple[str, int]] = self._modifiers.iter_prefixes_with_ids(letters)
        return found

    def heads(self, letters: str) -> dict[int, int]:
        """Where the words start that can end a compound and that these letters end with, and the cost of each."""
        size, costs = len(letters), self._head_costs
        found: dict[int, int] = {}  # a comprehension would be a call more, for the one or two that most words have
        for head, number in self._heads.iter_prefixes_with_ids(letters[::-1]):
            found[size - len(head)] = costs[number]
        return found

    def base(self, letters: str) -> tuple[int, str]:
        """How a form before another part becomes its base: so many letters less, then these. Raises KeyError."""
        number: int = self._modifiers[letters]
        return self._endings[self._ending_of[number]]

    def modifiers(self) -> dict[str, Modifier]:
        """All forms that can stand before another part."""
        forms = _in_order(self._modifiers)
        return {form: Modifier(self.costs[number], *self.base(form)) for number, form in enumerate(forms)}

    def ends(self) -> dict[str, int]:
        """All words that can end a compound, with their costs."""
        return {head[::-1]: self._head_costs[number] for number, head in enumerate(_in_order(self._heads))}

    def wholes(self) -> frozenset[str]:
        """All words that look like compounds and are none."""
        return frozenset(self._whole)

    def save(self, directory: Path) -> None:
        """Write what `load` reads."""
        for name, trie in (("modifiers", self._modifiers), ("heads", self._heads), ("whole", self._whole)):
            trie.save(str(directory / f"{name}.marisa"))
        packed = {name: b64encode(numbers).decode() for name, numbers in self._numbers().items()}
        text = json.dumps({"endings": self._endings, **packed}, indent=1)
        (directory / "costs.json").write_text(text + "\n", encoding="ascii")

    def _numbers(self) -> dict[str, bytes]:
        """What is known of each word, by its number in the tries."""
        return {"modifiers": self.costs, "endings_of_modifiers": self._ending_of, "heads": self._head_costs}

    @classmethod
    def load(cls, directory: Path) -> Lexicon:
        """The lexicon in a directory."""
        self = cls.__new__(cls)
        self._modifiers, self._heads, self._whole = (
            Trie().load(str(directory / f"{name}.marisa")) for name in ("modifiers", "heads", "whole")
        )
        kept = json.loads((directory / "costs.json").read_text(encoding="ascii"))
        self._endings = [(cut, added) for cut, added in kept["endings"]]
        self.costs = b64decode(kept["modifiers"])
        self._ending_of = b64decode(kept["endings_of_modifiers"])
        self._head_costs = b64decode(kept["heads"])
        return self


def _trie(words: Iterable[str]) -> Trie:
    # One trie, its branches by how many words they lead to: asked in half the time of the smallest form.
    return Trie(words, num_tries=1, order=WEIGHT_ORDER)


def _in_order(trie: Trie) -> list[str]:
    """The words of a trie by their numbers."""
    return [trie.restore_key(number) for number in range(len(trie))]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with the package, read once."""
    return Lexicon.load(Path(__file__).parent / "data")
