"""An engine that lies elsewhere is asked few times: questions that need no answer of each other go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline import Job, index
from search import Archive, Request, open_archive
from search.engines.memory import MemoryEngine
from search.page import MATCHINGS

ASKING = (
    "search",
    "vocabulary",
    "counts",
    "frequency",
    "get",
    "get_many",
    "search_many",
    "frequencies",
    "fingerprints",
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the engine was asked, in order; `count` is known to an engine, and what one message asks is counted once."""
    found: list[str] = []
    inside = False

    def counting(name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any) -> Any:
            nonlocal inside
            if inside:
                return ask(*arguments)
            found.append(name)
            inside = True
            try:
                return ask(*arguments)
            finally:
                inside = False

        return counted

    for name in ASKING:
        monkeypatch.setattr(MemoryEngine, name, counting(name, getattr(MemoryEngine, name)))
    return found


@pytest.fixture
def archive(seeds_index: Callable[[str], Path], asked: list[str]) -> Iterator[Archive]:
    with open_archive(seeds_index("memory")) as opened:
        opened.prepare()
        asked.clear()
        yield opened


@pytest.mark.parametrize(
    ("ask", "most"),
    [
        (lambda archive: archive.search(Request("der")), 1),
        (lambda archive: archive.search(Request("Mauer Berlin")), 4),
        (lambda archive: archive.suggest("mau"), 4),
        (lambda archive: archive.suggest("berlin mau"), 5),
        (lambda archive: archive.suggest("küns"), 6),
        (lambda archive: archive.similar(archive.article("txt/1989-11-10-mauerfall.txt")), 3),
        (lambda archive: archive.neighbours(Request("Mauer"), "txt/1989-11-10-mauerfall.txt"), 2),
        (lambda archive: archive.matchings(Request("Mauer Berlin")), 1),
        (lambda archive: archive.search(Request("Maeur Berlni")), 7),
        (lambda archive: archive.entities("person", "mer"), 0),
        (lambda archive: archive.hits(["txt/1989-11-10-mauerfall.txt", "nowhere", *map(str, range(40))]), 1),
    ],
    ids=["search", "search with offers", "suggest", "suggest after a word", "suggest umlauts", "similar", "neighbours",
         "matchings", "did you mean", "names", "chosen articles"],
)  # fmt: skip
def test_an_answer_takes_few_messages(
    archive: Archive, asked: list[str], ask: Callable[[Archive], object], most: int
) -> None:
    """Each kind of question is answered after few messages, however many words and articles it looks at."""
    assert ask(archive) is not None
    assert len(asked) <= most, asked


def test_the_ways_of_matching_are_counted_in_one_message(archive: Archive) -> None:
    """What is counted together is what each of them finds."""
    for text in ("Mauer Berlin", '"Berliner Mauer"', "Bundestag"):
        counts = archive.matchings(Request(text, relax=False))
        assert counts == {matching: archive.count(Request(text, match=matching)) for matching in MATCHINGS}


def test_unchanged_documents_are_asked_about_together(tmp_path: Path, asked: list[str]) -> None:
    """A run over hundreds of known documents asks for their fingerprints some times, not once for each."""
    for number in range(120):
        (tmp_path / "source" / f"{number:03}.txt").parent.mkdir(exist_ok=True)
        (tmp_path / "source" / f"{number:03}.txt").write_text(f"Artikel {number}\n\nDas Wort steht hier {number} mal.")
    (tmp_path / "many.jsonl").write_text("".join(f'{{"id": "m{n}", "body": "Der Text {n}."}}\n' for n in range(250)))
    job = Job((str(tmp_path / "source"), str(tmp_path / "many.jsonl")), tmp_path / "index", engine="memory", jobs=1)
    assert index(job).added == 370
    asked.clear()
    assert index(job).unchanged == 370
    assert asked.count("fingerprints") <= 2, asked
    (tmp_path / "index" / "documents.sqlite").unlink()
    asked.clear()
    assert index(job).unchanged == 370
    assert asked.count("fingerprints") <= 120 + 3, asked  # a message for each document, and for each hundred of one
