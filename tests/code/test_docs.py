"""What the README shows, works."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from search.settings import SETTINGS
from tests.commands.running import COMMAND, PROJECT

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
            subprocess.run([*COMMAND, *shlex.split(command)], cwd=tmp_path, check=True, capture_output=True)


def test_all_settings_are_in_the_readme() -> None:
    """The table of settings has each variable with its default."""
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else "–"
        assert f"| `{setting.variable}` | {default} |" in README


def test_links_lead_somewhere() -> None:
    """Each relative link of the top-level documents names a file that exists."""
    for document in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "seeds/README.md"):
        text = (PROJECT / document).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", text):
            assert ((PROJECT / document).parent / target).exists(), f"{document} links to {target}"
