"""Which documents lie in a ZIP or tar file? Each is read as if it lay in a folder; what they unpack to is bounded."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from indexer.document import Document
from indexer.errors import DocumentError, Problem
from indexer.formats.foreign import sound
from indexer.formats.members import Member
from indexer.streams import BOMB, Stream, counted, forward, seekable

_AGAIN = "unpack it yourself, or copy or download it again"


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
    document = document.opened()
    for name in names:
        if document.budget and document.budget.is_spent:  # of which a member told; all others would tell the same
            raise DocumentError(document.name, BOMB)
        info = packed.getinfo(name)
        if info.is_dir():
            continue
        member = document.member(name, info.file_size)
        try:
            with sound(member, "member of a ZIP file", _AGAIN), packed.open(info) as source:
                yield Member(member, counted(member, source), **known)
        except DocumentError as error:  # a password, a way of packing that is not known, damage
            yield error.problem


def open_tar(document: Document, stream: Stream) -> Iterator[Member | Problem]:
    """The files in a tar file in its order, but for hidden ones. Raises DocumentError if it is none."""
    document = document.opened()
    with (
        sound(document, "tar file", _AGAIN),
        tarfile.open(fileobj=counted(document, stream), mode="r|") as packed,
    ):
        for info in packed:
            if not info.isfile() or is_hidden(info.name):
                continue
            member = document.member(info.name, info.size)
            if info.issparse():  # its holes are no bytes that could be counted, and may be any number
                yield Problem(member.name, None, "is packed with holes; pack it without --sparse")
            elif source := packed.extractfile(info):
                yield Member(member, forward(source))


def is_hidden(path: str) -> bool:
    """Whether a member is hidden, or one of those that macOS adds to its packed files."""
    parts = (part for part in path.split("/") if part not in (".", ".."))  # `tar -c .` begins each name with ./
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)
