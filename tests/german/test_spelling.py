"""A misspelt word is offered as it was meant; what is right stays as it is."""

import time
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import Entry
from search.german.error_model import HIGHEST_COST, LOWEST_COST, edit_cost, one_edit
from search.german.phonetics import phonetic_key
from search.german.tokens import TOKEN, normalise
from search.mapped import Mapped
from search.page import Correction
from search.store.words import LONGEST, Words, archive_words
from search.suggest.did_you_mean import Answers, corrections, query_corrections
from search.suggest.plain_words import plain_words
from search.suggest.spelling import Speller
from tests.engines.samples import create

CASES = tomllib.loads((Path(__file__).parent / "spelling.toml").read_text(encoding="utf-8"))
SEEDS = Path(__file__).parents[2] / "seeds"


def pairs(case: dict[str, str]) -> list[tuple[str, str]]:
    """The typed and meant words of a case."""
    typed_and_meant = [pair.split() for pair in case["pairs"].replace("\n", "·").split("·") if pair.strip()]
    return [(typed, meant) for typed, meant in typed_and_meant]


def speller(vocabulary: Iterable[tuple[str, int]]) -> Speller:
    return Speller(Words.of(vocabulary))


ERRORS = [pair for case in CASES["errors"] for pair in pairs(case)]
COMPOUNDS = [(case["parts"].split(), *pair) for case in CASES["compounds"] for pair in pairs(case)]


def seed_words() -> Counter[str]:
    """The words of the seed texts with the number of files they stand in."""
    paths = [path for path in SEEDS.glob("*/*") if path.suffix in (".txt", ".json", ".jsonl")]
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    return Counter(word for text in texts for word in {normalise(token[0]) for token in TOKEN.finditer(text)})


def meant_words() -> Iterable[str]:
    yield from (meant for _, meant in ERRORS)
    yield from (word for case in CASES["split"] for word in case["meant"].split())
    for case in CASES["queries"]:
        yield from (normalise(token[0]) for token in TOKEN.finditer(case["offer"]))


WORDS = seed_words() + Counter(set(meant_words()) - {"putn", "merkl"})
ARCHIVE = Words.of(WORDS.items())
SPELLER = Speller(ARCHIVE)
KNOWN = sorted(word for word in WORDS if word in ARCHIVE)

letters = st.text("abcdefghinrstuäöüß", min_size=1, max_size=14)
pieces = [*KNOWN[::40], "merkl", "UND", "titel:", '"', "-", "*", "~", "\u00ad", "ﬁ", "İ"]
texts = st.one_of(st.text(max_size=40), letters, st.lists(st.sampled_from(pieces), max_size=8).map(" ".join))


@pytest.mark.parametrize(("typed", "meant"), ERRORS)
def test_the_word_that_was_meant_is_the_first_offer(typed: str, meant: str) -> None:
    """The first offer for a misspelt word is the word that was meant."""
    assert [offer.text for offer in SPELLER.candidates(typed)][:1] == [meant]


@pytest.mark.parametrize(("parts", "typed", "meant"), COMPOUNDS)
def test_a_compound_is_offered_although_only_its_parts_are_known(parts: list[str], typed: str, meant: str) -> None:
    """A compound with an error in one part is offered if the archive only has its parts."""
    candidates = speller((part, 1) for part in parts).candidates(typed)
    assert [offer.text for offer in candidates][:1] == [meant]


@pytest.mark.parametrize("case", CASES["split"], ids=lambda case: case["typed"])
def test_words_typed_as_one_are_offered_apart(case: dict[str, str]) -> None:
    """The first offer for words that were typed without spaces has the spaces."""
    assert SPELLER.candidates(case["typed"])[0].text == case["meant"]


@pytest.mark.parametrize("case", CASES["queries"], ids=lambda case: ascii(case["text"]))
def test_a_query_is_offered_with_its_plain_words_mended(case: dict[str, str]) -> None:
    """The first offer for a query mends its plain words, as they are written, and leaves everything else as typed."""
    written = {normalise(token[0]): token[0] for token in TOKEN.finditer(case["offer"])}
    offer = query_corrections(case["text"], SPELLER)[0].written(written)
    assert offer.text == case["offer"]


