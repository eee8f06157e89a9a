"""Which article does plain text hold? The first line that is not empty is the headline, the rest is the body.

Text from mail and old agencies is wrapped at a fixed width; there an empty line ends a paragraph. In
other text every line is a paragraph. Which of the two it is, is decided for each block of lines.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from itertools import groupby, pairwise

from indexer.bylines import split_byline
from indexer.document import Document
from indexer.encodings import decode
from indexer.errors import DocumentError
from indexer.streams import Stream, read_whole
from search.article import Article

LONGEST_HEADLINE = 150  # characters; the only line of a text that is longer is its body
_NARROWEST, _WIDEST = 40, 120  # columns at which people and programs wrap prose
_LEFT_OVER_WORDS = 3

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# A single no-break or thin space is kept: it says which words belong together.
_SPACES = re.compile(r"\s{2,}|[\t\n]")
_SENTENCE_END = re.compile(r"""[.!?…:][)\]"'“”‘’«»]*$|[)\]"“”‘’«»]$""")
_SENTENCE_BREAK = re.compile(r"""[.!?…][)\]"'“”‘’«»]*\s+["'„‚“»«]?[A-ZÄÖÜ]""")
_SUSPENDED = re.compile(r"(?:und|oder|bis|sowie|beziehungsweise|bzw\.)\b")


def read_text(document: Document, stream: Stream) -> Generator[Article, None, None]:
    """The one article of a plain-text document, a byline below its headline read as such.

    Raises DocumentError if there is no body.
    """
    title, body = split_text(decode(read_whole(document, stream)))
    if not body:
        message = "has a headline but is missing body text; write the article below its headline"
        raise DocumentError(document.name, message)
    authors, body = split_byline(body)
    path = document.relative_path
    yield Article(id=path, title=title, body=body, date=document.date, authors=authors, document=document.location)


def split_text(text: str) -> tuple[str, str]:
    """Headline and body of a plain text, each may be empty.

    A text of a single line is a body without headline if it is longer than LONGEST_HEADLINE or
    consists of several sentences, else a headline without body.
    """
    headline, _, rest = clean(text).strip().partition("\n")
    headline = one_line(headline)
    body = "\n\n".join(without_trailing_fragments(paragraphs(rest)))
    if body or not (len(headline) > LONGEST_HEADLINE or _has_sentences(headline)):
        return headline, body
    return "", headline


def clean(text: str) -> str:
    """`text` with line feeds as its only line ends, and without what no text can hold.

    Lone surrogates cannot be stored and become U+FFFD; control characters become spaces.
    """
    if text.replace("\n", "").isprintable():  # as most texts are, which takes a tenth of the time to see
        return text
    text = _CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text))
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """`text` without white space around it and with single spaces instead of line ends and runs of spaces."""
    if text.isprintable() and "  " not in text:  # printable is no white space but the space
        return text.strip(" ")
    return _SPACES.sub(" ", text.strip())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a clean text, each on one line."""
    lines = [one_line(line) for line in text.split("\n")]
    blocks = [list(group) for filled, group in groupby(lines, key=bool) if filled]
    return [paragraph for block in blocks for paragraph in (_unwrapped(block) if _is_wrapped(block) else block)]


def without_trailing_fragments(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs without what a web page left behind its last one ("Today", "Mehr zum Thema").

    That are lines of at most three words without the end of a sentence, below at least two real
    paragraphs. A cross-head is always followed by text, so a trailing one is none. Behind a colon
    they are a list, and agency marks like "(dpa)" end in a bracket: both stay.
    """
    end = len(paragraphs)
    while end and _is_fragment(paragraphs[end - 1]):
        end -= 1
    announced = end > 0 and paragraphs[end - 1].endswith(":")
    real = sum(not _is_fragment(paragraph) for paragraph in paragraphs[:end])
    return list(paragraphs if announced or real < 2 else paragraphs[:end])


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence, a quotation or a remark in brackets does."""
    return bool(_SENTENCE_END.search(line[-20:]))  # the end is enough; a paragraph may be a megabyte long


def _is_fragment(paragraph: str) -> bool:
    return not ends_sentence(paragraph) and len(paragraph.split()) <= _LEFT_OVER_WORDS


def _has_sentences(line: str) -> bool:
    return ends_sentence(line) and bool(_SENTENCE_BREAK.search(line))


def _is_wrapped(block: Sequence[str]) -> bool:
    """Whether the lines of a block were broken at a fixed width, not by their writer.

    Then most lines end within a sentence, and most are so full that the next word did not fit.
    """
    inner, width = block[:-1], max(map(len, block))
    if not inner or not _NARROWEST <= width <= _WIDEST:
        return False
    open_ends = sum(not ends_sentence(line) for line in inner)
    full = sum(_is_full(line, following, width) for line, following in pairwise(block))
    return open_ends > len(inner) / 2 and full > len(inner) * 0.7


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _unwrapped(block: Sequence[str]) -> list[str]:
    """The paragraphs of a wrapped block; a line less than half full ends one, as a cross-head does."""
    width = max(map(len, block))
    joined: list[list[str]] = [[]]
    for line, following in pairwise(block):
        if len(line) < width / 2:
            joined[-1].append(line)
            joined.append([])
        else:
            joined[-1].append(_before(line, following))
    joined[-1].append(block[-1])
    return ["".join(pieces) for pieces in joined]


def _before(line: str, following: str) -> str:
    """A line as it stands before the next one: what a hyphen at its end means, only the next letter tells.

    `US-` + `Präsident` keeps it, `Innen-` + `und` keeps it with a space, and `Verteidi-` + `gung` loses
    it: before a small letter a divided word is likelier than a hyphen that happened to stand there.
    """
    if not line.endswith("-") or line.endswith(" -") or _SUSPENDED.match(following):
        return f"{line} "
    return line if not following[0].islower() else line[:-1]
