"""Documents that were changed until they are none: bytes, cuts, repetitions, tag soup, nesting."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from random import Random

# Pieces that lead into the branches of the readers more often than random bytes do.
PIECES = (
    b'{"body": "', b'"}', b"{", b"[", b"]", b"}", b"null", b'"date": "', b'"entities": {"person": [', b"1e999",
    b"<p>", b"</p>", b"<article>", b"<h1>", b"<h2>", b"<li>", b"<br><br>", b'<meta property="og:url" content="',
    b'<script type="application/ld+json">', b'{"@type": "NewsArticle", "author": ', b'"@graph": [', b"</script>",
    b"<!--", b"<![CDATA[", b"<!", b"&#x110000;", b"\\ud800", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xfc", b"\0",
    b"\r", b"\n", b" ", b"Ein Satz mit mehreren Worten. ", "Größe".encode(), b"\x1f\x8b\x08\x00",
)  # fmt: skip
NESTING = (
    b"<div>",
    b"<b>",
    b"<table><tr><td>",
    b"<ul><li>",
    b"<form>",
    b"[",
    b'{"a":',
    b'{"body":',
    b"<a b=c ",
    b"<svg>",
)
# The same for formats that hold others, or are of XML.
FORMAT_PIECES = (
    b'<?xml version="1.0" encoding="iso-8859-1"?>', b'<!DOCTYPE a [<!ENTITY b "c">]>', b"&b;", b"&nbsp;",
    b"<newsItem>",
    b"</newsItem>", b"<nitf>", b"<rss><channel><item><title>", b"<TEI><text>", b"</text></TEI>", b"<alto><TextBlock>",
    b"<mediawiki><page><ns>0</ns><revision><text>", b"</text></revision></page></mediawiki>", b"PK\x03\x04",
    b"%PDF-1.4\n",
    b"WARC/1.0\r\nWARC-Type: response\r\n", b"Content-Length: 5\r\n\r\n", b"From a Mon Jan  6 10:00:00 2014\n",
    b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", b"Text;Titel;Datum\n",
    b'";"', b"[[a|b]]", b"{{a|",
)  # fmt: skip
SUFFIXES = (
    ".txt", ".html", ".json", ".jsonl", ".csv", ".xml", ".rss", ".tei", ".zip", ".tar", ".warc", ".docx", ".eml",
    ".mbox",
    ".mhtml", ".pdf", ".epub",
)  # fmt: skip
LARGEST = 400_000  # bytes of a mutated document


def mutated(name: str, data: bytes, chance: Random) -> tuple[str, bytes]:
    """A name and the content of a document made of a good one; its suffix may be another one, and it may be packed."""
    for _ in range(chance.randint(1, 3)):
        data = chance.choice(_WAYS)(data, chance)[:LARGEST]
    suffix = chance.choice(SUFFIXES) if chance.random() < 0.1 else "." + name.split(".")[1]
    if chance.random() < 0.8:
        return f"a{suffix}", data
    packed = gzip.compress(data, 1, mtime=0)
    if chance.random() < 0.5:
        packed = chance.choice((_cut, _bytes, _appended))(packed, chance)
    return f"a{suffix}.gz", packed


def _bytes(data: bytes, chance: Random) -> bytes:
    """Some bytes are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30)) if data else 0):
        changed[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: Random) -> bytes:
    """The beginning or the end is missing."""
    place = chance.randrange(len(data) + 1)
    return data[:place] if chance.random() < 0.7 else data[place:]


def _appended(data: bytes, chance: Random) -> bytes:
    return data + chance.randbytes(chance.randint(1, 50))


def _repeated(data: bytes, chance: Random) -> bytes:
    """A passage stands there many times."""
    start, length = chance.randrange(len(data) + 1), chance.choice((1, 10, 100, 2_000))
    passage = data[start : start + length]
    return data[:start] + passage * chance.choice((2, 10, 1_000)) + data[start:]


def _soup(data: bytes, chance: Random) -> bytes:
    """Pieces of all formats stand in it."""
    for _ in range(chance.randint(1, 40)):
        place = chance.randrange(len(data) + 1)
        data = data[:place] + chance.choice(PIECES) + data[place:]
    return data


def _nested(data: bytes, chance: Random) -> bytes:
    """It begins with something that opens very often."""
    return chance.choice(NESTING) * chance.choice((10, 500, 5_000)) + data


def _shuffled(data: bytes, chance: Random) -> bytes:
    """Its lines stand in another order."""
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _recoded(data: bytes, chance: Random) -> bytes:
    """It is in another encoding than it says."""
    return data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "latin-1", "utf-32", "cp037")), "replace")


_WAYS: Sequence[Callable[[bytes, Random], bytes]] = (
    _bytes, _bytes, _cut, _appended, _repeated, _soup, _soup, _nested, _shuffled, _recoded,
)  # fmt: skip
