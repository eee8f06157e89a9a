"""nachlese index --watch: what comes is indexed, and nothing is missed."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.watching import WatchingUnavailable, changes
from tests.commands.running import COMMAND, Shell

PATIENCE = 90.0  # seconds; machines that test are busy


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it has not happened"
        time.sleep(0.1)


@pytest.mark.usefixtures("interruptible")
def test_what_changes_is_indexed(shell: Shell) -> None:
    """Files that come, change or go while it runs are indexed with a report for each time; Ctrl-C ends it well."""
    shell.write("news/a.txt", "Alpha\n\nErster Text.\n")
    log = shell.folder / "log"
    command = [*COMMAND, "index", "news", "--watch", "--prune", "--no-entities"]
    with log.open("w") as out, subprocess.Popen(command, cwd=shell.folder, stdout=out, stderr=out) as process:
        try:
            until(lambda: "the index holds 1 article." in log.read_text())
            shell.write("news/neu/b.txt", "Beta\n\nZweiter Text.\n")
            shell.write("news/.versteckt.txt", "Gamma\n\nDritter Text.\n")
            until(lambda: "the index holds 2 articles." in log.read_text())
            (shell.folder / "news/a.txt").unlink()
            until(lambda: "1 removed; the index holds 1 article." in log.read_text())
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE) == 0
        finally:
            process.kill()
    assert "Traceback" not in log.read_text()
    assert shell.ids("Text") == ["neu/b.txt"]


def test_changes_since_watching_began_are_told(tmp_path: Path) -> None:
    """After the first, empty set each change is told, hidden files are not; a mapping stands for its folder."""
    stop = threading.Event()
    sets = changes([str(tmp_path)], stop)
    assert next(sets) == frozenset()
    for name in (".a.txt", "b.txt", "unten/nachlese.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    told: set[str] = set()
    while len(told) < 2:
        told |= next(sets)
    assert {os.path.relpath(path, tmp_path) for path in told} == {"b.txt", "unten"}
    stop.set()
    assert list(sets) == []


def test_what_cannot_be_watched_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input, what is not there, and a package that is not installed are told with a remedy."""
    for source in ("-", str(tmp_path / "fehlt")):
        with pytest.raises(WatchingUnavailable, match="name files and folders"):
            next(changes([source]))
    monkeypatch.setattr("indexer.watching.find_spec", lambda _name: None)
    with pytest.raises(WatchingUnavailable, match=r"pip install 'nachlese\[watch\]'"):
        next(changes([str(tmp_path)]))
