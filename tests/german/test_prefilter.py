"""The quick look for words that may match misses none."""

from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.german.analysis import analyse, german_word
from search.german.compounds import subwords
from search.german.folding import fold
from search.german.forms import known_forms
from search.german.lexicon import lexicon
from search.german.prefilter import IS_ODD, SHORT, SHORT_PARTS, compiled, folded_bytes, prefilter_patterns, sign_pattern
from search.german.stemming import stem
from search.hits import candidates, matching
from search.hits.matching import QueryMatcher
from search.query.compile import compile_query
from search.query.parser import parse
from tests.german.test_chunks import SUSPENDED
from tests.german.test_invariants import texts
from tests.marks.samples import NAMES

QUERIES = (
    "Lehrer", "=Lehrer", "Außenpolitik", "Innenpolitik", '"und oder"', '"Ein Ausgabe"~3', "Musiksammlung", "Aus*",
    "*politik", "15000", "20000", "Wort", "Hauptausgang", "Straße", "§", "C++", "in", "Mandelöl", "Süd*rea", "Haus",
    "Musik Sammlung", "Eingabe", "Email", "Auseingang", "a", "a ODER e ODER ß", "an ODER es", "Öl", "Ei", "A-Z", "az",
    "=eu", "U-E", "an*", "e?n", "*eis", "Hasu~", "Lehrer:inen~",
    "gehen", "Tür", "fotografieren", "Arzt", "abstimmen", "PC", "SMS",
)  # fmt: skip


def finds(term: str, text: str, at: int, inside: bool) -> bool:
    """Whether the pattern of a term is found at a place of a text, which is not odd."""
    expressions, folded = prefilter_patterns(term, inside), folded_bytes(text)
    expressions = expressions and [*expressions, *filter(None, [sign_pattern(term)])]
    return expressions is None or any(compiled(expression).match(folded, at) for expression in expressions)


@given(st.one_of(texts, SUSPENDED).filter(lambda text: IS_ODD not in folded_bytes(text)))
@example("Ärenwechsel, Öle, ŒUVRE, Erdoğan, Łódź, Ħal Luqa, Fußball-WM, 15 000, §§ 219a, AT&T, LehrerInnen, PCs, SMS")
def test_every_term_is_found_where_it_comes_from(text: str) -> None:
    """The pattern of each term of a text is found where the word of the term begins."""
    tokens, parts = analyse(text)
    for start, _, word in tokens:
        assert finds(word.exact, text, start, inside=False)
        assert finds(word.form, text, start, inside=False)
    inner = {(at + start, term) for at, _, word in tokens for start, _, term in word.parts}
    assert all(finds(term, text, at, inside=True) for at, term in inner if at in {token.start for token in tokens})
    assert all(finds(part.term, text, part.start, inside=True) for part in parts if (part.start, part.term) in inner)


def test_every_known_form_is_found_by_its_stem() -> None:
    """The patterns of the stem of each irregular form find the form, and what it is with a particle before it."""
    for word in known_forms():
        assert finds(stem(word), word, 0, inside=False), word
        if not word.startswith(("ge", "zu")):
            assert finds(stem("ab" + word), "ab" + word, 0, inside=False), "ab" + word


@pytest.mark.parametrize(
    "word",
    ["ging", "gegangenen", "vorging", "vorgegangen", "abzustimmen", "abgestimmt", "geimpfte", "Ärztin", "isst", "aß",
     "Photograph", "Thür", "Centrum", "Cöln", "Stengel", "Alptraum", "Symphonie", "giebt", "seyn", "Klubs", "Waare"],
)  # fmt: skip
def test_forms_that_do_not_begin_as_their_stem_are_found(word: str) -> None:
    """The patterns of a stem find forms and spellings that begin otherwise."""
    assert finds(german_word(word).form, word, 0, inside=False)
    assert finds(german_word(word).form, word, 0, inside=True)


def test_no_other_part_is_as_short_as_those_named() -> None:
    """The parts of one or two letters that the lexicon has are those that the prefilter knows."""
    modifiers = {form[: len(form) - cut] + added for form, (_, cut, added) in lexicon().modifiers().items()}
    meant = {*modifiers, *lexicon().ends()}
    assert {term for word in meant for term in (word, stem(word)) if len(fold(term)) <= SHORT} == SHORT_PARTS


def test_every_part_of_the_lexicon_is_found_in_its_form() -> None:
    """Whatever a form stands for before another part, the pattern of that finds the form."""
    modifiers = lexicon().modifiers().items()
    meant = [(form[: len(form) - cut] + added, form) for form, (_, cut, added) in modifiers]
    for base, form in sorted(meant):  # in order, as those with the same beginning share an expression
        for term in {base, stem(base)}:
            assert finds(term, form + "haus", 0, inside=True), form
            assert finds(term, form + "wahlen", 0, inside=True), form


@pytest.mark.parametrize(
    "word", ["häusermeer", "bundestagswahl", "museenlandschaft", "schiffahrt", "aerzteschaft", "ölpreise"]
)
def test_parts_are_found_inside_of_words(word: str) -> None:
    """The pattern of each part of a compound is found in the middle of it."""
    for start, _, part in subwords(word):
        assert finds(stem(part), word, start, inside=True)


@given(st.one_of(texts, SUSPENDED), st.sampled_from(QUERIES))
@example("Eine E-Mail", "Email")
@example("Der Süd-Dialog, eine Eva-Orgel", "Süddialog ODER Evaorgel")
@example("Die Musik Samm\u00adlung, Musik \u017fammlung und Samm\u200blung\u2003der\u2003Musik", "Musiksammlung")
@example("CO\u2082-Steuer, die \ufb01nanz\u00ad\u00adsteuer und Steuer", "Finanzsteuer ODER CO2 ODER Steuer")
@example("Ein- und Ausgabe", "Eingabe")
@example("Die Öl- und Gaspreise", "Ölpreise")
@example("„U3b- und Bustickets“", "=Bus")
@example("Er ging vor, es ging los: vorgegangen, abzustimmen", "gehen")
@example("Ausgang\n\nund Ausgang und -eingang", "Auseingang")
def test_the_quick_look_changes_no_match(text: str, query: str) -> None:
    """A query matches at the same places if every word of the text is looked at."""
    matcher = QueryMatcher(compile_query(parse(query).query).clauses)
    with patch.object(candidates, "candidate_offsets", lambda *_: None):
        slow = matcher.in_text("body", text)
    assert matcher.in_text("body", text) == slow


@given(
    st.lists(st.sampled_from([*NAMES, "Wolodymyr Selenskyj", "Zelensky", "Straße des 17. Juni", "AT&T"]), max_size=4),
    st.sampled_from(
        ["Kohl", "=Müller", "Mueller", "Selenskij", "Haus", '"Kim Jong"', "US-Präsident", "Koh*", "17", "AT&T"]
    ),
)
def test_the_quick_look_changes_no_match_in_names(values: list[str], query: str) -> None:
    """A query matches the same names if all of them are looked at."""
    matcher = QueryMatcher(compile_query(parse(query).query).clauses)
    with patch.object(matching, "candidate_offsets", lambda *_: None):
        slow = matcher.in_names("entities", values)
    assert matcher.in_names("entities", values) == slow
