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
from collections.abc import Iterable
from itertools import chain

import numpy as np

from indexer.authority.names_left import (
    NO_MARK,
    Evidence,
    NamesLeft,
    Renamed,
    are_among,
    mark_of_spelling,
    same_marks,
    spelled,
)
from indexer.authority.usual_names import usual_keys, usual_name
from indexer.resolution.aliases import spelling_key
from indexer.resolution.nouns import is_person_name
from search.article import EntityName, Renamings
from search.engines.arrays import Array

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
READ_TOGETHER = 200_000  # names, of which the marks of last words are sought

# *Deutsche, Deutsches*; *Handelsverbands*, of which short words are spared: *Johns* Hopkins.
_INFLECTED = re.compile(r"^([A-ZÄÖÜ]\w+?[a-zäöüß])(?:e[nmrs]?)$|^([A-ZÄÖÜ][\w-]{4,}[a-zäöüß])s$")

_LONG_GENITIVE = re.compile(r"^(.*[sßxz])ens$")  # *Merzens*


def authorised(evidence: Evidence) -> Renamings:
    """Which name is listed in place of each one found, None if it is no name; those that stay are left out.

    Librarians call this authority control.
    """
    names = NamesLeft(evidence)
    for rule in (_no_names, _types, _spellings, _inflections, _genitives, _abbreviations, _usual, _last_names):
        names.rename(rule(names))
    return names.renamings()


def _no_names(names: NamesLeft) -> Renamed:
    """What somebody said to be no name, and what the archive writes small as often as not."""
    evidence = names.evidence
    for name in names:
        if evidence.refused(name) or (name not in evidence.fixed and evidence.is_no_name(name)):
            yield name, None


def _types(names: NamesLeft) -> Renamed:
    """A name is of one type where nearly all articles agree; full names speak for the person of a last name.

    If no article takes the last name alone for a person's, they must be one person's: many are called like a place.
    """
    keys, last_words = names.keys, names.last_words
    no_persons = keys[~names.are_persons()]  # only with one of these is a name of two types
    like = np.flatnonzero((last_words != NO_MARK) & are_among(last_words, no_persons))
    full: defaultdict[str, list[int]] = defaultdict(list)  # numbers of articles of the persons with a last name
    for name, count in names.read(like):
        full[spelling_key(name.name).rpartition(" ")[2]].append(count)
    for key, spellings in names.groups(np.arange(len(keys)), keys, _key, alone=last_words[like]):
        by_type = Counter[str]()
        for name, count in spellings.items():
            by_type[name.type] += count
        persons = full.get(key, [])
        if by_type["person"] or max(persons, default=0) >= max(LEAST_ARTICLES, PERSON_SHARE * sum(persons)):
            by_type["person"] += sum(persons)
        if not key or len(by_type) == 1:
            continue
        fixed = {name.type for name in spellings if name in names.evidence.fixed}
        type, most = min(by_type.items(), key=lambda pair: (pair[0] not in fixed, -pair[1], pair[0]))
        if fixed or most >= TYPE_SHARE * by_type.total():
            same = {name: count for name, count in spellings.items() if name.type == type}
            written = names.best(same or spellings).name
            yield from ((name, EntityName(type, written)) for name in spellings if name.type != type)


def _key(name: EntityName) -> str:
    return spelling_key(name.name)


def _spellings(names: NamesLeft) -> Renamed:
    """One spelling for those that differ in capitals, hyphens, umlauts, or in the way Slavic letters are written."""
    marks = names.spellings
    abbreviations = {short for short, _ in names.evidence.explained if short.name.isupper()}  # *BUND* is not the *Bund*

    def key_of(name: EntityName) -> tuple[str, str, bool]:
        return name.type, _spelled(name), name in abbreviations

    for (_, key, _), spellings in names.groups(np.arange(len(marks)), marks, key_of):
        if key:
            best = names.best(spellings)
            yield from ((name, best) for name in spellings)


def _spelled(name: EntityName) -> str:
    return spelled(name.type, spelling_key(name.name))


def _inflections(names: NamesLeft) -> Renamed:
    """One form for things of several words that differ in endings: *Deutsches Institut*, *Deutschen Instituts*."""
    things = np.flatnonzero(~names.are_persons())
    for _, forms in names.groups(things, names.marks(things, _mark_of_words), _without_endings):
        written = names.best(forms)
        best = min(forms, key=lambda name: (_inflected(name, forms), name != written, name))
        yield from ((name, best) for name in forms)


def _mark_of_words(name: EntityName) -> int:
    return hash(_without_endings(name)) if len(name.name.split()) > 1 else NO_MARK


def _without_endings(name: EntityName) -> tuple[str, ...]:
    """The type and words of a name without the endings of adjectives and genitives; the last word has neither."""
    *inner, last = name.name.split()
    return (name.type, *(_INFLECTED.sub(r"\1\2", word) for word in inner), last)


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


