"""From places in a text to the entities of an article: one name for each, and where it stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.naming.aliases import Aliases, Canonical, known_names, spelling
from indexer.naming.first_names import first_names
from indexer.naming.grammar import is_office, nominative, without_genitive, without_kinds, without_titles
from indexer.naming.literal import Literal
from indexer.naming.persons import PARTICLES, canonical_person, one_name_each
from search.article import ENTITY_TYPES, Article, Entities, Mention

MOST_NAMES = 30  # of a type; a text with more is a list of names, and about none of them
LONGEST_NAME = 80  # characters
MOST_WORDS = 8
SHORTEST_REPEATED = 4  # letters of a name that is looked for where the recogniser did not see it

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_NOUN_FOLLOWS = re.compile(r" (?:[a-zäöüß]+e[nrsm]? )?[A-ZÄÖÜ]")
# *Europäische Union (EU)*: what stands in brackets behind a name.
_IN_BRACKETS = re.compile(r"s? \(([^\W\d_][\w.&-]{1,9})\)")
_COMMA = ", "
_SAINT = re.compile(r"\b(?:St\.|Sankt|Bad) $")
_REST_OF_NAME = re.compile(r"(?: (?:der|den|de|van|la))? [A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)*")
_NO_NAME = re.compile(r"-$| [-–] ")
# Kinds of organisations and places, which name none.
_COMMON = frozenset(
    "Polizei Bank Regierung Feuerwehr Parlament Kirche Gericht Partei Universität Konzern Firma Verein Armee Stadt "
    "Ministerium Innenministerium Außenministerium Finanzministerium Justizministerium Staatsanwaltschaft Behörde "
    "Land Opposition Rathaus Bahnhof Flughafen Krankenhaus Schule Hochschule Zeitung Liga Records".split()
)
_AROUND = " \t\n\"'„“”‚‘’»«›‹()[],;:/"


class Span(NamedTuple):
    """Where a name stands: in the title or the body, character offsets, and the type of entity it names."""

    field: str
    start: int
    end: int
    type: str


class Named(NamedTuple):
    """The entities of an article and their mentions."""

    entities: Entities
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A name where it stands, how it is written without titles and endings, and whom it names, if that is fixed."""

    span: Span
    written: str
    fixed: Canonical | None = None


def name(article: Article, spans: Iterable[Span], aliases: Aliases) -> Named:
    """The entities of an article whose names stand at `spans`, and those that it declares.

    Each name is the canonical one: of an alias, of the document, of the program's list, or the fullest
    in the article. Declared names come first and are all kept; found ones follow in the order of
    appearance, the most frequent MOST_NAMES of each type. Only mentions of names that are kept are kept.
    """
    texts = {"title": article.title, "body": article.body}
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
        first.setdefault(spelling(name), name)
    return [name for name in first.values() if name]


def _literal(
    texts: Mapping[str, str], names: Mapping[str, Canonical], taken: Mapping[str, Sequence[tuple[int, int]]]
) -> Iterator[_Found]:
    """The places where these names stand letter by letter."""
    look = Literal(names)
    for field, text in texts.items():
        for start, end, canonical in look.find(text, taken.get(field, ())):
            yield _Found(Span(field, start, end, canonical.type), text[start:end], canonical)


def _free(spans: Iterable[Span], found: Sequence[_Found]) -> list[Span]:
    """The spans that overlap nothing found."""
    taken = {(one.span.field, at) for one in found for at in range(one.span.start, one.span.end)}
    return [span for span in spans if not any((span.field, at) in taken for at in range(span.start, span.end))]


def _in_order(found: Iterable[_Found]) -> list[_Found]:
    return sorted(found, key=lambda one: (one.span.field != "title", one.span.start))


def _recognised(texts: Mapping[str, str], spans: Sequence[Span], aliases: Aliases) -> Iterator[_Found]:
    """The names at spans, as they are written without quotes, titles and endings; what cannot be a name is left out."""
    words = frozenset(word for text in texts.values() for word in _WORD.findall(text))
    known = known_names()

    def stands_without(name: str) -> bool:
        return name.split()[-1] in words or spelling(name) in known or name in first_names()

    for span in _joined(texts, spans):
        text = texts[span.field]
        whole = text[_whole_start(text, span) : _whole_end(text, span)].strip(_AROUND)
        start = text.index(whole, _whole_start(text, span)) if whole else span.start
        own = spelling(whole) in known and not stands_without(whole[:-1])
        bare = whole if own else without_genitive(whole, stands_without, _noun_follows(text, span.end))
        written = without_titles(bare) if span.type == "person" else without_kinds(bare)
        begin = start + len(bare) - len(written)
        if _may_be_name(written, span.type):
            place = Span(span.field, begin, start + len(whole), span.type)
            plain = " ".join(written.split())
            yield _Found(place, plain, aliases.find(plain) or aliases.find(nominative(plain)))


