"""Which documents a SOURCE brings."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from indexer import Document, PassedOver, Problem, find_documents
from tests.reading.sample import written


def names(found: Iterable[Document | Problem | PassedOver]) -> list[str]:
    """What is read by its path, what cannot be with a !, what is passed over with a -."""
    signs = {Problem: "! ", PassedOver: "- "}
    return [item.relative_path if isinstance(item, Document) else f"{signs[type(item)]}{item}" for item in found]


def kinds(found: Iterable[Document | Problem | PassedOver]) -> list[str]:
    """The kinds of what is passed over."""
    return [item.kind for item in found if isinstance(item, PassedOver)]


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """All known formats below a folder are found, sorted by their path."""
    for name in ("b.txt", "a/z.html", "a/b.htm", "c.jsonl.gz", "d.NDJSON", "e.json", "a.d/x.txt.gz"):
        written(tmp_path, name, "x")
    found = list(find_documents([str(tmp_path)]))
    assert names(found) == ["a/b.htm", "a/z.html", "a.d/x.txt.gz", "b.txt", "c.jsonl.gz", "d.NDJSON", "e.json"]


def test_names_begin_with_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is named as it can be reached from where the command was called."""
    written(tmp_path, "archiv/2024/a.txt", "Wort")
    monkeypatch.chdir(tmp_path)
    (found,) = find_documents(["archiv"])
    assert isinstance(found, Document)
    assert found.name == str(Path("archiv/2024/a.txt"))
    assert (found.relative_path, found.size, found.location) == ("2024/a.txt", 4, str(tmp_path / "archiv/2024/a.txt"))


@pytest.mark.parametrize("name", [".versteckt.txt", ".git/a.txt"])
def test_hidden_files_are_no_documents(tmp_path: Path, name: str) -> None:
    """Hidden files and folders are neither read nor counted."""
    written(tmp_path, name, "x")
    written(tmp_path, "a.txt", "x")
    assert names(find_documents([str(tmp_path)])) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("bild.PNG", ".png"), ("README.md", ".md"), ("README", "without a suffix"), ("a.txt.bak", ".bak"),
     ("a.gz", "without a suffix.gz"), ("seite.php?id=3", ".php")],
)  # fmt: skip
def test_other_files_are_passed_over_by_kind(tmp_path: Path, name: str, kind: str) -> None:
    """What neither its name nor its first bytes make a document of ours is passed over, and its kind is told."""
    written(tmp_path, name, "x")
    written(tmp_path, "a.txt", "x")
    found = list(find_documents([str(tmp_path)]))
    assert (len(found), kinds(found)) == (2, [kind])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("seite", "<!DOCTYPE html><title>Titel</title><p>Text."),
        ("seite.php?id=3", '<?xml version="1.0"?><!-- von selbst --><html><p>Text.'),
        ("seite.html?id=3", "x"),
        ("export.dump", '{"id": "1", "body": "Text."}\n{"id": "2", "body": "Text."}\n'),
        ("export.dump.gz", '{"id": "1", "body": "Text."}'),
    ],
)
def test_content_tells_what_a_name_does_not(tmp_path: Path, name: str, content: str) -> None:
    """A document whose name says no format is read if its first bytes do; a query in a name hides no suffix."""
    written(tmp_path, name, content)
    assert names(find_documents([str(tmp_path)])) == [name]


def test_a_hidden_source_is_read(tmp_path: Path) -> None:
    """A folder that is named as SOURCE is read even if it is hidden."""
    written(tmp_path, ".archiv/a.txt", "x")
    assert names(find_documents([str(tmp_path / ".archiv")])) == ["a.txt"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("fehlt", "does not exist"),
        ("leer", "holds nothing to read; known are .txt, .html, .htm, "),
        ("a.xyz", "is of no known format; known are .txt, .html"),
    ],
)
def test_a_source_that_brings_nothing_is_a_problem(tmp_path: Path, source: str, message: str) -> None:
    """Whoever names something unreadable is told so, with what could be read."""
    (tmp_path / "leer").mkdir()
    written(tmp_path, "a.xyz", "x")
    (problem,) = find_documents([str(tmp_path / source)])
    assert isinstance(problem, Problem)
    assert problem.document == str(tmp_path / source)
    assert message in problem.message


def test_a_file_is_listed_once(tmp_path: Path) -> None:
    """A file that several SOURCEs reach is read once."""
    path = written(tmp_path, "a.txt", "x")
    assert len(list(find_documents([str(tmp_path), str(path), str(tmp_path), "-", "-"]))) == 2


def test_links_may_run_in_circles(tmp_path: Path) -> None:
    """A folder that is linked into itself is walked once."""
    written(tmp_path, "unten/a.txt", "x")
    (tmp_path / "unten" / "oben").symlink_to(tmp_path)
    assert names(find_documents([str(tmp_path)])) == ["unten/a.txt"]


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    """A dangling link and a pipe with the name of a document are reported, not waited for."""
    (tmp_path / "link.txt").symlink_to(tmp_path / "weg.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = list(find_documents([str(tmp_path)]))
    assert [isinstance(item, Problem) for item in found] == [True, True]
    assert "link.txt: is not a file" in str(found[0])


def test_names_in_old_encodings_can_be_shown(tmp_path: Path) -> None:
    """A file name that is not UTF-8 is decoded, so that it can be printed and stored."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/M\xfcller.txt")).write_bytes(b"x")
    (found,) = find_documents([str(tmp_path)])
    assert isinstance(found, Document)
    assert found.relative_path == "Müller.txt"
    assert found.location.encode().decode().endswith("Müller.txt")


def test_standard_input_is_a_document() -> None:
    """The SOURCE "-" is standard input."""
    assert list(find_documents(["-"])) == [Document("-", None, "-", 0)]
