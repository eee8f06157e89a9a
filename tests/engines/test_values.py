"""Values are counted in tables beside the commits as they would be one by one, whatever was written or killed."""

import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.array_files import ArrayFile
from search.engines.arrays import Array
from search.engines.base import EngineRequest, top_values
from search.engines.choice import load_engine
from search.engines.values import counting, files, frequent, listing
from search.engines.values.building import Keywords
from search.engines.values.counting import Values
from search.engines.values.files import TableWriter
from search.engines.values.listing import LIST, SUFFIX, FrequentFile, create_tables, read_tables
from search.errors import IndexDamaged
from tests.engines.samples import WORD, create, entry, fill

COUNTED = ("person", "place", "year", "found")
Rows = Mapping[int, Keywords]


def serial_numbers(rows: Rows) -> Array:
    return np.array(list(rows), np.int64)


def values_in(directory: Path, rows: Rows) -> Values:
    """What the tables of a directory tell, in which these rows live."""
    return Values(read_tables(directory), len(rows), lambda: serial_numbers(rows))


def written(directory: Path, block: list[Keywords]) -> dict[int, Keywords]:
    """The rows of a block by their serial numbers, after it was written as an engine does."""
    writer = TableWriter(directory)
    rows = {writer.add(keywords): keywords for keywords in block}
    writer.write()
    writer.tidy()
    return rows


def one_by_one(rows: Rows, name: str) -> Counter[str]:
    """The values of a keyword in rows, counted as a reader would."""
    return Counter(value for keywords in rows.values() for value in keywords.get(name, ()))


def test_many_blocks_leave_few_tables(tmp_path: Path) -> None:
    """A hundred blocks of one row each leave a handful of files, which the list names, and all their values."""
    create_tables(tmp_path)
    rows: dict[int, Keywords] = {}
    for number in range(100):
        rows |= written(tmp_path, [{"place": (f"Ort {number % 3}", f"Dorf {number}")}])
    assert {path.name for path in tmp_path.glob(f"*{SUFFIX}")} == read_tables(tmp_path).tables.keys()
    assert len(read_tables(tmp_path).tables) <= 5
    assert values_in(tmp_path, rows).counts("place") == one_by_one(rows, "place")


