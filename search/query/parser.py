"""From the text of a query to its nodes. Lenient: no text fails, odd ones yield notices.

query        = conjunction { ODER conjunction }
conjunction  = primary { [UND] primary }
primary      = ( "-" | NICHT | "+" ) primary | field ":" primary | "(" query ")" | phrase | word
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from search.dates import parse_date
from search.german.function_words import is_function_word
from search.query.lexer import ALMOST_OPERATORS, BETWEEN_TWO, Lexeme, lexemes
from search.query.nodes import And, DateRange, Exact, InField, MatchAll, MatchNone, Not, Or, Query, Word, join
from search.query.notices import Notes
from search.query.unknown_fields import FIELDS, nearest_field
from search.query.words import WordReader

# Longer or deeper queries are pasted text or attacks; they are cut, with a notice.
MOST_LEXEMES = 200
DEEPEST = 20
# The kinds of lexemes that join nothing. Parentheses do, and so does a field: it says what is wanted of which word.
LISTED = frozenset(("word", "phrase", "unknown", "minus", "not", "dates", "close"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """The nodes of a query text and the codes of the notices it gave rise to, with a detail each.

    `listed` if its words and phrases merely stand one after the other: the reader joined none of them, and some may be
    excluded or limited to dates. `only_words` if it consists of nothing but words.
    """

    query: Query
    notices: tuple[tuple[str, str], ...] = ()
    listed: bool = False
    only_words: bool = False


@lru_cache(maxsize=256)
def parse(text: str) -> Parsed:
    """The query that `text` asks; whatever cannot be read is left out and named in `notices`.

    The last ones are cached: readers page, narrow and sort, each time with the same text.
    """
    found = list(lexemes(text))
    kinds = {lexeme.kind for lexeme in found}
    parser = _Parser(found)
    query = parser.query()
    while parser.left():  # a closing parenthesis too many
        parser.notes.add("parenthesis", ")")
        parser.take()
        query = join(And, [query, parser.query()])
    if not text.strip():
        query = MatchAll()
    elif isinstance(query, MatchNone):
        parser.notes.add("no_words", text.strip()[:40])
    return Parsed(query, parser.notes.all(), listed=kinds <= LISTED, only_words=kinds <= {"word"})


class _Parser:
    """Recursive descent over the lexemes of one query."""

    def __init__(self, lexemes: list[Lexeme]) -> None:
        self.lexemes = lexemes
        self.position = 0
        self.depth = 0
        self.notes = Notes()
        self.words = WordReader(self.notes, lone=len(lexemes) == 1)
        if len(lexemes) > MOST_LEXEMES:
            self.notes.add("too_long", str(MOST_LEXEMES))
            del lexemes[MOST_LEXEMES:]

    def left(self) -> bool:
        return self.position < len(self.lexemes)

    def peek(self) -> str:
        return self.lexemes[self.position].kind if self.left() else "end"

    def take(self) -> Lexeme:
        self.position += 1
        return self.lexemes[self.position - 1]

    def query(self) -> Query:
        """query = conjunction { ODER conjunction }"""
        alternatives = [self.conjunction()]
        while self.peek() == "or":
            lexeme = self.take()
            alternative = self.conjunction()
            if isinstance(alternatives[-1], MatchNone) or isinstance(alternative, MatchNone):
                self.notes.add("operator", lexeme.match.group())
            alternatives.append(alternative)
        return join(Or, alternatives)

    def conjunction(self) -> Query:
        """conjunction = primary { [UND] primary }"""
        queries: list[Query] = []
        while self.peek() not in ("or", "close", "end"):
            if self.peek() == "and":
                lexeme = self.take()
                if not queries or self.peek() in ("or", "close", "end", "and"):
                    self.notes.add("operator", lexeme.match.group())
            else:
                word = self.lexemes[self.position].match.group()
                queries.append(self.primary())
                almost = word in ALMOST_OPERATORS or (
                    word == BETWEEN_TWO and len(self.lexemes) == len("A oder B".split())
                )
                if almost and len(queries) > 1 and self.peek() not in ("or", "and", "close", "end"):
                    self.notes.add("almost_operator", word)
        return join(And, queries)

    def primary(self) -> Query:
        """primary = ( "-" | NICHT | "+" ) primary | field ":" primary | "(" query ")" | phrase | word"""
        lexeme = self.take()
        match lexeme.kind:
            case "open":
                return self.group()
            case "not" | "minus":
                return self.negated(lexeme)
            case "plus":
                return self.required(lexeme)
            case "field":
                return self.in_field(lexeme)
            case "unknown":
                return self.in_unknown_field(lexeme.match["unknownname"])
            case "dates":
                return self.dates((lexeme.match["range"] or lexeme.match["bare"] or "").rstrip(",;:!?"))
            case "phrase":
                return self.words.phrase(lexeme.match)
            case _:
                return self.words.word(lexeme.match.group())

    def group(self) -> Query:
        self.depth += 1
        if self.depth > DEEPEST:
            self.notes.add("too_deep", str(DEEPEST))
            self.position = len(self.lexemes)
            return MatchNone()
        inner = self.query()
        self.depth -= 1
        if self.peek() == "close":
            self.take()
        else:
            self.notes.add("parenthesis", "(")
        return inner

    def operand(self) -> Query:
        """The primary that an operator stands before; MatchNone if there is none."""
        self.depth += 1
        missing = self.peek() in ("or", "and", "close", "end") or self.depth > DEEPEST
        operand = MatchNone() if missing else self.primary()
        self.depth -= 1
        return operand

    def negated(self, lexeme: Lexeme) -> Query:
        inner = self.operand()
        if isinstance(inner, MatchNone):
            self.notes.add("operator", lexeme.match.group())
            return inner
        return inner.query if isinstance(inner, Not) else Not(inner)

    def required(self, lexeme: Lexeme) -> Query:
        """What stands behind "+": all is required anyway, but for function words, which are then asked as typed."""
        inner = self.operand()
        if isinstance(inner, MatchNone):
            self.notes.add("operator", lexeme.match.group())
        return Exact(inner.text) if isinstance(inner, Word) and is_function_word(inner.text) else inner

    def in_field(self, lexeme: Lexeme) -> Query:
        return _limited(FIELDS[lexeme.match["fieldname"].lower()], self.operand())

    def in_unknown_field(self, name: str) -> Query:
        """What stands behind a colon, without a misspelt field; a name like none of a field is a word of the query."""
        inner = self.operand()
        if isinstance(inner, MatchNone):
            return Word(name)
        self.notes.add("unknown_field", name)
        return inner if nearest_field(name) else join(And, [Word(name), inner])

    def dates(self, text: str) -> Query:
        first, dots, last = text.partition("..")
        try:
            since = parse_date(first) if first else None
            until = (parse_date(last) if last else None) if dots else since
        except ValueError:
            since = until = None
        if (since is None and until is None) or (since and until and since.first > until.last):
            self.notes.add("date", text)
            return MatchNone()
        return DateRange(since.first if since else None, until.last if until else None)


def _limited(field: str, query: Query) -> Query:
    """A query limited to a field. What looks at no field, and what is excluded, stands outside of the limit."""
    match query:
        case MatchNone() | MatchAll() | DateRange():
            return query
        case Not(inner):
            return Not(_limited(field, inner))
        case And(queries):
            return And(tuple(_limited(field, inner) for inner in queries))
        case InField():
            return query  # the inner one of two fields is the one meant
        case _:
            return InField(field, query)
