"""What to show of an article: marks at the right letters, and the passage that says most."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from search.hits.candidates import LAYERS
from search.hits.matching import Occurrence
from search.page import Mark, Snippet

# Characters of a snippet: about three lines of a column.
SNIPPET_LENGTH = 280
ELLIPSIS = "…"
SEPARATOR = " · "  # between a cross-head and what stands below it
# A longer run of letters is cut where the passage begins; to look for its start would lose the match.
LONGEST_WORD = 60
# A text with more matches than this has a good passage among the first of them.
MOST_PLACES = 300
# What a match is worth by its layer, the best most.
_WORTH = {layer: len(LAYERS) - number for number, layer in enumerate(LAYERS)}

# What parts two sentences, or a paragraph or cross-head from the next, before what may begin one. White space is read
# once, however much there is.
_BORDER = re.compile(r"[.!?…\n](?:(?<!\n)[\"'“”»«)]*+\s++|(?<=\S\n)[^\S\n]*+\n\s*+)(?=[\"'„‚“»«(]?[^\W_a-zäöüß])")
_END = re.compile(r"([.!?…])[\"'“”»«)]*$")
_LONGEST_END = 8  # characters of a sentence's end with the quotation marks behind it
# A full stop behind one of these ends no sentence; nor does one behind a number (13. August) or
# a single letter (z. B.).
_ABBREVIATIONS = frozenset(
    """
    dr prof nr st ca bzw etc usw evtl ggf inkl exkl mio mrd tel str abs art vgl sog geb gest jh jhd hl dipl ing mag
    """.split()
)
_TOO_LONG = 1 + max(map(len, _ABBREVIATIONS))
_MOST_LETTERS = 20  # of a word that are looked at
_LONGEST_BORDER = 40  # characters, which are mostly two
_GAP = re.compile(r"\s(?<=\S\s)\s++(?=\S)")  # what is before it is looked at only where there is white space
_OTHER_SPACE = re.compile(r"[^\S ]")


def marks(occurrences: Sequence[Occurrence]) -> tuple[Mark, ...]:
    """The places as marks in order, those that overlap joined into one."""
    joined: list[Mark] = []
    for start, end, _, _ in occurrences:
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def snippet(text: str, occurrences: Sequence[Occurrence], length: int = SNIPPET_LENGTH) -> Snippet:
    """The passage of at most `length` characters that shows most of the query, whole sentences where they fit.

    Without places it is the beginning of the text. White space becomes spaces, and a point behind a cross-head; `marks`
    are offsets in the snippet, cut at its ends where a match is longer.
    """
    offsets = [occurrence.start for occurrence in occurrences]
    tried = list(islice(dict.fromkeys(offsets), MOST_PLACES))
    borders = _sentences(text, tried, length)
    start, end = max(
        (_passage(text, borders, start, length) for start in _beginnings(text, borders, tried, length)),
        key=lambda passage: (_passage_score(occurrences, offsets, *passage), -passage[0]),
    )
    rest = text[end:].lstrip()
    before = ELLIPSIS if start not in borders and text[:start].strip() else ""
    after = ELLIPSIS if rest and not _is_closed(text, end) else ""
    passage, place = _rendered(text, start, end, length - (end - start))
    cut = [(max(left, start), min(right, end)) for left, right in marks(occurrences)]
    shown = [(place(left) + len(before), place(right) + len(before)) for left, right in cut if left < right]
    return Snippet(before + passage + after, tuple(shown))


def _rendered(text: str, start: int, end: int, room: int) -> tuple[str, Callable[[int], int]]:
    """A passage on one line, no more than `room` longer than it was, and where in it an offset of the text stands."""
    pieces, places, shifts = [], [start], [-start]
    for gap in _unclosed_gaps(text, start, end, room):
        pieces += [text[places[-1] : gap.start()], SEPARATOR]
        places.append(gap.end())
        shifts.append(shifts[-1] + len(SEPARATOR) - len(gap[0]))
    pieces.append(text[places[-1] : end])
    return _OTHER_SPACE.sub(" ", "".join(pieces)), lambda offset: offset + shifts[bisect_right(places, offset) - 1]


def _unclosed_gaps(text: str, start: int, end: int, room: int) -> Iterator[re.Match[str]]:
    """The empty lines in a passage before which no sentence ends, as below a cross-head, while signs have room."""
    for gap in _GAP.finditer(text, start, end):
        if gap[0].count("\n") > 1 and not _is_closed(text, gap.start()):
            room -= len(SEPARATOR) - len(gap[0])
            if room < 0:
                return
            yield gap


def _sentences(text: str, offsets: Iterable[int], length: int) -> list[int]:
    """Where the sentences begin at the beginning of the text and around the offsets, which come in order, as far away
    as a passage of that length that shows one of them reaches."""
    starts = [0]
    read = 0
    for offset in (0, *offsets):
        if read > offset + length:
            continue
        for match in _BORDER.finditer(text, max(read, offset - length // 2 - _LONGEST_BORDER)):
            stop, read = match.span()
            if text[stop] != "." or _ends_sentence(text, stop):
                starts.append(read)
            if read > offset + length and not text[read : read + 1].isspace():
                break
        else:
            return starts
    return starts


def _is_closed(text: str, end: int) -> bool:
    """Whether a sentence ends at this offset; at a colon, or a heading, none does."""
    match = _END.search(text[max(0, end - _LONGEST_END) : end])
    stop = max(0, end - _LONGEST_END) + match.start() if match else 0
    return match is not None and (match[1] != "." or _ends_sentence(text, stop))


def _ends_sentence(text: str, stop: int) -> bool:
    """Whether the full stop at this offset ends a sentence."""
    if stop >= _TOO_LONG and text[stop - _TOO_LONG : stop].isalpha():
        return True
    start = stop
    while start and stop - start < _MOST_LETTERS and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    last = text[start:stop]
    return not last or (len(last) > 1 and not last.isdigit() and last.lower() not in _ABBREVIATIONS)


def _beginnings(text: str, borders: list[int], offsets: Sequence[int], length: int) -> Iterable[int]:
    """Where passages worth looking at begin: with the sentence of each match, and with the one before it."""
    found = {0: None}
    for start in offsets:
        sentence = bisect_right(borders, start) - 1
        if start - borders[sentence] > length // 2:  # the match lies deep in a long sentence
            found[_word_start(text, start - length // 3)] = None
        else:
            found[borders[sentence]] = None
        if sentence and start - borders[sentence - 1] < length // 2:
            found[borders[sentence - 1]] = None
    return found


def _passage(text: str, borders: list[int], start: int, length: int) -> tuple[int, int]:
    """From an offset to the last sentence border, or else word border, within the length."""
    limit = start + length
    if limit >= len(text):
        return start, len(text.rstrip())
    # A passage of only a short sentence wastes the room for the next one.
    for last in reversed(borders[bisect_right(borders, start + length // 2) : bisect_right(borders, limit)]):
        end = start + len(text[start:last].rstrip())
        if _is_closed(text, end):
            return start, end
    cut = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit))
    return start, cut if cut > start else limit


def _word_start(text: str, offset: int) -> int:
    """The start of the word at an offset, or the offset itself if that is far away."""
    space = max(text.rfind(" ", 0, offset), text.rfind("\n", 0, offset))
    return space + 1 if offset - space < LONGEST_WORD else offset


def _passage_score(occurrences: Sequence[Occurrence], offsets: Sequence[int], start: int, end: int) -> float:
    """How much of the query a passage shows: different clauses count most, then the layer, then the number."""
    best: dict[int, int] = {}
    inside = 0
    for _, stop, clause, layer in occurrences[bisect_left(offsets, start) : bisect_left(offsets, end)]:
        if stop <= end:
            inside += 1
            if (worth := _WORTH[layer]) > best.get(clause, 0):
                best[clause] = worth
    return 10 * len(best) + sum(best.values()) + min(inside, 9) / 10
