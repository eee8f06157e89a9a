"""How articles get into an archive: all or nothing, one writer, and readers that see each commit."""

import errno
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from stat import S_ISDIR

import pytest

from search import Article, Entities, Mention, NewsDate, Request, open_archive, write_archive
from search.errors import EngineUnavailable, IndexIncompatible, IndexLocked, IndexMissing, IndexUnwritable
from search.store.directory import IndexDirectory

ENGINES = ("memory", "whoosh", "tantivy")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def found(directory: Path, text: str) -> list[str]:
    with open_archive(directory) as archive:
        return [hit.id for hit in archive.search(Request(text=text, size=50)).hits]


def write(directory: Path, *articles: Article, engine: str | None = None, rebuild: bool = False) -> list[str]:
    with write_archive(directory, engine, rebuild) as writer:
        return [writer.put(article) for article in articles]


def generations(directory: Path) -> list[str]:
    return sorted(folder.name for folder in directory.glob("generation-*"))


def test_what_was_put_comes_back_whole(tmp_path: Path, engine: str) -> None:
    """An article read from an archive equals the one that was put there."""
    article = Article(
        id="https://example.org/ä?b=1", body="Erster Absatz.\n\nZweiter „Absatz“.", title="Über <b>Öl</b>",
        date=NewsDate("2025-08-13", "2025-08-13T10:30:00+02:00"), source="Der Bote", section="Politik",
        url="https://example.org/ä?b=1", authors=("Ada Lovelace", "N. N."),
        entities=Entities(("Ada Lovelace",), ("Öhringen",), ("Deutscher Bundestag",)), document="/archive/a.html",
    )  # fmt: skip
    write(tmp_path, article, engine=engine)
    with open_archive(tmp_path) as archive:
        assert archive.article(article.id) == article


def test_half_a_character_is_refused(tmp_path: Path, engine: str) -> None:
    """Text with a lone surrogate is refused with the id and the remedy, and undoes the block."""
    with pytest.raises(ValueError, match=r"'1' contains half of a character.*replace it"):
        write(tmp_path, Article("0", "Wort"), Article("1", "Wort \ud83d"), engine=engine)
    assert write(tmp_path, Article("0", "Wort"), engine=engine) == ["added"]


def test_the_same_content_again_changes_nothing(tmp_path: Path, engine: str) -> None:
    """Putting says whether the article was added, replaced or unchanged, in one block and over several."""
    first, other = Article("1", "alter Text"), Article("1", "neuer Text")
    assert write(tmp_path, first, first, engine=engine) == ["added", "unchanged"]
    assert write(tmp_path, first, other, other) == ["unchanged", "replaced", "unchanged"]
    assert (found(tmp_path, "alter"), found(tmp_path, "neuer")) == ([], ["1"])


def files(directory: Path) -> dict[str, tuple[int, bytes]]:
    """All files of an index, with their times; what the memory engine rewrites stays the same."""
    return {
        str(file): (0 if file.name == "entries.jsonl" else file.stat().st_mtime_ns, file.read_bytes())
        for file in directory.rglob("*")
        if file.is_file()
    }


def test_a_run_without_changes_leaves_the_index_alone(tmp_path: Path, engine: str) -> None:
    """The last commit is the one that changed something: no file is written anew, and readers see no commit."""
    article = Article("1", "Ein Text.")
    write(tmp_path, article, engine=engine)
    before, stamp = files(tmp_path), IndexDirectory(tmp_path).stamp()
    with write_archive(tmp_path) as writer:
        assert writer.put(article) == "unchanged"
        writer.checkpoint()
    assert files(tmp_path) == before
    assert IndexDirectory(tmp_path).stamp() == stamp
    write(tmp_path, Article("1", "Ein anderer Text."))
    assert IndexDirectory(tmp_path).stamp() != stamp


