"""Articles of which each says its number and version in words that can be searched, and what an index holds of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from search import Article, Entities, NewsDate, Request, open_archive
from search.errors import IndexMissing

State = dict[int, int]  # number of an article -> its version
VERSIONS = ("Urfassung", "Zweitfassung", "Drittfassung")
WORDS = (
    "Bundestag Regierung Haushalt Sturmflut Eisenbahn Kanzlerin Wahlkampf Museum Orchester Universität Hafen Deich "
    "Gesetz Urteil Gericht Brücke Tunnel Rakete Messe Streik Gewerkschaft gestern heute beschloss eröffnete sagte "
    "der die das ein eine und oder nicht in auf mit nach über unter Hamburg Köln Dresden München Zürich Wien"
).split()
QUERIES = ("Bundestag", "Haus", "Regierung Streik", '"der die"', "Sturm*", "Brücke ODER Tunnel", "-Museum",
           "titel:Hafen", "ort:Köln", "datum:2003", "Eisenbahnen~", "", *VERSIONS)  # fmt: skip
LARGEST = 1_000  # articles of an index


@lru_cache(10_000)
def article(number: int, version: int) -> Article:
    """The article of this number in this version."""
    row = record(number, version)
    named = Entities(place=tuple(row["entities"]["place"]))
    return Article(row["id"], row["body"], row["title"], NewsDate(row["date"]), row["source"], entities=named)


def record(number: int, version: int) -> dict[str, Any]:
    """The same as a record of JSON lines."""
    chance = Random(number * len(VERSIONS) + version)
    words = chance.choices(WORDS, k=chance.randint(40, 160))
    return {
        "id": f"artikel-{number:04}",
        "title": f"{' '.join(chance.choices(WORDS, k=4))} {number}",
        "body": f"{VERSIONS[version]} kennung{number}. {' '.join(words)}",
        "date": f"{1990 + number % 30}-0{number % 9 + 1}-1{number % 9}",
        "source": chance.choice(("Tagesblatt", "Abendkurier")),
        "entities": {"place": [chance.choice(("Köln", "Hamburg", "Wien"))]},
    }


def write_documents(folder: Path, state: State, size: int = 20) -> None:
    """Write the articles of a state as files of JSON lines, those of `size` numbers into each."""
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[int, list[str]] = {}
    for number, version in sorted(state.items()):
        lines.setdefault(number // size, []).append(json.dumps(record(number, version), ensure_ascii=False))
    for place, rows in lines.items():
        (folder / f"{place:04}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")


def state_of(directory: Path) -> State:
    """The versions of the articles that an index holds. Raises AssertionError if one is not whole."""
    try:
        archive = open_archive(directory)
    except IndexMissing:
        return {}
    with archive:
        ids = [hit.id for hit in archive.search(Request(size=LARGEST, sort="oldest")).hits]
        found = dict(_version(archive.article(id)) for id in ids)
        assert len(found) == len(ids) == archive.status().articles, "an article is there twice"
        for version, word in enumerate(VERSIONS):
            total = archive.search(Request(text=f"={word}", size=1)).total
            assert total == sum(each == version for each in found.values()), f"{word} finds {total} articles"
        for number in list(found)[::17]:
            assert archive.search(Request(text=f"kennung{number}")).total == 1, f"article {number} is not found"
    return found


def _version(found: Article) -> tuple[int, int]:
    """Number and version of an article of which all of the text is there."""
    number, version = int(found.id.removeprefix("artikel-")), VERSIONS.index(found.body.split()[0])
    expected = article(number, version)
    for name in ("title", "body", "date", "source"):
        assert getattr(found, name) == getattr(expected, name), f"{found.id} has another {name}"
    return number, version


def answers(directory: Path, queries: Iterable[str] = QUERIES) -> dict[str, Any]:
    """What an index answers to some queries: all ids by date, and the facets."""
    with open_archive(directory) as archive:
        pages = {text: archive.search(Request(text=text, sort="newest", size=LARGEST)) for text in queries}
        return {text: (page.total, [hit.id for hit in page.hits], dict(page.facets)) for text, page in pages.items()}


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[str]:
    """The queries that are answered differently."""
    return (text for text in expected if found.get(text) != expected[text])
