"""Two texts are told to be copies by the words that follow each other in both, whatever stands around them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.families.shingles import (
    LEAST,
    MOST,
    MOST_CHARACTERS,
    containment,
    repeats,
    shingles,
    sketch,
    sketches,
    without_agency,
)
from tests.families.sample import text

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
WORDS = st.lists(st.sampled_from("der die das Haus Wahl Öl straße 15 neu".split()), max_size=60)


@pytest.mark.parametrize("case", CASES["copies"], ids=lambda case: case["other"][:30])
def test_copies_share_their_shingles(case: dict[str, str]) -> None:
    """Marks of agencies, signs and what stands around a text change nothing; another order of words does."""
    share = containment(shingles(case["text"]), shingles(case["other"]))
    assert float(case.get("share", 0.0)) <= share <= float(case.get("most", 1.0))


@pytest.mark.parametrize("case", CASES["marks"], ids=lambda case: case["text"][:30])
def test_marks_of_agencies_are_taken_off(case: dict[str, str]) -> None:
    """What says that an agency reported is no part of a text, at its beginning and its end."""
    assert without_agency(case["text"]).strip() == case["left"]


@pytest.mark.parametrize("case", CASES["none"], ids=lambda case: case["text"][:30])
def test_short_texts_have_no_copies(case: dict[str, str]) -> None:
    """A text that is empty, short or repeats itself cannot be told from others."""
    assert sketch(case["text"]) == ()
    assert len(shingles(case["text"])) == 0


def test_a_short_text_is_repeated_by_itself_alone() -> None:
    """Two papers with the same report of a line have one report; another word makes it another."""
    text = "Der Stadtrat von Musterstadt hat am Montag den Haushalt beschlossen."
    one, same, other = map(shingles, (text, f"(dpa) {text}", text.replace("Montag", "Freitag")))
    assert 0 < len(one) < LEAST
    assert repeats(one, same, same_day=False)
    assert not repeats(one, other, same_day=True)
    assert not repeats(one, shingles(f"{text} {text.replace('Haushalt', 'Umbau')} Das teilte er mit."), same_day=True)
    assert sketch(text)


@given(WORDS, st.text(max_size=200))
def test_a_sketch_is_a_part_of_the_shingles(words: list[str], rest: str) -> None:
    """Whatever a text is, its sketch has its smallest shingles, and all of it is contained in itself."""
    body = f"{' '.join(words)} {rest}"
    found = shingles(body).tolist()
    assert list(sketch(body)) == found[: len(sketch(body))]
    assert min(LEAST, len(found)) <= len(sketch(body)) <= MOST
    assert containment(shingles(body), shingles(body)) == (1.0 if found else 0.0)


@given(st.lists(st.one_of(WORDS.map(" ".join), st.text(max_size=60)), max_size=8), st.integers(0, 8))
def test_texts_together_have_the_sketches_that_each_has(texts: list[str], place: int) -> None:
    """What stands in one text is no part of another, however many are looked at in one go."""
    texts.insert(place, "Öl und Wein " * (MOST_CHARACTERS // 12 - 1))
    assert sketches(texts) == [sketch(one) for one in texts]


def test_sketches_stay_as_indexes_have_them() -> None:
    """The numbers of a text are those that were stored: others would find no copies of articles from before."""
    assert sketch(text("wort"))[:3] == (46552461, 70244002, 104041977)


def test_a_text_that_grows_when_its_signs_are_joined_is_cut() -> None:
    """Some signs become two in Unicode's form C, which makes a text longer than what is looked at."""
    assert sketch("\u0308" + "\u0958" * MOST_CHARACTERS) == ()


@given(WORDS, WORDS)
def test_containment_has_no_side(one: list[str], other: list[str]) -> None:
    """Which of two texts is asked first does not matter."""
    first, second = shingles(" ".join(one)), shingles(" ".join(other))
    assert containment(first, second) == containment(second, first)


def test_what_is_looked_at_has_a_bound() -> None:
    """A text of any length has a sketch of bounded size, made of its beginning."""
    long = text("wort", 100_000)
    assert len(sketch(long)) == MOST
    assert sketch(long) == sketch(long[:MOST_CHARACTERS])


def test_long_texts_share_what_short_ones_sample() -> None:
    """A tenth of a long text still has some of its sketch in common with it."""
    whole = text("wort", 1500)
    assert set(sketch(whole)) & set(sketch(text("wort", 150, first=300)))
