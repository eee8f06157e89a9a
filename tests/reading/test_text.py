"""Headline, paragraphs and left-overs of plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Document, find_documents, read_document
from indexer.text import split_text
from tests.reading.sample import read, read_text, the_article, the_problem, written

WRAPPED = """\
Bahn baut neue Strecke

Die Bahn will bis zum Jahr 2030 eine neue Strecke zwischen
den beiden Städten bauen. Das kündigte sie an. Die Verhand-
lungen dauern jetzt an. Auch die Landwirtschafts- und Innen-
und Außenpolitik spielen dabei eine Rolle, meinte der US-
Präsident, wie es am Abend aus der Stadt Berlin dazu noch
heißt.

Kritik kommt von den Anwohnern, die um ihre Ruhe fürchten
und deshalb klagen wollen.
"""

CASES = [
    # name, text, headline, paragraphs
    ("headline and lines", "Titel\n\nErster Satz.\nZweiter Satz.", "Titel", ["Erster Satz.", "Zweiter Satz."]),
    ("no empty line", "Titel\nErster Satz.\nZweiter.", "Titel", ["Erster Satz.", "Zweiter."]),
    ("empty lines first", "\n \n\tTitel \n\nSatz.", "Titel", ["Satz."]),
    ("line ends of Windows", "Titel\r\n\r\nErster Satz.\r\nZweiter.", "Titel", ["Erster Satz.", "Zweiter."]),
    ("line ends of old Macs", "Titel\r\rErster Satz.\rZweiter.", "Titel", ["Erster Satz.", "Zweiter."]),
    ("runs of spaces", "Ein   Titel\n\nEin \t Satz.", "Ein Titel", ["Ein Satz."]),
    ("no-break space", "T\n\n15\u00a0000 Euro.", "T", ["15\u00a0000 Euro."]),
    (
        "cross-head",
        "T\n\nErster Satz.\nDer Streit\nNoch ein Satz.",
        "T",
        ["Erster Satz.", "Der Streit", "Noch ein Satz."],
    ),
    (
        "wrapped",
        WRAPPED,
        "Bahn baut neue Strecke",
        [
            "Die Bahn will bis zum Jahr 2030 eine neue Strecke zwischen den beiden Städten bauen. Das kündigte sie an. "
            "Die Verhandlungen dauern jetzt an. Auch die Landwirtschafts- und Innen- und Außenpolitik spielen dabei "
            "eine Rolle, meinte der US-Präsident, wie es am Abend aus der Stadt Berlin dazu noch heißt.",
            "Kritik kommt von den Anwohnern, die um ihre Ruhe fürchten und deshalb klagen wollen.",
        ],
    ),
    ("left-over", "T\n\nErster Satz.\nZweiter Satz.\nHeute", "T", ["Erster Satz.", "Zweiter Satz."]),
    ("left-overs", "T\n\nA sagt es.\n\nB sagt es.\n\nTeilen\nMehr zum Thema", "T", ["A sagt es.", "B sagt es."]),
    ("agency mark", "T\n\nErster Satz.\nZweiter Satz.\n(dpa)", "T", ["Erster Satz.", "Zweiter Satz.", "(dpa)"]),
    ("quotation", 'T\n\nErster Satz.\nEr sagte:\n"Nie wieder"', "T", ["Erster Satz.", "Er sagte:", '"Nie wieder"']),
    ("list", "T\n\nEin Satz.\nEs gewannen:\nKöln\nBonn", "T", ["Ein Satz.", "Es gewannen:", "Köln", "Bonn"]),
    ("short text", "T\n\nErster Satz.\nHeute", "T", ["Erster Satz.", "Heute"]),
    ("list of names", "Sieger\n\nKim Jong Un\nWladimir Putin", "Sieger", ["Kim Jong Un", "Wladimir Putin"]),
    ("one long line", "Wort " * 40, "", [("Wort " * 40).strip()]),
    ("one line of sentences", "Es regnet. Es schneit.", "", ["Es regnet. Es schneit."]),
    ("only a headline", "Dr. Müller kommt", "Dr. Müller kommt", []),
    ("NUL and lone surrogate", "T\n\nEin\0 Satz\ud800.", "T", ["Ein Satz\ufffd."]),
    ("nothing", " \n ", "", []),
]


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("1989-11-10-mauerfall.txt", "1989-11-10"),
        ("bericht_2024-02-29.txt.gz", "2024-02-29"),
        ("2023/2024-02-29/bericht.txt", "2024-02-29"),
        ("2024-02-29/teil/bericht.txt", "2024-02-29"),
        ("SNP27112366-19140802-0-1-0-0.txt", "1914-08-02"),
        ("1914-08-02/00000003.txt", "1914-08-02"),
        ("hyp_19050312_001.txt", "1905-03-12"),
        ("FT_20150814_Lokales.txt", "2015-08-14"),
        ("14.08.2015 Sandstrasse.txt", "2015-08-14"),
        ("2015/08/14/sand.txt", "2015-08-14"),
        ("1914-08-02/1914-08-03.txt", "1914-08-03"),
        ("export-2024-02-29/bericht.txt", None),
        ("20151414.txt", None),
        ("120150814.txt", None),
        ("20150814093000.txt", None),
        ("3f20150814ab.txt", None),
        ("29991231.txt", None),
        ("15000101.txt", None),
        ("2015/08/44/sand.txt", None),
        ("2024-02-30.txt", None),
        ("2024-02-01 bis 2024-02-03.txt", None),
        ("012024-02-011.txt", None),
        ("2024.txt", None),
    ],
)
def test_the_day_in_a_name_is_the_date(tmp_path: Path, name: str, date: str | None) -> None:
    """A text knows its date from its file's name, if exactly one real day stands in that, else from its folders."""
    written(tmp_path, name, "Titel\n\nEin Satz.")
    (found,) = find_documents([str(tmp_path)])
    assert isinstance(found, Document)
    article = the_article(list(read_document(found)))
    assert (article.date.text if article.date else None) == date


