"""What `annotate` promises for any article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import annotate
from indexer.entities import annotate_all
from search import Article, Entities

SEED = Path(__file__).resolve().parents[3] / "shared/data/seeds/000_c43c8cff4d4a9799.txt"
IN_THE_SEED = {
    "person": "Kim Jong Un,Wladimir Putin,Donald Trump",
    "place": "Nordkorea,Russland,Ukraine,Alaska,Kursk,Pjöngjang,Moskau,Washington",
    "organisation": "Korean Central News Agency,TASS,Kreml",  # the first is also called KCNA
}


def test_names_are_found_and_listed() -> None:
    """Persons, places and organisations of a plain news text are found, each under one name."""
    text = (
        "Bundeskanzler Olaf Scholz ist am Montag nach Frankreich gereist. In Paris traf Scholz den Präsidenten "
        "Emmanuel Macron. Macrons Sprecher sagte der Nachrichtenagentur Reuters, Deutschlands Vorschlag werde geprüft."
    )
    assert annotate(Article("1", text)).entities == Entities(
        ("Olaf Scholz", "Emmanuel Macron"), ("Frankreich", "Paris", "Deutschland"), ("Reuters",)
    )


@pytest.mark.skipif(not SEED.exists(), reason="the user's document is not here")
@pytest.mark.parametrize("type", IN_THE_SEED)
def test_the_names_of_the_seed(type: str) -> None:
    """The user's document has its main persons, places and organisations."""
    text = SEED.read_text(encoding="utf-8")
    assert set(IN_THE_SEED[type].split(",")) <= set(annotate(Article("1", text)).entities.of(type))


def test_only_entities_and_mentions_change() -> None:
    """Everything else about an article stays as it is."""
    article = Article("1", "Olaf Scholz sprach.", title="T", source="S", url="https://e.org/1", authors=("A",))
    annotated = annotate(article)
    assert annotated.entities.person == ("Olaf Scholz",)
    changed = {"entities": None, "mentions": None}
    assert {**annotated.as_json(), **changed} == {**article.as_json(), **changed}


def test_mentions_tell_where_names_stand() -> None:
    """Each mention has the letters of a name, in the title and in the body."""
    annotated = annotate(
        Article("1", "In Berlin sprach Angela Merkel. Merkels Rede war kurz.", title="Angela Merkel in Berlin")
    )
    texts = {"title": annotated.title, "body": annotated.body}
    said = [
        (mention.field, texts[mention.field][mention.start : mention.end], mention.name)
        for mention in annotated.mentions
    ]
    assert said == [
        ("title", "Angela Merkel", "Angela Merkel"), ("title", "Berlin", "Berlin"), ("body", "Berlin", "Berlin"),
        ("body", "Angela Merkel", "Angela Merkel"), ("body", "Merkels", "Angela Merkel"),
    ]  # fmt: skip


@settings(max_examples=25)
@given(st.lists(st.text(max_size=80), max_size=3))
def test_articles_are_annotated_together_as_one_by_one(texts: list[str]) -> None:
    """The names of an article do not depend on the other articles that are annotated with it."""
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    assert annotate_all(articles) == [annotate(article) for article in articles]


LONG = 200_000
TWISTED = [
    "A" * LONG,
    "A'" * (LONG // 2),
    "Peter von " * (LONG // 10),
    "(AB)" * (LONG // 4),
    "Ab AG " * (LONG // 6),
    " " * LONG,
]


@pytest.mark.parametrize("text", TWISTED, ids=[text[:10] for text in TWISTED])
def test_texts_of_any_shape_are_annotated(text: str) -> None:
    """A long text without sentences is annotated; a method that compares all with all would take hours."""
    assert annotate(Article("1", text)).body == text
