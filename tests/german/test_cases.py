"""German text becomes the terms that cases.toml says."""

import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import EngineRequest
from search.german.analysis import analyse, closed_spellings, german_word
from search.german.folding import fold
from search.german.stemming import stem
from search.german.tokens import Part, normalise
from tests.engines.samples import asked, create, entry

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
SAME = [case["same"] for case in CASES["forms"] if "same" in case]
DIFFER = [case["differ"] for case in CASES["forms"] if "differ" in case]


def scores(folder: Path, query: str, bodies: list[str]) -> dict[str, float]:
    """The score of each body that a query finds, on the engine that is obviously right."""
    engine = create("memory", folder / "memory", [entry(body, body) for body in bodies])
    return {match.id: match.score for match in engine.search(EngineRequest(asked(query), size=50)).matches}


@pytest.mark.parametrize("case", CASES["tokens"], ids=lambda case: ascii(case["text"][:30]))
def test_a_text_has_these_words(case: dict[str, Any]) -> None:
    """A text has the words of its case, in this order and in this spelling."""
    assert [token.word.exact for token in analyse(case["text"]).tokens] == case["exact"]


@pytest.mark.parametrize("case", CASES["folding"], ids=lambda case: case["word"])
def test_a_word_folds_to_this(case: dict[str, str]) -> None:
    """A word and its folded spelling both fold to the folded spelling."""
    assert fold(case["word"]) == fold(case["folded"]) == case["folded"]


@pytest.mark.parametrize("words", SAME, ids=lambda words: words[0])
def test_forms_of_a_word_share_their_term(words: list[str]) -> None:
    """The forms and spellings of one word have one form term."""
    assert len({german_word(word).form for word in words}) == 1


@pytest.mark.parametrize("words", DIFFER, ids=lambda words: words[0])
def test_different_words_have_different_terms(words: list[str]) -> None:
    """Words that are not forms of each other have different form terms."""
    assert len({german_word(word).form for word in words}) == len(words)


def joined(text: str) -> list[Part]:
    """The hyphen spellings of a text, which are among its parts."""
    tokens = analyse(text).tokens
    found = list(closed_spellings(text, tokens, lambda place: tokens[place].word))
    assert set(found) <= set(analyse(text).parts)
    return found


@pytest.mark.parametrize("case", CASES["joins"], ids=lambda case: ascii(case["text"][:30]))
def test_hyphens_join_words_to_these_spellings(case: dict[str, Any]) -> None:
    """A text has these hyphen spellings written as one, and no others."""
    expected = sorted(stem(normalise(spelling)) for spelling in case["spellings"])
    assert sorted(part.term for part in joined(case["text"])) == expected


@pytest.mark.parametrize("case", CASES["joins"], ids=lambda case: ascii(case["text"][:30]))
def test_a_join_stands_where_its_letters_stand(case: dict[str, Any]) -> None:
    """The letters at the offsets of a joined spelling are the letters of that spelling."""
    for start, end, term in joined(case["text"]):
        letters = "".join(token.word.exact for token in analyse(case["text"][start:end]).tokens)
        assert stem(letters) == term


@pytest.mark.parametrize(
    ("form", "case"),
    [(form, case) for case in CASES["gender"] for form in case["forms"]],
    ids=lambda value: ascii(value) if isinstance(value, str) else "",
)
def test_a_gender_form_is_feminine_and_masculine(form: str, case: dict[str, Any]) -> None:
    """A gender form is one word; its form is that of the feminine plural, its base that of the masculine."""
    tokens, parts = analyse(f"Die {form}.")
    assert len(tokens) == 2
    feminine = {german_word(case["feminine"]).form, german_word(case["feminine"] + "nen").form}
    assert tokens[1].word.form in feminine
    assert [part.term for part in parts] == [german_word(case["masculine"]).form]


@pytest.mark.parametrize("case", CASES["equal"], ids=lambda case: ascii(" = ".join(case["spellings"]))[:60])
def test_equal_spellings_find_each_other(case: dict[str, list[str]], tmp_path: Path) -> None:
    """Each spelling finds the texts with any of them, and none spelled otherwise ranks before its own."""
    bodies = [f"Wir meinen {spelling} heute." for spelling in case["spellings"]]
    for spelling, own in zip(case["spellings"], bodies, strict=True):
        found = scores(tmp_path, spelling, bodies)
        assert found.keys() == set(bodies)
        assert all(found[own] >= score for body, score in found.items() if body.lower() != own.lower())


@pytest.mark.parametrize(
    ("query", "text"),
    [(query, case["text"]) for case in CASES["finds"] for query in case["queries"]],
    ids=lambda value: value[:20],
)
def test_a_query_finds_the_text(query: str, text: str, tmp_path: Path) -> None:
    """A text is found by each of its words and spellings."""
    assert scores(tmp_path, query, [text, "Ganz etwas anderes."]).keys() == {text}


@pytest.mark.parametrize("case", CASES["apart"], ids=lambda case: f"{case['query']} - {case['text']}"[:40])
def test_a_query_does_not_find_the_text(case: dict[str, str], tmp_path: Path) -> None:
    """What only looks similar is not found."""
    assert not scores(tmp_path, case["query"], [case["text"]])


@pytest.mark.parametrize(
    "pair",
    [("Kohl", "Kohle"), ("Ausländer", "Ausland"), ("Bauer", "Bau"), ("Weber", "weben"), ("Lager", "Lage"),
     ("Rat", "Rate"), ("Maße", "Masse"), ("Koch", "Koche"), ("Baum", "Bäume"), ("Mutter", "Mütter")],
    ids="-".join,
)  # fmt: skip
def test_the_exact_word_ranks_first(pair: tuple[str, str], tmp_path: Path) -> None:
    """Where stemming merges two words, the one that was typed ranks strictly first, however often the other occurs."""
    for typed, other in (pair, pair[::-1]):
        bodies = [f"Heute {typed} und morgen.", f"Heute {other} und {other}, immer {other}."]
        found = scores(tmp_path, typed, bodies)
        assert bodies[0] in found
        assert all(found[bodies[0]] > score for body, score in found.items() if body != bodies[0])


def test_an_umlaut_finds_its_plain_letter_last(tmp_path: Path) -> None:
    """Müller finds Müller first, then Mueller, and Muller last."""
    found = scores(tmp_path, "Müller", ["Herr Müller kam.", "Herr Mueller kam.", "Herr Muller kam."])
    assert found["Herr Müller kam."] > found["Herr Mueller kam."] >= found["Herr Muller kam."]


def test_spellings_that_meet_are_all_pairs() -> None:
    """No word stands in two groups of cases, one saying that it is the same as another and one that it is not."""
    together = {frozenset(pair) for words in SAME for pair in combinations(words, 2)}
    assert not together & {frozenset(pair) for words in DIFFER for pair in combinations(words, 2)}
