"""Where does the name of an institution end? It says what the institution is for, and the recogniser stops at *und*.

*Institut für Epidemiologie*, Biostatistik und Prävention; *Zentrum für strategische* und internationale Studien.
"""

from __future__ import annotations

import re

from indexer.resolution.nouns import is_noun, is_person_name
from indexer.resolution.titles import is_office

_KINDS = (
    "institut zentrum ministerium amt akademie gesellschaft stiftung verband bundesverband verein kammer klinik "
    "abteilung behörde zentrale kommission rat lehrstuhl fakultät hochschule agentur referat gewerkschaft"
).split()
_SAYS_FOR_WHAT = re.compile(rf"\b\w*(?:{'|'.join(_KINDS)})(?:e?s)? (?:für|zur|gegen) \S", re.I)
_NOUN = re.compile(r"[A-ZÄÖÜ][\w-]*(?= und |,|$)")
_ADJECTIVE = r"(?:[A-ZÄÖÜ]?[a-zäöüß-]{4,}en? (?=[A-ZÄÖÜ]))?"
_SUBJECT = rf"{_ADJECTIVE}(?:[A-ZÄÖÜ][\w-]*[a-zäöüß](?![\w-])|(?<= )-[a-zäöüß]+)"
_REST = re.compile(rf"(?:(?:, {_SUBJECT})*,? und {_SUBJECT})+")
# Subjects that are no nouns of the lexicon.
_MADE_OF_ADJECTIVES = frozenset({"Soziales", "Inneres", "Äußeres", "Digitales"})
# A kind by itself names none, but with whose it is it does: *Bundesverband* der Verbraucherzentralen.
_ALONE = re.compile(r"(?:Bundes|Landes|Zentral|Dach|Fach|Gesamt|Branchen|Haupt)verband(?:e?s)?")
_WHOSE = re.compile(r" (?:d(?:er|es) )?(?:[A-Za-zäöüß]+e[nr] )*[A-ZÄÖÜ][\w-]*[a-zäöüß](?![\w-])")


def whole_institution(text: str, start: int, end: int) -> int:
    """Where the name of an institution that begins and ends here really ends: behind all that it is for.

    What follows must be nouns, and neither offices nor persons: *das Institut für Virologie und Präsident Meyer*.
    """
    if _ALONE.fullmatch(text, start, end):
        whose = _WHOSE.match(text, end)
        return whose.end() if whose else end
    rest = _REST.match(text, end) if _SAYS_FOR_WHAT.search(text, start, end) else None
    while rest and not all(map(_is_subject, _NOUN.findall(rest[0]))):
        shorter = rest[0].rpartition(" und ")[0]
        rest = _REST.fullmatch(text, end, end + len(shorter)) if shorter else None
    return rest.end() if rest else end


def _is_subject(word: str) -> bool:
    """Whether a word can be what an institution is for."""
    if word in _MADE_OF_ADJECTIVES:
        return True
    bare = (word, word.removesuffix("en"), word.removesuffix("n"), word.removesuffix("s"), word.removesuffix("e"))
    return any(map(is_noun, bare)) and not is_office(word) and not is_person_name(word)