names = st.sets(st.sampled_from(["a", "ab", "b", "ä", "ß b", "\x00", "日本", "z\n"]), max_size=3).map(tuple)
keyword_rows = st.fixed_dictionaries(dict.fromkeys(COUNTED, names))
NOTHING, DROPPED, FREQUENT = "nothing", "what is gone is dropped", "frequent values are written"
blocks = st.lists(
    st.tuples(
        st.lists(keyword_rows, max_size=6),
        st.sets(st.integers(0, 25)),
        st.lists(st.sampled_from([NOTHING, DROPPED, FREQUENT]), max_size=2),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=200)
@given(blocks, st.sets(st.integers(0, 25)), st.integers(0, 4), st.booleans(), st.sampled_from([9, 30, 1_000]))
def test_values_are_counted_as_one_by_one(
    written_blocks: list[tuple[list[Keywords], set[int], list[str]]],
    asked: set[int],
    limit: int,
    pieces: bool,
    most: int,
) -> None:
    """Rows that are written, replaced, and dropped count as they do for who reads them; those missed are taken off.

    So they do where only some values are frequent, and where their file has only some of the rows.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(counting, "AT_ONCE", 2 if pieces else 1_000),
        patch.object(frequent, "AT_ONCE", 2 if pieces else 1_000),
        patch.object(files, "MOST_MERGED", 4 if pieces else 1_000),
        patch.object(files, "LEAST_FREQUENT", 1),
        patch.object(counting, "LEAST_FREQUENT", 0),
        patch.object(counting, "FREQUENT_ROWS", 1_000),
        patch.object(frequent, "MOST", most),
    ):
        directory = Path(folder)
        create_tables(directory)
        rows: dict[int, Keywords] = {}
        for block, gone, then in written_blocks:
            rows |= written(directory, block)
            rows = {serial: keywords for serial, keywords in rows.items() if serial not in gone}
            for step in then:
                writer = TableWriter(directory)
                if step == DROPPED:
                    writer.keep_only(serial_numbers(rows))
                    writer.remove_replaced()
                elif step == FREQUENT:
                    writer.write_frequent()
        some = {serial: keywords for serial, keywords in rows.items() if serial in asked}
        others = {serial: keywords for serial, keywords in rows.items() if serial not in asked}
        values, limits = values_in(directory, rows), dict.fromkeys(COUNTED, limit)
        right = {name: top_values(one_by_one(some, name), limit) for name in COUNTED}
        assert values.most_frequent(limits, serial_numbers(some)) == right
        assert values.most_frequent(limits, serial_numbers(others), missed=True) == right
        assert {name: values.counts(name) for name in COUNTED} == {name: one_by_one(rows, name) for name in COUNTED}


@settings(max_examples=200)
@given(
    st.randoms(use_true_random=False), st.integers(1, 60), st.integers(0, 30), st.integers(1, 5), st.integers(20, 60)
)
def test_the_first_values_are_those_of_all(random: Random, first: int, later: int, limit: int, most: int) -> None:
    """The frequent values lead to the same facets, where there are many more values, and rows that their file lacks."""

    def row() -> Keywords:
        drawn = {
            name: {f"{min(500, random.paretovariate(0.7)):.0f}" for _ in range(random.randrange(4))} for name in COUNTED
        }
        return {name: tuple(sorted(values)) for name, values in drawn.items()}

    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(files, "LEAST_FREQUENT", 1),
        patch.object(counting, "LEAST_FREQUENT", 0),
        patch.object(counting, "FREQUENT_ROWS", 1_000),
        patch.object(frequent, "MOST", most),
        patch.object(frequent, "AT_ONCE", 7),
    ):
        directory = Path(folder)
        create_tables(directory)
        rows = written(directory, [row() for _ in range(first)])
        TableWriter(directory).write_frequent()
        assert read_tables(directory).frequent
        rows |= written(directory, [row() for _ in range(later)])
        rows = {serial: keywords for serial, keywords in rows.items() if random.random() < 0.9}
        some = {serial: keywords for serial, keywords in rows.items() if random.random() < 0.7}
        others = {serial: keywords for serial, keywords in rows.items() if serial not in some}
        values, limits = values_in(directory, rows), dict.fromkeys(COUNTED, limit)
        right = {name: top_values(one_by_one(some, name), limit) for name in COUNTED}
        assert values.most_frequent(limits, serial_numbers(some)) == right
        assert values.most_frequent(limits, serial_numbers(others), missed=True) == right


def test_the_file_of_frequent_values_follows_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written at the end of a run if it lacks many rows, kept while it lacks few, and gone with its tables."""
    monkeypatch.setattr(files, "LEAST_FREQUENT", 40)
    create_tables(tmp_path)
    rows: dict[int, Keywords] = {}

    def listed_after(number: int) -> FrequentFile | None:
        rows.update(written(tmp_path, [{"place": (f"Ort {n}",)} for n in range(number)]))
        TableWriter(tmp_path).write_frequent()
        frequent = read_tables(tmp_path).frequent
        names = {*read_tables(tmp_path).tables, *([frequent.name] if frequent else [])}
        assert {path.name for path in tmp_path.glob(f"*{SUFFIX}")} == names
        return frequent

    assert listed_after(30) is None
    made = listed_after(30)
    assert made is not None
    kept = listed_after(5)
    assert kept is not None
    assert kept.name == made.name
    again = listed_after(10)
    assert again is not None
    assert again.name != made.name
    (tmp_path / again.name).unlink()  # as who writes does while another process reads the list
    assert read_tables(tmp_path).frequent is None
    assert values_in(tmp_path, rows).counts("place") == one_by_one(rows, "place")
    writer = TableWriter(tmp_path)
    writer.keep_only(np.array([1], np.int64))
    writer.write_frequent()
    writer.remove_replaced()
    assert read_tables(tmp_path).frequent is None
    assert len(list(tmp_path.glob(f"*{SUFFIX}"))) == 1


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_runs_write_frequent_values(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each embedded engine has the file at the end of a run, and answers with it after the next one, too."""
    monkeypatch.setattr(files, "LEAST_FREQUENT", 10)
    monkeypatch.setattr(counting, "LEAST_FREQUENT", 0)
    entries = [entry(f"{n:02}", "Wort", place=("Bonn",) if n % 3 else ("Rom", "Bonn")) for n in range(30)]
    engine = create(name, tmp_path, entries)
    engine.merge_segments()
    assert read_tables(tmp_path).frequent
    counted: list[Array] = []
    whole = frequent.Frequent.counted
    monkeypatch.setattr(
        frequent.Frequent, "counted", lambda self, serials: counted.append(serials) or whole(self, serials)
    )
    for added, places in (
        ([], (("Bonn", 30), ("Rom", 10))),
        ([entry("00", "Wort", place=("Rom",))], (("Bonn", 29), ("Rom", 10))),
    ):
        fill(engine, added)
        reader = load_engine(name, tmp_path)
        assert reader.search(EngineRequest(WORD, size=0, facets={"place": 5})).facets["place"] == places
        assert counted
        counted.clear()


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_tables_that_a_killed_run_did_not_merge_are_merged_by_the_next(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables are merged after the engine has committed: who is killed in between leaves them, and loses no count."""
    entries = [entry(f"{number}", "Wort", place=("Bonn", f"Ort {number % 2}")) for number in range(6)]
    engine = create(name, tmp_path, entries[:1])
    with monkeypatch.context() as killed:
        killed.setattr(TableWriter, "tidy", TableWriter.remove_replaced)
        for one in entries[1:5]:
            fill(engine, [one])
    assert len(read_tables(tmp_path).tables) == 5
    assert load_engine(name, tmp_path).counts("place") == {"Bonn": 5, "Ort 0": 3, "Ort 1": 2}
    fill(engine, entries[5:])
    assert len(read_tables(tmp_path).tables) == 1
    assert load_engine(name, tmp_path).counts("place") == {"Bonn": 6, "Ort 0": 3, "Ort 1": 3}


def test_damage_of_what_is_to_be_merged_is_told_before_the_engine_commits(tmp_path: Path) -> None:
    create_tables(tmp_path)
    written(tmp_path, [{"place": ("Bonn",)}])
    (table,) = tmp_path.glob(f"*{SUFFIX}")
    content = bytearray(table.read_bytes())
    content[0] ^= 1
    table.write_bytes(content)
    listed = (tmp_path / LIST).read_bytes()
    for _ in range(3):
        writer = TableWriter(tmp_path)
        writer.add({"place": ("Rom",)})
        with pytest.raises(ValueError, match="not as they were written"):
            writer.write()
    assert [path.name for path in tmp_path.glob(f"*{SUFFIX}")] == [table.name]
    assert (tmp_path / LIST).read_bytes() == listed


def test_nothing_is_left_of_what_is_dropped(tmp_path: Path) -> None:
    """A table that is written anew has neither the rows nor the values of entries that are no more."""
    create_tables(tmp_path)
    rows = written(tmp_path, [{"person": ("Anna Alt",)}, {"person": ("Berta Bunt", "Cara Clar")}])
    rows |= written(tmp_path, [{"person": ("Cara Clar", "Anna Alt")}])
    writer = TableWriter(tmp_path)
    writer.keep_only(np.array([1], np.int64))
    writer.remove_replaced()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Berta" in left
    assert b"Anna" not in left
    assert values_in(tmp_path, {1: rows[1]}).counts("person") == {"Berta Bunt": 1, "Cara Clar": 1}
    writer.keep_only(np.array([], np.int64))
    writer.remove_replaced()
    assert [path.name for path in tmp_path.iterdir()] == [LIST]


def test_no_file_has_the_name_of_another(tmp_path: Path) -> None:
    """Files that have a check sum already are not read again, so none may come back with other content."""
    create_tables(tmp_path)
    seen: list[str] = []
    for number in range(8):
        written(tmp_path, [{"place": (f"Ort {number}",)}])
        seen += read_tables(tmp_path).tables
        writer = TableWriter(tmp_path)
        writer.keep_only(np.array([], np.int64))
        writer.remove_replaced()
    assert len(set(seen)) == 8


def test_what_a_killed_run_left_is_never_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was written and not listed may have a check sum by now: no other content gets its name."""
    create_tables(tmp_path)
    with monkeypatch.context() as killed:
        killed.setattr(files, "write_list", lambda *_: pytest.exit("killed"))
        with pytest.raises(pytest.exit.Exception):
            written(tmp_path, [{"place": ("Bonn",)}])
    (left,) = tmp_path.glob(f"*{SUFFIX}")
    rows = written(tmp_path, [{"place": ("Rom",)}])
    assert left.name not in read_tables(tmp_path).tables
    assert not left.exists()
    assert values_in(tmp_path, rows).counts("place") == {"Rom": 1}


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
@pytest.mark.parametrize("damage", [b"", b"\xff" * 300, b"half"])
def test_a_damaged_file_of_frequent_values_is_done_without(
    name: str, damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables have what it had: facets are right, and the next run writes it anew."""
    monkeypatch.setattr(files, "LEAST_FREQUENT", 10)
    monkeypatch.setattr(counting, "LEAST_FREQUENT", 0)
    engine = create(name, tmp_path, [entry(f"{n:02}", "Wort", place=("Bonn",)) for n in range(30)])
    engine.merge_segments()
    frequent = read_tables(tmp_path).frequent
    assert frequent
    (tmp_path / frequent.name).write_bytes(damage)
    reader = load_engine(name, tmp_path)
    asked = EngineRequest(WORD, size=0, facets={"place": 5})
    assert reader.search(asked).facets["place"] == (("Bonn", 30),)
    engine.merge_segments()
    assert read_tables(tmp_path).frequent
    reader.refresh()
    assert reader.search(asked).facets["place"] == (("Bonn", 30),)


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_who_opens_while_tables_are_replaced_looks_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forgetting replaces tables without a commit: a reader that misses an old one is not told of damage."""
    create(name, tmp_path, [entry("a", "Wort", place=("Bonn",)), entry("b", "Wort", place=("Rom",))])
    opened: list[Path] = []
    whole = listing.ArrayFile

    def open_late(path: Path) -> ArrayFile:
        if not opened:
            opened.append(path)
            writer = TableWriter(tmp_path)
            writer.keep_only(np.array([0, 1], np.int64))
            writer.remove_replaced()
        return whole(path)

    monkeypatch.setattr(listing, "ArrayFile", open_late)
    reader = load_engine(name, tmp_path)
    assert opened
    assert reader.counts("place") == {"Bonn": 1, "Rom": 1}


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_a_killed_commit_changes_no_count(name: str, tmp_path: Path) -> None:
    """Rows that were listed before a commit that never came count nowhere, then or after the next commits."""
    engine = create(name, tmp_path, [entry("a", "Wort", place=("Bonn",)), entry("b", "Wort", place=("Rom",))])
    killed = TableWriter(tmp_path)
    for _ in range(20):
        killed.add({"place": ("Nirgendwo",)})
    killed.write()  # the engine was to commit now
    for added in ([], [entry("a", "Wort", place=("Rom",))], [entry("c", "Maus", place=("Wien",))]):
        fill(engine, added)
        engine = load_engine(name, tmp_path)
        bonn = {} if added else {"Bonn": 1}
        assert "Nirgendwo" not in engine.counts("place")
        assert engine.search(EngineRequest(WORD, size=0, facets={"place": 5})).total == 2
        if added == []:
            assert engine.counts("place") == {"Rom": 1} | bonn
    assert engine.search(EngineRequest(WORD, facets={"place": 5})).facets["place"] == (("Rom", 2),)
    assert engine.counts("place") == {"Rom": 2, "Wien": 1}


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_rows_of_what_is_replaced_are_dropped_in_time(name: str, tmp_path: Path) -> None:
    """However often entries are replaced, there are never much more than twice as many rows, and no file is left."""
    engine = create(name, tmp_path, [entry(str(number), "Wort", place=("Bonn",)) for number in range(10)])
    for time in range(30):
        fill(engine, [entry(str(number), "Wort", place=(f"Ort {time}",)) for number in range(time % 10 + 1)])
        assert read_tables(tmp_path).rows <= 2 * 10 + 10
        assert {path.name for path in tmp_path.glob(f"*{SUFFIX}")} == read_tables(tmp_path).tables.keys()
    assert engine.search(EngineRequest(WORD, size=0, facets={"place": 3})).facets["place"] == (("Ort 29", 10),)


@pytest.mark.parametrize("name", ["tantivy", "whoosh"])
def test_a_table_that_is_not_as_written_is_told(name: str, tmp_path: Path) -> None:
    """A table that is damaged or gone raises an error of ours, with the remedy, and takes no memory for it."""
    create(name, tmp_path / "index", [entry(str(number), "Wort", place=(f"Ort {number}",)) for number in range(300)])
    (table,) = (tmp_path / "index").glob(f"*{SUFFIX}")
    content = table.read_bytes()
    request = EngineRequest(WORD, size=0, facets={"place": 3})
    for damaged in (b"\xff" * 2_000 + content[2_000:], b""):
        table.write_bytes(damaged)
        with pytest.raises(IndexDamaged, match="--rebuild"):
            load_engine(name, tmp_path / "index").search(request)
    table.unlink()
    with pytest.raises(IndexDamaged, match="--rebuild"):
        load_engine(name, tmp_path / "index").search(request)
