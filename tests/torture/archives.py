"""The archives that are asked: the same generated news articles in an index of each engine, and their words."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

from bench.peers.articles import Generator
from bench.peers.material import material
from search import Archive, Article, Entities, NewsDate, open_archive, write_archive
from tests.torture.plan import ENGINES

MOST_WORDS = 5_000
NAMES = "names.json"


def build(folder: Path, articles: int) -> None:
    """Write an index for each engine below a folder, and the words and names of the articles beside them."""
    rows = [to_article(row) for row in Generator(material(None)).articles(articles)]
    for engine in ENGINES:
        with write_archive(folder / engine, engine) as writer:
            for row in rows:
                writer.put(row)
    counted = Counter(word.strip(".,:;!?„“»«()") for row in rows for word in row.body.split())
    words = [word for word, _ in counted.most_common(MOST_WORDS) if word]
    names = sorted({name for row in rows[:500] for name in (*row.entities.person, *row.entities.place)})
    (folder / NAMES).write_text(json.dumps({"words": words, "names": names, "ids": [row.id for row in rows[:500]]}))


def to_article(row: dict[str, object]) -> Article:
    """A generated row as an article."""
    names = {type: tuple(found) for type, found in row["entities"].items()}  # type: ignore[attr-defined]
    return Article(
        str(row["id"]), str(row["body"]), str(row["title"]), NewsDate(str(row["date"])), source=str(row["source"]),
        section=str(row["section"]), entities=Entities(**names),
    )  # fmt: skip


@cache
def known(folder: Path) -> dict[str, list[str]]:
    """Words, names and ids of the articles, the most frequent words first."""
    found: dict[str, list[str]] = json.loads((folder / NAMES).read_text())
    return found


@cache
def opened(folder: Path) -> tuple[Archive, ...]:
    """The archive of each of ENGINES, open and ready as long as the process lives."""
    found = tuple(open_archive(folder / engine) for engine in ENGINES)
    for archive in found:
        archive.prepare()  # as the server does: what is learned once is no cost of the query that came first
    return found
