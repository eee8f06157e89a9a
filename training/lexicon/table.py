"""What do the parts cost, and which words only look like compounds? The table that `search/german/lexicon.py` packs.

A line of the table is `kind cost ending words...`; words are folded.

    m  these letters can stand before another part; `ending` tells how its base is spelled
    h  these letters can end a compound
    w  looks like a compound and is none
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.german.compounds import SHORTEST_PART, cheapest
from search.german.lexicon import QUARTERS, Lexicon, Modifier
from training.lexicon.grammar import (
    OPAQUE,
    PARTICLES,
    SUFFIXES,
    Link,
    declined_like_adjective,
    derivable,
    derived,
    either,
    is_nominal,
    linked_nouns,
    may_head,
    may_modify,
    names,
    nouns_of,
)
from training.lexicon.learning import Counts, LinkingHabits, head_parts
from training.lexicon.lists import Lists, handmade

# A name, or a noun that no list has but its verb, counts as seen so often.
UNSEEN = 0.1
# Forms that fewer of the nouns like it have are left out.
SMALLEST_SHARE = 0.025
# Costs in nats: of being inflected, of a head that more names have than compounds, of doubts at most.
INFLECTED = 0.5
NAME_DOUBT = 3.0
DEAREST_DOUBT = 4.0

# Nouns that so many compounds end in are likelier than the verbs and adjectives that have the same stem.
KNOWN_HEAD = 3

HEADS_OF_NAMES = handmade("heads_of_names")
_ADJECTIVE = re.compile(
    ".+(?:ch|ig|end|sam|bar|haft|los|arm|reich|voll|ell|al|iv|oes|aer|frei|fest|t|en|eln|abel|ant|lang|treu|weit)"
)
ADJECTIVE_ENDINGS = "e em en er es ere eren erer ste sten ster stes este esten ester estes".split()
VERB_ENDINGS = "end ende enden ender endes endem te ten test tet".split()
_PARTICLE = re.compile(either(PARTICLES))


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms that can be parts, with their costs in nats; of modifiers also how they were linked."""

    modifiers: dict[str, tuple[float, Link]]
    heads: dict[str, float]


class Price:
    """The cost of a part by how often it was seen."""

    def __init__(self, seen: Counter[str]) -> None:
        self.seen, self.total = seen, seen.total()

    def of(self, form: str, before: float) -> float:
        return -math.log((self.seen[form] + before) / self.total)


def forms(lists: Lists, counts: Counts) -> Forms:
    """All forms that can be parts, with what they cost."""
    atoms = {noun for noun in lists.nouns if noun not in counts.parts and may_head(noun)}
    unseen = derivable(lists)
    wider = replace(lists, nouns=lists.nouns | unseen)
    return Forms(modifier_forms(wider, counts, atoms | unseen), head_forms(lists, counts, atoms, unseen))


def with_late_compounds(lists: Lists, counts: Counts) -> Counts:
    """The counts and the nouns that are likely compounds of other nouns by what has been learned, although no noun of
    the list has the same modifier: Siegtor, Armbanduhr.
    """
    left = lists.nouns - OPAQUE - counts.parts.keys() - counts.heads.keys()
    late = {noun for noun in left if not derived(noun, lists) and not declined_like_adjective(noun, lists)}
    known = read(written(without_heads(forms(lists, counts), late, lists, counts), ()))
    parts = dict(counts.parts)
    for noun in sorted(late):
        *before, last = [noun[start:stop] for start, stop in cheapest(noun, known)] or [noun]
        if before and len(last) >= SHORTEST_PART and all(comes_from_noun(form, lists) for form in before):
            parts[noun] = noun.removesuffix(last), last
    return replace(counts, parts=parts)


def without_heads(found: Forms, nouns: set[str], lists: Lists, counts: Counts) -> Forms:
    """The forms without these nouns as heads: what is known as a head is not taken apart."""
    left_out = nouns | {form for form, _ in inflected(lists, counts, nouns)}
    return Forms(found.modifiers, {head: price for head, price in found.heads.items() if head not in left_out})


def comes_from_noun(form: str, lists: Lists) -> bool:
    """Whether a modifier is made of a noun."""
    return any(linked_nouns(form, lists.nouns))


def head_forms(lists: Lists, counts: Counts, atoms: set[str], unseen: set[str]) -> dict[str, float]:
    """The nouns that have no parts, and their inflected forms."""
    price = Price(counts.heads)
    heads = {noun: price.of(noun, lists.weight(noun)) + NAME_DOUBT * (noun in HEADS_OF_NAMES) for noun in atoms}
    heads |= {noun: price.of("", UNSEEN) for noun in unseen | {name for name in names(lists) if len(name) > 4}}
    for form, noun in inflected(lists, counts, atoms):
        heads[form] = min(heads[noun] + INFLECTED, heads.get(form, math.inf))
    return heads


def inflected(lists: Lists, counts: Counts, atoms: set[str]) -> set[tuple[str, str]]:
    """The inflected forms of the atoms, each with its atom; compounds show forms, too: ölen from pflanzenölen."""
    found = set()
    for form in lists.words - lists.nouns:
        for noun in nouns_of(form, lists.nouns):
            last = head_parts(noun, counts, lists)[-1]
            ending = form[len(noun) - len(last) :]
            if last in atoms and ending not in atoms and ending not in SUFFIXES and len(ending) > 3:
                found.add((ending, last))
    return found


