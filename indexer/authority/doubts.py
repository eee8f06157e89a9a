"""Which names of an archive are doubtful? What one look of an archivist would decide, the most frequent first.

types      a name is listed in two types, or a person's last name in another one
kind       names that end so are nearly all of another type: the person Robert Koch-Institut
spellings  a rare name differs in one letter from a frequent one
word       in most of its articles the word is no name
renamed    what the archive decided by itself, to be looked at
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import Any

from rapidfuzz.distance import OSA

from indexer.authority.evidence import NAMED_SHARE
from indexer.authority.fixing import from_kept
from indexer.authority.names_left import Counts
from indexer.recognition.tokens import tokenise
from indexer.resolution.aliases import Aliases, Canonical, known_names, spelling_key
from indexer.resolution.firms import is_firm
from indexer.resolution.nouns import is_city
from search import Archive, Request
from search.alias_lines import are_spelt_alike, either_lines, may_be_variant, name_lines, no_name_lines
from search.article import Article, EntityName
from search.german.tokens import normalise
from search.store.evidence import name_of, renaming_of

KINDS = ("types", "kind", "spellings", "word", "renamed")
LEAST_ARTICLES = 3  # with a name that is doubtful: a rarer one is seen by hardly anybody
# Names with one last word, of which nearly all are of one type.
KIND_SHARE, LEAST_OF_KIND = 0.9, 10
SPELLING_RATIO = 5  # times as many articles with the right spelling
# Of persons with the same first names, whose last names differ in a letter too many: *Heinz Behren*, Heinz Behrens.
LETTER_RATIO, SHORTEST_LAST_NAME = 2, 6
SHORTEST_SPELT = 8  # letters: shorter names that differ in one are often two
LONGEST_EXAMPLE = 160  # characters

_WHEREVER = "if it is {} wherever it stands"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that may be wrong, why, and in how many articles it is.

    It would be mended by saying that `right` is a name, written in these `variants`, and not meant by those `apart`.
    """

    kind: str
    name: EntityName
    count: int
    reason: str
    right: EntityName
    variants: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()

    @property
    def lines(self) -> str:
        """The lines for aliases.toml that would mend it; in comments where somebody must choose."""
        no_name = no_name_lines(self.name)
        if not all(map(may_be_variant, self.variants)):  # aliases can say nothing else
            return no_name
        says = name_lines(self.right, self.variants, self.apart)
        if not self._is_open:
            return says
        if self.kind == "word":
            return either_lines({"if it is no name": no_name, _WHEREVER.format("a name"): says})
        ways = {self.right: says, self.name: name_lines(self.name)}
        return either_lines({_WHEREVER.format(f"the {name.type} {name.name}"): lines for name, lines in ways.items()})

    @property
    def _is_open(self) -> bool:
        """Whether neither way is likely enough to be offered as the right one."""
        return self.kind == "word" or (self.kind == "types" and bool(self.variants))

    def is_decided(self, aliases: Aliases) -> bool:
        """Whether aliases have decided it already, so that its lines would say what they say, or contradict them."""
        right = Canonical(self.right.name, self.right.type)
        written = {aliases.names.get(spelling) for spelling in (self.right.name, *self.variants)} - {None}
        return (
            aliases.refuses(Canonical(self.name.name, self.name.type))
            or any(aliases.refuses(right._replace(name=spelling)) for spelling in (right.name, *self.variants))
            or any(aliases.keeps_apart(spelling, right) for spelling in (*self.variants, *self.apart))
            or any(spelling in aliases.names for spelling in self.apart)
            or (self._is_open and self.name.name in aliases.names)
            or not written <= {right}
        )

    def as_json(self, example: str) -> dict[str, Any]:
        """The doubt as `--json` prints it."""
        about = {"kind": self.kind, "type": self.name.type, "name": self.name.name, "count": self.count}
        return {**about, "reason": self.reason, "example": example, "lines": self.lines}


