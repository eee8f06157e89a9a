"""Mails as programs write them, and as nobody should."""

from __future__ import annotations

import base64
import tracemalloc
from pathlib import Path

import pytest

from indexer import PassedOver, Problem
from search import Article
from tests.reading.sample import articles, read, read_text, the_article, the_problem

HEAD = "From: Eva Muster <eva@blatt.example>\nSubject: Titel\nMIME-Version: 1.0\n"
TEXT = "Content-Type: text/plain; charset=utf-8\n\n"
PDF = "Content-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=Bericht.PDF\n\n%PDF\n"
PICTURE = "Content-Type: image/png\nContent-Disposition: inline\n\nx\n"


def parts(kind: str, *inner: str) -> str:
    """A part of parts, with its header."""
    mark = f"grenze-{kind}"
    body = "".join(f"--{mark}\n{each}\n" for each in inner)
    return f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n{body}--{mark}--\n'


def attached(found: list[Article | Problem]) -> list[str]:
    """The kinds of what was passed over."""
    return [item.kind for item in found if isinstance(item, PassedOver)]


PAGE = "Content-Type: text/html\n\n<p>Eins Seite.</p>\n"
LONG = "Content-Type: text/html; charset=utf-8\n\n<p>Der Saal ist zu klein für alle.</p>\n"
ALTERNATIVES = parts("alternative", TEXT + "Eins.\n", parts("related", PAGE, PICTURE))
MAILS = [
    # what a mail holds, its text, what is passed over
    (parts("mixed", TEXT + "Eins.\n", PDF), "Eins.", [".pdf"]),
    (parts("mixed", TEXT + "Eins.\n", PICTURE, TEXT + "Zwei.\n"), "Eins.\n\nZwei.", ["image/png"]),
    (parts("mixed", ALTERNATIVES, PDF), "Eins.", ["image/png", ".pdf"]),
    (parts("alternative", TEXT + " \n", PAGE), "Eins Seite.", []),
    (parts("alternative", TEXT + "Bitte aktivieren Sie HTML.\n", LONG), "Der Saal ist zu klein für alle.", []),
    (parts("alternative", LONG, TEXT + "Ihr Programm zeigt kein HTML an. " * 9), "Der Saal ist zu klein für alle.", []),
    (parts("alternative", TEXT + "Der Saal ist zu klein.\n", LONG), "Der Saal ist zu klein.", []),
    (parts("alternative", TEXT + "Der Saal.\n", "Content-Type: text/html\n\n<img src=a>\n"), "Der Saal.", []),
    (parts("related", PAGE, PICTURE), "Eins Seite.", ["image/png"]),
    (parts("mixed", TEXT + "Eins.\n", "Content-Type: text/plain; name=b.txt\n\nZwei.\n"), "Eins.", [".txt"]),
    (parts("mixed", TEXT + "Eins.\n", f"Content-Type: message/rfc822\n\n{HEAD}\nZwei.\n"), "Eins.", ["message/rfc822"]),
]


@pytest.mark.parametrize(("content", "text", "others"), MAILS)
def test_the_text_of_a_mail_is_whole(tmp_path: Path, content: str, text: str, others: list[str]) -> None:
    """All its texts are read, of alternatives the plain one; what is attached is passed over and told."""
    found = read_text(tmp_path, "a.eml", HEAD + content)
    assert [item.body for item in articles(found)] == [text]
    assert attached(found) == [f"{kind} attached to a mail" for kind in others]