def test_a_new_index_knows_what_it_has_committed(tmp_path: Path, engine: str) -> None:
    """After a checkpoint, the same content changes nothing, other content replaces, and what was deleted is new."""
    with write_archive(tmp_path, engine) as writer:
        changes = [writer.put(Article(id=id, body="Eins")) for id in ("a", "b", "c")]
        writer.delete("c")
        writer.checkpoint()
        changes += [writer.put(Article(id="a", body="Eins")), writer.put(Article(id="b", body="Zwei"))]
        changes += [writer.put(Article(id=id, body="Eins")) for id in ("c", "d")]
    assert changes == ["added", "added", "added", "unchanged", "replaced", "added", "added"]
    assert found(tmp_path, "Eins") == ["a", "c", "d"]


def test_an_exception_undoes_the_block(tmp_path: Path, engine: str) -> None:
    """What a failed block did is not in the archive, what was committed before is."""
    write(tmp_path, Article("1", "Wort"), engine=engine)

    def fail() -> None:
        with write_archive(tmp_path) as writer:
            writer.put(Article("2", "Wort"))
            writer.checkpoint()
            writer.put(Article("3", "Wort"))
            writer.delete("1")
            raise RuntimeError("Absturz")

    with pytest.raises(RuntimeError, match="Absturz"):
        fail()
    assert found(tmp_path, "Wort") == ["1", "2"]
    assert write(tmp_path, Article("3", "Wort")) == ["added"]


def test_a_failed_first_block_leaves_no_index(tmp_path: Path, engine: str) -> None:
    """An index that was never committed does not exist, and does not stand in the way of the next try."""

    def fail() -> None:
        with write_archive(tmp_path, engine) as writer:
            writer.put(Article("1", "Wort"))
            raise RuntimeError("Absturz")

    with pytest.raises(RuntimeError, match="Absturz"):
        fail()
    with pytest.raises(IndexMissing, match="nachlese index"):
        open_archive(tmp_path)
    write(tmp_path, Article("1", "Wort"), engine=engine)
    assert found(tmp_path, "Wort") == ["1"]


def test_an_open_archive_sees_commits(tmp_path: Path, engine: str) -> None:
    """A reader that was opened before a commit answers with it, without being opened anew."""
    write(tmp_path, Article("1", "Wort"), engine=engine)
    with open_archive(tmp_path) as archive:
        assert archive.search(Request(text="Wort")).total == 1
        write(tmp_path, Article("2", "Wort"))
        assert archive.search(Request(text="Wort")).total == 2
        assert archive.status().articles == 2


def test_a_rebuild_switches_at_its_end(tmp_path: Path, engine: str) -> None:
    """During a rebuild readers see the old generation, after it only the new one, and the old files go."""
    write(tmp_path, Article("1", "Wort"), engine=engine)
    with open_archive(tmp_path) as archive:
        with write_archive(tmp_path, engine, rebuild=True) as writer:
            writer.put(Article("2", "Wort"))
            writer.checkpoint()
            assert [hit.id for hit in archive.search(Request(text="Wort")).hits] == ["1"]
        assert [hit.id for hit in archive.search(Request(text="Wort")).hits] == ["2"]
        assert archive.status().generation == 2
    assert generations(tmp_path) == ["generation-000002"]


def test_a_failed_rebuild_leaves_the_old_generation(tmp_path: Path, engine: str) -> None:
    """A rebuild that raises changes nothing and leaves nothing behind."""
    write(tmp_path, Article("1", "Wort"), engine=engine)

    def fail() -> None:
        with write_archive(tmp_path, engine, rebuild=True) as writer:
            writer.put(Article("2", "Wort"))
            writer.checkpoint()
            raise RuntimeError("Absturz")

    with pytest.raises(RuntimeError, match="Absturz"):
        fail()
    assert found(tmp_path, "Wort") == ["1"]
    assert generations(tmp_path) == ["generation-000001"]