def doubts(archive: Archive, kinds: tuple[str, ...] = KINDS, least: int = LEAST_ARTICLES) -> list[Doubt]:
    """The doubtful names of an archive that `least` articles have, the most frequent first, but for those that its
    aliases have decided.

    A name with a rare type counts with the articles of all its types: what is wrong in one is right in the others.
    """
    renamed = {renaming_of(value): count for value, count in archive.counts("renamed").items()}
    found = {name_of(value): count for value, count in archive.counts("found").items()}
    listed = _listed(found, renamed)
    makers: Mapping[str, Callable[[], Iterator[Doubt]]] = {
        "types": lambda: chain(_two_types(listed, least), _last_names_of_other_type(listed, least)),
        "kind": lambda: _other_kind(listed),
        "spellings": lambda: _near_spellings(listed, least),
        "word": lambda: _words(archive, listed, least),
        "renamed": lambda: _renamed(renamed),
    }
    made = [doubt for kind in kinds for doubt in makers[kind]() if kind == "types" or doubt.count >= least]
    aliases = from_kept(archive.aliases)
    return sorted(
        (doubt for doubt in made if not doubt.is_decided(aliases)),
        key=lambda doubt: (-doubt.count, doubt.name, doubt.kind),
    )


def example(archive: Archive, doubt: Doubt) -> str:
    """A sentence of the newest article in which the name was found; "" if none has it in its text."""
    for article in archive.articles_as_found(doubt.name, 1):
        return sentence(article, doubt.name)
    return ""


