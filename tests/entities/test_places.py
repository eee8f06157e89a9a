"""Which places are found in a text."""

from __future__ import annotations

import pytest

from indexer.names import Prose
from indexer.places import find_places

FOUND = [
    ("Russlands Krieg gegen die Ukraine", ["Russland", "Ukraine"]),
    ("Der Ukraine-Krieg und Nordkorea", ["Ukraine", "Nordkorea"]),
    ("in den Vereinigten Staaten und den USA", ["USA"]),
    ("im Vereinigten Königreich, in der Dominikanischen Republik", ["Großbritannien", "Dominikanische Republik"]),
    ("Guinea-Bissau und Papua-Neuguinea", ["Guinea-Bissau", "Papua-Neuguinea"]),
    ("Er fuhr nach Köln und aus Frankfurt am Main.", ["Köln", "Frankfurt am Main"]),
    ("Berlin (dpa) - Es regnet.", ["Berlin"]),
    ("Beziehungen zu Moskau und Pjöngjang", ["Moskau", "Pjöngjang"]),
    ("der Wunsch Seouls", ["Seoul"]),
    ("in Polen, in Schweden, aus Island, in Luxemburg", ["Polen", "Schweden", "Island", "Luxemburg"]),
    ("in Sachsen-Anhalt, in Bayern, im US-Bundesstaat Texas", ["Sachsen-Anhalt", "Bayern", "Texas"]),
    ("in Österreich und der Türkei", ["Österreich", "Türkei"]),
]

NOWHERE = [
    "Der FC Bayern gewann.",
    "Rosa Luxemburg schrieb.",
    "Die Polen und die Schweden jubelten.",
    "Long Island Iced Tea",
    "Die Bank of China meldet",
    "Chinesen, Irakerin, Ukrainer, Italiener",
    "Anna London und Jack Boston",
    "Neuguineas",
    "das Essen im Hagen der Halle",
    "",
]


@pytest.mark.parametrize(("text", "places"), FOUND)
def test_places_are_found(text: str, places: list[str]) -> None:
    """A place is found in any case, once, by the one name that we list."""
    assert find_places(Prose(text)) == places


@pytest.mark.parametrize("text", NOWHERE)
def test_words_like_places_are_none(text: str) -> None:
    """Peoples, last names, clubs and ordinary words are no places."""
    assert find_places(Prose(text)) == []
