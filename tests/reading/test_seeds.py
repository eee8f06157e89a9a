"""The document that this project was asked for first; it belongs to its publisher and is not part of it.

It lies beside the checkout on the machines of the project's makers. Elsewhere these tests are not
collected, and one test that says so takes their place.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import annotate
from search import Article
from tests.reading.sample import read, the_article

SEEDS = sorted((Path(__file__).resolve().parents[3] / "shared" / "data" / "seeds").glob("*.txt"))

if SEEDS:

    @pytest.fixture(scope="module")
    def article() -> Article:
        return annotate(the_article(read(SEEDS[0])))

    def test_the_headline_is_the_first_line(article: Article) -> None:
        """The seed's first line is its headline."""
        assert article.title.startswith("Was planen Nordkoreas Kim Jong Un")

    def test_the_left_over_is_gone(article: Article) -> None:
        """The word that the web page left at the end is not part of the article; the text before it is."""
        assert article.body.endswith("bald geschehen könnte.")

    def test_the_cross_head_stays(article: Article) -> None:
        """A line without a full stop in the middle is a paragraph of its own."""
        assert "Nordkoreas Vertiefung der Beziehungen zu Moskau" in article.body.split("\n\n")

    def test_the_main_names_are_found(article: Article) -> None:
        """The recogniser finds who and what the article is about, each under one name."""
        assert set(article.entities.person) == {"Kim Jong Un", "Wladimir Putin", "Donald Trump"}
        places = {"Nordkorea", "Russland", "Ukraine", "Alaska", "Kursk", "Moskau", "Washington", "Seoul", "Pjöngjang"}
        assert places <= set(article.entities.place)
        assert {"Korean Central News Agency", "TASS", "Kreml"} <= set(article.entities.organisation)

else:

    def test_the_seed_is_not_here() -> None:
        """Without the publisher's document beside the checkout there is nothing to compare."""
        assert not SEEDS