@pytest.mark.parametrize("text", CASES["untouched"][0]["texts"], ids=ascii)
def test_a_query_without_a_misspelt_plain_word_has_no_corrections(text: str) -> None:
    """Nothing is offered for known words, numbers and whatever was typed with care."""
    assert query_corrections(text, SPELLER) == ()


@given(texts, st.integers(0, 5))
def test_any_text_has_at_most_so_many_corrections_in_order(text: str, limit: int) -> None:
    """Any text has at most `limit` corrections, the cheapest first, none twice and none the text itself."""
    for candidates in (SPELLER.candidates(text, limit), query_corrections(text, SPELLER, limit)):
        assert len(candidates) <= limit
        assert [offer.cost for offer in candidates] == sorted(offer.cost for offer in candidates)
        assert len({offer.text for offer in candidates} | {text}) == len(candidates) + 1


@given(letters)
def test_candidates_consist_of_words_of_the_archive(typed: str) -> None:
    """An offer is a word of the archive, several with spaces, or a compound that ends or begins with one."""
    for offer in SPELLER.candidates(typed):
        for word in offer.text.split():
            assert word in ARCHIVE or any(word[:at] in ARCHIVE or word[at:] in ARCHIVE for at in range(1, len(word)))


@given(st.sampled_from(KNOWN))
def test_a_known_word_has_no_corrections_where_all_words_are_as_frequent(word: str) -> None:
    """In an archive whose words are all equally frequent nothing is likelier than a word it has."""
    assert speller((known, 1) for known in [*KNOWN[:200], word]).candidates(word) == ()


def test_a_rare_word_is_doubted_only_beside_a_far_more_frequent_one() -> None:
    """A known word has an offer if a near one is the more frequent the rarer its error; a familiar one more so."""
    assert speller([("regeirung", 10), ("regierung", 40)]).candidates("regeirung") == ()
    assert speller([("regeirung", 10), ("regierung", 80)]).candidates("regeirung")[0].text == "regierung"
    assert speller([("strom", 10), ("sturm", 80)]).candidates("strom") == ()
    assert speller([("regeirung", 10), ("regeirungen", 9), ("regierung", 80)]).candidates("regeirung") == ()


def test_a_known_word_is_no_misspelt_function_word() -> None:
    """What the archive has is not taken for a function word, which far more articles have: Cum Ex is no Zum Ex."""
    words = speller([("cum", 3), ("ex", 40), ("zum", 900), ("zu", 900)])
    assert not {"zum ex", "zum Ex"} & {one.text for one in query_corrections("Cum Ex", words, few=True, answered=True)}
    assert query_corrections("zmu Ex", words)[0].text == "zum Ex"


@given(st.permutations(KNOWN[:60]), letters)
def test_the_order_of_the_vocabulary_changes_nothing(words: list[str], typed: str) -> None:
    """The same words in another order give the same candidates."""
    again = speller((word, WORDS[word]) for word in words)
    assert again.candidates(typed) == speller((word, WORDS[word]) for word in KNOWN[:60]).candidates(typed)


@given(st.lists(st.text(max_size=60), max_size=20), letters)
def test_a_vocabulary_may_hold_anything(words: list[str], typed: str) -> None:
    """Whatever a vocabulary holds, only words of letters are offered."""
    assert all(
        word.isalpha()
        for offer in speller((word, 1) for word in words).candidates(typed)
        for word in offer.text.split()
    )


def test_an_empty_archive_has_no_candidates() -> None:
    """Without words there is nothing to offer."""
    assert speller([]).candidates("wort") == query_corrections("zwei worte", speller([])) == ()


