"""What the README shows, works."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.settings import SETTINGS
from tests.code.arrows import modules
from tests.commands.running import COMMAND, PROJECT

# What the map names that is neither a function nor a class: fields of a reading.
ATTRIBUTES = {"terms", "clauses", "json"}
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_examples_run(code: str, tmp_path: Path) -> None:
    """Each Python example runs as it stands."""
    environment = {"PYTHONPATH": str(PROJECT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)


def test_the_commands_run(tmp_path: Path) -> None:
    """Each nachlese command of the README ends well, one after the other."""
    (tmp_path / "seeds").symlink_to(PROJECT / "seeds")
    commands = [line.removeprefix("$ nachlese ") for block in blocks("console") for line in block.splitlines()]
    assert len(commands) > 4
    for command in commands:
        if not command.startswith("$ "):
            ran = subprocess.run([*COMMAND, *shlex.split(command)], cwd=tmp_path, check=True, capture_output=True)
            assert not ran.stdout.startswith(b"0 articles"), f"{command} finds nothing"


def test_all_settings_are_in_the_readme() -> None:
    """The table of settings has each variable with its default."""
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "–"
        assert f"| `{setting.variable}` | {default} |" in README


def documents() -> Iterator[Path]:
    """All documents of the project."""
    for folder in (PROJECT, *(PROJECT / name for name in ("bench", "docs", "indexer", "search", "seeds", "training"))):
        yield from folder.glob("*.md") if folder == PROJECT else folder.rglob("*.md")


@pytest.mark.parametrize("document", list(documents()), ids=lambda path: str(path.relative_to(PROJECT)))
def test_links_lead_somewhere(document: Path) -> None:
    """Each relative link of a document names a file that exists."""
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document} links to {target}"


# A path of ours in code quotes, from the project's folder; names.md has the old names of files, too.
OUR_PATH = re.compile(r"`((?:search|indexer|web|training|bench|tests|seeds|docs)/[\w./-]*\w/?)`")


@pytest.mark.parametrize("document", list(documents()), ids=lambda path: str(path.relative_to(PROJECT)))
def test_named_files_exist(document: Path) -> None:
    """Each file or folder of ours that a document names is there."""
    if document.name not in ("names.md", "RESULTS.md"):
        for path in OUR_PATH.findall(document.read_text(encoding="utf-8")):
            assert (PROJECT / path).exists(), f"{document} names {path}"


def test_the_ways_name_what_there_is() -> None:
    """The functions and classes that ARCHITECTURE.md follows a document and a query through are defined."""
    map_text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    ways = map_text[map_text.index("## One document's way") : map_text.index("## Words")]
    code = "\n".join(path.read_text(encoding="utf-8") for _, path in modules())
    defined = set(re.findall(r"^ *(?:def|class) (\w+)", code, re.MULTILINE))
    named = re.findall(r"`(?:\w+\.)?(\w+)(?:\([^`]*\))?`", ways)
    assert len(named) > 20
    assert [name for name in named if name not in defined | ATTRIBUTES] == []


def test_each_decision_stands_in_the_index() -> None:
    """docs/decisions/README.md links each decision."""
    folder = PROJECT / "docs/decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [
        path.name for path in folder.glob("*.md") if path.name != "README.md" and f"({path.name})" not in index
    ] == []
