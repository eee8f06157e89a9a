"""After a long run an index of tantivy has few segments, and the same entries."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest

from search.engines.base import EngineRequest, EngineResult, Entry
from search.engines.tantivy import merging
from search.engines.tantivy.engine import TantivyEngine
from tests.engines.samples import WORD, entry, fill

EVERYTHING = EngineRequest(WORD, size=200, facets={"place": 5})


@pytest.fixture(autouse=True)
def runs_are_soon_long() -> Iterator[None]:
    with patch.object(merging, "LONG_RUN", 12):
        yield


def some(*numbers: int) -> list[Entry]:
    return [entry(f"{number:03}", "Wort " * (1 + number % 5), place=(f"Ort {number % 3}",)) for number in numbers]


def merged(engine: TantivyEngine) -> EngineResult:
    engine.merge_segments()
    engine.refresh()
    return engine.search(EVERYTHING)


def segments(engine: TantivyEngine) -> int:
    return int(engine._view.searcher.num_segments)


@pytest.mark.parametrize("blocks", [2, 5, 8])
def test_a_long_run_leaves_one_segment_and_the_same_answers(tmp_path: Path, blocks: int) -> None:
    """Whatever the number of blocks; those of eight are merged by tantivy itself."""
    engine = TantivyEngine(tmp_path, create=True)
    for block in range(blocks):
        fill(engine, some(*range(10 * block, 10 * block + 10)))
    before = engine.search(EVERYTHING)
    assert before.total == 10 * blocks
    assert merged(engine) == before
    assert segments(engine) == 1
    assert engine.frequency("body_form", "wort") == engine.count() == before.total


def test_a_short_run_is_left_as_it_is(tmp_path: Path) -> None:
    """Merging would take longer than the run."""
    engine = TantivyEngine(tmp_path, create=True)
    fill(engine, some(*range(6)))
    fill(engine, some(*range(6, 11)))
    merged(engine)
    assert segments(engine) == 2


def test_large_segments_are_left_as_they_are(tmp_path: Path) -> None:
    """Only what tantivy takes for small is made one."""
    engine = TantivyEngine(tmp_path, create=True)
    with patch.object(merging, "SMALL_SEGMENT", 9):
        for first in (0, 10):
            fill(engine, some(*range(first, first + 10)))
        merged(engine)
        assert segments(engine) == 2


def test_what_was_replaced_deleted_or_undone_stays_so(tmp_path: Path) -> None:
    """Entries that are put again are those of the last commit."""
    engine = TantivyEngine(tmp_path, create=True)
    fill(engine, some(*range(20)))
    fill(engine, [entry("019", "Anderes Wort")])
    with engine.writer() as writer:
        writer.delete("018")
    found = merged(engine)
    assert found.total == 19
    assert [match.stored for match in found.matches if match.id == "019"] == [entry("019", "Anderes Wort").stored]

    with pytest.raises(AttributeError):
        fill(engine, [*some(*range(50, 70)), None])  # type: ignore[list-item] - what breaks the block
    assert merged(engine) == found
