"""Where are documents read? In workers, as parsing takes most of the time; and here what is larger than a batch.

What a packed file holds is unpacked here and read in workers, so that a crawl or a book keeps all of them busy.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from typing import BinaryIO

from indexer.document import Document
from indexer.errors import DocumentError, Problem, problem_of
from indexer.formats.members import Member
from indexer.formats.recognition import format_by_name
from indexer.formats.table import BY_NAME, XML
from indexer.items import Item
from indexer.readers import Leaf, checked, leaves, read_document
from indexer.streams import MAX_RECORD_BYTES, open_document, read_binary
from search.article import Article
from search.dates import NewsDate
from search.worker_pool import Ready, WorkerPool, collect_rarely

MOST_PARTS, MOST_BYTES = 32, 1_000_000  # that travel to a worker together
MOST_CHARACTERS = 20_000_000  # of articles that travel back together; a small file may unpack to more


@dataclass(frozen=True, slots=True)
class _Part:
    """What a worker reads: a document at a place among the others, or the bytes of a member of it."""

    place: int
    document: Document
    data: bytes | None = None
    # Format, url, date, source, optional.
    member: tuple[str, str | None, NewsDate | None, str | None, bool] = ("", None, None, None, False)
    items: tuple[Item, ...] = ()  # what is there already, to have its place among the others

    @property
    def size(self) -> int:
        """The bytes that reading it takes."""
        return self.document.size if self.data is None else len(self.data)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of a part; `is_known` if it need not be read, `is_much` if it holds more than a worker hands over."""

    place: int
    items: Iterable[Item] = ()
    is_known: bool = False
    is_much: bool = False


def read_all(
    documents: Sequence[Document],
    is_known: Callable[[Document], bool],
    stdin: BinaryIO | None,
    count: Callable[[int], None],
    jobs: int,
) -> Generator[tuple[int, Iterator[Item] | None], None, None]:
    """The place of each document, in their order, and what it holds; None if it is known and need not be read.

    The items of a document must be taken before the next one is asked for. `count` is called with the number of bytes
    that were read, or need not be. Raises OutOfMemory and WorkersDied.
    """
    if jobs < 2:
        for place, document in enumerate(documents):
            if is_known(document):
                count(document.size)
                yield place, None
            else:
                yield place, read_document(document, stdin, count)
        return
    with WorkerPool(jobs, collect_rarely) as pool:
        outcomes = pool.results(_read_parts, _killer, _batches(documents, is_known, stdin, count))
        for place, parts in groupby(outcomes, key=attrgetter("place")):
            document, first = documents[place], next(parts)  # the rest is taken below, once
            if first.is_known or not _is_read_in_parts(document):
                count(document.size)
            if first.is_known:
                yield place, None
            elif first.is_much:
                yield place, read_document(document, stdin, count)
            elif _is_read_in_parts(document):
                yield place, _whole(document, chain([first], parts))  # noqa: B031 - the others, after the first
            else:
                yield place, iter(first.items)


def _whole(document: Document, parts: Iterable[_Outcome]) -> Iterator[Item]:
    """The items of all parts of a document."""
    try:
        yield from checked(document, (item for part in parts for item in part.items))
    except DocumentError as error:
        yield error.problem


def _batches(
    documents: Sequence[Document],
    is_known: Callable[[Document], bool],
    stdin: BinaryIO | None,
    count: Callable[[int], None],
) -> Iterator[list[_Part] | Ready[_Outcome]]:
    """The parts of all documents, as many together as a worker gets at once; and what is read or known here."""
    waiting: list[_Part] = []
    for each in _parts(documents, is_known, stdin, count):
        if isinstance(each, _Part):
            waiting.append(each)
        if not isinstance(each, _Part) or len(waiting) == MOST_PARTS or sum(part.size for part in waiting) > MOST_BYTES:
            if waiting:
                yield waiting
            waiting = []
        if not isinstance(each, _Part):
            yield each
    if waiting:
        yield waiting


def _parts(
    documents: Sequence[Document],
    is_known: Callable[[Document], bool],
    stdin: BinaryIO | None,
    count: Callable[[int], None],
) -> Iterator[_Part | Ready[_Outcome]]:
    for place, document in enumerate(documents):
        if is_known(document):
            yield Ready(_Outcome(place, is_known=True))
        elif document.is_stdin or _is_read_piecewise(document):
            yield Ready(_Outcome(place, read_document(document, stdin, count)), waits=True)
        elif _is_read_in_parts(document):
            yield from _members(place, document, count)
        else:
            yield _Part(place, document)


def _is_read_piecewise(document: Document) -> bool:
    """Whether a document may hold many articles that come one after the other, more than fit into the memory."""
    format = format_by_name(document.relative_path)
    return format is not None and format.piecewise and (document.size > MOST_BYTES or document.compressed)


def _is_read_in_parts(document: Document) -> bool:
    """Whether a document holds others."""
    format = format_by_name(document.relative_path)
    return format is not None and format.open is not None and format is not XML


def _members(place: int, document: Document, count: Callable[[int], None]) -> Iterator[_Part | Ready[_Outcome]]:
    """The members of a document for workers; what may be larger than the memory is read here."""
    empty = True
    try:
        with open_document(document, None, count) as stream:
            for leaf in leaves(Member(document, stream)):
                empty = False
                if not isinstance(leaf, Leaf):
                    yield _Part(place, document, items=(leaf,))
                elif leaf.format.piecewise:
                    yield Ready(_Outcome(place, leaf.read()), waits=True)
                else:
                    yield _member(place, leaf)
    except Exception as error:  # as of all documents
        empty = False
        yield _Part(place, document, items=(problem_of(error, document.name),))
    if empty:  # a document of which nothing came would be missing among the others
        yield Ready(_Outcome(place))


def _member(place: int, leaf: Leaf) -> _Part:
    member = leaf.member
    known = (leaf.format.name, member.url, member.date, member.source, member.optional)
    try:
        data = read_binary(member.document, member.stream, MAX_RECORD_BYTES)
    except DocumentError as error:
        return _Part(place, member.document, items=(error.problem,))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
        return _Part(place, member.document, items=(problem_of(error, member.document.name),))
    return _Part(place, member.document, data, known)


def _read_parts(parts: list[_Part]) -> list[_Outcome]:
    """In a worker: what each part holds."""
    return [_read(part) for part in parts]


def _read(part: _Part) -> _Outcome:
    if part.items:
        return _Outcome(part.place, part.items)
    found, characters = list[Item](), 0
    items = read_document(part.document) if part.data is None else _read_member(part, part.data)
    for item in items:
        found.append(item)
        characters += len(item.body) if isinstance(item, Article) else 0
        if characters > MOST_CHARACTERS and part.data is None:
            return _Outcome(part.place, is_much=True)
    return _Outcome(part.place, found)


def _read_member(part: _Part, data: bytes) -> Iterator[Item]:
    format, url, date, source, optional = part.member
    stream = io.BufferedReader(io.BytesIO(data))
    return Leaf(Member(part.document, stream, url, date, source, format, optional), BY_NAME[format]).read()


def _killer(part: _Part) -> _Outcome:
    """The problem of a part that killed the process which read it, although nothing else was in it."""
    message = "kills the process that reads it, most likely for want of memory; split it, or leave it out"
    return _Outcome(part.place, (Problem(part.document.name, None, message),))
