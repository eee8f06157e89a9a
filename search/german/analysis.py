"""What are the terms of this German text? The one walk that index and query share.

The steps, each with the reason for its place:

0. whole      words that a line end broke become whole, before anything looks at them (`broken_words.py`)
1. tokens     offsets are those of the text as it came, so that marks stand at the right letters
2. exact      the word as written, normalised: what `"..."` and `=` search
3. parts      what the word consists of or also stands for; looked up as it is spelled, so before folding
4. form       fold, then stem: what plain words search
5. closed     hyphen spellings written as one word, the words that suspended hyphens leave out, compounds said in
              several words, and verbs apart from their prefix; they need the neighbours, so they come last
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from search.german.broken_words import whole
from search.german.compounds import subwords
from search.german.folding import fold
from search.german.forms import second_stem
from search.german.open_compounds import open_compounds
from search.german.romanisation import romanised
from search.german.separated_verbs import separated_verbs
from search.german.stemming import stem
from search.german.suspended_hyphens import Span, WordAt, elided_words
from search.german.tokens import (
    SIGNS,
    TOKEN,
    Part,
    Token,
    Word,
    has_joining_signs,
    is_joining_sign,
    normalise,
    without_invisible,
)

# Bump when the terms of any text change: indexes built before must be rebuilt.
VERSION = "german-11"

# Longer chains than this are file names or code; all of their closed spellings would be quadratic noise.
LONGEST_CHAIN = 6

_GENDER_FORM = re.compile(r"(\w{3,}?)(?:[:*·_]|/-?|\()in(?:nen)?\)?")
_INNER_CAPITAL = re.compile(r"([A-ZÄÖÜ]\w+[a-zäöüß])In(?:nen)?")
_GENDER_COMPOUND = re.compile(r"([^\W_]{3,}?)(?:[:*·_]|/-?)innen([^\W\d_]{3,})")
_INNER_CAPITAL_COMPOUND = re.compile(r"([A-ZÄÖÜ]\w+[a-zäöüß])Innen([a-zäöüß]{3,})")
_NAME_AND_NUMBER = re.compile(r"([^\W\d_]{3,})(\d{1,4})")

# Other words for which signs are read.
_READ_AS = {"&": ("and",), "§": ("paragraph",), "§§": ("paragraph",)}


class Analysis(NamedTuple):
    """The terms of a text: tokens in order, one a position, and parts, which have no position."""

    tokens: list[Token]
    parts: list[Part]


def analyse(text: str) -> Analysis:
    """The terms of a German text; offsets are characters of `text` as given."""
    mended = whole(text)
    if mended is None:
        return analyse_whole(text)
    tokens, parts = analyse_whole(mended.text)
    return Analysis(
        [Token(*mended.span(start, end), word) for start, end, word in tokens],
        [Part(*mended.span(start, end), term) for start, end, term in parts],
    )


def analyse_whole(text: str) -> Analysis:
    """The terms of a German text in which no word is broken."""
    tokens, parts = analyse_words(text)
    elided = elided_words(text, tokens, lambda place: tokens[place].word)
    left_out = [Part(start, end, stem(word)) for start, end, word in elided]
    return Analysis(tokens, [*parts, *left_out, *open_compounds(text), *separated_verbs(text)])


def analyse_words(text: str) -> Analysis:
    """The terms of a text without those parts for which words ask others beyond white space."""
    tokens = german_tokens(text)
    inner = [
        Part(at + start, at + end, term) for at, _, word in tokens if word.parts for start, end, term in word.parts
    ]
    return Analysis(tokens, [*inner, *closed_spellings(text, tokens, lambda place: tokens[place].word)])


def german_tokens(text: str) -> list[Token]:
    """The words of running text."""
    return _tokens(text, german_word)


def analyse_names(text: str) -> Analysis:
    """The terms of names: folded, but neither stemmed nor joined."""
    mended = whole(text)
    tokens = _tokens(mended.text if mended else text, name_word)
    return Analysis([Token(*mended.span(*token[:2]), token.word) for token in tokens] if mended else tokens, [])


@lru_cache(maxsize=20_000)
def german_word(surface: str) -> Word:
    """The terms of one word of running text."""
    exact = normalise(surface)
    if exact in SIGNS:
        return Word(
            exact, stem(SIGNS[exact]), (), tuple(Part(0, len(surface), stem(term)) for term in _READ_AS.get(exact, ()))
        )
    if compound := gender_compound(surface):
        return _gender_compound(exact, surface, *compound)
    base = gender_base(surface)
    if base is None:
        parts = _parts(exact, surface) or _second_sense(exact, surface) or _name_and_number(exact, surface)
        return Word(exact, stem(exact), (), parts)
    based = Part(0, len(surface), stem(base))
    return Word(exact, stem(base + "innen"), (based.term,), (based, *_parts(base, surface)))


def _parts(word: str, surface: str) -> tuple[Part, ...]:
    """The terms of the words in a compound, each once; offsets are characters of `surface`, which begins with it."""
    words = subwords(word)
    if not words:
        return ()
    same = surface[: len(word)].lower() == word
    found: dict[str, Part] = {}
    for start, end, spelling in words:
        term = stem(spelling)
        found.setdefault(term, Part(start, end, term) if same else Part(0, len(surface), term))
    return tuple(found.values())


def _second_sense(exact: str, surface: str) -> tuple[Part, ...]:
    """The word that it is a form of in the second place."""
    second = second_stem(exact)
    return (Part(0, len(surface), second),) if second else ()


def _name_and_number(exact: str, surface: str) -> tuple[Part, ...]:
    """The two parts of a name that is written together with its number: Windows10."""
    match = _NAME_AND_NUMBER.fullmatch(exact)
    if match is None or len(surface) != len(exact):
        return ()
    return tuple(Part(*match.span(group), stem(match[group])) for group in (1, 2))


def _gender_compound(exact: str, surface: str, base: str, rest: str) -> Word:
    """The terms of a compound that begins with a gender form: Bürger*innenrat is also Bürgerrat and Bürgerinnenrat."""
    end, start = len(base), len(surface) - len(rest)
    inside = len(surface) == len(exact)
    closed = dict.fromkeys(stem(base + linking + rest) for linking in _linking_letters(base))
    words = [(0, end, base), (0, start, base + "innen"), (start, len(surface), rest)]
    parts = [Part(0, len(surface), term) for term in closed]
    parts += [Part(at, to, stem(word)) if inside else Part(0, len(surface), stem(word)) for at, to, word in words]
    parts += _parts(base, surface)
    parts += [
        Part(start + at, start + to, term) if inside else Part(0, len(surface), term)
        for at, to, term in _parts(rest, rest)
    ]
    return Word(exact, stem(f"{base}innen{rest}"), tuple(closed), tuple(dict.fromkeys(parts)))


def _linking_letters(base: str) -> tuple[str, ...]:
    """What may stand between a noun for persons and the next: Lehrer|rat, Expert|en|rat, Ärzt|e|rat."""
    return ("",) if base.endswith(("er", "or", "eur")) else ("en", "e", "")


@lru_cache(maxsize=20_000)
def name_word(surface: str) -> Word:
    """The terms of one word of a name: Müller and Mueller share their form, as do Selenskyj and Zelensky."""
    exact = normalise(surface)
    return Word(exact, romanised(fold(SIGNS.get(exact, exact))))


def gender_base(surface: str) -> str | None:
    """The masculine base of a gender form as an exact term, else None: Lehrer:innen, LehrerInnen -> lehrer."""
    if not may_be_gender_form(surface):
        return None
    if match := _INNER_CAPITAL.fullmatch(without_invisible(surface)):
        return normalise(match[1])
    match = _GENDER_FORM.fullmatch(normalise(surface))
    return match[1] if match else None


def gender_compound(surface: str) -> tuple[str, str] | None:
    """The masculine base and the rest of a compound that begins with a gender form, as exact terms: Bürger*innenrat."""
    if not may_be_gender_form(surface):
        return None
    match = _GENDER_COMPOUND.fullmatch(normalise(surface))
    if match is None and (match := _INNER_CAPITAL_COMPOUND.fullmatch(without_invisible(surface))) is None:
        return None
    return normalise(match[1]), normalise(match[2])


def may_be_gender_form(surface: str) -> bool:
    """Whether it is worth looking for a base: not in most words, which have neither signs nor an inner In."""
    return not surface.isalpha() or "In" in surface[1:]


def closed_spellings(text: str, spans: Sequence[Span], word_at: WordAt) -> Iterator[Part]:
    """The one-word spelling of every run of tokens that hyphens or apostrophes hold together.

    Musik-Sammlung gives musiksammlung; Nord-Süd-Dialog gives the spellings of Nordsüd,
    Süddialog and Nordsüddialog, each as its form term; Lehrer:innen-Verband gives lehrerverband.
    """
    for first, last in hyphenated_runs(text, spans):
        for left in range(first, last):
            spelling = in_closed_spelling(word_at(left).exact)
            for right in range(left + 1, last + 1):
                spelling += in_closed_spelling(word_at(right).exact)
                yield Part(spans[left][0], spans[right][1], stem(spelling))


def in_closed_spelling(word: str) -> str:
    """What a word, given as its exact term, is in a closed spelling: itself, of a gender form its base."""
    return gender_base(word) or word


def hyphenated_runs(text: str, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """First and last index of each run of tokens that hyphens or apostrophes hold together."""
    if not has_joining_signs(text):
        return
    first = last = -1
    for index in range(1, len(spans)):
        end = spans[index - 1][1]
        if spans[index][0] != end + 1 or not is_joining_sign(text, end):
            continue
        if index - 1 != last:
            yield from _chain(first, last)
            first = index - 1
        last = index
    yield from _chain(first, last)


def _chain(first: int, last: int) -> Iterator[tuple[int, int]]:
    if 0 < last - first < LONGEST_CHAIN:
        yield first, last


def _tokens(text: str, word: Callable[[str], Word]) -> list[Token]:
    # tuple.__new__ makes the same as Token(...) in half the time, and this is the innermost loop.
    make = tuple.__new__
    return [make(Token, (match.start(), match.end(), word(match[0]))) for match in TOKEN.finditer(text)]
