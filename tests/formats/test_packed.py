"""What lies in packed files, crawls, books and documents of other programs."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from indexer import PassedOver, Problem, Withdrawn, find_documents, problem_limits
from indexer import document as documents
from indexer.formats import packed, table
from indexer.reading import read_all
from search import Article
from tests.formats import made
from tests.reading.sample import articles, document, problems, read, read_text, the_article, the_problem, written

ISSUE, SUNDAY_ISSUE = (Path(__file__).parent / name for name in ("issue", "sunday_issue"))
MEMBERS = {"x/brunnen.txt": made.TEXT, "turm.html": made.PAGE}
URL = "https://blatt.example/turm"
CRAWL = {
    URL: ("200", "text/html; charset=utf-8", made.PAGE),
    "https://blatt.example/stil.css": ("200", "text/css", b"p {}"),
    "https://blatt.example/weg": ("404", "text/html", made.PAGE),
    "https://blatt.example/": ("200", "text/html", b"<html><body><a href=turm>Turm</a></body></html>"),
}


def kinds(found: list[Article | Problem]) -> list[str]:
    return [item.kind for item in found if isinstance(item, PassedOver)]


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.zip", made.zipped(MEMBERS)), ("a.tar.gz", made.tarred(MEMBERS)), ("a.tgz", made.tarred(MEMBERS)),
     ("a.tar", gzip.decompress(made.tarred(MEMBERS))), ("ohne", made.zipped(MEMBERS)),
     ("a.tar.xz", lzma.compress(gzip.decompress(made.tarred(MEMBERS)))),
     ("a.tbz2", bz2.compress(gzip.decompress(made.tarred(MEMBERS))))],
)  # fmt: skip
def test_members_are_read_as_files_are(tmp_path: Path, name: str, data: bytes) -> None:
    """Each member is an article with an id of its own; all of them lie where the packed file does."""
    path = tmp_path / name
    path.write_bytes(data)
    found = articles(read(path))
    assert [(item.id, item.title) for item in found] == [
        (f"{name}!/x/brunnen.txt", "Brunnen"), (f"{name}!/turm.html", "Turm"),
    ]  # fmt: skip
    assert {item.document for item in found} == {str(path)}


def test_members_may_be_packed_and_passed_over(tmp_path: Path) -> None:
    """A packed file in a packed file is opened, hidden members are none, others are told by kind."""
    inner = made.zipped({"brunnen.txt": made.TEXT})
    members = {"a.zip": inner, "b.txt.gz": gzip.compress(made.TEXT), ".versteckt.txt": b"x", "bild.png": b"\x89PNG\0"}
    found = read_text(tmp_path, "a.zip", made.zipped({**members, "__MACOSX/._b.txt": b"x"}))
    assert [item.id for item in articles(found)] == ["a.zip!/a.zip!/brunnen.txt", "a.zip!/b.txt.gz"]
    assert kinds(found) == [".png"]
    deep = made.zipped({"a.zip": made.zipped({"a.zip": made.zipped({"a.zip": inner})})})
    assert "packed files; unpack them" in the_problem(read_text(tmp_path, "b.zip", deep)).message


def test_a_bad_member_does_not_stop_the_others(tmp_path: Path) -> None:
    """Of a member that is empty or damaged the report tells; the others are read."""
    data = bytearray(made.zipped({"leer.txt": b"", "a.txt": made.TEXT, "b.txt": made.TEXT}, zipfile.ZIP_STORED))
    data[data.index(b"Brunnen")] = 0x62
    found = read_text(tmp_path, "a.zip", bytes(data))
    assert [item.id for item in articles(found)] == ["a.zip!/b.txt"]
    assert [item.document.rpartition("!/")[2] for item in problems(found)] == ["leer.txt", "a.txt"]


@pytest.mark.parametrize(("name", "make"), [("a.zip", made.zipped), ("a.tgz", made.tarred)])
def test_bombs_are_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, make: Callable[[dict[str, bytes]], bytes]
) -> None:
    """What unpacks to far more than its size is given up; what was read before is kept."""
    monkeypatch.setattr(documents, "LEAST_UNPACKED", 100_000)
    monkeypatch.setattr(documents, "MOST_UNPACKED", 2)
    bomb = make({"a.txt": made.TEXT, **{f"{n}.txt": b"Titel\n\n" + b"Haus " * 10_000 for n in range(9)}})
    found = read_text(tmp_path, name, bomb)
    assert articles(found)[0].title == "Brunnen"
    assert "times its size" in problems(found)[-1].message
    assert len(found) < 6


def test_what_is_packed_twice_is_counted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packed files in a packed one, and packed members, share what may be unpacked."""
    monkeypatch.setattr(documents, "LEAST_UNPACKED", 300_000)
    monkeypatch.setattr(documents, "MOST_UNPACKED", 2)
    text = b"Titel\n\n" + b"Haus " * 10_000
    inner = {f"{n}.zip": made.zipped({"a.txt": text}) for n in range(9)}
    for members in (inner, {f"{n}.txt.gz": gzip.compress(text) for n in range(9)}):
        found = read_text(tmp_path, "a.zip", made.zipped(members))
        assert 3 < len(articles(found)) < 7
        assert "times its size" in problems(found)[-1].message


