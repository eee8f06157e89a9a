"""How does a run of the indexer end that is ended from outside? With a sentence, an exit code and what it committed."""

import json
import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer import workers
from indexer.workers import Renamed
from nachlese import main
from search.store.entry import to_entries
from tests.commands.running import COMMAND, Shell

CLOSED = [(0,), (1,), (2,), (0, 1, 2)]


def run(shell: Shell, *arguments: str, begin: Callable[[], None]) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, which calls `begin` first."""
    command = [*COMMAND, *arguments]
    return subprocess.run(command, cwd=shell.folder, capture_output=True, text=True, timeout=60, preexec_fn=begin)


@pytest.mark.parametrize("closed", CLOSED)
def test_closed_streams_are_no_error(shell: Shell, closed: tuple[int, ...]) -> None:
    """With standard input, output or error closed, the run indexes as ever, and no file takes their descriptors."""
    shell.write("a.txt", "Alpha\n\nDer erste Artikel steht hier.\n")
    done = run(shell, "index", "a.txt", begin=lambda: [os.close(number) for number in closed] and None)
    assert (done.returncode, done.stderr) == (0, "")
    assert shell.ids("Artikel") == ["a.txt"]


def test_a_closed_standard_input_holds_no_records(shell: Shell) -> None:
    """`index -` without standard input is a failure of one line."""
    done = run(shell, "index", "-", begin=lambda: os.close(0))
    assert (done.returncode, done.stderr) == (
        3, "Failed: -: has no standard input to read; pipe JSON lines into the command\n"
    )  # fmt: skip


def many(shell: Shell, number: int) -> None:
    body = "Ein Satz über Berlin und Bonn mit vielen Wörtern. " * 40
    shell.records("news.jsonl", *({"id": str(n), "body": f"{body} {n}"} for n in range(number)))


def holds(process: subprocess.Popen[str], name: str) -> bool:
    """Whether a process has a file of this name open."""
    links = Path(f"/proc/{process.pid}/fd")
    with suppress(FileNotFoundError):  # closed meanwhile, or the process is gone
        return any(link.readlink().name == name for link in links.iterdir())
    return False


def test_ctrl_c_before_a_command_begins_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with the exit code of Ctrl-C and one line, wherever it comes."""

    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("nachlese.check_before_serving", stopped)
    done = CliRunner().invoke(main, ["serve", "--check"])
    assert (done.exit_code, done.stderr) == (130, "Error: Stopped.\n")


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_says_what_is_kept(shell: Shell, jobs: str) -> None:
    """Ctrl-C, which all processes of a terminal get, ends the run at once with one line and exit code 130."""
    shell.write("a.txt", "Alpha\n\nDer erste Artikel steht hier.\n")
    assert shell.run("index", "a.txt").code == 0
    many(shell, 6000)
    command = [*COMMAND, "index", "news.jsonl", "--jobs", jobs]
    with subprocess.Popen(
        command, cwd=shell.folder, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while not holds(process, "documents.sqlite"):  # opened once the run can say what is kept
            assert process.poll() is None, "the run ended before it could be stopped"
            time.sleep(0.05)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=10)
    assert (process.returncode, err) == (
        130, "Error: Stopped. 1 articles are kept as of the last commit; run the command again to go on.\n"
    )  # fmt: skip
    assert shell.ids("Artikel") == ["a.txt"]


ADDRESSES = [("whoosh", 180), ("whoosh", 200), ("whoosh", 220), ("tantivy", 700)]  # megabytes


@pytest.mark.parametrize(("engine", "addresses"), ADDRESSES)
def test_too_little_memory_is_no_fault_of_documents(shell: Shell, engine: str, addresses: int) -> None:
    """If there is not enough memory, the run says so, even if a library ends it; no document is blamed or counted."""
    for number in range(40):
        shell.write(f"news/{number}.txt", f"Titel\n\nDer Artikel {number} steht hier.\n")
    limit = (addresses * 1_000_000, addresses * 1_000_000)
    done = run(shell, "index", "news", "--engine", engine, begin=lambda: resource.setrlimit(resource.RLIMIT_AS, limit))
    assert "please report it" not in done.stderr
    if done.returncode == 0:  # libraries that need less
        assert "40 added" in done.stdout
    else:
        assert done.returncode != 3
        assert "added" not in done.stdout
        assert "emory" in done.stderr.splitlines()[-1]
        assert done.stderr.splitlines()[-1].startswith("Error: ")