def sentence(article: Article, name: EntityName) -> str:
    """The sentence in which an article as found first has a name, as far as it is short; "" if none has it."""
    for mention in article.mentions:
        if (mention.type, mention.name) == name:
            text = article.title if mention.field == "title" else article.body
            start, end = _sentence_around(text, mention.start, mention.end)
            before = _last_words(text[start : mention.start].split())
            behind = _last_words(text[mention.end : end].split(" ")[::-1])[::-1]
            return " ".join(f"{' '.join(before)} {text[mention.start : mention.end]}{' '.join(behind)}".split())
    return ""


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence begins and ends that has a name; ordinals and abbreviations end none (*am 3. Mai*)."""
    tokens = tokenise(text)
    begins = [0, *(tokens.starts[at] for at in tokens.sentences), len(text)]
    for begin, following in pairwise(begins):
        if begin <= start < following:
            return begin, max(end, begin + len(text[begin:following].rstrip()))
    return start, end


def _last_words(words: list[str]) -> list[str]:
    """The last words, whole ones, of half an example; an ellipsis stands for those before them."""
    fits = accumulate(len(word) + 1 for word in reversed(words))
    number = sum(length <= LONGEST_EXAMPLE // 2 for length in fits)
    return words if number == len(words) else ["…", *words[len(words) - number :]]


def _listed(found: Counts, renamed: Mapping[tuple[EntityName, EntityName | None], int]) -> Counts:
    """About in how many articles each name is listed."""
    listed = Counter(found)
    for (name, other), count in renamed.items():
        listed[name] -= count
        if other:
            listed[other] += count
    return {name: count for name, count in listed.items() if count > 0}


def _two_types(listed: Counts, least: int) -> Iterator[Doubt]:
    by_key: defaultdict[str, list[EntityName]] = defaultdict(list)
    for name in listed:
        by_key[spelling_key(name.name)].append(name)
    for names in by_key.values():
        best, *others = sorted(names, key=lambda name: (-listed[name], name))
        for name in others if sum(listed[name] for name in names) >= least else ():
            reason = f"{_articles(listed[best])} have it as {best.type}"
            yield Doubt("types", name, listed[name], reason, best)


def _last_names_of_other_type(listed: Counts, least: int) -> Iterator[Doubt]:
    """A place or an organisation that is called like the last name of a person whom more articles have in full.

    Large cities and firms of the lists are called so themselves.
    """
    lone = {spelling_key(name.name) for name in listed if name.type != "person"}
    lone -= {spelling_key(name.name) for name in listed if name.type == "person"}  # of two types, as it stands
    called: defaultdict[str, list[EntityName]] = defaultdict(list)
    for name in listed:
        first, _, last = spelling_key(name.name).rpartition(" ")
        if name.type == "person" and first and last in lone:
            called[last].append(name)
    for name, count in listed.items():
        persons = called.get(spelling_key(name.name), ()) if name.type != "person" else ()
        best = min(persons, key=lambda person: (-listed[person], person), default=None)
        if best and listed[best] > count and listed[best] + count >= least and not _is_well_known(name.name):
            reason = f"{_articles(listed[best])} have the person {best.name}"
            yield Doubt("types", name, count, reason, best, (name.name,))


def _is_well_known(name: str) -> bool:
    return spelling_key(name) in known_names() or is_city(name) or is_firm(name)


def _other_kind(listed: Counts) -> Iterator[Doubt]:
    by_end: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, count in listed.items():
        if end := _end(name):
            by_end[end][name.type] += count
    known = known_names()
    for name, count in listed.items():
        types = by_end[_end(name)]
        type, most = max(types.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
        rare = most >= max(LEAST_OF_KIND, KIND_SHARE * types.total())
        if type not in ("", name.type) and rare and spelling_key(name.name) not in known:
            reason = f"of names in -{_end(name)}, {most:,} of {types.total():,} are {type}"
            yield Doubt("kind", name, count, reason, EntityName(type, name.name))


def _end(name: EntityName) -> str:
    """The last word of a name of several, or what follows its last hyphen."""
    *others, last = name.name.casefold().replace("-", " ").split() or [""]
    return last if others else ""


def _near_spellings(listed: Counts, least: int) -> Iterator[Doubt]:
    """A rare name of several words beside a frequent one that has one of them, and the others but for a letter."""
    near: defaultdict[tuple[str, str], list[EntityName]] = defaultdict(list)
    for name, count in listed.items():
        if len(name.name) >= SHORTEST_SPELT and count >= least:
            for word in name.name.split():
                near[name.type, word].append(name)
    for name, count in listed.items():
        candidates = {
            other for word in name.name.split() for other in near[name.type, word] if len(near[name.type, word]) < 500
        }
        alike = [
            other
            for other in candidates
            if listed[other] >= (LETTER_RATIO if _differ_in_last_names(name, other) else SPELLING_RATIO) * count
            and OSA.distance(name.name, other.name, score_cutoff=1) == 1
            and not any(map(str.isdigit, name.name))
        ]
        if alike:
            best = max(alike, key=lambda other: (listed[other], other))
            reason = f"{_articles(listed[best])} have {best.name}"
            yield Doubt("spellings", name, count, reason, best, (name.name,))


def _differ_in_last_names(name: EntityName, other: EntityName) -> bool:
    """Whether one of two persons has the same names but for a letter too many in the last one, a long one."""
    first, _, last = name.name.rpartition(" ")
    others_first, _, others_last = other.name.rpartition(" ")
    shorter, longer = sorted((last, others_last), key=len)
    return name.type == "person" and first == others_first and len(longer) == len(shorter) + 1 > SHORTEST_LAST_NAME


def _words(archive: Archive, listed: Counts, least: int) -> Iterator[Doubt]:
    named = Counter[str]()
    for name, count in listed.items():
        named.update(dict.fromkeys(normalise(name.name).replace("-", " ").split(), count))
    known, total = known_names(), archive.count(Request())
    for name, count in listed.items():
        word = normalise(name.name)
        if count < least or not word.isalpha() or spelling_key(name.name) in known:
            continue
        articles = min(archive.frequency(word), total)  # what was replaced may count as well
        if named[word] < NAMED_SHARE * articles:
            reason = f"{_articles(articles)} have the word"
            yield Doubt("word", name, count, reason, name)


def _renamed(renamed: Mapping[tuple[EntityName, EntityName | None], int]) -> Iterator[Doubt]:
    for (name, other), count in renamed.items():
        if other is None:
            yield Doubt("renamed", name, count, "no name: mostly written small", name)
        else:
            reason = f"listed as the {other.type} {other.name}"
            if are_spelt_alike(name.name, other.name):
                yield Doubt("renamed", name, count, reason, name)
            else:
                yield Doubt("renamed", name, count, reason, other, apart=(name.name,))


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
