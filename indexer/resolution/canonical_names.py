"""Which canonical name does each name found in an article stand for?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from indexer.resolution.abbreviations import long_forms
from indexer.resolution.aliases import Canonical, known_names, spelling_key
from indexer.resolution.boundaries import is_long_town_name
from indexer.resolution.found_names import FoundName, Texts
from indexer.resolution.inflected_things import forms_of_one
from indexer.resolution.parties import has_party
from indexer.resolution.persons import canonical_person, full_names
from indexer.resolution.roles import is_own_office, names_behind


def canonical_names(
    texts: Texts, found: Sequence[FoundName], declared: Sequence[str]
) -> list[tuple[FoundName, Canonical]]:
    """Whom each name found stands for; names that stand for nobody to list are left out.

    `declared` are the persons that the article says it is about.
    """
    long = long_forms(texts, found)
    persons = _full_names(texts, found, declared)
    other = {**forms_of_one(texts, found), **_short_towns(found), **long, **_first_words(found, declared)}
    named = ((one, _canonical(one, persons, other)) for one in found)
    return [(one, canonical) for one, canonical in named if canonical]


def _full_names(texts: Texts, found: Sequence[FoundName], declared: Sequence[str]) -> dict[str, str | None]:
    """The full name of each person's name as written, None for one that is not to be listed.

    With a party behind it or an office before it, a first name is one to list: *Günther (CDU)*, *Papst Leo*.
    """
    persons = [one for one in found if one.span.type == "person"]
    shaped = {one.written: canonical_person(one.written) for one in persons if not one.fixed}
    fixed = [one.fixed.name for one in found if one.fixed and one.fixed.type == "person"]
    names = [one.fixed.name if one.fixed else shaped[one.written] for one in persons]
    full = full_names(names, [*declared, *fixed])
    members = {one.written for one in persons if has_party(texts[one.span.field].text, one.span.end)}
    alone = {written for written, name in shaped.items() if full[name] is None}
    told = members | names_behind((one for one in persons if one.written in alone), texts, is_own_office)
    return {written: full[name] or (name if written in told else None) for written, name in shaped.items()}


def _first_words(found: Sequence[FoundName], declared: Sequence[str]) -> dict[str, Canonical]:
    """Organisations by the first of their words, if it was taken for a person and no person has it beside other words:
    *Alba* is *Alba Berlin*."""
    persons = [one.written for one in found if one.span.type == "person"]
    lone = {name for name in persons if " " not in name}
    lone -= {word for name in (*persons, *declared) if " " in name for word in name.split()}
    several = [one for one in found if lone and one.span.type == "organisation" and " " in one.written]
    return {word: one.by_itself() for one in reversed(several) if (word := one.written.split()[0]) in lone}


def _short_towns(found: Sequence[FoundName]) -> dict[str, Canonical]:
    """Towns with a long name by the short one, unless that means another place: *Rothenburg*, but not *Brandenburg*."""
    long = {
        one.written: one.by_itself()
        for one in found
        if " " in one.written and one.span.type == "place" and is_long_town_name(one.written)
    }
    towns = {re.split(" (?:an|ob|in|unter) ", name)[0]: town for name, town in sorted(long.items())}
    return {short: town for short, town in towns.items() if spelling_key(short) not in known_names()}


def _canonical(one: FoundName, persons: Mapping[str, str | None], other: Mapping[str, Canonical]) -> Canonical | None:
    if one.fixed:
        return one.fixed
    if meant := other.get(one.written):
        return meant
    if one.span.type != "person":
        return one.by_itself()
    full = persons[one.written]
    return Canonical(full, "person") if full else None
