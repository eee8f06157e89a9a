"""Which form may stand where in a compound, and which words are forms of nouns? All words are folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from training.lexicon.lists import Lists, countries, handmade

PARTICLES = handmade("particles")
PREFIXES = handmade("prefixes")
SUFFIXES = handmade("suffixes")
SHORT_MODIFIERS = handmade("short_modifiers")
SHORT_HEADS = handmade("short_heads")
SHORT_STEMS = handmade("short_stems")
NOT_MODIFIERS = handmade("not_modifiers")
OPAQUE = handmade("opaque")
QUALITIES = tuple(sorted(handmade("qualities")))

ENDINGS = ("", "s", "es", "e", "n", "en", "er", "ern", "ens", "ns", "nen", "se", "ses", "sen")
UMLAUTING = ("", "e", "en", "er", "ern", "n")
# Endings of foreign plurals and what their singulars have instead: Museen, Ministerien, Prinzipien, Themata.
FOREIGN = {
    "en": ("um", "us", "a", "on", "is"),
    "ien": ("", "ium", "ie"),
    "a": ("um", "on"),
    "ata": ("a",),
    "i": ("us", "o"),
}


class Link(NamedTuple):
    """What a noun loses at its end and what it gets before another part."""

    lost: str
    got: str


# The commonest first: Schul-, Hilfs-, Museen-. Verbs lose their -en, but are no nouns.
LINKS = (
    *(Link("", got) for got in ("", "s", "n", "en")),
    Link("e", ""),
    *(Link("", got) for got in ("es", "er", "e")),
    *(Link("e", "s"), Link("", "ens"), Link("um", "en"), Link("a", "en"), Link("us", "en")),
)


def either(words: frozenset[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_ONLY_PARTICLES = re.compile(f"(?:{either(PARTICLES | PREFIXES)})+")


def nouns_of(form: str, nouns: frozenset[str]) -> Iterator[str]:
    """The nouns that a form can be an inflection of: häuser, hauses -> haus."""
    for ending in ENDINGS:
        bare = form[: len(form) - len(ending)]
        if len(bare) > 2 and form.endswith(ending):
            if bare in nouns:
                yield bare
            if ending in UMLAUTING and (back := without_umlaut(bare)) in nouns:
                yield back
    for ending, singulars in FOREIGN.items():
        if form.endswith(ending):
            bases = (form.removesuffix(ending) + singular for singular in singulars)
            yield from (base for base in bases if base in nouns and len(base) > 4)


def without_umlaut(word: str) -> str:
    """The word with its last umlaut taken back: haeus -> haus."""
    place = max(word.rfind("ae"), word.rfind("oe"), word.rfind("ue"))
    return word[: place + 1] + word[place + 2 :] if place >= 0 else ""


def linked_nouns(form: str, nouns: frozenset[str]) -> Iterator[tuple[str, Link]]:
    """The nouns that a modifier can come from, and how; two letters in common are a coincidence (Oben-, Obus)."""
    for link in LINKS:
        common = form[: len(form) - len(link.got)]
        base = common + link.lost
        if form.endswith(link.got) and len(common) > 2 and base in nouns:
            yield base, link


def may_modify(form: str, lists: Lists, seen: int) -> bool:
    """Whether a form can stand before another part; `seen` is how often it seems to."""
    if form in NOT_MODIFIERS or form in PARTICLES:
        return False
    if _ONLY_PARTICLES.fullmatch(form) and form not in lists.nouns:
        return False
    if len(form) <= 3:
        return form in SHORT_MODIFIERS
    if any(len(base) > 3 for base, _ in linked_nouns(form, lists.nouns)):
        return True
    return seen >= needed(form, lists)


def needed(form: str, lists: Lists) -> int:
    """How often a modifier that comes from no noun must be seen to count as one."""
    if any(nouns_of(form, lists.nouns)):
        return 2
    word = form in lists.words
    if len(form) == 4 and form not in SHORT_STEMS and form not in countries():
        return 6 if word else NEVER
    return 2 if word or form + "en" in lists.words or form + "n" in lists.words else 5


NEVER = 1_000_000


def may_head(noun: str) -> bool:
    """Whether a noun can end a compound."""
    return noun not in SUFFIXES and (len(noun) > 3 or noun in SHORT_HEADS)


# Krankenversicherung comes from no verb, although there is krankenversichern.
_LINKED_ACTION = re.compile(f"(?:en|s)(?:{'|'.join(sorted(handmade('actions')))})$")


def derived(noun: str, lists: Lists) -> bool:
    """Whether a noun comes from a verb or adjective that has its first part, too: Feststellung, Vielseitigkeit."""
    if noun.endswith("ung"):
        verb = noun[:-3] + "en" in lists.words or noun[:-3] + "n" in lists.words
        return verb and not _LINKED_ACTION.search(noun)
    return noun.endswith(("heit", "keit")) and noun[:-4] in lists.words and not noun.endswith(QUALITIES)


def declined_like_adjective(noun: str, lists: Lists) -> bool:
    """Whether a noun is an adjective or participle: there is Vorsitzendem, but no Monatsendem."""
    return noun.endswith("e") and noun + "m" in lists.words


def derivable(lists: Lists) -> set[str]:
    """Nouns that the lists lack although they have their verb: Abschmelzung, Putzerin."""
    stems = {word[:-2] for word in lists.words if word.endswith("en") and word[:-2] + "st" in lists.words}
    actions = {stem + "ung" for stem in stems if len(stem) > 4}
    women = {stem + ending for stem in stems if stem + "er" in lists.nouns for ending in ("erin", "erinnen")}
    return {word for word in actions | women if len(word) > 7} - lists.nouns


def names(lists: Lists) -> set[str]:
    """Words with a genitive and no other form, which are places and people, as in Korsikaurlaub; and countries."""
    genitives = {word[:-1] for word in lists.words if word.endswith("s") and 4 < len(word) < 14}
    others = ("e", "en", "er", "t", "st", "te", "em", "es", "n")
    known = genitives & lists.words - lists.nouns
    return {word for word in known if not any(word + ending in lists.words for ending in others)} | countries()


LONGER_THAN_NAMES = 14


def is_nominal(word: str, lists: Lists) -> bool:
    """Whether a word is a form of a noun, or has a genitive and a plural and no forms of verbs and adjectives."""
    if any(nouns_of(word, lists.nouns)):
        return True
    words = lists.words
    for ending in ("", "s", "es", "e", "n", "en", "er", "ern"):
        bare = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(bare) > 6 and (bare + "s" in words or bare + "es" in words):
            plural = any(bare + end in words for end in ("e", "en", "n")) or len(bare) >= LONGER_THAN_NAMES
            return plural and not any(bare + end in words for end in ("em", "st", "te"))
    return False
