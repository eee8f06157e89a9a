"""Did it become slower? Processor time of this checkout beside another one's, for indexing and for searching.

    python -m bench.against CHECKOUT FILE [--rounds N] [--engine NAME] [--only indexing|searching]

FILE is anything that `nachlese index` reads; CHECKOUT has an environment of its own, made by `make .venv/developer`.
Both are run in turns, as the speed of a machine changes; each run is a process of its own, with one process for
indexing and without looking for names. Printed are the medians in seconds of user time, and the median of the
ratios of each round. Queries are asked of the index that each checkout built, the first time uncounted.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from search.engines.choice import default_engine

HERE = Path(__file__).parent.parent
QUERIES = {
    "one word": ["Bundestag", "Haus", "Impfung", "Kohle", "Flüchtlinge"],
    "two words": ["Angela Merkel", "Klimawandel Politik", "Corona Schule", "Polizei Demonstration", "USA China"],
    "headline": [
        "Bundesregierung beschließt neue Regeln für Einreise",
        "Trump verliert die Wahl gegen Biden",
        "Lockdown bis Ostern verlängert Kanzlerin",
        "Zahl der Neuinfektionen steigt wieder an",
        "FC Bayern gewinnt das Finale der Champions League",
    ],
    "phrase": ['"Europäische Union"', '"am Montag"', '"in den USA"', '"neuen Regierung"~', '"deutsche Wirtschaft"'],
    "compound": ["Bundestagswahl", "Impfpflicht", "Krankenhaus", "Klimaschutzgesetz", "Wirtschaftsminister"],
    "wildcard": ["Impf*", "*minister", "Corona*", "Merk?l", "Wahl*ergebnis"],
    "misspelt": ["Bundeskanzlerrin", "Merkle", "Impfstof", "Demonstrazion", "Selenskij~"],
    "field": ["titel:Corona", "person:Merkel", "text:Wirtschaft", "titel:Polizei Berlin", "quelle:zeit"],
}
# Asked in a process of the checkout, whose `search` it imports.
_ASK = """
import json, sys, time
from search import Request, open_archive
queries, times = json.loads(sys.argv[2]), {}
with open_archive(sys.argv[1]) as archive:
    archive.prepare()
    for kind, texts in queries.items():
        took = []
        for text in texts:
            for turn in range(int(sys.argv[3]) + 1):
                started = time.process_time()
                archive.search(Request(text=text))
                took += [time.process_time() - started] * (turn > 0)
        times[kind] = sum(took) / len(took)
print(json.dumps(times))
"""
TURNS = 5

Times = dict[str, float]


def run(checkout: Path, *command: str) -> tuple[str, float]:
    """What a Python of a checkout prints, and the seconds of user time that it takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    python = str((checkout / ".venv/bin/python").absolute())
    done = subprocess.run([python, *command], cwd=checkout, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def indexing(checkout: Path, file: Path, index: Path, engine: str) -> Times:
    """The time to build an index of a file."""
    options = ("--rebuild", "--no-entities", "--jobs", "1", "--engine", engine, "--index", str(index))
    return {"indexing": run(checkout, "-m", "nachlese", "index", str(file.absolute()), *options)[1]}


def searching(checkout: Path, index: Path) -> Times:
    """The time for a query of each kind."""
    times: Times = json.loads(run(checkout, "-c", _ASK, str(index), json.dumps(QUERIES), str(TURNS))[0])
    return times | {"all queries": sum(times.values())}


def in_turns(rounds: int, one: Callable[[], Times], other: Callable[[], Times]) -> None:
    """Print what each of two takes, round by round in turns, beside the other."""
    pairs = [(one(), other()) for _ in range(rounds)]
    for name in pairs[0][0]:
        first, second = (median(pair[number][name] for pair in pairs) for number in (0, 1))
        ratios = sorted(pair[1][name] / pair[0][name] for pair in pairs)
        print(f"{name:<12} {first:>9.4f} {second:>9.4f} {median(ratios):>7.2f}   {ratios[0]:.2f} to {ratios[-1]:.2f}")


def main(checkout: Path, file: Path, rounds: int, engine: str, only: str | None) -> None:
    """Print a line for each measure: the other checkout, this one, the ratio and its range."""
    print(f"{'':<12} {'other':>9} {'this':>9} {'ratio':>7}   from to")
    with tempfile.TemporaryDirectory() as directory:
        places = {place: Path(directory) / name for place, name in ((checkout, "other"), (HERE, "this"))}
        build = [lambda place=place: indexing(place, file, places[place], engine) for place in places]
        if only == "searching":
            [build_one() for build_one in build]
        else:
            in_turns(rounds, build[0], build[1])
        if only != "indexing":
            in_turns(rounds, lambda: searching(checkout, places[checkout]), lambda: searching(HERE, places[HERE]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Compares the processor time of two checkouts.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", default=default_engine())
    parser.add_argument("--only", choices=("indexing", "searching"))
    main(**vars(parser.parse_args()))
