"""Which of the small cases are right? Searches with their right answers, kind by kind.

    python -m bench.cases CASES [--engine tantivy] [--kind KIND] [--half HALF] [--wrong]

CASES has a line of JSON for each case: `id`, `kind`, `docs` (records as the indexer reads them, or pages as
`html`), `query` (a query, or an address of the site where it begins with a slash) and `expect`, which has some of
`finds` and `misses` (ids), `first`, `total`, `marks` (the marked words of an article), `date`, `entities_not` (a name
by type), `offers` (corrections), `AU` (authors of a citation), `suggestion` and `no_crash`. Prints a table of kinds,
with --wrong every case that is wrong and what was answered. `--half` judges every other case, so that rules can be
chosen on one half and reported on the other; tests/quality/german.jsonl has cases that were written before the rules.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench.retrieval import HALVES, build
from indexer.errors import Problem
from indexer.readers import read_document
from indexer.resolution.aliases import NO_ALIASES
from indexer.sources import find_documents
from search import Archive, Article, Page, Request, open_archive
from web import create_app

MANY = 100  # hits of a case that are looked at


@dataclass(frozen=True, slots=True)
class Case:
    """A search and what is right about its answer."""

    id: str
    kind: str
    docs: Sequence[Mapping[str, Any]]
    query: str
    expect: Mapping[str, Any]

    @property
    def alone(self) -> bool:
        """Whether it needs an archive of its own: it asks the site, for names, or what the archive offers."""
        return self.query.startswith("/") or self.misspelt or bool({"entities_not", "offers"} & self.expect.keys())

    @property
    def misspelt(self) -> bool:
        """Whether the query has typing errors: then what the first correction finds counts as found."""
        return self.kind.startswith("typos")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a case is right, and what was answered."""

    case: Case
    right: bool
    answer: str


def read_cases(path: Path) -> list[Case]:
    """The cases of a file of JSON lines."""
    rows = map(json.loads, filter(None, path.read_text(encoding="utf-8").splitlines()))
    return [Case(row["id"], row["kind"], row["docs"], row["query"], row["expect"]) for row in rows]


def judge(cases: Sequence[Case], engine: str, directory: Path) -> Iterator[Verdict]:
    """A verdict on each case. Most share an archive in `directory`, each asking only its own articles."""
    together = [case for case in cases if not case.alone]
    build(
        directory / "together",
        engine,
        [
            replace(article, id=f"{case.id}/{article.id}", source=case.id)
            for case in together
            for article in articles(case, directory)
        ],
        aliases=None,
        jobs=1,
    )
    with open_archive(directory / "together") as archive:
        for case in together:
            yield verdict(case, archive, source=(case.id,))
    for case in cases:
        if case.alone:
            index = directory / case.id
            aliases = NO_ALIASES if "entities_not" in case.expect else None
            build(index, engine, articles(case, directory), aliases, jobs=1)
            if case.query.startswith("/"):
                yield answer_of_site(case, index)
            else:
                with open_archive(index) as archive:
                    yield verdict(case, archive)


def articles(case: Case, directory: Path) -> list[Article]:
    """The articles of a case, read as the indexer reads files."""
    folder = directory / "documents" / case.id
    folder.mkdir(parents=True)
    records = [doc for doc in case.docs if "html" not in doc]
    if records:
        lines = "".join(json.dumps(doc, ensure_ascii=False) + "\n" for doc in records)
        (folder / "records.jsonl").write_text(lines, encoding="utf-8")
    for doc in case.docs:
        if "html" in doc:
            (folder / f"{doc['id']}.html").write_text(doc["html"], encoding="utf-8")
    found = [item for document in find_documents([str(folder)]) if not isinstance(document, Problem)
             for item in read_document(document)]  # fmt: skip
    kept = [item for item in found if isinstance(item, Article)]
    return [replace(article, id=article.id.rpartition("/")[2].removesuffix(".html")) for article in kept]


