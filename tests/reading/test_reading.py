"""Documents are read in order, here or in workers, and once if they stay as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer import Document, Problem, find_documents, read_document, reading
from indexer.ledger import MOST_ARTICLES, Contents, Ledger, Reading
from indexer.reading import read_all
from search import Article
from tests.formats import made
from tests.reading.sample import line, written


def documents(folder: Path) -> list[Document]:
    return [item for item in find_documents([str(folder)]) if isinstance(item, Document)]


def outcomes(
    found: Sequence[Document], jobs: int, known: frozenset[str] = frozenset()
) -> list[tuple[int, list[str] | None]]:
    """The place of each document and what came of it, articles by their id; None for what is known."""
    counted: list[int] = []
    told = [
        (place, None if items is None else [item.id if isinstance(item, Article) else str(item) for item in items])
        for place, items in read_all(found, lambda each: each.relative_path in known, None, counted.append, jobs)
    ]
    assert sum(counted) >= sum(document.size for document in found if not document.compressed)
    return told


def test_workers_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever process reads a document, what comes of all of them is the same, in the order of the documents."""
    monkeypatch.setattr(reading, "MOST_BYTES", 400)
    for name in ("a.txt", "c.txt", "x.txt"):
        written(tmp_path, name, f"Titel {name}\n\nEin Text.\n")
    written(tmp_path, "b.html", made.PAGE)
    written(tmp_path, "d.jsonl", "".join(line(id=f"d{n}", body="Wort " * 9) for n in range(20)))
    written(
        tmp_path,
        "e.zip",
        made.zipped({"1.txt": made.TEXT, "leer.txt": b"", "2.jsonl": line(id="z", body="W").encode()}),
    )
    written(tmp_path, "f.txt", "")
    written(tmp_path, "g.zip", b"PK\x03\x04 kaputt")
    written(tmp_path, "h.warc", made.warc({"https://a.example/1": ("200", "text/html", made.PAGE)}))
    written(tmp_path, "i.tar.gz", made.tarred({".versteckt.txt": made.TEXT}))
    found = documents(tmp_path)
    alone = outcomes(found, 1, frozenset({"c.txt"}))
    assert outcomes(found, 2, frozenset({"c.txt"})) == alone
    assert [place for place, _ in alone] == list(range(len(found)))
    assert alone[2] == (2, None)
    assert sum(len(items or ()) for _, items in alone) == 30


def test_what_holds_much_is_read_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that unpacks to more than a worker hands over is read piece by piece; nothing of it is lost."""
    monkeypatch.setattr(reading, "MOST_CHARACTERS", 10)
    written(tmp_path, "a.txt", made.zipped({f"{n}.txt": made.TEXT for n in range(9)}))
    (document,) = documents(tmp_path)
    assert reading._read(reading._Part(0, document)).is_much
    assert len(list(read_document(document))) == 9


def test_the_ledger_knows_what_bytes_held(tmp_path: Path) -> None:
    """A document of the same bytes, name and mapping holds the same; any other has to be read."""
    path = written(tmp_path, "a.txt", "Titel\n\nText.\n")
    (document,) = documents(tmp_path)
    contents = Contents((("a.txt", "f"),), ("w",), ((".png", "", 2),))
    ledger = Ledger(tmp_path, anew=False)
    assert ledger.contents(document) is None
    ledger.note(document, Reading([("a.txt", "f")], ["w"], {(".png", ""): 2}))
    ledger.close()
    ledger = Ledger(tmp_path, anew=False)
    assert ledger.contents(document) == contents
    assert ledger.withdrawn() == {"w"}
    assert ledger.contents(Document(document.name, str(path), "b/a.txt", 1)) is None
    assert ledger.contents(Document(document.name, str(path), "a.txt", 1, (("body", "text"),))) is None
    path.write_text("Titel\n\nAnderer Text.\n")
    assert ledger.contents(document) is None
    path.unlink()
    assert (ledger.contents(document), ledger.withdrawn()) == (None, set())
    ledger.close()


def test_code_and_settings_are_part_of_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another setting or another library, documents have to be read again."""
    written(tmp_path, "a.txt", "Titel\n\nText.\n")
    (document,) = documents(tmp_path)
    ledger = Ledger(tmp_path, anew=False)
    ledger.contents(document)
    ledger.note(document, Reading())
    ledger.close()
    monkeypatch.setenv("NACHLESE_SAME_ADDRESS", "www")
    assert Ledger(tmp_path, anew=False).contents(document) is None
    monkeypatch.delenv("NACHLESE_SAME_ADDRESS")
    monkeypatch.setattr("indexer.ledger.version", lambda name: f"{name} 99")
    assert Ledger(tmp_path, anew=False).contents(document) is None


def test_a_damaged_ledger_is_begun_anew(tmp_path: Path) -> None:
    """What is no ledger costs its knowledge, and nothing else."""
    written(tmp_path, "a.txt", "Titel\n\nText.\n")
    (document,) = documents(tmp_path)
    (tmp_path / "documents.sqlite").write_bytes(b"keine Datenbank, nur Text " * 99)
    for _ in range(2):
        ledger = Ledger(tmp_path, anew=False)
        assert ledger.contents(document) is None
        ledger.note(document, Reading())
        ledger.close()
    assert Ledger(tmp_path, anew=False).contents(document) == Contents()
    assert Ledger(tmp_path, anew=True).contents(document) is None


def test_a_ledger_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    """Where another process holds the file, or there is no room, documents are read."""
    written(tmp_path, "a.txt", "Titel\n\nText.\n")
    (document,) = documents(tmp_path)
    Ledger(tmp_path, anew=False).close()
    with sqlite3.connect(tmp_path / "documents.sqlite") as other:
        other.execute("DROP TABLE documents")
        other.execute("CREATE TABLE documents (andere)")
    ledger = Ledger(tmp_path, anew=False)
    assert ledger.contents(document) is None
    ledger.note(document, Reading())
    ledger.close()


def test_documents_with_problems_are_read_again(tmp_path: Path) -> None:
    """What a report has to tell again is not known; neither is what takes more memory than parsing saves."""
    found = Reading()
    for number in range(MOST_ARTICLES):
        found.add(str(number), "f")
    assert found.contents() == Contents(tuple((str(number), "f") for number in range(MOST_ARTICLES)))
    found.add("noch einer", "f")
    assert found.contents() is None
    found = Reading()
    found.note(Problem("a.txt", None, "hat einen Fehler", fatal=False))
    assert found.contents() is None


@pytest.mark.parametrize("told", ["{kaputt", "[1, 2]", '[[["a.txt"]], [], []]', b"\x80\xff", None])
def test_a_damaged_row_of_the_ledger_is_read_anew(tmp_path: Path, told: str | bytes | None) -> None:
    """A row that says nothing is as none: the document is read again, and then known."""
    written(tmp_path, "a.txt", "Titel\n\nText.\n")
    (document,) = documents(tmp_path)
    ledger = Ledger(tmp_path, anew=False)
    for _ in range(2):
        ledger.contents(document)
        ledger.note(document, Reading([("a.txt", "f")], ["w"]))
        ledger.save()
        assert ledger.contents(document) == Contents((("a.txt", "f"),), ("w",))
        with sqlite3.connect(tmp_path / "documents.sqlite") as connection:
            connection.execute("UPDATE documents SET contents = ?", (told,))
        connection.close()
        assert ledger.contents(document) is None
        assert ledger.withdrawn() == set()
    ledger.close()