def test_pictures_of_pages_are_told(tmp_path: Path) -> None:
    """Of a PDF some of whose pages are pictures the rest is read, with a warning; an empty page is none of them."""
    text, picture = b"BT /F1 11 Tf 50 700 Td (Der Rat tagt am Markt. Er baut.) Tj ET", b"0 0 500 700 re f"
    warning, article = read_text(tmp_path, "a.pdf", made.pages([text, picture, b"", text, picture]))
    assert (warning.fatal, warning.message) == (
        False, "2 of its 5 pages are pictures and have no text, so that some is missing; recognise its text first (OCR)"
    )  # fmt: skip
    assert articles([article])[0].body == "Der Rat tagt am Markt. Er baut."
    assert len(articles(read_text(tmp_path, "b.pdf", made.pages([text, b""])))) == 1


AUTHORS = ["Microsoft Office User", "Windows-Benutzer", "Adobe InDesign CS6", "PScript5.dll Version 5.2", "Redaktion1"]


@pytest.mark.parametrize(("name", "found"), [("Eva Stein", ("Eva Stein",)), *((name, ()) for name in AUTHORS)])
def test_programs_are_no_authors(tmp_path: Path, name: str, found: tuple[str, ...]) -> None:
    """What programs note as author where nobody gave a name is none."""
    word = made.docx({"Der Rat tagt am Markt.": "Normal"}, f"<dc:creator>{name}</dc:creator>")
    assert the_article(read_text(tmp_path, "a.docx", word)).authors == found
    assert the_article(read_text(tmp_path, "a.pdf", made.pdf(["Der Rat tagt."], f"/Author ({name})"))).authors == found


OLD_PAGES = [
    ("Storch im Nest", "Der Storch brütet.", True),
    ("Wahl 2005: Der Storch kommt", "Der Storch brütet.", True),
    ("Benutzer Diskussion:Storch", "Der Storch brütet.", False),
    ("Vorlage:Storch", "Der Storch brütet.", False),
    ("Storch", "#REDIRECT [[Storch im Nest]]", False),
    ("Storch", " # weiterleitung: [[Storch im Nest]]", False),
    ("Platz", "#1 der Liste ist der Storch.", True),
]


@pytest.mark.parametrize(("title", "text", "is_article"), OLD_PAGES)
def test_old_dumps_do_not_say_what_a_page_is(tmp_path: Path, title: str, text: str, is_article: bool) -> None:
    """Where a page names no space, its title tells it; a redirect is told by its text."""
    page = f"<page><title>{title}</title><id>1</id><revision><text>{text}</text></revision></page>"
    found = read_text(tmp_path, "a.xml", f"<mediawiki>{page}</mediawiki>")
    assert (len(articles(found)), kinds(found)) == (
        (1, []) if is_article else (0, ["page of a wiki that is no article"])
    )


