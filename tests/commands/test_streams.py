"""What cannot be written is told in a sentence, whatever the command; and nothing is kept that nobody has seen."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.commands.running import COMMAND, Shell

COMMANDS = [
    ("--version",),
    ("--help",),
    ("search", "--help"),
    ("search", "Artikel"),
    ("search", "Artikel", "--json"),
    ("status",),
    ("check",),
    ("explain", "Wahl"),
    ("completion", "bash"),
    ("index", "a.txt"),
    ("key", "feed", "--file", "access.json"),
]
FULL = Path("/dev/full")
TOLD = "Error: Standard output cannot be written (No space left on device). Send it where there is room.\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = Shell(tmp_path_factory.mktemp("streams"))
    shell.write("a.txt", "Alpha\n\nDer erste Artikel steht hier.\n")
    assert shell.run("index", "a.txt", "--no-entities").code == 0
    return shell


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_full_output_is_told(filled: Shell, command: tuple[str, ...]) -> None:
    """If standard output cannot be written, each command says so and how to mend it; nobody's key is kept."""
    with FULL.open("w") as full:
        done = subprocess.run(
            [*COMMAND, *command], cwd=filled.folder, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert (done.returncode, done.stderr) == (1, TOLD)
    assert not (filled.folder / "access.json").exists()


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_standard_error_is_no_traceback(filled: Shell) -> None:
    """If not even the error can be told, the exit code still does."""
    with FULL.open("w") as full:
        done = subprocess.run([*COMMAND, "status", "--index", "none"], cwd=filled.folder, stdout=full, stderr=full)
    assert done.returncode == 1


@pytest.mark.parametrize("command", ["search Artikel", "status", "delete a.txt", "serve --check", "index a.txt"])
def test_an_engine_that_is_none_is_told_with_its_remedy(filled: Shell, command: str) -> None:
    """If archive.json names an engine that there is not, the index must be built anew."""
    manifest = filled.folder / "index" / "archive.json"
    before = manifest.read_text()
    manifest.write_text(json.dumps(json.loads(before) | {"engine": "x"}))
    done = filled.run(*command.split())
    manifest.write_text(before)
    assert done.code == 4
    assert "--rebuild" in done.err
