"""Who else has a name that an alias gives to somebody? *Florina Habeck*, where `Habeck` stands for Robert Habeck."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.resolution.aliases import Aliases, Canonical, spelling_key
from indexer.resolution.first_names import first_names
from indexer.resolution.found_names import FieldSpan, FoundName, Texts, free_spans, in_order, one_by_one
from indexer.resolution.nouns import is_noun, is_small_word
from indexer.resolution.titles import is_office, without_titles

_LONGEST_BEFORE = 60  # characters before a name in which a first name is looked for
_WORD_BEFORE = re.compile(r"(?<![\w-])([A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)*) $")


def with_namesakes(
    texts: Texts, spans: Sequence[FieldSpan], matched: Sequence[FoundName], aliases: Aliases
) -> tuple[Sequence[FieldSpan], Sequence[FoundName]]:
    """The spans with those of namesakes that the recogniser cut, and the names matched but for parts of namesakes.

    Only a name that was matched as one word may be part of another one's.
    """
    lone = [one for one in matched if " " not in one.written]
    if not lone:
        return spans, matched
    persons: dict[tuple[str, int], FieldSpan] = {}  # by where each of their words starts
    for span in spans:
        if span.type == "person":
            persons.update(dict.fromkeys(((span.field, start) for start in _starts_in(texts, span)), span))
    apart = _apart_of_several_words(aliases)
    namesakes = {
        one.span: namesake
        for one in lone
        if (namesake := _kept_apart(texts, one, apart) or _namesake(texts, persons.get(one.span[:2]), one, aliases))
    }
    cut = (one for one in dict.fromkeys(namesakes.values()) if not _is_seen(one, persons.get(one[:2])))
    whole = in_order(FoundName(one, "") for one in one_by_one(cut, _first_of_overlapping))
    added = [*free_spans(spans, whole), *(one.span for one in whole)]
    spans = sorted(added, key=lambda span: (span.field != "title", span.start)) if whole else spans
    return spans, [one for one in matched if one.span not in namesakes]


def _starts_in(texts: Texts, span: FieldSpan) -> Sequence[int]:
    """Where the words of a span start."""
    starts = texts[span.field].starts
    return starts[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _is_seen(namesake: FieldSpan, person: FieldSpan | None) -> bool:
    """Whether the recogniser saw a namesake as it is."""
    return person is not None and person.end == namesake.end


def _first_of_overlapping(last: FieldSpan, span: FieldSpan) -> FieldSpan | None:
    return last if last.field == span.field and span.start < last.end else None


def _namesake(texts: Texts, person: FieldSpan | None, one: FoundName, aliases: Aliases) -> FieldSpan | None:
    """Where the longer name of another person stands that a name matched is a part of; None if it is of none."""
    field, start, end, _ = one.span
    text = texts[field].text
    if not one.fixed:
        return None
    if person and person.start < start:
        begins = max(person.start, person.end - len(without_titles(text[person.start : person.end])))
    else:
        begins = _first_names_before(text, start)
    last = max(end, person.end) if person else end
    if begins > start or not _is_another(text[begins:start].split(), text[end:last].split(), one.fixed):
        return None
    genitive = last == end and one.written not in aliases.names and one.written[:-1] in aliases.names
    return FieldSpan(field, begins, last - genitive, "person")


def _first_names_before(text: str, start: int) -> int:
    """Where the first names begin that stand before a word, which may be the word itself."""
    while (before := _WORD_BEFORE.search(text, max(0, start - _LONGEST_BEFORE), start)) and before[1] in first_names():
        start = before.start()
    return start


def _is_another(before: Sequence[str], behind: Sequence[str], canonical: Canonical) -> bool:
    """Whether a person is not the one meant by a word that these stand before and behind in her name.

    No word of hers is in the canonical name: *R. Habeck* and *Robert Alexander Habeck* are Robert Habeck. If that has
    but one word, nothing tells.
    """
    others = [spelling_key(word.strip(".,")) for word in (*before, *behind)]
    own = spelling_key(canonical.name).split()
    if not others or (before and not _may_be_first_name(before[0])):
        return False
    if canonical.type != "person" or len(own) < 2:
        return canonical.type != "person" and bool(before)
    return all(other not in own and (len(other) > 1 or other != own[0][:1]) for other in others)


def _may_be_first_name(word: str) -> bool:
    """Whether a word before a last name is neither what somebody is, nor any word of a sentence."""
    return word in first_names() or not (is_office(word) or is_noun(word) or is_small_word(word))


def _apart_of_several_words(aliases: Aliases) -> Mapping[Canonical, Sequence[str]]:
    """The spellings of several words that somebody said not to be a name."""
    apart: defaultdict[Canonical, list[str]] = defaultdict(list)
    for key, canonical in aliases.apart:
        if " " in key:
            apart[canonical].append(key)
    return apart


def _kept_apart(texts: Texts, one: FoundName, apart: Mapping[Canonical, Sequence[str]]) -> FieldSpan | None:
    """Where a name of several words stands that somebody said not to be the one matched."""
    words = texts[one.span.field]
    at = bisect_left(words.starts, one.span.start)
    for key in apart.get(one.fixed, ()) if one.fixed else ():
        length = len(key.split())
        for first in range(max(0, at - length + 1), min(at, len(words.words) - length) + 1):
            last = first + length - 1
            start, end = words.starts[first], words.starts[last] + len(words.words[last])
            written = words.text[start:end]
            for bare in (written, written.removesuffix("s")):
                if spelling_key(bare) == key:
                    return FieldSpan(one.span.field, start, start + len(bare), one.span.type)
    return None
