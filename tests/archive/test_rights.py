"""An index is built by one user and served by another, or from a disk that is read-only."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search import Article, write_archive

PROJECT = Path(__file__).parents[2]
NOBODY = 65534
ENGINES = ("memory", "whoosh", "tantivy")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
as_another = pytest.mark.skipif(
    os.name == "nt" or os.getuid() != 0, reason="only root can become another user; this user reads its own files"
)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def index(engine: str) -> Iterator[Path]:
    """An index in a folder that all may read, built by a user who keeps files private."""
    folder = Path(tempfile.mkdtemp())  # pytest's own folders may not be entered by others
    folder.chmod(0o755)
    before = os.umask(0o077)
    try:
        (folder / "index").mkdir()
        (folder / "index").chmod(0o755)
        for id in ("0", "1"):  # two commits
            with write_archive(folder / "index", engine) as writer:
                writer.put(Article(id, "Wort", title="Titel"))
        yield folder / "index"
    finally:
        os.umask(before)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o700)
        shutil.rmtree(folder)


def run(index: Path, what: str = "read", user: int | None = None, prefix: tuple[str, ...] = ()) -> dict[str, Any]:
    """What another process, of another user where that can be, finds or is told."""
    user = user if user is not None else NOBODY if os.getuid() == 0 else os.getuid()
    command = [*prefix, sys.executable, "-m", "tests.archive.reader_process", str(index), str(user), what]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def lock_down(index: Path) -> None:
    """Take from everybody the right to write."""
    for path in (*index.rglob("*"), index):
        path.chmod(path.stat().st_mode & 0o555)


def test_files_have_the_mode_of_their_directory(index: Path) -> None:
    """Whatever the umask, who may read the directory may read each file in it, and nobody else may."""
    for mode in (0o755, 0o750, 0o775):
        index.chmod(mode)
        with write_archive(index) as writer:
            writer.put(Article(f"{mode}", "Wort"))
        for path in index.rglob("*"):
            if path.is_dir():
                assert path.stat().st_mode & 0o777 == mode
            elif "lock" not in path.name.lower():
                assert path.stat().st_mode & 0o777 == mode & 0o666, path.name


def test_another_user_reads(index: Path) -> None:
    """An index that one user built answers to another one."""
    assert run(index) == {"found": ["0", "1"]}


def test_reading_writes_nothing(index: Path) -> None:
    """Where nothing may be written an index answers, and nothing is left of the reader."""
    lock_down(index)
    before = sorted(index.rglob("*"))
    assert run(index) == {"found": ["0", "1"]}
    assert sorted(index.rglob("*")) == before


def test_a_read_only_mount_is_read(index: Path) -> None:
    """From a read-only mount an index answers, and who writes to it is told that it is one."""
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    prefix = ("unshare", "--mount", *(("--map-root-user",) if os.getuid() else ()), "sh", "-c", script, str(index))
    probe = subprocess.run([*prefix, "true"], capture_output=True, text=True, check=False) if shutil.which(
        "unshare") else None  # fmt: skip
    if probe is None or probe.returncode:
        pytest.skip(f"this system mounts nothing for a test: {probe.stderr if probe else 'no unshare'}")
    assert run(index, user=0, prefix=prefix) == {"found": ["0", "1"]}
    told = run(index, "write", user=0, prefix=prefix)
    assert told["error"] == "IndexUnwritable"
    assert "read-only file system" in told["message"]
    assert "--rebuild" not in told["message"]


@as_another
@pytest.mark.parametrize("what", ["archive.json", "generation-000001", "generation-000001/*"])
def test_what_may_not_be_read_is_told_as_that(index: Path, what: str) -> None:
    """A file or folder that this user may not read is named, and never called damaged."""
    for path in index.glob(what):
        path.chmod(0o700 if path.is_dir() else 0o600)
    told = run(index)
    assert told["error"] == "IndexUnreadable"
    assert "may not be read by this user" in told["message"]
    assert str(index / what.split("/")[0]) in told["message"]
    assert "--rebuild" not in told["message"]


@as_another
def test_who_may_not_write_is_told_so(index: Path) -> None:
    """Another user may read and not write, and is told to be the owner."""
    told = run(index, "write")
    assert told["error"] == "IndexUnwritable"
    assert "may not be written by this user" in told["message"]
