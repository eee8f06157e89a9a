"""Which Java is there to run OpenSearch with, and as whom does it run?"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

MACHINES = Path("/usr/lib/jvm")  # where Debian and others put them
NOBODY = 65534  # OpenSearch refuses to run as root; there is no user to create for this one


class Missing(Exception):
    """A tool that the tests need is not on this machine; the message names it and what installs it."""


def as_whom() -> tuple[str, ...]:
    """What stands before the command of a server: it ends when its parent does, and is not root."""
    if not shutil.which("setpriv"):
        raise Missing(
            "no setpriv, which has a server end with those who started it (Linux: apt-get install util-linux)"
        )
    nobody = () if os.geteuid() else (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return ("setpriv", "--pdeathsig=KILL", *nobody)


def javas() -> dict[int, Path]:
    """The `java` programs that who runs OpenSearch can start, by their version."""
    whom = as_whom()
    found = {version: path for path in _candidates() if (version := _version(whom, path))}
    if not found:
        raise Missing("no Java: apt-get install default-jre-headless")
    return found


def _candidates() -> Iterator[Path]:
    """The last one of a version is taken: the one that was chosen by hand."""
    yield from sorted(MACHINES.glob("*/bin/java"))
    if on_path := shutil.which("java"):
        yield Path(on_path)
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin/java"


def _version(whom: tuple[str, ...], java: Path) -> int | None:
    """The version of a Java, None if it cannot be started."""
    try:
        done = subprocess.run([*whom, java, "-version"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    told = re.search(r'version "(\d+)', done.stderr)
    return int(told[1]) if told and not done.returncode else None
