"""nachlese index --watch: what comes is indexed, and nothing is missed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from indexer import watching
from indexer.watching import WatchingUnavailable, changes
from tests.commands.running import COMMAND, Shell

PATIENCE = 90.0  # seconds; machines that test are busy


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes are told soon: nobody copies many files meanwhile."""
    for name, milliseconds in (("CALM", 300), ("STEP", 50), ("_TURN", 100)):
        monkeypatch.setattr(watching, name, milliseconds)


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


@pytest.mark.usefixtures("impatient")
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


def wait_for(sets: Iterator[frozenset[str]], path: Path) -> None:
    """Take sets until a path is in one; it may be told twice."""
    assert any(str(path) in each for each in islice(sets, 9))


def replaced_by(folder: Path) -> None:
    other = folder.with_name("andere")
    other.mkdir()
    (other / "d.txt").write_text("x")
    folder.rename(folder.with_name("alte"))
    other.rename(folder)


def made_again(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("renew", [made_again, replaced_by])
def test_a_source_that_is_made_again_is_watched_again(tmp_path: Path, renew: Callable[[Path], None]) -> None:
    """A SOURCE that was removed or replaced is told as a whole, and what comes after that is told, too."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    stop = threading.Event()
    sets = changes([str(folder), str(folder / "a.txt")], stop)
    assert next(sets) == frozenset()
    renew(folder)
    wait_for(sets, folder)
    for name in ("b.txt", "c.txt"):
        (folder / name).write_text("x")
        wait_for(sets, folder / name)
    stop.set()


@pytest.mark.usefixtures("impatient")
def test_a_file_that_is_replaced_is_watched_again(tmp_path: Path) -> None:
    """Editors write another file and give it the name of the old one; each time is told."""
    path, stop = tmp_path / "a.txt", threading.Event()
    path.write_text("x")
    sets = changes([str(path)], stop)
    assert next(sets) == frozenset()
    for text in ("y", "z"):
        (tmp_path / "neu").write_text(text)
        (tmp_path / "neu").rename(path)
        wait_for(sets, path)
    stop.set()


def test_too_many_folders_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system watches no more folders, the message names the setting of the system."""

    def full(*_: object, **__: object) -> None:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr("watchfiles.watch", full)
    with pytest.raises(WatchingUnavailable, match="max_user_watches"):
        next(changes([str(tmp_path)]))


def test_what_cannot_be_watched_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input, what is not there, and a package that is not installed are told with a remedy."""
    for source in ("-", str(tmp_path / "fehlt")):
        with pytest.raises(WatchingUnavailable, match="name files and folders"):
            next(changes([source]))
    monkeypatch.setattr("indexer.watching.find_spec", lambda _name: None)
    with pytest.raises(WatchingUnavailable, match=r"pip install 'nachlese\[watch\]'"):
        next(changes([str(tmp_path)]))
