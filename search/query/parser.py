"""From the text of a query to its nodes. Lenient: no text fails, odd ones yield notices.

query  = all { ODER all }
all    = unit { [UND] unit }
unit   = ( "-" | NICHT ) unit | field ":" unit | "(" query ")" | phrase | word
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.dates import parse_date
from search.german.analysis import gender_base
from search.german.tokens import TOKEN, visible
from search.query.nodes import (
    FIELD_NAMES,
    Both,
    Dates,
    Either,
    Everything,
    Exact,
    Fuzzy,
    Near,
    Nothing,
    Phrase,
    Query,
    Wildcard,
    Within,
    Without,
    Word,
)

FIELDS = {written: field for field, names in FIELD_NAMES.items() for written in names}
DATE_FIELDS = ("datum", "date")

# Longer or deeper queries are pasted text or attacks; they are cut, with a notice.
MOST_UNITS = 200
# Signs for other letters (* ? ~) in a query: each may stand for many words of the archive.
MOST_WILDCARDS = 10
DEEPEST = 20
FARTHEST = 50
FEWEST_LETTERS = 2
LETTERS_FOR_TWO_ERRORS = 5
OPERATORS = frozenset(("UND", "AND", "ODER", "OR", "NICHT", "NOT"))

_QUOTES = '"„“”«»‟'
_SIGN = rf"(?:[^\s(){_QUOTES}]|\(in(?:nen)?\))"  # of a word
_LEXEME = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\))
    | (?P<both>(?:UND|AND)(?![^\s()])) | (?P<either>(?:ODER|OR)(?![^\s()])) | (?P<not>(?:NICHT|NOT)(?![^\s()]))
    | (?P<minus>(?<![^\s(:])(?<!^:)(?<!\W:)-(?=[\w*?=§({_QUOTES}]))
    | (?P<dates>(?i:{"|".join(DATE_FIELDS)}):\s*(?:[{_QUOTES}](?P<range>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<bare>[^\s()]+)))
    | (?P<field>(?P<fieldname>(?i:{"|".join(FIELDS)})):\s*(?=[^\s)]))
    | (?P<phrase>=?[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]|$)(?P<slop>~\d*)?)
    | (?P<word>(?:\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?!\d)|[\w*?=§]){_SIGN}*)
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class Lexeme:
    """A piece of the query text: its kind is the name of the group in _LEXEME that matched."""

    kind: str
    match: re.Match[str]


@dataclass(frozen=True, slots=True)
class Parsed:
    """The nodes of a query text and the codes of the notices it gave rise to, with a detail each.

    `plain` if it consists of nothing but words, none of them joined or excluded by the reader.
    """

    query: Query
    oddities: tuple[tuple[str, str], ...] = ()
    plain: bool = False


@lru_cache(maxsize=256)
def parse(text: str) -> Parsed:
    """The query that `text` asks; whatever cannot be read is left out and named in `oddities`.

    The last ones are remembered: to answer one request takes several looks at its text.
    """
    lexemes = list(_lexemes(text))
    plain = all(lexeme.kind == "word" for lexeme in lexemes)
    parser = _Parser(lexemes)
    query = parser.query()
    while parser.left():  # a closing parenthesis too many
        parser.note("parenthesis", ")")
        parser.position += 1
        query = _join(Both, [query, parser.query()])
    if not text.strip():
        query = Everything()
    elif isinstance(query, Nothing):
        parser.note("no_words", text.strip()[:40])
    return Parsed(query, tuple(parser.oddities), plain)


def _lexemes(text: str) -> Iterator[Lexeme]:
    # Lone surrogates cannot be encoded, and control characters are never typed.
    text = visible(re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", text))
    kinds = ("open", "close", "both", "either", "not", "minus", "dates", "field", "phrase", "word")
    for match in _LEXEME.finditer(text):
        yield Lexeme(next(kind for kind in kinds if match[kind] is not None), match)


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.position = 0
        self.depth = 0
        self.wildcards = 0
        self.oddities: list[tuple[str, str]] = []
        if len(lexemes) > MOST_UNITS:
            self.note("too_long", str(MOST_UNITS))
            del lexemes[MOST_UNITS:]

    def note(self, code: str, detail: str = "") -> None:
        if (code, detail) not in self.oddities:
            self.oddities.append((code, detail))

    def left(self) -> bool:
        return self.position < len(self.lexemes)

    def peek(self) -> str:
        return self.lexemes[self.position].kind if self.left() else "end"

    def take(self) -> Lexeme:
        self.position += 1
        return self.lexemes[self.position - 1]

    def query(self) -> Query:
        """query = all { ODER all }"""
        alternatives = [self.all()]
        while self.peek() == "either":
            lexeme = self.take()
            alternative = self.all()
            if isinstance(alternatives[-1], Nothing) or isinstance(alternative, Nothing):
                self.note("operator", lexeme.match.group())
            alternatives.append(alternative)
        return _join(Either, alternatives)

    def all(self) -> Query:
        """all = unit { [UND] unit }"""
        units: list[Query] = []
        while self.peek() not in ("either", "close", "end"):
            if self.peek() == "both":
                lexeme = self.take()
                if not units or self.peek() in ("either", "close", "end", "both"):
                    self.note("operator", lexeme.match.group())
            else:
                units.append(self.unit())
        return _join(Both, units)

    def unit(self) -> Query:
        """unit = ( "-" | NICHT ) unit | field ":" unit | "(" query ")" | phrase | word"""
        lexeme = self.take()
        match lexeme.kind:
            case "open":
                return self.group()
            case "not" | "minus":
                return self.negated(lexeme)
            case "field":
                return self.within(lexeme)
            case "dates":
                return self.dates((lexeme.match["range"] or lexeme.match["bare"] or "").rstrip(",;:!?"))
            case "phrase":
                return self.phrase(lexeme.match)
            case _:
                return self.word(lexeme.match.group())

    def group(self) -> Query:
        self.depth += 1
        if self.depth > DEEPEST:
            self.note("too_deep", str(DEEPEST))
            self.position = len(self.lexemes)
            return Nothing()
        inner = self.query()
        self.depth -= 1
        if self.peek() == "close":
            self.take()
        else:
            self.note("parenthesis", "(")
        return inner

    def operand(self) -> Query:
        """The unit that an operator stands before; Nothing if there is none."""
        self.depth += 1
        missing = self.peek() in ("either", "both", "close", "end") or self.depth > DEEPEST
        operand = Nothing() if missing else self.unit()
        self.depth -= 1
        return operand

    def negated(self, lexeme: Lexeme) -> Query:
        inner = self.operand()
        if isinstance(inner, Nothing):
            self.note("operator", lexeme.match.group())
            return inner
        return inner.query if isinstance(inner, Without) else Without(inner)

    def within(self, lexeme: Lexeme) -> Query:
        return _within(FIELDS[lexeme.match["fieldname"].lower()], self.operand())

    def dates(self, text: str) -> Query:
        first, dots, last = text.partition("..")
        try:
            since = parse_date(first) if first else None
            until = (parse_date(last) if last else None) if dots else since
        except ValueError:
            since = until = None
        if (since is None and until is None) or (since and until and since.first > until.last):
            self.note("date", text)
            return Nothing()
        return Dates(since.first if since else None, until.last if until else None)

    def phrase(self, match: re.Match[str]) -> Query:
        text, slop = " ".join(match["quoted"].split()), match["slop"]
        if not match["end"]:
            self.note("quote")
        if not TOKEN.search(text):
            return Nothing()
        if slop is None:
            return Phrase(text)
        if slop == "~" or len(TOKEN.findall(text)) == 1:
            return Phrase(text, forms=True)
        distance = int(slop[1:4])
        if distance > FARTHEST:
            self.note("too_far", str(FARTHEST))
        return Near(text, min(distance, FARTHEST))

    def word(self, text: str) -> Query:
        text = _without_punctuation(text)
        if text == "*":
            return Everything()
        if text.startswith("=") and TOKEN.search(text):
            return Exact(_trimmed(text))
        if (fuzzy := re.fullmatch(r"(.+)~([12]?)", text)) and TOKEN.search(fuzzy[1]):
            return self.fuzzy(fuzzy[1], fuzzy[2])
        # Inside of a token a star makes a gender form; in front of a letter ? is no question mark.
        outside = TOKEN.sub(lambda match: "x" * len(match[0]), text)
        if re.search(r"\*|\?(?=x)", outside) and "://" not in text:
            return self.wildcard(text)
        return _plain(text) if TOKEN.search(text) else Nothing()

    def affordable(self, wildcards: int) -> bool:
        """Whether so many more signs for other letters may be looked up."""
        if self.wildcards + wildcards > MOST_WILDCARDS:
            self.note("wildcards", str(MOST_WILDCARDS))
            return False
        self.wildcards += wildcards
        return True

    def fuzzy(self, text: str, distance: str) -> Query:
        units: list[Query] = []
        for token in (match.group() for match in TOKEN.finditer(text)):
            # Short words have too many neighbours for two errors, or for any, to mean something.
            most = 0 if len(token) < FEWEST_LETTERS else 1 if len(token) < LETTERS_FOR_TWO_ERRORS else 2
            near = most and self.affordable(1)
            units.append(Fuzzy(token, min(most, int(distance or most))) if near else _plain(token))
        return _join(Both, units)

    def wildcard(self, text: str) -> Query:
        units: list[Query] = []
        for chunk in re.findall(r"[^\W_*?]*(?:[*?][^\W_*?]*)+|[^\W_]+", text):
            chunk = chunk.rstrip("?")
            letters = len(re.sub(r"[*?]", "", chunk))
            if not re.search(r"[*?]", chunk) or gender_base(chunk):
                units.extend([_plain(chunk)] if letters else [])
            elif letters < FEWEST_LETTERS:
                units.extend(self.too_short(chunk) if letters else [])
            elif self.affordable(len(re.findall(r"\*+|\?", chunk))):
                units.append(Wildcard(re.sub(r"\*+", "*", chunk)))
            else:
                units.append(_plain(re.sub(r"[*?]", "", chunk)))
        return _join(Both, units)

    def too_short(self, chunk: str) -> list[Query]:
        """A pattern of hardly any letters fits too much; it counts as a word."""
        self.note("short_wildcard", chunk)
        return [_plain(re.sub(r"[*?]", "", chunk))]


def _without_punctuation(text: str) -> str:
    """A word without the punctuation behind it, and the ? of a question."""
    end = len(text)
    while end and not (text[end - 1].isalnum() or text[end - 1] in "*~+#)_"):
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


def _within(field: str, query: Query) -> Query:
    """A query limited to a field. What looks at no field, and what is excluded, stands outside of the limit."""
    match query:
        case Nothing() | Everything() | Dates():
            return query
        case Without(inner):
            return Without(_within(field, inner))
        case Both(queries):
            return Both(tuple(_within(field, inner) for inner in queries))
        case Within():
            return query  # the inner one of two fields is the one meant
        case _:
            return Within(field, query)


def _join(kind: type[Both] | type[Either], queries: list[Query]) -> Query:
    """The queries as one of this kind, without those that ask nothing and without needless nesting."""
    asked: list[Query] = []
    for query in queries:
        if isinstance(query, kind):
            asked.extend(query.queries)
        elif not isinstance(query, Nothing):
            asked.append(query)
    if kind is Both and len(asked) > 1:  # what all articles answer, narrows nothing
        asked = [query for query in asked if not isinstance(query, Everything)] or [Everything()]
    if not asked:
        return Nothing()
    return asked[0] if len(asked) == 1 else kind(tuple(asked))
