"""Running the command as a person would: in this process, as starting one takes much longer than most commands.

What concerns processes is proven with COMMAND; test_docs.py runs each command of the README so.
"""

from __future__ import annotations

import json
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from nachlese import PROGRAM, main

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, str(PROJECT / "nachlese_start.py"))


@dataclass(frozen=True)
class Result:
    """What a command printed and returned."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """A folder to run commands in."""

    folder: Path

    def run(self, *arguments: str, stdin: bytes = b"") -> Result:
        """Run `nachlese` with these arguments."""
        with chdir(self.folder):
            done = CliRunner().invoke(main, arguments, stdin, prog_name=PROGRAM, catch_exceptions=False)
        return Result(done.exit_code, done.stdout, done.stderr)

    def write(self, name: str, text: str | bytes) -> Path:
        """A file below the folder, with the folders above it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def records(self, name: str, *records: dict[str, Any]) -> Path:
        """A file of JSON lines."""
        return self.write(name, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))

    def ids(self, query: str) -> list[str]:
        """The ids of the hits of a query."""
        return [hit["id"] for hit in self.run("search", query, "--json").json["hits"]]
