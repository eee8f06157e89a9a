"""One sample of each format, indexed together: each article is found by its own words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.formats.table import FORMATS, OFFICE, XML
from indexer.pipeline import Job, index
from indexer.preview import preview
from search import Archive, Request, open_archive
from tests.formats import made
from tests.formats.test_samples import CASES, SAMPLES
from tests.reading.sample import written

ISSUE = Path(__file__).parent / "issue"
CRAWL = {"https://blatt.example/linde": ("200", "text/html; charset=utf-8", made.PAGE.replace(b"Turm", b"Linde"))}
MADE = {
    "brunnen.txt": made.TEXT,
    "turm.html": made.PAGE,
    "zeile.jsonl.gz": b'{"id": "zeile", "title": "Kirmes", "body": "Die Kirmes beginnt."}',
    "eins.json": b'{"id": "eins", "title": "Schleuse", "body": "Die Schleuse ist zu."}',
    "mappe.zip": made.zipped({"quelle.txt": b"Quelle\n\nDie Quelle im Hag ist versiegt.\n"}),
    "mappe.tgz": made.tarred({"./deich.txt": b"Deichbruch\n\nDer Deich bei Emden brach.\n"}),
    "crawl.warc.gz": made.warc(CRAWL),
    "crawl.wacz": made.zipped(
        {
            "archive/a.warc.gz": made.warc(
                {"https://blatt.example/ulme": ("200", "text/html", made.PAGE.replace(b"Turm", b"Ulme"))}
            ),
            "datapackage.json": b"{}",
        }
    ),
    "wort.docx": made.docx({"Rathaus renoviert": "Title", "Das Rathaus ist fertig.": "Normal"}),
    "heft.epub": made.epub({"eins.xhtml": "<h1>Rosen</h1><p>Die Rosen am Fluss sind erfroren.</p>"}),
    "bericht.pdf": made.pdf(["Mühle verkauft", "Die alte Mühle bei Rödental wurde versteigert."]),
}
FOUND = [
    ("Brunnen", "brunnen.txt"), ("Turm Egidien", "turm.html"), ("Kirmes", "zeile"), ("Schleuse", "eins"),
    ("Quelle Hag", "mappe.zip!/quelle.txt"), ("Deichbruch", "mappe.tgz!/deich.txt"),
    ("Linde Egidien", "https://blatt.example/linde"), ("Ulme Egidien", "https://blatt.example/ulme"),
    ("Rathaus renoviert", "wort.docx"), ("Rosen Fluss", "heft.epub!/OEBPS/eins.xhtml"),
    ("Mühle Rödental", "bericht.pdf"),
    ("neue Brücke Bürger", "issue/mets.xml#A1"), ("Markte Preise", "issue/mets.xml#A2"),
    *((item.get("title") or item["text"][0], item["id"]) for case in CASES for item in case.get("article", [])),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents of all formats."""
    folder = tmp_path_factory.mktemp("formats") / "news"
    shutil.copytree(SAMPLES, folder)
    shutil.copytree(ISSUE, folder / "issue")
    for name, data in MADE.items():
        written(folder, name, data) if name == "zeile.jsonl.gz" else (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def archive(folder: Path) -> Archive:
    """An archive of all of them."""
    report = index(Job((str(folder),), folder.parent / "index", entities=False))
    assert report.problems == []
    return open_archive(folder.parent / "index")


@pytest.mark.parametrize(("query", "id"), FOUND)
def test_a_sample_is_found(archive: Archive, query: str, id: str) -> None:
    """A search for the words of an article finds it."""
    assert id in [hit.id for hit in archive.search(Request(text=query)).hits]


def test_each_format_has_a_sample(folder: Path) -> None:
    """Whatever format is read is in the folder."""
    known = {format.name for format in FORMATS if format not in (XML, OFFICE)}
    assert {told for _, told in preview([str(folder)])} == known
