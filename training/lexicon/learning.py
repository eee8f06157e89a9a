"""The likeliest way to take each noun of the list apart, and how often each part was seen in that."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from search.german.compounds import SHARED_LETTER_COST
from training.lexicon.grammar import (
    OPAQUE,
    Link,
    declined_like_adjective,
    derived,
    linked_nouns,
    may_head,
    may_modify,
)
from training.lexicon.lists import Lists

ROUNDS = 8
# The cost of a noun that is no compound, in nats: so much its letters tell. The nouns that are none
# are short and known, so this is less than what `search/german/compounds.py` expects of unknown words.
WORD_COST, LETTER_COST = 4.5, 1.8
# How often a part counts as seen that was not.
SMOOTHING = 0.1

EGG = "ei"

Way = tuple[str, str]  # modifier and head

# Schiffahrt: one consonant can be two.
_SHARED = re.compile(r"([bdfgklmnprst])\1(?=[aeiou])")


@dataclass(slots=True)
class Counts:
    """How often each modifier and each head was seen, and how each compound was taken apart."""

    modifiers: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    parts: dict[str, Way] = field(default_factory=dict)


def candidates(lists: Lists) -> dict[str, list[Way]]:
    """All the ways to take each noun apart into a modifier and a noun."""
    ways = {noun: cuts(noun, lists) for noun in sorted(lists.nouns - OPAQUE) if not derived(noun, lists)}
    seen = Counter(modifier for found in ways.values() for modifier, head in found if len(head) > 3)
    allowed = {form for form in seen if may_modify(form, lists, seen[form])}
    kept = {noun: [way for way in found if way[0] in allowed] for noun, found in ways.items()}
    return {noun: found for noun, found in kept.items() if found}


def cuts(noun: str, lists: Lists) -> list[Way]:
    ways = [(noun[:at], noun[at:]) for at in range(2, len(noun) - 2)]
    for match in _SHARED.finditer(noun):
        modifier = noun[: match.end()]
        if modifier in lists.nouns or modifier in lists.words:
            ways.append((modifier, noun[match.start() + 1 :]))
    if noun.endswith(EGG) and f"{noun}er" in lists.words:  # Ostereier, but Bäckereien
        ways.append((noun.removesuffix(EGG), EGG))
    adjective = declined_like_adjective(noun, lists)
    heads = {head for _, head in ways if head in lists.nouns and may_head(head)}
    return [way for way in ways if way[1] in heads and (not adjective or declined_like_adjective(way[1], lists))]


def learn(ways: dict[str, list[Way]]) -> Counts:
    """Count modifiers and heads in the likeliest split of each noun, again and again."""
    counts = Counts()
    for found in ways.values():
        for modifier, head in found:
            counts.modifiers[modifier] += 1 / len(found)
            counts.heads[head] += 1 / len(found)
    for _ in range(ROUNDS):
        counts = recount(ways, counts)
    return counts


def recount(ways: dict[str, list[Way]], before: Counts) -> Counts:
    after = Counts()
    total = before.modifiers.total()
    for noun, found in ways.items():
        own = before.parts.get(noun)  # a noun is no evidence for itself
        cost, best = min((way_cost(noun, way, before, total, way == own), way) for way in found)
        if cost < WORD_COST + LETTER_COST * len(noun):
            after.parts[noun] = best
            after.modifiers[best[0]] += 1
            after.heads[best[1]] += 1
    return after


def way_cost(noun: str, way: Way, counts: Counts, total: float, own: bool) -> float:
    modifier = max(counts.modifiers[way[0]] - own, 0) + SMOOTHING
    head = max(counts.heads[way[1]] - own, 0) + SMOOTHING
    shared = SHARED_LETTER_COST * (len(way[0]) + len(way[1]) - len(noun))
    return shared - math.log(modifier / total) - math.log(head / total)


def flatten(counts: Counts, lists: Lists) -> Counts:
    """Counts of parts that have no parts themselves: kartellamts counts as kartell and amts."""
    flat = Counts(parts=counts.parts)
    for modifier, head in counts.parts.values():
        *before, last = head_parts(head, counts, lists)
        flat.modifiers.update(modifier_parts(modifier, counts, lists))
        flat.modifiers.update(before)
        flat.heads[last] += 1
    return flat


def modifier_parts(form: str, counts: Counts, lists: Lists) -> list[str]:
    for base, _ in linked_nouns(form, lists.nouns):
        if base in counts.parts:
            first = counts.parts[base][0]
            return [*modifier_parts(first, counts, lists), *modifier_parts(form[len(first) :], counts, lists)]
    return [form]


def head_parts(noun: str, counts: Counts, lists: Lists) -> list[str]:
    if noun not in counts.parts:
        return [noun]
    modifier, head = counts.parts[noun]
    return [*modifier_parts(modifier, counts, lists), *head_parts(head, counts, lists)]


class LinkingHabits:
    """How nouns are linked, learned by their last letters."""

    # Arbeitnehmer, Rüstungindustrie: any noun may stand there as it is, for once.
    BARE = 0.05
    # An ending of fewer different modifiers tells nothing; a shorter one is asked.
    FEWEST = 8

    def __init__(self, lists: Lists, counts: Counts) -> None:
        self.seen: dict[str, Counter[Link]] = defaultdict(Counter)
        for form in counts.modifiers:
            base, link = next(linked_nouns(form, lists.nouns), ("", Link("", "")))
            if base and base not in counts.parts:
                for size in range(1, 5):
                    self.seen[base[-size:]][link] += 1

    def of(self, noun: str) -> list[tuple[Link, float]]:
        """How a noun can be linked, and which share of the nouns like it is."""
        seen = next((seen for size in (4, 3, 2) if (seen := self.seen[noun[-size:]]).total() >= self.FEWEST), None)
        seen = seen if seen is not None else self.seen[noun[-1:]]
        known = [(link, count / seen.total()) for link, count in seen.most_common() if noun.endswith(link.lost)]
        return [*known, (Link("", ""), self.BARE)]
