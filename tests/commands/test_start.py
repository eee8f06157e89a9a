"""A command imports no more than it needs, so that it starts fast."""

import re
import subprocess
import sys

import pytest

from tests.commands.running import PROJECT, Shell

# What takes long to import: libraries, and modules of Python that look small and are not.
HEAVY = {
    "asyncio", "babel", "bibtexparser", "bs4", "email", "filelock", "flask", "granian", "hmac", "html", "http",
    "ir_measures", "jinja2", "multiprocessing", "numpy", "prometheus_client", "rispy", "socket", "ssl", "unittest",
    "werkzeug", "xml", "zoneinfo",
}  # fmt: skip
OURS = {"search", "indexer", "web"}
NEEDED = {"tantivy": {"tantivy"}, "whoosh": {"whoosh", "numpy"}}  # by an engine: the postings of one are arrays


def imported(shell: Shell, *command: str) -> set[str]:
    """The packages that a command imports, without those inside them."""
    call = [sys.executable, "-X", "importtime", str(PROJECT / "nachlese_start.py"), *command]
    done = subprocess.run(call, cwd=shell.folder, capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in re.findall(r"^import time:.*\| *(\S+)$", done.stderr, re.MULTILINE)}


@pytest.mark.parametrize(("engine", "other"), [("tantivy", "whoosh"), ("whoosh", "tantivy")])
def test_searching_imports_nothing_heavy(shell: Shell, engine: str, other: str) -> None:
    """Who searches waits neither for the server's and the indexer's libraries nor for the other engine."""
    shell.records("news.jsonl", {"title": "Gipfel in Alaska", "body": "Putin trifft Trump.", "date": "2025-08-15"})
    shell.run("index", "news.jsonl", "--engine", engine, "--no-entities")
    packages = imported(shell, "search", "Gipfel Putin", "--from", "2025")
    assert packages & OURS == {"search"}
    assert packages & (HEAVY | {engine, other}) == NEEDED[engine]


def test_help_imports_no_engine(shell: Shell) -> None:
    """Help, and so the completion of commands in a shell, needs no engine."""
    assert imported(shell, "--help") & (HEAVY | {"tantivy", "whoosh", "web", "indexer"}) == set()
