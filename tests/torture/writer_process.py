"""A process to be killed that writes as a library: commits block after block and says so.

Arguments: directory, engine, mode, seed. `blocks` writes each block in a `with` block of its own,
`checkpoints` all in one, `rebuild` builds a new generation of each, `merge` merges as after a long run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from search import ArchiveWriter, write_archive
from search.engines.tantivy import merging
from tests.torture.articles import VERSIONS, State, article

MODES = ("blocks", "checkpoints", "rebuild", "merge")
LARGEST_BLOCK = 8
NUMBERS = 40  # different articles, so that many are replaced and deleted
MOST_BLOCKS = 500  # after which a process ends by itself

Block = dict[int, int | None]  # number of an article -> its new version, None to delete it


def blocks(seed: int) -> Iterator[Block]:
    """The changes of each block."""
    chance = Random(seed)
    for _ in range(MOST_BLOCKS):
        numbers = chance.sample(range(NUMBERS), chance.randint(1, LARGEST_BLOCK))
        yield {number: chance.choice((*range(len(VERSIONS)), 0, None)) for number in numbers}


def states(mode: str, seed: int) -> Iterator[State]:
    """What an index holds before the first block and after each."""
    state: State = {}
    yield state
    for block in blocks(seed):
        kept = {} if mode == "rebuild" else {number: state[number] for number in state if number not in block}
        state = kept | {number: version for number, version in block.items() if version is not None}
        yield state


def write(writer: ArchiveWriter, block: Block) -> None:
    """Make the changes of a block."""
    for number, version in block.items():
        if version is None:
            writer.delete(article(number, 0).id)
        else:
            writer.put(article(number, version))


def write_from(directory: Path, engine: str, mode: str, seed: int, first: int, number: int) -> Iterator[int]:
    """Write so many blocks from the first one on; yields after each commit."""
    rest = islice(enumerate(blocks(seed)), first, first + number)
    if mode == "checkpoints":
        with write_archive(directory, engine) as writer:
            for place, block in rest:
                write(writer, block)
                writer.checkpoint()
                yield place
        return
    for place, block in rest:
        with write_archive(directory, engine, rebuild=mode == "rebuild") as writer:
            write(writer, block)
        yield place


def main(directory: str, engine: str, mode: str, seed: str) -> None:
    if mode == "merge":
        merging.LONG_RUN = LARGEST_BLOCK
    for place in write_from(Path(directory), engine, mode, int(seed), 0, MOST_BLOCKS):
        print(place, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