def test_a_server_says_the_encoding_of_a_page_that_says_none(tmp_path: Path) -> None:
    """What the page itself declares, and valid UTF-8, go before it."""
    page = made.PAGE.decode().replace("höher", "höher als der Kraków ż")
    kind = 'text/html; charset="ISO-8859-2"'
    declared = page.replace("<head>", '<head><meta charset="windows-1250">')
    pages = [(page, "iso-8859-2"), (declared, "windows-1250"), (page, "utf-8")]
    crawl = {f"{URL}{n}": ("200", kind, text.encode(name)) for n, (text, name) in enumerate(pages)}
    assert all(
        "höher als der Kraków ż" in item.body for item in articles(read_text(tmp_path, "a.warc", made.warc(crawl)))
    )
    assert len(crawl) == 3


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.wacz"])
def test_a_crawl_holds_pages(tmp_path: Path, name: str) -> None:
    """Pages of a crawl are articles with their address; the capture is no date; what is no article is no failure."""
    crawl = made.warc(CRAWL)
    data = {"a.warc.gz": crawl, "a.warc": gzip.decompress(crawl)}.get(name) or made.zipped(
        {
            "archive/data.warc.gz": crawl,
            "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n',
            "datapackage.json": b"{}",
        }
    )
    (tmp_path / name).write_bytes(data)
    found = read(tmp_path / name)
    (article,) = articles(found)
    assert (article.id, article.url, article.title, article.date) == (URL, URL, "Turm", None)
    assert kinds(found) == ["text/css", "page with status 404", "page without an article"]


def test_a_word_document_is_an_article(tmp_path: Path) -> None:
    """Its title, headings, author and day are those of the article."""
    properties = "<dc:creator>Mara Klein</dc:creator><dcterms:created>2015-03-02T09:00:00Z</dcterms:created>"
    text = {
        "Rathaus renoviert": "Title",
        "Das Rathaus ist fertig.": "Normal",
        "Kosten": "Heading2",
        "Eine Million.": "Normal",
    }
    article = the_article(read_text(tmp_path, "a.docx", made.docx(text, properties)))
    assert (article.title, article.body) == ("Rathaus renoviert", "Das Rathaus ist fertig.\n\nKosten\n\nEine Million.")
    assert (article.authors, article.date and article.date.text) == (("Mara Klein",), "2015-03-02")
    plain = made.docx(
        {"Brunnen": "Normal", "Der Brunnen am Markt sprudelt wieder.": "Normal"}, "<dc:creator>pc7</dc:creator>"
    )
    article = the_article(read_text(tmp_path, "2014-05-06.docx", plain))
    assert (article.title, article.authors, article.date and article.date.text) == ("Brunnen", (), "2014-05-06")


