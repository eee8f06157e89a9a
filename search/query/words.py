"""What does one word or quoted phrase of a query ask for? A plain word, an exact one, a pattern, a near miss."""

from __future__ import annotations

import re
from itertools import groupby

from search.german.analysis import gender_base
from search.german.tokens import TOKEN
from search.query.lexer import OPERATORS
from search.query.nodes import And, Exact, Fuzzy, MatchAll, MatchNone, Near, Phrase, Query, Wildcard, Word, join
from search.query.notices import Notes

# Signs for other letters (* ? ~) in a query: each may stand for many words of the archive.
MOST_WILDCARDS = 10
FARTHEST = 50
# Neighbours in phrases with a distance: each pair reads the places of both words, all in one call of an engine.
MOST_PAIRS = 20
FEWEST_LETTERS = 2
FEWEST_INNER_LETTERS = 3  # in a row, of a pattern that does not begin with a letter
LETTERS_FOR_TWO_ERRORS = 5
_WORD_OR_PATTERN = re.compile(r"[^\W\d_]{2,}\?")


class WordReader:
    """Reads the words and phrases of one query; what is odd about them goes to `notes`.

    `lone` if the query is one word: the ? behind it may stand for a letter or end a question, so both are looked up.
    """

    def __init__(self, notes: Notes, lone: bool = False) -> None:
        self._notes = notes
        self._lone = lone
        self._wildcards = 0
        self._pairs = 0

    def word(self, text: str) -> Query:
        """The query that a lexeme of the kind `word` asks."""
        if self._lone and _WORD_OR_PATTERN.fullmatch(text) and self._affordable(1):
            return Wildcard(text)
        text = _without_punctuation(text)
        if text == "*":
            return MatchAll()
        if text.startswith("=") and TOKEN.search(text):
            return Exact(_trimmed(self._literal(text)))
        if (fuzzy := re.fullmatch(r"(.+?)~(\d{0,3})(?:\.\d{1,3})?", text)) and TOKEN.search(fuzzy[1]):
            return self._fuzzy(fuzzy[1], fuzzy[2])
        if _has_wildcard(text) and "://" not in text:
            return self._wildcard(text)
        return _plain(text) if TOKEN.search(text) else MatchNone()

    def phrase(self, match: re.Match[str]) -> Query:
        """The query that a lexeme of the kind `phrase` asks, by its match in the lexer."""
        text, slop = " ".join(match["quoted"].split()), match["slop"]
        if not match["end"]:
            self._notes.add("quote")
        if not TOKEN.search(text):
            return MatchNone()
        if slop is None and _has_wildcard(text) and not text.endswith("?"):
            return self._phrase_with_patterns(text)
        text = self._literal(text)
        if slop is None:
            return Phrase(text)
        if slop == "~" or len(TOKEN.findall(text)) == 1:
            return Phrase(text, forms=True)
        words = [match.group() for match in TOKEN.finditer(text)]
        self._pairs += len(words) - 1
        if self._pairs > MOST_PAIRS:
            self._notes.add("many_distances", str(MOST_PAIRS))
            return join(And, [_plain(word) for word in words])
        distance = int(slop[1:4])
        if distance > FARTHEST:
            self._notes.add("too_far", str(FARTHEST))
        return Near(text, min(distance, FARTHEST))

    def _phrase_with_patterns(self, text: str) -> Query:
        """The patterns of a quoted text, and the words between as phrases: no engine knows where patterns stand."""
        self._notes.add("quoted_pattern", text[:40])
        queries: list[Query] = []
        for pattern, words in groupby(text.split(), key=_has_wildcard):
            between = " ".join(words)
            queries += (
                map(self.word, between.split()) if pattern else [Phrase(between)] if TOKEN.search(between) else []
            )
        return join(And, queries)

    def _literal(self, text: str) -> str:
        """A text in which no sign stands for letters, without those that are meant to, which the reader is told."""
        if not _has_wildcard(text):
            return text
        self._notes.add("quoted_wildcard", text[:40])
        return "".join(sign for sign, shown in zip(text, _outside(text), strict=True) if shown not in "*?")

    def _affordable(self, wildcards: int) -> bool:
        """Whether so many more signs for other letters may be looked up."""
        if self._wildcards + wildcards > MOST_WILDCARDS:
            self._notes.add("wildcards", str(MOST_WILDCARDS))
            return False
        self._wildcards += wildcards
        return True

    def _fuzzy(self, text: str, distance: str) -> Query:
        """The words of a text with up to so many errors each."""
        if distance.isdigit() and int(distance) > 2:
            self._notes.add("too_many_errors", f"{text[:40]}~{distance}")
            distance = "2"
        queries: list[Query] = []
        for token in (match.group() for match in TOKEN.finditer(text)):
            # Short words have too many neighbours for two errors, or for any, to mean something.
            most = 0 if len(token) < FEWEST_LETTERS else 1 if len(token) < LETTERS_FOR_TWO_ERRORS else 2
            near = most and self._affordable(1)
            queries.append(Fuzzy(token, min(most, int(distance.lstrip("0") or most))) if near else _plain(token))
        return join(And, queries)

    def _wildcard(self, text: str) -> Query:
        queries: list[Query] = []
        for chunk in re.findall(r"[^\W_*?]*(?:[*?][^\W_*?]*)+|[^\W_]+", text):
            chunk = chunk.rstrip("?")
            letters = len(re.sub(r"[*?]", "", chunk))
            if not re.search(r"[*?]", chunk) or gender_base(chunk):
                queries.extend([_plain(chunk)] if letters else [])
            elif _fits_too_much(chunk):
                queries.extend(self._too_short(chunk) if letters else [])
            elif self._affordable(len(re.findall(r"\*+|\?", chunk))):
                queries.append(Wildcard(re.sub(r"\*+", "*", chunk)))
            else:
                queries.append(_plain(re.sub(r"[*?]", "", chunk)))
        return join(And, queries)

    def _too_short(self, chunk: str) -> list[Query]:
        """A pattern of hardly any letters fits too much; it counts as a word."""
        self._notes.add("short_wildcard", chunk)
        return [_plain(re.sub(r"[*?]", "", chunk))]


def _has_wildcard(text: str) -> bool:
    """Whether a star or a question mark may stand for letters.

    Inside of a token a star makes a gender form; in front of a letter ? is no question mark.
    """
    return bool(re.search(r"\*|\?(?=x)", _outside(text)))


def _outside(text: str) -> str:
    """The text with an x for each sign of a token."""
    return TOKEN.sub(lambda match: "x" * len(match[0]), text)


def _fits_too_much(pattern: str) -> bool:
    """Whether a pattern has so few letters that thousands of words fit, which no order of the words helps to find."""
    beginning, *others = re.split("[*?]", pattern)
    if beginning:
        return len(beginning) + sum(map(len, others)) < FEWEST_LETTERS
    return max(map(len, others)) < FEWEST_INNER_LETTERS


def _without_punctuation(text: str) -> str:
    """A word without the punctuation behind it, and the ? of a question."""
    end = len(text)
    while end and not (text[end - 1].isalnum() or text[end - 1] in "*~+#)_%€$£‰"):
        end -= 1
    return text[:end] or text


def _plain(text: str) -> Word:
    """A plain word; one that is written like an operator must have been glued to something, and is none."""
    word = _trimmed(text)
    return Word(word.lower() if word in OPERATORS else word)


def _trimmed(text: str) -> str:
    """A word without the signs around its tokens, which mean nothing: Kim? and (Kim mean Kim."""
    tokens = list(TOKEN.finditer(text))
    return text[tokens[0].start() : tokens[-1].end()]
