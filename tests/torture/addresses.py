"""What strangers may ask a server: every route with odd values, tampered cursors, odd methods and headers."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.torture.query_texts import QueryTexts, encoded

METHODS = ("GET",) * 80 + ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "PATCH", "PROPFIND", "get", "X" * 20)
PARAMETERS = ("q", "q", "q", "q", "person", "place", "organisation", "source", "section", "from", "to", "sort", "size",
              "size", "cursor", "cursor", "view", "rank", "id", "name", "prefix", "type", "limit", "by", "unit",
              "order", "window", "start", "value", "other_q", "other_from", "x")  # fmt: skip
SEARCH_PARAMETERS = ("q", "q", "q", "person", "source", "from", "to", "sort", "size", "cursor", "view")
# Where there is most to do, and so most to go wrong.
SEARCHES = ("/api/search", "/suche", "/suche.csv", "/suche.json", "/suche.atom", "/suche.ris", "/suche/personen")
SUFFIXES = ("csv", "json", "jsonl", "ris", "bib", "atom", "exe")
# Besides the routes that the application knows.
OTHER_PATHS = ("/", "/robots.txt", "/favicon.ico", "/metrics", "/.well-known/security.txt", "/static/style.css",
               "/api/", "/static/../server.py", "/static/%2e%2e/server.py", "//", "/suche.", "/suche.exe", "/index.php",
               "/api/articles/", "/artikel/")  # fmt: skip
NUMBERS = ("0", "1", "2", "10", "100", "101", "1000", "-1", "999999999", "1" * 30, "1.5", "1e9", "٣", "ten", "NaN", "")
DATES = ("1990", "1990-05", "3.10.1990", "0001", "9999", "0000", "10000", "2020-02-30", "gestern", "1990-05-12T99")
CHOICES = ("relevance", "newest", "oldest", "best", "compact", "list", "person", "place", "animal",
           "source", "section", "day", "decade", "left", "right", "share", "count")  # fmt: skip
HEADERS = ("Host", "Accept-Encoding", "If-None-Match", "If-Modified-Since", "Range", "X-Forwarded-For", "Accept",
           "X-Forwarded-Host", "X-Forwarded-Proto", "Accept-Language", "Authorization", "Origin", "Referer", "Cookie",
           "Content-Type", "Access-Control-Request-Method", "User-Agent", "Forwarded", "Max-Forwards")  # fmt: skip
HEADER_VALUES = ("", "*", "gzip", "identity;q=0", "gzip;q=x", '"a"', 'W/"a"', "bytes=0-1", "bytes=5-1,9-", "x y",
                 "[::1", "evil.example:99999", "127.0.0.1, 8.8.8.8", "https", "Basic ====", "Bearer x", "<script>",
                 "null", "de", "Thu, 99 Foo 2020", "x" * 300, "äöü", "\x7f\x80\xff", "0", "-1")  # fmt: skip

# What stands in a cursor instead of what stood there.
TAMPERED: tuple[object, ...] = (
    999_999_999, 999_999_999, 10**9, -1, 2**63, 1e308, "\ud800", "", None, [], {}, True, "a" * 99,
)  # fmt: skip
_NO_CURSOR = "WyJhIiwwLDAuMCwwLCJhIiwxLGZhbHNlXQ"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it goes to a server; path and query are escaped already."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        named = "".join(f" {name}: {value!r}" for name, value in self.headers)
        return f"{self.method} {self.path}{'?' if self.query else ''}{self.query}{named}"


class Addresses:
    """Makes requests, the same ones for the same chance; cursors are those of the answers that it is shown."""

    def __init__(self, chance: Random, rules: Sequence[str], known: dict[str, list[str]]) -> None:
        self._chance = chance
        self._rules = (*rules, *OTHER_PATHS)
        self._known = known
        self._texts = QueryTexts(chance, known["words"])
        self._pages: list[tuple[Asked, str]] = [(Asked("GET", "/api/search", ""), _NO_CURSOR)]

    def next(self) -> Asked:
        """The next request; every sixth goes on from a page that was answered, with its cursor tampered with."""
        chance = self._chance
        if chance.random() < 0.15:
            page, cursor = chance.choice(self._pages)
            return replace(page, query="&".join((*filter(None, (page.query,)), f"cursor={self._tampered(cursor)}")))
        rule = chance.choice(SEARCHES if chance.random() < 0.6 else self._rules)
        path = re.sub(r"<([^>]+)>", lambda found: encoded(self._segment(found[1])), rule)
        headers = {chance.choice(HEADERS): chance.choice(HEADER_VALUES) for _ in range(max(0, chance.randint(-4, 2)))}
        query = self._query(SEARCH_PARAMETERS if rule in SEARCHES else PARAMETERS)
        return Asked(chance.choice(METHODS), path, query, tuple(headers.items()))

    def show(self, asked: Asked, answer: bytes) -> None:
        """Take the cursor out of an answer, to go on from there."""
        found = re.search(rb'"next":\s*"([\w.-]+)"', answer) or re.search(rb"[?&;]cursor=([\w.-]+)", answer)
        if found and "cursor=" not in asked.query:
            self._pages = [*self._pages[-20:], (replace(asked, method="GET", headers=()), found[1].decode())]

    def _query(self, parameters: Sequence[str]) -> str:
        names = dict.fromkeys(self._chance.choices(parameters, k=self._chance.choice((0, 1, 1, 2, 2, 3, 5))))
        return "&".join(f"{name}={encoded(self._value(name))}" for name in names)

    def _segment(self, variable: str) -> str:
        return self._chance.choice(SUFFIXES) if "suffix" in variable else self._name()

    def _value(self, name: str) -> str:
        chance = self._chance
        if chance.random() < 0.15:
            return self._texts.signs()
        if name in ("q", "other_q", "prefix"):
            return self._texts.text(chance.choice((60, 60, 1_000, 1_100)))
        if name == "cursor":
            return self._tampered(chance.choice(self._pages)[1])
        fitting = {"size": NUMBERS, "rank": NUMBERS, "limit": NUMBERS, "from": DATES, "to": DATES, "sort": CHOICES,
                   "view": CHOICES, "type": CHOICES, "by": CHOICES, "unit": CHOICES, "order": CHOICES, "value": CHOICES,
                   "window": NUMBERS, "start": NUMBERS, "other_from": DATES}  # fmt: skip
        return chance.choice(fitting[name]) if name in fitting else self._name()

    def _name(self) -> str:
        names = (*self._known["names"], *self._known["ids"], "csv", "personen", "..", "a/b", "\x00", "%00", "\ud800")
        return self._chance.choice(names) if self._chance.random() < 0.8 else self._texts.signs()

    def _tampered(self, cursor: str) -> str:
        """A cursor, as it came or with other content."""
        chance = self._chance
        if chance.random() < 0.2:
            return cursor
        try:
            row = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            place = chance.randrange(len(row))
            row[place] = chance.choice(
                (999_999_999, 10**9, -1, 2**63, 1e308, "\ud800", "", None, [], {}, True, "a" * 99)
            )
        except (ValueError, TypeError):  # it is of another kind
            place = chance.randrange(len(cursor))
            return cursor[:place] + chance.choice("Aa_-=") + cursor[place + 1 :]
        return base64.urlsafe_b64encode(json.dumps(row).encode()).decode().rstrip("=")
