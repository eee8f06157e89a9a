"""Is a name that of a person, a place or an organisation? The recogniser may say one thing here and another there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from indexer.resolution.aliases import spelling_key
from indexer.resolution.firms import is_called_firm, is_firm, is_introduced_as_firm
from indexer.resolution.found_names import FoundName, Texts
from indexer.resolution.roles import is_before_person, names_behind

_SHORTEST_IN_CAPITALS = 4
_LONGEST_BEFORE = 60  # characters before a name that are looked at
_CAPITALS_BEFORE = re.compile(r"(?<!\w)(?:[A-ZÄÖÜ]{5,}|[A-ZÄÖÜ]{2,} [A-ZÄÖÜ]{2,}) $")
_CAPITALS_BEHIND = re.compile(r" (?:[A-ZÄÖÜ]{5,}|[A-ZÄÖÜ]{2,} [A-ZÄÖÜ]{2,})(?!\w)")
_CAPITALS = re.compile("[A-ZÄÖÜ]{3,6}")


def with_one_type(texts: Texts, found: Sequence[FoundName]) -> list[FoundName]:
    """The same names with one type for each spelling: the most frequent, the first one of equals.

    Firms that look like persons are told by a list, or by what the texts say of them, unless somewhere an office stands
    before the name. Capitals alone are an organisation, unless a person has these initials: AKK.
    """
    in_capitals = any(one.written.isupper() for one in found)
    found = _in_small_letters(found, texts) if in_capitals else found
    spelled = [spelling_key(one.written) for one in found]
    counted = Counter(zip(spelled, (one.span.type for one in found), strict=True))
    best: dict[str, str] = {}
    for (written, type), number in counted.items():
        if number > counted[written, best.get(written, "")]:
            best[written] = type
    # *Netanyahu* is Benjamin Netanyahu, whatever else the recogniser takes him for.
    several = [words for written, type in best.items() if type == "person" and len(words := written.split()) > 1]
    full, first = {words[-1] for words in several}, {words[0] for words in several}
    initials = {_initials(written) for written, type in best.items() if type == "person"} if in_capitals else set()
    persons = ((key, one) for key, one in zip(spelled, found, strict=True) if best[key] == "person")
    introduced = {key for key, one in persons if is_introduced_as_firm(one, texts)}
    doubtful: dict[str, str] = {}  # in few articles
    for key, one in dict(zip(spelled, found, strict=True)).items():
        if key in full:
            best[key] = "person"
        elif is_firm(one.written) and key not in first:  # not Penny Marshall
            best[key] = "organisation"
        elif best[key] == "person" and (key in introduced or _is_no_person(one.written, texts, initials)):
            doubtful[key] = one.written
    if doubtful:
        holders = names_behind(found, texts, is_before_person)
        best |= {key: "person" if written in holders else "organisation" for key, written in doubtful.items()}
    return [one if one.fixed else one.of_type(best[written]) for written, one in zip(spelled, found, strict=True)]


def _in_small_letters(found: Sequence[FoundName], texts: Texts) -> Sequence[FoundName]:
    """The names found, with persons in headlines of capitals as they are written elsewhere: *PUTIN* as Putin."""
    if not any(one.written.isupper() and len(one.written) >= _SHORTEST_IN_CAPITALS for one in found):
        return found
    persons = {one.written for one in found if one.span.type == "person"}
    return [_small(one, texts, persons) if one.written.isupper() else one for one in found]


def _small(one: FoundName, texts: Texts, persons: Collection[str]) -> FoundName:
    """A person in capitals as the texts write him elsewhere, or as names are written, if all around is in capitals."""
    name = one.written
    if one.fixed or one.span.type == "place" or " " in name or len(name) < _SHORTEST_IN_CAPITALS:
        return one
    stands = name.capitalize() in texts["body"].distinct or name.capitalize() in texts["title"].distinct
    if name.capitalize() in persons:
        return one.of_type("person")._replace(written=name.capitalize())
    if one.span.type == "person" and (stands or _is_among_capitals(one, texts[one.span.field].text)):
        return one._replace(written=name.capitalize())
    return one


def _is_among_capitals(one: FoundName, text: str) -> bool:
    """Whether the next word before or behind a name is in capitals and no abbreviation, or the next two are."""
    start = one.span.start
    before = _CAPITALS_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)
    return before is not None or _CAPITALS_BEHIND.match(text, one.span.end) is not None


def _is_no_person(name: str, texts: Texts, initials: Collection[str]) -> bool:
    """Whether what the recogniser takes for a person is an organisation: a firm, or an abbreviation of no person."""
    if not _CAPITALS.fullmatch(name):
        return is_called_firm(name, texts)
    # MERZ is a person in capitals if Merz stands elsewhere.
    return name.lower() not in initials and not any(name.capitalize() in text.distinct for text in texts.values())


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name)).lower()
