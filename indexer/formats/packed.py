"""Which documents lie in a ZIP or tar file? Each is read as if it lay in a folder; what they unpack to is bounded."""

from __future__ import annotations

import posixpath
import stat
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any, Self

from indexer.document import Document
from indexer.errors import DocumentError, Problem
from indexer.formats.foreign import sound
from indexer.formats.members import Member
from indexer.items import PassedOver
from indexer.streams import BOMB, Stream, counted, forward, seekable

_AGAIN = "unpack it yourself, or copy or download it again"
BROKEN_OFF = "is a packed file that breaks off; copy or download it again"
LINK, NO_FILE = "link in a packed file", "device or pipe in a packed file"  # kinds of what is passed over


def open_zip(document: Document, stream: Stream) -> Iterator[Member | Problem | PassedOver]:
    """The members of a ZIP file in its order, but for folders and hidden ones. Raises DocumentError if it is none."""
    with (
        sound(document, "ZIP file", _AGAIN),
        zipfile.ZipFile(seekable(document, stream)) as packed,
    ):
        yield from members_of(document, packed, [info for info in packed.infolist() if not is_hidden(_slashed(info))])


def members_of(
    document: Document, packed: zipfile.ZipFile, infos: Iterable[zipfile.ZipInfo], **known: Any
) -> Iterator[Member | Problem | PassedOver]:
    """Some of the members; `known` is what is known of all of them, as fields of Member."""
    document = document.opened()
    for info in infos:  # several may have one name
        if document.budget and document.budget.is_spent:  # of which a member told; all others would tell the same
            raise DocumentError(document.name, BOMB)
        if info.is_dir():
            continue
        member = document.member(_plain(_slashed(info)), info.file_size)
        if stat.S_ISLNK(info.external_attr >> 16):  # its bytes are where it leads to
            yield PassedOver(member.name, LINK)
            continue
        try:
            with sound(member, "member of a ZIP file", _AGAIN), packed.open(info) as source:
                yield Member(member, counted(member, source), **known)
        except DocumentError as error:  # a password, a way of packing that is not known, damage
            yield error.problem


def open_tar(document: Document, stream: Stream) -> Iterator[Member | Problem | PassedOver]:
    """The files in a tar file in its order, but for hidden ones. Raises DocumentError if it is none."""
    document = document.opened()
    source: Any = _Ending(document, counted(document, stream))
    with (
        sound(document, "tar file", _AGAIN),
        tarfile.open(fileobj=source, mode="r|", tarinfo=_StrictInfo) as packed,
    ):
        for info in packed:
            if info.isdir() or is_hidden(info.name):
                continue
            member = document.member(_plain(info.name), info.size)
            if not info.isfile():
                yield PassedOver(member.name, LINK if info.issym() or info.islnk() else NO_FILE)
            elif info.issparse():  # its holes are no bytes that could be counted, and may be any number
                yield Problem(member.name, None, "is packed with holes; pack it without --sparse")
            elif source := packed.extractfile(info):
                yield Member(member, forward(_Whole(member, source)))


class _Whole:
    """The bytes of a member of a tar file, of which a header says how many there are."""

    def __init__(self, member: Document, source: Any) -> None:
        self._member = member
        self._source = source

    def read(self, size: int) -> bytes:
        """Some of them. Raises DocumentError if the file breaks off before their end."""
        try:
            data: bytes = self._source.read(size)
        except tarfile.ReadError:
            raise DocumentError(self._member.name, BROKEN_OFF) from None
        return data


class _Ending:
    """The bytes of a tar file, of which the library may want more for ever: a header can tell any size."""

    def __init__(self, document: Document, source: Stream) -> None:
        self._document = document
        self._source = source
        self._ended = False

    def read(self, size: int) -> bytes:
        """Some of them, and none once at the end. Raises DocumentError from then on."""
        data = self._source.read(size)
        if not data and self._ended:
            raise DocumentError(self._document.name, BROKEN_OFF)
        self._ended = not data
        return data


class _StrictInfo(tarfile.TarInfo):
    """A header of a member; one that is damaged is no end of the file, which the library takes it for."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile_)
        except (tarfile.TruncatedHeaderError, tarfile.InvalidHeaderError) as error:  # type: ignore[attr-defined]  # not in the stubs
            raise tarfile.ReadError(str(error)) from None


def _slashed(info: zipfile.ZipInfo) -> str:
    """The path of a member; old programs of Windows part folders by a backslash."""
    return info.filename.replace("\\", "/")


def _plain(path: str) -> str:
    """The path of a member as if it were unpacked: `./a.txt`, `/a.txt` and `x/../a.txt` are a.txt."""
    return posixpath.normpath(path.lstrip("/"))


def is_hidden(path: str) -> bool:
    """Whether a member is hidden, or one of those that macOS adds to its packed files."""
    parts = (part for part in path.split("/") if part not in (".", ".."))  # `tar -c .` begins each name with ./
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
