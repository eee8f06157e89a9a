"""What does an archive as a whole call each name that its articles have? One rule after the other.

The rules see names as articles have them, with their number of articles; each says which name stands for which, and
the next one sees what is left. Nothing depends on the order in which articles came, so that an archive that grew says
the same as one that was read at once.

The shares were chosen on one half of an archive of news and looked at on the other
(docs/decisions/names-across-articles.md).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from indexer.authority.usual_names import usual_name
from indexer.resolution.aliases import spelling_key
from indexer.resolution.nouns import is_person_name
from search.article import EntityName, Renamings
from search.german.romanisation import romanised

# Of the articles with a name or a full name that ends so, this share must say the same for the others to follow.
TYPE_SHARE = 0.9
PERSON_SHARE = 0.9
MEANING_SHARE = 0.9
LEAST_ARTICLES = 3  # that have a person's full name, or explain an abbreviation: fewer may well be another one
# A genitive is that of a name which is so many times as frequent: *Peters* is no genitive for a few called Peter.
GENITIVE_RATIO = 10
FULL_NAME_RATIO = 2  # of a person's first and last names, which two persons hardly have but for an s: *Franz Kafkas*
# So many times as many articles with the abbreviation alone: then it is what everybody says (*BMW*).
ABBREVIATION_RATIO = 5

# *Deutsche, Deutsches*; *Handelsverbands*, of which short words are spared: *Johns* Hopkins.
_INFLECTED = re.compile(r"^([A-ZÄÖÜ]\w+?[a-zäöüß])(?:e[nmrs]?)$|^([A-ZÄÖÜ][\w-]{4,}[a-zäöüß])s$")

_LONG_GENITIVE = re.compile(r"^(.*[sßxz])ens$")  # *Merzens*

Counts = Mapping[EntityName, int]
Renamed = Iterable[tuple[EntityName, EntityName | None]]
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the articles of an archive say of names, with their numbers of articles.

    `found` has names as found in articles, `explained` abbreviations with what an article says that they stand for.
    `fixed` are names that somebody decided on, by an alias or by declaring them: they stand for themselves. `called`
    tells what an alias says that a name is called, also one that others are listed as. `refused`
    tells what somebody said to be no name, `refused_as` also in place of which name. `is_no_name` tells what the
    archive shows to be a common word.
    """

    found: Counts
    explained: Mapping[tuple[EntityName, EntityName], int] = field(default_factory=dict)
    fixed: Collection[EntityName] = frozenset()
    refused: Callable[[EntityName], bool] = lambda _: False
    refused_as: Callable[[EntityName, EntityName], bool] = lambda _found, _listed: False
    is_no_name: Callable[[EntityName], bool] = lambda _: False
    called: Callable[[EntityName], EntityName | None] = lambda _: None


def authorised(evidence: Evidence) -> Renamings:
    """Which name is listed in place of each one found, None if it is no name; those that stay are left out.

    Librarians call this authority control.
    """
    names = _Names(evidence)
    for rule in (_no_names, _types, _spellings, _inflections, _genitives, _abbreviations, _usual, _last_names):
        names.rename(rule(names))
    return names.renamings()