def test_a_rebuild_may_change_the_engine(tmp_path: Path) -> None:
    """An index keeps its engine until it is rebuilt with another one."""
    write(tmp_path, Article("1", "Wort"), engine="whoosh")
    with pytest.raises(IndexIncompatible, match=r"built with whoosh, not tantivy.*--rebuild"):
        write(tmp_path, Article("2", "Wort"), engine="tantivy")
    write(tmp_path, Article("2", "Wort"), engine="tantivy", rebuild=True)
    with open_archive(tmp_path) as archive:
        assert archive.status().engine == "tantivy"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_rebuild_keeps_the_engine(tmp_path: Path, engine: str) -> None:
    """Unless another engine is named, a rebuild takes that of the index, one of another version too."""
    write(tmp_path, Article("1", "Wort"), engine=engine)
    for _ in range(2):
        write(tmp_path, Article("2", "Wort"), rebuild=True)
        with open_archive(tmp_path) as archive:
            assert archive.status().engine == engine
        manifest = tmp_path / "archive.json"
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"schema": 0}))


@pytest.mark.parametrize("change", [{"schema": 0}, {"analysis": "german-0"}])
def test_an_index_of_another_version_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """Neither reading nor writing touches an index that other code built; the message names the remedy."""
    write(tmp_path, Article("1", "Wort"), engine="whoosh")
    manifest = tmp_path / "archive.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | change))
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        open_archive(tmp_path)
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        write(tmp_path, Article("2", "Wort"))
    write(tmp_path, Article("2", "Wort"), rebuild=True)
    assert found(tmp_path, "Wort") == ["2"]


WHOLE = {"engine": "whoosh", "schema": 1, "analysis": "x", "articles": 1, "generation": 1, "committed": ""}
DAMAGED = [
    "", "{", "[]", '{"engine": "whoosh"}', "\x00", "[" * 100_000, '{"files":' * 100_000,
    *(json.dumps(WHOLE | change) for change in (
        {"generation": "1"}, {"generation": -1}, {"generation": 10**30}, {"generation": True}, {"generation": None},
        {"engine": 7}, {"engine": None}, {"articles": []}, {"schema": 1e400}, {"files": [1]}, {"files": {"a": 1}},
        {"files": "text"}, {"checksum": 5}, {"unknown": 1},
    )),
]  # fmt: skip


@pytest.mark.parametrize("content", DAMAGED, ids=[content[:20] or "empty" for content in DAMAGED])
def test_a_damaged_manifest_is_named(tmp_path: Path, content: str) -> None:
    """A manifest that cannot be read is an error with a remedy, however it is damaged, and a rebuild mends it."""
    write(tmp_path, Article("1", "Wort"), engine="whoosh")
    (tmp_path / "archive.json").write_text(content)
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        open_archive(tmp_path)
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        write(tmp_path, Article("1", "Wort"))
    write(tmp_path, Article("2", "Wort"), rebuild=True)
    assert found(tmp_path, "Wort") == ["2"]


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_missing_engine_files_are_named(tmp_path: Path, engine: str) -> None:
    """An index whose engine files are gone is an error with a remedy, not a traceback."""
    write(tmp_path, Article("1", "Wort"), engine=engine)
    for file in (tmp_path / "generation-000001").iterdir():
        file.unlink()
    with pytest.raises(IndexIncompatible, match=r"damaged.*--rebuild"):
        open_archive(tmp_path)


def test_an_unknown_engine_is_named(tmp_path: Path) -> None:
    """A wrong engine name lists the right ones."""
    with pytest.raises(EngineUnavailable, match="tantivy, whoosh\\."):
        write(tmp_path, Article("1", "Wort"), engine="lucene")


