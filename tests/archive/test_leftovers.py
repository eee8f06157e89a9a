"""What a killed commit left does not stop the next writer, and what damage left is told."""

import shutil
from pathlib import Path

import pytest

from search import Article, Request, open_archive, write_archive
from search.errors import IndexDamaged
from search.store.entry import to_article


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_files_of_a_commit_that_was_never_published_do_not_stop_the_same_one(tmp_path: Path, engine: str) -> None:
    """A writer killed after it wrote its files, before it published them, can be run again as it was."""
    index, killed = tmp_path / "index", tmp_path / "killed"
    with write_archive(index, engine) as writer:
        for number in range(3):
            writer.put(Article(str(number), "Wort"))
    shutil.copytree(index, killed)
    with write_archive(killed) as writer:
        writer.delete("1")
    known = {path.name for path in index.rglob("*")}
    left = [path for path in killed.glob("generation-*/*") if path.name not in known]
    assert left
    for path in left:
        shutil.copy(path, index / path.relative_to(killed))
    with write_archive(index) as writer:
        writer.delete("1")
    with open_archive(index) as archive:
        assert archive.search(Request("Wort")).total == 2


@pytest.mark.parametrize("stored", ["", "{", "[]", "null", "{}", '{"fingerprint": {}, "entities": 1}'])
def test_an_article_that_is_not_as_written_is_told(stored: str) -> None:
    """What an engine gives back of a damaged file, which it may not have checked, is told as damage with a remedy."""
    with pytest.raises(IndexDamaged, match=r"nachlese check.*--rebuild"):
        to_article(stored)
