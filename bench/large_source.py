"""What does a large source cost? Processor seconds and memory of indexing one file of many records, or many files.

    python -m bench.large_source [--records 100000 --records 1000000] [--files 200000] [--engine NAME] [--jobs N]

Sources are made of short texts with a vocabulary that does not grow: reading is in question. Each is indexed twice
without names, by a process of its own. Memory is what no file stands behind: at the first article, when a tenth, a half
and all are read, and the most.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from indexer.pipeline import Job, index

_STATUS = Path("/proc/self/status")
_SYLLABLES = ("ber", "ga", "hau", "kir", "lin", "mo", "na", "rei", "sto", "tal", "wal", "zei")
_FOLDERS = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, action="append", help="records of one file; 100,000 and a million")
    parser.add_argument("--files", type=int, action="append", help="files of one record each; 200,000")
    parser.add_argument("--engine", help="the default one, if none is named")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--measured", nargs=3, metavar=("SOURCE", "INDEX", "NUMBER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measured:
        source, directory, number = options.measured
        job = Job((source,), Path(directory), options.engine, options.jobs, entities=False)
        print(json.dumps(measured(job, int(number))))
        return
    chosen = bool(options.records or options.files)
    for number in options.records or ([] if chosen else [100_000, 1_000_000]):
        _compare(f"{number:,} records", number, options, one_file=True)
    for number in options.files or ([] if chosen else [200_000]):
        _compare(f"{number:,} files", number, options, one_file=False)


def _compare(title: str, number: int, options: argparse.Namespace, one_file: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = make_file(Path(folder), number) if one_file else make_files(Path(folder), number)
        command = [sys.executable, "-m", "bench.large_source", "--jobs", str(options.jobs)]
        command += ["--engine", options.engine] if options.engine else []
        for run in ("first", "again"):
            measured_by = ["--measured", str(source), f"{folder}/index", str(number)]
            done = subprocess.run([*command, *measured_by], stdout=subprocess.PIPE, check=True, text=True)
            print(f"{title}, {run}: {_told(json.loads(done.stdout))}", flush=True)


def _told(found: dict[str, float]) -> str:
    memory = ", ".join(f"{found[place]:.0f}" for place in ("begun", "tenth", "half", "all", "most"))
    return (
        f"{found['articles']:,.0f} articles, {found['writing']:.0f} s writing and {found['others']:.0f} s in others; "
        f"MB: {memory}; the largest of the others {found['largest']:.0f}"
    )


def make_file(folder: Path, number: int) -> Path:
    """One file with so many records, each of a text that is its own."""
    path = folder / "records.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps({'title': title, 'body': body})}\n" for title, body in _texts(number))
    return path


def make_files(folder: Path, number: int) -> Path:
    """A folder of folders with so many text files in all."""
    root = folder / "files"
    for place in range(_FOLDERS):
        (root / str(place)).mkdir(parents=True)
    for place, (title, body) in enumerate(_texts(number)):
        (root / str(place % _FOLDERS) / f"{place}.txt").write_text(f"{title}\n\n{body}\n", encoding="utf-8")
    return root


def _texts(number: int) -> Iterator[tuple[str, str]]:
    chosen = random.Random(number)
    words = ["".join(chosen.choices(_SYLLABLES, k=3)).capitalize() for _ in range(3000)]
    for _ in range(number):
        yield " ".join(chosen.choices(words, k=2)), f"{' '.join(chosen.choices(words, k=9))}."


def measured(job: Job, number: int) -> dict[str, float]:
    """Processor seconds and megabytes of one run in this process and in those that it began."""
    at: dict[int, float] = {}

    def note(_bytes: int, _total: int, articles: int, _all: bool) -> None:
        if articles % (number // 100 or 1) == 0:
            at[articles * 100 // number] = anonymous()

    report = index(job, progress=note)
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "articles": report.articles,
        "writing": own.ru_utime + own.ru_stime,
        "others": others.ru_utime + others.ru_stime,
        "largest": others.ru_maxrss / 1024,
        "begun": at[min(at)],
        "tenth": at.get(10, 0),
        "half": at.get(50, 0),
        "all": at.get(100, 0),
        "most": max(*at.values(), anonymous()),
    }


def anonymous() -> float:
    """The megabytes of this process that no file stands behind."""
    lines = (line.split() for line in _STATUS.read_text(encoding="utf-8").splitlines())
    return next(int(line[1]) for line in lines if line[0] == "RssAnon:") / 1024


if __name__ == "__main__":
    main()
