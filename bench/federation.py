"""How near is the ranking of several archives to that of one with all of their articles?

    python -m bench.federation DATA [--split random --split source --split kind] [--articles N] [--questions N]

DATA is the folder with `news` and `retrieval`. The articles of a year are parted at random and by newspaper, those of
`headlines` by kind: Wikinews, which has all right answers, and an encyclopaedia and a daily, four times as many. Of
each set some questions are drawn, the articles that they ask for, and others, up to N. Prints how long building took,
the MRR@10 of the questions, the share of the ten first hits of the one archive that are among those of the several, and
how often the first is the same: asked as one, and merged by the scores that each archive gives by itself.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from heapq import nlargest
from pathlib import Path
from random import Random
from typing import Any

from bench.retrieval import _rows, articles
from indexer import Problem
from indexer.workers import entry_workers, make_entries
from search import Archive, Article, Request, open_archive, write_archive
from search.federation.ids import joined
from search.quality import Question, read_questions

SIZE = 10
ENGINE = "tantivy"
NEWSPAPER = "sueddeutsche.de"
Ranking = list[str]


def year(data: Path) -> list[tuple[Article, Any]]:
    """The articles of a year without titles, which are the questions, and where each was published."""
    rows = _rows(data / "retrieval/news/corpus.jsonl.gz")
    return [(Article(id=row["id"], body=row["body"]), row["source"]) for row in rows]


def parts(data: Path, split: str) -> tuple[str, dict[str, list[Article]]]:
    """The set of questions for a split, and the articles of each archive."""
    if split == "kind":
        return "headlines", _parted((one, one.id.startswith("wn-")) for one in articles(data, "headlines"))
    if split == "source":
        return "news", _parted((one, source == NEWSPAPER) for one, source in year(data))
    random = Random(1)
    return "news", _parted((one, random.random() < 0.5) for one, _ in year(data))


def _parted(placed: Iterable[tuple[Article, bool]]) -> dict[str, list[Article]]:
    found: dict[str, list[Article]] = {"first": [], "second": []}
    for article, is_first in placed:
        found["first" if is_first else "second"].append(article)
    return found


def drawn(
    archives: dict[str, list[Article]], questions: Sequence[Question], most_articles: int, most_questions: int
) -> tuple[dict[str, list[Article]], list[Question]]:
    """So many of the questions, and of the articles at least those that they ask for; the same each time."""
    random = Random(2)
    asked = random.sample(questions, min(most_questions, len(questions)))
    wanted = {id for question in asked for id in question.relevant}
    others = [one.id for several in archives.values() for one in several if one.id not in wanted]
    kept = wanted.union(random.sample(others, max(0, min(most_articles - len(wanted), len(others)))))
    return {name: [one for one in several if one.id in kept] for name, several in archives.items()}, asked


def build(folder: Path, archives: dict[str, list[Article]]) -> None:
    """An index of each archive, and one of all, named `whole`. Raises RuntimeError if an article cannot be analysed."""
    with write_archive(folder / "whole", engine=ENGINE) as whole:
        for name, several in archives.items():
            with write_archive(folder / name, engine=ENGINE) as part:
                for entry in make_entries(((one, one.fingerprint()) for one in several), entry_workers(1), None):
                    if isinstance(entry, Problem):
                        raise RuntimeError(str(entry))
                    part.put_entry(entry)
                    # Analysed once: of the whole only the ids are asked, not what is stored.
                    whole.put_entry(replace(entry, id=joined(name, entry.id)))


def main() -> None:
    """Build and measure each split."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--split", action="append", choices=["random", "source", "kind"])
    parser.add_argument("--articles", type=int, default=3000, help="at most so many of each split (default: 3000)")
    parser.add_argument("--questions", type=int, default=300, help="at most so many of each split (default: 300)")
    chosen = parser.parse_args()
    if chosen.questions < 1:
        parser.error("--questions must be at least 1, as nothing is measured without any")
    print(f"{'':<28}{'MRR@10':>10}{'of ten':>10}{'first':>10}{'CPU ms':>10}", flush=True)
    for split in chosen.split or ["random", "source", "kind"]:
        name, archives = parts(chosen.data, split)
        questions = read_questions(chosen.data / f"retrieval/{name}/queries.jsonl")
        archives, questions = drawn(archives, questions, chosen.articles, chosen.questions)
        with tempfile.TemporaryDirectory() as folder:
            _measure(Path(folder), split, archives, questions)


def _measure(folder: Path, split: str, archives: dict[str, list[Article]], questions: Sequence[Question]) -> None:
    started = time.monotonic()
    build(folder, archives)
    sizes = " and ".join(f"{len(several):,}" for several in archives.values())
    print(f"{split}: {sizes} articles, built in {time.monotonic() - started:.0f} s", flush=True)
    addresses = {name: folder / name for name in archives}
    with open_archive(folder / "whole") as one, open_archive(*addresses.values()) as together:
        apart = {name: open_archive(address) for name, address in addresses.items()}
        right = _report(f"{split}, one archive", questions, None, lambda text: _ranking(one, text))
        _report(f"{split}, as one", questions, right, lambda text: _ranking(together, text))
        _report(f"{split}, by own scores", questions, right, lambda text: _by_own_scores(apart, text))
        for archive in apart.values():
            archive.close()


def _ranking(archive: Archive, text: str) -> Ranking:
    return list(archive.ranking(Request(text, size=SIZE)))


def _by_own_scores(apart: dict[str, Archive], text: str) -> Ranking:
    pages = {name: archive.search(Request(text, size=SIZE), {}, marked=False) for name, archive in apart.items()}
    hits = [(hit.score, joined(name, hit.id)) for name, page in pages.items() for hit in page.hits]
    return [id for _, id in nlargest(SIZE, hits)]


def _report(
    label: str, questions: Sequence[Question], right: list[Ranking] | None, rank: Callable[[str], Ranking]
) -> list[Ranking]:
    """Print the measures of a way to rank; its rankings."""
    started = time.process_time()
    found = [rank(question.text) for question in questions]
    each = (time.process_time() - started) / len(questions) * 1000
    ranks = [
        next((place for place, id in enumerate(ids, 1) if id.partition("/")[2] in question.relevant), 0)
        for question, ids in zip(questions, found, strict=True)
    ]
    mrr = sum(1 / rank for rank in ranks if rank) / len(ranks)
    compared = [pair for pair in zip(right or found, found, strict=True) if pair[0]]
    shared = sum(len({*one} & {*other}) / len(one) for one, other in compared) / len(compared)
    first = sum(one[:1] == other[:1] for one, other in compared) / len(compared)
    print(f"{label:<28}{mrr:>10.4f}{shared:>10.4f}{first:>10.4f}{each:>10.1f}", flush=True)
    return found


if __name__ == "__main__":
    main()