def test_a_word_document_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More XML than an article takes is refused before mammoth reads it."""
    monkeypatch.setattr("indexer.formats.word._MOST", 1000)
    assert "MiB of XML" in the_problem(read_text(tmp_path, "a.docx", made.docx({"Wort " * 500: "Normal"}))).message


def test_a_pdf_is_an_article(tmp_path: Path) -> None:
    """Its first line is the headline unless it declares a title; words that line ends divide are whole."""
    lines = [
        "Mühle verkauft",
        "Die alte Mühle bei Rödental wurde am Montag ver-",
        "steigert. Ein Verein hat sie jetzt.",
    ]
    article = the_article(read_text(tmp_path, "a.pdf", made.pdf(lines, "/CreationDate (D:20110203101112Z)")))
    assert (article.title, article.date and article.date.text) == ("Mühle verkauft", "2011-02-03")
    assert article.body == "Die alte Mühle bei Rödental wurde am Montag versteigert. Ein Verein hat sie jetzt."
    article = the_article(read_text(tmp_path, "b.pdf", made.pdf(lines, "/Title (Verein kauft Muehle) /Author (root)")))
    assert (article.title, article.authors) == ("Verein kauft Muehle", ())
    short = the_article(read_text(tmp_path, "e.pdf", made.pdf(["Mühle verkauft"])))
    assert (short.title, short.body) == ("", "Mühle verkauft")
    assert "no text; recognise" in the_problem(read_text(tmp_path, "c.pdf", made.pdf([]))).message
    assert "is no sound PDF" in the_problem(read_text(tmp_path, "d.pdf", b"%PDF-1.4 kaputt")).message


def test_what_packed_files_hold_says_nothing_of_themselves(tmp_path: Path) -> None:
    """Every member is read: of PDFs, of Word documents, of folders called like those of other formats."""
    page = b"<html><body><article><h1>Turm</h1><p>Im Text steht word/ und archive/a.warc.</p></article></body></html>"
    pdf = made.pdf(["Turm", "Der Turm am Markt bleibt stehen."])
    word = made.docx({"Turm": "Title", "Der Turm am Markt bleibt stehen.": "Normal"})
    record = b'{"id": "x", "title": "Turm", "text": "Im Turm lag %PDF-1.4 auf dem Tisch."}'
    stored = partial(made.zipped, packing=zipfile.ZIP_STORED)
    for number, (pack, members) in enumerate((
        (made.tarred, {"a.pdf": pdf, "b.pdf": pdf}),
        (stored, {"a.pdf": pdf, "b.txt": b"Turm\n\nDer Turm bleibt."}),
        (stored, {"a.docx": word, "b.docx": word}),
        (stored, {"a.html": page, "b.html": page}),
        (made.zipped, {"archive/v.warc.gz": made.warc({}), "seiten/a.html": page, "seiten/b.html": page}),
        (made.zipped, {"datapackage.json": b"{}", "data/a.csv": b"title,text\nTurm,Er steht.\nDach,Es haelt.\n"}),
        (made.zipped, {"crossword/a.txt": b"Turm\n\nEr steht.", "crossword/b.txt": b"Dach\n\nEs haelt."}),
    )):  # fmt: skip
        assert len(articles(read_text(tmp_path, f"{number}.zip", pack(members)))) == 2
    assert len(articles(read_text(tmp_path, "records.jsonl", record))) == 1


def test_a_book_holds_its_chapters(tmp_path: Path) -> None:
    """Each chapter with a text is an article of the day of the book; a title page is none."""
    book = made.epub(
        {"titel.xhtml": "<h1>Heft</h1>", "eins.xhtml": "<h1>Gärten</h1><p>Die Gärten am Fluss blühen früh.</p>"}
    )
    found = read_text(tmp_path, "a.epub", book)
    (article,) = articles(found)
    assert (article.title, article.date and article.date.text) == ("Gärten", "2016-05-04")
    assert (article.id, kinds(found)) == ("a.epub!/OEBPS/eins.xhtml", ["page without an article"])


def test_what_an_extra_would_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package of a format its documents are passed over with the extra; who names one gets the command."""
    monkeypatch.setattr(table, "find_spec", lambda _name: None)
    path = written(tmp_path, "a.docx", made.docx({"Wort": "Normal"}))
    (found,) = [item for item in find_documents([str(tmp_path)]) if not isinstance(item, Problem)]
    assert isinstance(found, PassedOver)
    assert (found.kind, found.extra) == (".docx", "docx")
    (problem,) = find_documents([str(path)])
    assert "pip install 'nachlese[docx]'" in str(problem)
    (inside,) = read_text(tmp_path, "a.zip", made.zipped({"a.docx": b"PK\x03\x04"}))
    assert isinstance(inside, PassedOver)
    assert inside.extra == "docx"


def test_an_issue_holds_its_articles(tmp_path: Path) -> None:
    """METS says which blocks of which pages are an article; its pages are withdrawn as articles of their own."""
    found = read(ISSUE / "mets.xml")
    first, second = articles(found)
    assert (first.title, first.body) == (
        "Die neue Brücke",
        "Gestern wurde die Brücke eröffnet.\n\nViele Bürger sahen zu.",
    )
    assert (second.title, second.body) == ("Vom Markte.", "Die Preise sind gestiegen.")
    assert (first.source, first.date and first.date.text) == ("Elbfurter Anzeiger", "1912-05-07")
    assert (first.id, second.authors) == ("mets.xml#A1", ("Otto Reimers",))
    withdrawn = [(item.id, item.is_part) for item in found if isinstance(item, Withdrawn)]
    assert withdrawn == [("alto/0001.xml", True), ("alto/0002.xml", True)]


