"""Which word forms belong together? The Snowball stem for German, computed once per distinct word."""

import re
import threading

import Stemmer

from search.german.cache import TwoGenerationCache
from search.german.compounds import last_part
from search.german.folding import fold
from search.german.forms import Known, irregular_stem, known_forms, only_particles
from search.german.kept_umlauts import with_kept_umlaut
from search.german.romanisation import romanised
from search.german.spellings import one_spelling

MOST_STEMS = 50_000

# A PyStemmer object is not safe to share between threads, and making one is cheap.
_local = threading.local()


def _stemmer() -> "Stemmer.Stemmer":
    try:
        return _local.stemmer
    except AttributeError:
        _local.stemmer = Stemmer.Stemmer("german", 0)  # our own cache stands in front of it
        return _local.stemmer


# Snowball takes a final s only behind b d f g h k l m n r t, so it leaves the genitive of most
# names from elsewhere (Trumps, Chinas, Kiews) and the plural of loan words (Autos, Taxis, Babys).
# Behind u and ei the s mostly belongs to the word (Haus, Status, Preis), and in short words too.
_FINAL_S = re.compile(r"(?<=[aoypwjvc])s|(?<=[bcdfghjklmnpqrstvwxz]i)s")
_SHORTEST_WITH_S = 5
_KEEP_S = frozenset(("etwas", "korps", "paris"))  # not etwa, körper, parieren
# LKWs, GmbHs, SUVs, NGOs; Kölns and Löws, which Snowball thinks to be too short for an ending.
_PLURAL_S = re.compile("(?:[aeiou]?[bcdfghjklmnpqrstvwxz]{2,4}|ag|.*[vwp]|..+[ao]|.*[aeiouy]e?ln)s")
_SHORT = 6
# Kostenlos, religiös, Ersparnis: the s is no ending, and no -es either; the stem is that of kostenlose.
_NO_ENDING = re.compile("(?:los|oes|[^aeiouy]nis)$")
_LAST_OF_NAMES = frozenset("achijosvwyz")  # of Slavic names and their genitives
# Snowball changes no word with this ending but for the marks of its umlauts.
_KEPT = "zz"
_UMLAUT = re.compile("[aou]e")


def stem(word: str) -> str:
    """The stem of an exact term, cached."""
    return _STEMS[word]


def stemmed(word: str) -> str:
    """The stem of an exact term: häuser, hauses, haus -> haus. Numbers and signs stay themselves.

    The rules are Snowball's for German (https://snowballstem.org/algorithms/german/stemmer.html),
    applied after folding, so that Haeuser and Häuser meet; but forms that they cannot know have the
    stem of their lemma (`forms.py`), and transcriptions of Slavic names get one spelling.
    """
    folded = fold(word)
    found = stem_of_folded(folded, known_forms().get)
    # Brüskieren and Pullovers are no names, though bruski and pullov look it.
    return romanised(found) if folded[-1:] in _LAST_OF_NAMES and folded in (found, found + "s") else found


def stem_of_folded(folded: str, known: Known) -> str:
    """The stem of a folded word by all but the rules for Slavic names."""
    spelt = one_spelling(folded)
    irregular = irregular_stem(spelt, known)
    return regular_stem(spelt) if irregular is None else without_umlauts(irregular)


def regular_stem(folded: str) -> str:
    """The stem of a folded word by Snowball's rules, without a final s that they leave; some keep their umlauts."""
    word = folded + "e" if len(folded) >= _SHORT and _NO_ENDING.search(folded) else folded
    if word.endswith("s") and len(word) <= _SHORT and word not in _KEEP_S and _PLURAL_S.fullmatch(word):
        word = word[:-1]
    found: str = _stemmer().stemWord(word) or word
    ends_in_s = word.endswith("s") and found.endswith("s") and not word.endswith("ses")
    if ends_in_s and len(found) >= _SHORTEST_WITH_S and found not in _KEEP_S:
        found = found[:-1] if _FINAL_S.search(found, len(found) - 1) else found
    kept = with_kept_umlaut(folded, found)
    return kept.stem if kept and _begins_word(folded, kept.start) else found


def _begins_word(word: str, start: int) -> bool:
    """Whether a word begins here, or the last part of a compound, behind particles of a verb or none.

    Ächten does not begin inside of Mächte.
    """
    return start == 0 or (start >= (last := last_part(word)) and only_particles(word[last:start]))


def without_umlauts(stem: str) -> str:
    """A stem with its umlauts as Snowball leaves them, but for those that it keeps: haeus -> haus, abdrueck."""
    if not _UMLAUT.search(stem):
        return stem
    bare = _stemmer().stemWord(stem + _KEPT).removesuffix(_KEPT)
    kept = with_kept_umlaut(stem, bare)
    return kept.stem if kept and kept.end == len(stem) else bare


_STEMS: TwoGenerationCache[str, str] = TwoGenerationCache(stemmed, MOST_STEMS)
