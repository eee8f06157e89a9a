"""nachlese index as a user who may not read or write everything: nothing is passed over in silence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import Any

import pytest

from tests.commands.running import COMMAND, Shell

pytestmark = pytest.mark.skipif(
    os.name == "nt" or (os.getuid() == 0 and not shutil.which("setpriv")), reason="rights bind nobody here"
)


def run(shell: Shell, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command that rights bind, even if who tests is root."""
    bound = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.getuid() == 0 else ()
    return subprocess.run([*bound, *COMMAND, *arguments], cwd=shell.folder, capture_output=True, text=True, check=False)


def index(shell: Shell, *options: str) -> dict[str, Any]:
    """What the report of a run says."""
    report: dict[str, Any] = json.loads(run(shell, "index", "news", "--no-entities", "--json", *options).stdout)
    return report


def test_what_may_not_be_read_is_told_and_kept(shell: Shell) -> None:
    """Files, folders and mappings that may not be read are a line each, and --prune spares what they held before."""
    for name in ("offen/a.txt", "offen/b.txt", "zu/c.txt", "gelistet/d.txt"):
        shell.write(f"news/{name}", f"Titel\n\nText von {name}.\n")
    shell.write("news/offen/nachlese.toml", '[map]\nbody = "text"\n')
    assert index(shell)["added"] == 4
    barred = {"offen/b.txt": 0, "zu": 0, "gelistet": 0o444, "offen/nachlese.toml": 0}
    for name, mode in barred.items():
        (shell.folder / "news" / name).chmod(mode)
    try:
        result = index(shell, "--prune")
        seen = run(shell, "index", "news", "--dry-run").stdout
    finally:
        for name in barred:
            (shell.folder / "news" / name).chmod(0o755)
    failures = {failure["document"]: failure["message"] for failure in result["failures"]}
    assert sorted(failures) == ["news/gelistet/d.txt", "news/offen/b.txt", "news/offen/nachlese.toml", "news/zu"]
    assert set(failures.values()) == {"may not be read by this user; change its permissions and index it again"}
    assert (result["unchanged"], result["removed"], result["articles"]) == (1, 0, 4)
    assert seen.count("cannot be read: may not be read by this user") == 4


@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_ledger_that_is_barred_is_a_warning(shell: Shell, mode: int) -> None:
    """Where documents.sqlite may not be read or written the run does its work, and tells what that costs."""
    shell.write("news/a.txt", "Alpha\n\nEin Text.\n")
    assert index(shell)["warnings"] == []
    (shell.folder / "index/documents.sqlite").chmod(mode)
    shell.write("news/b.txt", "Beta\n\nEin Text mehr.\n")
    result = index(shell)
    assert (result["added"], result["unchanged"], result["failures"]) == (1, 1, [])
    (warning,) = result["warnings"]
    assert warning["document"] == "index/documents.sqlite"
    assert "let this user write it" in warning["message"]


def test_an_index_that_may_not_be_written_is_told(shell: Shell) -> None:
    """Nothing is indexed into a folder of another user, and the message says whose command it is."""
    shell.write("news/a.txt", "Alpha\n\nEin Text.\n")
    assert index(shell)["added"] == 1
    shell.write("news/b.txt", "Beta\n\nEin Text.\n")
    folders = [shell.folder / "index", *(shell.folder / "index").glob("generation-*")]
    for folder in folders:
        folder.chmod(0o555)
    try:
        result = run(shell, "index", "news", "--no-entities")
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert (result.returncode, "may not be written by this user" in result.stderr) == (1, True)
    assert run(shell, "search", "Text", "--json").stdout.count('"id"') == 1
