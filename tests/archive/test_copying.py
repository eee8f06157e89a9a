"""Copying an archive: the same articles with the same names in another place, or a sentence that says why not."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import Article, Entities, NewsDate, Request, open_archive, write_archive
from search.article import EntityName
from search.errors import IndexIncompatible, IndexLocked, IndexMissing, NotCopied
from search.query.terms import MatchAll
from search.store.copying import copy_archive
from search.store.directory import IndexDirectory
from search.store.entry import to_entry
from search.store.manifest import Manifest
from search.store.place import usable_manifest
from search.store.walking import READ_TOGETHER, walk
from search.store.writing import ArchiveWriter
from tests.engines.samples import cluster_address, remove_archive

PROJECT = Path(__file__).parents[2]
QUERIES = ("Mauer", '"Helmut Kohl"', "person:Kohl", "Bundestag -Berlin", "*straße", "Rakete~")
Contents = Mapping[int, tuple[int, int]]  # number of an article -> its version, and the day of its date

numbers = st.integers(0, 12)
contents = st.dictionaries(numbers, st.tuples(st.integers(0, 2), st.integers(0, 4)), max_size=10)


def stored(directory: Path) -> list[str]:
    """All that is kept of the articles of an archive, in the order of their dates."""
    place = IndexDirectory(directory)
    engine = place.open_engine(usable_manifest(place))
    found = [match.stored for match in walk(engine, MatchAll())]
    engine.close()
    return found


def write(directory: Path, *articles: Article, engine: str | None = None) -> None:
    with write_archive(directory, engine) as writer:
        for article in articles:
            writer.put(article)


def numbered(count: int) -> list[Article]:
    return [Article(f"{number}", f"Wort{number}", date=NewsDate(f"20{number % 30:02}")) for number in range(count)]


def fill(directory: Path, contents: Contents) -> None:
    """An archive of a few articles, some without a date."""
    with write_archive(directory, "memory") as writer:
        for number, (version, day) in contents.items():
            date = NewsDate(f"2025-08-{day:02}") if day else None
            writer.put(Article(f"{number}", f"Wort {version}", date=date))


def test_processes_copy_the_same(tmp_path: Path) -> None:
    """Several processes analyse, in whatever order they end: the copy is the same, in the same order."""
    write(tmp_path / "from", *numbered(1200))
    report = copy_archive(tmp_path / "from", tmp_path / "to", "memory", jobs=2)
    assert report.copied == 1200
    assert stored(tmp_path / "to") == stored(tmp_path / "from")


@pytest.mark.parametrize(("engine", "other"), [("tantivy", "whoosh"), ("whoosh", "tantivy")])
def test_a_copy_answers_as_the_archive_does(
    seeds_index: Callable[[str], Path], engine: str, other: str, tmp_path: Path
) -> None:
    """Whatever the engines: the same articles are kept, with their names, and queries find and count the same."""
    report = copy_archive(seeds_index(engine), tmp_path, other)
    assert stored(tmp_path) == stored(seeds_index(engine))
    assert report.articles == report.copied == len(stored(tmp_path))
    with open_archive(seeds_index(engine)) as archive, open_archive(tmp_path) as copy:
        assert copy.status().engine == other
        for text in QUERIES:
            ours, theirs = archive.search(Request(text, size=50)), copy.search(Request(text, size=50))
            assert {hit.id for hit in ours.hits} == {hit.id for hit in theirs.hits}
            assert (ours.total, ours.facets) == (theirs.total, theirs.facets)
        assert ours.total


def test_what_is_kept_with_the_commit_goes_along(tmp_path: Path) -> None:
    """What is in effect, such as aliases, is so in the copy, too; what an earlier copy had is replaced."""
    source, target = tmp_path / "source", tmp_path / "target"
    for content in (b"first", b"second"):
        with write_archive(source) as writer:
            writer.put(Article("1", "Wort"))
            writer.keep("aliases", content)
        copy_archive(source, target)
        assert IndexDirectory(target).kept(1, "aliases") == content


def test_the_newsrooms_names_go_along_as_they_are(tmp_path: Path) -> None:
    """Even if the indexer could not read them: it tells so, and an archive is no less copied."""
    with write_archive(tmp_path / "source") as writer:
        writer.put(Article("1", "Wort"))
    (tmp_path / "source/aliases.toml").write_bytes('name = "Jürgen"\r\n'.encode("latin-1"))
    copy_archive(tmp_path / "source", tmp_path / "target")
    assert (tmp_path / "target/aliases.toml").read_bytes() == 'name = "Jürgen"\r\n'.encode("latin-1")


@settings(max_examples=25)
@given(here=contents, there=contents)
def test_whatever_is_there_becomes_the_same_or_stays(here: Contents, there: Contents) -> None:
    """A place with articles of this archive alone, however old, becomes its copy; another one is not touched."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "source", Path(folder) / "target"
        fill(source, here)
        fill(target, there)
        before = stored(target)
        if there.keys() - here.keys():
            with pytest.raises(NotCopied, match=r"are not in .*delete what should not be there"):
                copy_archive(source, target)
            assert stored(target) == before
            return
        report = copy_archive(source, target)
        assert report.copied == sum(there.get(number) != content for number, content in here.items())
        assert stored(target) == stored(source)


