"""Which article does plain text hold? The first line that is not empty is the headline, the rest is the body."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

from indexer.bylines import split_byline
from indexer.document import Document
from indexer.encodings import decode
from indexer.errors import DocumentError
from indexer.lines import ends_sentence, goes_on, join, paragraphs_of
from indexer.streams import Stream, read_whole
from search.article import Article

LONGEST_HEADLINE = 150  # characters; the only line of a text that is longer is its body
_LEFT_OVER_WORDS = 3

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# A single no-break or thin space is kept: it says which words belong together.
_SPACES = re.compile(r"\s{2,}|[\t\n]")
_SENTENCE_BREAK = re.compile(r"""[.!?…][)\]"'“”‘’«»]*\s+["'„‚“»«]?[A-ZÄÖÜ]""")


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

    A text of a single line is a body without headline if it is longer than LONGEST_HEADLINE or consists of several
    sentences, else a headline without body. A headline goes on in the following lines if a sentence does; if it is too
    long then, all is body.
    """
    lines = [one_line(line) for line in clean(text).strip().split("\n")]
    first = 1
    while first < len(lines) and lines[first] and goes_on(lines[first - 1], lines[first]):
        first += 1
    headline = join(lines[:first])
    if first > 1 and len(headline) > LONGEST_HEADLINE:
        headline, first = "", 0
    body = "\n\n".join(without_trailing_fragments(paragraphs_of(lines[first:])))
    if body or not (len(headline) > LONGEST_HEADLINE or _has_sentences(headline)):
        return headline, body
    return "", headline


def split_whole_text(text: str) -> tuple[str, str]:
    """Headline and body as split_text has them; a text that is a headline only is a body, as its document has no more.

    For formats whose documents are articles by themselves, such as a PDF; a .txt without a body is refused.
    """
    headline, body = split_text(text)
    return (headline, body) if body else ("", headline)


def clean(text: str) -> str:
    """`text` with line feeds as its only line ends, and without what no text can hold.

    Lone surrogates cannot be stored and become U+FFFD; control characters become spaces.
    """
    if text.replace("\n", "").isprintable():  # as most texts are, which takes a tenth of the time to see
        return text
    return whole_characters(_CONTROLS.sub(" ", _LINE_ENDS.sub("\n", text)))


def whole_characters(text: str) -> str:
    """`text` with U+FFFD for each half of a character (a lone surrogate), which UTF-8 cannot carry."""
    return _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """`text` without white space around it and with single spaces instead of line ends and runs of spaces."""
    if text.isprintable() and "  " not in text:  # printable is no white space but the space
        return text.strip(" ")
    return _SPACES.sub(" ", text.strip())


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a clean text, each on one line."""
    return paragraphs_of([one_line(line) for line in text.split("\n")])


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


def _is_fragment(paragraph: str) -> bool:
    return not ends_sentence(paragraph) and len(paragraph.split()) <= _LEFT_OVER_WORDS


def _has_sentences(line: str) -> bool:
    return ends_sentence(line) and bool(_SENTENCE_BREAK.search(line))
