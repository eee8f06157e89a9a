"""Reading never fails, whatever a document holds."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Document, Problem, read_document
from search import Article

SUFFIXES = (".txt", ".html", ".jsonl", ".json")
# Pieces that lead into the branches of the readers more often than random bytes do.
PIECES = st.sampled_from(
    [
        b'{"body": "', b'"}', b"{", b"[", b"]", b"}", b"null", b'"date": "', b'"entities": {"person": [', b"1e999",
        b"<p>", b"</p>", b"<article>", b"<h1>", b"<h2>", b"<li>", b"<br><br>", b'<meta property="og:url" content="',
        b'<script type="application/ld+json">', b'{"@type": "NewsArticle", "author": ', b'"@graph": [', b"</script>",
        b"<!--", b"<![CDATA[", b"<!", b"&#x110000;", b"\\ud800", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\xfc", b"\0",
        b"\r", b"\n", b" ", b"Ein Satz mit mehreren Worten. ", "Größe".encode(), b"\x1f\x8b\x08\x00",
    ]
)  # fmt: skip
CONTENT = st.binary(max_size=60) | st.lists(PIECES | st.binary(max_size=4), max_size=25).map(b"".join)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=CONTENT, packed=st.booleans())
def test_reading_never_fails(suffix: str, content: bytes, packed: bool) -> None:
    """Any bytes under any suffix yield articles that can be stored or problems of one line, and something."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (f"a{suffix}.gz" if packed else f"a{suffix}")
        path.write_bytes(gzip.compress(content) if packed else content)
        found = list(read_document(Document(path.name, path, path.name, len(content))))
    assert found
    for item in found:
        assert isinstance(item, (Article, Problem))
        if isinstance(item, Article):
            assert item.body.strip()
            assert item.fingerprint()
        else:
            assert str(item).isprintable()
            assert "unforeseen" not in item.message


NESTED = 20_000
TWISTED = [
    "<p>Ein Satz. " * NESTED,
    "<div>" * NESTED + "<p>Ein Satz." + "</div>" * NESTED,
    "<form>" * NESTED,
    "<title>" * NESTED,
    "<div class=share>" * NESTED + "<p>Ein Satz.",
    "<a " * NESTED,
    "<![" * NESTED,
    "</" * NESTED,
    '<script type="application/ld+json">' + "[" * NESTED + "]" * NESTED + "</script><p>Ein Satz.",
    "<p>" + " " * 200_000 + "x",
]


@pytest.mark.parametrize("page", TWISTED, ids=[page[:20] for page in TWISTED])
def test_twisted_pages_take_no_longer(tmp_path: Path, page: str) -> None:
    """Pages that never close a tag are read in time that grows with their length only, or refused."""
    path = tmp_path / "a.html"
    path.write_text(page)
    assert list(read_document(Document("a.html", path, "a.html", 0)))