def test_an_issue_is_described_by_its_library() -> None:
    """The MODS of an article goes before its blocks; pictures, advertisements and the head of the paper are no text."""
    found = read(SUNDAY_ISSUE / "1887-10-02_01-mets.xml")
    (article,) = articles(found)
    assert (article.id, article.title) == ("1887-10-02_01-mets.xml#DIVL7", "Der Kanalbau stockt.")
    assert article.body == "Die Arbeiten am Torfkanal ruhen seit Montag.\n\nDas Grundwasser dringt ein."
    assert (article.source, article.date and article.date.text) == ("Moorbacher Bote", "1887-10-02")
    assert article.authors == ("Ferdinand Osterloh",)
    pages = [f"text/1887-10-02_01-0000{number}.xml" for number in (1, 2)]
    assert [item.id for item in found if isinstance(item, Withdrawn)] == pages


@pytest.mark.parametrize("address", ["alto/0003.xml", "../alto.xml", "/etc/hostname", "https://a.example/0001.xml"])
def test_pages_of_an_issue_lie_beside_it(tmp_path: Path, address: str) -> None:
    """A page that is not there, or lies elsewhere, is told; nothing outside the folder is opened."""
    text = (ISSUE / "mets.xml").read_text(encoding="utf-8").replace("file://./alto/0001.xml", address)
    (problem,) = problems(read_text(tmp_path, "mets.xml", text))[:1]
    assert "does not lie beside it" in problem.message


def test_tar_files_of_all_kinds_are_read(tmp_path: Path) -> None:
    """`tar -c .` begins all names with ./, which hides none and is no part of an id; tables are read line by line."""
    data = made.tarred(
        {
            "./a.txt": made.TEXT,
            "./.b.txt": made.TEXT,
            "../c.csv": b"titel,text\nEins,Text.\n",
            "d.jsonl": b'{"body":"T."}',
        }
    )
    (tmp_path / "a.tgz").write_bytes(data)
    assert [item.id for item in articles(read(tmp_path / "a.tgz"))] == [
        "a.tgz!/a.txt", "a.tgz!/../c.csv#2", "a.tgz!/d.jsonl#1",
    ]  # fmt: skip


def test_holes_in_tar_files_are_refused(tmp_path: Path) -> None:
    """A member with holes may be of any size, and is none that is read."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as packed:
        info = tarfile.TarInfo("a.mbox")
        info.pax_headers = {"GNU.sparse.map": "0,5", "GNU.sparse.size": str(1 << 40), "GNU.sparse.name": "a.mbox"}
        info.size = 5
        packed.addfile(info, io.BytesIO(b"From "))
    (tmp_path / "a.tar").write_bytes(target.getvalue())
    assert "without --sparse" in the_problem(read(tmp_path / "a.tar")).message


def test_what_is_no_file_in_a_packed_one_is_counted(tmp_path: Path) -> None:
    """Links lead to what may lie elsewhere, pipes hold nothing: both are passed over and told."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as packed:
        for number, kind in enumerate((tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE)):
            info = tarfile.TarInfo(f"{number}.txt")
            info.type, info.linkname = kind, "/etc/hostname"
            packed.addfile(info)
    link, device = "link in a packed file", "device or pipe in a packed file"
    assert kinds(read_text(tmp_path, "a.tar", target.getvalue())) == [link, link, device]
    with zipfile.ZipFile(target := io.BytesIO(), "w") as packed_too:
        info_too = zipfile.ZipInfo("a.txt")
        info_too.external_attr = 0o120777 << 16
        packed_too.writestr(info_too, "/etc/hostname")
    assert kinds(read_text(tmp_path, "a.zip", target.getvalue())) == [link]


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_members_hide_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """However many members are bad, the others are read; the first problems are named, the others counted."""
    monkeypatch.setattr(problem_limits, "MOST_NAMED", 3)
    path = tmp_path / "a.zip"
    bad = {"a.jsonl": b"1\n" * 9, **{f"{number}.txt": b"" for number in range(9)}}
    path.write_bytes(made.zipped({**bad, "z.txt": made.TEXT}))
    outcomes = read_all([document(path)], lambda _: False, None, lambda _: None, jobs)
    found = [item for _, items in outcomes for item in items or () if isinstance(item, (Article, Problem))]
    assert [item.title for item in articles(found)] == ["Brunnen"]
    told = [item.message for item in problems(found)]
    assert len(told) == 4
    assert told[3].startswith("has 10 more failures of these kinds; the last: ")
    assert "8.txt: is empty" in told[3]


