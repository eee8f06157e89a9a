"""A small archive of a made-up newspaper, in both engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search import Archive, open_archive
from tests.conftest import Once
from tests.corpus.sample import build


@pytest.fixture(params=["whoosh", "tantivy"])
def archive(once: Once, request: pytest.FixtureRequest) -> Iterator[Archive]:
    """The archive of ARTICLES, once with each engine; tests only read it."""
    engine = request.param
    with open_archive(once(f"corpus-{engine}", lambda directory: build(directory, engine))) as archive:
        yield archive
