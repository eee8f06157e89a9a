"""What an archive answers: relaxed readings, cursors, facets, suggestions, reasons."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from search import Archive, Article, Entities, NewsDate, Request, open_archive, write_archive
from search.errors import ArticleNotFound, BadRequest

ARTICLES = (
    Article("gipfel", "Putin und Trump sprechen in Alaska über ein strategisches Abkommen.", "Gipfel in Alaska",
            NewsDate("2025-08-15"), "Chronik", "Politik",
            entities=Entities(("Donald Trump", "Wladimir Putin"), ("Alaska",))),
    Article("treffen", "Kim empfängt Putin. Von Abkommen ist keine Rede.", "Treffen in Pjöngjang", NewsDate("2024-06"),
            "Bote", "Politik", entities=Entities(("Wladimir Putin", "Kim Jong Un"), ("Nordkorea",))),
    Article("wahl", "Die Bundestagswahl rückt näher. Regierung und Opposition streiten.", "Wahlkampf", NewsDate("2025"),
            "Bote", "Politik", entities=Entities(organisation=("Deutscher Bundestag",))),
    Article("musik", "Die Musik-Sammlung wächst.", "Kultur im Überblick", None, "Chronik", "Kultur"),
)  # fmt: skip


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("archive")
    with write_archive(directory, request.param) as writer:
        for article in ARTICLES:
            writer.put(article)
    with open_archive(directory) as opened:
        yield opened


def ids(archive: Archive, **asked: Any) -> list[str]:
    return [hit.id for hit in archive.search(Request(**asked)).hits]


def codes(archive: Archive, text: str) -> list[str]:
    return [notice.code for notice in archive.search(Request(text=text)).query.notices]


def test_a_phrase_without_hits_falls_back_to_word_forms(archive: Archive) -> None:
    """An exact phrase that nowhere occurs is answered in any word forms, with a notice."""
    assert ids(archive, text='"strategischen Abkommens"') == ["gipfel"]
    assert codes(archive, '"strategischen Abkommens"') == ["phrase_relaxed"]
    assert codes(archive, '"strategisches Abkommen"') == []


def test_words_that_never_meet_are_relaxed(archive: Archive) -> None:
    """Words no article has together are answered with any of them, with a notice; exclusions stay."""
    page = archive.search(Request(text="Opposition Alaska"))
    assert {hit.id for hit in page.hits} == {"gipfel", "wahl"}
    assert [notice.code for notice in page.query.notices] == ["words_relaxed"]
    assert page.query.understood == "Opposition ODER Alaska"
    assert ids(archive, text="Opposition Alaska -Trump") == ["wahl"]
    assert codes(archive, "Opposition Regierung") == []


def test_a_query_that_nothing_answers_has_no_hits(archive: Archive) -> None:
    """Without any hit the query stands as typed, and no notice claims that something was found."""
    page = archive.search(Request(text="Quastenflosser Blauwal"))
    assert (page.total, page.hits, page.query.notices) == (0, (), ())
    assert page.query.understood == "Quastenflosser UND Blauwal"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"person": ("Wladimir Putin",)}, ["gipfel", "treffen"]),
        ({"person": ("Wladimir Putin", "Kim Jong Un")}, ["treffen"]),
        ({"source": ("Bote", "Chronik")}, ["gipfel", "wahl", "treffen", "musik"]),
        ({"source": ("Bote",), "section": ("Politik", "Kultur")}, ["wahl", "treffen"]),
        ({"place": ("alaska",)}, []),
        ({"since": date(2025, 1, 1)}, ["gipfel", "wahl"]),
        ({"until": date(2024, 6, 1)}, ["treffen"]),
        ({"since": date(2025, 3, 1), "until": date(2025, 3, 2)}, ["wahl"]),
        ({"text": "Putin", "section": ("Kultur",)}, []),
        ({"sort": "oldest"}, ["treffen", "wahl", "gipfel", "musik"]),
    ],
)
def test_filters_narrow(archive: Archive, asked: dict[str, object], expected: list[str]) -> None:
    """Two names mean both, two sources either, days overlap months and years."""
    assert ids(archive, **asked) == expected


def test_facets_count_what_narrowing_would_leave(archive: Archive) -> None:
    """Each facet value with its count is exactly what a filter on it finds; years go newest first."""
    page = archive.search(Request(text="Putin"))
    for name in ("person", "place", "source", "section"):
        for value in page.facets[name]:
            narrowed: dict[str, Any] = {name: (value.value,)}
            assert archive.search(Request(text="Putin", **narrowed)).total == value.count
    assert [(year.value, year.count) for year in page.facets["year"]] == [("2025", 1), ("2024", 1)]


def test_why_names_the_weakest_match_that_was_needed(archive: Archive) -> None:
    """Exact words, other forms and closed spellings are told apart; no words, no reason."""
    reasons = {
        "Abkommen": "exact", "Putin Abkommens": "form", "Musiksammlung": "part", "Musik-Sammlung": "exact",
        "Bundestag": "exact", "datum:2024": None, '"strategischen Abkommens"': "form", "Alas*": "form",
    }  # fmt: skip
    for text, reason in reasons.items():
        assert archive.search(Request(text=text)).hits[-1].why == reason, text


def test_cursors_walk_through_relaxed_lists(archive: Archive) -> None:
    """The next page of a relaxed query goes on in the relaxed list, and the last page has no next."""
    request = Request(text="Opposition Alaska", size=1)
    first = archive.search(request)
    assert first.next is not None
    second = archive.search(Request(text="Opposition Alaska", size=1, cursor=first.next))
    assert {first.hits[0].id, second.hits[0].id} == {"gipfel", "wahl"}
    assert (second.next, second.total) == (None, 2)


@pytest.mark.parametrize("cursor", ["", "x", "äöü", "W10", "bnVsbA", "MTIz", "eyJhIjoxfQ", "A" * 5000])
def test_a_cursor_we_did_not_make_is_a_bad_request(archive: Archive, cursor: str) -> None:
    """Anything that is no cursor of ours is refused with the remedy."""
    with pytest.raises(BadRequest, match="first page") as caught:
        archive.search(Request(text="Putin", cursor=cursor))
    assert caught.value.parameter == "cursor"


def test_a_cursor_belongs_to_its_request(archive: Archive) -> None:
    """A cursor is refused for other words, filters or orders, and good for another page size."""
    cursor = archive.search(Request(text="Putin", size=1)).next
    assert archive.search(Request(text="Putin", size=5, cursor=cursor)).hits
    for other in (Request(text="Trump", cursor=cursor), Request(text="Putin", sort="newest", cursor=cursor),
                  Request(text="Putin", person=("Kim Jong Un",), cursor=cursor)):  # fmt: skip
        with pytest.raises(BadRequest):
            archive.search(other)


def test_unknown_articles_are_named(archive: Archive) -> None:
    """Asking for an id that is not there is an error that names it."""
    with pytest.raises(ArticleNotFound, match="gibtsnicht"):
        archive.article("gibtsnicht")


def test_suggestions_are_names_and_words(archive: Archive) -> None:
    """A beginning is continued with names it begins a word of, and with words as they are written."""
    suggested = [(one.text, one.kind, one.count) for one in archive.suggest("bund")]
    assert suggested == [("Deutscher Bundestag", "organisation", 1), ("Bundestagswahl", "word", 1)]
    first = archive.suggest("wladimir put")[0]
    assert (first.text, first.kind, first.count) == ("Wladimir Putin", "person", 2)
    assert archive.suggest("") == ()
    assert archive.suggest("!?") == ()
    assert len(archive.suggest("a", limit=1)) == 1


@pytest.fixture
def dirty(tmp_path: Path) -> Iterator[Archive]:
    """Forms of one word, a name that is a word as well, and one that was read wrongly once."""
    with write_archive(tmp_path, "memory") as writer:
        for number in range(3):
            body = "Die Kinder mit einem Kind und die Kindheit der Kinder. Eine Kita in China, eine Frau."
            writer.put(Article(str(number), body, entities=Entities(person=("Frank Kindler",), place=("China",))))
        writer.put(Article("x", "Kinder, einig.", entities=Entities(person=("CDU Frank Kindlerhatte", "Anna Einmal"))))
    with open_archive(tmp_path) as opened:
        yield opened


def suggested(archive: Archive, beginning: str) -> list[str]:
    return [one.text for one in archive.suggest(beginning)]


def test_suggestions_are_each_something_else(dirty: Archive) -> None:
    """Of the forms of a word one is offered, a name not again as a word, and function words not beside others."""
    assert suggested(dirty, "kind") == ["Frank Kindler", "Kinder", "Kindheit"]
    assert suggested(dirty, "chin") == ["China"]
    assert "eine" not in [text.casefold() for text in suggested(dirty, "ein")]
    assert suggested(dirty, "eine") != []


def test_names_of_one_article_are_suggested_where_there_are_no_others(dirty: Archive) -> None:
    """Many are words that were taken for a name; but a name that stands in one article alone can be found, too."""
    assert suggested(dirty, "anna") == ["Anna Einmal"]
    assert suggested(dirty, "kindlerh")[:1] == ["CDU Frank Kindlerhatte"]


def test_suggestions_are_headlines_too(archive: Archive) -> None:
    """A headline with the words typed, the last one begun, comes with the id of its article."""
    titles = [(one.text, one.id) for one in archive.suggest("gipfel ala") if one.kind == "title"]
    assert titles == [("Gipfel in Alaska", "gipfel")]
    assert [one.id for one in archive.suggest("kultur") if one.kind == "title"] == ["musik"]


def test_suggested_words_go_with_those_before_them(archive: Archive) -> None:
    """A completed word is only offered if some article has all words, with the number of these articles."""
    words = [(one.text, one.count) for one in archive.suggest("Putin abk") if one.kind == "word"]
    assert words == [("Putin Abkommen", 2)]
    assert [one for one in archive.suggest("Opposition abk") if one.kind == "word"] == []


def test_marks_stand_in_title_and_body(archive: Archive) -> None:
    """The article page gets every place where the query matches; a phrase that is not there, its word forms."""
    article = archive.article("gipfel")
    marked = archive.marks(article, 'Alaska "strategischen Abkommens"')
    assert [article.title[start:end] for start, end in marked.title] == ["Alaska"]
    assert [article.body[start:end] for start, end in marked.body] == ["Alaska"]
    alone = archive.marks(article, '"strategischen Abkommens"')
    assert [article.body[start:end] for start, end in alone.body] == ["strategisches Abkommen"]


@pytest.mark.parametrize(("engine", "module"), [("tantivy", "tantivy.term_lists"), ("whoosh", "whoosh.segments")])
def test_a_pattern_that_very_many_words_fit_stands_for_the_most_frequent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, module: str
) -> None:
    """A pattern with a star in front is looked up as the most frequent words that fit, and a notice says so."""
    monkeypatch.setattr(f"search.engines.{module}.MOST_TERMS", 2)
    words = ["Zeitung", "Zeitung Leitung", "Leitung Wohnung", "Wohnung", "Dichtung", "Haus"]
    with write_archive(tmp_path, engine) as writer:
        for number, body in enumerate(words):
            writer.put(Article(str(number), body))
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("*tung"))
        assert [hit.id for hit in page.hits] == ["0", "1", "2"]
        assert [notice.code for notice in page.query.notices] == ["many_fitting"]
        assert "*tung" in page.query.notices[0].message
        assert archive.search(Request("*hnung")).query.notices == ()
