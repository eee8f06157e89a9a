"""An archive offers what was meant: far more frequent, as it writes it itself, and never for what is right."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from search import Archive, Article, Request, open_archive, write_archive

OFFERS = tomllib.loads((Path(__file__).parent / "offers.toml").read_text(encoding="utf-8"))
PAIRS = [pair for case in OFFERS["cases"] for pair in case["pairs"]]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("offers")
    with write_archive(directory, request.param) as writer:
        for text, number in OFFERS["articles"].items():
            for copy in range(number):
                writer.put(Article(f"{text} {copy}", text))
    with open_archive(directory) as opened:
        yield opened


@pytest.mark.parametrize(("typed", "meant"), PAIRS)
def test_what_was_meant_is_offered_first(archive: Archive, typed: str, meant: str) -> None:
    """The first offer is what was meant, or there is none; each says how many articles it finds."""
    offers = archive.search(Request(typed)).query.corrections
    assert [offer.text for offer in offers][:1] == [meant] * bool(meant)
    assert all(offer.total == archive.count(Request(offer.text)) for offer in offers)
