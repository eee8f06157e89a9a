"""German readers find on every engine what german.toml says."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import Engine, EngineRequest
from tests.engines.samples import ENGINES, asked, create, entry, remove

CASES = tomllib.loads((Path(__file__).parent / "german.toml").read_text(encoding="utf-8"))["case"]
TEXTS = sorted({text for case in CASES for key in ("finds", "misses", "after") for text in case.get(key, ())})


@pytest.fixture(scope="module", params=ENGINES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    directory = tmp_path_factory.mktemp("german") / request.param
    engine = create(request.param, directory, [entry(text, text) for text in TEXTS])
    yield engine
    engine.close()
    remove(request.param, directory)


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(f"{case['kind']} {case['query']}"))
def test_a_reader_finds_what_is_meant(filled: Engine, case: dict[str, Any]) -> None:
    """A query finds all texts that say what it means, and none of those that merely look like it."""
    found = [match.id for match in filled.search(EngineRequest(asked(case["query"]), size=len(TEXTS))).matches]
    assert set(case["finds"]) <= set(found)
    assert not set(case.get("misses", ())) & set(found)
    if case.get("first"):
        assert min(map(found.index, case["finds"])) == found.index(case["finds"][0])
    behind = [text for text in case.get("after", ()) if text in found]
    assert [text for text in found if text in {*case["finds"], *behind}][-len(behind) :] == behind or not behind
