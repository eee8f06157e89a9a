"""Do two engines answer alike? The same articles, fifty queries of all kinds, one table.

    python -m bench.agreement DIRECTORY DIRECTORY

Each DIRECTORY is an index of the same documents. Printed are, for each query, the number of
articles of either and how far the first ten agree; then the queries where they differ at all.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from search import Archive, Hit, Request, open_archive

QUERIES = (
    # one word, inflected words, names
    "Polizei", "Wahlen", "Häuser", "Kohl", "Köln", "Ukraine", "Merkel", "Temperaturen", "Fußball", "Straße",
    # several words
    "Regierung Berlin", "Kim Putin", "Wahl Bundestag Ergebnis", "Klima Konferenz", "Unfall Autobahn Verletzte",
    "Wer gewann die Fußball-Weltmeisterschaft?", "Universität Heidelberg Forschung", "der die das",
    # phrases, exact and in any form
    '"Vereinte Nationen"', '"Der Spiegel"', '"Europäische Union"', '"große Koalition"~', '"deutscher Bundestag"~',
    '"strategischer Partner"', '"in der Nacht"',
    # proximity
    '"Polizei Demonstranten"~5', '"Merkel Steinmeier"~10', '"Temperatur Grad"~3', '"Bürgermeister Stadt Berlin"~8',
    # boolean
    "Polizei ODER Feuerwehr", "Wahl -Bundestag", "(Hund ODER Katze) Tier", "NICHT Politik titel:Wahl",
    "Bayern UND München",
    # fields
    "titel:Wahl", "text:Kanzlerin", "person:Merkel", "ort:Frankreich", "quelle:Wikinews Bahn", "ressort:Sport Tor",
    # prefix, wildcard, fuzzy, exact spelling
    "Ukrain*", "*programm", "M?ller", "Selenskij~", "Bundeskanzlr~", "=Kohl", "Bundes* Kanzler*",
    # dates and hyphens
    "datum:2008 Polizei", "datum:2005-03..2005-06", "US-Präsident",
)  # fmt: skip
TOP = 10


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two engines answered one query; `overlap` is the share of the first ten that both have."""

    query: str
    same_articles: bool
    totals: tuple[int, int]
    overlap: float
    same_first: bool
    note: str


def compare(query: str, one: Archive, other: Archive) -> Comparison:
    """Ask both for everything and compare."""
    left, right = all_hits(one, query), all_hits(other, query)
    first, second = ids(left[:TOP]), ids(right[:TOP])
    longest = max(len(first), len(second)) or 1
    overlap = len(set(first) & set(second)) / longest if left or right else 1.0
    return Comparison(
        query=query,
        same_articles=set(ids(left)) == set(ids(right)),
        totals=(len(left), len(right)),
        overlap=overlap,
        same_first=first[:1] == second[:1],
        note="" if first == second else difference(left, right),
    )


def all_hits(archive: Archive, query: str) -> list[Hit]:
    """All hits of a query, page by page."""
    hits: list[Hit] = []
    page = archive.search(Request(text=query, size=1000))
    hits.extend(page.hits)
    while page.next:
        page = archive.search(Request(text=query, size=1000, cursor=page.next))
        hits.extend(page.hits)
    return hits


def ids(hits: list[Hit]) -> list[str]:
    return [hit.id for hit in hits]


def difference(left: list[Hit], right: list[Hit]) -> str:
    """Where the order first differs, and by how much the scores of the two hits there do."""
    scores = {hit.id: hit.score for hit in right}
    for place, (mine, other) in enumerate(zip(left, right, strict=False), start=1):
        if mine.id != other.id:
            gap = abs(scores.get(mine.id, 0.0) - other.score) / (other.score or 1.0)
            return f"place {place}: scores {gap:.1%} apart"
    return "one list is longer"


def main(one: str, other: str) -> None:
    with open_archive(one) as left, open_archive(other) as right:
        print(f"{left.status().engine} and {right.status().engine}, {left.status().articles:,} articles each\n")
        rows = [compare(query, left, right) for query in QUERIES]
    print(f"{'query':<44}{'articles':>16}{'first ten':>11}{'first':>8}  first difference in the order")
    for row in rows:
        totals = f"{row.totals[0]:,} {'=' if row.same_articles else '!='} {row.totals[1]:,}"
        print(f"{row.query:<44}{totals:>16}{row.overlap:>11.0%}{'same' if row.same_first else 'other':>8}  {row.note}")
    print(f"\nSame articles: {sum(row.same_articles for row in rows)} of {len(rows)} queries")
    print(f"First ten in common: {sum(row.overlap for row in rows) / len(rows):.1%} on average")
    print(f"Same first hit: {sum(row.same_first for row in rows)} of {len(rows)} queries")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("one", "other"):
        parser.add_argument(name, metavar="DIRECTORY")
    main(**vars(parser.parse_args()))