def verdict(case: Case, archive: Archive, source: tuple[str, ...] = ()) -> Verdict:
    """What an archive answers a case; `source` limits it to the articles of the case."""
    page = archive.search(Request(text=case.query, source=source, size=MANY))
    offers = [offer.text for offer in page.query.corrections]
    if case.misspelt and not page.hits and offers:
        page = archive.search(Request(text=offers[0], size=MANY))
    ids = [hit.id.rpartition("/")[2] for hit in page.hits]
    expect = case.expect
    right = (
        set(expect.get("finds", ())) <= set(ids)
        and not set(expect.get("misses", ())) & set(ids)
        and expect.get("first", ids[:1] and ids[0]) == (ids[:1] and ids[0])
        and expect.get("total", page.total) == page.total
        and all(words == marked(page, id) for id, words in expect.get("marks", {}).items())
        and ("date" not in expect or [hit.date for hit in page.hits] == [expect["date"]])
        and not any(name in page.hits[0].entities.of(type) for type, name in expect.get("entities_not", {}).items())
        and set(expect.get("offers", ())) <= set(offers)
    )
    shown = f"{ids} {[hit.date for hit in page.hits]} {[marked(page, id) for id in ids]} offers {offers}"
    return Verdict(case, right, shown)


def marked(page: Page, id: str) -> list[str]:
    """The marked words of the title and the snippet of a hit."""
    hit = next(hit for hit in page.hits if hit.id.rpartition("/")[2] == id)
    both = ((hit.title, hit.title_marks), (hit.snippet.text, hit.snippet.marks))
    return [text[start:end] for text, marks in both for start, end in marks]


def answer_of_site(case: Case, index: Path) -> Verdict:
    """What the site answers at the address of a case."""
    client = create_app(index).test_client()
    path, _, rest = case.query.partition("?")
    if path == "/suche":  # the page says it in words; the endpoint reads the same address
        path = "/api/search"
    response = client.get(f"{path}?{rest}")
    text = response.get_data(as_text=True)
    expect = case.expect
    if "AU" in expect:
        found: Any = [line.partition("  - ")[2] for line in text.splitlines() if line.startswith("AU  - ")]
        right = found == expect["AU"]
    elif "suggestion" in expect:
        found = [suggestion["text"] for suggestion in json.loads(text)["suggestions"]]
        right = expect["suggestion"] in found
    elif "total" in expect:
        found = json.loads(text)["total"]
        right = found == expect["total"]
    else:
        found = response.status_code
        right = found < 500
    return Verdict(case, response.status_code == 200 and right, f"{response.status_code} {found}")


def table(verdicts: Sequence[Verdict]) -> str:
    """The share of right cases, in all and of each kind, the worst first."""
    number = Counter(verdict.case.kind for verdict in verdicts)
    right = Counter(verdict.case.kind for verdict in verdicts if verdict.right)
    kinds = sorted(number, key=lambda kind: (right[kind] / number[kind], kind))
    rows = [f"{kind:<48}{right[kind]:>5} of{number[kind]:>5}{right[kind] / number[kind]:>8.1%}" for kind in kinds]
    total = f"{'all':<48}{right.total():>5} of{number.total():>5}{right.total() / max(1, number.total()):>8.1%}"
    return "\n".join([*rows, total])


def main() -> None:
    """Judge the cases of a file and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--engine", default="tantivy", choices=["tantivy", "whoosh", "memory"])
    parser.add_argument("--kind", action="append", default=[], help="only cases whose kind begins with this")
    parser.add_argument("--half", choices=HALVES, help="only every other case")
    parser.add_argument("--wrong", action="store_true", help="print the cases that are wrong")
    chosen = parser.parse_args()
    kinds = tuple(chosen.kind)
    half = read_cases(chosen.cases)[HALVES.get(chosen.half, slice(None))]
    cases = [case for case in half if not kinds or case.kind.startswith(kinds)]
    with tempfile.TemporaryDirectory() as directory:
        verdicts = list(judge(cases, chosen.engine, Path(directory)))
    for verdict in verdicts:
        if chosen.wrong and not verdict.right:
            case = verdict.case
            docs = [doc.get("body", doc.get("html", ""))[:80] for doc in case.docs]
            print(f"{case.kind} | {case.id} | {case.query} | {docs} | {dict(case.expect)} | {verdict.answer}")
    print(table(verdicts))


if __name__ == "__main__":
    main()
