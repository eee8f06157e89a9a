"""Copies an archive and is killed in the middle: FROM TO ARTICLES, after how many articles; commits come often."""

import os
import signal
import sys

from search.store import writing
from search.store.copying import copy_archive


def main(source: str, target: str, articles: str) -> None:
    def die(done: int, _all: int) -> None:
        if done == int(articles):
            os.kill(os.getpid(), signal.SIGKILL)

    writing.CHECKPOINT_ARTICLES = 10
    copy_archive(source, target, progress=die)


if __name__ == "__main__":
    main(*sys.argv[1:])
