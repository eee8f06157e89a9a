from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine, Entry
from tests.engines.samples import ENGINES, create, remove


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(engine_name: str, tmp_path: Path) -> Iterator[Callable[[list[Entry]], Engine]]:
    """Make an engine with entries; it is closed after the test."""
    made: list[Engine] = []

    def make_engine(entries: list[Entry]) -> Engine:
        made.append(create(engine_name, tmp_path / f"engine-{len(made)}", entries))
        return made[-1]

    yield make_engine
    for number, engine in enumerate(made):
        engine.close()
        remove(engine_name, tmp_path / f"engine-{number}")
