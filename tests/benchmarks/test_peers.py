"""The comparison with other engines runs from the first article to the report. No times are asserted."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.peers.contenders import Contender
from bench.peers.figures import per_tenfold
from bench.peers.measures import repeated
from bench.peers.processor import processor_seconds
from bench.peers.questions import CLASSES
from bench.peers.report import write_report
from bench.peers.results import Results
from bench.peers.store import Store
from bench.peers.turns import Passes, search
from tests.conftest import Once

PROJECT = Path(__file__).parents[2]
SIZE = "60"
PEERS = ("nachlese", "nachlese-whoosh", "tantivy", "whoosh", "sqlite")
MISSING = "lucene"  # there is no java without a search path


@pytest.fixture(scope="module")
def work(once: Once) -> Path:
    """The work directory of a quick run over the seeds, with its report in it."""
    return once("bench", compare)


def compare(directory: Path) -> None:
    """Let all PEERS, and one that is MISSING, do everything in a directory."""
    only = [option for peer in (*PEERS, MISSING) for option in ("--only", peer)]
    command = [sys.executable, "-m", "bench.peers", "--quick", "--sizes", SIZE, *only]
    places = ["--work", str(directory), "--out", str(directory / "RESULTS.md")]
    done = subprocess.run([*command, *places], cwd=PROJECT, env={"PATH": ""}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def result(work: Path, peer: str, measure: str) -> dict:
    return json.loads((work / f"results/{SIZE}/{peer}.{measure}.json").read_text())


def rows(work: Path) -> list[list[str]]:
    lines = (work / "RESULTS.md").read_text().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize("measure", ["hello", "index", "search", "add"])
def test_every_engine_does_everything(work: Path, peer: str, measure: str) -> None:
    """No measure of an installed engine fails."""
    assert "failed" not in result(work, peer, measure)


@pytest.mark.parametrize("title", ["Nachlese, tantivy", "Nachlese, Whoosh", "tantivy-py", "Whoosh", "SQLite FTS5"])
def test_every_table_has_every_engine(work: Path, title: str) -> None:
    """Indexing, three tables for each form of answer, and the totals."""
    found = [row for row in rows(work) if row[0] == title and len(row) == len(CLASSES) + 1]
    assert len(found) == 8
    assert all(cell != "–" for row in found for cell in row[1:])


def test_a_missing_engine_is_named_with_its_reason(work: Path) -> None:
    """What cannot be started stands in the table, with what went wrong and what would install it."""
    assert "java: No such file" in result(work, MISSING, "hello")["failed"]
    assert any(row[0] == "Lucene" and "not installed: java" in row[1] and "apt-get" in row[1] for row in rows(work))


def test_engines_that_were_left_out_are_named(work: Path) -> None:
    """What was not asked to run stands at the end, with the command that makes good for it."""
    report = (work / "RESULTS.md").read_text()
    assert f"PostgreSQL: not measured; `python -m bench.peers --sizes {SIZE} --only postgresql` does it" in report


@pytest.mark.parametrize("peer", ["whoosh", "sqlite"])
def test_stemming_engines_find_the_same(work: Path, peer: str) -> None:
    """Plain words, phrases and filters give nearly the same totals in all that use Snowball's stemmer."""
    for kind in ("rare", "three", "phrase", "filtered"):
        ours = result(work, peer, "search")["whole"][kind]["totals"]
        assert ours == result(work, "tantivy", "search")["whole"][kind]["totals"]


def test_nachlese_finds_at_least_as_much(work: Path) -> None:
    """It also finds words in compounds."""
    ours, plain = (result(work, peer, "search")["whole"]["rare"]["totals"] for peer in ("nachlese", "tantivy"))
    assert all(one >= other for one, other in zip(ours, plain, strict=True))


def test_engines_answer_with_hits_facets_and_snippets(work: Path) -> None:
    """A whole answer is whole."""
    for peer in PEERS:
        sample = result(work, peer, "search")["whole"]["rare"]["sample"]
        assert sample["ids"]
        assert len(sample["snippets"]) == len(sample["ids"])
        assert {"source", "year", "person"} <= set(sample["facets"])


