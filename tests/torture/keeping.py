"""Results of parts as files, so that parts which ran one by one, or side by side, make one report."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from search.files import replace_file
from tests.torture.result import Failure, Result, Times

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "build" / "torture"


@dataclass(frozen=True, slots=True)
class Run:
    """A part that has run: what it found, the command that repeats it, and the commit that it tried."""

    result: Result
    command: str
    commit: str


def keep(run: Run, folder: Path) -> None:
    """Write down a run, in the place of the one before of its part."""
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / f"{run.result.part}.json", json.dumps(asdict(run), indent=1))


def kept(folder: Path, parts: Sequence[str], commit: str) -> list[Run]:
    """The runs of these parts that tried a commit, in the order of the parts."""
    paths = [folder / f"{part}.json" for part in parts]
    runs = [_run(json.loads(path.read_text(encoding="utf-8"))) for path in paths if path.exists()]
    return [run for run in runs if run.commit == commit]


def commit() -> str:
    """The commit that is tried, with a mark if code differs from it; unknown where there is no repository."""
    head = _git("rev-parse", "--short=12", "HEAD")
    changed = _git("status", "--porcelain", "--untracked-files=no", "--", ":(exclude)docs")  # the report is in docs
    return f"{head}, with changes" if changed else head or "unknown"


def _git(*arguments: str) -> str:
    found = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    return found.stdout.strip()


def _run(row: dict[str, Any]) -> Run:
    found = row["result"]
    times = {kind: Times(**each) for kind, each in found["times"].items()}
    failures = tuple(Failure(**each) for each in found["failures"])
    slow = tuple((seconds, text) for seconds, text in found["slow"])
    return Run(Result(**found | {"times": times, "failures": failures, "slow": slow}), row["command"], row["commit"])
