"""Other searches a reader may mean, each with its number of hits, for when a query finds little."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from search import Request
from web.addresses import Link, first_page_address
from web.parameters import ReaderRequest, without_parameters
from web.translation import gettext

_PLAIN_QUERY = re.compile(r"[\w\s.-]+")
_QUOTES = re.compile(r"[\"„“”‟«»‚‘’]")
_OPERATORS = {"UND", "ODER", "NICHT", "AND", "OR", "NOT"}
_MOST_WORDS = 6  # beyond this, leaving out one word at a time is no help
_MOST_ALTERNATIVES = 4
_SHORTEST_PREFIX = 4

CountHits = Callable[[Request], int]


def alternatives(asked: ReaderRequest, count: CountHits, least: int = 1) -> tuple[Link, ...]:
    """At most four searches near to the one asked, all of which find at least `least` articles, the closest first.

    `count` tells how many articles answer a request.
    """
    texts = dict.fromkeys(_similar_queries(asked.request.text.strip()))
    found = ((text, count(replace(asked.request, text=text, cursor=None))) for text in texts)
    links = [
        Link(_label(text), address_with_text(asked, text), count=number) for text, number in found if number >= least
    ]
    return tuple(links[:_MOST_ALTERNATIVES])


def _similar_queries(text: str) -> Iterator[str]:
    """Texts of queries near to `text`: without quotation marks, without one word, with one word, with its beginning."""
    without_quotes = " ".join(_QUOTES.sub(" ", text).split())
    if without_quotes != text and without_quotes.count(" ") < _MOST_WORDS and _is_plain(without_quotes):
        yield without_quotes
    if not _is_plain(text):
        return
    words = list(dict.fromkeys(text.split()))
    if 2 < len(words) <= _MOST_WORDS:
        yield from (" ".join(words[:place] + words[place + 1 :]) for place in range(len(words)))
    if 1 < len(words) <= _MOST_WORDS:
        yield from sorted(words, key=len, reverse=True)
    yield from _prefix_query(max(words, key=len, default=""))


def _prefix_query(word: str) -> Iterator[str]:
    """All words that begin like a long one, for when its ending is in doubt."""
    if len(word) > _SHORTEST_PREFIX and word.isalpha():
        yield f"{word[: max(_SHORTEST_PREFIX, len(word) * 2 // 3)]}*"


def _label(text: str) -> str:
    """What a query is called for those who do not know its signs."""
    return gettext("Wörter mit %(beginning)s…", beginning=text[:-1]) if text.endswith("*") else text


def _is_plain(text: str) -> bool:
    return bool(_PLAIN_QUERY.fullmatch(text)) and not _OPERATORS.intersection(text.split())


def address_with_text(asked: ReaderRequest, text: str) -> str:
    """The address of the same search for another text."""
    return first_page_address((("q", text), *without_parameters(asked.pairs, "q")))
