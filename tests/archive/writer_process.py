"""A process to be killed: commits block after block and says so. Arguments: directory, engine, rebuild or not."""

import sys
from itertools import count

from search import Article, write_archive

BLOCK = 20


def main(directory: str, engine: str, rebuild: str) -> None:
    for number in count():
        with write_archive(directory, engine, rebuild == "rebuild") as writer:
            for place in range(BLOCK):
                writer.put(Article(f"{number}-{place}", f"Absatz {number} " + "mit vielen Wörtern im Block " * 20))
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
