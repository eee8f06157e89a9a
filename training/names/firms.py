"""Firms in the large indices of stock exchanges, by the one word that news call them.

Only those whose word means nothing else: no noun, no place, no name of a person. The lists of pytickersymbols come
from Wikipedia's articles on the indices.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, pairwise
from pathlib import Path

from pytickersymbols.indices_data import INDICES

from indexer.resolution.nouns import lists_of
from training.recogniser.sources import Silver, silver

_REMOTE = frozenset(("S&P 600", "NIKKEI 225"))  # indices of which German news write little
_LEGAL_FORM = re.compile(
    r",? (?:AG|SE|S\.?A\.?|N\.?V\.?|plc|PLC|Inc\.?|Corp\.?|Corporation|Company|& Co\.?.*|Co\.?|KGaA|Ltd\.?|Limited|SpA"
    r"|S\.p\.A\.|Oyj|ASA|AB|A/S|Group|Gruppe|GmbH|KG|\(.*\)|Class [A-C])$"
)
_ONE_WORD = re.compile(r"[A-ZÄÖÜ]\w{3,}(?:-\w+)*")
_OTHER_MEANINGS = frozenset("word noun first last city town country part".split())  # lists of the recogniser
_FEWEST = 2  # full names of persons that make a word a last name


def firm_names(data: Path) -> set[str]:
    """Firms of one word. data is the folder with ner/, whose texts tell further last names."""
    listed = chain.from_iterable(index["companies"] for name, index in INDICES.items() if name not in _REMOTE)
    firms = {_bare(firm["name"]) for firm in listed}
    found = {firm for firm in firms if _ONE_WORD.fullmatch(firm) and not _means_more(firm)}
    last = Counter(chain.from_iterable(map(_last_names, silver(data))))
    return {firm for firm in found if last[firm] < _FEWEST}


def _bare(name: str) -> str:
    """A name without its legal forms."""
    while form := _LEGAL_FORM.search(name):
        name = name[: form.start()]
    return name.strip()


def _means_more(word: str) -> bool:
    forms = (word, word.capitalize(), word.lower())
    return any(not _OTHER_MEANINGS.isdisjoint(lists_of(form)) for form in forms)


def _last_names(document: Silver) -> list[str]:
    """The last words of names of persons that have several."""
    tagged = pairwise([*zip(document.words, document.tags, strict=True), ("", "O")])
    return [word for (word, tag), (_, next) in tagged if tag == "I-PER" and next != "I-PER"]