def test_a_mail_without_a_text_is_told_with_what_is_attached(tmp_path: Path) -> None:
    """A mail that only brings a file is a failure, and the file is counted."""
    other, problem = read_text(tmp_path, "a.eml", HEAD + parts("mixed", PDF))
    assert attached([other]) == [".pdf attached to a mail"]
    assert "holds no text" in the_problem([problem]).message


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; charset*",
        "Content-Type: text/plain; charset*=",
        "Content-Type: ;",
        "Content-Type: /<;filename*",
        "Content-Type: text/plain; charset=gibt-es-nicht",
        "Content-Disposition: ;filename*",
        "Content-Transfer-Encoding: ;*",
        "Date: [",
        "Message-ID: <[>",
        "From: <@",
    ],
)
def test_odd_headers_cost_no_mail(tmp_path: Path, header: str) -> None:
    """A header that the library stumbles over is read as far as it can be."""
    found = read_text(tmp_path, "a.eml", f"Subject: Titel\n{header}\n\nText der Mail.\n")
    assert [(item.title, item.body) for item in articles(found)] == [("Titel", "Text der Mail.")]


def test_a_mail_with_pictures_is_no_saved_page(tmp_path: Path) -> None:
    """Programs that send pages with pictures write what browsers save; who it was sent to, or its name, tells."""
    content = HEAD + parts("related", PAGE, PICTURE)
    for name, head in (("a.eml", ""), ("ohne", "To: desk@blatt.example\n"), ("a.txt", "Message-ID: <1@b.example>\n")):
        (article,) = articles(read_text(tmp_path, name, head + content))
        assert (article.title, article.source, article.authors) == ("Titel", "blatt.example", ("Eva Muster",))
    (article,) = articles(read_text(tmp_path, "ohne", content))
    assert article.source is None


def test_what_is_no_base64_is_read_as_it_stands(tmp_path: Path) -> None:
    """A wrong declaration costs no text; a line that a list added below costs no other."""
    head = "Subject: Titel\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    assert (
        the_article(read_text(tmp_path, "a.eml", head + "Das ist doch kein Base64!\n")).body
        == "Das ist doch kein Base64!"
    )
    coded = base64.encodebytes(b"Ein Text, der lang genug ist. " * 9).decode()
    found = the_article(read_text(tmp_path, "a.eml", head + coded + "-- \n"))
    assert found.body.startswith("Ein Text, der lang genug ist. Ein Text")


def test_an_odd_type_still_parts_a_mail(tmp_path: Path) -> None:
    """Of a type that cannot be understood as a whole its kind, boundary and encoding count."""
    content = parts("mixed", TEXT + "Eins.\n", PDF).replace("multipart/mixed;", "multipart/mixed; name*;", 1)
    found = read_text(tmp_path, "a.eml", HEAD + content)
    assert [item.body for item in articles(found)] == ["Eins."]


def test_a_mailbox_of_one_line_is_not_held(tmp_path: Path) -> None:
    """A line without an end is read up to the bound."""
    path = tmp_path / "a.mbox"
    path.write_bytes(b"From a@b.de Mon May  3 10:00:00 2021\nSubject: x\n\n" + b"a" * 40_000_000)
    tracemalloc.start()
    assert "holds a mail of more than 16 MiB" in the_problem(read(path)).message
    assert tracemalloc.get_traced_memory()[1] < 40_000_000
    tracemalloc.stop()


SEPARATORS = [
    # what stands in a mailbox between two mails, and whether it parts them
    ("From a@b.example Mon Jan  6 10:00:00 2014\nFrom: x\n", True),
    ("From - Sat, 11 Mar 2006 10:00:00 +0100\nX-Mozilla-Status: 0001\n", True),
    ("From 1234@xxx Mon Jan 06 10:00:00 +0000 2014\r\nX-GM-THRID: 1\r\n", True),
    ("From a at b.example  Fri Jan  6 10:00 MET 1997\nFrom: x\n", True),
    ("From a@b.example 2014-01-06 10:00:00\nSubject: x\n", True),
    ("From MAILER-DAEMON\nReturn-Path: <x>\n", True),
    ("From Berlin to Paris in 2014 the way is long.\nSo it is.\n", False),
    ("From Mon Jan 6 10:00:00 2014 on, all is new.\nNo header follows.\n", False),
    ("From Monday on, at 10:00, it is said:\nAll is new.\n", False),
    ("From here\nit goes on.\n", False),
]


