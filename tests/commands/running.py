"""Running the command as a person would, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]
COMMAND = (sys.executable, str(PROJECT / "nachlese.py"))


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
        process = subprocess.run([*COMMAND, *arguments], cwd=self.folder, input=stdin, capture_output=True, check=False)
        return Result(process.returncode, process.stdout.decode(), process.stderr.decode())

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
