"""Which documents are there to read? Walks the SOURCEs of the command line, reads none of them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexer.encodings import decode
from indexer.errors import Problem
from search.dates import NewsDate, parse_date

STDIN = "-"
FORMATS = {
    ".txt": "text",
    ".html": "page",
    ".htm": "page",
    ".jsonl": "records",
    ".ndjson": "records",
    ".json": "json",
}
_DAY = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d])")
KNOWN_SUFFIXES = f"{', '.join(FORMATS)}, or one of these followed by .gz"


@dataclass(frozen=True)
class Document:
    """One file to read, or standard input.

    `name` is what the report shows: the path as reachable from the given SOURCE, or "-".
    `relative_path` is the path below SOURCE with forward slashes; for a SOURCE that is a file, its name.
    `size` is the number of bytes on disk, 0 for standard input.
    """

    name: str
    path: Path | None
    relative_path: str
    size: int

    @cached_property  # many articles may ask for it
    def location(self) -> str:
        """Where it lies: the absolute path, or "-". This is what `Article.document` says."""
        return STDIN if self.path is None else _printable(os.path.abspath(self.path))

    @property
    def date(self) -> NewsDate | None:
        """The one calendar day in its name (1989-11-10-mauerfall.txt), None if there is none or several."""
        days = set(_DAY.findall(self.relative_path.rpartition("/")[2]))
        try:
            return parse_date(days.pop()) if len(days) == 1 else None
        except ValueError:
            return None

    @property
    def format(self) -> str:
        """One of the values of FORMATS; standard input brings records."""
        return FORMATS.get(_suffix(self.relative_path), "unknown") if self.path else "records"

    @property
    def compressed(self) -> bool:
        """Whether its name says that it is packed with gzip."""
        return self.path is not None and self.relative_path.lower().endswith(".gz")


def find_documents(sources: Sequence[str]) -> list[Document | Problem]:
    """All documents of the SOURCEs (files, folders, or "-"), folders walked recursively and sorted.

    Hidden files and folders and files of other formats are passed over in silence; a SOURCE that
    brings nothing is a problem. A file that is reached twice is listed once.
    """
    found: dict[str, Document | Problem] = {}
    for source in sources:
        for item in _from_source(source):
            found.setdefault(_identity(item), item)
    return list(found.values())


def _identity(item: Document | Problem) -> str:
    """Equal for the same file, however it was reached."""
    if isinstance(item, Problem):
        return f"problem {item}"
    return STDIN if item.path is None else os.path.realpath(item.path)


def _from_source(source: str) -> Iterator[Document | Problem]:
    path = Path(source)
    if source == STDIN:
        yield Document(STDIN, None, STDIN, 0)
    elif path.is_dir():
        yield from _from_folder(path)
    elif not path.exists():
        yield _problem(path, "does not exist; check the spelling of the path")
    elif _suffix(path.name) not in FORMATS:
        yield _problem(path, f"is of no known format; known are {KNOWN_SUFFIXES}")
    else:
        yield _document(path, path.name)


def _from_folder(folder: Path) -> Iterator[Document | Problem]:
    """The documents below a folder; one problem if there is nothing at all."""
    empty = True
    for path in _walk(folder):
        empty = False
        yield path if isinstance(path, Problem) else _readable(path, path.relative_to(folder).as_posix())
    if empty:
        yield _problem(folder, f"holds nothing to read; known are {KNOWN_SUFFIXES}")


def _walk(folder: Path) -> Iterator[Path | Problem]:
    """All visible files of known formats below `folder`, sorted by path, every real folder visited once."""
    visited: set[str] = set()
    waiting = [folder]
    while waiting:  # a stack of our own: folders may be nested deeper than Python may recurse
        path = waiting.pop()
        if not path.is_dir():
            yield path
        elif (real := os.path.realpath(path)) not in visited:
            visited.add(real)
            try:
                waiting += sorted(filter(_is_wanted, path.iterdir()), reverse=True)
            except OSError as error:
                yield _problem(path, f"cannot be listed ({error.strerror}); change its permissions and index it again")


def _is_wanted(path: Path) -> bool:
    return not path.name.startswith(".") and (_suffix(path.name) in FORMATS or path.is_dir())


def _readable(path: Path, relative_path: str) -> Document | Problem:
    """The document at `path`; pipes and the like are a problem because reading them could wait forever."""
    if path.is_file():
        return _document(path, relative_path)
    return _problem(path, "is not a file (or a link to a file that is gone); remove it or restore the file")


def _document(path: Path, relative_path: str) -> Document:
    try:
        size = path.stat().st_size
    except OSError:  # vanished in this moment: the reader says so, with the name
        size = 0
    return Document(_printable(str(path)), path, _printable(relative_path), size)


def _suffix(name: str) -> str:
    """The suffix that tells the format, in lower case, with .gz left out: `a.JSONL.gz` has `.jsonl`."""
    return Path(name.lower().removesuffix(".gz")).suffix


def _printable(path: str) -> str:
    """A path that can be shown and stored: names written in Latin-1 by an old system are decoded."""
    return decode(os.fsencode(path))


def _problem(path: Path, message: str) -> Problem:
    return Problem(_printable(str(path)), None, message)
