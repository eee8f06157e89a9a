"""Which documents a SOURCE brings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer import Document, Problem, find_documents
from tests.reading.sample import written


def names(found: list[Document | Problem]) -> list[str]:
    return [item.relative_path if isinstance(item, Document) else f"! {item}" for item in found]


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """All known formats below a folder are found, sorted by their path."""
    for name in ("b.txt", "a/z.html", "a/b.htm", "c.jsonl.gz", "d.NDJSON", "e.json", "a.d/x.txt.gz"):
        written(tmp_path, name, "x")
    found = find_documents([str(tmp_path)])
    assert names(found) == ["a/b.htm", "a/z.html", "a.d/x.txt.gz", "b.txt", "c.jsonl.gz", "d.NDJSON", "e.json"]


def test_names_begin_with_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is named as it can be reached from where the command was called."""
    written(tmp_path, "archiv/2024/a.txt", "Wort")
    monkeypatch.chdir(tmp_path)
    (found,) = find_documents(["archiv"])
    assert isinstance(found, Document)
    assert found.name == str(Path("archiv/2024/a.txt"))
    assert (found.relative_path, found.size, found.location) == ("2024/a.txt", 4, str(tmp_path / "archiv/2024/a.txt"))


@pytest.mark.parametrize(
    "name", [".versteckt.txt", ".git/a.txt", "bild.png", "README.md", "README", "a.txt.bak", "a.gz", ".txt"]
)
def test_other_files_are_passed_over(tmp_path: Path, name: str) -> None:
    """Hidden files and files of other formats in a folder are no documents."""
    written(tmp_path, name, "x")
    written(tmp_path, "a.txt", "x")
    assert names(find_documents([str(tmp_path)])) == ["a.txt"]


def test_a_hidden_source_is_read(tmp_path: Path) -> None:
    """A folder that is named as SOURCE is read even if it is hidden."""
    written(tmp_path, ".archiv/a.txt", "x")
    assert names(find_documents([str(tmp_path / ".archiv")])) == ["a.txt"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("fehlt", "does not exist"),
        ("leer", "holds nothing to read; known are .txt, .html, .htm, .jsonl, .ndjson, .json"),
        ("a.pdf", "is of no known format; known are .txt, .html"),
    ],
)
def test_a_source_that_brings_nothing_is_a_problem(tmp_path: Path, source: str, message: str) -> None:
    """Whoever names something unreadable is told so, with what could be read."""
    (tmp_path / "leer").mkdir()
    written(tmp_path, "a.pdf", "x")
    (problem,) = find_documents([str(tmp_path / source)])
    assert isinstance(problem, Problem)
    assert problem.document == str(tmp_path / source)
    assert message in problem.message


def test_a_file_is_listed_once(tmp_path: Path) -> None:
    """A file that several SOURCEs reach is read once."""
    path = written(tmp_path, "a.txt", "x")
    assert len(find_documents([str(tmp_path), str(path), str(tmp_path), "-", "-"])) == 2


def test_links_may_run_in_circles(tmp_path: Path) -> None:
    """A folder that is linked into itself is walked once."""
    written(tmp_path, "unten/a.txt", "x")
    (tmp_path / "unten" / "oben").symlink_to(tmp_path)
    assert names(find_documents([str(tmp_path)])) == ["unten/a.txt"]


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    """A dangling link and a pipe with the name of a document are reported, not waited for."""
    (tmp_path / "link.txt").symlink_to(tmp_path / "weg.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = find_documents([str(tmp_path)])
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
    assert find_documents(["-"]) == [Document("-", None, "-", 0)]