@pytest.mark.parametrize(
    "piece", ["a", "ab", "sch", "ie ", "merkl ", "-", '"', "(", "Merkl-", "\u0301", "\ud800", "ss"], ids=ascii
)
@pytest.mark.parametrize("length", [LONGEST, 500, 10_000])
def test_hostile_texts_are_answered_at_once(piece: str, length: int) -> None:
    """However long a text is, it is answered in a moment; what grew with its square would take minutes."""
    text = (piece * length)[:length]
    query_corrections("wort", SPELLER)  # which loads what is loaded once
    started = time.thread_time()
    SPELLER.candidates(text)
    query_corrections(text, SPELLER)
    assert time.thread_time() - started < 5.0


@given(letters, letters)
def test_prices_are_the_same_for_the_same_and_more_for_others(typed: str, meant: str) -> None:
    """Only the same word costs nothing; every other costs at least the least error."""
    assert edit_cost(typed, typed) == 0
    assert typed == meant or edit_cost(typed, meant) >= LOWEST_COST


@given(letters, st.data())
def test_every_single_error_is_affordable(meant: str, data: st.DataObject) -> None:
    """A word one error away is never too dear to be offered."""
    assert edit_cost(data.draw(st.sampled_from(sorted(one_edit(meant)))), meant) < HIGHEST_COST


@given(st.lists(letters, min_size=1, max_size=5))
def test_words_sound_the_same_one_by_one_and_together(words: list[str]) -> None:
    """The keys of many words at once are those of each word."""
    assert phonetic_key("\n".join(words)).split("\n") == [phonetic_key(word) for word in words]


def test_the_words_of_an_archive_are_those_of_headlines_and_texts(tmp_path: Path) -> None:
    """The vocabulary of an archive has the words of headlines and texts, but neither numbers nor names' keys."""
    columns: dict[str, Any] = {
        "body_exact": "der müller kam 2024",
        "title_exact": "schlagzeile",
        "entities_form": "mueller",
    }
    engine = create("memory", tmp_path / "memory", [Entry("1", columns, {}, 0, 0, "{}")])
    words = Words(Mapped.of(archive_words(engine)))
    assert {word: words.count(word) for word in ("der", "kam", "müller", "schlagzeile")} == dict.fromkeys(
        ("der", "kam", "müller", "schlagzeile"), 1
    )
    assert len(words) == 4


def answers(found: dict[str, int]) -> Answers:
    return Answers(
        lambda texts: [found.get(text, 0) for text in texts],
        lambda words: {word: word.capitalize() for word in words},
        1000,
    )


def test_an_offer_says_how_many_articles_answer_it() -> None:
    """Only corrections that find more than the query itself are given, each with its number of articles."""
    found = answers({"Angela merkel": 7})
    assert corrections("Angela Merkl", SPELLER, found, 0) == (Correction("Angela Merkel", 7),)
    assert corrections("Angela Merkl", SPELLER, found, 7) == ()


def test_offers_are_ranked_by_what_the_whole_query_finds() -> None:
    """A correction whose words many articles have together comes before one that is nearer to what was typed."""
    found = answers({"robert kok": 2, "Robert koch": 900, "Robert kok": 2})
    speller_of_both = speller([("robert", 90), ("kok", 20), ("koch", 20)])
    assert corrections("Robert Kock", speller_of_both, found, 0)[0] == Correction("Robert Koch", 900)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Wahl "in Hessen"', ["Wahl"]),
        ('"in Hessen" und', ["und"]),
        ('titel:"in Hessen" -"in Kiel" ="Wahl" "offen', []),
    ],
)
def test_words_in_quotes_are_plain_only_if_asked(text: str, expected: list[str]) -> None:
    """What stands in quotes may be corrected only if nothing answers it, and never behind a field or a sign."""
    assert [word.typed for word in plain_words(text)] == expected
    phrase = ["in", "Hessen"] if "Hessen" in text and "titel" not in text else []
    assert sorted(word.typed for word in plain_words(text, quoted=True)) == sorted(expected + phrase)
    assert all(text[word.start : word.end] == word.typed for word in plain_words(text, quoted=True))
