"""Which bytes does a document hold? Never more of them are in memory than MAX_RECORD_BYTES at a time."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeAlias, cast

from indexer.document import MOST_UNPACKED, Budget, Document, Overspent
from indexer.encodings import byte_order_mark, decode, is_binary
from indexer.errors import DocumentError, Problem
from indexer.packings import packing_by_content, packing_by_name

MEBIBYTE = 1024 * 1024
MAX_RECORD_BYTES = 16 * MEBIBYTE  # far beyond any article; a longer line is a file of another kind
# An array cannot be read piece by piece, and Python needs about five times its size in memory.
MAX_ARRAY_BYTES = 128 * MEBIBYTE
_SAMPLE = 8192  # bytes that tell what a document is
_BUFFER = 64 * 1024  # small enough that the progress of one large file shows
_SPLIT = "write one article a line into a .jsonl file, which is read piece by piece"

BOMB = f"unpacks to more than {MOST_UNPACKED} times its size; unpack it yourself if you trust it"
NOT_TEXT = "is not text (it holds NUL bytes); UTF-16 text needs a byte order mark, other files do not belong here"

Stream: TypeAlias = "io.BufferedReader[Any] | gzip.GzipFile"  # both can be peeked into


class _CountedFile(io.FileIO):
    """A file that tells how many bytes were read of it, packed ones if it is packed."""

    def __init__(self, path: str, count: Callable[[int], None]) -> None:
        super().__init__(path)
        self._count = count

    def readinto(self, buffer: Any) -> int:
        number = super().readinto(buffer) or 0
        self._count(number)
        return number


@contextmanager
def open_document(document: Document, stdin: BinaryIO | None, count: Callable[[int], None]) -> Iterator[Stream]:
    """The unpacked bytes of a document. Raises OSError; standard input must be handed in and stays open.

    `count` is called with the number of bytes whenever some were read from disk.
    """
    if document.is_stdin:
        if stdin is None:
            raise DocumentError(document.name, "has no standard input to read; pipe JSON lines into the command")
        yield _peekable(stdin)
        return
    assert document.path is not None  # members come with their bytes
    with io.BufferedReader(cast(io.RawIOBase, _CountedFile(document.path, count)), _BUFFER) as stream:
        yield unpacked(document, stream)


def unpacked(document: Document, stream: BinaryIO | Stream) -> Stream:
    """The bytes of a document, unpacked if its name says that they are packed, or they themselves do."""
    stream = _peekable(stream)
    packing = packing_by_content(head_of(stream)) or packing_by_name(document.relative_path)
    if packing is None:
        return stream
    return counted(document, packing.unpack(stream)) if document.budget else packing.unpack(stream)


class _Counted(io.RawIOBase):
    """Bytes that are counted as they are unpacked."""

    def __init__(self, document: Document, source: BinaryIO, budget: Budget) -> None:
        self._document = document
        self._source = source
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._source.read(len(buffer))
        try:
            self._budget.spend(len(data))
        except Overspent:
            raise DocumentError(self._document.name, BOMB) from None
        buffer[: len(data)] = data
        return len(data)


class _Forward(io.RawIOBase):
    """Bytes of a source that cannot say whether it can go back: tarfile's of Python 3.11 raises AttributeError."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class Unbroken:
    """A stream for a library that would take packed bytes which break off for the end of them."""

    def __init__(self, document: Document, source: Stream) -> None:
        self._document = document
        self._source = source

    def read(self, size: int = -1) -> bytes:
        """Some bytes; what is whole comes before the error. Raises DocumentError."""
        try:
            return self._source.read1(size)
        except (EOFError, zlib.error) as error:
            raise DocumentError(self._document.name, f"breaks off ({error}); copy or download it again") from None


def forward(source: Any) -> io.BufferedReader[Any]:
    """The bytes of a source, to be read once and in order."""
    return io.BufferedReader(_Forward(source))


def counted(document: Document, source: Any) -> io.BufferedReader[Any]:
    """The bytes of a member, counted in the budget of the file that it lies in."""
    assert document.budget is not None  # or nothing was opened
    return io.BufferedReader(_Counted(document, source, document.budget))


def head_of(stream: Stream) -> bytes:
    """The first bytes, which stay to be read."""
    return stream.peek(_SAMPLE)[:_SAMPLE]


