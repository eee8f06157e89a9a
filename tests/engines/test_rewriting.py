"""A query made for counting finds what the query itself finds."""

import tempfile
from pathlib import Path

from hypothesis import given

from search.engines.base import EngineRequest, Entry
from search.engines.rewriting import without_scores
from search.query.terms import Terms
from tests.engines.samples import create
from tests.engines.test_twin import asked_queries, entries


@given(entries(), asked_queries)
def test_counting_finds_the_same(kept: list[Entry], asked: list[Terms]) -> None:
    """What is left of a query when no score is needed has the same answers."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create("memory", Path(folder) / "memory", kept)
        for query in asked:
            whole, left = (
                {match.id for match in engine.search(EngineRequest(one, size=20)).matches}
                for one in (query, without_scores(query))
            )
            assert left == whole
