"""Small documents that are made to take long or much: what does reading them cost?"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable

MILLION = 1_000_000


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, 6, mtime=0)


def _page(data: bytes) -> bytes:
    return b"<html><title>Bombe</title><body>" + data


def _zipped(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return target.getvalue()


def _word(body: bytes) -> bytes:
    """A Word document of this body, as far as mammoth looks before it reads it."""
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        b'Target="word/document.xml"/></Relationships>'
    )
    space = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    text = space + body + b"</w:body></w:document>"
    return _zipped({"_rels/.rels": relation, "word/document.xml": text})


_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"ha") for n in range(12))
_WIKI = b"<mediawiki><page><title>a</title><ns>0</ns><revision><text>%s</text></revision></page></mediawiki>"

# Name of the file -> its content for a share of the full size.
BOMBS: dict[str, Callable[[float], bytes]] = {
    "spaces.txt.gz": lambda share: _packed(b" " * int(100 * MILLION * share)),
    "words.txt.gz": lambda share: _packed(b"Haus " * int(20 * MILLION * share)),
    "tags.html.gz": lambda share: _packed(_page(b"<p>" * int(30 * MILLION * share))),
    "twice.txt.gz": lambda share: _packed(_packed(b"Haus " * int(10 * MILLION * share))),
    "records.jsonl.gz": lambda share: _packed(b'{"body":"a"}\n' * int(MILLION / 10 * share)),
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
    "spaces.zip": lambda share: _zipped({"a.txt": b" " * int(100 * MILLION * share)}),
    "members.zip": lambda share: _zipped({f"{n}.txt": b"" for n in range(int(30_000 * share))}),
    "zips.zip": lambda share: _zipped(
        {f"{n}.zip": _zipped({"a.txt": b"Haus " * 100_000}) for n in range(int(40 * share))}
    ),
    "laughs.xml": lambda _share: b"<!DOCTYPE nitf [" + _LAUGHS + b"]><nitf>&l11;</nitf>",
    "elements.xml": lambda share: b"<nitf>" + b"<p/>" * int(3 * MILLION * share),
    "deep.xml": lambda share: b"<nitf>" + b"<p>" * int(MILLION * share),
    "attributes.xml": lambda share: (
        b"<nitf " + b"".join(b'a%d="" ' % n for n in range(int(MILLION / 2 * share))) + b"/>"
    ),
    "newsml.xml": lambda share: b"<newsMessage>" + b"<newsItem/>" * int(300_000 * share) + b"</newsMessage>",
    "feed.rss": lambda share: (
        b"<rss><channel>" + b"<item><title>a</title></item>" * int(20_000 * share) + b"</channel></rss>"
    ),
    "corpus.tei": lambda share: (
        b"<teiCorpus>" + b"<TEI><text><p>a</p></text></TEI>" * int(50_000 * share) + b"</teiCorpus>"
    ),
    "words.alto": lambda share: b"<alto><TextBlock><TextLine>" + b'<String CONTENT="a-"/>' * int(300_000 * share),
    "links.xml": lambda share: _WIKI % (b"[[a|" * int(200_000 * share)),
    "templates.xml": lambda share: _WIKI % (b"{{a|" * int(200_000 * share)),
    "tables.xml": lambda share: _WIKI % (b"{|\n|a\n" * int(100_000 * share)),
    "quotes.csv": lambda share: b"titel,text\n" + b'a,"' + b"b," * int(10 * MILLION * share),
    "columns.csv": lambda share: b"titel,text\n" + b"," * int(10 * MILLION * share),
    "parts.eml": lambda share: (
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * int(100_000 * share)
    ),
    "headers.eml": lambda share: b"MIME-Version: 1.0\n" + b"From: a\n" * int(MILLION * share) + b"\na",
    "mails.mbox": lambda share: b"From a Mon Jan  6 10:00:00 2014\nFrom: a\n\na\n\n" * int(20_000 * share),
    "runs.docx": lambda share: _word(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * int(100_000 * share)),
    "deep.docx": lambda share: _word(b"<w:p>" * int(100_000 * share)),
    "objects.pdf": lambda share: b"%PDF-1.4\n" + b"1 0 obj << /A [" + b"[" * int(MILLION * share),
    "records.warc": lambda share: (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * int(50_000 * share)
    ),
    "compound.txt": lambda share: b"Donaudampfschiffahrtsgesellschaft" * int(10_000 * share),
}