def test_an_engine_that_is_not_installed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index whose engine is missing says what to install."""
    write(tmp_path, Article("1", "Wort"), engine="tantivy")
    monkeypatch.setattr("search.engines.choice.find_spec", lambda _name: None)
    with pytest.raises(EngineUnavailable, match="pip install"):
        open_archive(tmp_path)


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    """While one process writes, another gets one sentence; afterwards the lock is free."""
    script = f"from search import write_archive\nwith write_archive({str(tmp_path)!r}): pass"
    with write_archive(tmp_path, "whoosh") as writer:
        writer.put(Article("1", "Wort"))
        with pytest.raises(IndexLocked, match="Another process is writing"), write_archive(tmp_path):
            pass
        second = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert "IndexLocked" in second.stderr
    subprocess.run([sys.executable, "-c", script], check=True)
    assert found(tmp_path, "Wort") == ["1"]


def test_a_file_system_without_locks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files cannot be locked, one sentence says so and what to do."""

    def fail(error: Exception) -> None:
        monkeypatch.setattr("filelock.FileLock.acquire", lambda *_, **__: (_ for _ in ()).throw(error))
        with pytest.raises(IndexUnwritable, match=r"cannot lock files.*--index"):
            write(tmp_path, Article("1", "Wort"))

    fail(NotImplementedError("FileSystem does not appear to support flock"))
    fail(OSError(errno.ENOSYS, "Function not implemented"))
    fail(OSError(errno.ENOLCK, "No locks available"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_commit_is_on_the_disk_before_it_is_published(
    tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files of a commit, and their names, are synced before archive.json says that they are there.

    tantivy syncs its files itself, out of our sight.
    """
    synced: set[tuple[int, int]] = set()
    real_sync, real_replace = os.fsync, Path.replace

    def sync(opened: int) -> None:
        stat = os.fstat(opened)
        synced.add((stat.st_ino, 0 if S_ISDIR(stat.st_mode) else stat.st_size))
        real_sync(opened)

    def replace(self: Path, target: Path) -> Path:
        if target.name == "archive.json":
            published.append({path.name for path in (tmp_path / "generation-000001").iterdir() if not is_synced(path)})
        return real_replace(self, target)

    def is_synced(path: Path) -> bool:
        stat = path.stat()
        return (stat.st_ino, 0 if path.is_dir() else stat.st_size) in synced

    published: list[set[str]] = []
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    write(tmp_path, Article("1", "Wort"), engine=engine)
    write(tmp_path, *(Article(str(n), "Wort") for n in range(5)))
    assert len(published) >= 2
    assert is_synced(tmp_path / "generation-000001") or engine == "tantivy"
    for unsynced in published if engine != "tantivy" else ():
        assert {name for name in unsynced if "lock" not in name.lower()} <= {"unfinished"}


def test_an_article_is_kept_as_it_was_put(tmp_path: Path) -> None:
    """All fields of an article come back, the places of its names with them."""
    article = Article(
        "1", "Olaf Scholz in Bonn. Scholz ging.", title="Scholz", authors=("A", "B"),
        entities=Entities(("Olaf Scholz",), ("Bonn",)),
        mentions=(
            Mention("title", 0, 6, "person", "Olaf Scholz"), Mention("body", 0, 11, "person", "Olaf Scholz"),
            Mention("body", 15, 19, "place", "Bonn"), Mention("body", 21, 27, "person", "Olaf Scholz"),
        ),
    )  # fmt: skip
    with write_archive(tmp_path / "index") as writer:
        writer.put(article)
    with open_archive(tmp_path / "index") as archive:
        assert archive.article("1") == article


def test_the_state_is_told_while_files_come_and_go(tmp_path: Path) -> None:
    """Commits remove files while somebody adds up their sizes; feeds have the state of the archive in them."""
    write(tmp_path, Article("1", "Wort"))
    ended = threading.Event()

    def change() -> None:
        while not ended.is_set():
            (tmp_path / "folder").mkdir()
            (tmp_path / "folder/file").write_text("x")
            (tmp_path / "folder/file").unlink()
            (tmp_path / "folder").rmdir()

    changing = threading.Thread(target=change)
    changing.start()
    try:
        with open_archive(tmp_path) as archive:
            assert min(archive.status().bytes for _ in range(2_000)) > 0
    finally:
        ended.set()
        changing.join()
