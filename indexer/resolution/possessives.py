"""What belongs to somebody is no part of his name: *Spahns Ministerium* names Spahn, *Dortmunds Haaland* two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.resolution.aliases import Aliases, known_names, spelling_key
from indexer.resolution.firms import is_firm
from indexer.resolution.first_names import first_names
from indexer.resolution.found_names import FieldSpan, FoundName, Texts, free_spans
from indexer.resolution.inflection import is_country, is_place, may_end_in_own_s
from indexer.resolution.nouns import ends_in_noun, is_common_noun, is_noun, is_person_name, is_small_word
from indexer.resolution.parties import is_party
from search.german.function_words import is_function_word

_SHORTEST_OWNER = 4  # letters of a name that is known by nothing but its genitive
# What is called after a person, and so ends his name: *Charles Dickens Museum*.
_CALLED_AFTER = (
    "museum",
    "haus",
    "platz",
    "straße",
    "bau",
    "preis",
    "park",
    "center",
    "centre",
    "institut",
    "stiftung",
    "schule",
    "arena",
)
_OF_POLITICIANS = ("Bündnis", "Partei", "Regierung", "Kabinett", "Koalition", "Ministerium", "Anhänger", "Wähler")
_BEFORE_OWN_S = ("y", "ar", "'", "’")  # of foreign first names, and in English: *Tennys*, *Ainars*
_OWNER_BEFORE = re.compile(r"(?:^|[.!?:\n»„\"] |\n|\b(?:und|oder|in|aus|über|für|gegen|von|mit|nach|um|statt|als|wie"
                           r"|an|auf|durch|ist|war|mehr|auch|nur) )([A-ZÄÖÜ]\w+ )?([A-ZÄÖÜ]\w+[^\We_])s $")  # fmt: skip
_LONGEST_BEFORE = 40  # characters
_LONGEST_FAMILY_IN_FRONT = 3  # letters of a family name that comes first: *Xi Jinpings China*


class _Split(NamedTuple):
    """Where a name parts into its owner and what he has: words of the owner, his type, and whether only what he has
    tells that."""

    words: int
    type: str
    is_told: bool = False


def without_possessed(found: Sequence[FoundName], aliases: Aliases) -> list[FoundName]:
    """The names found in an article; of one that begins with another in the genitive, that other one.

    The other must be named by itself too, or be known, or what it has must tell: *Paris* in *Paris Saint-Germain* and
    *Lukas* are nobody's. What follows is a name as well if it is a person's and no common noun, or known; a noun is
    none elsewhere either.
    """
    possible = {one.written: one.span.type for one in found if not one.fixed and _may_begin_with_owner(one.written)}
    types = _types(found) if possible else {}
    splits = {written: split for written, type in possible.items() if (split := _split(written, type, types, aliases))}
    if not splits:
        return list(found)
    nouns = {rest for written, split in splits.items() if is_noun(rest := _possessed(written, split))}
    return [
        part
        for one in found
        if one.written not in nouns
        for part in (_parts(one, splits[one.written], nouns, aliases) if one.written in splits else (one,))
    ]


def owners_of_the_known(texts: Texts, found: Sequence[FoundName]) -> Iterator[FoundName]:
    """Persons in the genitive before a country or a party, where nothing was found: *Erdogans Türkei*."""
    behind_s = (one for one in found if one.span.type != "person" and _is_behind_s(texts, one.span))  # few
    free = [span for one in behind_s if _is_owned(one) if (span := _owner_before(texts, one.span))]
    for span in free_spans(free, found):
        yield FoundName(span, texts[span.field].text[span.start : span.end - 1])


def _is_behind_s(texts: Texts, span: FieldSpan) -> bool:
    return texts[span.field].text[max(0, span.start - 2) : span.start] == "s "


def _is_owned(one: FoundName) -> bool:
    return is_party(one.written) or is_country(one.by_itself().name)


def _owner_before(texts: Texts, span: FieldSpan) -> FieldSpan | None:
    text = texts[span.field].text
    before = _OWNER_BEFORE.search(text, max(0, span.start - _LONGEST_BEFORE), span.start)
    if not before or not _may_own(before[2]):
        return None
    first = (before[1] or "").rstrip()
    is_short = 0 < len(first) <= _LONGEST_FAMILY_IN_FRONT and not is_function_word(first)
    if is_short or first in first_names():
        return FieldSpan(span.field, before.start(1), span.start - 1, "person")
    if first and not is_small_word(first):  # *Seit Orbans Ungarn*
        return None
    return FieldSpan(span.field, before.start(2), span.start - 1, "person")


def _may_own(bare: str) -> bool:
    """Whether a word without its -s can be a person's name: no noun, no adjective, no small word, and no place."""
    if bare.endswith("e") or _is_thing(bare) or _is_thing(f"{bare}s") or is_place(bare) or len(bare) < _SHORTEST_OWNER:
        return False
    return not is_small_word(f"{bare}s")


