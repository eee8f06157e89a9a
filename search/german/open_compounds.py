"""Where does a text write a compound as several words? Wahl zum Bundestag is about a Bundestagswahl, too.

Parts that merely stand near each other are no compound: of "Der Minister lobt die Wirtschaft" nobody says
Wirtschaftsminister. So the two nouns must stand as the compound is said in other words: the head first, and joined to
it by the genitive or by one of few prepositions: Schutz der Umwelt, Minister für Wirtschaft, Krieg in der Ukraine. Or
the compound has a blank where its parts meet: Musik Sammlung.

Such a place gives one term for the part layer, which the compound asks for. It is made of the stems of the two
nouns, as the letters that join them in the compound are not in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from search.german.compounds import base, divisions
from search.german.folding import without_diacritics
from search.german.lexicon import lexicon
from search.german.stemming import stem
from search.german.tokens import Part, normalise

# Stands between the two stems; no word has it.
OPEN_SIGN = "|"

_AFTER = r"\s.,;!?…()\[\]\"“”„»«›‹"  # what ends a noun
_JOINED = "\\-\u2010-\u2013/"  # what may stand before a head, as in Ex-Minister
# What is before the capital is asked behind it, as what begins with certain characters is found at the speed of memory;
# and no word is tried again without its last letters. Longer ones are data, and each capital inside of them would be
# asked up to their end.
_INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"  # within words
_FIRST = rf"[A-ZÄÖÜ](?<![\w{_INVISIBLE}].)[^\s{_JOINED}]{{2,100}}+"
_SECOND = rf"[A-ZÄÖÜ](?:[^:{_AFTER}]|:(?=\w)){{1,100}}+"
# The genitive, and prepositions that are one with their article, may have an adjective behind them.
_ADJECTIVE = r"(?:[a-zäöüßA-ZÄÖÜ][a-zäöüß]+e[nr]\s)?"
_GENITIVES = ("des", "der", "eines", "einer", "zum", "zur")
_GENITIVE = rf"(?:{'|'.join(_GENITIVES)})\s{_ADJECTIVE}"
# Others have no article, or the sense is another: Tag für dieses Land is no Landtag. But what is aimed at may have one:
# Option auf den Kauf, Steuer auf Benzin, Kampf gegen den Terror.
_PREPOSITIONS = ("von", "vom", "an", "vor", "mit")
_AIMS = ("für", "gegen", "um", "auf", "über")
_PREPOSITION = rf"(?:{'|'.join(_PREPOSITIONS)}|(?:{'|'.join(_AIMS)})(?:\s(?:den|die|das|einen?))?)\s"
# But those that the head begins with go with it: Ausstieg aus der Kohle, Einzug in den Bundestag.
_PREFIXES = {"aus": "aus", "in": "ein", "im": "ein", "an": "an", "nach": "nach"}
_PREFIX = rf"((?:{'|'.join(_PREFIXES)})(?:\s(?:de[rmn]|die|das))?)\s"
# To these heads both say where to: Reise in die Türkei, Suche nach Impfstoff.
_GOING = "beitritt fahrt flucht flug reise rückkehr ruf suche"
# And places go with nearly all: Krieg in der Ukraine, Brand im Krankenhaus, Szene aus dem Film. In den Schulen is one,
# in den Raum is none.
_PLACES = frozenset(("in", "in der", "im", "aus", "aus der", "aus dem", "aus den"))
_PLACES_OF_MANY = "in den"
_ENDS_OF_MANY = ("n", "s")
# But what is said of times and of anybody is rather said of a deed: zwei Tage in der Stadt, der Mann im Haus. And these
# are seldom places: Personen in Kontakt, Fälle im Alter, Leute im Land.
_NO_HEADS = "tag jahr woche monat zeit stunde minute mal mann frau leute abend morgen nacht uhr jahrzehnt jahrhundert"
_NO_PLACES = "alter bund einsatz fall fest hand jahr kontakt land leben rahmen reihe sorge tag"
# What may stand behind a head.
JOINING_WORDS = (*_GENITIVES, *_PREPOSITIONS, *_AIMS, *_PREFIXES)
_AND = rf"(?:\s(?:und|oder|sowie)\s(?:de[sr]\s)?({_SECOND}))?"
_OPEN = re.compile(rf"({_FIRST})(?=\s(?:(?:{_GENITIVE}|{_PREPOSITION}|{_PREFIX})({_SECOND}){_AND}|({_SECOND})))")
_GENDER_ENDING = "innen"  # of Lehrer/Innen, no word before a blank
_MODIFIERS = (3, 4)  # groups of what is found
_HEAD = 5  # behind a modifier and a blank


def open_compounds(text: str) -> Iterator[Part]:
    """The terms of the compounds that a text says in several words, each from the first word to the last.

    All words of one stand in one sentence, with a single space or line end between.
    """
    return chain.from_iterable(map(_parts, _OPEN.finditer(text)))


def terms_of_open_compounds(text: str) -> Iterator[str]:
    """The terms of these parts alone, in half the time."""
    return filter(None, chain.from_iterable(map(_terms, _OPEN.findall(text))))


def open_compounds_from(text: str, start: int, end: int) -> Iterator[Part]:
    """Those whose head stands between these offsets, which are those of signs without white space between."""
    capitals = (at for at in range(start, end) if text[at].isupper())
    return next((_parts(found) for at in capitals if (found := _OPEN.match(text, at))), iter(()))


def _parts(found: re.Match[str]) -> Iterator[Part]:
    for group, term in zip((*_MODIFIERS, _HEAD), _terms(found.groups("")), strict=True):
        if term:
            yield Part(found.start(), found.end(group), term)


def _terms(found: Sequence[str]) -> tuple[str, str, str]:
    """The terms that a noun has with either modifier behind it and with the head behind it, "" where there is none."""
    first_word, prefix, first, second, next_word = found
    if next_word:
        return "", "", _with_blank(first_word, next_word)
    return *_with_modifiers(first_word, prefix, first, second), ""


def _with_modifiers(first_word: str, prefix: str, first: str, second: str) -> tuple[str, str]:
    head = _noun(first_word)
    if not head:
        return "", ""
    modifier, other = _noun(first), second and _noun(second)
    if prefix and not _goes_with(prefix, head):
        modifier, other = [noun if _is_place(prefix, noun, head) else "" for noun in (modifier, other)]
    return modifier and open_compound_term(modifier, head), other and open_compound_term(other, head)


def _goes_with(preposition: str, head: str) -> bool:
    """Whether a preposition, with its article or without, is the one that a head has by its sense."""
    first = preposition.split()[0]
    return head.startswith(_PREFIXES[first]) or (first in ("nach", "in") and stem(head) in _stems(_GOING))


def _is_place(preposition: str, noun: str, head: str) -> bool:
    """Whether a preposition and a noun are a place that says which head is meant, as in Krieg in der Ukraine."""
    where = " ".join(preposition.split())
    if where not in _PLACES and not (where == _PLACES_OF_MANY and noun.endswith(_ENDS_OF_MANY)):
        return False
    return stem(head) not in _stems(_NO_HEADS) and stem(noun) not in _stems(_NO_PLACES)


@lru_cache
def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


def _with_blank(first_word: str, next_word: str) -> str:
    """The term of two nouns that are a compound if the blank between them goes, "" if they cannot be one."""
    modifier = _before_blank(first_word)
    head = modifier and _behind_blank(next_word)
    return open_compound_term(modifier, head) if head else ""


@lru_cache(maxsize=20_000)
def _before_blank(surface: str) -> str:
    """The word as which the first part of a compound stands before a blank, "" if it can be none."""
    known, letters = lexicon(), without_diacritics(surface.lower())
    if letters == _GENDER_ENDING or not known.is_modifier(letters):
        return ""
    word = _noun(surface)
    return word and base(word, letters, known)


@lru_cache(maxsize=20_000)
def _behind_blank(surface: str) -> str:
    """The word as which the last part of a compound stands behind a blank, "" if it can be none."""
    return _noun(surface) if lexicon().heads(without_diacritics(surface.lower())) else ""


@lru_cache(maxsize=20_000)
def _noun(surface: str) -> str:
    """The exact term of a word, "" if it has other signs than letters."""
    word = normalise(surface)
    return word if word.isalpha() else ""


def open_compound_term(modifier: str, head: str) -> str:
    """The term of a compound in several words, of its two nouns as exact terms."""
    return f"{stem(modifier)}{OPEN_SIGN}{stem(head)}"


@lru_cache(maxsize=10_000)
def open_compound_terms(word: str) -> tuple[str, ...]:
    """The terms that texts give which say a compound in several words; `word` is exact, no compound has none.

    bundestagswahl has that of Wahl zum Bundestag, and that of Tagswahl des Bundes, which no text has. Impfpflicht,
    too, has that of Pflicht zur Impfung.
    """
    pairs = [(first, head) for before, head in divisions(word) for first in _modifiers(word[: before.end], before.word)]
    return tuple(dict.fromkeys(open_compound_term(*pair) for pair in pairs))


def _modifiers(letters: str, base: str) -> Iterator[str]:
    """The nouns for what stands before the head: its base, and what is made of a verb: Impf-, Impfung."""
    yield base
    known = lexicon()
    if 0 not in known.heads(without_diacritics(base)) and known.is_modifier(without_diacritics(f"{letters}ungs")):
        yield f"{letters}ung"
