"""From places in a text to the entities of an article: one name for each, and where it stands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.resolution.aliases import Aliases, Canonical, known_names, spelling_key
from indexer.resolution.cache import cached_by_name
from indexer.resolution.first_names import first_names
from indexer.resolution.inflection import (
    genitive_before,
    may_be_genitive,
    nominative,
    without_genitive,
    without_genitive_of_noun,
)
from indexer.resolution.name_matcher import NameMatcher, Words, words_of
from indexer.resolution.persons import PARTICLES, canonical_person, full_names
from indexer.resolution.titles import is_office, without_kinds, without_titles
from search.article import ENTITY_TYPES, Article, Entities, Mention

MOST_NAMES = 30  # of a type; a text with more is a list of names, and about none of them
LONGEST_NAME = 80  # characters
MOST_WORDS = 8
SHORTEST_INITIALS = 3  # letters of an abbreviation that stands for the name with these initials
SHORTEST_REPEATED = 4  # letters of a name that is looked for where the recogniser did not see it

_NOUN_FOLLOWS = re.compile(r" (?:[a-zäöüß]+e[nrsm]? )?[A-ZÄÖÜ]")
# *Europäische Union (EU)*: what stands in brackets behind a name.
_IN_BRACKETS = re.compile(r"s? \(([^\W\d_][\w.&-]{1,9})\)")
_SMALL_WORD = re.compile(r" [a-zäöüß]")
_COMMA = ", "
_SAINT = re.compile(r"\b(?:St\.|Sankt|Bad) $")
_REST_OF_NAME = re.compile(r"(?: (?:der|den|de|van|la))? [A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)*")
_NO_NAME = re.compile(r"-$| [-–] ")
# Kinds of organisations and places, which name none.
_COMMON = frozenset(
    "Polizei Bank Regierung Feuerwehr Parlament Kirche Gericht Partei Universität Konzern Firma Verein Armee Stadt "
    "Ministerium Innenministerium Außenministerium Finanzministerium Justizministerium Staatsanwaltschaft Behörde "
    "Land Opposition Rathaus Bahnhof Flughafen Krankenhaus Schule Hochschule Zeitung Liga Records "
    "Norden Nordens Süden Südens Osten Ostens Westen Westens "
    "Schloss Dom Wald See Kreis Landkreis Bundesland Regierungsbezirk Institut Verband Beirat Reich Territorium "
    "Festland Hochland Vorland Hinterland Hügelland Bergland Becken Ozean Tal Gebirge Hauptbahnhof".split()
)
_AROUND = " \t\n\"'„“”‚‘’»«›‹()[],;:/"


class FieldSpan(NamedTuple):
    """Where a name stands: in the title or the body, character offsets, and the type of entity it names."""

    field: str
    start: int
    end: int
    type: str


Texts = Mapping[str, Words]  # title and body


class Resolved(NamedTuple):
    """The entities of an article and their mentions."""

    entities: Entities
    mentions: tuple[Mention, ...]


class _Found(NamedTuple):
    """A name where it stands, how it is written without titles and endings, and whom it names, if that is fixed."""

    span: FieldSpan
    written: str
    fixed: Canonical | None = None


def resolve(article: Article, spans: Iterable[FieldSpan], aliases: Aliases) -> Resolved:
    """The entities of an article whose names stand at `spans`, and those that it declares.

    Each name is the canonical one: of an alias, of the document, of the program's list, or the fullest
    in the article. Declared names come first and are all kept; found ones follow in the order of
    appearance, the most frequent MOST_NAMES of each type. Only mentions of names that are kept are kept.
    """
    texts = {"title": words_of(article.title), "body": words_of(article.body)}
    declared = _declared(article.entities, aliases)
    fixed = {name: Canonical(name, type) for type in ENTITY_TYPES for name in declared.of(type)} | dict(aliases.names)
    found = list(_literal(texts, fixed, {}))
    found = _in_order([*found, *_recognised(texts, _free(spans, found), aliases)])
    found = _in_order([*found, *_repeated(texts, found)])
    return _kept(_canonical(texts, _same_type(found), declared.person), declared)


def _declared(entities: Entities, aliases: Aliases) -> Entities:
    """The declared names in canonical spelling, each once."""
    return Entities(*(tuple(_each_once(_listed(type, entities.of(type), aliases))) for type in ENTITY_TYPES))


def _listed(type: str, names: Iterable[str], aliases: Aliases) -> Iterator[str]:
    for name in (" ".join(name.split()) for name in names):
        alias = aliases.names.get(name)
        shaped = canonical_person(name) if type == "person" else name
        yield alias.name if alias and alias.type == type else shaped


def _each_once(names: Iterable[str]) -> list[str]:
    """The names in their order, the first of each spelling."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(spelling_key(name), name)
    return [name for name in first.values() if name]