def _joined(texts: Mapping[str, str], spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, *Merkel* and *Angela* of *Merkel, Angela* as one."""
    waiting: Span | None = None
    for span in spans:
        if waiting and _is_reversed(texts[span.field], waiting, span):
            waiting = waiting._replace(end=span.end)
            continue
        if waiting:
            yield waiting
        waiting = span
    if waiting:
        yield waiting


def _is_reversed(text: str, last: Span, first: Span) -> bool:
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


def _whole_start(text: str, span: Span) -> int:
    """Where a name begins: *St. Pölten*, not Pölten."""
    before = _SAINT.search(text, max(0, span.start - 6), span.start)
    return before.start() if before and span.type == "place" else span.start


def _whole_end(text: str, span: Span) -> int:
    """Where a name ends, which may go on behind a particle: *Alexander Van* der Bellen."""
    last = text[span.start : span.end].split()[-1:]
    unfinished = span.type == "person" and bool(last) and last[0].lower() in PARTICLES
    rest = _REST_OF_NAME.match(text, span.end) if unfinished else None
    return rest.end() if rest else span.end


def _may_be_name(name: str, type: str) -> bool:
    """Whether letters can be a name: not too long, on one line, with a capital and two letters, and no common noun."""
    letters = sum(map(str.isalpha, name))
    fits = len(name) <= LONGEST_NAME and len(name.split()) <= MOST_WORDS and "\n" not in name
    common = is_office(name) if type == "person" else name in _COMMON
    return fits and letters > 1 and any(map(str.isupper, name)) and not common and not _NO_NAME.search(name)


def _repeated(texts: Mapping[str, str], found: Sequence[_Found]) -> Iterator[_Found]:
    """Names that the recogniser saw, where it did not see them."""
    seen = {
        one.written: Canonical(one.written, one.span.type)
        for one in found
        if not one.fixed and len(one.written) >= SHORTEST_REPEATED and one.written[0].isupper()
    }
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in found:
        taken[one.span.field].append((one.span.start, one.span.end))
    for one in _literal(texts, seen, taken):
        yield replace(one, fixed=None)


def _same_type(found: Sequence[_Found]) -> list[_Found]:
    """The same with one type for each spelling: the most frequent, the first one of equals."""
    types: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        types[spelling(one.written)][one.span.type] += 1
    best = {written: counted.most_common(1)[0][0] for written, counted in types.items()}
    # *Netanyahu* is Benjamin Netanyahu, whatever else the recogniser takes him for.
    persons = [written.split() for written, type in best.items() if type == "person"]
    best |= {words[-1]: "person" for words in persons if len(words) > 1}
    return [
        one if one.fixed else replace(one, span=one.span._replace(type=best[spelling(one.written)])) for one in found
    ]


def _canonical(
    texts: Mapping[str, str], found: Sequence[_Found], declared: Sequence[str]
) -> list[tuple[_Found, Canonical]]:
    """Whom each name found stands for; names that stand for nobody to list are left out."""
    long = dict(_explained(texts, found))
    shaped = {one.written: canonical_person(one.written) for one in found if one.span.type == "person"}
    fixed = [one.fixed.name for one in found if one.fixed and one.fixed.type == "person"]
    persons = one_name_each(
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
            listed.append((one, long.get(one.written) or Canonical(nominative(one.written), one.span.type)))
    return listed


def _explained(texts: Mapping[str, str], found: Sequence[_Found]) -> Iterator[tuple[str, Canonical]]:
    """Abbreviations that stand in brackets behind a name which has their letters, and what they stand for."""
    for one in found:
        match = _IN_BRACKETS.match(texts[one.span.field], one.span.end)
        if match and one.span.type != "person" and _abbreviates(match[1], one.written):
            yield match[1], one.fixed or Canonical(nominative(one.written), one.span.type)


def _abbreviates(short: str, name: str) -> bool:
    """Whether a name begins with the first letter of an abbreviation and has the others in this order."""
    rest = iter(name.casefold())
    capitals = sum(map(str.isupper, short)) > 1
    return (
        capitals
        and name[0].casefold() == short[0].casefold()
        and all(letter in rest for letter in short.casefold() if letter.isalpha())
    )


def _kept(listed: Sequence[tuple[_Found, Canonical]], declared: Entities) -> Named:
    """The names that are kept, each with one type and one spelling, and their mentions."""
    counted = Counter(canonical for _, canonical in listed)
    first: dict[str, Canonical] = {}
    for canonical in sorted(counted, key=lambda canonical: -counted[canonical]):
        first.setdefault(spelling(canonical.name), canonical)
    for type in ENTITY_TYPES:
        first |= {spelling(name): Canonical(name, type) for name in declared.of(type)}
    total: Counter[Canonical] = Counter()
    for _, canonical in listed:
        total[first[spelling(canonical.name)]] += 1
    entities = Entities(*(_of_type(type, declared.of(type), total) for type in ENTITY_TYPES))
    mentions = (Mention(*one.span[:3], *reversed(first[spelling(canonical.name)])) for one, canonical in listed)
    return Named(entities, tuple(mention for mention in mentions if mention.name in entities.of(mention.type)))


def _of_type(type: str, declared: Sequence[str], counted: Counter[Canonical]) -> tuple[str, ...]:
    """The declared names of a type, and the most frequent of those found in the order of appearance."""
    found = [canonical.name for canonical in counted if canonical.type == type and canonical.name not in declared]
    room = max(0, MOST_NAMES - len(declared))
    best = set(sorted(found, key=lambda name: -counted[Canonical(name, type)])[:room])
    return (*declared, *(name for name in found if name in best))
