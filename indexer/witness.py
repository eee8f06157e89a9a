"""What is said if a run cannot say it itself? A small process stays beside it and tells, if it ends without a word.

Libraries in C and Rust end the process when they find no memory (OpenBLAS by exit, tantivy by abort), and so does the
system when it has none left. No code of ours runs after that.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_TOLD = (
    "Error: The run was ended from outside, or by a library that found no memory. What was committed is kept. "
    "If nobody stopped it, allow it more memory (see ulimit -v, or the limits of the service or container), or use "
    "fewer --jobs, and run the command again.\n"
)
# Reads a byte, which comes if the run ends by itself; the end of the input without one is the end of the run.
_WATCHING = "import sys\nif not sys.stdin.buffer.read(1) and sys.stderr: sys.stderr.write(sys.argv[1])"


@contextmanager
def witnessed() -> Iterator[None]:
    """Have a sentence on standard error if this process ends before what is done inside has ended or raised."""
    command = [sys.executable, "-I", "-S", "-c", _WATCHING, _TOLD]
    # A session of its own, as Ctrl-C goes to all processes of a terminal.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True) as witness:
        try:
            yield
        finally:
            witness.communicate(b"\n")
