"""Names are found again in the text that names them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search import Entities
from search.mentions import mentions

ENTITIES = Entities(("Helmut Kohl", "Willy Brandt"), ("Bonn", "Bad Godesberg"), ("SPD",))


def found(text: str, entities: Entities = ENTITIES) -> list[tuple[str, str]]:
    return [(text[mention.start : mention.end], mention.name) for mention in mentions(text, entities)]


def test_full_names_and_surnames_are_mentions() -> None:
    """A person is named by the full name or the surname, others by their whole name."""
    text = "Helmut Kohl traf Brandt in Bonn, nicht in Bad Godesberg."
    assert found(text) == [
        ("Helmut Kohl", "Helmut Kohl"), ("Brandt", "Willy Brandt"), ("Bonn", "Bonn"), ("Bad Godesberg", "Bad Godesberg")
    ]  # fmt: skip


def test_genitives_count_without_their_s() -> None:
    """A genitive s is no part of the name, so it is not marked."""
    assert found("Kohls Rede, Bonns Antwort") == [("Kohl", "Helmut Kohl"), ("Bonn", "Bonn")]


def test_words_that_only_begin_like_a_name_are_none() -> None:
    """A name inside of another word is no mention."""
    assert found("Kohle, Rotkohl, Bonner und SPDler") == []


def test_the_first_person_of_a_surname_has_it() -> None:
    """If two persons share a surname, it stands for the one named first in the article."""
    assert found("Müller", Entities(("Eva Müller", "Jan Müller"))) == [("Müller", "Eva Müller")]


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_any_names_give_ordered_mentions(text: str, names: list[str]) -> None:
    """Mentions lie inside of the text, in order, without overlap, and name what is known."""
    done = 0
    for mention in mentions(text + " ".join(names), Entities(tuple(names), tuple(names))):
        assert done <= mention.start < mention.end <= len(text + " ".join(names))
        assert mention.name in names
        done = mention.end
