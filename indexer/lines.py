"""Which lines of a text belong together? Each border between two lines is judged by itself.

Text from mail and old agencies is wrapped at a fixed width, the columns of a scanned newspaper at 25 to 40 characters;
other texts are torn anywhere, or have a line for each paragraph. A sentence goes on before a small letter and behind a
comma, an article, a preposition or a conjunction, whatever stands between the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

_NARROWEST, _WIDEST = 20, 120  # columns at which people, printers and programs wrap prose
_LONGEST_CROSS_HEAD = 90  # characters; a longer line that ends no sentence was torn
_FULL_LINES = 0.7  # of the lines of a wrapped text; the others end a paragraph
_CERTAIN_BREAKS = 0.2  # of the borders in a wrapped text; in one of names or results there are none

# The signs that divide a word at the end of a line, and those of them that stand nowhere else.
_DIVIDING, _CERTAINLY_DIVIDING = "-\u2010\u2011=\u2e17\u00ac\u00ad", "\u00ac\u00ad"
_HYPHENS = "-\u2010\u2011"
_LONGEST_PART = 40  # characters of a part of a word
_NO_SYLLABLE = re.compile(r"(?:.*[^\w])?(?:[A-ZÄÖÜ]{2,}\d*|[^\W\d_]|.*\d)")
_COLOURS = "schwarz|weiß|rot|grün|blau|gelb|braun|grau"
_FIRST_ADJECTIVE = re.compile(rf"(?:^|[^\w])(?:[a-zäöüß]{{3,}}(?:isch|lich)|deutsch|{_COLOURS})$")
_SECOND_ADJECTIVE = re.compile(rf"(?:[a-zäöüß]{{2,}}(?:isch|lich)|deutsch|{_COLOURS})(?:e[rnsm]?)?\b")
_SUSPENDED = re.compile(r"(?:und|oder|bis|ſowie|sowie|beziehungsweise|bzw\.|wie|als|noch|statt)\b")
_ENDS = frozenset(".!?…:")
_SENTENCE_END = re.compile(r"""[.!?…:][)\]"'“”‘’«»]*$|[)\]"“”‘’«»]$""")
# Items of a list, addresses of pages and mail, numbers of telephones, and the initials of an editor.
_NO_CONTINUATION = re.compile(
    r"[a-zäöü]\)|www\.|https?:|[\w.+-]+@[\w-]|[\w-]+\.(?:de|at|ch|com|org|net|eu)(?=$|[/\s])"
    r"|(?:tel|fax|mobil|e-?mail|web|internet)\b\.?:|[a-z]{2,4}(?:/[a-z]{2,4})+$"
)
# No sentence and no cross-head ends in one of these.
_LEADING_ON = frozenset(
    """
    der die das den dem des eine einen einem einer eines kein keine keinen keinem keiner dieser diese dieses
    diesem diesen
    in im ins am vom zum zur beim für gegen ohne seit trotz wegen während von bis aufs ans sowie
    und oder aber sondern denn weil dass daß ob als wie wenn nachdem obwohl
    """.split()
)
_QUOTES = "(\"'„“»«‚"
_LONGEST_WORD = 12  # characters of these words, with the blank before


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence, a quotation or a remark in brackets does."""
    # The end is enough; a paragraph may be a megabyte long.
    return line[-1:] in _ENDS or bool(_SENTENCE_END.search(line[-20:]))


def goes_on(line: str, following: str) -> bool:
    """Whether a sentence surely goes on from a line to the following one, both of them not empty."""
    if following[0].islower() and not _NO_CONTINUATION.match(following):
        return True
    last = line[-1]
    if last.isalpha():
        return line[-_LONGEST_WORD:].rpartition(" ")[2].strip(_QUOTES).lower().replace("ſ", "s") in _LEADING_ON
    return last in ",;" or (_is_divided(line) and (line[-2].isalpha() or following[0].isalnum()))


def join(lines: Sequence[str]) -> str:
    """Lines as one. What a sign at the end of one means, only the next letter tells.

    `US-` + `Präsident` keeps it, `Innen-` + `und` keeps it with a space, and `Verteidi-` + `gung` loses it: before
    a small letter a divided word is likelier than a hyphen that happened to stand there. Old print has `=` for it.
    """
    return "".join([*(_before(line, following) for line, following in pairwise(lines)), *lines[-1:]])


