"""kill -9 at any moment: is the index whole, is nothing lost that was committed, and does the next run go on?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tests.torture import command_kills, crew, library_kills
from tests.torture.plan import ENGINES, Laboratory
from tests.torture.result import Result, Tally

PATIENCE = 600.0  # of all attempts of a kill
ATTEMPTS = 4
# Every other kill is one of the real command; of a worker process in its stead now and then.
COMMANDS = ("fresh", "incremental", "prune", "rebuild", "jobs", "worker")


def run(laboratory: Laboratory) -> Result:
    """Kill as often as planned, half of the time the command, half of the time a program that writes."""
    started = time.monotonic()
    tally = crew.run(kill, units(laboratory), laboratory, PATIENCE)
    return tally.result("kills", time.monotonic() - started)


def units(laboratory: Laboratory) -> Iterator[command_kills.Kill | library_kills.Kill]:
    """One kill after the other: what, of which engine, when."""
    chance = Random(laboratory.plan.seed)
    for number in range(laboratory.plan.kills):
        folder, engine, seed = laboratory.folder / f"kill-{number}", ENGINES[number // 2 % 2], chance.randrange(2**31)
        kind = number // 4
        if number % 2:
            mode = library_kills.MODES[kind % len(library_kills.MODES)]
            yield library_kills.Kill(folder, engine, mode, seed)
        else:
            yield command_kills.Kill(folder, laboratory.folder, engine, COMMANDS[kind % len(COMMANDS)], seed)


def kill(unit: command_kills.Kill | library_kills.Kill, note: crew.Note) -> Tally:
    """Kill once and look at what is left; what ended before its kill is tried again, so that as many are killed."""
    tally = Tally()
    for _ in range(ATTEMPTS):
        note(f"{type(unit).__module__.rpartition('.')[2]} {unit.engine} {unit.mode} {unit.seed}")
        if isinstance(unit, library_kills.Kill):
            return library_kills.kill(unit)
        found = command_kills.kill(unit)
        tally.add(found)
        if not found.counts[command_kills.TOO_LATE]:
            break
        unit = replace(unit, seed=Random(unit.seed).randrange(2**31))
    return tally
