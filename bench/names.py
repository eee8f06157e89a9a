"""Are the names of news right? 100 articles and the facets of 80 queries, measured with judgements kept as data.

    python -m bench.names DATA [INDEX] [--unjudged] [--wrong]

DATA is the folder with `retrieval`, INDEX an index of its `news`. The articles are drawn by a seed that never changes.
`judged_names.toml` has the verdicts: which names an article has, each with its type, and which values of facets are a
name of that type. Prints how many of the names found are right and how many of those known to be right are found; with
--unjudged what has no verdict yet, with the words around it, with --wrong what is wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from indexer.entities import annotate_all
from search import Archive, Article, Request, open_archive
from search.article import ENTITY_TYPES

ARTICLES = 100
SEED = 19
VALUES = 4  # of each facet, those that a reader sees first
AROUND = 35  # characters of text printed to each side of a name without a verdict
HEAD = "| | found | right | wrong | no verdict | right of those judged | found of those known |\n|---|" + "---:|" * 6


@dataclass
class Tally:
    """The names found, by verdict, each as the place it was found in and the name."""

    right: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    unjudged: list[tuple[str, str]] = field(default_factory=list)
    known: int = 0  # right names of articles, found or not

    def add(self, place: str, names: Iterable[str], verdicts: Mapping[str, Sequence[str]]) -> None:
        """Counts the names found in a place."""
        known, false = verdicts.get("right", ()), verdicts.get("wrong", ())
        for name in names:
            found = self.right if name in known else self.wrong if name in false else self.unjudged
            found.append((place, name))

    def row(self, title: str) -> str:
        """A row of the table."""
        right, wrong, unjudged = len(self.right), len(self.wrong), len(self.unjudged)
        cells = (
            right + wrong + unjudged,
            right,
            wrong,
            unjudged,
            _share(right, right + wrong),
            _share(right, self.known),
        )
        return f"| {title} | " + " | ".join(map(str, cells)) + " |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def drawn(data: Path) -> list[Article]:
    """The articles, with the names found in them; the same ones each time."""
    with gzip.open(data / "retrieval/news/corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = Random(SEED).sample(list(lines), ARTICLES)
    articles = (json.loads(row) for row in rows)
    return annotate_all([Article(id=row["id"], title=row["title"], body=row["body"]) for row in articles])


def names_of_articles(articles: Sequence[Article], judged: Mapping[str, Any]) -> dict[str, Tally]:
    """The names of articles by type."""
    tallies = {type: Tally() for type in ENTITY_TYPES}
    for article in articles:
        for type, tally in tallies.items():
            verdicts = judged.get(article.id, {}).get(type, {})
            tally.add(article.id, article.entities.of(type), verdicts)
            tally.known += len(verdicts.get("right", ()))
    return tallies


def names_of_facets(archive: Archive, queries: Sequence[str], judged: Mapping[str, Any]) -> dict[str, Tally]:
    """The first values of the facets of each query by type."""
    tallies = {type: Tally() for type in ENTITY_TYPES}
    for query in queries:
        facets = archive.search(Request(text=query, size=1)).facets
        for type, tally in tallies.items():
            tally.add(query, [each.value for each in facets.get(type, ())[:VALUES]], judged.get(type, {}))
    return tallies


def around(articles: Sequence[Article], id: str, type: str, name: str) -> str:
    """The words around the first mention of a name, on one line."""
    article = next(each for each in articles if each.id == id)
    for mention in article.mentions:
        if (mention.type, mention.name) == (type, name):
            text = article.title if mention.field == "title" else article.body
            before, behind = text[max(0, mention.start - AROUND) : mention.start], text[mention.end :][:AROUND]
            return " ".join(f"{before}[{text[mention.start : mention.end]}]{behind}".split())
    return ""


def report(title: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    """The rows of a table, one for each type, and one for all."""
    yield HEAD
    whole = Tally()
    for type, tally in tallies.items():
        yield tally.row(f"{title}, {type}")
        for kind in ("right", "wrong", "unjudged"):
            getattr(whole, kind).extend(getattr(tally, kind))
        whole.known += tally.known
    yield whole.row(f"{title}, all")


def main(data: Path, index: Path | None, unjudged: bool, wrong: bool) -> None:
    judged = tomllib.loads(Path(__file__).with_name("judged_names.toml").read_text(encoding="utf-8"))
    articles = drawn(data)
    measured = {"articles": names_of_articles(articles, judged["articles"])}
    if index:
        with open_archive(index) as archive:
            measured["facets"] = names_of_facets(archive, judged["queries"], judged["values"])
    for title, tallies in measured.items():
        print("\n".join(report(title, tallies)), end="\n\n")
    for title, tallies in measured.items():
        for type, tally in tallies.items():
            shown = [*(tally.wrong if wrong else ()), *(tally.unjudged if unjudged else ())]
            for place, name in dict.fromkeys(shown):
                context = around(articles, place, type, name) if title == "articles" else ""
                print(f"{title}\t{type}\t{place}\t{name}\t{context}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measures the names found in news with kept judgements.")
    parser.add_argument("data", type=Path)
    parser.add_argument("index", type=Path, nargs="?")
    parser.add_argument("--unjudged", action="store_true", help="print names that have no verdict yet")
    parser.add_argument("--wrong", action="store_true", help="print names that are wrong")
    main(**vars(parser.parse_args()))
