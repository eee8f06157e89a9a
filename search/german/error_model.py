"""How likely is it that this was typed for that? The error model of German typing and spelling.

An edit cost is a negative natural logarithm of a probability: costs add up where errors meet, and may
be added to that of the word itself (the noisy channel of Kernighan, Church and Gale, "A spelling
correction program based on a noisy channel model", COLING 1990). Groups of several letters may
stand for each other, as in Brill and Moore, "An improved error model for noisy channel spelling
correction", ACL 2000. The numbers here are set by hand, for whole kinds of errors: letters that
sound alike, keys that lie side by side, letters written once or twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product
from math import inf

VOWELS = frozenset("aeiouyäöü")

# What one error of each kind costs.
TRANSPOSITION = 4.0  # neighbouring letters in the wrong order: enstehne
MOVED_LETTER = 5.0  # a letter two places off: pateri
DOUBLED_LETTER = 3.0  # a letter twice that stands once: Gallerie
SINGLE_LETTER = 3.0  # a letter once that stands twice: Teroristen
INSERTION = 6.0  # a letter too many
DELETION = 5.0  # a letter too few
KEY_BESIDE = 6.0  # the key beside it
OTHER_VOWEL = 6.0  # another vowel
SUBSTITUTION = 8.0  # any other letter
MUTE_H = 3.5  # an h that is not heard: Rythmus, Wahrenhaus
UNHEARD = 4.0  # a consonant between others: enscheiden
ECHO = 5.0  # a letter, or two, that stand nearby again: eingentlich, Unabhänigigkeit, festellen
MISSING_SPACE = 6.0  # no space between two words
# Readers mostly get the first letter right (Pollock and Zamora, CACM 1984: 92 % of the errors are elsewhere).
FIRST_LETTER = 2.0
# No error costs less.
LOWEST_COST = 1.0
# Whatever costs more is another word.
HIGHEST_COST = 14.0

# Groups of letters that sound alike or are written for each other, and what taking one for the other costs.
_ALIKE = (
    (1.0, """
        ä ae · ö oe · ü ue · ß ss
    """),
    (2.0, """
        hc ch · csh sch · shc sch · d dt · ä a · ö o · ü u · ß s · e é · e è · e ê · a á · a à · o ó · i í · c ç ·
        n ñ
    """),
    (3.0, """
        y z · ich isch · ys ies · d t · f ph · f v · t th · k ck · z tz · i ie · ei ai · eu äu · eu oi · t dt ·
        x chs · x ks · x cks · i y · ü y · s z · ts z · ch sch · k c · g ch · k kk · z zz · s c · z c · r rh · i ih ·
        ih ie · ie ieh · e eh · ee eh · e ee · a ah · a aa · aa ah · o oh · o oo · u uh · ch g · ng n · w v ·
        kw qu · kv qu · k qu · sh sch · tsch cz · tsch tch · j y · m mb · er a · ä ai · ö eu · sion tion · zion tion ·
        ziell tiell · k que · f w
    """),
    (4.0, """
        ä e · k ch · b p · g k · s sch · j g · sch g · sch j · ei eih · au ou · u ou · o au · o eau · ee é · e a ·
        er ar · ent end · es is · s ce · ss c · ss cc · ks cc · st sst · ks gs · i ee · u oo · ngk nk · tz ts ·
        ks chs · d tt · m n
    """),
)  # fmt: skip

_ROWS = ("1234567890ß", "qwertzuiopü", "asdfghjklöä", "yxcvbnm,.-")


def _neighbours() -> frozenset[tuple[str, str]]:
    """Pairs of keys that touch on a German keyboard: beside each other, or in the next row left and right above."""
    pairs = {pair for row in _ROWS for pair in pairwise(row)}
    for upper, lower in pairwise(_ROWS):
        pairs |= set(zip(lower, upper, strict=False)) | set(zip(lower, upper[1:], strict=False))
    return frozenset(pairs | {(second, first) for first, second in pairs})


def _alike() -> dict[tuple[str, str], float]:
    """The cost of each pair of letter groups in either direction, the lowest one stated."""
    costs: dict[tuple[str, str], float] = {}
    for cost, pairs in _ALIKE:
        for first, second in map(str.split, pairs.split("·")):
            costs.setdefault((first, second), cost)
            costs.setdefault((second, first), cost)
    return costs


BESIDE_EACH_OTHER = _neighbours()
ALIKE = _alike()


def _by_first_letters() -> dict[tuple[str, str], list[tuple[str, str, float]]]:
    """The pairs of letter groups that can begin where these two letters stand, single letters left out."""
    found: dict[tuple[str, str], list[tuple[str, str, float]]] = {}
    for (typed, meant), edit_cost in ALIKE.items():
        if len(typed) + len(meant) > 2:
            found.setdefault((typed[0], meant[0]), []).append((typed, meant, edit_cost))
    return found


_GROUPS_BY_FIRST_LETTERS = _by_first_letters()


def _replaced(typed: str, meant: str) -> float:
    """The cost of one letter for another."""
    if edit_cost := ALIKE.get((typed, meant)):
        return edit_cost
    if (typed, meant) in BESIDE_EACH_OTHER:
        return KEY_BESIDE
    return OTHER_VOWEL if typed in VOWELS and meant in VOWELS else SUBSTITUTION


def edit_cost(typed: str, meant: str) -> float:
    """What it costs to believe that `typed` was typed for `meant`: 0 for the same, about 3 to 8 for each error.

    Both are exact terms. The cheapest way from one to the other is found by dynamic programming
    (Wagner and Fischer, JACM 1974) over groups of letters, between what both begin and end with.
    """
    start, typed_end, meant_end = _core(typed, meant)
    best = {(start, start): 0.0}
    for i, j in product(range(start, typed_end + 1), range(start, meant_end + 1)):
        so_far = best.get((i, j), inf)
        if so_far >= HIGHEST_COST:
            continue
        for letters, wanted, paid in _steps(typed, meant, i, j):
            place = (i + letters, j + wanted)
            if so_far + paid < best.get(place, inf):
                best[place] = so_far + paid
    return best.get((typed_end, meant_end), inf)


# Letters left beside the part that differs, as the errors next to them look at them.
_CONTEXT = 2


def _core(typed: str, meant: str) -> tuple[int, int, int]:
    """Where two words begin to differ, and where each of them ceases to, with a little context."""
    shorter = min(len(typed), len(meant))
    start = next((at for at in range(shorter) if typed[at] != meant[at]), shorter)
    most = shorter - start
    same = next((at for at in range(most) if typed[-1 - at] != meant[-1 - at]), most)
    kept = max(0, same - _CONTEXT)
    return max(0, start - _CONTEXT), len(typed) - kept, len(meant) - kept


def _steps(typed: str, meant: str, i: int, j: int) -> Iterator[tuple[int, int, float]]:
    """What may have happened at a place: letters typed, letters meant, cost."""
    here, wanted = typed[i : i + 1], meant[j : j + 1]
    first = 0.0 if i or j or ALIKE.get((here, wanted), inf) <= FIRST_LETTER else FIRST_LETTER
    if here:
        yield 1, 0, _inserted(typed, i) + first
        if i > 1 and typed[i - 2 : i] == typed[i : i + 2]:
            yield 2, 0, ECHO
    if wanted:
        yield 0, 1, _deleted(meant, j) + first
        if j > 1 and meant[j - 2 : j] == meant[j : j + 2]:
            yield 0, 2, ECHO
    if here and here == wanted:
        yield 1, 1, 0.0
    elif here and wanted:
        yield from (
            (letters, letters, paid + first) for letters, paid in _misplaced(typed[i : i + 3], meant[j : j + 3])
        )
    for group, other, paid in _GROUPS_BY_FIRST_LETTERS.get((here, wanted), ()):
        if typed.startswith(group, i) and meant.startswith(other, j):
            yield len(group), len(other), paid


def _misplaced(typed: str, meant: str) -> Iterator[tuple[int, float]]:
    """How many letters may have been taken for as many others at the beginning of three and three, and the cost."""
    yield 1, _replaced(typed[0], meant[0])
    if typed[:2] == meant[1::-1]:
        yield 2, TRANSPOSITION
    if len(typed) == 3 and (typed[1:] + typed[0] == meant or typed == meant[1:] + meant[0]):
        yield 3, MOVED_LETTER


def _inserted(typed: str, at: int) -> float:
    """The cost of a letter too many."""
    found = _unequal(typed, at, DOUBLED_LETTER, INSERTION)
    if found == INSERTION and typed[at] in typed[max(0, at - 2) : at] + typed[at + 1 : at + 3]:
        return ECHO
    return found


def _deleted(meant: str, at: int) -> float:
    """The cost of a letter too few."""
    found = _unequal(meant, at, SINGLE_LETTER, DELETION)
    if found == DELETION and 0 < at < len(meant) - 1 and not VOWELS.intersection(meant[at - 1 : at + 2]):
        return UNHEARD
    return found


def _unequal(word: str, at: int, twice: float, otherwise: float) -> float:
    letter = word[at]
    before, after = word[at - 1 : at], word[at + 1 : at + 2]
    if letter in (before, after):
        return twice
    return MUTE_H if letter == "h" and before and before in "aeiouäöürtkgp" else otherwise


# Letters that are tried, and groups that are tried for each other.
_LONGER = [pair for pair in ALIKE if len(pair[0]) + len(pair[1]) > 2]
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéèáó"


def one_edit(word: str) -> set[str]:
    """All that is one letter more, less or other, two swapped letters, or one group for one that sounds alike."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {left + right[1:] for left, right in halves if right}
    found.update(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    found.update(left + right[1:3] + right[0] + right[3:] for left, right in halves if len(right) > 2)
    found.update(left + right[2] + right[:2] + right[3:] for left, right in halves if len(right) > 2)
    for letter in LETTERS:
        found.update(left + letter + right for left, right in halves)
        found.update(left + letter + right[1:] for left, right in halves if right)
    for typed, meant in _LONGER:
        if typed in word:
            groups = word.split(typed)
            found.update(typed.join(groups[:at]) + meant + typed.join(groups[at:]) for at in range(1, len(groups)))
    return found
