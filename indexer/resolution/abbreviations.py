"""What does an abbreviation stand for in its article? For a name with its initials, or the one before its brackets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from indexer.resolution.aliases import Canonical
from indexer.resolution.found_names import FoundName, Texts

SHORTEST_INITIALS = 3  # letters of an abbreviation that stands for the name with these initials

# *Europäische Union (EU)*: what stands in brackets behind a name.
_IN_BRACKETS = re.compile(r"s? \(([^\W\d_][\w.&-]{1,9})\)")


def long_forms(texts: Texts, found: Sequence[FoundName]) -> dict[str, Canonical]:
    """The abbreviations of places and organisations in an article, and what they stand for.

    An abbreviation has the initials of one name in the same text (*KCNA*), or stands in brackets behind
    a name which has its letters (*Europäische Union (EU)*), whatever has its initials.
    """
    things = [one for one in found if one.span.type != "person"]
    return dict(_by_initials(things)) | dict(_in_brackets(texts, things))


def _by_initials(things: Sequence[FoundName]) -> Iterator[tuple[str, Canonical]]:
    long = {one.written: one for one in things}
    short_ones = [written for written in long if len(written) >= SHORTEST_INITIALS and written.isupper()]
    if not short_ones:
        return
    by_initials: defaultdict[str, list[FoundName]] = defaultdict(list)
    for written, one in long.items():
        by_initials[_initials(written)].append(one)
    for short in short_ones:
        if len(meant := by_initials.get(short, [])) == 1:
            yield short, meant[0].by_itself()


def _in_brackets(texts: Texts, things: Sequence[FoundName]) -> Iterator[tuple[str, Canonical]]:
    for one in things:
        match = _IN_BRACKETS.match(texts[one.span.field].text, one.span.end)
        if match and _abbreviates(match[1], one.written):
            yield match[1], one.by_itself()


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
