"""Articles as references: what is known is said in every format, and nothing else."""

from __future__ import annotations

import csv
import re
import sys
from datetime import date
from io import StringIO
from typing import Any
from unicodedata import normalize

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search import Article, NewsDate
from tests.api.contract import kept_problem
from tests.files import reading
from tests.files.sample import BREAKOUTS, MANY
from tests.pages.sample import HONEST
from web.citations import Reference, bibtex, citation_text, escape_tex, family_name_first, ris
from web.files.tables import csv_cell
from web.metadata import article_json_ld, meta_tags
from web.safe_text import one_line, printable

ADDRESS = "https://example.org/mauerfall"
FULL = Reference(HONEST[0], ADDRESS)
BARE = Reference(Article(id="x", body="Erste Worte eines Artikels."), ADDRESS)
TODAY = date(2026, 8, 13)
# Characters that mean something to one of the formats, and all others.
ODD = st.text(
    alphabet=st.one_of(st.sampled_from("{}\\\"%#$&_^~@,=\r\n\t \x00\x0b\x1c\x85\u2028-'ERTY;]>"), st.characters())
)
DATES = st.sampled_from([None, "1989", "1989-11", "1989-11-10"])


def dated(text: str | None) -> Article:
    """An article of this date."""
    return Article(id="x", title="Titel", body="Text", date=NewsDate(text) if text else None)


def read_back(article: Article) -> tuple[dict[str, Any], dict[str, str]]:
    """The only reference of its RIS and the only entry of its BibTeX."""
    reference = Reference(article, ADDRESS)
    (fields,) = reading.ris(ris([reference]))
    (entry,) = reading.bibtex(bibtex([reference]))
    return fields, entry


def test_ris_says_what_is_known() -> None:
    """A whole article in RIS."""
    fields, _ = read_back(FULL.article)
    assert fields == {
        "type_of_reference": "NEWS",
        "id": FULL.key,
        "title": "Die Mauer ist offen",
        "authors": ["Muster, Eva"],
        "secondary_title": "Abendblatt",
        "year": "1989",
        "date": "1989/11/10/",
        "section": "Politik",
        "keywords": ["Helmut Kohl", "Egon Krenz", "Berlin", "SED"],
        "language": "de",
        "urls": [ADDRESS],
        "name_of_database": "Nachlese",
        "accession_number": "txt/mauerfall.txt",
    }


def test_bibtex_says_what_is_known() -> None:
    """A whole article in BibTeX."""
    _, entry = read_back(FULL.article)
    assert entry == {
        "type": "article",
        "key": FULL.key,
        "author": "Muster, Eva",
        "title": "{Die Mauer ist offen}",
        "journal": "Abendblatt",
        "date": "1989-11-10",
        "year": "1989",
        "month": "nov",
        "url": ADDRESS,
        "langid": "ngerman",
    }


def test_what_is_not_known_is_left_out() -> None:
    """An article of an id and a body has its first words for a title, and no author, date or newspaper."""
    fields, entry = read_back(BARE.article)
    assert fields["title"] == "Erste Worte eines Artikels."
    assert not {"authors", "year", "date", "secondary_title", "section", "keywords"} & set(fields)
    assert entry["type"] == "misc"
    assert not {"author", "year", "date", "month", "journal"} & set(entry)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, (None, None, None, None)),
        ("1989", ("1989", "1989///", "1989", None)),
        ("1989-11", ("1989", "1989/11//", "1989-11", "nov")),
        ("1989-11-10", ("1989", "1989/11/10/", "1989-11-10", "nov")),
    ],
)
def test_dates_are_as_precise_as_they_are_known(text: str | None, expected: tuple[str | None, ...]) -> None:
    """A year stays a year and a month a month, in both formats."""
    fields, entry = read_back(dated(text))
    assert (fields.get("year"), fields.get("date"), entry.get("date"), entry.get("month")) == expected
    assert entry.get("year") == fields.get("year")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Eva Muster", "Muster, Eva"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Ursula von der Leyen", "von der Leyen, Ursula"),
        ("Karl-Theodor zu Guttenberg", "zu Guttenberg, Karl-Theodor"),
        ("M. Müller-Lüdenscheidt", "Müller-Lüdenscheidt, M."),
        ("Muster, Eva", "Muster, Eva"),
        ("dpa", None),
        ("Deutsche Presse-Agentur", None),
        ("Redaktion Politik", None),
        ("Eva Muster und Hans Beispiel", None),
        ("Hans Beispiel jr.", None),
        ("{Eva} Muster", None),
        ("a, b, c, d", None),
        ("", None),
    ],
)
def test_only_plain_names_of_persons_are_turned_around(name: str, expected: str | None) -> None:
    """The family name comes first, with its particles; whatever may be no person stays whole."""
    assert family_name_first(name) == expected


