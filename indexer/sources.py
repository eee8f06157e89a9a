"""Which documents are there to read? Walks the SOURCEs of the command line, and reads none of them.

Only what has a name that says nothing is looked into, at its first bytes.
"""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.document import STDIN, Document, Mapping, printable
from indexer.errors import Problem, problem_of
from indexer.formats.recognition import format_by_name, format_of, kind_of, may_be_read
from indexer.formats.table import JSON, KNOWN_SUFFIXES, RECORDS, TABLE, TAR, ZIP, Format, installation
from indexer.items import PassedOver
from indexer.mapping import FILE, Mappings
from indexer.packings import FOREIGN_SUFFIXES
from indexer.streams import head_of, open_document
from search.store.id_table import IdTable

Found = Document | Problem | PassedOver
_NO_FILE = "is not a file (or a link to a file that is gone); remove it or restore the file"


def find_documents(sources: Sequence[str], mapping: Mapping = ()) -> Iterator[Found]:
    """All documents of the SOURCEs (files, folders, or "-"), folders walked recursively and sorted.

    Hidden files and folders are no documents. Files of a folder that are of no known format, or that take an extra
    which is not installed, are passed over; a SOURCE that brings nothing is a problem. A file that is reached twice
    is listed once. `mapping` goes before that of any `nachlese.toml`.
    """
    known = IdTable()
    for item in _all(sources, mapping):
        if (identity := _identity(item)) not in known:
            known.put(identity, 1)
            yield item


def _all(sources: Sequence[str], mapping: Mapping) -> Iterator[Found]:
    """What all SOURCEs bring, however often."""
    for source in sources:
        path = Path(source)
        mappings = Mappings(path.parent if _is_file(_state(path)) else path, mapping)
        for item in _from_source(source):
            if isinstance(item, Document):
                keys = mappings.of(Path(item.path).parent) if item.path else mapping
                item = replace(item, mapping=keys) if keys is not None else _without_keys(item)
            yield item
            yield from mappings.problems()


def _without_keys(document: Document) -> Found:
    """A document whose keys nobody knows, as the file that says them is broken: read only if it has none."""
    has_none = format_by_name(document.relative_path) not in (None, RECORDS, JSON, TABLE, ZIP, TAR)
    return document if has_none else PassedOver(document.name, f"document with keys that no sound {FILE} says")


def _identity(item: Found) -> str:
    """Equal for the same file, however it was reached."""
    if isinstance(item, Document):
        return STDIN if item.path is None else os.path.realpath(item.path)
    return f"no document {item}"


def _from_source(source: str) -> Iterator[Found]:
    path = Path(source)
    state = _state(path)
    if source == STDIN:
        yield Document(STDIN, None, STDIN, 0)
    elif isinstance(state, FileNotFoundError) and not path.is_symlink():
        yield _problem(path, "does not exist; check the spelling of the path")
    elif not isinstance(state, OSError) and stat.S_ISDIR(state.st_mode):
        yield from _from_folder(path)
    else:
        for item in _from_file(path, path.name, state):
            yield _refused(item) if isinstance(item, PassedOver) else item


def _refused(item: PassedOver) -> Problem:
    """The problem that somebody named what cannot be read."""
    if item.extra:
        return Problem(item.document, None, f"is read by packages that are not there; {installation(item.extra)}")
    if item.kind.endswith(FOREIGN_SUFFIXES):
        return Problem(item.document, None, "is packed in a way that is not read; unpack it")
    return Problem(item.document, None, f"is of no known format; known are {KNOWN_SUFFIXES}")


def _from_folder(folder: Path) -> Iterator[Found]:
    """What lies below a folder; one problem more if nothing of it can be read."""
    empty = True
    for path, state in _walk(folder):
        for item in _from_file(path, path.relative_to(folder).as_posix(), state):
            empty = empty and isinstance(item, PassedOver)
            yield item
    if empty:
        yield _problem(folder, f"holds nothing to read; known are {KNOWN_SUFFIXES}")


def _walk(folder: Path) -> Iterator[tuple[Path, os.stat_result | OSError]]:
    """All visible files below `folder` with their state, sorted by path, every real folder visited once."""
    visited: set[str] = set()
    waiting = [(folder, [""])]  # folders and names in them, the next one last; texts, as there may be very many
    while waiting:  # a stack of our own: folders may be nested deeper than Python may recurse
        around, names = waiting[-1]
        if not names:
            waiting.pop()
            continue
        path = around / names.pop()
        state = _state(path)
        if isinstance(state, OSError) or not stat.S_ISDIR(state.st_mode):
            yield path, state
        elif (real := os.path.realpath(path)) not in visited:
            visited.add(real)
            try:
                visible = (each.name for each in path.iterdir() if not each.name.startswith("."))
                waiting.append((path, sorted(visible, reverse=True)))
            except OSError as error:
                yield path, error


def _state(path: Path) -> os.stat_result | OSError:
    """What the system says of a path, or against it: a folder that may not be entered, a name that is too long."""
    try:
        return path.stat()
    except OSError as error:
        return error


def _is_file(state: os.stat_result | OSError) -> bool:
    return not isinstance(state, OSError) and stat.S_ISREG(state.st_mode)


def _from_file(path: Path, relative_path: str, state: os.stat_result | OSError) -> Iterator[Found]:
    """The document at `path`; pipes and the like are a problem because reading them could wait forever."""
    name = printable(str(path))
    if path.name == FILE:
        return
    if not may_be_read(path.name):
        yield PassedOver(name, kind_of(path.name))
    elif isinstance(state, OSError) and not isinstance(state, FileNotFoundError):
        yield problem_of(state, name)
    elif isinstance(state, OSError) or not _is_file(state):
        yield _problem(path, _NO_FILE)
    else:
        document = Document(name, str(path), printable(relative_path), state.st_size)
        yield _readable(document, format_by_name(path.name)) if format_by_name(path.name) else _looked_into(document)


def _looked_into(document: Document) -> Found:
    """A document whose name says nothing, as its first bytes say."""
    try:
        with open_document(document, None, lambda _number: None) as stream:
            return _readable(document, format_of(document.relative_path, head_of(stream)))
    except (OSError, EOFError, zlib.error) as error:
        return problem_of(error, document.name)


def _readable(document: Document, format: Format | None) -> Found:
    if format is None:
        return PassedOver(document.name, kind_of(document.relative_path))
    if not format.is_installed:
        return PassedOver(document.name, kind_of(document.relative_path), format.extra)
    return document


def _problem(path: Path, message: str) -> Problem:
    return Problem(printable(str(path)), None, message)
