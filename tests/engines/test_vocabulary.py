"""Terms that fit a pattern are the same, however they are looked for."""

from hypothesis import given
from hypothesis import strategies as st

from search.engines.vocabulary import TermList, matching_terms
from search.query.terms import Wildcard

letters = st.text("aäbc", max_size=6)
patterns = st.text("aäbc*?", min_size=1, max_size=6)


@given(st.lists(letters.filter(bool), unique=True, max_size=12).map(sorted), patterns)
def test_a_list_of_terms_finds_what_fits(terms: list[str], pattern: str) -> None:
    """A list finds all terms that a look at each of them finds, in their order."""
    assert TermList(terms).matching(pattern, 12) == matching_terms(Wildcard("body_exact", pattern), terms)


def test_a_list_gives_up_beyond_its_limit() -> None:
    """More terms than the limit are not counted to the end."""
    terms = ["aa", "ab", "ba"]
    assert TermList(terms).matching("*a*", 3) == terms
    assert TermList(terms).matching("*a*", 2) is None
