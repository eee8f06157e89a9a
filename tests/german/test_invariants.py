"""What holds for the analysis of any text whatever, said in words and tried at random."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.german.analysis import Analysis, analyse, analyse_names, gender_base
from search.german.folding import fold
from search.german.romanisation import KEY_SIGN, romanised
from search.german.stemming import regular_stem
from search.german.tokens import SIGNS, TOKEN, Word, normalise

# Letters, signs that stand inside words, and all that could come between.
GERMAN = "abeinsLIÄöüßé" + "0125" + " .,:;*_/-'’&+#§()\u00a0\u2009\n" + "\u00ad\u200b\u0308\u0301·¶ﬁ"
texts = st.one_of(
    st.text(max_size=60),
    st.text(GERMAN, max_size=60),
    st.lists(
        st.sampled_from(
            ["Lehrer", ":innen", "*in", "(innen)", "/-", "15", " 000", ".000", ",5", "-", "’", "s", "Straße", "AT", "&",
             "C", "++", "§", "Ä", "A\u0308", "\u00ad", " ", ". ", "\n", "_", "In", "nen", "ͺ", "½", "ﷺ", "İ"]
        ),
        max_size=14,
    ).map("".join),
)  # fmt: skip
# Scripts of the languages that German news are likely to quote and that are written with few marks.
european = st.one_of(
    st.text(st.characters(max_codepoint=0x24F), max_size=40),
    st.text(st.characters(min_codepoint=0x370, max_codepoint=0x4FF), max_size=40),
    st.text(GERMAN, max_size=40),
)
words = st.text("abcdefghijklmnopqrstuvwxyzäöü", min_size=1, max_size=15)


def terms(analysis: Analysis) -> tuple[list[Word], list[str]]:
    return [token.word._replace(parts=()) for token in analysis.tokens], [part.term for part in analysis.parts]


def is_term(text: str) -> bool:
    return bool(text) and text.split() == [text]


@given(texts)
def test_offsets_ascend_and_lie_inside_the_text(text: str) -> None:
    """Words follow each other without overlapping and lie inside the text."""
    for tokens in (analyse(text).tokens, analyse_names(text).tokens):
        end = 0
        for token in tokens:
            assert end <= token.start < token.end <= len(text)
            end = token.end


@given(texts)
def test_words_begin_with_a_letter_a_digit_or_a_sign_that_is_read(text: str) -> None:
    """A word begins with a letter, digit or a sign that is read as a word, never begins or ends with white space."""
    for start, end, _ in analyse(text).tokens:
        surface = text[start:end]
        assert surface[0].isalnum() or surface[0] in SIGNS
        assert surface == surface.strip()


@given(texts)
def test_every_letter_and_digit_belongs_to_a_word(text: str) -> None:
    """No letter or digit of a text is lost between its words."""
    covered = {at for start, end, _ in analyse(text).tokens for at in range(start, end)}
    assert not [sign for at, sign in enumerate(text) if sign.isalnum() and at not in covered]


@given(texts)
def test_terms_are_not_empty_and_without_white_space(text: str) -> None:
    """All terms of a text can be joined by spaces and split again."""
    tokens, parts = analyse(text)
    for word in [token.word for token in [*tokens, *analyse_names(text).tokens]]:
        assert is_term(word.exact)
        assert is_term(word.form)
        assert all(map(is_term, word.bases))
    assert all(is_term(part.term) for part in parts)


@pytest.mark.parametrize("plane", [0, 1])
def test_every_character_has_proper_terms(plane: int) -> None:
    """Any character by itself and inside a word gives terms that are not empty and without white space."""
    for code in range(plane << 16, (plane + 1) << 16):
        sign = chr(code)
        for surface in (match.group() for match in TOKEN.finditer(f"{sign} b{sign}c")):
            exact = normalise(surface)
            assert is_term(exact), ascii(surface)
            assert is_term(fold(exact)), ascii(surface)


@given(texts)
def test_parts_stand_inside_the_text_at_whole_words(text: str) -> None:
    """A part lies in one word, or begins where a word begins and ends where a word ends."""
    tokens, parts = analyse(text)
    starts, ends = {token.start for token in tokens}, {token.end for token in tokens}
    inside = {
        (start, end) for token in tokens for start in range(*token[:2]) for end in range(start + 1, token.end + 1)
    }
    assert all(part[:2] in inside or (part.start in starts and part.end in ends) for part in parts)
    assert all(part.start < part.end for part in parts)


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """An exact term is its own exact term, a folded one its own folded one."""
    for token in analyse(text).tokens:
        assert normalise(token.word.exact) == token.word.exact
        assert fold(fold(token.word.exact)) == fold(token.word.exact)


@given(european)
def test_composed_and_decomposed_text_have_the_same_terms(text: str) -> None:
    """A text in NFC and the same text in NFD have the same terms."""
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert terms(analyse(composed)) == terms(analyse(decomposed))
    assert terms(analyse_names(composed)) == terms(analyse_names(decomposed))


@given(st.lists(words, min_size=1, max_size=5), st.data())
def test_invisible_signs_change_no_term(several: list[str], data: st.DataObject) -> None:
    """Soft hyphens and zero-width signs between the letters of words change no term."""
    plain = " ".join(several)
    inside = [at for at in range(1, len(plain)) if plain[at - 1].isalpha() and plain[at].isalpha()]
    signs = {at: data.draw(st.sampled_from("\u00ad\u200b\u2060")) for at in inside if data.draw(st.booleans())}
    hyphened = "".join(signs.get(at, "") + letter for at, letter in enumerate(plain))
    assert terms(analyse(hyphened)) == terms(analyse(plain))


@pytest.mark.parametrize(
    "word", ["Lehrer:innen", "Lehrer*innen", "LehrerInnen", "Lehrer/-innen", "Lehrer(innen)", "Bürger_innen", "ÄrztIn"]
)
def test_invisible_signs_change_no_gender_form(word: str) -> None:
    """A soft hyphen between any two letters of a gender form changes no term."""
    for at in range(1, len(word)):
        if word[at - 1].isalpha() and word[at].isalpha():
            assert terms(analyse(f"{word[:at]}\u00ad{word[at:]}")) == terms(analyse(word))


@given(words)
def test_a_capital_at_the_beginning_changes_no_term(word: str) -> None:
    """A plain word has the same terms at the beginning of a sentence."""
    assert terms(analyse(word[0].upper() + word[1:])) == terms(analyse(word))


@given(texts, texts)
def test_sentences_are_analysed_one_by_one(first: str, second: str) -> None:
    """Two texts with a full stop and a line break between them have the terms of both."""
    (words, parts), (more_words, more_parts) = terms(analyse(first)), terms(analyse(second))
    both = terms(analyse(f"{first}.\n{second}"))
    assert both[0] == words + more_words
    assert sorted(both[1]) == sorted(parts + more_parts)


@given(texts)
def test_the_letters_of_a_word_give_the_word_again(text: str) -> None:
    """A word cut out of its text has the same terms as in it."""
    for start, end, word in analyse(text).tokens:
        again = analyse(text[start:end]).tokens
        assert [token.word for token in again] == [word]


@given(texts)
def test_names_and_text_have_the_same_exact_words(text: str) -> None:
    """The same words are found in a text whether it is read as running text or as names."""
    in_text = [(token.start, token.end, token.word.exact) for token in analyse(text).tokens]
    assert in_text == [(token.start, token.end, token.word.exact) for token in analyse_names(text).tokens]


@given(words)
def test_plain_words_are_no_gender_forms(word: str) -> None:
    """A word of small letters is no gender form."""
    assert gender_base(word) is None


@given(words)
def test_rules_make_no_word_longer(word: str) -> None:
    """Only a lemma from the lexicon may have more letters than its form: kam -> komm."""
    folded = fold(word)
    assert len(regular_stem(folded)) <= len(folded)
    assert len(romanised(folded).removeprefix(KEY_SIGN)) <= len(folded)


LENGTH = 100_000


@pytest.mark.parametrize(
    "piece",
    ["a", "-", "'", "1.000.", "1 000 ", "1,", "\u0301", "a\u0301", "a-", "a'", "\u00ad", "a\u00ad", "a&", "a/", "a:in",
     "Lehrer:innen", "aIn", "AaIn", "§", "_", "a_", "(in", "a(in", "ﷺ", "ß", " ", "\n", "C++", ".000", "a*"],
    ids=ascii,
)  # fmt: skip
def test_long_texts_of_one_piece_are_analysed(piece: str) -> None:
    """A text of 100,000 characters is analysed in one go, whatever it consists of."""
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    tokens, parts = analyse(text)
    assert all(token.end <= LENGTH for token in tokens)
    assert len(parts) <= 3 * LENGTH