def test_an_ordinary_article_without_memory_ends_the_run(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """If an article of ordinary length finds no memory, the run ends and says so; a huge one is a failure by itself."""
    fails = False

    def prepared(parts: list[Renamed]) -> Any:
        if fails and {"2", "huge"} & {article.id for article, _, _ in parts}:
            raise MemoryError
        return to_entries(parts)

    monkeypatch.setattr(workers, "to_entries", prepared)
    shell.records("a.jsonl", {"id": "1", "body": "Erster."})
    assert shell.run("index", "a.jsonl").code == 0
    fails = True
    shell.records("b.jsonl", {"id": "huge", "body": "Wort " * 50_000}, {"id": "3", "body": "Dritter."})
    huge = shell.run("index", "b.jsonl", "--json")
    assert (huge.code, huge.json["added"], huge.json["articles"]) == (3, 1, 2)
    assert "needs more memory than this process may use" in huge.err
    shell.records("c.jsonl", {"id": "2", "body": "Zweiter."}, {"id": "4", "body": "Vierter."})
    ended = shell.run("index", "c.jsonl")
    assert (ended.code, ended.out) == (1, "")
    assert "The memory that this process may use is not enough" in ended.err
    assert shell.run("status", "--json").json["articles"] == 2


def test_only_what_was_put_is_counted(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that cannot be prepared is counted neither as added nor as replaced."""

    def prepared(parts: list[Renamed]) -> Any:
        if "Kaputt." in [article.body for article, _, _ in parts]:
            raise ZeroDivisionError
        return to_entries(parts)

    monkeypatch.setattr(workers, "to_entries", prepared)
    records = [{"id": "1", "body": "Eins."}, {"id": "2", "body": "Kaputt."}, {"id": "2", "body": "Zwei."}]
    shell.records("a.jsonl", *records, {"id": "1", "body": "Eins, anders."}, {"id": "3", "body": "Kaputt."})
    report = shell.run("index", "a.jsonl", "--json").json
    assert [report[name] for name in ("added", "replaced", "unchanged", "articles")] == [2, 1, 0, 2]
    assert len(report["failures"]) == 2


def test_a_full_disk_is_told_with_its_remedy(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not let us write, the message names the index, the reason and what to do."""

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    shell.write("a.txt", "Alpha\n\nDer erste Artikel steht hier.\n")
    monkeypatch.setattr("search.store.writing.ArchiveWriter.put_entry", full)
    done = shell.run("index", "a.txt")
    assert (done.code, done.err.splitlines()) == (1, [
        "Error: The index in index cannot be written (No space left on device). What was committed is kept. "
        "Make room on its disk and run the command again."
    ])  # fmt: skip


def test_a_killed_worker_costs_nothing(shell: Shell) -> None:
    """A worker that the system kills in the middle of a run is replaced, and no article is missing."""
    many(shell, 700)
    command = [*COMMAND, "index", "news.jsonl", "--jobs", "2", "--json"]
    with subprocess.Popen(
        command, cwd=shell.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 30
        while not (found := busy_workers(process.pid)) and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(found[0], signal.SIGKILL)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert (json.loads(out)["added"], json.loads(out)["articles"]) == (700, 700)


def busy_workers(parent: int) -> list[int]:
    """The child processes that have worked for a moment, not the one that only cleans up behind the others."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    numbers = [int(number) for number in children.read_text().split()] if children.exists() else []
    return [number for number in numbers if b"spawn_main" in command_of(number) and ticks(number) > 100]


def command_of(number: int) -> bytes:
    return Path(f"/proc/{number}/cmdline").read_bytes()


def ticks(number: int) -> int:
    """The processor time of a process, in hundredths of a second."""
    return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[11])


STOPS = """
import os, signal, sys
class Stops:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["STOP_AT"]:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stops())
signal.signal(signal.SIGINT, signal.default_int_handler)  # which is ignored where the tests run in the background
"""


@pytest.mark.parametrize("module", ["nachlese", "click", "search", "search.german.lexicon", "search.commands"])
def test_whoever_stops_a_command_that_loads_sees_no_traceback(shell: Shell, module: str) -> None:
    """Ctrl-C while a module is loaded ends a command with code 130."""
    shell.write("own/sitecustomize.py", STOPS)
    environment = {**os.environ, "PYTHONPATH": str(shell.folder / "own"), "STOP_AT": module}
    command = [*COMMAND, "search", "Gipfel"]
    done = subprocess.run(command, cwd=shell.folder, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr.removeprefix("Error: Stopped.\n")) == (130, "")


def test_who_wants_a_command_not_to_be_stopped_has_it_so(shell: Shell) -> None:
    """Where SIGINT is ignored, as in the background of a script, it stays ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # which a process hands on
    try:
        process = subprocess.Popen([*COMMAND, "search", "Gipfel"], cwd=shell.folder, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    _, told = process.communicate(timeout=60)
    assert "There is no index" in told
