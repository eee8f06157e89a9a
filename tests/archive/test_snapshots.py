"""Words and names are kept with the commit: whole, of this commit or an earlier one, and never damaged unseen."""

import json
import mmap
import os
import shutil
from array import array
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marisa_trie import Trie

from search import Archive, Article, Entities, Request, open_archive, write_archive
from search.errors import IndexDamaged, IndexMissing
from search.mapped import NUMBERS, Mapped, pack, packed_texts
from search.page import FacetValue
from search.store import writing
from search.store.checking import check_archive
from search.store.directory import IndexDirectory
from search.store.entry import to_entry
from search.store.snapshots import KINDS
from search.store.words import Words, pack_words
from tests.archive.test_rights import ENGINES

TYPED, MEANT = "Hochwasesr", "Hochwasser"


@pytest.fixture(params=ENGINES)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive of a hundred articles, written in one commit."""
    with write_archive(tmp_path / "index", str(request.param)) as writer:
        for number in range(100):
            writer.put(article(number, MEANT))
    return tmp_path / "index"


def article(number: int, word: str) -> Article:
    return Article(str(number), f"Das {word} steigt.", entities=Entities((f"Anna {word}",)))


def put(index: Path, *articles: Article) -> None:
    with write_archive(index) as writer:
        for one in articles:
            writer.put(one)


def snapshots(index: Path) -> list[str]:
    return sorted(path.name for kind in KINDS for path in index.glob(f"generation-*/{kind}-*.snapshot"))


def offers(archive: Archive) -> list[str]:
    return [offer.text for offer in archive.search(Request(TYPED)).query.corrections]


def names(archive: Archive) -> list[str]:
    return [entity.name for entity in archive.entities("person")]


def test_few_changes_leave_the_snapshots_as_they_are(index: Path) -> None:
    """Snapshots are renewed once one article in fifty has changed, counted from commit to commit."""
    assert snapshots(index) == ["names-000001.snapshot", "words-000001.snapshot"]
    put(index, article(0, "Eis"))
    assert snapshots(index) == ["names-000001.snapshot", "words-000001.snapshot"]
    put(index, article(0, "Eis"))  # it has not changed again
    assert snapshots(index) == ["names-000001.snapshot", "words-000001.snapshot"]
    put(index, article(1, "Eis"))
    assert snapshots(index) == ["names-000002.snapshot", "words-000002.snapshot"]
    with open_archive(index) as archive:
        assert names(archive) == ["Anna Hochwasser", "Anna Eis"]


def test_old_snapshots_are_renewed_with_the_next_run(index: Path) -> None:
    """After an hour one change is enough, even one of an earlier run; without any, nothing is computed."""
    before = snapshots(index)
    put(index, article(0, "Eis"))
    assert snapshots(index) == before
    for path in index.glob("generation-*/*.snapshot"):
        os.utime(path, (path.stat().st_mtime - writing.SNAPSHOT_SECONDS,) * 2)
    put(index)
    assert snapshots(index) != before
    before = snapshots(index)
    for path in index.glob("generation-*/*.snapshot"):
        os.utime(path, (path.stat().st_mtime - writing.SNAPSHOT_SECONDS,) * 2)
    put(index)
    assert snapshots(index) == before


def test_checkpoints_go_on_with_the_old_snapshots(index: Path) -> None:
    """A run of many commits computes snapshots at its end; a new index has some from its first commit on."""
    with write_archive(index) as writer, open_archive(index) as archive:
        for number in range(60):
            writer.put(article(number, "Eis"))
        writer.checkpoint()
        assert archive.search(Request("Eis")).total == 60
        assert names(archive) == ["Anna Hochwasser"]
        assert check_archive(index).is_sound
    with open_archive(index) as archive:
        assert names(archive) == ["Anna Eis", "Anna Hochwasser"]
    with write_archive(index.parent / "new") as writer:
        writer.put(article(0, "Eis"))
        writer.checkpoint()
        with open_archive(index.parent / "new") as archive:
            assert names(archive) == ["Anna Eis"]


def test_what_is_only_called_otherwise_has_its_words_counted_once(tmp_path: Path) -> None:
    """A first run lists articles under other names after its first commit: their names are counted anew, not words."""
    index = tmp_path / "index"
    with write_archive(index) as writer:
        for number in range(10):
            writer.put(article(number, MEANT))
        writer.checkpoint()
        for number in range(10):
            renamed = replace(article(number, MEANT), entities=Entities(("Anna Flut",)))
            writer.renew_entry(to_entry(renamed, renamed.fingerprint()))
    assert snapshots(index) == ["names-000002.snapshot", "words-000001.snapshot"]
    with open_archive(index) as archive:
        assert names(archive) == ["Anna Flut"]
        assert offers(archive) == [MEANT]
    put(index)
    assert "words-000001.snapshot" in snapshots(index)
    with write_archive(index) as writer:
        writer.checkpoint()
        writer.delete("1")
    assert "words-000001.snapshot" not in snapshots(index)


def test_an_open_archive_goes_over_to_new_snapshots(index: Path) -> None:
    """A reader that has mapped a snapshot goes on with it until it is renewed, and then with the new one."""
    with open_archive(index) as archive:
        assert offers(archive) == [MEANT]
        put(index, *(article(number, "Eis") for number in range(100)))
        assert offers(archive) == []
        assert names(archive) == ["Anna Eis"]


def test_snapshots_of_a_killed_run_are_never_read(index: Path) -> None:
    """What a run wrote that was killed before it published is passed over, and swept away by the next one."""
    folder = index / "generation-000001"
    killed = index.parent / "killed"
    shutil.copytree(index, killed)
    put(killed, *(article(number, "Eis") for number in range(100)))
    for path in killed.glob("generation-*/*.snapshot"):
        shutil.copy(path, folder / path.name)
    (folder / "unfinished").touch()
    assert check_archive(index).is_sound
    with open_archive(index) as archive:
        assert offers(archive) == [MEANT]
    put(index, *(article(number, "Sturm") for number in range(100)))
    with open_archive(index) as archive:
        assert names(archive) == ["Anna Sturm"]
    assert check_archive(index).is_sound
    assert not check_archive(index).unexpected


def test_damaged_snapshots_are_told(index: Path) -> None:
    """A snapshot that is not as it was written is an error with a remedy, and never mapped."""
    for path in (index / "generation-000001" / name for name in snapshots(index)):
        content = path.read_bytes()
        for damaged in (b"", content[:-9], content[:40] + bytes([content[40] ^ 1]) + content[41:], None):
            path.unlink()
            if damaged is not None:
                path.write_bytes(damaged)
            with open_archive(index) as archive, pytest.raises(IndexDamaged, match="--rebuild"):
                archive.prepare()
            path.write_bytes(content)
    with open_archive(index) as archive:
        archive.prepare()


def test_damaged_families_are_told(tmp_path: Path) -> None:
    """Readers tell damaged families, and so does a run that would go on with damaged sketches."""
    text = " ".join(map(str, range(50)))
    put(tmp_path, Article("1", text), Article("2", text))
    for kind in ("members", "sketches"):
        (path,) = tmp_path.glob(f"generation-*/{kind}*")
        content = path.read_bytes()
        path.write_bytes(content[:-1])
        read = open_archive(tmp_path).prepare if kind == "members" else partial(put, tmp_path, Article("3", text))
        with pytest.raises(IndexDamaged, match="--rebuild"):
            read()
        path.write_bytes(content)
    put(tmp_path, Article("3", text))


def test_an_index_that_names_no_snapshot_is_damaged(index: Path) -> None:
    """An index without snapshots in its list of files is told to be damaged, not searched without them."""
    manifest = json.loads((index / "archive.json").read_text())
    manifest["files"] = {name: sum for name, sum in manifest["files"].items() if not name.endswith(".snapshot")}
    (index / "archive.json").write_text(json.dumps(manifest))
    with open_archive(index) as archive, pytest.raises(IndexDamaged, match="words"):
        archive.prepare()


words = st.dictionaries(st.text("abcdehiorstuäöüß", min_size=2, max_size=9), st.integers(1, 9), max_size=40)


@given(words, st.text("abcdehiorstuäöüß", min_size=2, max_size=9))
def test_words_are_as_they_were_packed(vocabulary: dict[str, int], other: str) -> None:
    """Each word has its count, and sounds like itself; another one has none."""
    packed = Words.of(vocabulary.items())
    assert {word: packed.count(word) for word in vocabulary} == vocabulary
    assert all(word in packed and word in packed.sounding_like(word) for word in vocabulary)
    assert (other in packed) == (other in vocabulary)
    assert packed.count(other) == vocabulary.get(other, 0)
    assert (packed.total, packed.highest) == (sum(vocabulary.values()), max(vocabulary.values(), default=0))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mapped")


@settings(max_examples=30)
@given(st.lists(st.text(max_size=8), max_size=9), st.lists(st.integers(0, 2**32 - 1), max_size=9))
def test_a_mapped_file_is_what_was_packed(folder: Path, texts: list[str], numbers: list[int]) -> None:
    """A trie, numbers, texts and values are the same from a file as in memory, and texts are found."""

    lines = [f"{text}\n" for text in texts]
    sections = {"numbers": array(NUMBERS, numbers), **packed_texts("texts", lines)}
    path = folder / "file"
    path.unlink(missing_ok=True)
    path.write_bytes(pack(Trie(texts), sections, {"a": [1]}))
    for mapped in (Mapped.open(path), Mapped.of(path.read_bytes())):
        found = mapped.texts("texts")
        assert sorted(mapped.trie) == sorted(set(texts))
        assert list(mapped.numbers("numbers")) == numbers
        assert [found[number] for number in range(len(found))] == lines
        assert mapped.values == {"a": [1]}
        for text in lines:
            assert found.find(text) == next(place for place, line in enumerate(lines) if text in line)
        assert found.find("nowhere in them") == len(lines)


def test_the_same_words_are_packed_the_same_in_any_order() -> None:
    """A file of words depends on nothing but the words and their counts."""
    counted = {"hafen": 3, "hof": 1, "haven": 2}
    assert pack_words(counted.items()) == pack_words(reversed(counted.items()))


def test_what_else_is_kept_is_committed_with_the_articles(index: Path) -> None:
    """A value is kept by the commit of its block, outlasts others, is undone with a failed one, and damage is told."""
    with write_archive(index) as writer:
        assert (writer.kept("answer"), writer.kept_age("answer")) == (None, float("inf"))
        writer.keep("answer", b"41")
        writer.keep("answer", b"42")
        assert writer.kept("answer") is None
    put(index, article(0, "Eis"))

    def fail() -> None:
        with write_archive(index) as writer:
            writer.keep("answer", b"43")
            raise RuntimeError("Absturz")

    with pytest.raises(RuntimeError, match="Absturz"):
        fail()
    with write_archive(index) as writer:
        assert writer.kept("answer") == b"42"
        assert writer.kept_age("answer") < 1000
    (path,) = index.glob("generation-*/answer-*.snapshot")
    assert check_archive(index).is_sound
    path.write_bytes(b"44")
    with write_archive(index) as writer, pytest.raises(IndexDamaged, match=r"answer-.* damaged or missing"):
        writer.kept("answer")


@pytest.mark.parametrize("whole", [False, True], ids=["the file", "the index"])
@pytest.mark.parametrize("mapped", [False, True], ids=["before it is opened", "before the trie is"])
def test_what_is_removed_under_a_reader_is_said_to_be_missing(
    index: Path, monkeypatch: pytest.MonkeyPatch, whole: bool, mapped: bool
) -> None:
    """Whoever removes a snapshot between two looks of a reader, it raises our error, which says what to do."""

    def remove() -> None:
        shutil.rmtree(index) if whole else [file.unlink() for file in index.rglob("*.snapshot")]

    def snapshot(*asked: Any) -> Path | None:
        path = find(*asked)
        if not mapped:
            remove()
        return path

    def memory(*asked: Any, **options: Any) -> mmap.mmap:
        buffer = map_file(*asked, **options)
        remove()
        return buffer

    find, map_file = IndexDirectory.snapshot, mmap.mmap
    with open_archive(index) as archive:
        monkeypatch.setattr(IndexDirectory, "snapshot", snapshot)
        if mapped:
            monkeypatch.setattr("search.mapped.mmap.mmap", memory)
        with pytest.raises(IndexMissing if whole else IndexDamaged, match="nachlese index SOURCE"):
            archive.entities(prefix="Anna")


def test_an_index_that_is_built_again_at_its_place_is_seen(index: Path) -> None:
    """A server that goes on has nothing of the index that was removed, although names and numbers are the same."""
    with open_archive(index) as archive:
        before = archive.search(Request(MEANT))
        assert before.total == 100
        assert {entity.name for entity in archive.entities(prefix="Anna")} == {f"Anna {MEANT}"}
        engine = json.loads((index / "archive.json").read_text())["engine"]
        for word in ("Trockenheit", "Gewitter"):
            shutil.rmtree(index)
            with write_archive(index, engine) as writer:
                for number in range(100):
                    writer.put(article(number, word))
            assert json.loads((index / "archive.json").read_text())["generation"] == 1
            assert archive.search(Request(MEANT)).total == 0
            assert archive.search(Request(word)).total == 100
            assert archive.search(Request(word)).facets["person"] == (FacetValue(f"Anna {word}", 100),)
            assert {entity.name for entity in archive.entities(prefix="Anna")} == {f"Anna {word}"}


def test_copies_are_those_of_the_index_that_was_built_again(index: Path) -> None:
    """What a server knows of copies is not that of the index which was removed, although files have the same names."""
    engine = json.loads((index / "archive.json").read_text())["engine"]
    text = " ".join(f"Satz {number} der langen Meldung steht hier." for number in range(60))
    others = " ".join(f"Etwas ganz anderes, nämlich {number * 7}, sagt jemand." for number in range(60))

    def build(*texts: str) -> None:
        shutil.rmtree(index)
        with write_archive(index, engine) as writer:
            for number, body in enumerate(texts):
                writer.put(Article(str(number), body))

    build(text, text, others)
    with open_archive(index) as archive:
        assert archive.family("0")
        build(text, others, others)
        assert not archive.family("0")
        assert archive.family("1")
