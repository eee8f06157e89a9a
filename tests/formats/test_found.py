"""Two samples of each format or more, indexed together: each article is found by its own words."""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from indexer.formats.table import FOREIGN_PACKED, FORMATS, OFFICE, XML
from indexer.pipeline import Job, index
from indexer.preview import preview
from search import Archive, Request, open_archive
from tests.formats import made
from tests.formats.test_samples import CASES, SAMPLES

ISSUES = ("issue", "sunday_issue")


def crawl(name: str) -> bytes:
    """A crawl of one page, which is about a thing of this name."""
    page = made.PAGE.replace(b"Turm", name.encode())
    return made.warc({f"https://blatt.example/{name.lower()}": ("200", "text/html; charset=utf-8", page)})


MADE = {
    "brunnen.txt": made.TEXT,
    "turm.html": made.PAGE,
    "brief.txt.bz2": bz2.compress("Käuze\n\nDie Käuze brüten wieder im Kirchturm.\n".encode("latin-1")),
    "esche.xhtml": made.PAGE.replace(b"Turm", b"Esche"),
    "zeile.jsonl.gz": gzip.compress(b'{"id": "zeile", "title": "Kirmes", "body": "Die Kirmes beginnt."}'),
    "zwei.ndjson.xz": lzma.compress(b'{"id": "zwei", "title": "Jahrmarkt", "body": "Der Jahrmarkt endet."}'),
    "eins.json": b'{"id": "eins", "title": "Schleuse", "body": "Die Schleuse ist zu."}',
    "liste.json": b'{"articles": [{"id": "drei", "title": "Pegelstand", "body": "Der Pegel sinkt."}]}',
    "mappe.zip": made.zipped({"quelle.txt": b"Quelle\n\nDie Quelle im Hag ist versiegt.\n"}),
    "mappe.tgz": made.tarred({"./deich.txt": b"Deichbruch\n\nDer Deich bei Emden brach.\n"}),
    "ordner.zip": made.zipped({"jahr\\fund.txt": "Münzfund\n\nEin Münzfund bei Aue.\n".encode()}, zipfile.ZIP_STORED),
    "ordner.tar.xz": lzma.compress(
        gzip.decompress(made.tarred({"damm.txt": b"Staudamm\n\nDer Staudamm ist dicht.\n"}))
    ),
    "crawl.warc.gz": crawl("Linde"),
    "crawl.warc": gzip.decompress(crawl("Kastanie")),
    "crawl.wacz": made.zipped({"archive/a.warc.gz": crawl("Ulme"), "datapackage.json": b"{}"}),
    "neu.wacz": made.zipped({"datapackage.json": b"{}", "archive/b.warc": gzip.decompress(crawl("Fichte"))}),
    "wort.docx": made.docx({"Rathaus renoviert": "Title", "Das Rathaus ist fertig.": "Normal"}),
    "brief.docx": made.docx({"Die Post schließt die Filiale in Gernrode.": "Normal"}, "<dc:title>Filiale</dc:title>"),
    "heft.epub": made.epub({"eins.xhtml": "<h1>Rosen</h1><p>Die Rosen am Fluss sind erfroren.</p>"}),
    "zweites.epub": made.epub({"a.xhtml": "<p>.</p>", "b.xhtml": "<h1>Nelken</h1><p>Die Nelken blühen im Mai.</p>"}),
    "bericht.pdf": made.pdf(["Mühle verkauft", "Die alte Mühle bei Rödental wurde versteigert."]),
    "akte.pdf": made.pdf(["Der Pachtvertrag der Burgschänke endet im Juni."], "/Title (Neue Pacht)"),
    "probe.eml": b"From: Theater <post@theater.example>\r\nSubject: Premiere\r\n"
    b"Message-ID: <buehne-1@theater.example>\r\nContent-Type: text/html\r\n\r\n"
    b"<p>Der Regisseur verschiebt die Premiere des Lustspiels.</p>\r\n",
    "zweites.mbox": b"From a@b.example Mon Sep  4 09:12:00 2017\nFrom: Chor <chor@lied.example>\nSubject: Konzert\n"
    b"Message-ID: <chor-1@lied.example>\n\nDer Chor singt am Sonntag Bruckner.\n",
}
FOUND = [
    ("Brunnen", "brunnen.txt"), ("Turm Egidien", "turm.html"), ("Kirmes", "zeile"), ("Schleuse", "eins"),
    ("Käuze Kirchturm", "brief.txt.bz2"), ("Esche Egidien", "esche.xhtml"), ("Jahrmarkt", "zwei"),
    ("Pegelstand", "drei"),
    ("Münzfund Aue", "ordner.zip!/jahr/fund.txt"), ("Staudamm dicht", "ordner.tar.xz!/damm.txt"),
    ("Kastanie Egidien", "https://blatt.example/kastanie"), ("Fichte Egidien", "https://blatt.example/fichte"),
    ("Filiale Gernrode", "brief.docx"), ("Nelken Mai", "zweites.epub!/OEBPS/b.xhtml"), ("Pachtvertrag", "akte.pdf"),
    ("Chor Bruckner", "chor-1@lied.example"),
    ("Regisseur Lustspiel", "buehne-1@theater.example"), ("Torfkanal", "sunday_issue/1887-10-02_01-mets.xml#DIVL7"),
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
    for name in ISSUES:
        shutil.copytree(SAMPLES.parent / name, folder / name)
    for name, data in MADE.items():
        (folder / name).write_bytes(data)
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


def test_each_format_has_two_samples(folder: Path) -> None:
    """Whatever format is read is in the folder, twice or more."""
    known = {format.name for format in FORMATS if format not in (XML, OFFICE, FOREIGN_PACKED)}
    samples = Counter(told for _, told in preview([str(folder)]))
    assert set(samples) == known
    assert [name for name, number in samples.items() if number < 2] == []
