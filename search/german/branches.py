"""One expression for many words, in which no two branches begin alike: asked in a fraction of the time of a list."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """An expression that finds any of these words, the longest that fits; one of them at least, and none empty."""
    branches: dict[str, set[str]] = defaultdict(set)
    for word in words:
        branches[word[0]].add(word[1:])
    return "|".join(re.escape(letter) + _rest(rests) for letter, rests in sorted(branches.items()))


def _rest(rests: set[str]) -> str:
    longer = rests - {""}
    if not longer:
        return ""
    return f"(?:{any_of(longer)})" + "?" * ("" in rests)
