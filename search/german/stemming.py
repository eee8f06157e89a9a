"""Which word forms belong together? The Snowball stem for German, computed once per distinct word."""

import threading
from functools import lru_cache

import Stemmer

from search.german.folding import fold

# A PyStemmer object is not safe to share between threads, and making one is cheap.
_local = threading.local()


def _stemmer() -> "Stemmer.Stemmer":
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("german", 0)  # our own cache stands in front of it
    return _local.stemmer


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of an exact term: häuser, hauses, haus -> haus. Numbers and signs stay themselves.

    The rules are Snowball's for German (https://snowballstem.org/algorithms/german/stemmer.html),
    applied after folding, so that Haeuser and Häuser meet.
    """
    folded = fold(word)
    return _stemmer().stemWord(folded) or folded
