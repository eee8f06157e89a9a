"""Each reader gets a language: that of the address, or else of the browser; and the page is in it as a whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from babel.support import NullTranslations
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

import web.translation
from search.query.notices import MESSAGES, notice
from tests.language.reading import FIRST, LAST, untranslated
from tests.pages.markup import read, title
from tests.pages.test_accessibility import PAGES as ALL_PAGES
from web import create_app
from web.error_responses import describe
from web.language import preferred
from web.localisation import notice_text, quoted, short_date, shown_date, shown_number, shown_period, shown_time
from web.operation.options import Operation
from web.operation.refusing import Refusals

PAGES = {name: path for name, path in ALL_PAGES.items() if not path.startswith("/en/")}
# Besides what is translated: what the reader asked, names of the sample, dates and formats.
_DATE = r"(\d{1,2} )?(January|February|March|April|May|June|July|August|September|October|November|December)( \d{4})?"
_OTHER_WORDS = (
    "Nachlese|English|CSV|RIS|BibTeX|JSON( Lines)?|LL|"
    + _DATE
    + r"|(\d+ )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|"
    r"https?://\S+|[0-9a-f]{64}|Mauer( Niemals)?|k|Berlin|Helmut Kohl|nirgends|Angriff|Eva Muster|"
    r"Die Mauer ist offen|Ein Angriff mit Punkten"
)
_ALLOWED = re.compile(rf"(?:\b(?:{_OTHER_WORDS})|[\s\d:,.·“”–…()])*")


class _Marked(NullTranslations):
    """A language in which everything that is translated can be told from what is not."""

    def gettext(self, message: str) -> str:
        return f"{FIRST}{message}{LAST}"

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002 - Babel's signature
        return f"{FIRST}{message}{LAST}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"{FIRST}{msgid1 if n == 1 else msgid2}{LAST}"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_all_that_a_page_says_is_translated(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Outside of what is marked as German, each word of a page is a message, a date, a name or what was asked."""
    monkeypatch.setattr(web.translation, "translations", lambda _: _Marked())
    page = client.get(f"/en{path}").text
    assert FIRST in page
    assert [text for text in untranslated(page) if not _ALLOWED.fullmatch(text)] == []


def test_a_title_is_in_the_language_that_it_says(client: FlaskClient) -> None:
    """The title of an article's page is its headline, German on the English page, too; of other pages it is English."""

    def said(path: str) -> tuple[str | None, str]:
        page = read(client.get(path))
        return page.all("title")[0].get("lang"), title(page)

    assert said("/en/artikel/txt/mauerfall.txt") == ("de", "Die Mauer ist offen – Nachlese")
    assert said("/de/artikel/txt/mauerfall.txt") == (None, "Die Mauer ist offen – Nachlese")
    assert said("/en/konkordanz?q=Mauer") == (None, "Concordance: “Mauer” – Nachlese")
    assert said("/en/typisch?q=Mauer") == (None, "Typical words: “Mauer” – Nachlese")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_pages_say_their_language(client: FlaskClient, path: str) -> None:
    """A page, its header and its switch say the same language; its own links stay in it, and texts are German."""
    for language in ("de", "en"):
        response = client.get(f"/{language}{path}")
        page = read(response, response.status_code)
        assert (page.all("html")[0]["lang"], response.headers["Content-Language"]) == (language, language)
        chosen = [link["lang"] for link in page.all("a") if "hreflang" in link and "aria-current" in link]
        assert chosen == [language]
        ours = [link["href"] for link in page.all("a") if link["href"].startswith("/") and "hreflang" not in link]
        assert all(link.startswith((f"/{language}/", "/suche.atom")) for link in ours)
        assert {form["action"][:4] for form in page.all("form")} <= {f"/{language}/"}
        texts = [tag for tag, attributes in page.tags if attributes.get("lang") == "de" and tag != "html"]
        assert language == "en" or texts == ["a"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "de"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("en;q=0.5,de;q=0.5", "de"),
        ("fr", "en"),
        ("fr,de;q=0.3", "de"),
        ("fr,de;q=0.3,en;q=0.4", "en"),
        ("*", "de"),
        ("en,*;q=0.5", "en"),
        ("de;q=0,*", "en"),
        ("nonsense;;q=x,", "de"),
    ],
)
def test_the_browser_says_which_language(client: FlaskClient, accepted: str, language: str) -> None:
    """German where it is accepted at least as much as English, or nothing is said; else English."""
    assert preferred(parse_accept_header(accepted, LanguageAccept)) == language
    assert read(client.get("/hilfe", headers={"Accept-Language": accepted})).all("html")[0]["lang"] == language