def _literal(
    texts: Texts, names: Mapping[str, Canonical], taken: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[_Found]:
    """The places where these names stand letter by letter."""
    look = NameMatcher(names)
    for field, words in texts.items():
        for start, end, canonical in look.find(words, taken.get(field, ())):
            yield _Found(FieldSpan(field, start, end, canonical.type), words.text[start:end], canonical)


def _free(spans: Iterable[FieldSpan], found: Sequence[_Found]) -> list[FieldSpan]:
    """The spans that overlap nothing found."""
    taken = _taken(found)

    def is_free(span: FieldSpan) -> bool:
        places = taken.get(span.field, ())
        before = bisect_left(places, (span.end, 0))  # places that begin before the end of the span
        return not before or places[before - 1][1] <= span.start

    return list(filter(is_free, spans))


def _taken(found: Sequence[_Found]) -> dict[str, list[tuple[int, int]]]:
    """Where in each field something was found, in order."""
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in found:
        taken[one.span.field].append((one.span.start, one.span.end))
    return taken


def _in_order(found: Iterable[_Found]) -> list[_Found]:
    return sorted(found, key=lambda one: (one.span.field != "title", one.span.start))


def _recognised(texts: Texts, spans: Sequence[FieldSpan], aliases: Aliases) -> Iterator[_Found]:
    """The names at spans, as they are written without quotes, titles and endings; what cannot be a name is left out."""
    words = frozenset(texts["title"].words).union(texts["body"].words)
    known = known_names()

    def stands_without(name: str) -> bool:
        return name.split()[-1] in words or spelling_key(name) in known or name in first_names()

    for span in _joined(texts, spans):
        text = texts[span.field].text
        start, end = _whole_start(text, span), _whole_end(text, span)
        whole = text[start:end].strip(_AROUND)
        start = text.index(whole, start)
        bare = whole
        if may_be_genitive(whole) and (spelling_key(whole) not in known or stands_without(whole[:-1])):
            thing = span.type != "person"
            genitive = thing and not _SMALL_WORD.search(whole) and genitive_before(text, start)
            bare = without_genitive(whole, stands_without, genitive or _noun_follows(text, span.end))
            bare = without_genitive_of_noun(bare) if thing and bare == whole else bare
        if written := _person(bare) if span.type == "person" else _thing(bare):
            place = FieldSpan(span.field, start + len(bare) - len(written), start + len(whole), span.type)
            plain = " ".join(written.split())
            usual = nominative(plain)
            fixed = aliases.find(plain) or (aliases.find(usual) if usual != plain else None)
            yield _Found(place, plain, fixed)


@cached_by_name
def _person(bare: str) -> str:
    """A person's name without titles; empty if what is left cannot be a name."""
    written = without_titles(bare)
    return written if _may_be_name(written) and not is_office(written) else ""


@cached_by_name
def _thing(bare: str) -> str:
    """The same for a place or an organisation, without what tells its kind."""
    written = without_kinds(bare)
    return written if _may_be_name(written) and written not in _COMMON else ""


def _joined(texts: Texts, spans: Sequence[FieldSpan]) -> Iterator[FieldSpan]:
    """The spans, *Merkel* and *Angela* of *Merkel, Angela* as one."""
    waiting: FieldSpan | None = None
    for span in spans:
        if waiting and _is_reversed(texts[span.field].text, waiting, span):
            waiting = waiting._replace(end=span.end)
            continue
        if waiting:
            yield waiting
        waiting = span
    if waiting:
        yield waiting


def _is_reversed(text: str, last: FieldSpan, first: FieldSpan) -> bool:
    """Whether two spans are a last name and, behind a comma, the first name of nobody else."""
    between = first.field == last.field and text[last.end : first.start] == _COMMA
    if not between or {first.type, last.type} != {"person"}:
        return False
    alone = " " not in text[last.start : last.end] and text[first.start : first.end] in first_names()
    # In *Müller, Anna und Karl* a list goes on, and *Müller, Angela, ...* may be one, too.
    line = (last.start == 0 or text[last.start - 1] in "\n(") and text[first.end : first.end + 1] in ("", "\n", ")")
    return alone and line


def _noun_follows(text: str, end: int) -> bool:
    return _NOUN_FOLLOWS.match(text, end) is not None


def _whole_start(text: str, span: FieldSpan) -> int:
    """Where a name begins: *St. Pölten*, not Pölten."""
    before = _SAINT.search(text, max(0, span.start - 6), span.start) if span.type == "place" else None
    return before.start() if before else span.start


def _whole_end(text: str, span: FieldSpan) -> int:
    """Where a name ends, which may go on behind a particle: *Alexander Van* der Bellen."""
    last = text[span.start : span.end].split()[-1:]
    unfinished = span.type == "person" and bool(last) and last[0].lower() in PARTICLES
    rest = _REST_OF_NAME.match(text, span.end) if unfinished else None
    return rest.end() if rest else span.end


def _may_be_name(name: str) -> bool:
    """Whether letters can be a name: not too long, on one line, with a capital and two letters."""
    letters = sum(map(str.isalpha, name))
    fits = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS and "\n" not in name
    return fits and letters > 1 and any(map(str.isupper, name)) and not _NO_NAME.search(name)


def _repeated(texts: Texts, found: Sequence[_Found]) -> Iterator[_Found]:
    """Names that the recogniser saw, where it did not see them."""
    seen = {
        one.written: Canonical(one.written, one.span.type)
        for one in found
        if not one.fixed and len(one.written) >= SHORTEST_REPEATED and one.written[0].isupper()
    }
    for span, _, name in _literal(texts, seen, _taken(found)):
        if name:
            yield _Found(span, name.name)


def _same_type(found: Sequence[_Found]) -> list[_Found]:
    """The same with one type for each spelling: the most frequent, the first one of equals."""
    spelled = [spelling_key(one.written) for one in found]
    counted = Counter(zip(spelled, (one.span.type for one in found), strict=True))
    best: dict[str, str] = {}
    for (written, type), number in counted.items():
        if number > counted[written, best.get(written, "")]:
            best[written] = type
    # *Netanyahu* is Benjamin Netanyahu, whatever else the recogniser takes him for.
    persons = [written.split() for written, type in best.items() if type == "person"]
    best |= {words[-1]: "person" for words in persons if len(words) > 1}
    return [one if one.fixed else _of(best[written], one) for written, one in zip(spelled, found, strict=True)]


def _of(type: str, one: _Found) -> _Found:
    """The same found as a name of this type."""
    return one if one.span.type == type else one._replace(span=one.span._replace(type=type))


def _canonical(texts: Texts, found: Sequence[_Found], declared: Sequence[str]) -> list[tuple[_Found, Canonical]]:
    """Whom each name found stands for; names that stand for nobody to list are left out."""
    long = dict(_explained(texts, found))
    shaped = {one.written: canonical_person(one.written) for one in found if one.span.type == "person"}
    fixed = [one.fixed.name for one in found if one.fixed and one.fixed.type == "person"]
    persons = full_names(
        [one.fixed.name if one.fixed else shaped[one.written] for one in found if one.span.type == "person"],
        [*declared, *fixed],
    )
    listed: list[tuple[_Found, Canonical]] = []
    for one in found:
        if one.fixed:
            listed.append((one, one.fixed))
        elif one.span.type == "person":
            if whole := persons[shaped[one.written]]:
                listed.append((one, Canonical(whole, "person")))
        else:
            listed.append((one, long.get(one.written) or _as_canonical(one)))
    return listed


def _explained(texts: Texts, found: Sequence[_Found]) -> Iterator[tuple[str, Canonical]]:
    """Abbreviations of names in the text, and what they stand for.

    An abbreviation has the initials of one name in the same text (*KCNA*), or stands in brackets behind
    a name which has its letters (*Europäische Union (EU)*), whatever has its initials.
    """
    long = {one.written: one for one in found if one.span.type != "person"}
    by_initials: defaultdict[str, list[_Found]] = defaultdict(list)
    for written, one in long.items():
        by_initials[_initials(written)].append(one)
    for short in long:
        if len(short) >= SHORTEST_INITIALS and len(meant := by_initials.get(short, [])) == 1:
            yield short, _as_canonical(meant[0])
    for one in found:
        match = _IN_BRACKETS.match(texts[one.span.field].text, one.span.end) if one.span.type != "person" else None
        if match and _abbreviates(match[1], one.written):
            yield match[1], _as_canonical(one)


def _as_canonical(one: _Found) -> Canonical:
    """What a name that is no person's stands for by itself."""
    return one.fixed or Canonical(nominative(one.written), one.span.type)


def _initials(name: str) -> str:
    """The capitals that its words begin with: KCNA of Korean Central News Agency."""
    return "".join([word[0] for word in name.replace("-", " ").split() if word[0].isupper()])


def _abbreviates(short: str, name: str) -> bool:
    """Whether a name begins with the first letter of an abbreviation and has the others in this order."""
    rest = iter(name.casefold())
    capitals = sum(map(str.isupper, short)) > 1
    return (
        capitals
        and name[0].casefold() == short[0].casefold()
        and all(letter in rest for letter in short.casefold() if letter.isalpha())
    )


def _kept(listed: Sequence[tuple[_Found, Canonical]], declared: Entities) -> Resolved:
    """The names that are kept, each with one type and one spelling, and their mentions."""
    counted = Counter(canonical for _, canonical in listed)
    first: dict[str, Canonical] = {}
    for canonical in sorted(counted, key=lambda canonical: -counted[canonical]):
        first.setdefault(spelling_key(canonical.name), canonical)
    for type in ENTITY_TYPES:
        first |= {spelling_key(name): Canonical(name, type) for name in declared.of(type)}
    one_each = {canonical: first[spelling_key(canonical.name)] for canonical in counted}
    total: Counter[Canonical] = Counter()
    for canonical, number in counted.items():
        total[one_each[canonical]] += number
    entities = Entities(*(_of_type(type, declared.of(type), total) for type in ENTITY_TYPES))
    kept = {Canonical(name, type) for type in ENTITY_TYPES for name in entities.of(type)}
    named = ((one.span, one_each[canonical]) for one, canonical in listed)
    return Resolved(
        entities,
        tuple(Mention(*span[:3], canonical.type, canonical.name) for span, canonical in named if canonical in kept),
    )


def _of_type(type: str, declared: Sequence[str], counted: Counter[Canonical]) -> tuple[str, ...]:
    """The declared names of a type, and the most frequent of those found in the order of appearance."""
    found = [canonical.name for canonical in counted if canonical.type == type and canonical.name not in declared]
    room = max(0, MOST_NAMES - len(declared))
    if len(found) <= room:
        return (*declared, *found)
    best = set(sorted(found, key=lambda name: -counted[Canonical(name, type)])[:room])
    return (*declared, *(name for name in found if name in best))
