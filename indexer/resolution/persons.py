"""Which names in an article mean the same person?

*Putin* after *Wladimir Putin*, *O. Scholz* beside *Olaf Scholz*, *Kim Jong-un* and *Kim Jong Un*, *Xi* and *Xi
Jinping*: the words of a person's shorter names are in the longer one, in this order, at its end or its beginning.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from indexer.resolution.cache import cached_by_name
from indexer.resolution.first_names import first_names
from search.german.folding import fold
from search.german.romanisation import romanised

_INITIAL = re.compile(r"\w")
_BETWEEN_WORDS = re.compile(r"[\s.-]+")
PARTICLES = frozenset("von van de der den zu du da dos del di bin ibn al el ten ter la le zur vom".split())
# *Jong-un*: the second syllable of a Korean or Chinese name in small letters.
_SYLLABLES = re.compile(r"([A-Z]\w+)-([a-z]\w+)")
_REVERSED = re.compile(r"([^,]+), ([^,.]+)")


@cached_by_name
def canonical_person(name: str) -> str:
    """How a person's name is listed: *Merkel, Angela* and *Kim Jong-un* as Angela Merkel and Kim Jong Un."""
    if match := _REVERSED.fullmatch(name):
        name = f"{match[2]} {match[1]}"
    words = name.split()
    if len(words) == 2 and words[0].isupper() is False and _SYLLABLES.fullmatch(words[1]):
        name = f"{words[0]} {_SYLLABLES.sub(lambda match: f'{match[1]} {match[2].capitalize()}', words[1])}"
    return name


PersonKey = tuple[str, ...]  # the words of a name, folded


@cached_by_name
def person_key(name: str) -> PersonKey:
    """Equal for spellings of one name: *J. K.* is J.K. and J K, initials in its middle count for nothing."""
    words = [romanised(fold(word.casefold())) for word in _BETWEEN_WORDS.split(name) if word]
    inner = [word for word in words[1:-1] if not _INITIAL.fullmatch(word)]
    return (*words[:1], *inner, *words[1:][-1:])


def full_names(names: Sequence[str], declared: Iterable[str] = ()) -> Mapping[str, str | None]:
    """For each of the names in an article, in the order of the text, the one that stands for its person.

    `declared` are names that the article says it is about; they stand for their persons. A lone first
    name of nobody else in the article is no name to list: None.
    """
    spelled = _spellings(names, declared)
    longer = _by_short_forms(dict.fromkeys(spelled.values()))
    found: dict[str, str | None] = {}
    for name in names:
        listed = spelled[person_key(name)]
        for short in _short_forms(person_key(listed)):
            longer[short] = listed
        if name not in found:
            found[name] = _whole(listed, longer)
    return found


def _spellings(names: Sequence[str], declared: Iterable[str]) -> dict[PersonKey, str]:
    """The spelling of each name that is listed: the declared one, else the most frequent, else the longest."""
    counted = Counter(names)
    best = sorted(counted, key=lambda name: (-counted[name], -len(name)))
    spelled: dict[PersonKey, str] = {}
    for name in [*declared, *best]:
        spelled.setdefault(person_key(name), name)
    return spelled


def _by_short_forms(names: Iterable[str]) -> dict[PersonKey, str]:
    """The name that each shorter one stands for as long as none was named: the last of the alphabet."""
    return {short: name for name in sorted(names) for short in _short_forms(person_key(name))}


def _short_forms(words: PersonKey) -> set[PersonKey]:
    """The ends and beginnings of a name, and the name with an initial: Ursula von der Leyen, Xi Jinping, O. Scholz."""
    if len(words) < 2:
        return set()
    ends = {words[start:] for start in range(1, len(words))}
    beginnings = {words[:end] for end in range(1, len(words))} if words[0] not in PARTICLES else set()
    shortened = words[0][0].isalpha() and len(words[0]) > 2
    initials = {(words[0][0], *words[1:])} if shortened else set()
    return ends | beginnings | initials


def _whole(name: str, longer: Mapping[PersonKey, str]) -> str | None:
    """The full name that a name stands for, the one that was named last if there are several."""
    own = person_key(name)
    if other := longer.get(own):
        return _whole(other, longer)
    return None if len(own) == 1 and name in first_names() else name
