"""References of HTML that were left in values mean their characters; texts about them stay as they are."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.character_references import without_references
from tests.reading.sample import articles, line, read_text

CASES = tomllib.loads((Path(__file__).parent / "references.toml").read_text(encoding="utf-8"))["case"]
ESCAPED = "Was die St&auml;dte &amp;ndash; planen"
MEANT = "Was die Städte – planen"


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"]))
def test_a_value_means_this_text(case: dict[str, Any]) -> None:
    """References are read, and ampersands that are none stay."""
    assert without_references(case["text"]) == case["means"]


@given(st.text(st.characters(exclude_characters="&")))
def test_what_has_no_reference_stays(text: str) -> None:
    """A text without an ampersand is the same text, and so is what is read of its escaped form."""
    assert without_references(text) == text
    if text.isalpha():
        assert without_references("".join(f"&#{ord(sign)};" for sign in text)) == text


@given(st.text("&;#x1amputl äT", max_size=40))
def test_any_text_is_read(text: str) -> None:
    """Any text is read as one that is no longer."""
    assert len(without_references(text)) <= len(text)


def test_values_of_records_and_pages_are_read(tmp_path: Path) -> None:
    """Title, text and names of a record, what a page declares in JSON-LD and in meta elements."""
    record = line(title=ESCAPED, body=ESCAPED, authors=["Hans M&uuml;ller"], entities={"place": ["K&ouml;ln"]})
    (article,) = articles(read_text(tmp_path, "a.jsonl", record))
    assert (article.title, article.body) == (MEANT, MEANT)
    assert (article.authors, article.entities.place) == (("Hans Müller",), ("Köln",))
    data = json.dumps({"@type": "NewsArticle", "headline": ESCAPED, "articleBody": ESCAPED})
    (article,) = articles(read_text(tmp_path, "a.html", f'<script type="application/ld+json">{data}</script>'))
    assert (article.title, article.body) == (MEANT, MEANT)
    page = '<meta property="og:title" content="St&amp;auml;dte"><article><p>Man schreibt &amp;auml; so.</p></article>'
    (article,) = articles(read_text(tmp_path, "b.html", page))
    assert (article.title, article.body) == ("Städte", "Man schreibt &auml; so.")


@pytest.mark.parametrize(
    "reference",
    [
        'Lesen Sie auch: <a href="/b">Das große Hochwasser</a>', '<a href="/b">Das große Hochwasser</a> Mehr zum Thema',
        'Mehr zum Thema <a href="/b">Hochwasser</a>', 'Hintergrund: <a href="/b">Wie es begann</a>',
        '<strong>Lesen Sie hier mehr dazu:</strong> <a href="/b">Hochwasser</a> ',
    ],
)  # fmt: skip
def test_a_paragraph_that_only_refers_is_no_text(reference: str, tmp_path: Path) -> None:
    """A link with a label leads to another article; a link in a sentence is text."""
    text = 'Wie <a href="/c">der Bürgermeister</a> sagte: Das Wasser steigt.'
    page = f"<article><p>Der Fluss stieg.</p><p>{reference}</p><p>{text}</p></article>"
    (article,) = articles(read_text(tmp_path, "a.html", page))
    assert article.body == "Der Fluss stieg.\n\nWie der Bürgermeister sagte: Das Wasser steigt."