def _peekable(stream: BinaryIO | Stream) -> io.BufferedReader[Any]:
    """A stream that can be looked into; members of packed files and what other programs hand in may be none."""
    can_peek = hasattr(stream, "peek")
    return cast("io.BufferedReader[Any]", stream if can_peek else io.BufferedReader(cast(io.RawIOBase, stream)))


def read_whole(document: Document, stream: Stream, limit: int = MAX_RECORD_BYTES) -> bytes:
    """All bytes of a document that is text. Raises DocumentError if it is too large, empty or binary."""
    data = read_binary(document, stream, limit, _SPLIT)
    if is_binary(data):
        raise DocumentError(document.name, NOT_TEXT)
    return data


def read_binary(
    document: Document, stream: Stream, limit: int = MAX_ARRAY_BYTES, remedy: str = "split it and index the parts"
) -> bytes:
    """All bytes of a document of any kind. Raises DocumentError if it is too large or empty."""
    data = _at_most(limit + 1, stream)
    if len(data) > limit:
        raise DocumentError(document.name, f"is larger than {limit // MEBIBYTE} MiB; {remedy}")
    if not data.strip():
        raise DocumentError(document.name, "is empty; remove it or restore its text")
    return data


def seekable(document: Document, stream: Stream) -> BinaryIO:
    """The bytes of a document to go back and forth in: a file as it is, what is packed or a member in memory."""
    if isinstance(getattr(stream, "raw", None), _CountedFile):
        return cast(BinaryIO, stream)
    return io.BytesIO(read_binary(document, stream))


def bounded_pieces(document: Document, stream: Stream) -> Iterator[bytes]:
    """The bytes of a document piece by piece. Raises DocumentError if it unpacks to an absurd size."""
    unpacked_bytes = 0
    while piece := stream.read(MEBIBYTE):
        unpacked_bytes += len(piece)
        refuse_bomb(document, unpacked_bytes)
        yield piece


def _at_most(number: int, stream: Stream) -> bytes:
    """So many bytes, or all there are. To ask for them at once would take the memory for as many, however few come."""
    data = bytearray()
    while piece := stream.read(min(MEBIBYTE, number - len(data))):
        data += piece
    return bytes(data)


def read_lines(document: Document, stream: Stream) -> Iterator[tuple[int, str] | Problem]:
    """The numbered lines of a document, line ends of all systems, each line in its own encoding.

    A line longer than MAX_RECORD_BYTES becomes a problem and is passed over without being held.
    Raises DocumentError if the document is binary or unpacks to an absurd size.
    """
    sample = head_of(stream)
    if is_binary(sample):
        raise DocumentError(document.name, NOT_TEXT)
    codec = byte_order_mark(sample)
    wide = codec not in (None, "utf-8-sig")
    # Latin-1 maps every byte to one character and back: this splits bytes at all line ends, in C.
    text = io.TextIOWrapper(stream, encoding=codec if wide else "latin-1", errors="replace", newline=None)
    try:
        for number, line in _bounded_lines(document, text):
            if isinstance(line, Problem):
                yield line
            else:
                yield number, line if wide else decode(line.encode("latin-1"))
    finally:
        text.detach()  # or closing the wrapper would close standard input


def _bounded_lines(document: Document, text: io.TextIOWrapper) -> Iterator[tuple[int, str | Problem]]:
    number, unpacked = 0, 0
    while line := text.readline(MAX_RECORD_BYTES + 1):
        number += 1
        unpacked += len(line)
        if len(line.rstrip("\n")) > MAX_RECORD_BYTES:
            for skipped in _skip_rest(text, line):
                unpacked += skipped
                refuse_bomb(document, unpacked)
            message = f"is longer than {MAX_RECORD_BYTES // MEBIBYTE} MiB; put one article on a line"
            yield number, Problem(document.name, number, message)
        else:
            yield number, line
        refuse_bomb(document, unpacked)


def _skip_rest(text: io.TextIOWrapper, line: str) -> Iterator[int]:
    """Read on to the end of a line of which `line` is the beginning; how many characters at each step."""
    while line and not line.endswith("\n"):
        line = text.readline(MEBIBYTE)
        yield len(line)


def refuse_bomb(document: Document, unpacked: int) -> None:
    """Raise DocumentError if a file that is packed by itself has unpacked to so many bytes that it is a bomb."""
    if document.size and unpacked > max(4 * MAX_RECORD_BYTES, document.size * MOST_UNPACKED):
        raise DocumentError(document.name, BOMB)
