"""What each format means, sample by sample."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from indexer import PassedOver, Problem, Withdrawn
from search import Article
from tests.reading.sample import read

SAMPLES = Path(__file__).parent / "samples"
CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))[
    "sample"
]


def told(article: Article) -> dict[str, Any]:
    """What a case says of an article: all that there is to say of it."""
    told: dict[str, Any] = {name: getattr(article, name) for name in ("id", "title", "source", "section", "url")}
    told |= {"text": article.body.split("\n\n"), "date": article.date and article.date.text}
    told |= {"authors": list(article.authors), **article.entities.as_json()}
    return {name: value for name, value in told.items() if value}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_sample_is_understood(case: dict[str, Any]) -> None:
    """Each article has the values that its document gives it, and what is no article is told as such."""
    found = read(SAMPLES / case["name"])
    assert [told(item) for item in found if isinstance(item, Article)] == case.get("article", [])
    assert [item.id for item in found if isinstance(item, Withdrawn)] == case.get("withdrawn", [])
    assert [item.kind for item in found if isinstance(item, PassedOver)] == case.get("passed_over", [])
    assert [item.message for item in found if isinstance(item, Problem)] == case.get("problems", [])


def test_each_sample_has_its_case() -> None:
    """No sample lies there without being read."""
    assert sorted(path.name for path in SAMPLES.iterdir()) == sorted(case["name"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_content_tells_as_much_as_the_name(tmp_path: Path, case: dict[str, Any]) -> None:
    """A sample named .txt, or with a name that says nothing, is read as the format that it is."""
    told = []
    for name in (case["name"], "falsch.txt", "ohne"):
        (tmp_path / name).write_bytes((SAMPLES / case["name"]).read_bytes())
        told.append([(type(item), getattr(item, "title", "")) for item in read(tmp_path / name)])
    assert told == [told[0]] * 3