def test_caches_keep_an_answer_for_each_language(client: FlaskClient) -> None:
    """Where the browser decides, the answer says so and has its own tag; where the address does, it does not vary."""
    german, english = (client.get("/hilfe", headers={"Accept-Language": each}) for each in ("de", "en"))
    assert "Accept-Language" in german.vary
    assert german.headers["ETag"] != english.headers["ETag"]
    again = client.get("/hilfe", headers={"Accept-Language": "en", "If-None-Match": german.headers["ETag"]})
    assert again.status_code == 200
    same = client.get("/hilfe", headers={"Accept-Language": "en", "If-None-Match": english.headers["ETag"]})
    assert (same.status_code, "Accept-Language" in same.vary) == (304, True)
    assert "Accept-Language" not in client.get("/en/hilfe").vary
    assert "Set-Cookie" not in english.headers


def test_programs_get_the_same_in_every_language(client: FlaskClient) -> None:
    """Neither the API nor files and feeds depend on the language of whoever asks."""
    for path in ("/api/search?q=Mauer+titl:x", "/api/articles/wn-123", "/suche.csv?q=Mauer", "/suche.atom?q=Mauer"):
        german, english = (client.get(path, headers={"Accept-Language": each}) for each in ("de", "en"))
        assert re.sub(r'"took_ms":[\d.]+', "", german.text) == re.sub(r'"took_ms":[\d.]+', "", english.text)
        assert "Accept-Language" not in german.vary


def test_addresses_that_leave_the_site_have_no_language(client: FlaskClient) -> None:
    """Permanent links, citations, feeds and what search engines keep are for readers of any language."""
    page = client.get("/en/artikel/wn-123").text
    assert 'rel="canonical" href="http://localhost/artikel/wn-123"' in page
    assert 'rel="bookmark" data-copy-link>' in page
    assert "http://localhost/en/" not in page
    assert 'href="/suche.atom?q=Mauer"' in client.get("/en/suche?q=Mauer").text
    assert "http://localhost/en/" not in client.get("/en/suche.atom?q=Mauer").text


def test_search_engines_learn_of_all_languages(client: FlaskClient) -> None:
    """A page names its address in each language, and the one that leaves it to the reader."""
    for path in ("/hilfe", "/en/hilfe"):
        links = {each["hreflang"]: each["href"] for each in read(client.get(path)).all("link") if "hreflang" in each}
        base = "http://localhost"
        assert links == {
            "de": f"{base}/de/hilfe", "en": f"{base}/en/hilfe", "x-default": f"{base}/hilfe",
        }  # fmt: skip


def test_the_switch_leads_to_the_same_page(client: FlaskClient) -> None:
    """It keeps the path and what was asked, whatever signs they have, also below a path of the site's own."""
    page = read(client.get("/suche?q=M%C3%BCller+%26+S%C3%B6hne&from=1989"))
    assert "/en/suche?q=M%C3%BCller+%26+S%C3%B6hne&from=1989" in page.links()
    page = read(client.get("/de/artikel/Stra%C3%9Fe%20der%20W%C3%B6rter/1%202.txt"))
    assert "/en/artikel/Stra%C3%9Fe%20der%20W%C3%B6rter/1%202.txt" in page.links()
    below = client.get("/en/namen", environ_overrides={"SCRIPT_NAME": "/archiv"})
    assert {"/archiv/de/namen", "/archiv/en/namen", "/archiv/en/"} <= set(read(below).links())
    assert 'href="http://localhost/archiv/namen"' in below.text


