"""Terms that fit a pattern are the same, however they are looked for."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from search.engines import vocabulary
from search.engines.vocabulary import TermList, matching_terms, near_terms
from search.query.terms import Fuzzy, Wildcard

letters = st.text("aäбb😀", max_size=6)
patterns = st.text("aäбb😀*?", min_size=1, max_size=6)


@given(st.lists(letters.filter(bool), unique=True, max_size=12).map(sorted), patterns)
def test_a_list_of_terms_finds_what_fits(terms: list[str], pattern: str) -> None:
    """A list finds all terms that a look at each of them finds, in their order."""
    assert TermList(terms).matching(pattern, 12) == matching_terms(Wildcard("body_exact", pattern), terms)


def test_a_list_ends_at_its_limit() -> None:
    """Of more terms than the limit the first ones are found."""
    terms = ["aa", "ab", "cc", "ba"]
    assert TermList(terms).matching("*a*", 3) == ["aa", "ab", "ba"]
    assert TermList(terms).matching("*a*", 2) == ["aa", "ab"]


@given(st.lists(letters.filter(bool), unique=True, max_size=12), patterns)
def test_places_are_those_of_the_terms(terms: list[str], pattern: str) -> None:
    """Each place is that of a term which fits in the text of all terms."""
    listed, text = TermList(terms), "".join(f"{term}\n" for term in terms).encode()
    assert [text[start:end].decode() for start, end in listed.places(pattern)] == listed.matching(pattern)
    places = list(listed.places("*"))
    assert listed.between([start for start, _ in places], [end for _, end in places]) == terms


@given(st.lists(letters.filter(bool), max_size=12), letters.filter(bool), st.integers(0, 2), st.integers(1, 5))
def test_misspellings_are_looked_for_in_portions(terms: list[str], text: str, distance: int, portion: int) -> None:
    """What is near is the same in however many portions it is looked for, with a look at the clock before each."""
    query = Fuzzy("body_exact", text, distance)
    whole = near_terms(query, terms)
    with patch.object(vocabulary, "_COMPARED", portion), patch("search.deadline.check_deadline") as look:
        assert near_terms(query, terms) == whole
    assert look.call_count == -(-len(terms) // portion)