def paragraphs_of(lines: Sequence[str]) -> list[str]:
    """The paragraphs of a text whose lines have no white space around them; an empty line may end one."""
    blocks = [list(group) for filled, group in groupby(lines, key=bool) if filled]
    if _is_spaced(blocks):
        blocks = [[line for block in blocks for line in block]]
    pieces: list[list[str]] = []
    for block in blocks:
        judged = _judged(block)
        if pieces and goes_on(pieces[-1][-1], block[0]):
            pieces[-1] += judged[0]
            pieces += judged[1:]
        else:
            pieces += judged
    return list(map(join, pieces))


def _is_spaced(blocks: Sequence[Sequence[str]]) -> bool:
    """Whether empty lines say nothing: sentences go on over most of those that end none."""
    going_on = [
        goes_on(block[-1], following[0]) for block, following in pairwise(blocks) if not ends_sentence(block[-1])
    ]
    return len(going_on) > 1 and sum(going_on) > len(going_on) / 2


def _judged(block: Sequence[str]) -> list[list[str]]:
    """The lines of each paragraph of a block without empty lines."""
    if len(block) == 1:
        return [[block[0]]]
    borders = list(pairwise(block))
    certain = [goes_on(*border) for border in borders]
    width = _width(block, certain)
    torn = not width and sum(certain) >= sum(not ends_sentence(line) for line, _ in borders) / 2 > 0
    found = [[block[0]]]
    for (line, following), surely in zip(borders, certain, strict=True):
        if surely or _belongs(line, following, width, torn):
            found[-1].append(following)
        else:
            found.append([following])
    return found


def _belongs(line: str, following: str, width: int, torn: bool) -> bool:
    """Whether a line belongs to the one before, if that does not surely go on.

    In wrapped text one does if the line before is not less than half full, as the end of a paragraph and a cross-head
    are; in torn text, if that ends no sentence; in any other, if it is too long for a cross-head.
    """
    if width:
        return len(line) >= width / 2 or (_is_full(line, following, width) and not ends_sentence(line))
    if ends_sentence(line):
        return False
    return torn or len(line) > _LONGEST_CROSS_HEAD


def _width(block: Sequence[str], certain: Sequence[bool]) -> int:
    """At how many characters the lines of a block were wrapped; 0 if each was ended by its writer.

    In wrapped text most lines end within a sentence, some of them surely, and most are so full that the next word did
    not fit.
    """
    width = max(map(len, block))
    inner = len(block) - 1
    if not inner or not _NARROWEST <= width <= _WIDEST:
        return 0
    open_ends = sum(not ends_sentence(line) for line in block[:-1])
    full = sum(_is_full(line, following, width) for line, following in pairwise(block))
    wrapped = open_ends > inner / 2 and full > inner * _FULL_LINES and sum(certain) > inner * _CERTAIN_BREAKS
    return width if wrapped else 0


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _before(line: str, following: str) -> str:
    """A line as it stands before the following one."""
    if not _is_divided(line):
        return f"{line} "
    if line[-1] in _CERTAINLY_DIVIDING:
        return line[:-1]
    if _SUSPENDED.match(following):
        return f"{line} "
    return f"{line[:-1]}-" if _keeps_hyphen(line[:-1], following) else line[:-1]


def _is_divided(line: str) -> bool:
    """Whether a line ends in a letter and a sign that divides words, or in a number and a hyphen."""
    return line[-1] in _DIVIDING and (line[-2:-1].isalpha() or (line[-2:-1].isdecimal() and line[-1] in _HYPHENS))


def _keeps_hyphen(line: str, following: str) -> bool:
    """Whether what stands at the end of a line has its hyphen in the middle of a line, too: EU-weit, 20-jährig.

    So has a noun before a noun. Before a small letter a hyphen stands behind capitals, a number or a single letter, and
    between two adjectives or colours: deutsch-französisch, rot-grün.
    """
    if not following[0].islower():
        return True
    last = line[-_LONGEST_PART:].split(" ")[-1].strip(_QUOTES)
    if _NO_SYLLABLE.fullmatch(last):
        return True
    return bool(_FIRST_ADJECTIVE.search(last) and _SECOND_ADJECTIVE.match(following))
