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
from tests.torture.mutations import PIECES, SUFFIXES

CONTENT = st.binary(max_size=60) | st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=25).map(b"".join)


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