def test_a_crawl_with_wrong_lengths_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record that is longer than it says is a warning of ours, not lines that the library writes by itself."""
    crawl = gzip.decompress(made.warc({URL: CRAWL[URL]})).replace(b"</article>", b"</article>Mehr.")
    found = read_text(tmp_path, "a.warc", crawl)
    assert [item.title for item in articles(found)] == ["Turm"]
    (problem,) = problems(found)
    assert (problem.fatal, "1 record of another length than they say" in problem.message) == (False, True)
    assert capsys.readouterr() == ("", "")


def test_a_damaged_header_is_no_end(tmp_path: Path) -> None:
    """Where the header of a member is cut or damaged the rest of a tar file is missing, and that is told."""
    data = gzip.decompress(made.tarred({"a.txt": made.TEXT, "b.txt": made.TEXT}))
    for broken in (data[:1300], data[:1030] + b"x" * 400 + data[1430:]):
        found = read_text(tmp_path, "a.tar", broken)
        assert [item.id for item in articles(found)] == ["a.tar!/a.txt"]
        assert "is no sound tar file" in the_problem(problems(found)).message


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    """A ZIP file may hold a name twice, and Windows paths: each member is read, and hidden ones are not."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name in ("Ordner:a.txt", "Ordner:a.txt", "Ordner:.b.txt"):
            packed.writestr(name, made.TEXT)
    found = read_text(tmp_path, "a.zip", target.getvalue().replace(b"Ordner:", b"Ordner\\"))
    assert [item.id for item in articles(found)] == ["a.zip!/Ordner/a.txt"] * 2


@pytest.mark.parametrize("told", [10**12, 2**62])
def test_a_header_that_tells_any_size_ends_with_the_file(tmp_path: Path, told: int) -> None:
    """The library would look for the next member that far; what is before is read, and the rest is told in a line."""
    header = tarfile.TarInfo("x/gross.txt")
    header.size = told
    whole = gzip.decompress(made.tarred(MEMBERS)).rstrip(b"\0")
    whole += bytes(-len(whole) % tarfile.BLOCKSIZE)
    found = read_text(tmp_path, "a.tar", whole + header.tobuf(tarfile.GNU_FORMAT) + b"nur der Anfang")
    assert len(articles(found)) == len(MEMBERS)
    assert {problem.message for problem in problems(found)} == {packed.BROKEN_OFF}


@pytest.mark.parametrize("cut", [40, 5])
def test_a_crawl_that_breaks_off_is_told(tmp_path: Path, cut: int) -> None:
    """The library takes a packed file that is cut for one that ends; what was whole is read."""
    crawl = made.warc({URL: CRAWL[URL]}) + made.warc({URL + "/2": CRAWL[URL]})[:-cut]
    found = read_text(tmp_path, "a.warc", crawl)
    assert [item.url for item in articles(found)][:1] == [URL]
    assert "breaks off" in problems(found)[0].message


def test_a_page_of_a_crawl_that_is_cut_is_told(tmp_path: Path) -> None:
    """An unpacked crawl may end within a page: what is there is read, with a warning."""
    found = read_text(tmp_path, "a.warc", gzip.decompress(made.warc({URL: CRAWL[URL]}))[:-40])
    assert len(articles(found)) == 1
    assert "another length than they say" in problems(found)[0].message