def test_the_server_answers_all_readers(work: Path) -> None:
    """No request fails, however many ask at once."""
    kinds = result(work, "nachlese", "serving")["clients"]
    assert set(kinds) == {"plain", "packed", "again"}
    for loads in kinds.values():
        assert set(loads) == {"1", "8", "32"}
        assert all(load["errors"] == 0 and load["rate"] for load in loads.values())


def test_processor_time_and_load_stand_beside_the_clock(work: Path) -> None:
    """What an engine takes, what else the machine did, and of which run it is."""
    built = result(work, "nachlese", "index")
    assert 0 < built["processor"] < built["seconds"] * 64
    assert built["load"] >= 0
    assert built["run"] == result(work, "tantivy", "index")["run"]
    assert "†" not in "".join(map("".join, rows(work)))


# An engine that answers everything at once, but searches for function words for ever.
SLOW = """
import json, sys, time
for line in sys.stdin:
    command = json.loads(line)
    if command["do"] == "end":
        break
    if command.get("queries") == [{"text": "function"}]:
        time.sleep(600)
    print(json.dumps({"times": [1.0], "totals": [2]} if command["do"] == "search" else {}), flush=True)
"""


def test_a_class_that_takes_too_long_spoils_no_other(tmp_path: Path) -> None:
    """It is given up after a while, and the classes behind it are asked of a new process."""
    store, engine = Store(tmp_path), Contender("whoosh", "Slow", (sys.executable, "-c", SLOW), "")
    store.queries(SIZE).write_text(json.dumps({kind: [{"text": kind}] for kind in CLASSES}), encoding="utf-8")
    search(store, SIZE, [engine], Passes(seconds=0.1, warming=0, rounds=1))
    found = Results(store, SIZE)
    for form in ("whole", "plain"):
        assert [kind for kind in CLASSES if found.median("whoosh", form, kind) is None] == ["function"]
        assert found.failed("whoosh", form, "function") == "gave up after 2 s"


def test_a_short_build_counts_by_its_median() -> None:
    """Of three builds in turns with those of others; memory is the most that one of them took."""
    once = {"seconds": 9.0, "processor": 8.0, "memory": 5, "own": 3, "bytes": 100}
    twice = repeated({**once, "seconds": 1.0, "processor": 2.0, "memory": 7}, once)
    thrice = repeated({**once, "seconds": 3.0, "processor": 4.0}, twice)
    assert thrice == {
        "seconds": 3.0, "processor": 4.0, "memory": 7, "own": 3, "bytes": 100,
        "repeats": [{"seconds": 9.0, "processor": 8.0}, {"seconds": 1.0, "processor": 2.0},
                    {"seconds": 3.0, "processor": 4.0}],
    }  # fmt: skip


def test_figures_of_different_runs_are_marked(tmp_path: Path) -> None:
    """A reader sees which ratios the machine may have changed between."""
    for run, peer in (("monday", "nachlese"), ("monday", "tantivy"), ("tuesday", "sqlite")):
        store = Store(tmp_path, run)
        store.put(SIZE, peer, "hello", {"version": "1"})
        store.put(SIZE, peer, "index", {"articles": 60, "seconds": 2.0, "bytes": 9, "text": 3})
    write_report(store, [SIZE], tmp_path / "RESULTS.md")
    cells = {row[0]: row[1] for row in reversed(rows(tmp_path))}
    assert (cells["tantivy-py"], cells["SQLite FTS5"]) == ("30 (1.0×)", "30 (1.0×†)")


def test_growth_is_told_for_ten_times_as_many() -> None:
    """Between the smallest and the largest collection."""
    assert per_tenfold({5_000: 2.0, 50_000: 3.0, 500_000: 8.0}) == pytest.approx(2.0)
    assert per_tenfold({1_000: 4.0, 10_000: 4.0}) == pytest.approx(1.0)


def test_the_processor_time_of_children_counts() -> None:
    """Those that have ended, too."""
    before = processor_seconds(os.getpid())
    subprocess.run([sys.executable, "-c", "for _ in range(3_000_000): pass"], check=True)
    assert processor_seconds(os.getpid()) > before
