"""Query texts are understood as cases.toml says, and whatever else is typed does no harm."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from search.query.compile import compile_query
from search.query.nodes import FIELD_NAMES, DateRange, InField, MatchAll, MatchNone, Or, Should, Word, describe
from search.query.notices import MESSAGES, notice
from search.query.parser import DEEPEST, MOST_LEXEMES, parse
from search.query.relax import with_any_word
from search.query.terms import leaves

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))["case"]


def codes(text: str) -> list[str]:
    return [code for code, _ in parse(text).notices]


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"])[:40])
def test_a_text_is_understood_like_this(case: dict[str, Any]) -> None:
    """A query text is understood as its case says, with these notices and no other."""
    parsed = parse(case["text"])
    assert describe(parsed.query) == case["understood"]
    assert [code for code, _ in parsed.notices] == case.get("notices", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"])[:40])
def test_what_was_understood_can_be_asked_again(case: dict[str, Any]) -> None:
    """The description of a query is a query text that means the same and needs no notice."""
    query = parse(case["text"]).query
    if not isinstance(query, MatchNone):
        again = parse(describe(query))
        assert again.query == query
        assert again.notices == ()


@pytest.mark.parametrize(
    ("field", "written"), [(field, name) for field, names in FIELD_NAMES.items() for name in names]
)
def test_every_name_of_a_field_is_understood(field: str, written: str) -> None:
    """All names of a field limit a query to it, in small letters, capitals and with one capital."""
    for name in (written, written.upper(), written.capitalize()):
        assert parse(f"{name}:Kim").query == InField(field, Word("Kim"))


def test_relaxing_leaves_out_the_star() -> None:
    """A star beside a word is not what articles are found by when the word is relaxed."""
    assert with_any_word(parse("* Kim").query) is None


def test_what_is_read_as_one_word_is_loosened_as_one() -> None:
    """A motorway is no letter and a number, wherever its words may be missing."""
    relaxed = with_any_word(parse("A 49 Dannenröder Forst").query)
    assert relaxed == Or((Word("A 49"), Word("Dannenröder"), Word("Forst")))


def test_of_an_ordinal_and_its_noun_the_noun_may_stand_alone() -> None:
    """The number adds to the score; a date stays one."""
    relaxed = with_any_word(parse("Aufstieg 2. Bundesliga Verein").query)
    words = (Word("Aufstieg"), Word("Bundesliga"), Word("Verein"))
    assert relaxed == Should(Or(words), (Word("2. Bundesliga"),))
    assert Word("8. Dezember 2020") in with_any_word(parse("Beschluss 8. Dezember 2020 Rat").query).queries


@pytest.mark.parametrize(
    ("text", "relaxed"),
    [
        ("NSU 2.0 Drohmails", "NSU ODER 2.0 ODER Drohmails"),
        ("50+1 Regel DFL", "50+1 ODER Regel ODER DFL"),
        ("Covid-19 Impfung Kinder", "Covid ODER Impfung ODER Kinder"),
        ("Klage gegen Maßnahmen", "Klage ODER Maßnahmen"),
        ("gegen ohne", "gegen ODER ohne"),
        ("quelle:zeit.de Wirecard Einhorn", "(Wirecard ODER Einhorn) UND quelle:zeit.de"),
        ("titel:Wirecard autor:Einhorn", "titel:Wirecard ODER autor:Einhorn"),
        ("Villeroy&Boch Keramik Werk", "Villeroy ODER Boch ODER Keramik ODER Werk"),
    ],
)
def test_what_says_nothing_alone_is_no_alternative(text: str, relaxed: str) -> None:
    """Digits, signs and words that turn the meaning answer nothing by themselves; a field stays a limit."""
    found = with_any_word(parse(text).query)
    assert describe(found.required if isinstance(found, Should) else found) == relaxed


def test_a_date_within_a_field_is_still_a_date() -> None:
    """A date limit behind the name of a field limits the dates."""
    query = parse("titel:datum:2024").query
    assert isinstance(query.query if isinstance(query, InField) else query, DateRange)


@pytest.mark.parametrize("code", MESSAGES)
def test_every_notice_quotes_what_it_is_about(code: str) -> None:
    """A notice is a German sentence; braces in what it quotes do no harm."""
    assert notice(code, "{detail} {0} {").message.endswith((".", "”", "!"))
    assert notice(code).code == code


def test_long_queries_are_cut_with_a_notice() -> None:
    """Of 300 words the first 200 are asked, and the reader is told."""
    parsed = parse(" ".join(f"Wort{n}" for n in range(300)))
    assert [code for code, _ in parsed.notices] == ["too_long"]
    assert describe(parsed.query).split(" UND ") == [f"Wort{n}" for n in range(MOST_LEXEMES)]
    assert parse(" ".join(["Wort"] * MOST_LEXEMES)).notices == ()


@pytest.mark.parametrize("text", ["(" * 10_000, "(" * 10_000 + "Kim" + ")" * 10_000, ")" * 10_000, "()" * 10_000])
def test_thousands_of_parentheses_are_survived(text: str) -> None:
    """Thousands of parentheses ask nothing, and the reader is told."""
    parsed = parse(text)
    assert parsed.query == MatchNone()
    assert {code for code, _ in parsed.notices} >= {"too_long", "no_words"}


@pytest.mark.parametrize("opening", ["(", "-(", "NICHT (", "titel:(", "titel:", "-titel:", "NICHT ", "ort:-(", "- "])
def test_deep_nesting_is_survived(opening: str) -> None:
    """Groups, negations and fields nested deeper than allowed do no harm to what stands before them."""
    parsed = parse("Kim " + opening * (DEEPEST * 3) + "Putin")
    assert describe(parsed.query).startswith("Kim")
    assert parsed.notices or "(" not in opening
    list(leaves(compile_query(parsed.query).terms))


def test_groups_as_deep_as_allowed_are_understood() -> None:
    """As many parentheses as are allowed are understood without a notice."""
    parsed = parse("(" * DEEPEST + "Kim" + ")" * DEEPEST)
    assert (parsed.query, parsed.notices) == (Word("Kim"), ())


@pytest.mark.parametrize(
    "piece", ["a", "1.000.", "a-", "a:in", "a*", "a?", "a~", '"', "\u0301", "=", "-a", "titel:", "a\u00ad"]
)
def test_a_long_word_is_understood(piece: str) -> None:
    """A query of 20,000 characters is read in one go, whatever it consists of."""
    parsed = parse((piece * 20_000)[:20_000])
    compile_query(parsed.query)


@pytest.mark.parametrize("text", ["", " ", "\n", "\u00a0", "*", "\t*\t"])
def test_no_question_asks_for_everything(text: str) -> None:
    """An empty text and a star ask for all articles and need no notice."""
    assert (parse(text).query, codes(text)) == (MatchAll(), [])


def test_the_same_notice_is_given_once() -> None:
    """The same oddity twice gives one notice."""
    assert codes("Kim) Putin) Trump)") == ["parenthesis"]
    assert codes("datum:heute datum:heute datum:gestern Kim") == ["date", "date"]