def test_an_archive_of_several_pages_is_copied_once(tmp_path: Path) -> None:
    """More articles than are read together are copied each once; again, none is; then what changed is."""
    articles = numbered(READ_TOGETHER + 10)
    source, target = tmp_path / "source", tmp_path / "target"
    write(source, *articles, engine="tantivy")
    first = copy_archive(source, target)
    assert (first.articles, first.copied) == (len(articles), len(articles))
    second = copy_archive(source, target)
    assert (second.copied, second.checksum) == (0, first.checksum)
    write(source, Article("new", "Wort"), Article("3", "anderes Wort"))
    third = copy_archive(source, target)
    assert (third.articles, third.copied) == (len(articles) + 1, 2)
    assert third.checksum != first.checksum


def test_other_names_for_the_same_text_are_copied(tmp_path: Path) -> None:
    """An article that is only listed under other names than in the copy is copied again."""
    article = Article("1", "Kanzler Kohl", entities=Entities(("Kohl",)))
    source, target = tmp_path / "source", tmp_path / "target"
    write(source, article)
    copy_archive(source, target)
    with write_archive(source) as writer:
        renamings = {EntityName("person", "Kohl"): EntityName("person", "Helmut Kohl")}
        writer.put_entry(to_entry(article, article.fingerprint(), renamings))
    assert copy_archive(source, target).copied == 1
    with open_archive(target) as archive:
        assert archive.article("1").entities.person == ("Helmut Kohl",)


@pytest.mark.parametrize("articles", [1, 17])
def test_a_copy_that_was_killed_goes_on(tmp_path: Path, articles: int) -> None:
    """What was committed before a kill is not copied again, and the result is the same."""
    source, target = tmp_path / "source", tmp_path / "target"
    write(source, *numbered(25))
    command = [sys.executable, "-m", "tests.archive.copier_process", source, target, f"{articles}"]
    killed = subprocess.run(command, cwd=PROJECT, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert copy_archive(source, target).copied == 25 - articles // 10 * 10
    assert stored(target) == stored(source)


def test_what_cannot_be_copied_is_told(tmp_path: Path) -> None:
    """No archive, the same place under another name, and a place that somebody writes to."""
    with pytest.raises(IndexMissing):
        copy_archive(tmp_path / "nothing", tmp_path / "target")
    assert not (tmp_path / "target").exists()
    write(tmp_path / "source", Article("1", "Wort"))
    (tmp_path / "link").symlink_to("source")
    with pytest.raises(NotCopied, match="to itself"):
        copy_archive(tmp_path / "source", tmp_path / "link")
    with write_archive(tmp_path / "target"), pytest.raises(IndexLocked):
        copy_archive(tmp_path / "source", tmp_path / "target")


@pytest.mark.parametrize("other", ["source", "target"])
def test_archives_of_other_versions_are_not_copied(tmp_path: Path, other: str) -> None:
    """An archive that another version built, on either side, is told with its path."""
    write(tmp_path / "source", Article("1", "Wort"))
    write(tmp_path / "target", Article("1", "Wort"))
    manifest = (tmp_path / other / "archive.json").read_text()
    changed = manifest.replace('"schema": ', '"schema": 1')
    (tmp_path / other / "archive.json").write_text(changed)
    assert Manifest.parse(changed).schema != Manifest.parse(manifest).schema
    with pytest.raises(IndexIncompatible, match=f"{other} was built by another version"):
        copy_archive(tmp_path / "source", tmp_path / "target")


def test_a_copy_that_differs_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If articles are lost on the way, numbers and check sums say so, and copying again mends it."""
    write(tmp_path / "source", *numbered(3))
    put = ArchiveWriter.put_entry
    monkeypatch.setattr(ArchiveWriter, "put_entry", lambda self, entry: entry.id == "1" or put(self, entry))
    with pytest.raises(NotCopied, match=r"has 2 articles of check sum .* 3 of check sum .*Copy again"):
        copy_archive(tmp_path / "source", tmp_path / "target")
    monkeypatch.undo()
    assert copy_archive(tmp_path / "source", tmp_path / "target").copied == 1


@pytest.mark.cluster
def test_to_a_cluster_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive goes to a cluster and comes back as it was; a file of aliases that has no place there is named."""
    monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path / "cache"))
    source, back = tmp_path / "source", tmp_path / "back"
    write(source, *numbered(25), Article("ohne Datum", "Wort", entities=Entities(("Ada Lovelace",))))
    (source / "aliases.toml").write_text("")
    name = f"copy-{uuid4().hex[:8]}"
    address = cluster_address(name)
    there = copy_archive(source, address)
    assert (there.copied, there.aliases) == (26, str(source / "aliases.toml"))
    assert copy_archive(source, address).copied == 0
    home = copy_archive(address, back)
    assert (home.copied, home.checksum, home.aliases) == (26, there.checksum, None)
    assert stored(back) == stored(source)
    remove_archive(name)
