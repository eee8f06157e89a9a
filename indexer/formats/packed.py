"""Which documents lie in a ZIP or tar file? Each is read as if it lay in a folder; what they unpack to is bounded."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

from indexer.document import Document
from indexer.errors import DocumentError, Problem
from indexer.formats.foreign import sound
from indexer.formats.members import Member
from indexer.streams import MEBIBYTE, Stream, seekable

_MOST_UNPACKED = 200  # times the size of the file, as of .gz
_LEAST = 64 * MEBIBYTE  # that may come of a small file
_AGAIN = "unpack it yourself, or copy or download it again"


class _Budget:
    """How many bytes more may be unpacked."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._left = max(_LEAST, document.size * _MOST_UNPACKED)

    def spend(self, number: int) -> None:
        """Count unpacked bytes. Raises DocumentError if they are too many."""
        self._left -= number
        if self._left < 0:
            message = f"unpacks to more than {_MOST_UNPACKED} times its size; unpack it yourself if you trust it"
            raise DocumentError(self._document.name, message)


class _Counted(io.RawIOBase):
    """The bytes of a member, counted as they are unpacked."""

    def __init__(self, source: IO[bytes], budget: _Budget) -> None:
        self._source = source
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._source.read(len(buffer))
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def open_zip(document: Document, stream: Stream) -> Iterator[Member | Problem]:
    """The members of a ZIP file in its order, but for folders and hidden ones. Raises DocumentError if it is none."""
    with (
        sound(document, "ZIP file", _AGAIN),
        zipfile.ZipFile(seekable(document, stream)) as packed,
    ):
        yield from members_of(document, packed, [name for name in packed.namelist() if not is_hidden(name)])


def members_of(
    document: Document, packed: zipfile.ZipFile, names: Iterable[str], **known: Any
) -> Iterator[Member | Problem]:
    """The members of these names; `known` is what is known of all of them, as fields of Member."""
    budget = _Budget(document)
    for name in names:
        budget.spend(0)  # a member that took too much was told of; the others would, too
        info = packed.getinfo(name)
        if info.is_dir():
            continue
        member = document.member(name, info.file_size)
        try:
            with sound(member, "member of a ZIP file", _AGAIN), packed.open(info) as source:
                yield Member(member, io.BufferedReader(_Counted(source, budget)), **known)
        except DocumentError as error:  # a password, a way of packing that is not known, damage
            yield error.problem


def open_tar(document: Document, stream: Stream) -> Iterator[Member]:
    """The files in a tar file in its order, but for hidden ones. Raises DocumentError if it is none."""
    budget = _Budget(document)
    counted = io.BufferedReader(_Counted(cast(IO[bytes], stream), budget))
    with (
        sound(document, "tar file", _AGAIN),
        tarfile.open(fileobj=counted, mode="r|") as packed,
    ):
        for info in packed:
            if info.isfile() and not is_hidden(info.name) and (source := packed.extractfile(info)):
                yield Member(document.member(info.name, info.size), io.BufferedReader(cast(io.RawIOBase, source)))


def is_hidden(path: str) -> bool:
    """Whether a member is hidden, or one of those that macOS adds to its packed files."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.split("/"))