@pytest.mark.parametrize(("name", "text", "headline", "body"), CASES, ids=[case[0] for case in CASES])
def test_text_is_split(name: str, text: str, headline: str, body: list[str]) -> None:
    """A text has the headline, the paragraphs and nothing of the web page around it."""
    assert split_text(text) == (headline, "\n\n".join(body))


def test_a_text_file_is_an_article(tmp_path: Path) -> None:
    """The article of a text file has its path as id, knows its file, and has no date."""
    path = written(tmp_path, "a.txt", "Titel\n\nEin Satz.")
    article = the_article(read(path))
    assert (article.id, article.title, article.body) == ("a.txt", "Titel", "Ein Satz.")
    assert (article.document, article.date) == (str(path), None)


def test_a_headline_alone_is_a_problem(tmp_path: Path) -> None:
    """A text without a body is reported with what it lacks."""
    problem = the_problem(read_text(tmp_path, "a.txt", "Nur ein Titel\n\n"))
    assert "missing body" in problem.message
    assert problem.fatal


def test_utf_16_text_is_read(tmp_path: Path) -> None:
    """A text in UTF-16, as some editors save it, is an article."""
    assert the_article(read_text(tmp_path, "a.txt", "Größe\n\nÜber uns.".encode("utf-16"))).title == "Größe"


def test_wrapped_lines_are_joined_once() -> None:
    """Thousands of wrapped lines without a paragraph are one, with hyphens at their ends as in a short one."""
    line = "Die Bahn will bis zum Jahr noch eine neue Strecke zwischen den Verhand-"
    title, body = split_text(
        "Titel\n" + f"{line}\nlungen der Städte, die alle sehr lange dauern und noch immer weiter gehen\n" * 3000
    )
    assert title == "Titel"
    assert body.count("Verhandlungen der Städte") == 3000
    assert "\n" not in body
