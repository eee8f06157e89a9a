"""Terms that fit a pattern are the same, however they are looked for."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.vocabulary import TermList, matching_terms
from search.query.terms import Wildcard

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
