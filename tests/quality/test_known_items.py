"""An archive asks itself: questions made of its own articles, the same each time, each with its answer."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Article, open_archive, write_archive
from search.known_items import KINDS, known_items, misspelt, questions_of, rare_nouns
from search.quality import evaluate

TITLES = {
    "hafen": "Lotsen streiken im Hamburger Hafen",
    "wahl": "Hessen wählt den Landtag",
    "kurz": "Urteil",
    "": "",
}


def frequency(word: str) -> int:
    return {"hamburger": 9, "hafen": 5, "lotsen": 1}.get(word, 0)


def test_nouns_are_the_rarest_words_with_a_capital() -> None:
    """The rarest nouns of a headline stand in their order; little words and short ones are none."""
    assert rare_nouns(TITLES["hafen"], 2, frequency) == ("Lotsen", "Hafen")
    assert rare_nouns("Der Streik in Ulm um die S6", 2, frequency) == ("Streik", "Ulm")
    assert rare_nouns(TITLES["kurz"], 2, frequency) == ()


def test_a_headline_is_asked_in_each_way_that_it_allows() -> None:
    """A long headline asks in all ways, one of a word in none; the same articles give the same questions."""
    articles = [Article(id, "Text", title) for id, title in TITLES.items()]
    asked = questions_of(articles, frequency)
    assert {kind: [set(question.relevant) for question in asked[kind]] for kind in KINDS} == {
        "headline": [{"hafen"}, {"wahl"}],
        "two nouns": [{"hafen"}, {"wahl"}],
        "three nouns": [{"hafen"}],
        "misspelt": [{"hafen"}, {"wahl"}],
    }
    assert asked == questions_of(articles, frequency)
    assert asked["misspelt"][0].text != asked["two nouns"][0].text == "Lotsen Hafen"


@given(st.text("abcdeö", min_size=3, max_size=12), st.integers())
def test_a_misspelt_word_has_one_error(word: str, seed: int) -> None:
    """One letter more or less, or two exchanged; the first stays."""
    found = misspelt(word, Random(seed))
    assert found != word
    assert found[0] == word[0]
    assert abs(len(found) - len(word)) <= 1


@pytest.mark.parametrize("engine", ["memory", "whoosh", "tantivy"])
def test_an_archive_is_walked_through(tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many different articles are drawn, the same each time and for each engine, and all if there are fewer."""
    monkeypatch.setattr("search.retrieval.WALKED", 7)
    with write_archive(tmp_path, engine) as writer:
        for number in range(40):
            writer.put(Article(f"{number:02}", f"Wort{number} kommt vor.", f"Wort{number} trifft Hafen{number % 3}"))
    with open_archive(tmp_path) as archive:
        ids = [article.id for article in archive.sample(10)]
        assert ids == [article.id for article in archive.sample(10)]
        assert len(set(ids)) == 10
        assert len({article.id for article in archive.sample(1000)}) == 40
        asked = known_items(archive, 1000)
        assert evaluate(archive, asked["two nouns"]).measures["accuracy@1"] == 1.0
