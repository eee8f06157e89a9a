"""A process to be killed: commits block after block and says so.

Arguments: directory, engine, and what it does: `add`, `rebuild`, or `merge`, as after a long run.
"""

import sys
from itertools import count

from search import Article, write_archive
from search.engines.tantivy import merging

BLOCK = 20


def main(directory: str, engine: str, mode: str) -> None:
    if mode == "merge":
        merging.LONG_RUN = BLOCK
    for number in count():
        with write_archive(directory, engine, mode == "rebuild") as writer:
            for place in range(BLOCK):
                writer.put(Article(f"{number}-{place}", f"Absatz {number} " + "mit vielen Wörtern im Block " * 20))
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
