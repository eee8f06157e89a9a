"""The process of one engine: takes commands as JSON lines, measures itself, answers with one line each.

    python -m bench.peers.worker NAME

Commands are hello, create, build, rebuild, add, open, search and end; Lucene.java keeps to the same ones. Runs in
any Python 3.11 that has the engine: a Debian package serves Debian's own interpreter only.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from queue import Queue
from typing import Any

from bench.peers.questions import Answer, Peer, Query

Command = dict[str, Any]


def load(name: str) -> Peer:
    """The peer called `name`: a module of bench.peers.engines, and a variant of it behind a colon."""
    module, _, variant = name.partition(":")
    peer: Peer = importlib.import_module(f"bench.peers.engines.{module}").peer(variant)
    return peer


def answer(peer: Peer, command: Command) -> dict[str, Any]:
    """What is answered to one command."""
    match command["do"]:
        case "hello":
            return {"version": peer.version()}
        case "create":
            peer.create(Path(command["directory"]))
            return {}
        case "open":
            peer.open(Path(command["directory"]))
            return {}
        case "build":
            return built(peer, Path(command["directory"]), Path(command["articles"]))
        case "rebuild":
            return {"seconds": seconds(peer.rebuild, Path(command["directory"]), Path(command["articles"]))}
        case "add":
            return {"seconds": seconds(peer.add, Path(command["directory"]), Path(command["articles"]))}
        case "search":
            queries = [Query.from_json(query) for query in command["queries"]]
            return timed(peer, queries, command["whole"], command["seconds"])
        case unknown:
            raise ValueError(f"There is no command {unknown!r}")


def built(peer: Peer, directory: Path, articles: Path) -> dict[str, Any]:
    """Build an index: how long that takes and how large it is."""
    took = seconds(peer.build, directory, articles)
    return {"seconds": took, "bytes": peer.size(directory)}


def seconds(action: Callable[[Path, Path], None], directory: Path, articles: Path) -> float:
    """The seconds until an action is done and on disk."""
    started = time.perf_counter()
    action(directory, articles)
    flush(directory)
    return time.perf_counter() - started


def timed(peer: Peer, queries: Sequence[Query], whole: bool, seconds: float) -> dict[str, Any]:
    """Ask each query once: milliseconds each, totals, and the ids of one answer.

    After so many `seconds` no further query is begun; those are left out.
    """
    began = time.perf_counter()
    times, answers = list[float](), list[Answer]()
    for query in queries:
        started = time.perf_counter()
        answers.append(peer.search(query, whole))
        times.append((time.perf_counter() - started) * 1000)
        if time.perf_counter() - began > seconds:
            break
    sample = answers[0]
    return {
        "times": times,
        "totals": [found.total for found in answers],
        "sample": {"ids": list(sample.ids), "snippets": list(sample.snippets), "facets": sample.facets},
    }


def flush(directory: Path) -> None:
    """Have the system write every file below a directory to disk, for engines that do not ask for it."""
    for place, _, files in os.walk(directory):
        for file in files:
            _sync(Path(place) / file)
        _sync(Path(place))


def _sync(path: Path) -> None:
    if not (path.is_file() or path.is_dir()):  # a socket or the like
        return
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, PermissionError):  # gone meanwhile, or of a server that runs as another user
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def commands(peer: Peer) -> Iterator[Command]:
    """The commands on standard input up to `end`. If it ends without, who asked is gone, and so are we."""
    lines: Queue[str] = Queue()
    # Processes that are forked close sys.stdin, and would wait for ever if we are reading it.
    source = os.fdopen(os.dup(0), encoding="utf-8")
    sys.stdin = Path(os.devnull).open()  # noqa: SIM115 - for as long as the process lives

    def listen() -> None:
        for line in source:
            lines.put(line)
            if json.loads(line)["do"] == "end":
                return
        peer.close()
        os._exit(1)

    threading.Thread(target=listen, daemon=True).start()
    while (command := json.loads(lines.get()))["do"] != "end":
        yield command


def main(name: str) -> None:
    """Answer the commands one by one."""
    # The engine's own prints must not get among the answers.
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    peer = load(name)
    try:
        for command in commands(peer):
            found = json.dumps(answer(peer, command))
            print(found, file=channel, flush=True)
    finally:
        peer.close()


if __name__ == "__main__":
    main(sys.argv[1])
