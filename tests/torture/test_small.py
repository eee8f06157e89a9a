"""Each part of the laboratory in small: what it tries, the archive bears.

No test looks at times: `make torture` does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from search.errors import IndexLocked
from tests.conftest import Once
from tests.torture import (
    archives,
    bombs,
    command_kills,
    connections,
    damage,
    disk,
    documents,
    dying,
    keeping,
    kills,
    library_kills,
    load,
    queries,
    requests,
    shapes,
)
from tests.torture.catching import Unforeseen, shrunk, tried
from tests.torture.crew import Note, run
from tests.torture.plan import ENGINES, Laboratory, Plan, Progress
from tests.torture.report import document
from tests.torture.result import Failure, Result, Tally

PLAN = Plan(
    kills=0, queries=400, searches=40, requests=200, documents=60, damages=6, fillings=4, idle=300, slow=50,
    clients=8, seconds=5, articles=60, jobs=1, patience=10, longest=300,
)  # fmt: skip


EVERY = {"tantivy": 6, "whoosh": 3}  # of so many damages one is tried


@pytest.fixture
def laboratory(tmp_path: Path) -> Laboratory:
    """A laboratory for small amounts, that says nothing."""
    return Laboratory(PLAN, tmp_path, Progress("small", time.monotonic() + PLAN.longest, quiet=True))


@pytest.fixture(scope="session")
def asked(once: Once) -> Path:
    """The folder of the archives that are asked."""
    return once("torture-archives", lambda folder: archives.build(folder, PLAN.articles))


def in_this_process(attempt: Callable[[Any, Note], Tally], units: Any) -> Tally:
    """What came of trying all units here: starting a process takes longer than a few units."""
    tally = Tally()
    for unit in units:
        tally.add(attempt(unit, lambda _input: None))
    return tally


def assert_none(tally: Tally) -> None:
    """Nothing failed."""
    assert list(tally.failures.values()) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("mode", library_kills.MODES)
def test_a_killed_program_loses_no_commit(tmp_path: Path, engine: str, mode: str) -> None:
    """After kill -9 the index holds a committed state, nothing told is lost, and the next program goes on."""
    tally = in_this_process(kills.kill, [library_kills.Kill(tmp_path / "kill", engine, mode, seed=1)])
    assert_none(tally)
    assert tally.counts["equal to a fresh build"] == 1


@pytest.mark.parametrize(("engine", "mode"), [*zip(ENGINES * 3, kills.COMMANDS, strict=True)])
def test_a_killed_command_loses_no_commit(tmp_path: Path, once: Once, engine: str, mode: str) -> None:
    """The same for `nachlese index`, whatever it was doing; a killed worker is told without a traceback."""
    base = once("torture-base", Path.mkdir)
    tally = in_this_process(kills.kill, [command_kills.Kill(tmp_path / "kill", base, engine, mode, seed=2)])
    assert_none(tally)
    assert tally.counts["equal to a fresh build"] == 1 + tally.counts[command_kills.TOO_LATE]


def test_no_query_text_fails_and_the_engines_agree(laboratory: Laboratory, asked: Path) -> None:
    """Parser, compiler and engines take any text, with any filters, and both engines answer alike."""
    tally = in_this_process(queries.attempt, queries.units(laboratory, asked))
    assert_none(tally)
    assert tally.counts["texts through parser and compiler"] == PLAN.queries
    assert tally.counts["answered by both"] > PLAN.searches / 2


def test_no_request_is_our_mistake(laboratory: Laboratory, asked: Path) -> None:
    """Whatever is asked, with tampered cursors, odd methods and headers, is answered, never by 500, with its headers.

    In a process of its own, as such a request has killed one.
    """
    tally = run(requests.attempt, requests.units(laboratory, asked), laboratory, requests.PATIENCE)
    assert_none(tally)
    assert tally.counts["answered 200"] > PLAN.requests / 10


def test_no_bytes_stop_the_server(laboratory: Laboratory, asked: Path) -> None:
    """What HTTP does not allow is refused or closed, and the server goes on."""
    assert_none(shapes.over_sockets(asked / ENGINES[0], laboratory))


def test_documents_that_are_none_are_read_or_refused(laboratory: Laboratory) -> None:
    """Mutated documents become entries or problems that were foreseen."""
    mutated = islice(documents.units(laboratory), PLAN.documents)
    tally = in_this_process(documents.attempt, mutated)
    assert_none(tally)
    assert tally.counts["articles read"] > PLAN.documents / 4


def test_bombs_are_read_or_refused(laboratory: Laboratory) -> None:
    """Small bombs become entries or problems that were foreseen."""
    assert_none(in_this_process(documents.attempt, [documents.Bomb(name, 0.0005) for name in bombs.BOMBS]))


@pytest.mark.parametrize("engine", ENGINES)
def test_full_disks_are_told(laboratory: Laboratory, engine: str) -> None:
    """Where no byte fits any more, a sentence says so, the last commit stays, and another run goes on."""
    every = disk.units(laboratory, mounts=False)
    units = [unit for unit in every if unit.engine == engine and unit.mode == "growing"]
    assert units
    assert_none(in_this_process(disk.attempt, units))


@pytest.mark.parametrize("engine", ENGINES)
def test_damaged_files_are_told(laboratory: Laboratory, engine: str) -> None:
    """A damaged index answers in a sentence or as before, `nachlese check` reports it, and a rebuild helps."""
    index = damage.build(laboratory.folder / "index", engine)
    units = damage.damages(index, laboratory.folder / "copies", engine, PLAN.damages, PLAN.seed)
    assert_none(run(damage.attempt, islice(units, 0, None, EVERY[engine]), laboratory, damage.PATIENCE))


def test_idle_and_slow_clients_shut_nobody_out(laboratory: Laboratory) -> None:
    """Beside hundreds of idle connections and slow headers others are answered, and slow ones are closed in time."""
    assert connections.run(laboratory).failures == ()


def test_a_crowd_is_answered_during_commits_and_kills(laboratory: Laboratory) -> None:
    """Only connections to a worker that was killed are cut."""
    result = load.run(laboratory)
    assert result.failures == ()
    assert result.counts["answered 200"] > 0
    assert result.counts["workers killed"] > 0


@pytest.mark.parametrize(("good", "refused", "fails"), [(6, 5, 0), (0, 1, 1), (1_541, 64_111, 1)])
def test_a_crowd_that_is_mostly_refused_is_a_failure(good: int, refused: int, fails: int) -> None:
    """Good answers and refusals are reported apart, and more of these than of those is no success."""
    crowd = load.Crowd(load.Server(None, 0, None), 0.0)  # type: ignore[arg-type]
    crowd.tally.counts.update({"answered 200": good, "answered 503": refused})
    crowd.judge()
    assert crowd.tally.figures["good answers and refusals"] == f"{good:,} and {refused:,}"
    assert len(crowd.tally.failures) == fails


def test_what_kills_or_hangs_a_process_is_told(laboratory: Laboratory) -> None:
    """The laboratory notes the input that a process died or hung of, and goes on with the others."""
    tally = run(dying.attempt, [1, dying.KILLS, 2, dying.HANGS, 3], laboratory, patience=2)
    assert tally.counts["tried"] == 3
    assert set(tally.failures.values()) == {
        Failure("killed its process (exit 5)", "unit 13"), Failure("took longer than 2 s and was killed", "unit 7")
    }  # fmt: skip


def test_an_input_is_shrunk_to_what_fails() -> None:
    """Of a long text, the piece remains that fails."""
    assert shrunk("aaaa" * 50 + "(~" + "bcd" * 70, lambda text: "(~" in text) == "(~"


def test_panics_are_caught_and_errors_of_ours_are_not() -> None:
    """What nobody promised becomes one kind of error, whatever it derives from."""

    class Panic(BaseException):
        pass

    def raise_it(error: BaseException) -> None:
        raise error

    with pytest.raises(Unforeseen, match="Panic: boom"):
        tried(lambda: raise_it(Panic("boom\nat line 3")))
    with pytest.raises(IndexLocked):
        tried(lambda: raise_it(IndexLocked("wait")))


def test_the_report_shows_figures_and_the_smallest_inputs(tmp_path: Path) -> None:
    """What each kept part found of this commit stands in the document: counts, percentiles, failures, slow inputs."""
    tally = Tally()
    tally.counts["tried"] += 1_000
    tally.failed("boom", "a long\ninput|")
    tally.failed("boom", "short|\ud800")
    tally.took("searching", 2.5, "a" * 1_000)
    found = [tally.result("queries", 61.0), Result("load", {}, {}, {}, (), (), 1.0)]
    runs = [keeping.Run(result, f"python {result.part}", "this") for result in found]
    for each in (*reversed(runs), keeping.Run(Result("disk", {}, {}, {}, (), (), 1.0), "python disk", "another")):
        keeping.keep(each, tmp_path)
    assert keeping.kept(tmp_path, ("queries", "documents", "disk", "load"), "this") == runs
    text = document(runs)
    lines = (
        "## Query texts",
        "| tried | 1,000 |",
        "- 2 times: boom; `short\\|\\ud800`",
        "Nothing failed. In 1 s:",
        "`python load`",
    )
    assert [line for line in lines if line not in text] == []
    assert "- 2.5 s, `searching: 'aaa" in text
    assert max(map(len, text.splitlines())) < 700