class _Names:
    """The names that are left, with their number of articles, and what those that are gone stand for."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.counts: dict[EntityName, int] = dict(evidence.found)
        self._gone: dict[EntityName, EntityName | None] = {}
        self._keys: dict[str, str] = {}  # of spelling_key, which keeps fewer

    def rename(self, renamed: Renamed) -> None:
        """Have names stand for others, but for those that are fixed or that somebody refused as the other."""
        evidence = self.evidence
        new = {
            name: other
            for name, other in renamed
            if name != other and (other is None or not (name in evidence.fixed or evidence.refused_as(name, other)))
        }
        for name, other in new.items():
            if other in new:  # the other one goes itself: what is left stands for nothing that is not there
                continue
            self._gone[name] = other
            count = self.counts.pop(name)
            if other:
                self.counts[other] = self.counts.get(other, 0) + count

    def now(self, name: EntityName) -> EntityName | None:
        """What a name stands for by the rules so far."""
        current: EntityName | None = name
        while current in self._gone:
            current = self._gone[current]
        return current

    def renamings(self) -> Renamings:
        refused_as = self.evidence.refused_as
        ends = {name: end for name in self.evidence.found if (end := self._end(name)) != name}
        kept = {name: end for name, end in ends.items() if end is None or not refused_as(name, end)}
        return {name: None if end and self.evidence.refused(end) else end for name, end in kept.items()}

    def _end(self, name: EntityName) -> EntityName | None:
        end = self.now(name)
        return (self.evidence.called(end) or end) if end else None

    def key(self, name: EntityName) -> str:
        """Equal for spellings of a name."""
        key = self._keys.get(name.name)
        if key is None:
            key = self._keys[name.name] = spelling_key(name.name)
        return key

    def best(self, names: Iterable[EntityName]) -> EntityName:
        """The name to keep of several spellings: a fixed one, else the most frequent, else the first by letters.

        One that a line end broke (*Saint- Saëns*) is kept only if there is no other; of equally frequent ones, one
        with umlauts and accents is.
        """

        def rank(name: EntityName) -> tuple[bool, bool, int, bool, EntityName]:
            fixed = name in self.evidence.fixed
            return not fixed, "- " in name.name, -self.counts[name], name.name.isascii(), name

        return min(names, key=rank)


def _no_names(names: _Names) -> Renamed:
    """What somebody said to be no name, and what the archive writes small as often as not."""
    evidence = names.evidence
    for name in names.counts:
        if evidence.refused(name) or (name not in evidence.fixed and evidence.is_no_name(name)):
            yield name, None


def _types(names: _Names) -> Renamed:
    """A name is of one type where nearly all articles agree; full names speak for the person of a last name.

    If no article takes the last name alone for a person's, they must be one person's: many are called like a place.
    """
    full: defaultdict[str, list[int]] = defaultdict(list)  # numbers of articles of the persons with a last name
    for name, count in names.counts.items():
        if name.type == "person" and len(words := names.key(name).split()) > 1:
            full[words[-1]].append(count)
    for key, spellings in _grouped(names.counts, names.key, least=1):
        by_type = Counter[str]()
        for name in spellings:
            by_type[name.type] += names.counts[name]
        persons = full.get(key, [])
        if by_type["person"] or max(persons, default=0) >= max(LEAST_ARTICLES, PERSON_SHARE * sum(persons)):
            by_type["person"] += sum(persons)
        if not key or len(by_type) == 1:
            continue
        fixed = {name.type for name in spellings if name in names.evidence.fixed}
        type, most = min(by_type.items(), key=lambda pair: (pair[0] not in fixed, -pair[1], pair[0]))
        if fixed or most >= TYPE_SHARE * by_type.total():
            same = [name for name in spellings if name.type == type]
            written = names.best(same or spellings).name
            yield from ((name, EntityName(type, written)) for name in spellings if name.type != type)


def _spellings(names: _Names) -> Renamed:
    """One spelling for those that differ in capitals, hyphens, umlauts, or in the way Slavic letters are written."""
    abbreviations = {short for short, _ in names.evidence.explained if short.name.isupper()}  # *BUND* is not the *Bund*

    def key_of(name: EntityName) -> tuple[str, str, bool]:
        return name.type, _spelled(names, name), name in abbreviations

    for (_, key, _), spellings in _grouped(names.counts, key_of):
        if key:
            best = names.best(spellings)
            yield from ((name, best) for name in spellings)


def _spelled(names: _Names, name: EntityName) -> str:
    key = names.key(name)
    spelled = " ".join(map(romanised, key.split())) if name.type == "person" else key
    return key if spelled == key else spelled  # one text for both, as there are millions


def _inflections(names: _Names) -> Renamed:
    """One form for things of several words that differ in endings: *Deutsches Institut*, *Deutschen Instituts*."""
    several = [name for name in names.counts if len(name.name.split()) > 1 and name.type != "person"]
    for _, forms in _grouped(several, lambda name: (name.type, *_uninflected(name.name))):
        best = min(forms, key=lambda name: (_inflected(name, forms), names.best([name, *forms]) != name, name))
        yield from ((name, best) for name in forms)


def _uninflected(name: str) -> tuple[str, ...]:
    """The words of a name without the endings of adjectives and genitives; the last word has neither."""
    *inner, last = name.split()
    return (*(_INFLECTED.sub(r"\1\2", word) for word in inner), last)


def _inflected(name: EntityName, forms: Iterable[EntityName]) -> tuple[int, int]:
    """How far a form is from a nominative by itself, as far as the other forms tell: *Deutschen*, *Deutsche*, *-es*."""
    oblique = strong = 0
    for word, others in zip(name.name.split(), zip(*(form.name.split() for form in forms), strict=True), strict=True):
        shortest = min(others, key=len)
        if word.endswith("es") and shortest.endswith("e"):
            strong += 1
        elif word.endswith(("en", "em", "s")) and len(word) > len(shortest):
            oblique += 1
    return oblique, -strong


def _genitives(names: _Names) -> Renamed:
    """*Trumps* stands for *Trump* where that is far more frequent, and *Grütter*, which was cut, for *Grütters*.

    Last names count with the full ones. Of full names less is enough.
    """
    frequency = Counter(names.counts)
    for name, count in names.counts.items():
        if name.type == "person" and " " in name.name:
            frequency[EntityName("person", name.name.rpartition(" ")[2])] += count
    for name in names.counts:
        bare = {name.name.removesuffix(ending) for ending in ("s", "es")} | set(_LONG_GENITIVE.findall(name.name))
        written = {*bare, f"{name.name}s"} - {name.name}
        other = max((name._replace(name=text) for text in written), key=lambda other: (frequency[other], other))
        is_full = name.type == "person" and " " in name.name and frequency[other] >= LEAST_ARTICLES
        if frequency[other] < (FULL_NAME_RATIO if is_full else GENITIVE_RATIO) * frequency[name]:
            continue
        is_far_rarer = is_full and frequency[other] >= GENITIVE_RATIO * frequency[name]
        if is_far_rarer or name.type != "person" or not _is_last_name_in_s(name, other):
            yield name, other


def _is_last_name_in_s(name: EntityName, other: EntityName) -> bool:
    """Whether the longer of two names that differ in an -s ends in a last name of the lists: *Peters*, *Jacobs*."""
    return is_person_name(max(name.name, other.name, key=len).rpartition(" ")[2])


def _abbreviations(names: _Names) -> Renamed:
    """An abbreviation stands for the name that nearly all articles explain it by, or this for a frequent abbreviation.

    Where hardly anybody writes the name in full, the abbreviation is what it is called.
    """
    meanings: defaultdict[EntityName, Counter[EntityName]] = defaultdict(Counter)
    for (short, name), count in names.evidence.explained.items():
        meant = names.now(name)
        if meant:
            meanings[short][meant] += count
    for short, meant_by in meanings.items():
        name, most = min(meant_by.items(), key=lambda pair: (-pair[1], pair[0]))
        if most >= max(LEAST_ARTICLES, MEANING_SHARE * meant_by.total()) and {short, name} <= names.counts.keys():
            rare = names.counts[short] > ABBREVIATION_RATIO * names.counts[name] and name not in names.evidence.fixed
            yield (name, short) if rare else (short, name)


def _usual(names: _Names) -> Renamed:
    """A short form stands for what it usually means, unless as many articles explain it otherwise as tell something."""
    otherwise = Counter[EntityName]()
    for (short, name), count in names.evidence.explained.items():
        usual = usual_name(short)
        if usual and names.key(name) != names.key(usual):
            otherwise[short] += count
    written = {(name.type, names.key(name)): name for name in sorted(names.counts, reverse=True)}
    for name in names.counts:
        usual = usual_name(name)
        if usual and otherwise[name] < LEAST_ARTICLES:
            # As the archive writes it; an archive that calls it by its short form, as rules before this one say, does.
            meant = names.now(written.get((usual.type, names.key(usual)), usual))
            if meant:
                yield name, meant


def _last_names(names: _Names) -> Renamed:
    """A last name alone stands for the person whom nearly all articles mean that have it in full."""
    persons = {name: _spelled(names, name) for name in names.counts if name.type == "person"}
    written = set(persons.values())
    full: defaultdict[str, Counter[EntityName]] = defaultdict(Counter)  # by what somebody else is called, too
    for name, spelled in persons.items():
        words = spelled.split()
        for ending in (" ".join(words[start:]) for start in range(1, len(words))):
            if ending in written:
                full[ending][name] += names.counts[name]
    in_full = [name for name, spelled in persons.items() if " " in spelled]
    for spelled, same in _grouped(in_full, persons.__getitem__, least=1):
        if spelled in full or len(same) > 1:  # a full name speaks for itself, too
            full[spelled].update({name: names.counts[name] for name in same})
    for name, spelled in persons.items():
        meant_by = full.get(spelled)
        if meant_by:
            best, most = min(meant_by.items(), key=lambda pair: (-pair[1], pair[0]))
            if most >= max(LEAST_ARTICLES, PERSON_SHARE * meant_by.total()):
                yield name, best


def _grouped(
    names: Collection[EntityName], key: Callable[[EntityName], Key], least: int = 2
) -> Iterator[tuple[Key, list[EntityName]]]:
    """The names that have a key in common, if there are at least so many, in their order.

    Most have a key of their own. An archive has millions, so that no list is kept of these; their keys are told apart
    by numbers of which two may be the same by chance.
    """
    seen, several = set[int](), set[int]()
    for name in names:
        number = hash(key(name))
        (several if number in seen else seen).add(number)
    groups: dict[Key, list[EntityName]] = {}
    for name in names:
        own = key(name)
        if hash(own) in several:
            groups.setdefault(own, []).append(name)
        elif least == 1:
            yield own, [name]
    yield from ((own, found) for own, found in groups.items() if len(found) >= least)
