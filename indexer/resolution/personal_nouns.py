"""Does a noun say what one person is? *Virologin*, *Hausärztin*, *Student*, *Physiker*."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.resolution.nouns import is_listed_noun

_SHORTEST = 6  # letters of a word for women at the end of a compound: *Hausärztin*, but not *Verein*
_SHORTEST_FRONT = 3
UMLAUTS = (("äu", "au"), ("ä", "a"), ("ö", "o"), ("ü", "u"))  # *Bäuerin*, *Bauer*
# Women are called so as well, but hardly firms and things. Of words in -er most are both (*Hersteller*, *Partner*).
_OF_MEN = tuple(
    "ist ent ant loge eur nom soph soldat diplomat pilot wirt arzt chirurg fotograf dozent kollege zeuge rätin "
    "physiker chemiker techniker musiker informatiker mathematiker mediziner komiker kritiker mechaniker historiker "
    "lehrer maler bäcker metzger schüler attentäter täter stürmer torhüter verteidiger spieler rapper pfleger winzer "
    "schneider schreiner tischler gärtner apotheker bildhauer dichter erzähler designer läufer pole däne "
    "schwede franzose finne grieche türke ire schotte brite russe tscheche chinese rumäne bulgare kroate serbe".split()
)
# Firms, clubs, countries and animals are these as well, and some are several persons.
_OF_OTHERS = tuple(
    "konkurrent lieferant kontrahent gigant rivale trabant ligist exponent garant spezialist finalist nachbarin "
    "konkurrentin siegerin herstellerin anbieterin betreiberin händlerin eigentümerin partnerin gegnerin hündin wölfin "
    "bärin katerin löwin königin göttin tabellenführerin besitzerin produzent titelverteidiger termin".split()
)


def is_personal_noun(word: str) -> bool:
    """Whether a word says what a person is.

    Either the lexicon has it or its end as the noun for a woman, beside one for a man, or the nouns for both.
    """
    small = word.lower()
    if not word[:1].isupper() or small.endswith(_OF_OTHERS):
        return False
    if small.endswith(_OF_MEN):
        return small.endswith("rätin") or any(map(_is_of_man, _ends(word)))
    return small.endswith("in") and any(map(_is_of_woman, _ends(word)))


def _ends(word: str) -> Iterator[str]:
    """The word, and what a compound may end in, as nouns."""
    last = word.rpartition("-")[2]
    for at in (0, *range(_SHORTEST_FRONT, len(last) - _SHORTEST + 1)):
        yield last[at].upper() + last[at + 1 :]


def _is_of_woman(noun: str) -> bool:
    """Whether this is a noun for a woman; the stem of that for a man has four letters or more."""
    stem = noun.removesuffix("in").lower()
    stems = (stem, *(stem.replace(umlaut, vowel) for umlaut, vowel in UMLAUTS if umlaut in stem))
    men = (man.capitalize() for bare in stems for man in (bare, f"{bare}e"))
    return len(stem) > 3 and is_listed_noun(noun) and any(map(is_listed_noun, men))


def _is_of_man(noun: str) -> bool:
    return is_listed_noun(noun) and any(is_listed_noun(f"{stem}in") for stem in _stems(noun.removesuffix("e")))


def _stems(man: str) -> Iterator[str]:
    """What the word for a woman may have before its -in: *Arzt*, *Ärzt*."""
    yield man
    for umlaut, vowel in UMLAUTS:
        at = man.lower().rfind(vowel)
        if at >= 0:
            yield (man[:at] + umlaut + man[at + len(vowel) :]).capitalize()
