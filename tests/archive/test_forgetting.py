"""What is to be forgotten leaves the disk: no file of the index has a word of it."""

from __future__ import annotations

import random
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from search import Article, Entities, Request, open_archive, write_archive
from search.engines.whoosh.segments import SegmentFile
from search.errors import IndexDamaged
from search.mapped import Mapped
from search.store.checking import check_archive
from search.store.checksums import WRITTEN_AGAIN
from search.store.snapshots import SUFFIX
from tests.archive.test_rights import ENGINES

WORDS = ("quastenflosserkonferenz", "Xaverine Zwuckelhuber", "zwuckelhuber", "geheim/wxyz4711")


def articles(first: int = 0) -> list[Article]:
    """Ordinary articles; the parts of the secret words occur nowhere else."""
    return [Article(str(number), f"Ein Bericht über Hafen {number}.", "Titel") for number in range(first, first + 5)]


SECRET = Article(
    WORDS[3], f"Ein Bericht: {WORDS[0]}.", f"{WORDS[1]} spricht", entities=Entities((WORDS[1],)), source=WORDS[0]
)


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An index of several commits with the secret in the midst of one."""
    for number in range(3):
        with write_archive(tmp_path / "index", str(request.param)) as writer:
            for article in articles(10 * number):
                writer.put(article)
            if number == 1:
                writer.put(SECRET)
    return tmp_path / "index"


def places(index: Path) -> set[str]:
    """The files that have one of the words, as they lie on the disk or unpacked."""
    return {file.name for file in index.rglob("*") if file.is_file() and any(has(file, word) for word in WORDS)}


def has(file: Path, word: str) -> bool:
    """Whether a file has a word. tantivy packs texts with lz4, which leaves a word that stands once as it is."""
    contents = [file.read_bytes()]
    if file.suffix == ".arrays":
        stored = SegmentFile(file).stored
        contents += [zlib.decompress(stored.bytes(number)) for number in range(len(stored))]
    if file.suffix == SUFFIX and contents[0]:  # a trie shares the letters of its words
        contents += [key.encode() for key in Mapped.open(file).trie]
    return any(word.encode() in content for content in contents)


def held(index: Path) -> dict[str, str]:
    """All articles that are found, by their ids."""
    with open_archive(index) as archive:
        return {hit.id: archive.article(hit.id).body for hit in archive.search(Request(size=100)).hits}


def test_a_forgotten_article_leaves_the_disk(index: Path) -> None:
    """After forgetting, no file has a word of the article, and all others are as they were."""
    assert places(index)
    before = held(index)
    with write_archive(index) as writer:
        writer.delete(SECRET.id)
        writer.forget()
    assert places(index) == set()
    assert held(index) == {id: body for id, body in before.items() if id != SECRET.id}
    assert check_archive(index).is_sound
    assert not check_archive(index).unexpected


def test_what_was_deleted_or_replaced_before_is_forgotten(index: Path) -> None:
    """Forgetting reaches back: to articles that were deleted earlier, and to former texts of those that are there."""
    with write_archive(index) as writer:
        writer.put(Article(SECRET.id.replace("wxyz4711", "anders"), "Wort"))
        writer.delete(SECRET.id)
    with write_archive(index) as writer:
        writer.put(Article("20", f"Alter Text: {WORDS[0]}"))
    with write_archive(index) as writer:
        writer.put(Article("20", "Neuer Text"))
    with write_archive(index) as writer:
        writer.forget()
    assert places(index) == set()
    assert held(index)["20"] == "Neuer Text"


def test_the_last_article_can_be_forgotten(tmp_path: Path) -> None:
    """An index may be empty afterwards."""
    for engine in ENGINES:
        with write_archive(tmp_path / engine, engine) as writer:
            writer.put(SECRET)
        with write_archive(tmp_path / engine) as writer:
            writer.delete(SECRET.id)
            writer.forget()
        assert places(tmp_path / engine) == set()
        assert held(tmp_path / engine) == {}


def test_forgetting_amid_a_block_keeps_what_follows(index: Path) -> None:
    """What is put before and after forgetting, in one block, is there; facets and pages count it once."""
    with write_archive(index) as writer:
        writer.put(Article("vorher", "Wort"))
        writer.delete(SECRET.id)
        writer.forget()
        writer.put(Article("nachher", "Wort"))
    assert len(held(index)) == 17
    assert places(index) == set()


LARGEST = 40_000  # bytes of a file, of which the articles below have more
_FORGETTING = f"""
import resource, sys
from search import write_archive
resource.setrlimit(resource.RLIMIT_FSIZE, ({LARGEST}, {LARGEST}))
with write_archive(sys.argv[1]) as writer:
    writer.delete(sys.argv[2])
    writer.forget()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the size of files is limited as Linux does it")
@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_no_room_to_forget_says_that_the_article_is_gone(tmp_path: Path, engine: str) -> None:
    """Where files cannot be written anew, what is deleted is deleted, and the rest is said; later it can be done."""
    chance = random.Random(1)
    with write_archive(tmp_path, engine) as writer:
        for number in range(10):
            writer.put(Article(str(number), " ".join(f"Wort{chance.getrandbits(40):x}" for _ in range(800))))
        writer.put(SECRET)
    done = subprocess.run(
        [sys.executable, "-c", _FORGETTING, tmp_path, SECRET.id], stderr=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == 1
    told = done.stderr.splitlines()[-1]
    assert "NotForgotten: The articles are deleted" in told
    assert "`nachlese delete --forget` without IDs: There is no room left" in told
    assert held(tmp_path).keys() == {str(number) for number in range(10)}
    with write_archive(tmp_path) as writer:
        writer.forget()
    assert places(tmp_path) == set()


@pytest.mark.parametrize("name", [".tmpA1b2C3", "_MAIN_7.toc.1764360000.123"])
def test_the_next_run_removes_what_a_killed_one_left(index: Path, name: str) -> None:
    """Files that were to replace another one when a run was killed are gone after the next run."""
    left = index / "generation-000001" / name
    left.write_text(WORDS[0])
    with write_archive(index):
        pass
    assert not left.exists()


def test_damage_is_told_before_anything_is_written_anew(index: Path) -> None:
    """Whatever file is damaged, nothing is copied of it, and check goes on to tell it; mended, the secret leaves."""
    files = [file for file in (index / "generation-000001").iterdir() if file.name not in WRITTEN_AGAIN]
    files = [file for file in files if file.suffix != ".toc"]  # of which Whoosh tells when it opens the index
    for file in sorted(file for file in files if file.stat().st_size):
        whole = file.read_bytes()
        middle = len(whole) // 2
        file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 16]) + whole[middle + 1 :])
        with pytest.raises(IndexDamaged, match="--rebuild"):
            forget(index)
        assert f"generation-000001/{file.name}" in check_archive(index).damaged
        file.write_bytes(whole)
    forget(index)
    assert places(index) == set()
    assert check_archive(index).is_sound


def forget(index: Path) -> None:
    """Forget the secret."""
    with write_archive(index) as writer:
        writer.delete(SECRET.id)
        writer.forget()
