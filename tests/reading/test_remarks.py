"""Titles of a page and remarks of its publisher, as cases."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indexer.remarks import is_remark
from indexer.titles import best_title

FOLDER = Path(__file__).parent
REMARKS = tomllib.loads((FOLDER / "remarks.toml").read_text(encoding="utf-8"))
TITLES = tomllib.loads((FOLDER / "titles.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("text", REMARKS["remarks"])
def test_a_remark_is_no_text(text: str) -> None:
    """What the publisher says about the page, or asks of its readers, is no text of the article."""
    assert is_remark(text)


@pytest.mark.parametrize("text", REMARKS["texts"])
def test_a_text_is_no_remark(text: str) -> None:
    """What an article says about the same things is text, and so is any long paragraph."""
    assert not is_remark(text)
    assert not is_remark(REMARKS["remarks"][0] + " " + text * 20)


@pytest.mark.parametrize("case", TITLES, ids=lambda case: ascii(case["titles"]))
def test_the_best_title(case: dict[str, Any]) -> None:
    """The headline has no name of the site, and is the one that most agree on."""
    assert best_title(case["titles"], case["sites"], case["url"]) == case["title"]