def modifier_forms(lists: Lists, counts: Counts, atoms: set[str]) -> dict[str, tuple[float, Link]]:
    """The forms seen before another part, and those that nouns can be expected to have there."""
    price, habits = Price(counts.modifiers), LinkingHabits(lists, counts)
    found: dict[str, tuple[float, Link]] = {}
    for noun in sorted(atoms):
        for link, share in habits.of(noun):
            form = noun[: len(noun) - len(link.lost)] + link.got
            if (
                share > SMALLEST_SHARE
                and may_modify(form, lists, 0)
                and may_link(noun, form, link, lists, counts.heads)
            ):
                found[form] = min((price.of(form, share * lists.weight(noun)), link), found.get(form, (math.inf, link)))
    for form, count in sorted(counts.modifiers.items()):
        if form not in found and may_modify(form, lists, count):
            found[form] = price.of(form, 0.0), link_of(form, lists, counts.heads)
    new = {name for name in names(lists) if name not in found and may_modify(name, lists, 2)}
    return found | {name: (price.of("", UNSEEN), Link("", "")) for name in new}


def link_of(form: str, lists: Lists, heads: Counter[str]) -> Link:
    """How a modifier was made from the most frequent noun that it can come from."""
    found = [way for way in linked_nouns(form, lists.nouns) if may_link(way[0], form, way[1], lists, heads)]
    if not found or found[0][0] == form:
        return Link("", "")
    return min(found, key=lambda way: (lists.bands.get(way[0], 70), len(way[1].got)))[1]


def may_link(noun: str, form: str, link: Link, lists: Lists, heads: Counter[str]) -> bool:
    """Whether a form comes from the noun: schul from Schule, but schreib from schreiben and neu from neu."""
    verb_or_adjective = form in lists.words or form + "en" in lists.words
    return link != Link("e", "") or not verb_or_adjective or heads[noun] >= KNOWN_HEAD


# --- What is no compound --------------------------------------------------------------------------


def other_words(lists: Lists) -> list[str]:
    """The words that are no nouns, with inflections that adjectives and verbs among them have."""
    words = lists.words
    found = {word for word in words if not is_nominal(word, lists)}
    for word in sorted(found):
        if word + "em" in words or (_ADJECTIVE.fullmatch(word) and word + "st" not in words):
            found.update(word + ending for ending in ADJECTIVE_ENDINGS)
    participles = {word[at:] for word in words if word.endswith("end") for at in range(len(word) - 5)}
    for word in words:
        if word.endswith("n") and (particle := _PARTICLE.match(word)) and word[particle.end() :] in words:
            found.add(f"{particle[0]}zu{word[particle.end() :]}")
        if word.endswith("en") and is_infinitive(word, words, participles):
            found.update(word[:-2] + ending for ending in VERB_ENDINGS)
    return sorted(word for word in found if not is_nominal(word, lists))


def is_infinitive(word: str, words: frozenset[str], participles: set[str]) -> bool:
    """Whether a word in -en is an infinitive; the plural of a past (griffen, banden) is none.

    `participles` also has the ends of participles: steigend, because of ansteigend.
    """
    particle = _PARTICLE.match(word)
    bare = word[particle.end() :] if particle else ""
    stems = [verb[:-2] for verb in (word, bare) if len(verb) > 4 and verb in words]
    return any(stem + "end" in participles or stem + "te" in words or stem + "ete" in words for stem in stems)


def guarded(found: Forms, lists: Lists, others: list[str]) -> Forms:
    """Heads that often seem to be in verbs and adjectives are dearer: ver+sengen, paradigma+tischen."""
    known = read(written(found, ()))
    right = Counter(last_part(word, known) for word in lists.words if is_nominal(word, lists))
    wrong = Counter(last_part(word, known) for word in others)
    doubts = {head: -math.log((right[head] + 0.5) / (right[head] + wrong[head] + 0.5)) for head in wrong}
    heads = {head: price + min(doubts.get(head, 0.0), DEAREST_DOUBT) for head, price in found.heads.items()}
    return Forms(found.modifiers, heads)


def look_alikes(found: Forms, others: list[str]) -> list[str]:
    """The words of `others` that the splitter would take apart."""
    known = read(written(found, ()))
    return [word for word in others if last_part(word, known)]


def last_part(word: str, known: Lexicon) -> str:
    cuts = cheapest(word, known)
    return word[cuts[-1][0] :] if cuts else ""


def written(found: Forms, whole: Iterable[str]) -> str:
    """The table as text; words of the same kind, cost and ending share a line."""
    rows: dict[tuple[str, int, str], list[str]] = defaultdict(list)
    for form, (price, link) in found.modifiers.items():
        rows["m", round(price * QUARTERS), f"{len(link.got)}+{link.lost}"].append(form)
    for form, price in found.heads.items():
        rows["h", round(price * QUARTERS), "-"].append(form)
    rows["w", 0, "-"] += whole
    return "".join(
        f"{kind} {price} {ending} {' '.join(sorted(words))}\n" for (kind, price, ending), words in sorted(rows.items())
    )


def read(table: str) -> Lexicon:
    """The lexicon in such a table."""
    modifiers: dict[str, Modifier] = {}
    heads: dict[str, int] = {}
    whole: list[str] = []
    for line in table.splitlines():
        kind, cost, ending, *words = line.split()
        if kind == "m":
            cut, _, added = ending.partition("+")
            modifiers.update(dict.fromkeys(words, Modifier(int(cost), int(cut), added)))
        elif kind == "h":
            heads.update(dict.fromkeys(words, int(cost)))
        else:
            whole += words
    return Lexicon(modifiers, heads, whole)
