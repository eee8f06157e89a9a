"""Every engine finds what cases.toml says."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import Engine, EngineRequest
from tests.engines.samples import ENGINES, asked, create, entry, remove

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text(encoding="utf-8"))
LISTS = ("person", "place", "organisation")


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    rows = [{key: tuple(value) if key in LISTS else value for key, value in row.items()} for row in CASES["article"]]
    directory = tmp_path_factory.mktemp("cases") / request.param
    engine = create(request.param, directory, [entry(**row) for row in rows])
    yield engine
    engine.close()
    remove(request.param, directory)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["query"])
def test_a_query_finds_exactly_its_articles(filled: Engine, case: dict[str, Any]) -> None:
    """A query finds the articles of its case and no other, the named one first."""
    found = filled.search(EngineRequest(asked(case["query"]), size=50))
    assert {match.id for match in found.matches} == set(case["finds"])
    assert found.total == len(case["finds"])
    if "first" in case:
        assert found.matches[0].id == case["first"]
