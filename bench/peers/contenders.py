"""Who is compared: one table. The first is what the ratios are about."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.peers.java import lucene_worker
from bench.peers.processes import python_worker

DEBIAN_PYTHON = "/usr/bin/python3"
LUCENE_PACKAGES = "liblucene8-java libgoogle-gson-java default-jdk-headless"
NO_STOP_WORDS = (
    "leaves function words out of its index, so that queries of nothing else find nothing and are not compared"
)


# What is measured of an engine, and of all of Nachlese. Names that were recognised change little in searching.
NEEDED = ("hello", "index")  # without which nothing else is tried
INDEXING = ("index", "add")
ENGINE = (*INDEXING, "search")
ALL = (*ENGINE, "rebuild", "serving", "starts")


@dataclass(frozen=True, slots=True)
class Contender:
    """An engine: how tables call it, how its process is started and it is installed, what it lacks."""

    name: str
    title: str
    command: Sequence[str]
    install: str
    lacks: str = ""
    unanswered: tuple[str, ...] = ()  # classes of queries that it cannot answer
    measures: tuple[str, ...] = ENGINE

    @property
    def ours(self) -> bool:
        """Whether it is Nachlese."""
        return self.name.startswith("nachlese")


def contenders() -> tuple[Contender, ...]:
    """All of them, whether they can be started here or not."""
    return (
        Contender("nachlese", "Nachlese, tantivy", python_worker("nachlese:tantivy"), "make install", measures=ALL),
        Contender("nachlese-names", "Nachlese, tantivy, with recogniser", python_worker("nachlese:tantivy+names"),
                  "make install", measures=ALL),
        Contender("nachlese-whoosh", "Nachlese, Whoosh", python_worker("nachlese:whoosh"), "make install",
                  measures=ALL),
        Contender("nachlese-whoosh-names", "Nachlese, Whoosh, with recogniser", python_worker("nachlese:whoosh+names"),
                  "make install", measures=INDEXING),
        Contender("tantivy", "tantivy-py", python_worker("tantivy"), "pip install tantivy"),
        Contender("tantivy-spacy", "tantivy-py and spaCy", python_worker("spacy"), "pip install -e '.[bench]'",
                  "finds names with a network of the size of spaCy's small models, taught for seconds only: it is here "
                  "for what it costs, not for what it finds", measures=("index",)),
        Contender("whoosh", "Whoosh", python_worker("whoosh"), "pip install whoosh3 pystemmer"),
        Contender("sqlite", "SQLite FTS5", python_worker("sqlite"), "part of Python",
                  "snippets show stems, as only they stand in its index"),
        Contender("xapian", "Xapian", python_worker("xapian", DEBIAN_PYTHON), "apt-get install python3-xapian",
                  "counts persons through a class in Python, for values of which a document has several"),
        Contender("postgresql", "PostgreSQL", python_worker("postgresql", DEBIAN_PYTHON),
                  "apt-get install postgresql python3-psycopg2", NO_STOP_WORDS, ("function",)),
        Contender("lucene", "Lucene", lucene_worker(),
                  f"apt-get install {LUCENE_PACKAGES}", NO_STOP_WORDS, ("function",)),
    )  # fmt: skip


def chosen(names: Sequence[str]) -> tuple[Contender, ...]:
    """Those of these names, all if there are none. Raises SystemExit for an unknown name."""
    known = {contender.name: contender for contender in contenders()}
    for name in names:
        if name not in known:
            sys.exit(f"There is no peer {name}; there are {', '.join(known)}")
    return tuple(known[name] for name in names or known)
