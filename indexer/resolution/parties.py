"""Who is named with his party? *Lauterbach (SPD)* is a person.

A last name by itself looks like that of a town or a firm, and the recogniser takes many for one, or sees none at all.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from indexer.resolution.aliases import known_names, spelling_key
from indexer.resolution.first_names import first_names
from indexer.resolution.found_names import FieldSpan, Texts
from indexer.resolution.lists import listed_names
from indexer.resolution.name_matcher import Words
from indexer.resolution.nouns import is_common_noun, is_noun, is_person_name
from indexer.resolution.persons import PARTICLES
from indexer.resolution.titles import is_office

# Words before a name that end so are what somebody is, beside the offices: *Bundesrat Rösti*.
_ROLES = ("rat", "rätin", "abgeordneten", "vize", "obmann", "obfrau", "mitglied")
# Before a last name they belong to the sentence, unless as in *von der Leyen*.
_BELONG_TO_SENTENCE = frozenset("von vom zu zum zur der den".split())
_BEGIN_SENTENCES = frozenset("da du".split())  # with a capital: *Da war*, but *Ignazio da Silva*
_WHERE = frozenset("im in am bei".split())  # members of a party sit: *Grünen im Bundestag*
_ARTICLES = frozenset("der die das dem den des ein eine einen einem einer eines".split())


class SpansInOrder:
    """Spans of one text, in order and without overlap."""

    def __init__(self, spans: Sequence[FieldSpan]) -> None:
        self._spans = spans
        self._ends = [span.end for span in spans]

    def over(self, start: int, end: int) -> Iterator[FieldSpan]:
        """Those that overlap a place in the text."""
        at = bisect_right(self._ends, start)
        while at < len(self._spans) and self._spans[at].start < end:
            yield self._spans[at]
            at += 1


def with_party_members(texts: Texts, spans: Sequence[FieldSpan]) -> list[FieldSpan]:
    """The spans, with persons where a party tells so, and the same names as persons elsewhere; in order."""
    members = [
        member
        for field, words in texts.items()
        for member in _members(words, field, SpansInOrder([span for span in spans if span.field == field]))
    ]
    if not members:
        return list(spans)
    taken = {field: SpansInOrder([member for member in members if member.field == field]) for field in texts}
    last = {texts[member.field].text[member.start : member.end].split()[-1] for member in members}
    alike = last | {f"{name}s" for name in last}
    parts = (part for span in spans for part in _outside(texts, span, taken[span.field]))
    kept = (
        part._replace(type="person") if texts[part.field].text[part.start : part.end] in alike else part
        for part in parts
    )
    return sorted([*kept, *members], key=lambda span: (span.field != "title", span.start))


def has_party(text: str, end: int) -> bool:
    """Whether a party stands in brackets behind this place in a text: *(SPD)*, *(42, CDU)*, *(SP/Zürich)*."""
    return _party_in_brackets().match(text, end) is not None


def is_party(name: str) -> bool:
    """Whether a name is that of a party as it stands behind its members."""
    return name in _parties()


def without_place_of_party(name: str) -> str:
    """A party without where its members sit: *Grünen im Bundestag*, *CDU in Sachsen*; another name as it is."""
    words = name.split()
    at = next((at for at, word in enumerate(words) if at and word in _WHERE), 0)
    party = " ".join(words[:at])
    return party if is_party(party) else name


def _members(words: Words, field: str, recognised: SpansInOrder) -> Iterator[FieldSpan]:
    """The names of members in a text where no person is recognised, in order and without overlap."""
    for start, end in _before_brackets(words, recognised):
        if not any(span.type == "person" for span in recognised.over(start, end)):
            yield FieldSpan(field, start, end, "person")


def _before_brackets(words: Words, recognised: SpansInOrder) -> Iterator[tuple[int, int]]:
    """Where names stand that have a party in brackets behind them."""
    for match in _party_in_brackets().finditer(words.text):
        last = bisect_left(words.starts, match.start()) - 1
        if last < 0 or _end(words, last) != match.start():
            continue
        first = last
        while first and _is_joined(words, first - 1) and _stands_before_last_name(words.words[first - 1]):
            first -= 1
        while first < last and _belongs_to_sentence(words.words[first]) and not _is_of_the(words.words[first:last]):
            first += 1
        if _is_name(words, first, last, recognised):
            yield words.starts[first], match.start()


@cache
def _party_in_brackets() -> re.Pattern[str]:
    """Finds a party in brackets, maybe with an age or a place before or behind it."""
    parties = "|".join(re.escape(party) for party in sorted(_parties(), key=lambda party: (-len(party), party)))
    return re.compile(rf" \((?:[^()\n,]{{1,30}}, )?(?:{parties})(?:[,/] ?[^()\n]{{1,30}})?\)")


@cache
def _parties() -> frozenset[str]:
    return listed_names("parties.txt")


def _is_name(words: Words, first: int, last: int, recognised: SpansInOrder) -> bool:
    """Whether these words can be a person's: a last name that is no noun, no abbreviation and known as nothing else.

    A first name or an office before it proves it; else no article may stand there, and it must not look like a noun
    unless something was recognised.
    """
    name, before = words.words[last], words.words[first - 1] if first and _is_joined(words, first - 1) else ""
    if not _has_shape_of_name(name) or _is_known(name):
        return False
    has_role = first < last or is_office(before) or before.endswith(_ROLES)
    if has_role or is_common_noun(name):  # a noun may be a last name, *Stadtrat Rösti (SVP)*
        return has_role
    over = list(recognised.over(words.starts[last], _end(words, last)))
    of_organisation = any(span.start < words.starts[last] and span.type == "organisation" for span in over)
    if before.lower() in _ARTICLES or of_organisation:
        return False
    return is_person_name(name) or bool(over) or not any(map(is_noun, _without_endings(name)))


def _has_shape_of_name(name: str) -> bool:
    """Whether a word begins with a capital, and is no abbreviation, party or office."""
    capitals = sum(map(str.isupper, name.rpartition("-")[2]))
    return name[0].isupper() and capitals <= 2 and not (is_party(name) or is_office(name))


def _without_endings(name: str) -> tuple[str, ...]:
    """What a word may be the plural of, and itself."""
    return tuple(name.removesuffix(ending) for ending in ("", "n", "s", "e", "en", "er"))


def _is_known(name: str) -> bool:
    """Whether the program knows a word, or what it is the genitive of, as a place or an organisation."""
    return any(spelling_key(written) in known_names() for written in (name, name.removesuffix("s")))


def _stands_before_last_name(word: str) -> bool:
    return word in first_names() or (len(word) == 1 and word.isupper()) or word.lower() in PARTICLES


def _belongs_to_sentence(word: str) -> bool:
    """Whether a word before a last name is an article or a preposition of the sentence, which it may begin."""
    small = word.lower()
    return small in _BELONG_TO_SENTENCE or (small != word and small in _BEGIN_SENTENCES)


def _is_of_the(words: Sequence[str]) -> bool:
    return tuple(map(str.lower, words[:2])) in (("von", "der"), ("von", "den"))


def _is_joined(words: Words, at: int) -> bool:
    """Whether nothing but a blank, or the point of an initial, stands between a word and the next."""
    if at + 1 >= len(words.words):
        return False
    between = words.text[_end(words, at) : words.starts[at + 1]]
    return between == " " or (between == ". " and len(words.words[at]) == 1)


def _end(words: Words, at: int) -> int:
    return words.starts[at] + len(words.words[at])


def _outside(texts: Texts, span: FieldSpan, members: SpansInOrder) -> Iterator[FieldSpan]:
    """What is left of a span without the names of members: a place that the program knows, *Linz Stelzer*."""
    member = next(members.over(span.start, span.end), None)
    if not member:
        yield span
        return
    front = texts[span.field].text[span.start : member.start].rstrip()
    known = known_names().get(spelling_key(front))
    if known and known.type == "place":
        yield span._replace(end=span.start + len(front), type="place")
