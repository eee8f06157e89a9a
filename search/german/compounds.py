"""Which words is this German compound made of? Bundestagswahl is bund, tag and wahl.

A split counts only if its parts cover the whole word and each is a word in its own right; of all
such splits the likeliest is taken, and only if it is likelier than a word of that length that is
no compound (`lexicon.py` says where the costs come from). Few and frequent parts are cheap, so a
long part wins against the shorter parts it could be made of.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, combinations
from typing import NamedTuple

from search.german.folding import without_diacritics
from search.german.lexicon import QUARTERS, Lexicon, lexicon

SHORTEST_WORD = 6
SHORTEST_PART = 3
# Longer words are file names or chemistry; the time for a split grows with their length.
LONGEST_WORD = 128
# What has more parts is a joke or a list; its runs would be many and help nobody.
MOST_PARTS = 6

# What the letters of a word that is no compound cost, in nats: a split must be cheaper. That is
# more than the nouns of the lexicon cost, because a word that no list has is a compound or a name.
WORD_COST = 8.0
LETTER_COST = 1.8
# Schiffahrt, Brennessel: until 1996 two of three equal consonants were written.
SHARED_LETTER_COST = 3.0

# Adjectives, not tables and niches: thematisch, amerikanischen.
_ADJECTIVE = re.compile("[aio][dlnrt]isch(?:e[mnrs]?)?$")
_VOWELS = frozenset("aeiouy")
# What stands on the right, and has nothing to do with law: Rechtsextremist, Rechtsruck, Rechtsverteidiger.
_ON_THE_RIGHT = re.compile(
    "rechts(?=extrem|radikal|popul|terror|ruck|au(?:ß|ss)en|rock|konservativ|national|intellekt|part[ae]i|regier"
    "|verteidig|kurve|abbieg|orient|alternativ|block|koalition|offen|lastig|drall|schwenk|b(?:ü|ue)ndnis|esoter|gesinn"
    "|gruppier|szene)"
)


class CompoundPart(NamedTuple):
    """A part of a compound: its characters (end not included), linking letters with them, and its base spelling.

    kirchenrechts has Part(0, 7, "kirche") and Part(7, 13, "rechts"): the last part stays inflected.
    """

    start: int
    end: int
    word: str


def split(word: str) -> tuple[CompoundPart, ...]:
    """The parts of a compound in order, or nothing if `word` is none.

    `word` is an exact term: composed, lower case, not yet folded; ä, ö, ü and ß may also be spelled
    ae, oe, ue and ss. The parts cover the word; only in old spellings do two share a letter:
    schiffahrt is schiff (0 to 6) and fahrt (5 to 10). Takes about 15 µs, and linear time in the
    length of the word.
    """
    if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or not word.isalpha():
        return ()
    known = lexicon()
    letters = without_diacritics(word)
    cuts = _cuts(letters)
    if not cuts:
        return ()
    places = offsets_in_word(word)
    if not word.isascii() and any(start not in places or stop not in places for start, stop in cuts):
        return ()  # cut within an ä or ß
    return tuple(
        CompoundPart(places[start], places[stop], base(word[places[start] : places[stop]], letters[start:stop], known))
        if stop < len(letters)
        else CompoundPart(places[start], places[stop], word[places[start] :])
        for start, stop in cuts
    )


@lru_cache(maxsize=1_000)
def _cuts(letters: str) -> Sequence[tuple[int, int]]:
    """The places of the parts of a compound; kept for a while, as a word is asked for its stem and for its parts."""
    known = lexicon()
    cuts = cheapest(letters, known)
    if not cuts or known.looks_like_compound(letters) or ("isch" in letters and _ADJECTIVE.search(letters)):
        return ()
    return cuts


def last_part(letters: str) -> int:
    """Where the last part of a folded compound begins, 0 if the word is none."""
    return next(reversed(part_starts(letters)), 0)


def part_starts(letters: str) -> list[int]:
    """Where the parts of a folded compound begin, but for the first; nothing if the word is none."""
    if not SHORTEST_WORD <= len(letters) <= LONGEST_WORD or not letters.isascii() or not letters.isalpha():
        return []
    return [start for start, _ in _cuts(letters)[1:]]


def subwords(word: str) -> tuple[CompoundPart, ...]:
    """The words in a compound: its parts, and every run of neighbouring parts that is shorter than the compound.

    bundestagswahl has bund, tag and wahl, bundestag and tagswahl. Runs, too, have base spellings, but
    for the last part of the word. Beyond MOST_PARTS parts, runs are left out. Recht is no part of Rechtsextremist.
    """
    parts = split(word)
    alone = tuple(part for part in parts if not _ON_THE_RIGHT.match(word, part.start)) if "rechts" in word else parts
    if not 2 < len(parts) <= MOST_PARTS:
        return alone
    pairs = combinations(range(len(parts)), 2)
    return alone + tuple(
        as_one_word(word, parts[first : last + 1]) for first, last in pairs if last - first < len(parts) - 1
    )


def divisions(word: str) -> Iterator[tuple[CompoundPart, str]]:
    """The ways to divide a compound in two: what comes first, with its base spelling, and the rest as it is spelled.

    bundestagswahl is bundes (bund) and tagswahl, or bundestags (bundestag) and wahl. Beyond MOST_PARTS parts there
    is no way.
    """
    parts = split(word)
    if len(parts) <= MOST_PARTS:
        for number in range(1, len(parts)):
            yield as_one_word(word, parts[:number]), word[parts[number].start :]


def as_one_word(word: str, parts: Sequence[CompoundPart]) -> CompoundPart:
    """Neighbouring parts as one word: as the compound spells them, the last in its base spelling."""
    first, last = parts[0], parts[-1]
    return CompoundPart(first.start, last.end, word[first.start : last.start] + last.word)


def offsets_in_word(word: str) -> Mapping[int, int] | range:
    """For each place between letters of the word without marks that lies between letters of the word, which that is."""
    if word.isascii():
        return range(len(word) + 1)
    ends = accumulate((len(without_diacritics(letter)) for letter in word), initial=0)
    return {end: place for place, end in enumerate(ends)}


def base(form: str, letters: str, known: Lexicon) -> str:
    """The spelling as a word of its own of what stands before another part: kirchen -> kirche, schul -> schule."""
    cut, added = known.base(letters)
    return form[: len(form) - cut] + added


def cheapest(letters: str, known: Lexicon, word_cost: float = WORD_COST) -> list[tuple[int, int]]:
    """The places of the parts in the cheapest split, or nothing if a word without parts is cheaper or well known.

    Dynamic programming over the places where a part can end; the costs are those of the parts so far.
    """
    size = len(letters)
    # Most words are no compounds, and half of them have no last part: that is asked first.
    heads = known.heads(letters)
    if not heads or 0 in heads:
        return []
    lasts = {start: cost for start, cost in heads.items() if SHORTEST_PART - 1 <= start <= size - SHORTEST_PART}
    if not lasts:
        return []
    limit = (word_cost + LETTER_COST * size) * QUARTERS
    # Where the part before the last one can end; they may share a letter.
    farthest = min(max(lasts) + 1, size - SHORTEST_PART)
    costs: dict[int, float] = {0: 0.0}
    back: dict[int, tuple[int, int]] = {}  # the part that ends at a place starts here, behind one that ends there
    last = (0, 0)
    prices = known.costs
    for end in range(farthest + 1):
        if end not in costs or costs[end] >= limit:
            continue
        for start, cost in next_starts(letters, end, costs[end]):
            if end and start in lasts and cost + lasts[start] < limit:
                limit, last = cost + lasts[start], (start, end)
            if farthest - start < SHORTEST_PART:
                continue
            for form, number in known.beginnings(letters[start:farthest]):
                stop, price = start + len(form), cost + prices[number]
                if stop - start >= SHORTEST_PART and price < costs.get(stop, limit):
                    costs[stop] = price
                    back[stop] = start, end
    return backtrace(size, last, back) if last != (0, 0) else []


def next_starts(letters: str, end: int, cost: float) -> tuple[tuple[int, float], ...]:
    """Where the next part can start behind one that ends here, and what it costs to get there."""
    twice = end > 1 and letters[end - 1] == letters[end - 2]
    if twice and letters[end - 1] not in _VOWELS and letters[end] in _VOWELS:
        return (end, cost), (end - 1, cost + SHARED_LETTER_COST * QUARTERS)
    return ((end, cost),)


def backtrace(size: int, last: tuple[int, int], back: dict[int, tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts in order, read off from the last one backwards."""
    start, end = last
    parts = [(start, size)]
    while end:
        stop = end
        start, end = back[stop]
        parts.append((start, stop))
    return parts[::-1]
