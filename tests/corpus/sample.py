"""Articles of a made-up newspaper: a flood in one month, football all year."""

from __future__ import annotations

from pathlib import Path

from search import Article, Entities, NewsDate, write_archive

FLOOD = "Das Hochwasser der Elbe stieg in Dresden. Helfer füllten Sandsäcke, die Deiche hielten dem Hochwasser stand."
FOOTBALL = "Die Mannschaft gewann das Spiel im Stadion. Der Trainer lobte die Abwehr, und die Zuschauer sangen."


def article(id: str, date: str | None, body: str, source: str, place: str = "Dresden") -> Article:
    return Article(
        id=id,
        title=f"Bericht {id}",
        body=body,
        date=NewsDate(date) if date else None,
        source=source,
        section="Sport" if body == FOOTBALL else "Land",
        entities=Entities(place=(place,)),
    )


ARTICLES = (
    *(article(f"flut-{day}", f"2002-08-{day:02}", FLOOD, "Elbblatt") for day in range(10, 22)),
    article("flut-später", "2003-01", "Nach dem Hochwasser prüfte der Landtag die Kosten.", "Rheinbote"),
    article("flut-irgendwann", None, "Vom Hochwasser erzählen alle.", "Rheinbote"),
    *(
        article(f"spiel-{month}-{n}", f"2002-{month:02}-{n + 1:02}", FOOTBALL, "Rheinbote", "Köln")
        for month in range(1, 13)
        for n in range(4)
    ),
)


def build(directory: Path, engine: str) -> None:
    """Write ARTICLES into an index."""
    with write_archive(directory, engine=engine) as writer:
        for one in ARTICLES:
            writer.put(one)
