"""Which umlauts make another word? Täuschen is not tauschen, and Küchen are not Kuchen.

Stems have no umlauts, so that Häuser meet Haus. The stems below keep theirs, as the word without them is another one
that has nothing to do with it. They count at the beginning of a word, of the last part of a compound, or behind the
particles of a verb. Words are folded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from search.german.branches import any_of

_STEMS = """
bär beläst blüt bühn bürg dämpf dös dröhn drück fäll fälsch förder führ füll glück gründ güt höhl höll hüt köhl kür küch
läut lös mähn möhr räch röst rück rühr säg schätz schön schwül spül stätt stück stütz süd sünd täusch wäg währ wälz wüst
ächt ähr zähl
"""

_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_BARE = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
# The stem without its umlaut by that with it.
_BARE_STEMS = {stem.translate(_FOLDED): stem.translate(_BARE) for stem in _STEMS.split()}
_ENDINGS = ("", "ung")  # what Snowball leaves behind some of them: Täuschung
_UMLAUTED = re.compile(any_of(_BARE_STEMS))


class Kept(NamedTuple):
    """The letters that keep their umlaut, by their offsets in a word, and the stem of that word."""

    start: int
    end: int
    stem: str


def with_kept_umlaut(letters: str, stem: str) -> Kept | None:
    """A stem whose last letters keep their umlaut, None if no letters do.

    `stem` is what is left of `letters` without endings and umlauts.
    """
    if not _UMLAUTED.search(letters):  # as most words, in half the time
        return None
    for found in _UMLAUTED.finditer(letters):
        for ending in _ENDINGS:
            if stem.endswith(bare := _BARE_STEMS[found[0]] + ending):
                kept = found[0] + ending
                return Kept(found.start(), found.start() + len(kept), stem.removesuffix(bare) + kept)
    return None
