"""Documents made for a test, and what reading them yields."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from pathlib import Path
from typing import Any

from indexer import Document, Problem, find_documents, read_document
from search import Article


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """A file with this content; text is written as UTF-8, a name that ends in .gz, .bz2 or .xz packs it."""
    data = content.encode() if isinstance(content, str) else content
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pack = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}.get(path.suffix, bytes)
    path.write_bytes(pack(data))
    return path


def document(path: Path) -> Document:
    """The one document that a file is."""
    (found,) = find_documents([str(path)])
    assert isinstance(found, Document)
    return found


def read(path: Path) -> list[Article | Problem]:
    """All that a file yields."""
    return list(read_document(document(path)))


def read_text(folder: Path, name: str, content: str | bytes) -> list[Article | Problem]:
    """All that a file with this name and content yields."""
    return read(written(folder, name, content))


def read_stdin(data: bytes) -> list[Article | Problem]:
    """All that standard input yields."""
    return list(read_document(Document("-", None, "-", 0), io.BytesIO(data)))


def the_article(items: list[Article | Problem]) -> Article:
    """The only article, when there is nothing to complain about."""
    (article,) = items
    assert isinstance(article, Article), str(article)
    return article


def the_problem(items: list[Article | Problem]) -> Problem:
    """The only problem, when nothing else was found."""
    (problem,) = items
    assert isinstance(problem, Problem), problem
    return problem


def articles(items: list[Article | Problem]) -> list[Article]:
    """The articles among what was read."""
    return [item for item in items if isinstance(item, Article)]


def problems(items: list[Article | Problem]) -> list[Problem]:
    """The problems among what was read."""
    return [item for item in items if isinstance(item, Problem)]


def line(**record: Any) -> str:
    """A JSON record as a line, umlauts as they are."""
    return json.dumps(record, ensure_ascii=False) + "\n"
