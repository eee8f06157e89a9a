"""How are single files packed? With gzip, bzip2 or xz, which are read as what they hold; other ways are only told."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeAlias

_PIECE = 64 * 1024  # packed bytes that are read at once
_MOST_MEMORY = 192 * 1024 * 1024  # bytes that unpacking may take; `xz -9` takes 65 MiB, a header may ask for 4 GiB

Packed: TypeAlias = "io.BufferedReader[Any]"


@dataclass(frozen=True, slots=True)
class Packing:
    """A way to pack one file: what stands behind its name, what it begins with, and what unpacks it.

    `tars` are the suffixes of tar files that are packed so.
    """

    suffix: str
    tars: tuple[str, ...]
    magic: re.Pattern[bytes]
    unpack: Callable[[Packed], Packed | gzip.GzipFile]


class _Decompressor(Protocol):
    """What bz2 and lzma make for each of the streams that a file may consist of."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Unpacked(io.RawIOBase):
    """The bytes that one packed stream holds, or several behind each other.

    Raises OSError if they are damaged, EOFError if they break off. What the standard library has for it takes whatever
    memory a file asks for.
    """

    def __init__(self, source: Packed, start: Callable[[], _Decompressor]) -> None:
        self._source = source
        self._start = start
        self._current = start()
        self._unread = b""  # packed bytes of the stream that begins

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not (data := self._some(len(buffer))):
            if self._current.eof and not self._goes_on():
                return 0
        buffer[: len(data)] = data
        return len(data)

    def _some(self, most: int) -> bytes:
        """Some bytes; none if the stream has ended, or gives none yet."""
        packed = b""
        if self._current.eof:
            return b""
        if self._current.needs_input:
            packed, self._unread = self._unread or self._source.read(_PIECE), b""
            if not packed:
                raise EOFError("the end is missing")
        try:
            return self._current.decompress(packed, most)
        except lzma.LZMAError as error:
            raise OSError(str(error)) from None

    def _goes_on(self) -> bool:
        """Whether another stream begins behind the end of one; there may be zeros between them."""
        rest = self._current.unused_data.lstrip(b"\0")
        while not rest and (piece := self._source.read(_PIECE)):
            rest = piece.lstrip(b"\0")
        self._unread = rest
        if rest:
            self._current = self._start()
        return bool(rest)


def _with(start: Callable[[], _Decompressor]) -> Callable[[Packed], Packed]:
    return lambda source: io.BufferedReader(_Unpacked(source, start), _PIECE)


PACKINGS = (
    Packing(".gz", (".tgz",), re.compile(rb"\x1f\x8b"), lambda source: gzip.GzipFile(fileobj=source)),
    Packing(".bz2", (".tbz2", ".tbz"), re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), _with(bz2.BZ2Decompressor)),
    Packing(".xz", (".txz",), re.compile(rb"\xfd7zXZ\0"), _with(partial(lzma.LZMADecompressor, memlimit=_MOST_MEMORY))),
)
SUFFIXES = tuple(packing.suffix for packing in PACKINGS)
TARS = tuple(suffix for packing in PACKINGS for suffix in packing.tars)
# Begin files that are packed in ways which the standard library does not know: 7-Zip, RAR and Zstandard.
FOREIGN = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd")
FOREIGN_SUFFIXES = (".7z", ".rar", ".zst")


def packing_by_name(name: str) -> Packing | None:
    """The way in which a document of such a name is packed, in any case; None if it does not say that it is."""
    name = name.lower()
    return next((each for each in PACKINGS if name.endswith((each.suffix, *each.tars))), None)


def packing_by_content(head: bytes) -> Packing | None:
    """The way in which what begins with these bytes is packed."""
    return next((each for each in PACKINGS if each.magic.match(head)), None)
