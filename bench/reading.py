"""What does it cost to read documents, the first time and again? Processor seconds of the writing and other processes.

    python -m bench.reading FOLDER [--jobs 1 --jobs 2]

FOLDER is indexed twice with each number of processes, without names, by a process of its own each time.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from indexer.pipeline import Job, index


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, action="append", help="processes; 1 and 2 by default")
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)  # in the process that is measured
    options = parser.parse_args()
    if options.index:
        print(json.dumps(measured(options.folder, options.index, options.jobs[0])))
        return
    for jobs in options.jobs or (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            for run in ("first", "again"):
                command = [sys.executable, "-m", "bench.reading", str(options.folder), "--jobs", str(jobs)]
                done = subprocess.run([*command, "--index", folder], capture_output=True, check=True, text=True)
                told = json.loads(done.stdout)
                seconds = f"{told['writing']:.2f} s writing, {told['others']:.2f} s in other processes"
                number = f"{told['documents']:,} documents, {told['articles']:,} articles"
                print(f"--jobs {jobs}, {run}: {seconds}; {number}")


def measured(folder: Path, directory: Path, jobs: int) -> dict[str, float]:
    """The processor seconds of one run in this process and in those that it began, from their start."""
    report = index(Job((str(folder),), directory, jobs=jobs, entities=False))
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "writing": own.ru_utime + own.ru_stime,
        "others": others.ru_utime + others.ru_stime,
        "documents": report.documents,
        "articles": report.articles,
    }


if __name__ == "__main__":
    main()
