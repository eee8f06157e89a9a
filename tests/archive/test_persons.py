"""Recognised persons are found by their names, not by what their names would be as compounds."""

from pathlib import Path

import pytest

from search import Article, Entities, Mention, Request, open_archive, write_archive

BRINKHAUS = "Ralph Brinkhaus sprach."
BOTH = "Das Wohnhaus gehört Ralph Brinkhaus."
DOUBLE = "Annegret Kramp-Karrenbauer kam."


def naming(id: str, body: str, name: str) -> Article:
    """An article in which a person was recognised."""
    start = body.index(name)
    mention = Mention("body", start, start + len(name), "person", name)
    return Article(id, body, entities=Entities(person=(name,)), mentions=(mention,))


@pytest.mark.parametrize("engine", ["memory", "whoosh", "tantivy"])
def test_a_person_is_no_compound(tmp_path: Path, engine: str) -> None:
    """Brinkhaus is no Haus where it was recognised as a person, in what is found and in what is marked."""
    with write_archive(tmp_path, engine) as writer:
        writer.put(naming("person", BRINKHAUS, "Ralph Brinkhaus"))
        writer.put(naming("both", BOTH, "Ralph Brinkhaus"))
        writer.put(naming("double", DOUBLE, "Annegret Kramp-Karrenbauer"))
        writer.put(Article("unknown", "Das Brinkhaus steht noch."))
    with open_archive(tmp_path) as archive:
        page = archive.search(Request("Haus"))
        marked = {hit.id: [hit.snippet.text[start:end] for start, end in hit.snippet.marks] for hit in page.hits}
        assert marked == {"both": ["haus"], "unknown": ["haus"]}
        for name in ("Brinkhaus", "Kramp-Karrenbauer", "KrampKarrenbauer", "Karrenbauer"):
            assert archive.search(Request(name)).total, name
        assert archive.search(Request("Bauer")).total == 0