def _genitives(names: NamesLeft) -> Renamed:
    """*Trumps* stands for *Trump* where that is far more frequent, and *Grütter*, which was cut, for *Grütters*.

    Last names count with the full ones. Of full names less is enough.
    """
    asked = _with_and_without_s(names)
    alone = {other.name for name in asked if name.type == "person" for other in (name, *_other_cases(name))}
    last_names = Counter[str]()
    for name, count in names.read(np.flatnonzero(names.are_persons())):
        if " " in name.name and (last := name.name.rpartition(" ")[2]) in alone:
            last_names[last] += count

    def frequency(name: EntityName) -> int:
        return names.count(name) + (last_names[name.name] if name.type == "person" else 0)

    for name in asked:
        frequencies = {other: frequency(other) for other in _other_cases(name)}
        other = max(frequencies, key=lambda other: (frequencies[other], other))
        is_full = name.type == "person" and " " in name.name and frequencies[other] >= LEAST_ARTICLES
        if frequencies[other] < (FULL_NAME_RATIO if is_full else GENITIVE_RATIO) * frequency(name):
            continue
        is_far_rarer = is_full and frequencies[other] >= GENITIVE_RATIO * frequency(name)
        if is_far_rarer or name.type != "person" or not _is_last_name_in_s(name, other):
            yield name, other


def _is_last_name_in_s(name: EntityName, other: EntityName) -> bool:
    """Whether the longer of two names that differ in an -s ends in a last name of the lists: *Peters*, *Jacobs*."""
    return is_person_name(max(name.name, other.name, key=len).rpartition(" ")[2])


def _other_cases(name: EntityName) -> set[EntityName]:
    """What a name is called if it is a genitive, and its genitive."""
    bare = {name.name.removesuffix(ending) for ending in ("s", "es")} | set(_LONG_GENITIVE.findall(name.name))
    return {name._replace(name=text) for text in {*bare, f"{name.name}s"} - {name.name}}


def _with_and_without_s(names: NamesLeft) -> set[EntityName]:
    """The names that end in an s, and those to which one is added in a name or in the last name of a person."""
    asked: set[EntityName] = set()
    for name, _ in names.read(np.flatnonzero(names.end_in_s())):
        asked.add(name)
        last = name.name.rpartition(" ")[2] if name.type == "person" else name.name
        asked.update(
            bare for text in {name.name, last} if (bare := name._replace(name=text.removesuffix("s"))) in names
        )
    return asked


def _abbreviations(names: NamesLeft) -> Renamed:
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
        if most >= max(LEAST_ARTICLES, MEANING_SHARE * meant_by.total()) and short in names and name in names:
            rare = names.count(short) > ABBREVIATION_RATIO * names.count(name) and name not in names.evidence.fixed
            yield (name, short) if rare else (short, name)


def _usual(names: NamesLeft) -> Renamed:
    """A short form stands for what it usually means, unless as many articles explain it otherwise as tell something."""
    otherwise = Counter[EntityName]()
    for (short, name), count in names.evidence.explained.items():
        usual = usual_name(short)
        if usual and spelling_key(name.name) != spelling_key(usual.name):
            otherwise[short] += count
    concerned = are_among(names.keys, np.array([hash(key) for key in usual_keys()]))
    left = [name for name, _ in names.read(np.flatnonzero(concerned))]
    written = {(name.type, spelling_key(name.name)): name for name in sorted(left, reverse=True)}
    for name in left:
        usual = usual_name(name)
        if usual and otherwise[name] < LEAST_ARTICLES:
            # As the archive writes it; an archive that calls it by its short form, as rules before this one say, does.
            meant = names.now(written.get((usual.type, spelling_key(usual.name)), usual))
            if meant:
                yield name, meant


def _last_names(names: NamesLeft) -> Renamed:
    """A last name alone stands for the person whom nearly all articles mean that have it in full."""
    all_marks = names.spellings
    persons = np.flatnonzero(names.are_persons())
    longer, endings = _endings(names, persons, all_marks[persons])
    for mark, several in same_marks(np.append(persons, longer), np.append(all_marks[persons], endings)):
        are_called_so = all_marks[several] == mark
        by_spelling: defaultdict[str, dict[EntityName, int]] = defaultdict(dict)
        for name, count in names.read(several[are_called_so]):
            by_spelling[_spelled(name)][name] = count
        others = several[~are_called_so]
        for spelling, called in by_spelling.items():
            in_full = [names.spelling(number).endswith(f" {spelling}") for number in others.tolist()]
            meant_by = dict(names.read(others[np.array(in_full, bool)]))
            if " " in spelling and (meant_by or len(called) > 1):  # a full name speaks for itself, too
                meant_by |= called
            best, most = min(meant_by.items(), key=lambda pair: (-pair[1], pair[0]), default=(None, 0))
            if best and most >= max(LEAST_ARTICLES, PERSON_SHARE * sum(meant_by.values())):
                yield from ((name, best) for name in called)


def _endings(names: NamesLeft, persons: Array, wanted: Array) -> tuple[Array, Array]:
    """The numbers of the persons whose names end in what has one of the marks that are wanted, and these marks."""
    numbers, marks = [persons[:0]], [wanted[:0]]
    for start in range(0, len(persons), READ_TOGETHER):
        some = persons[start : start + READ_TOGETHER]
        endings = [_marks_of_endings(names.spelling(number)) for number in some.tolist()]
        of_each = np.repeat(some, list(map(len, endings)))
        own = np.fromiter(chain.from_iterable(endings), np.int64, len(of_each))
        there = are_among(own, wanted)
        numbers.append(of_each[there])
        marks.append(own[there])
    return np.concatenate(numbers), np.concatenate(marks)


def _marks_of_endings(spelling: str) -> list[int]:
    """The marks of the last words of a person's name, but for the whole of it."""
    words = spelling.split(" ")
    return [mark_of_spelling("person", " ".join(words[start:])) for start in range(1, len(words))]
