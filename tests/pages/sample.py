"""A small archive for the tests of the page and the API: a few honest articles, a few hostile ones."""

from __future__ import annotations

from pathlib import Path

from search import Article, Entities, Mention, NewsDate, write_archive

HONEST = (
    Article(
        id="txt/mauerfall.txt",
        title="Die Mauer ist offen",
        body="Berlin, 10. November. Nach 28 Jahren fiel die Berliner Mauer.\n\nTausende feierten an der Mauer.",
        date=NewsDate("1989-11-10"),
        source="Abendblatt",
        section="Politik",
        url="https://example.org/mauerfall",
        authors=("Eva Muster",),
        entities=Entities(person=("Helmut Kohl", "Egon Krenz"), place=("Berlin",), organisation=("SED",)),
    ),
    Article(
        id="wn-123",
        title="Einheit in Berlin gefeiert",
        body="Vor dem Reichstag in Berlin feierten Hunderttausende die Einheit. Die Mauer ist Geschichte.",
        date=NewsDate("1990-10-03", "1990-10-03T00:05:00+01:00"),
        source="Morgenpost",
        section="Politik",
        entities=Entities(person=("Helmut Kohl", "Willy Brandt"), place=("Berlin",)),
        mentions=(Mention("title", 11, 17, "place", "Berlin"), Mention("body", 21, 27, "place", "Berlin")),
    ),
    Article(
        id="https://example.org/a?b=1&c=ä#d",
        title="Atomprogramm beschlossen",
        body="Das Kabinett in Bonn beschloss ein neues Atomprogramm. Häuser sind keine betroffen.",
        date=NewsDate("1975-06"),
        source="Abendblatt",
        section="Wirtschaft",
        entities=Entities(place=("Bonn",)),
    ),
    Article(
        id="Straße der Wörter/1 2.txt",
        title="Müller gewinnt",
        body="Müller gewann in Köln eine Musik-Sammlung.",
        date=NewsDate("2020"),
    ),
)

SCRIPT = "<script>alert('Übernahme')</script>"
QUOTES = "\"'><img src=x onerror=alert(1)>"
HOSTILE = (
    Article(
        id="../../etc/passwd",
        title=f"Angriff {SCRIPT}",
        body=f"Angriff {SCRIPT} {QUOTES}\n\n{{{{ 7 * 7 }}}} {{% raw %}}",
        source=QUOTES,
        section=SCRIPT,
        url="javascript:alert(1)",
        authors=(SCRIPT,),
        entities=Entities(person=(SCRIPT,), place=(QUOTES,), organisation=('" onclick="alert(1)',)),
    ),
    Article(id="..", title="", body="Ein Angriff mit Punkten."),
    Article(id="//example.org/x", title="Angriff mit Schrägstrichen", body="Angriff.", url="https://"),
    Article(id='"><b>', title="Angriff mit Zeichen", body="Angriff.", url='https://example.org/"><script>'),
    Article(id="%2e%2e/%00", title="Angriff mit Prozenten", body="Angriff."),
    Article(id="a\\..\\b/.", title="Angriff mit Gegenschrägstrichen", body="Angriff."),
)
ARTICLES = HONEST + HOSTILE


def build(directory: Path) -> None:
    """Write all of ARTICLES into an index at `directory`."""
    with write_archive(directory, engine="whoosh") as writer:
        for article in ARTICLES:
            writer.put(article)
