"""Files that are too large, damaged, gone or no text at all."""

from __future__ import annotations

import gzip
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from indexer import Document, read_document
from indexer.errors import OutOfMemory
from indexer.streams import MAX_RECORD_BYTES
from tests.reading.sample import articles, document, line, problems, read, read_text, the_article, the_problem, written

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" + bytes(range(256)) * 40


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.json", "a.txt.gz", "a.jsonl.gz"])
@pytest.mark.parametrize(("content", "message"), [(PNG, "is not text (it holds NUL bytes)"), (b"", "is empty")])
def test_what_holds_no_text_is_one_problem(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """A picture or an empty file with the name of a document is one line in the report."""
    problem = the_problem(read_text(tmp_path, name, content))
    assert message in problem.message
    assert problem.document == str(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["a.txt.gz", "a.html.gz", "a.json.gz", "a.jsonl.gz", "a.htm.gz", "a.txt.bz2", "a.jsonl.xz"]
)
def test_packed_documents_are_read(tmp_path: Path, name: str) -> None:
    """Every format may be packed with gzip, bzip2 or xz."""
    content = '{"body": "Ein Satz hier."}' if "json" in name else "Titel\n\n<p>Ein Satz hier.</p>"
    assert "Ein Satz hier." in the_article(read_text(tmp_path, name, content)).body


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    """A line beyond the limit is one problem, its neighbours are read, and it is never held as a whole."""
    content = line(body="davor") + line(body="x" * (3 * MAX_RECORD_BYTES)) + line(body="danach")
    path = written(tmp_path, "a.jsonl", content)
    tracemalloc.start()
    found = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [article.body for article in articles(found)] == ["davor", "danach"]
    assert [str(problem) for problem in problems(found)] == [
        f"{path}, line 2: is longer than 16 MiB; put one article on a line"
    ]
    assert peak < 3 * MAX_RECORD_BYTES


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.txt.gz"])
def test_a_document_that_is_too_large_is_a_problem(tmp_path: Path, name: str) -> None:
    """A text or page beyond the limit, also one that unpacks to that size, is one line in the report."""
    problem = the_problem(read_text(tmp_path, name, b"a " * (MAX_RECORD_BYTES // 2 + 1)))
    assert "is larger than 16 MiB; write one article a line into a .jsonl file" in problem.message


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A small file of millions of empty lines is given up early."""
    problem = the_problem(read_text(tmp_path, "a.jsonl.gz", (b" " * 1_000_000 + b"\n") * 70))
    assert "unpacks to more than 200 times its size" in problem.message


def test_records_before_a_truncation_stay(tmp_path: Path) -> None:
    """Of a gzip file that breaks off, what came before is read, and the report says where it ended."""
    lines = "".join(line(id=number, body=f"Artikel {number * 7919}") for number in range(20_000))
    path = written(tmp_path, "a.jsonl.gz", lines)
    path.write_bytes(path.read_bytes()[:-5000])
    found = read(path)
    assert 1000 < len(articles(found)) < 20_000
    assert [article.id for article in articles(found)] == [str(number) for number in range(len(articles(found)))]
    assert str(problems(found)[-1]) == f"{path}: is a packed file that breaks off; copy or download it again"


DAMAGED = [
    (b"kein gzip, nur Text", "is not a sound packed file"),
    (gzip.compress(b"x" * 1000)[:-8] + b"\0" * 8, "is not a sound packed file"),
    (gzip.compress(b"Titel\n\nText. " * 99)[:10] + b"\xff" * 60, "is a damaged gzip file"),
    (gzip.compress(b"Titel\n\nText.")[:-9], "is a packed file that breaks off"),
]


@pytest.mark.parametrize(("data", "message"), DAMAGED, ids=[message for _, message in DAMAGED])
@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz"])
def test_a_damaged_gzip_file_is_a_problem(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """Damage to a packed file is reported in words, not as a traceback."""
    path = tmp_path / name
    path.write_bytes(data)
    assert message in problems(read(path))[-1].message


def test_a_file_that_vanished_is_a_problem(tmp_path: Path) -> None:
    """A file that is deleted between listing and reading is named."""
    path = written(tmp_path, "a.txt", "Titel\n\nText.")
    listed = document(path)
    path.unlink()
    assert "has vanished since the folder was listed" in the_problem(list(read_document(listed))).message


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    """A folder in the place of a document is named."""
    (tmp_path / "x.txt").mkdir()
    folder = Document("x.txt", str(tmp_path / "x.txt"), "x.txt", 0)
    assert "is a folder, not a file" in the_problem(list(read_document(folder))).message


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (PermissionError(13, "Permission denied"), "may not be read by this user"),
        (OSError(5, "Input/output error"), "cannot be read (Input/output error)"),
        (ZeroDivisionError("so etwas"), "an unforeseen ZeroDivisionError (so etwas); please report it"),
    ],
)
def test_no_error_escapes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str) -> None:
    """Whatever the system or a reader raises is one line in the report that names the file.

    The errors are raised by hand: tests often run as root, who may read what nobody may.
    """

    def fail(*_: Any) -> None:
        raise error

    path = written(tmp_path, "a.txt", "Titel\n\nText.")
    monkeypatch.setattr("indexer.readers.open_document", fail)
    problem = the_problem(read(path))
    assert message in problem.message
    assert problem.document == str(path)


def test_memory_that_is_missing_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A huge document without memory is a problem; if an ordinary one finds none, nothing can be read."""

    def fail(*_: Any) -> None:
        raise MemoryError

    path = written(tmp_path, "a.txt", "Titel\n\nText.")
    monkeypatch.setattr("indexer.readers.open_document", fail)
    with pytest.raises(OutOfMemory, match="memory that this process may use is not enough"):
        read(path)
    huge = Document("b.txt", str(path), "b.txt", 1_000_000)
    assert "needs more memory than this process may use" in the_problem(list(read_document(huge))).message


def test_a_problem_is_one_line() -> None:
    """Line breaks in file names do not break the report."""
    broken = Document("a\nb.xyz", "a\nb.xyz", "a\nb.xyz", 0)
    assert "\n" not in str(the_problem(list(read_document(broken))))
