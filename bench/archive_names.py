"""What does the archive call names that articles have, is it right, and how long does it take?

    python -m bench.archive_names DATA [--engine NAME] [--articles N] [--half even] [--draw 50] [--fix NAME ...]

DATA is the folder with `retrieval/news`. Its articles, and copies of them until they are N, are indexed with the names
found in them. Prints the processor time of putting them, of listing them under the names of the archive, of doing so
once more, and of an alias of each NAME that is fixed; then so many of the pairs of article and renamed name, drawn at
random with their sentences, to be judged by eye. The shares in the rules were chosen on the even half.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import TypeVar

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before anything imports NumPy

from bench.retrieval import HALVES, news
from indexer import Problem
from indexer.authority import AliasesInEffect, settle
from indexer.authority.doubts import sentence
from indexer.resolution.aliases import NO_ALIASES, Aliases, Canonical
from indexer.workers import entry_workers, make_entries
from search import Article, open_archive, write_archive
from search.engines.base import Entry
from search.store.evidence import renaming_of

SEED = 1
Result = TypeVar("Result")


def timed(what: str, do: Callable[[], Result]) -> Result:
    """What a step gives; its processor time is printed."""
    started = time.process_time()
    result = do()
    size = f", {len(result):,} articles" if isinstance(result, set) else ""
    print(f"{what:<44}{time.process_time() - started:>8.1f} s{size}", flush=True)
    return result


def entries(articles: Sequence[Article]) -> list[Entry]:
    """The articles with the names found in each alone."""
    made = list(make_entries(((article, "") for article in articles), entry_workers(1)))
    return [entry for entry in made if not isinstance(entry, Problem)]


def copies(made: Sequence[Entry], number: int) -> Iterator[Entry]:
    """So many entries: those made, and copies of them under other ids."""
    for place, entry in enumerate(islice(cycle(made), number)):
        id = f"{entry.id}-{place // len(made)}"
        yield replace(entry, id=id, stored=json.dumps(json.loads(entry.stored) | {"id": id}))


def put(directory: Path, engine: str, made: Sequence[Entry], number: int) -> None:
    """Index them as the indexer does before it asks the archive."""
    with write_archive(directory, engine) as writer:
        for entry in copies(made, number):
            writer.put_entry(entry)
            writer.checkpoint_if_due()


def settled(directory: Path, aliases: Aliases = NO_ALIASES, anew: bool = False) -> set[str]:
    """The ids of the articles that a run without documents renames, which decides names anew if it would or should."""
    with write_archive(directory) as writer:
        fixed = AliasesInEffect(writer, aliases)
        fixed.begin()
        alone = entry_workers(1)
        renamed = fixed.resolve_again(alone) | settle(writer, aliases, alone, anew=anew or fixed.differ)
        fixed.end()
        return renamed


def drawn(directory: Path, number: int) -> Iterator[str]:
    """Pairs of article and renamed name at random, with what is listed and the sentence."""
    with open_archive(directory) as archive:
        counts = Counter({renaming_of(value): count for value, count in archive.counts("renamed").items()})
        print(f"{counts.total():,} pairs of article and name are renamed, {len(counts):,} names")
        random = Random(SEED)
        for found, listed in random.sample(list(counts), number, counts=[counts[one] for one in counts]):
            article = random.choice(archive.articles_as_found(found, 50))
            shown = f"{listed.type} {listed.name}" if listed else "no name"
            yield f"{found.type} {found.name} -> {shown}\n    {article.id}: {sentence(article, found)}"


def main() -> None:
    """Index, settle, fix and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--engine", default="tantivy", choices=["tantivy", "whoosh"])
    parser.add_argument("--articles", type=int, metavar="N")
    parser.add_argument("--half", choices=HALVES, help="only every other article")
    parser.add_argument("--draw", type=int, default=0, metavar="N")
    parser.add_argument("--fix", action="append", default=[], metavar="NAME", help="a person to give an alias")
    chosen = parser.parse_args()
    articles = list(news(chosen.data))[HALVES.get(chosen.half, slice(None))]
    made = timed("finding names, analysing", lambda: entries(articles))
    number = chosen.articles or len(made)
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder)
        timed(f"putting {number:,} articles", lambda: put(directory, chosen.engine, made, number))
        timed("listing them as the archive says", lambda: settled(directory))
        timed("deciding names once more", lambda: settled(directory, anew=True))
        timed("a run that changes nothing", lambda: settled(directory))
        for text in drawn(directory, chosen.draw):
            print(text)
        for name in chosen.fix:
            aliases = Aliases({name: Canonical(f"{name} (fixed)", "person")})
            timed(f"an alias of {name}", partial(settled, directory, aliases))


if __name__ == "__main__":
    main()
