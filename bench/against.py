"""Did it become slower? Processor time of this checkout beside another one's, for indexing and for searching.

    python -m bench.against CHECKOUT FILE [--rounds N] [--engine NAME] [--only indexing|searching] [--names]

FILE is anything that `nachlese index` reads, or an index, which is only searched; CHECKOUT has an environment of its
own, made by `make .venv/developer`. Indexing is run in turns, as the speed of a machine changes; each run is a process
of its own, with one process for indexing and, unless --names are wanted, without looking for names. Printed are the
medians in seconds of processor time, that of the system with it, and the median of the ratios of each round.

Queries are asked of the index that each checkout built, or of the one that is given, in turns, one by one: the first
time uncounted, then the least counts, as what others do on the machine only adds to it. Printed are the means in
seconds, and the median of the ratios of all times.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from statistics import mean, median, quantiles

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
    "function words": ["der", "und die", "das ist", "nicht von", "auf dem"],
    "compound": ["Bundestagswahl", "Impfpflicht", "Krankenhaus", "Klimaschutzgesetz", "Wirtschaftsminister"],
    "wildcard": ["Impf*", "*minister", "Corona*", "Merk?l", "Wahl*ergebnis"],
    "misspelt": ["Bundeskanzlerrin", "Merkle", "Impfstof", "Demonstrazion", "Selenskij~"],
    "field": ["titel:Corona", "person:Merkel", "text:Wirtschaft", "titel:Polizei Berlin", "quelle:zeit"],
}
# Asked in a process of the checkout, whose `search` it imports.
_ASK = """
import json, sys, time
from search import Request, open_archive
with open_archive(sys.argv[1]) as archive:
    archive.prepare()
    for line in sys.stdin:
        request = Request(text=json.loads(line))
        started = time.process_time()
        archive.search(request)
        print(time.process_time() - started, flush=True)
"""
TURNS = 12

Times = dict[str, float]
Ask = Callable[[str], float]  # a query -> the seconds of processor time that its answer takes


def python_of(checkout: Path) -> str:
    """The Python of a checkout."""
    return str((checkout / ".venv/bin/python").absolute())


def run(checkout: Path, *command: str) -> tuple[str, float]:
    """What a Python of a checkout prints, and the seconds of processor time that it takes."""
    before = _spent()
    done = subprocess.run([python_of(checkout), *command], cwd=checkout, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout, _spent() - before


def _spent() -> float:
    """What the processes that have ended took."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def indexing(checkout: Path, file: Path, index: Path, engine: str, names: bool) -> Times:
    """The time to build an index of a file."""
    options = ("--rebuild", "--jobs", "1", "--engine", engine, "--index", str(index))
    options += () if names else ("--no-entities",)
    return {"indexing": run(checkout, "-m", "nachlese", "index", str(file.absolute()), *options)[1]}


@contextmanager
def asking(checkout: Path, index: Path) -> Iterator[Ask]:
    """What asks an index by the code of a checkout, in a process of its own."""
    command = [python_of(checkout), "-c", _ASK, str(index)]
    with subprocess.Popen(command, cwd=checkout, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        questions, answers = process.stdin, process.stdout
        assert questions
        assert answers

        def ask(text: str) -> float:
            questions.write(json.dumps(text) + "\n")
            questions.flush()
            return float(answers.readline())

        yield ask
        questions.close()


def searching(one: Ask, other: Ask) -> None:
    """Print what the queries of each kind take by one and by another, asked in turns."""
    kinds = {kind: [in_turn(text, one, other) for text in texts] for kind, texts in QUERIES.items()}
    for kind, queries in (kinds | {"all queries": list(chain.from_iterable(kinds.values()))}).items():
        first, second = (mean(min(turn[number] for turn in turns) for turns in queries) for number in (0, 1))
        print_row(kind, first, second, [turn[1] / turn[0] for turn in chain.from_iterable(queries)])


def in_turn(text: str, one: Ask, other: Ask) -> list[tuple[float, float]]:
    """What a query takes by one and by another, several times; the first time does not count."""
    return [(one(text), other(text)) for _ in range(1 + TURNS)][1:]


def in_turns(rounds: int, one: Callable[[], Times], other: Callable[[], Times]) -> None:
    """Print what each of two takes, round by round in turns, beside the other."""
    pairs = [(one(), other()) for _ in range(rounds)]
    for name in pairs[0][0]:
        first, second = (median(pair[number][name] for pair in pairs) for number in (0, 1))
        print_row(name, first, second, [pair[1][name] / pair[0][name] for pair in pairs])


def print_row(name: str, first: float, second: float, ratios: list[float]) -> None:
    """Print what two take, and the median of their ratios with the quarters around it."""
    low, middle, high = quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    print(f"{name:<14} {first:>9.4f} {second:>9.4f} {middle:>7.2f}   {low:.2f} to {high:.2f}", flush=True)


def main(checkout: Path, file: Path, rounds: int, engine: str, only: str | None, names: bool) -> None:
    """Print a line for each measure: the other checkout, this one, the ratio and its range."""
    print(f"{'':<14} {'other':>9} {'this':>9} {'ratio':>7}   quarters")
    with tempfile.TemporaryDirectory() as directory:
        places = {place: Path(directory) / name for place, name in ((checkout, "other"), (HERE, "this"))}
        build = [lambda place=place: indexing(place, file, places[place], engine, names) for place in places]
        if (file / "archive.json").exists():
            only, places = "searching", dict.fromkeys(places, file.absolute())
        elif only == "searching":
            [build_one() for build_one in build]
        else:
            in_turns(rounds, build[0], build[1])
        if only != "indexing":
            with asking(checkout, places[checkout]) as one, asking(HERE, places[HERE]) as other:
                searching(one, other)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Compares the processor time of two checkouts.")
    parser.add_argument("checkout", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--engine", default=default_engine())
    parser.add_argument("--only", choices=("indexing", "searching"))
    parser.add_argument("--names", action="store_true", help="look for names in what is indexed")
    main(**vars(parser.parse_args()))