@pytest.mark.parametrize("name", ["a.tar", "a.jsonl", "a.html", "a.xml", "ohne", "a.warc"])
def test_what_is_packed_need_not_say_so(tmp_path: Path, name: str) -> None:
    """Files that a program packed without a word in their name are unpacked; a bomb is a bomb."""
    contents = {
        "a.tar": gzip.decompress(made.tarred({"a.txt": made.TEXT})), "a.jsonl": b'{"body": "Text."}',
        "a.xml": b"<nitf><body><body.content><p>Text.</p></body.content></body></nitf>",
        "a.warc": gzip.decompress(made.warc({URL: CRAWL[URL]})),
    }  # fmt: skip
    assert len(articles(read_text(tmp_path, name, gzip.compress(contents.get(name, made.PAGE))))) == 1


def test_a_bomb_need_not_say_so(tmp_path: Path) -> None:
    """What unpacks to far more than its size is given up whatever its name is."""
    found = read_text(tmp_path, "a.jsonl", gzip.compress((b" " * 1_000_000 + b"\n") * 70))
    assert "times its size" in the_problem(found).message


@pytest.mark.parametrize(
    "data", [b"{\\rtf1\\ansi Ein Text.\\par}", b"%!PS-Adobe-3.0\n(Text) show\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0"]
)
def test_other_programs_write_no_plain_text(tmp_path: Path, data: bytes) -> None:
    """Their documents are passed over, not read with all their signs, be they named .txt."""
    assert kinds(read_text(tmp_path, "a.txt", data)) == ["office document"]


def test_markup_is_no_plain_text(tmp_path: Path) -> None:
    """A part of a page that is named .txt is read as a page."""
    assert the_article(read_text(tmp_path, "a.txt", "<p>Ein Satz steht hier.</p>")).body == "Ein Satz steht hier."


NOTED = "<dc:title>{}</dc:title>"
WORD_TITLES = [
    # text -> style, what Word notes as title, the title
    ({"Lokales Tal": "Normal", "Turm": "Heading1", "Der Turm ist zu.": "Normal"}, "Dokument1", "Turm"),
    ({"Turm": "Heading1", "Der Turm ist zu.": "Normal"}, "Gemeindebrief im Mai", "Turm"),
    ({"Turm": "Title", "Lage": "Heading1", "Der Turm ist zu.": "Normal", "Wege": "Heading1"}, "Brief", "Turm"),
    ({"Lage": "Heading1", "Der Turm ist zu.": "Normal", "Wege": "Heading1"}, "Turm gesperrt", "Turm gesperrt"),
    ({"Der Turm ist zu.": "Normal", "Wege": "Heading1"}, "Turm gesperrt", "Turm gesperrt"),
    ({"Turm": "Heading2", "Der Turm ist zu.": "Normal"}, "brief_2015.doc", "Turm"),
    ({"Turm": "Normal", "Der Turm ist zu.": "Normal"}, "Vorlage Pressemitteilung", "Turm"),
]


@pytest.mark.parametrize(("text", "noted", "title"), WORD_TITLES)
def test_the_title_of_a_word_document_is_what_is_styled_so(
    tmp_path: Path, text: dict[str, str], noted: str, title: str
) -> None:
    """A title or only first heading goes before what Word notes, and that of a template or file is none."""
    data = made.docx(text, NOTED.format(noted))
    assert the_article(read_text(tmp_path, "a.docx", data)).title == title


BOOKS = [("DIE WOCHE 33/2015", "DIE WOCHE"), ("Gartenheft, Nr. 7 | Mai 2020", "Gartenheft"), ("Blatt 21", "Blatt")]


@pytest.mark.parametrize(("book", "source"), BOOKS)
def test_a_chapter_has_the_styled_headline_and_the_source_of_its_book(tmp_path: Path, book: str, source: str) -> None:
    """The name of the file that a chapter was set in is no headline, and all issues of a magazine are one source."""
    chapter = (
        '<p class="Dachzeile">Natur</p><p class="Headline Para-1">Gärten</p><p>Die Gärten am Fluss blühen früh.</p>'
    )
    data = made.epub({"eins.xhtml": chapter}, book, "<title>Woche_33</title>")
    article = the_article(read_text(tmp_path, "a.epub", data))
    assert (article.title, article.source) == ("Gärten", source)
