"""How well are pages of newspapers read? Text, titles, days and authors beside what their publishers' readers found.

    python -m bench.pages FILE [--half even|odd] [--alone] [--peers] [--wrong]

FILE is a .jsonl.gz with a page a line: `id`, `country`, `html` and the right `title`, `authors`, `date`, `lead`,
`cross_heads` and `paragraphs`. Precision, recall and F are those of the words of the body, each counted as often as it
stands there, and averaged over the pages. Titles are equal without signs and capitals, dates are days in Berlin,
authors are equal as a set, titles such as Dr. aside. `--half` measures every other page, so that rules can be chosen
on one half and reported on the other; `--alone` leaves out the second reader and lxml, `--peers` measures the libraries
beside that are installed; `--wrong` tells for each page what is lost, and what does not belong to it. The milliseconds
are of a processor, and of a page.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from indexer import page_parser, second_opinion
from indexer.document import Document
from indexer.readers import read_document
from indexer.text import clean
from search import Article
from search.dates import parse_date

HALVES = {"even": slice(0, None, 2), "odd": slice(1, None, 2), "all": slice(None)}
GERMAN = ("de", "at", "ch", "li", "lu")
PARTS = ("lead", "cross_heads", "paragraphs")
SHOWN = 110  # characters of a part that --wrong shows

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader makes of a page; None where it has no word about it."""

    body: str
    title: str | None = None
    date: str | None = None
    authors: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How a page was read: precision, recall and F of its text, and whether the rest of it is right."""

    precision: float
    recall: float
    f: float
    title: bool
    date: bool
    authors: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--half", choices=HALVES, default="all")
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    arguments = parser.parse_args()
    if arguments.alone:
        page_parser.has_lxml = second_opinion.is_installed = lambda: False
    with gzip.open(arguments.file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][HALVES[arguments.half]]
    german = [row for row in rows if row["country"] in GERMAN]
    others = [row for row in rows if row["country"] not in GERMAN]
    print(f"{'':22} pages precision recall     F median F<0.8 title  day authors   ms")
    for name, read in (READERS if arguments.peers else {"nachlese": READERS["nachlese"]}).items():
        for kind, chosen in (("German", german), ("others", others)):
            measure(f"{name}, {kind}", read, chosen, arguments.wrong)


def measure(name: str, read: Callable[[str], Found], rows: Sequence[Row], tell: bool) -> None:
    """Read the pages and print a line of the table, with `tell` also what is wrong with each."""
    started = time.process_time()
    try:
        found = [read(row["html"]) for row in rows]
    except ModuleNotFoundError as error:
        print(f"{name:22} {error.name} is not installed")
        return
    spent = (time.process_time() - started) / max(1, len(rows))
    scores = [score(row, each) for row, each in zip(rows, found, strict=True)]
    if not scores:
        return
    low = sum(each.f < 0.8 for each in scores)
    of = {name: mean(getattr(each, name) for each in scores) for name in Score.__slots__}
    print(
        f"{name:22} {len(scores):5} {of['precision']:9.3f} {of['recall']:6.3f} {of['f']:5.3f}"
        f" {median(each.f for each in scores):6.3f} {low:5} {of['title']:5.3f} {of['date']:4.2f} {of['authors']:7.3f}"
        f" {1000 * spent:4.0f}"
    )
    if tell:
        for row, each, its_score in zip(rows, found, scores, strict=True):
            print_wrong(row, each, its_score)


def score(row: Row, found: Found) -> Score:
    """How a page was read."""
    right, words = Counter(_words(text_of(row))), Counter(_words(found.body))
    shared = (right & words).total()
    precision, recall = shared / max(1, words.total()), shared / max(1, right.total())
    return Score(
        precision,
        recall,
        2 * shared / max(1, right.total() + words.total()),
        title=_words(row["title"] or "") == _words(found.title or ""),
        date=(_day(row["date"]) == found.date),
        authors=_people(row["authors"]) == _people(found.authors or ()),
    )


def text_of(row: Row) -> str:
    """The right text of a page."""
    return "\n".join(row[part] or "" for part in PARTS)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _day(text: str | None) -> str | None:
    """The day in Berlin of a moment, if it has a zone; else the day that it names."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return parse_date(moment.isoformat() if moment.tzinfo else moment.date().isoformat()).text


def _people(names: Iterable[str]) -> set[str]:
    return {" ".join(word for word in _words(name) if word not in ("dr", "prof")) for name in names}


def print_wrong(row: Row, found: Found, its: Score) -> None:
    """What is lost of a page, what does not belong to it, and which of its values are others."""
    print(f"-- {row['id']}: F {its.f:.3f}, precision {its.precision:.3f}, recall {its.recall:.3f}")
    for name, right, have, is_right in (
        ("title", row["title"], found.title, its.title),
        ("day", _day(row["date"]), found.date, its.date),
        ("authors", row["authors"], found.authors, its.authors),
    ):
        if not is_right:
            print(f"     {name}: right is {right!r}, found {have!r}")
    body, right = " ".join(_words(found.body)), " ".join(_words(text_of(row)))
    for part in PARTS:
        for line in (row[part] or "").split("\n"):
            if line.strip() and " ".join(_words(line)) not in body:
                print(f"     lost {part}: {line[:SHOWN]}")
    for line in found.body.split("\n\n"):
        if " ".join(_words(line)) not in right:
            print(f"     more: {line[:SHOWN]}")


def read_here(html: str) -> Found:
    """A page as the indexer reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        document = Document(path.name, str(path), path.name, path.stat().st_size)
        articles = [item for item in read_document(document) if isinstance(item, Article)]
    if not articles:
        return Found("")
    article = articles[0]
    return Found(article.body, article.title, article.date.text if article.date else None, article.authors)


def read_by_trafilatura(html: str) -> Found:
    """A page as trafilatura reads it."""
    library = importlib.import_module("trafilatura")
    document = library.bare_extraction(html, include_comments=False, with_metadata=True)
    if document is None:
        return Found("")
    return Found(document.text or "", document.title, document.date, (document.author or "").split("; "))


def read_by_readability(html: str) -> Found:
    """A page as readability-lxml reads it."""
    library = importlib.import_module("readability")
    document = library.Document(clean(html))  # control characters end it
    lines = re.sub(r"<[^>]+>", " ", re.sub(r"</(?:p|h\d|li|blockquote|div)>", "\n\n", document.summary()))
    return Found(importlib.import_module("html").unescape(lines), document.short_title())


READERS: dict[str, Callable[[str], Found]] = {
    "nachlese": read_here,
    "trafilatura": read_by_trafilatura,
    "readability": read_by_readability,
}


if __name__ == "__main__":
    main()
