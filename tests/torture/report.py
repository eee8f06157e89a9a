"""The results as a table on the screen and as docs/reliability.md."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.torture.keeping import PROJECT, Run
from tests.torture.result import Failure, Result, Times, shortened

LIBRARIES = ("tantivy", "whoosh3", "flask", "granian")
HEAD = """# What the archive bears

Written by the laboratory, `tests/torture`, from runs of one commit. `make torture` repeats them; its parts also run in
a small form with every `make test`. Times are those of a processor unless it says wall clock.
"""
TITLES = {
    "kills": "Processes killed with kill -9 while they write",
    "queries": "Query texts",
    "requests": "Requests over HTTP",
    "documents": "Mutated documents and bombs",
    "disk": "Disks that run full",
    "damage": "Files of an index that are damaged",
    "connections": "Idle and slow clients",
    "load": "A crowd of readers, with commits, rebuilds and kills",
}


def document(runs: Sequence[Run]) -> str:
    """The whole of docs/reliability.md, of at least one run, all of the same commit."""
    lines = [HEAD, f"Commit: {runs[0].commit}  ", f"Machine: {machine()}", ""]
    for run in runs:
        title, *found = section(run.result)
        lines += [title, "", f"Command: `{run.command}`", *found]
    return "\n".join(lines)


def machine() -> str:
    """On what it ran; no names of hosts or people."""
    found = [f"{name} {number}" for name in LIBRARIES if (number := _version(name))]
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {', '.join(found)}"


def section(result: Result) -> Iterator[str]:
    """One part, as lines of Markdown."""
    yield f"## {TITLES[result.part]}"
    yield ""
    yield f"{_verdict(result)} In {result.seconds:,.0f} s:"
    yield ""
    rows = [*((name, f"{count:,}") for name, count in sorted(result.counts.items())), *result.figures.items()]
    yield from _table(("what", "number"), rows)
    if result.times:
        head = ("seconds", "number", "median", "99 %", "99.9 %", "longest")
        yield from _table(head, [(kind, *_times(times)) for kind, times in result.times.items()])
    yield from _list("Failures, with the smallest input of each kind:", map(_failure, result.failures))
    yield from _list("Took more than a second:", (f"{seconds:.1f} s, `{_code(text)}`" for seconds, text in result.slow))


def _verdict(result: Result) -> str:
    failures, slow = len(result.failures), len(result.slow)
    if result.is_good:
        return "Nothing failed."
    return f"{failures} kind{'' if failures == 1 else 's'} of failure, {slow} input{'' if slow == 1 else 's'} too slow."


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "---:|" * (len(head) - 1)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""


def _list(title: str, items: Iterator[str]) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield from (title, "", *lines, "")


def _times(times: Times) -> tuple[str, ...]:
    seconds = (times.median, times.p99, times.p999, times.longest)
    return (f"{times.number:,}", *(f"{each:.4f}" if each < 0.1 else f"{each:.2f}" for each in seconds))


def _failure(failure: Failure) -> str:
    return f"{failure.number:,} times: {_code(failure.what)}; `{_code(failure.input)}`"


def _code(text: str) -> str:
    """A text as code in a table, without the places where it ran."""
    for place in (tempfile.gettempdir(), str(PROJECT), sys.prefix, str(Path.home())):
        text = text.replace(place, "...")
    return shortened(text).replace("`", "'").replace("|", "\\|")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
