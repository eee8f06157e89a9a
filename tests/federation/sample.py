"""Two small archives, each of an engine of its own, and one archive with all of their articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from search import Article, Entities, NewsDate, write_archive
from search.federation.ids import joined
from tests.pages.sample import HONEST, HOSTILE

SAME_ID = HONEST[0].id  # in both archives, with other texts
COPY = (
    "Die Agentur meldet aus Bonn: Der Kanzler sprach am Montag lange über die Mauer, über Berlin und über die Zukunft."
)
ARCHIVES = {
    "Abendblatt": (
        HONEST[0],
        HONEST[2],
        *HOSTILE,
        Article(id="kopie-1", title="Kanzler spricht", body=COPY, date=NewsDate("1989-11-13")),
        Article(id="kopie-2", title="Der Kanzler spricht", body=COPY, date=NewsDate("1989-11-14")),
    ),
    "Chronik": (
        HONEST[1],
        HONEST[3],
        Article(
            id=SAME_ID,
            title="Grenze offen",
            body="In Berlin ist die Grenze offen. An der Mauer stehen Menschen, die Mauer ist kein Hindernis mehr.",
            date=NewsDate("1989-11-09"),
            source="Chronik der Stadt",
            entities=Entities(person=("Egon Krenz",), place=("Berlin",)),
        ),
        Article(id="kopie-3", title="Kanzlerrede", body=COPY, date=NewsDate("1989-11-13")),
    ),
}
ENGINES = {"Abendblatt": "tantivy", "Chronik": "whoosh"}
MAUER = {f"Abendblatt/{SAME_ID}", f"Chronik/{SAME_ID}", "Chronik/wn-123", "Abendblatt/kopie-1", "Abendblatt/kopie-2",
         "Chronik/kopie-3"}  # fmt: skip


def build(directory: Path) -> None:
    """Write each archive into a folder of its name, and all of their articles into the folder `one`."""
    for name, articles in ARCHIVES.items():
        _write(directory / name, ENGINES[name], articles)
    every = (replace(one, id=joined(name, one.id)) for name, articles in ARCHIVES.items() for one in articles)
    _write(directory / "one", "tantivy", tuple(every))


def _write(directory: Path, engine: str, articles: tuple[Article, ...]) -> None:
    with write_archive(directory, engine=engine) as writer:
        for article in articles:
            writer.put(article)
