"""The documents of a run."""

from __future__ import annotations

import os
import tracemalloc
from dataclasses import replace
from pathlib import Path

from indexer import Document, find_documents
from indexer.documents import Documents
from tests.reading.sample import written


def documents_of(*sources: str) -> tuple[list[Document], Documents]:
    """What SOURCEs bring, as objects and as a run has it."""
    found = [item for item in find_documents(sources) if isinstance(item, Document)]
    kept = Documents()
    for document in found:
        kept.append(document)
    return found, kept


def test_documents_are_what_was_found(tmp_path: Path) -> None:
    """Names and folders of all kinds, files that are SOURCEs, mappings and standard input come back as they went in."""
    for name in ("a/ä.txt", "a/b/c.jsonl", "d.html", "a/x?id=3.html"):
        written(tmp_path, name, '{"body": "x"}')
    written(tmp_path, "d/e.json", "{}")
    written(tmp_path, "d/nachlese.toml", '[map]\nbody = "langtext"\n')
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a/M\xfcnchen.txt")).write_bytes(b"x")
    found, kept = documents_of(str(tmp_path), str(tmp_path / "a"), str(tmp_path / "d.html"), "-")
    assert len(found) == 7
    assert list(kept) == found
    assert kept[2:5] == found[2:5]
    assert kept.bytes == sum(document.size for document in found)
    assert {document.mapping for document in kept} == {(), (("body", "langtext"),)}


def test_many_documents_take_little_memory() -> None:
    """A document takes some twenty bytes and its path."""
    kept, first = Documents(), Document("/s/1.txt", "/s/1.txt", "1.txt", 9)
    tracemalloc.start()
    for number in range(20_000):
        below = f"ordner-{number % 200}/{number}.txt"
        kept.append(replace(first, name=f"/s/{below}", path=f"/s/{below}", relative_path=below))
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert memory < 20_000 * 60
    assert kept[19_999].name == "/s/ordner-199/19999.txt"
