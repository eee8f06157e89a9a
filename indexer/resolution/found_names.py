"""Where does an article name something? Each name found, and the names that stand letter by letter."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.resolution.aliases import Canonical
from indexer.resolution.inflection import nominative
from indexer.resolution.name_matcher import NameMatcher, Words

SHORTEST_REPEATED = 4  # letters of a name that is looked for where the recogniser did not see it

Texts = Mapping[str, Words]  # title and body
Taken = Mapping[str, Sequence[tuple[int, int]]]  # where in each field something was found, in order


class FieldSpan(NamedTuple):
    """Where a name stands: in the title or the body, character offsets, and the type of entity it names."""

    field: str
    start: int
    end: int
    type: str


def one_by_one(
    spans: Iterable[FieldSpan], together: Callable[[FieldSpan, FieldSpan], FieldSpan | None]
) -> Iterator[FieldSpan]:
    """The spans in their order, those in a row as one that `together` makes one of; it gives None for others."""
    waiting: FieldSpan | None = None
    for span in spans:
        one = together(waiting, span) if waiting else span
        if waiting and one is None:
            yield waiting
        waiting = one or span
    if waiting:
        yield waiting


class FoundName(NamedTuple):
    """A name where it stands, how it is written without titles and endings, and whom it names, if that is fixed."""

    span: FieldSpan
    written: str
    fixed: Canonical | None = None

    def of_type(self, type: str) -> FoundName:
        """The same as a name of this type."""
        return self if self.span.type == type else self._replace(span=self.span._replace(type=type))

    def by_itself(self) -> Canonical:
        """What a name that is no person's stands for by itself."""
        return self.fixed or Canonical(nominative(self.written), self.span.type)


def in_order(found: Iterable[FoundName]) -> list[FoundName]:
    """The names in the order of the article, those of the title first."""
    return sorted(found, key=lambda one: (one.span.field != "title", one.span.start))


def matched_names(
    texts: Texts, matcher: NameMatcher[Canonical], found: Sequence[FoundName] = ()
) -> Iterator[FoundName]:
    """The places where the names of a matcher stand letter by letter, outside of the names found."""
    for span, written, canonical in _matched(texts, matcher, _taken(found)):
        yield FoundName(span, written, canonical)


def repeated_names(texts: Texts, found: Sequence[FoundName]) -> Iterator[FoundName]:
    """The names that the recogniser saw, where it did not see them."""
    seen = {
        one.written: Canonical(one.written, one.span.type)
        for one in found
        if not one.fixed and len(one.written) >= SHORTEST_REPEATED and one.written[0].isupper()
    }
    for span, _, canonical in _matched(texts, NameMatcher(seen), _taken(found)):
        yield FoundName(span, canonical.name)


def _matched(texts: Texts, matcher: NameMatcher[Canonical], taken: Taken) -> Iterator[tuple[FieldSpan, str, Canonical]]:
    """The names outside of the places that are taken: where they stand, as written, and whom they name."""
    for field, words in texts.items():
        for start, end, canonical in matcher.find(words, taken.get(field, ())):
            yield FieldSpan(field, start, end, canonical.type), words.text[start:end], canonical


def free_spans(spans: Iterable[FieldSpan], found: Sequence[FoundName]) -> list[FieldSpan]:
    """The spans that overlap no name found."""
    taken = _taken(found)

    def is_free(span: FieldSpan) -> bool:
        places = taken.get(span.field, ())
        before = bisect_left(places, (span.end, 0))  # places that begin before the end of the span
        return not before or places[before - 1][1] <= span.start

    return list(filter(is_free, spans))


def _taken(found: Sequence[FoundName]) -> Taken:
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in found:
        taken[one.span.field].append((one.span.start, one.span.end))
    return taken