def test_names_that_are_no_persons_stay_whole() -> None:
    """An agency is one name in both formats, also with an `and` in it."""
    article = Article(id="x", body="Text", authors=("Deutsche Presse-Agentur", "Smith and Sons", "Eva Muster"))
    fields, entry = read_back(article)
    assert fields["authors"] == ["Deutsche Presse-Agentur", "Smith and Sons", "Muster, Eva"]
    assert entry["author"] == "{Deutsche Presse-Agentur} and {Smith and Sons} and Muster, Eva"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            FULL,
            f"Eva Muster: Die Mauer ist offen. In: Abendblatt, 10. November 1989, {ADDRESS} "
            "(abgerufen am 13. August 2026).",
        ),
        (BARE, f"Erste Worte eines Artikels. o. D., {ADDRESS} (abgerufen am 13. August 2026)."),
        (Reference(dated("1975-06"), ADDRESS), f"Titel. Juni 1975, {ADDRESS} (abgerufen am 13. August 2026)."),
    ],
)
def test_citation_in_words(reference: Reference, expected: str) -> None:
    """A reference in German says who, what, where and when, as far as it is known."""
    assert citation_text(reference, TODAY) == expected


def test_article_is_cited_by_its_original_if_there_is_one(client: FlaskClient) -> None:
    """The address is that of the original if it can be linked, else that of the article's page."""
    by_id = {
        id: reading.ris(reading.text_of(client.get("/zitat.ris", query_string={"id": id})))[0]["urls"]
        for id in ("txt/mauerfall.txt", "wn-123", "../../etc/passwd")
    }
    assert by_id["txt/mauerfall.txt"] == ["https://example.org/mauerfall"]
    assert by_id["wn-123"] == ["http://localhost/artikel/wn-123"]
    assert by_id["../../etc/passwd"] == ["http://localhost/artikel?id=..%2F..%2Fetc%2Fpasswd"]


@pytest.mark.parametrize(
    ("query", "status", "parameter"), [("", 400, "id"), ("?id=nix", 404, None), ("?id=wn-123&q=x", 400, "q")]
)
def test_unusable_requests_are_problems(client: FlaskClient, query: str, status: int, parameter: str | None) -> None:
    """Without an id, with that of no article, or with more than an id there is no reference."""
    assert kept_problem(client.get(f"/zitat.bib{query}"), status).get("parameter") == parameter


@given(ODD, ODD)
def test_keys_differ_if_ids_do(one: str, other: str) -> None:
    """The key of a reference is the same each time, plain ASCII, and another for another article."""
    keys = [Reference(Article(id=id, body="Text", authors=(one,)), ADDRESS).key for id in (one, one, other)]
    assert keys[0] == keys[1]
    assert (keys[0] == keys[2]) == (one.encode(errors="replace") == other.encode(errors="replace"))
    assert all(re.fullmatch("[a-z0-9-]+", key) for key in keys)


def test_keys_of_a_whole_file_differ() -> None:
    """Articles that have nothing but their id still have keys of their own."""
    assert len({Reference(article, ADDRESS).key for article in MANY}) == len(MANY)


@given(ODD, DATES)
def test_any_text_comes_back_from_ris_and_bibtex(text: str, day: str | None) -> None:
    """Whatever an article says, each field says the same in one line, and nothing follows the reference."""
    article = Article(
        id=text, title=f"Z{text}", body=text, source=text, section=text, authors=(text,),
        date=NewsDate(day) if day else None,
    )  # fmt: skip
    fields, entry = read_back(article)
    line = one_line(text)
    assert fields["title"] == one_line(f"Z{text}")
    assert (fields.get("secondary_title", ""), fields.get("section", "")) == (line, line)
    assert fields.get("accession_number", "") == line
    assert reading.printed(entry["title"][1:-1]) == one_line(f"Z{text}")
    assert reading.printed(entry.get("journal", "")) == line
    assert fields.get("authors", []) == ([family_name_first(line) or line] if line else [])


@given(ODD)
def test_any_text_comes_back_from_tex(text: str) -> None:
    """TeX prints the text in one line, letter by letter, and its braces are balanced."""
    reading.assert_balanced(escape_tex(text))
    assert reading.printed(escape_tex(text)) == one_line(text)


@given(ODD)
def test_any_text_comes_back_from_a_cell(text: str) -> None:
    """A cell is its text, with an apostrophe before what a spreadsheet would take for a formula."""
    found = csv_cell(text)
    assert found.replace("'", "") == printable(text).replace("'", "")
    assert not found.startswith(tuple("=+-@\t\r\n"))


FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "＝1+1", "﹦1", "﹢1", "﹣1", "﹫SUM(1)", "\u22121", "=cmd|' /C calc'!A0"]
UNSEEN = ["\u2003", "\u200b", "\ufeff", "\u3000", "\u00ad", "\u2060", "\u202e", "\ufe0f", "\u3164", "\U000e0020"]
BEFORE = ["", "x;", "x; ", 'x;"', "x;\u00a0'", "x\n", "x\r\n", "x\t", '"x";', ";;", "x\n;", "x,", 'x,"',
          *UNSEEN, *(f"x;{sign}" for sign in UNSEEN), *(f"x,{sign}" for sign in UNSEEN)]  # fmt: skip
SIGNS = tuple(sign for sign in map(chr, range(sys.maxunicode)) if normalize("NFKC", sign) in (*"=+-@", "\u2212"))


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_separator_makes_a_formula(before: str, separator: str) -> None:
    """Whether a spreadsheet parts cells at commas, as we do, at semicolons or at tabs, none begins as a formula."""
    text = StringIO()
    csv.writer(text).writerows([csv_cell("id"), csv_cell(before + formula), csv_cell("x")] for formula in FORMULAS)
    for line in text.getvalue().splitlines():
        for cells in (line.split(separator), *csv.reader([line], delimiter=separator)):
            for cell in cells:
                assert not cell.lstrip(' "\u00a0' + "".join(UNSEEN)).startswith(SIGNS), cell


def test_every_form_of_a_sign_is_one() -> None:
    """What a spreadsheet may take for = + - or @, as Unicode says that it stands for it, has its apostrophe."""
    assert [csv_cell(f"{sign}1") for sign in SIGNS] == [f"'{sign}1" for sign in SIGNS]


def test_words_with_hyphens_are_no_formulas() -> None:
    """An ordinary text stays as it is."""
    for text in (
        "Innen- und Außenpolitik; dazu 3 + 4 = 7",
        "E-Mail an a@b.de",
        "Berlin, -3 Grad",
        "x - y; z",
        "100,- DM",
        "a,b",
    ):
        assert csv_cell(text) == text


@pytest.mark.parametrize("text", BREAKOUTS)
def test_metadata_is_only_what_the_article_says(app: Flask, text: str) -> None:
    """Whatever an article says stays a value of its tags and of its JSON-LD, which no text can end in a page."""
    article = Article(id="x", title=text, body="Text", source=text, authors=(text,), url=text)
    assert ("citation_title", text) in meta_tags(article, ADDRESS)
    found = article_json_ld(article, ADDRESS)
    assert found["headline"] == text
    assert "sameAs" not in found
    with app.app_context():
        assert "<" not in render_template_string("{{ found | tojson }}", found=found)


def test_meta_tags_say_what_zotero_reads() -> None:
    """The tags name title, authors, date, newspaper, language, address and the kind of article."""
    assert meta_tags(FULL.article, ADDRESS) == (
        ("citation_title", "Die Mauer ist offen"),
        ("citation_author", "Eva Muster"),
        ("citation_publication_date", "1989/11/10"),
        ("citation_journal_title", "Abendblatt"),
        ("citation_language", "de"),
        ("citation_public_url", ADDRESS),
        ("citation_fulltext_html_url", ADDRESS),
        ("z:itemType", "newspaperArticle"),
    )
    assert {name for name, _ in meta_tags(BARE.article, ADDRESS)} == {
        "citation_title", "citation_language", "citation_public_url", "citation_fulltext_html_url", "z:itemType",
    }  # fmt: skip


def test_json_ld_says_what_search_engines_read() -> None:
    """The NewsArticle names what is known, and its persons, places and organisations by their types."""
    found = article_json_ld(FULL.article, "http://localhost/artikel/txt/mauerfall.txt")
    assert (found["@context"], found["@type"]) == ("https://schema.org", "NewsArticle")
    assert found["datePublished"] == "1989-11-10"
    assert found["author"] == [{"@type": "Person", "name": "Eva Muster"}]
    assert found["isPartOf"] == {"@type": "Periodical", "name": "Abendblatt"}
    assert found["sameAs"] == "https://example.org/mauerfall"
    assert {"@type": "Organization", "name": "SED"} in found["mentions"]
    assert article_json_ld(HONEST[1], ADDRESS)["datePublished"] == "1990-10-03T00:05:00+01:00"
    assert set(article_json_ld(BARE.article, ADDRESS)) == {
        "@context", "@type", "headline", "inLanguage", "url", "mainEntityOfPage",
    }  # fmt: skip
