"""Small pages and texts that were once read wrongly stay right, where they lie beside the checkout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.document import Document
from indexer.readers import read_document
from indexer.sources import find_documents
from search import Article

CASES = Path(__file__).parents[3] / "shared" / "cases" / "pages"
# These were refused when the cases were made. They are told by their content now, and read as what they are.
READ = {"xml-named-txt.txt", "csv-named-txt.txt", "mail-named-txt.txt", "mhtml-named.html"}


def wrong() -> Iterator[str]:
    """The inputs that are not read as expected; a case that describes a run of a shell is none."""
    for line in (CASES / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if (CASES / case["input"]).is_file() and not is_right(articles(CASES / case["input"]), case["expected"]):
            yield case["input"]


def articles(path: Path) -> list[Article]:
    """What a file holds."""
    found = [item for item in find_documents([str(path)]) if isinstance(item, Document)]
    return [item for document in found for item in read_document(document) if isinstance(item, Article)]


def is_right(found: list[Article], expected: dict[str, Any]) -> bool:
    """Whether an input yields what is expected of it."""
    if "error" in expected or "read" in expected:
        return bool(found) == ("read" in expected)
    return len(found) == 1 and all(_has(found[0], key, value) for key, value in expected.items())


def _has(article: Article, key: str, value: Any) -> bool:
    if key == "body_contains":
        return all(part in article.body for part in value)
    if key == "body_not":
        return not any(part in article.body for part in value)
    return bool(article.as_json()[key] == value)


if CASES.exists():

    def test_pages_stay_right() -> None:
        """Every page and text is read as expected, or by its content."""
        assert set(wrong()) <= READ

else:

    def test_the_pages_are_not_here() -> None:
        """Without the pages beside the checkout there is nothing to judge."""
        assert not CASES.exists()
