"""A query made for counting finds what the query itself finds."""

import tempfile
from pathlib import Path

from hypothesis import given

from search.engines.base import Entry, Lookup
from search.engines.rewriting import answers
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
                {match.id for match in engine.search(Lookup(one, size=20)).matches} for one in (query, answers(query))
            )
            assert left == whole
