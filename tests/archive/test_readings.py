"""How a query is read: function words, questions of many words, what may have been meant."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Archive, Article, Request, open_archive, write_archive
from search.german.function_words import FUNCTION_WORDS

ARTICLES = (
    Article("wahl", "Die Abstimmung findet am Sonntag statt. Hessen wählt den Landtag.", "Hessen vor der Wahl"),
    Article("hafen", "Im Hamburger Hafen streiken die Lotsen seit gestern.", "Streik im Hafen"),
    Article(
        "elbe", "Die Elbe führt Hochwasser, der Hafen bleibt geöffnet, die Lotsen fahren.", "Hochwasser an der Elbe"
    ),
    Article("schuld", "Der Angeklagte ist nicht schuldig, sagte das Gericht.", "Freispruch"),
    Article("schuldig", "Der Angeklagte ist schuldig.", "Urteil"),
)


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("readings")
    with write_archive(directory, request.param) as writer:
        for article in ARTICLES:
            writer.put(article)
    with open_archive(directory) as opened:
        yield opened


def ids(archive: Archive, text: str) -> list[str]:
    return [hit.id for hit in archive.search(Request(text=text)).hits]


def codes(archive: Archive, text: str) -> list[str]:
    return [notice.code for notice in archive.search(Request(text=text)).query.notices]


def test_function_words_may_be_missing(archive: Archive) -> None:
    """An article need not have the little words of a query, and they are not marked."""
    page = archive.search(Request(text="Wahl in Hessen"))
    assert [hit.id for hit in page.hits] == ["wahl"]
    assert page.query.notices == ()
    marked = [page.hits[0].title[start:end] for start, end in page.hits[0].title_marks]
    assert marked == ["Hessen", "Wahl"]


def test_parts_of_a_long_compound_are_the_last_resort(archive: Archive) -> None:
    """A compound of three parts that no article has is its halves near each other, with a notice; one of two is not."""
    assert ids(archive, "Hochwasserhafen") == ["elbe"]
    assert codes(archive, "Hochwasserhafen") == ["words_apart"]
    assert ids(archive, "Lotsenhafen") == []


def test_words_that_turn_the_meaning_are_needed(archive: Archive) -> None:
    """nicht is a word like any other."""
    assert ids(archive, "nicht schuldig") == ["schuld"]
    assert not {"nicht", "kein", "ohne", "gegen"} & FUNCTION_WORDS


def test_function_words_alone_are_asked_for(archive: Archive) -> None:
    """A query of nothing but little words asks for them."""
    assert set(ids(archive, "die der")) >= {"wahl", "elbe"}
    assert set(ids(archive, '"ist nicht"')) == {"schuld"}


def test_many_words_need_not_all_be_there(archive: Archive) -> None:
    """Of many words an article needs not all, with a notice; joined by UND, it needs all of them."""
    question = "Warum streiken Lotsen Hafen Hamburger Reeder heute"
    assert ids(archive, question)[0] == "hafen"
    assert codes(archive, question) == ["words_many"]
    strict = "streiken UND Lotsen UND Hafen UND Hamburger UND gestern"
    assert ids(archive, strict) == ["hafen"]
    assert codes(archive, strict) == []


def test_by_date_all_words_are_needed(archive: Archive) -> None:
    """Sorted by date, where the best do not come first, many words are all needed while some article has them."""
    request = Request(text="streiken Lotsen Hafen Hamburger gestern", sort="newest")
    assert [hit.id for hit in archive.search(request).hits] == ["hafen"]


def test_phrases_are_loosened_last(archive: Archive) -> None:
    """If nothing has a phrase and the other words, the words of the phrase count one by one."""
    assert ids(archive, '"Hochwasser im Hafen" Lotsen')[0] == "elbe"
    assert "words_relaxed" in codes(archive, '"Hochwasser im Hafen" Lotsen')


@pytest.mark.parametrize(("typed", "meant"), [("Hochwaser", "Hochwasser"), ("Lotzen", "Lotsen")])
def test_mistyped_words_are_offered_right(archive: Archive, typed: str, meant: str) -> None:
    """A query that finds hardly anything comes with what was meant, and how many articles answer that."""
    corrections = archive.search(Request(text=typed)).query.corrections
    assert meant in [correction.text for correction in corrections]
    assert all(correction.total == archive.count(Request(text=correction.text)) for correction in corrections)


def test_one_word_in_two_is_found_as_one(archive: Archive) -> None:
    """A word that was typed in two needs no offer: its articles are found."""
    assert ids(archive, "Lot sen") == ids(archive, "Lotsen")
    assert archive.search(Request(text="Lot sen")).query.corrections == ()


def test_what_finds_enough_is_not_doubted(archive: Archive) -> None:
    """A query whose words are known has no corrections, nor one for which nothing else finds more."""
    assert archive.search(Request(text="Hochwasser")).query.corrections == ()
    assert archive.search(Request(text="Angeklagte")).query.corrections == ()
    assert archive.search(Request()).query.corrections == ()