def _possessed(written: str, split: _Split) -> str:
    return written.split(" ", split.words)[-1]


def _may_begin_with_owner(written: str) -> bool:
    """Whether one of several words, but the last, may be a name in the genitive."""
    return any(map(_may_be_owner, written.split(" ")[:-1]))


def _may_be_owner(word: str) -> bool:
    return word.endswith("s") and word[:1].isupper() and word.rpartition("-")[2] not in first_names()


def _split(written: str, type: str, types: Mapping[str, str], aliases: Aliases) -> _Split | None:
    """Where a name parts, None if nobody owns anything in it."""
    words = written.split(" ")
    for at, word in enumerate(words[:-1], 1):
        if _may_be_owner(word):
            bare = " ".join((*words[: at - 1], word[:-1]))
            known = aliases.find(bare) if at == 1 else None  # not *New Yorks Lower East Side*
            owner = known.type if known else types.get(bare)
            if owner:
                return _Split(at, owner)
            if word not in types and _tells_owner(bare, " ".join(words[at:]), type):
                return _Split(at, "person", is_told=True)
    return None


def _tells_owner(bare: str, rest: str, type: str) -> bool:
    """Whether what follows tells that a name in the genitive is a person's, although it stands nowhere by itself.

    A party and a country belong to somebody (*Putins Russland*). What was taken for one person is a work or a firm of
    his (*Lessings Nathan*), if his own name hardly ends in -s.
    """
    first, _, last = bare.rpartition(" ")
    if first:
        return type == "person" and _is_full_owner(first, last, rest)
    if not (_may_own(last) or (type == "person" and is_person_name(last) and len(last) >= _SHORTEST_OWNER)):
        return False
    if is_party(rest) or is_country(rest) or rest in _OF_POLITICIANS:
        return True
    is_work = type == "person" and not rest.endswith(".") and not rest.lower().endswith(_CALLED_AFTER)
    may_be_name = may_end_in_own_s(f"{last}s") or last.endswith(_BEFORE_OWN_S) or is_firm(f"{last}s")
    return is_work and not may_be_name and last not in first_names()


def _is_full_owner(first: str, last: str, rest: str) -> bool:
    """Whether first and last names are whole before a genitive -s, so that what follows is a thing: *Thomas Manns
    Zauberberg*, but not *Nelson Ramos Sandoval*."""
    noun = rest.partition(" ")[0]
    is_name = first.split(" ")[0] in first_names() and last.isalpha() and len(last) >= _SHORTEST_OWNER
    if not is_name or not noun[0].isupper() or rest.endswith(".") or noun.lower().endswith(_CALLED_AFTER):
        return False
    if may_end_in_own_s(f"{last}s"):
        return _is_thing(noun)
    return is_noun(noun) or not is_person_name(f"{last}s")  # *Daniel Andrews Bell*


def _is_thing(word: str) -> bool:
    return is_common_noun(word) or ends_in_noun(word)


def _is_known(rest: str) -> bool:
    """Whether the program knows a party, a firm, a place or an institution by this name."""
    return is_party(rest) or is_firm(rest) or is_place(rest) or spelling_key(rest) in known_names()


def _is_full(name: str) -> bool:
    """Whether a name has a first name and more: *Tolstois Anna Karenina*, but *Puccinis Tosca* is a work."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first in first_names()


def _types(found: Sequence[FoundName]) -> dict[str, str]:
    """The types of the names of one word, and of the last names of persons."""
    types = {one.written: one.span.type for one in found if " " not in one.written}
    return types | {one.written.split()[-1]: "person" for one in found if one.span.type == "person"}


def _parts(one: FoundName, split: _Split, nouns: set[str], aliases: Aliases) -> Iterator[FoundName]:
    """The owner, and the name behind him."""
    rest = _possessed(one.written, split)
    owner = one.written[: -len(rest) - 1]
    end = one.span.start + len(owner)
    yield FoundName(one.span._replace(end=end, type=split.type), owner[:-1], aliases.find(owner[:-1]))
    if rest in nouns:
        return
    type = "organisation" if is_party(rest) else "place" if is_place(rest) else one.span.type
    behind = one.span._replace(start=one.span.end - len(rest), type=type)
    known = aliases.find(rest)
    if known or _is_known(rest) or (one.span.type == "person" and (not split.is_told or _is_full(rest))):
        yield FoundName(behind, rest, known)
