"""Runs the laboratory: python -m tests.torture [PART...] [--share 0.02] [--kills N] ... [--write FILE]

Prints progress on standard error and a table of each part on standard output. The exit code is 1 if
anything failed. The same seed tries the same things again. Ctrl-C or SIGTERM ends the part at work, with what it has
found, and the parts to come are left out.

What each part found is kept in build/torture. FILE is written after each part, of all parts that tried the same commit:
they may run in several commands, one after the other or side by side.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from search.files import replace_file
from tests.torture import connections, damage, disk, documents, keeping, kills, load, queries, report, requests
from tests.torture.plan import Laboratory, Plan, Progress
from tests.torture.result import Result, Tally

PARTS: dict[str, Callable[[Laboratory], Result]] = {
    "kills": kills.run,
    "queries": queries.run,
    "requests": requests.run,
    "documents": documents.run,
    "disk": disk.run,
    "damage": damage.run,
    "connections": connections.run,
    "load": load.run,
}
# What can be set, and what it says.
HELP = {
    "kills": "processes to kill",
    "queries": "texts through parser and compiler",
    "searches": "of these through both engines",
    "requests": "requests over HTTP",
    "documents": "mutated documents",
    "damages": "ways in which each file is damaged",
    "fillings": "disks that run full",
    "idle": "idle connections",
    "slow": "slow headers",
    "clients": "readers of the load",
    "seconds": "seconds of the load",
    "articles": "articles of the index that is asked",
    "jobs": "processes that try at once",
    "seed": "the same seed tries the same again",
    "patience": "times the seconds that a server may take, for crowded machines",
    "longest": "seconds after which a part stops",
}


def main() -> int:
    """Run the parts that are named, or all."""
    options = parse()
    plan = replace(Plan().scaled(options.share), **{name: value for name in HELP
                                                    if (value := getattr(options, name)) is not None})  # fmt: skip
    results: list[Result] = []
    commit = keeping.commit()
    stop = stopped_by_signals()
    for name in options.parts or PARTS:
        if stop.is_set():
            break
        results.append(run(name, plan, stop))
        print("\n".join(report.section(results[-1])), flush=True)
        keeping.keep(keeping.Run(results[-1], command(name), commit), keeping.FOLDER)
        if options.write:  # after each part, so that a run that is stopped has not measured for nothing
            replace_file(options.write, report.document(keeping.kept(keeping.FOLDER, tuple(PARTS), commit)))
    return int(stop.is_set() or not all(result.is_good for result in results))


def stopped_by_signals() -> threading.Event:
    """What is set by Ctrl-C or SIGTERM: the part at work ends then, and what it has found is reported."""
    stop = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stop.set())
    return stop


def run(name: str, plan: Plan, stop: threading.Event) -> Result:
    """Run one part in a folder of its own; whatever stops it is a failure of it, and the others go on."""
    started = time.monotonic()
    with TemporaryDirectory(prefix="torture-", ignore_cleanup_errors=True) as folder:
        try:
            return PARTS[name](Laboratory(plan, Path(folder), Progress(name, started + plan.longest, stop=stop)))
        except Exception as error:  # noqa: BLE001 - told in the report
            tally = Tally()
            tally.failed(f"the part ended with {type(error).__name__}", str(error).replace(folder, "..."))
            return tally.result(name, time.monotonic() - started)


def command(part: str) -> str:
    """What repeats a part of this run, without the place where it was written."""
    arguments = [argument for argument in sys.argv[1:] if argument not in PARTS]
    if "--write" in arguments:
        place = arguments.index("--write")
        arguments = arguments[:place] + arguments[place + 2 :]
    return " ".join(("python -m tests.torture", part, *arguments))


def parse() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="What does the archive bear?")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--share", type=float, default=1.0, help="of everything that is tried, such as 0.02")
    for each in fields(Plan):
        parser.add_argument(f"--{each.name}", type=int, metavar="N", help=f"{HELP[each.name]}  [{each.default:,}]")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the report, such as docs/reliability.md")
    options = parser.parse_args()
    if unknown := set(options.parts) - PARTS.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose of {', '.join(PARTS)}")
    return options


if __name__ == "__main__":
    sys.exit(main())
