"""Runs a node until it ends, or until those end for whom it runs; then nothing of it is left.

Arguments: the process for which it runs, the folder of the node, the command. Whatever becomes of the tests, of their
workers or of this process, no server goes on: the kernel kills the node if this process is killed (`as_whom`).
"""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path


def main(watched: int, folder: Path, command: list[str]) -> None:
    """Run the command in the folder; its output goes to out.log, its process number to pid."""
    with (folder / "out.log").open("ab") as log:
        node = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    draft = folder / "pid.draft"
    draft.write_text(f"{node.pid}")
    draft.rename(folder / "pid")
    if not _outlives(node, watched):
        node.kill()
        node.wait()
        shutil.rmtree(folder.parent, ignore_errors=True)  # the others do the same: the last one leaves nothing


def _outlives(node: subprocess.Popen[bytes], watched: int) -> bool:
    """Wait for one of the two to end: whether the node did first."""
    try:
        ends = [os.pidfd_open(node.pid), os.pidfd_open(watched)]
    except ProcessLookupError:
        return False
    ready, _, _ = select.select(ends, [], [])
    return node.poll() is not None and ready == ends[:1]


if __name__ == "__main__":
    if os.fork() == 0:  # nobody need wait for what goes on by itself
        os.setsid()
        main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
