"""Which terms does the analysis make of a word, and why these?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search.german.analysis import analyse
from search.german.compounds import split, subwords
from search.german.folding import fold
from search.german.forms import irregular_stem, known_forms
from search.german.open_compounds import OPEN_SIGN
from search.german.romanisation import KEY_SIGN
from search.german.spellings import one_spelling
from search.german.stemming import stem


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """A term that a text gives: the letters it comes from, its layer, and why."""

    letters: str
    layer: str
    term: str
    reason: str

    def as_json(self) -> dict[str, str]:
        """The row as `--json` prints it."""
        return {"letters": self.letters, "layer": self.layer, "term": self.term, "reason": self.reason}


def explain_text(text: str) -> list[ExplainedTerm]:
    """All terms of a word or text, in the order of the text, exact and form terms before parts."""
    tokens, parts = analyse(text)
    rows = [row for start, end, word in tokens for row in _of_word(text[start:end], word.exact, word.form)]
    reasons = {stem(part.word): _reason(part.word, token.word.exact)
               for token in tokens for part in subwords(token.word.exact)}  # fmt: skip
    rows += [
        ExplainedTerm(text[start:end], "part", term, reasons.get(term) or _other_reason(term))
        for start, end, term in parts
    ]
    return rows


def _of_word(letters: str, exact: str, form: str) -> Iterator[ExplainedTerm]:
    yield ExplainedTerm(letters, "exact", exact, "as written, in small letters")
    yield ExplainedTerm(letters, "form", form, _way(exact, form))


def _way(exact: str, form: str) -> str:
    """How a word became its form term."""
    if form.startswith(KEY_SIGN):
        return "a Slavic name, romanised"
    folded = fold(exact)
    spelt = one_spelling(folded)
    written = "folded" if spelt == folded else f"folded, written {spelt}"
    irregular = irregular_stem(spelt, known_forms().get) is not None
    return f"{written}, then the stem of its lemma" if irregular else f"{written}, then stemmed"


def _other_reason(term: str) -> str:
    if OPEN_SIGN not in term:
        return "hyphen, gender form, suspended hyphen or a verb apart from its prefix"
    return f"compound in several words: {term.replace(OPEN_SIGN, ' + ')}"


def _reason(part: str, whole: str) -> str:
    own = [piece.word for piece in split(whole)]
    kind = "part of" if part in own else "run of parts of"
    return f"{part}: {kind} {' + '.join(own)}"
