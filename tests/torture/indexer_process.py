"""The real command, to be killed: says when it begins, commits after few articles and says so each time.

Arguments: the number of articles between two commits, then those of `nachlese`.
"""

import sys

import nachlese
from search.store import writing
from search.store.writing import ArchiveWriter

BEGUN, COMMITTED = "begun", "committed"


def main(size: str, *arguments: str) -> None:
    writing.CHECKPOINT_ARTICLES = int(size)
    commit = ArchiveWriter.checkpoint

    def checkpoint(writer: ArchiveWriter) -> None:
        commit(writer)
        print(COMMITTED, flush=True)

    ArchiveWriter.checkpoint = checkpoint  # type: ignore[method-assign, assignment]
    print(BEGUN, flush=True)
    nachlese.main(arguments, prog_name=nachlese.PROGRAM)


if __name__ == "__main__":
    main(*sys.argv[1:])