@pytest.mark.parametrize(("between", "parts_them"), SEPARATORS)
def test_mailboxes_are_parted_at_senders_and_dates(tmp_path: Path, between: str, parts_them: bool) -> None:
    """A paragraph that begins with From is text; what parts two mails has a sender, and mostly a date."""
    first = "From a@b.example Mon Jan  6 10:00:00 2014\nSubject: Titel\n\nEin Text.\n\n"
    found = articles(read_text(tmp_path, "a.mbox", f"{first}{between}\nNoch ein Text.\n"))
    assert [item.body.endswith("Ein Text.") for item in found] == ([True, False] if parts_them else [False])
    assert found[-1].body.endswith("Noch ein Text.")
    assert parts_them or between.split("\n")[0] in found[0].body


def test_headers_of_mails_are_bounded(tmp_path: Path) -> None:
    """The library takes gigabytes for what looks like encoded words and are none."""
    found = read_text(tmp_path, "a.eml", "Subject: " + "=?utf-8?q?a?= " * 20_000 + "\n\nText der Mail.\n")
    assert the_article(found).body == "Text der Mail."


WRITTEN = "Süß „für“ 3 € – mehr"
ENCODINGS = ["windows-1252", "iso-8859-1", "ISO-8859-15", "us-ascii", "x-unknown", ""]


@pytest.mark.parametrize("told", ENCODINGS)
def test_quotes_and_dashes_of_windows_are_read_under_any_name(tmp_path: Path, told: str) -> None:
    """A text in Windows-1252 is read as such, be it called ISO 8859 or by no known name, as are raw subjects."""
    kind = f"Content-Type: text/plain; charset={told}\n" if told else ""
    data = f"Subject: {WRITTEN}\n{kind}Content-Transfer-Encoding: 8bit\n\n{WRITTEN}.\n".encode("cp1252")
    article = the_article(read_text(tmp_path, "a.eml", b"From: a@b.example\n" + data))
    assert (article.title, article.body) == (WRITTEN, f"{WRITTEN}.")


@pytest.mark.parametrize("told", [name for name in ENCODINGS if name])
def test_encoded_subjects_of_windows_are_read_under_any_name(tmp_path: Path, told: str) -> None:
    """Words of a subject that are encoded are read as their text is."""
    word = base64.b64encode(WRITTEN.encode("cp1252")).decode()
    mail = f"From: a@b.example\nSubject: =?{told}?B?{word}?= =?utf-8?Q?=C3=BC?=\n\nEin Text.\n"
    assert the_article(read_text(tmp_path, "a.eml", mail)).title == f"{WRITTEN}ü"


def test_utf_8_is_read_under_the_name_of_another_encoding(tmp_path: Path) -> None:
    """What is valid UTF-8 is read so, though its mail says ISO-8859-1."""
    kind = "Content-Type: text/plain; charset=iso-8859-1\n\n"
    assert the_article(read_text(tmp_path, "a.eml", f"{HEAD}{kind}{WRITTEN}.\n")).body == f"{WRITTEN}."


@pytest.mark.parametrize(("status", "is_read"), [("0001", True), ("0009", False), ("000B", False), ("kaputt", True)])
def test_what_was_deleted_in_thunderbird_is_passed_over(tmp_path: Path, status: str, is_read: bool) -> None:
    """A mail that Thunderbird keeps only until it compacts the folder is no article, and counted; others are read."""
    mail = f"From - Mon Mar 04 09:12:44 2019\nX-Mozilla-Status: {status}\n{HEAD}{TEXT}Ein Text.\n"
    found = read_text(tmp_path, "a.mbox", mail)
    assert len(articles(found)) == is_read
    assert attached(found) == ([] if is_read else ["mail deleted in Thunderbird"])
