"""Small documents that are made to take long or much: what does reading them cost?"""

from __future__ import annotations

import gzip
from collections.abc import Callable

MILLION = 1_000_000


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def _page(data: bytes) -> bytes:
    return b"<html><title>Bombe</title><body>" + data


# Name of the file -> its content for a share of the full size.
BOMBS: dict[str, Callable[[float], bytes]] = {
    "spaces.txt.gz": lambda share: _packed(b" " * int(100 * MILLION * share)),
    "words.txt.gz": lambda share: _packed(b"Haus " * int(20 * MILLION * share)),
    "tags.html.gz": lambda share: _packed(_page(b"<p>" * int(30 * MILLION * share))),
    "twice.txt.gz": lambda share: _packed(_packed(b"Haus " * int(10 * MILLION * share))),
    "records.jsonl.gz": lambda share: _packed(b'{"body":"a"}\n' * int(MILLION / 4 * share)),
    "empty-records.jsonl.gz": lambda share: _packed(b"{}\n" * int(MILLION / 4 * share)),
    "line-50.jsonl": lambda share: b'{"body": "' + b"a " * int(25 * MILLION * share) + b'"}\n',
    "line-15.jsonl": lambda share: b'{"body": "' + b"Haus " * int(3 * MILLION * share) + b'"}\n',
    "paragraphs.html": lambda share: _page(b"<p>" * int(300_000 * share)),
    "bold.html": lambda share: _page(b"<b>" * int(MILLION * share)),
    "deep.html": lambda share: _page(b"<div>" * int(200_000 * share)),
    # Tags that are never closed: the parser of Python looks through the rest for each of them.
    "attributes.html": lambda share: _page((b"<p " + b"a=b " * 125) * int(990 * share)),
    "quotes.html": lambda share: _page(b"<p a='" * int(50_000 * share)),
    "comments.html": lambda share: _page(b"<!-" * int(300_000 * share)),
    "declarations.html": lambda share: _page(b"<![" * int(200_000 * share)),
    "entities.html": lambda share: _page(b"&amp;&#9999999;&unbekannt" * int(200_000 * share)),
    "one-tag.html": lambda share: _page(b"<a " + b"x=y " * int(MILLION * share)),
    "script.html": lambda share: _page(b'<script type="application/ld+json">' + b"[" * int(MILLION * share)),
    "arrays.json": lambda share: b"[" * int(MILLION * share),
    "objects.json": lambda share: b'{"a":' * int(MILLION * share),
    "number.json": lambda share: b'{"body": ' + b"9" * int(MILLION * share) + b"}",
    "numbers.json": lambda share: b"[" + b"1," * int(MILLION * share) + b"1]",
    "escapes.json": lambda share: b'{"body": "' + b"\\u00e4" * int(MILLION * share) + b'"}',
    "word.txt": lambda share: "ä".encode() * int(MILLION * share),
    "hyphens.txt": lambda share: b"a-" * int(MILLION / 2 * share),
    "names.txt": lambda share: "Anna Müller und Dr. Karl von Stein. ".encode() * int(20_000 * share),
    "dates.txt": lambda share: b"1.1.1990 " * int(100_000 * share),
    "capitals.txt": lambda share: b"HAUS " * int(200_000 * share),
    "marks.txt": lambda share: "a\u0308\u0308\u0308 ".encode() * int(100_000 * share),
    "compound.txt": lambda share: b"Donaudampfschiffahrtsgesellschaft" * int(10_000 * share),
}
