"""On what was it measured? Processor, memory, system and versions; no names of hosts or people."""

from __future__ import annotations

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

LIBRARIES = ("tantivy", "whoosh3", "pystemmer", "granian", "flask")


def describe() -> dict[str, str]:
    """What the report says of the machine, in the order of its lines."""
    return {
        "Day": date.today().isoformat(),
        "Processor": f"{_field('/proc/cpuinfo', 'model name') or platform.machine()}, {os.cpu_count()} cores",
        "Memory": _memory(),
        "System": _system(),
        "Python": platform.python_version(),
        "Libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
    }


def _memory() -> str:
    kilobytes = _field("/proc/meminfo", "MemTotal").removesuffix(" kB")
    return f"{int(kilobytes) / 1e6:.0f} GB" if kilobytes.isdigit() else "unknown"


def _system() -> str:
    named = _field("/etc/os-release", "PRETTY_NAME", "=").strip('"')
    return f"{named or platform.system()}, kernel {platform.release().partition('-')[0]}"


def _field(path: str, name: str, separator: str = ":") -> str:
    """The value of a field in a file of such lines, empty if there is none."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    values = (line.partition(separator)[2].strip() for line in lines if line.startswith(name))
    return next(values, "")
