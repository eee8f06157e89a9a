"""Do the tools of others read the description of the API, and does a running server keep what it says?

    make clients

Generates clients with three generators, and has schemathesis ask a server in front of seeds/ whatever the description
allows and forbids. A tool that is not installed is left out; the exit code is 1 if one fails or none is there.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer.pipeline import Job, index
from tests.server.serving import started
from web.api.openapi import openapi_document

ROOT = Path(__file__).parents[2]
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = "8"  # of each operation; with these it takes some minutes
SEED = "3"  # the same requests each time


def main() -> int:
    """Run all tools; the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        description = folder / "openapi.json"
        description.write_text(json.dumps(openapi_document()), encoding="utf-8")
        generators = (
            ["openapi-python-client", "generate", "--path", str(description), "--output-path", str(folder / "client")],
            ["npx", "--yes", "openapi-typescript", str(description), "--output", str(folder / "schema.ts")],
            ["datamodel-codegen", "--input", str(description), "--input-file-type", "openapi",
             "--output", str(folder / "models.py")],
        )  # fmt: skip
        codes = [_run(command) for command in generators]
        index(Job((str(ROOT / "seeds"),), folder / "index", jobs=1))
        with started(folder / "index", "--workers", "1", NACHLESE_RATE="0", NACHLESE_DEADLINE="0") as server:
            asked = ["run", f"{server.url}/openapi.json", "--max-examples", EXAMPLES, "--seed", SEED]
            codes.append(_run(["schemathesis", "--config-file", str(CONFIGURATION), *asked]))
    ran = [code for code in codes if code is not None]
    return int(not ran or any(ran))


def _run(command: list[str]) -> int | None:
    """The exit code of a tool, None if it is not installed."""
    print(f"\n== {command[0]}", flush=True)
    if shutil.which(command[0]) is None:
        print("not installed")
        return None
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