def test_only_whole_names_of_languages_are_taken(client: FlaskClient) -> None:
    """/english and /den are no languages, and what lies below one needs to be there."""
    for path in ("/english", "/den/hilfe", "/fr/hilfe", "/en/en/hilfe", "/en/nix"):
        assert client.get(path).status_code == 404
    assert client.get("/en").status_code == 200


def test_errors_are_told_in_the_language(client: FlaskClient, app: Flask, tmp_path: object) -> None:
    """Whatever goes wrong, the page says so in English; programs are told the same as ever."""
    assert "There is nothing here" in client.get("/en/nix").text
    assert "There is nothing here" in client.get("/nix", headers={"Accept-Language": "en"}).text
    missing = create_app(f"{tmp_path}/nothing").test_client()
    assert "No archive yet" in missing.get("/en/").text
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        assert describe(RuntimeError("x")).headline == "Something went wrong"


def test_refusals_are_told_in_the_language(app: Flask) -> None:
    """Who asks too often is told so as the address or the browser says."""
    refusals = Refusals(app, Operation())
    told = {
        path + accepted: refusals.too_often({"PATH_INFO": path, "HTTP_ACCEPT_LANGUAGE": accepted}, 1)[2]
        for path, accepted in (("/", ""), ("/", "en"), ("/en/suche", "de"), ("/api/search", "en"))
    }
    assert ["zu viele Anfragen" in body.decode() for body in told.values()] == [True, False, False, False]
    assert json.loads(told["/api/searchen"])["status"] == 429


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """A request for an English page."""
    with app.test_request_context("/", headers={"Accept-Language": "en"}):
        yield


@pytest.mark.usefixtures("english")
def test_values_are_written_in_english() -> None:
    """Dates, times, numbers and quotations are written as British papers do."""
    assert shown_date("2025-08-13") == "13 August 2025"
    assert short_date("2025-08-13") == "13/8/2025"
    assert shown_date(None) == "undated"
    assert shown_period("2020-12-14", "2020-12-20") == "14 to 20 December 2020"
    assert shown_period("1989", "") == "from 1989"
    assert shown_time("1990-10-03T00:05:00+01:00") == "00:05"
    assert shown_number(12345.67) == "12,345.7"
    assert quoted('"wir schaffen das"~5') == "“‘wir schaffen das’~5”"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("code", MESSAGES)
def test_every_notice_is_told_in_english(code: str) -> None:
    """The page says each notice in English, with what it quotes; programs and the shell have it in German."""
    told = notice(code, "Wort%(x)s")
    assert notice_text(told) not in ("", told.message)
    assert ("Wort%(x)s" in notice_text(told)) == ("Wort%(x)s" in told.message)


def test_a_near_field_is_offered_in_english(client: FlaskClient) -> None:
    """The remedy of a notice is translated, too."""
    assert "Perhaps titel is meant." in client.get("/en/suche?q=titl:Mauer").text


def test_dates_that_the_page_writes_can_be_read_again(client: FlaskClient) -> None:
    """What stands in the boxes of a period in English finds the same when it is sent."""
    page = read(client.get("/en/suche?q=Mauer&from=1989-11-10&to=1990-10-03"))
    typed = {box["name"]: box["value"] for box in page.all("input") if box.get("id") in ("from", "to")}
    assert typed == {"from": "10 November 1989", "to": "3 October 1990"}
    again = client.get("/en/suche", query_string={"q": "Mauer", **typed})
    assert "2 hits" in again.text
