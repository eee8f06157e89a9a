"""What is in this document? One reader for each format; whatever goes wrong becomes a line of the report."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import BinaryIO

from indexer.errors import ORDINARY_LENGTH, DocumentError, OutOfMemory, Problem, problem_of
from indexer.html import read_page
from indexer.problem_limits import with_bounded_problems
from indexer.records import read_json, read_records
from indexer.sources import KNOWN_SUFFIXES, Document
from indexer.streams import Stream, open_document
from indexer.text import read_text
from search.article import Article

Reader = Callable[[Document, Stream], Generator[Article | Problem, None, None]]

READERS: dict[str, Reader] = {
    "text": read_text,
    "page": read_page,
    "records": read_records,
    "json": read_json,
}


def read_document(
    document: Document, stdin: BinaryIO | None = None, count: Callable[[int], None] = lambda _number: None
) -> Iterator[Article | Problem]:
    """The articles of a document, and a problem for everything in it that cannot become one.

    Raises nothing for what a document holds or for a file that cannot be read: the problem then names
    it. Raises OutOfMemory if there is none for a document of ordinary length. Articles read before a
    file breaks off are kept. `stdin` is read for the document "-"; `count` is called with the number of
    bytes whenever some were read from disk.
    """
    try:
        with open_document(document, stdin, count) as stream, closing(_reader(document)(document, stream)) as items:
            yield from with_bounded_problems(document.name, items)
    except MemoryError as error:
        if document.path and document.size < ORDINARY_LENGTH:
            raise OutOfMemory(document.name) from None
        yield problem_of(error, document.name)
    except Exception as error:  # the report names it; thousands of other documents wait to be read
        yield problem_of(error, document.name)


def _reader(document: Document) -> Reader:
    if document.format not in READERS:
        raise DocumentError(document.name, f"is of no known format; known are {KNOWN_SUFFIXES}")
    return READERS[document.format]
