"""The server that the tests of the cluster need: it is one for all, does as it is told, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cluster.java import Missing
from tests.cluster.layout import choose
from tests.cluster.server import folder_for, remove_old
from tests.cluster.shared import cluster_of

PATIENCE = 30  # seconds


@pytest.mark.cluster
def test_one_node_answers_and_is_not_root() -> None:
    """The node is of the chosen version, and is nobody's who may do all; who asks again gets the same."""
    cluster = cluster_of(1)
    (node,) = cluster.nodes
    assert node.ask("/")["version"]["number"] == cluster.version
    assert Path(f"/proc/{node.process}").owner() != "root"
    assert cluster_of(1) == cluster


def test_a_command_ends_with_those_for_whom_it_runs(tmp_path: Path) -> None:
    """A node ends when the watched process was killed, and its folder is gone."""
    folder = tmp_path / "cluster" / "node1"
    folder.mkdir(parents=True)
    watched = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    minder = Path(__file__).with_name("minder.py")
    subprocess.run([sys.executable, minder, f"{watched.pid}", folder, "sleep", "600"], check=True)
    until(lambda: (folder / "pid").exists())
    node = Path("/proc") / (folder / "pid").read_text()
    assert node.exists()
    watched.kill()
    watched.wait()
    until(lambda: not node.exists() and not folder.parent.exists())


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(("there", "version"), [((17, 25), "3.9.0"), ((21,), "3.9.0"), ((17,), "2.19.6")])
def test_the_newest_release_is_chosen_that_a_java_runs(
    there: tuple[int, ...], version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With Java 21 it is 3.x, with 17 it is 2.x."""
    monkeypatch.setattr("tests.cluster.layout.javas", lambda: {java: Path(f"java{java}") for java in there})
    assert choose()[0].version == version


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Java that is too old for all releases is told with what they need."""
    monkeypatch.setattr("tests.cluster.layout.javas", lambda: {11: Path("java11")})
    with pytest.raises(Missing, match=r"Java 11 cannot run OpenSearch .*3\.9\.0 needs Java 21"):
        choose()


def test_without_tools_each_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is on the PATH, the first thing that is missing is told."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(Missing, match=r"no setpriv, .*apt-get install"):
        choose()


def test_what_a_killed_run_left_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of a process that has ended goes with the next start, that of one that lives stays."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    mine, left = folder_for(1, os.getpid()), tmp_path / "nachlese-cluster-3-999999999-1"
    for folder in (mine, left):
        folder.mkdir()
    remove_old()
    assert list(tmp_path.iterdir()) == [mine]
