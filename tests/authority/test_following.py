"""Who asks for a name that aliases call otherwise is given what is listed, as for names that the archive renamed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.pipeline import Job, index
from search import Request, open_archive, write_archive
from search.alias_lines import name_lines
from search.article import EntityName
from web import create_app

BODIES = {
    "full": "Das teilte Sjoerd Hakvoort in Leer mit.",
    "wrong": "Sjoerd Hakvort aus Leer sprach lange.",
    "firm": "Gestern kam Ulf Brenneke in die Stadt.",
}
ALIASES = (
    name_lines(EntityName("person", "Sjoerd Hakvoort"), ["Sjoerd Hakvort"]),
    name_lines(EntityName("organisation", "Ulf Brenneke")),
    name_lines(EntityName("person", "Nie Genannt"), ["Nie Gesehen"]),
)


def indexed(directory: Path, engine: str) -> Path:
    """An index of the articles without aliases, and the file of aliases in it, empty."""
    news = directory / "news.jsonl"
    news.write_text("\n".join(json.dumps({"id": id, "body": body}) for id, body in BODIES.items()), encoding="utf-8")
    index(Job((str(news),), directory / "index", engine, jobs=1))
    return directory / "index"


def apply(directory: Path, *lines: str) -> None:
    """Have the lines take effect as aliases."""
    (directory / "aliases.toml").write_text("\n".join(lines), encoding="utf-8")
    index(Job((), directory, jobs=1, aliases=directory / "aliases.toml"))


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_filters_follow_variants(tmp_path: Path, engine: str) -> None:
    """A variant finds the articles of its name with a notice, as soon as it is in effect and as long as it is."""
    directory = indexed(tmp_path, engine)
    asked = Request(person=("Sjoerd Hakvort",))
    with open_archive(directory) as archive:
        assert [hit.id for hit in archive.search(asked).hits] == ["wrong"]
        apply(directory, *ALIASES)
        page = archive.search(asked)
        assert {hit.id for hit in page.hits} == {"full", "wrong"}
        notices = [(one.code, one.detail) for one in page.query.notices]
        assert notices == [("listed_otherwise", "Sjoerd Hakvort → Sjoerd Hakvoort")]
        assert archive.count(asked) == 2
        typed = archive.search(Request(person=("Ulf Brenneke",)))
        assert [hit.id for hit in typed.hits] == ["firm"]
        assert archive.search(Request(person=("Nie Gesehen",))).total == 0
        apply(directory)
        assert [hit.id for hit in archive.search(asked).hits] == ["wrong"]


def test_addresses_and_feeds_follow_variants(tmp_path: Path) -> None:
    """The page of a variant leads to that of its name, whatever its capitals; feeds that were saved go on."""
    directory = indexed(tmp_path, "tantivy")
    client = create_app(directory).test_client()
    assert client.get("/person/Sjoerd%20Hakvort").status_code == 200
    apply(directory, *ALIASES)
    for asked, listed in (
        ("/person/Sjoerd%20Hakvort", "/person/Sjoerd%20Hakvoort"),
        ("/person/sjoerd%20hakvort", "/person/Sjoerd%20Hakvoort"),
        ("/person/Ulf%20Brenneke", "/organisation/Ulf%20Brenneke"),
    ):
        response = client.get(asked)
        assert (response.status_code, response.location) == (302, listed)
        assert client.get(listed).status_code == 200
    assert client.get("/suche.atom?person=Sjoerd+Hakvort").text.count("<entry>") == 2
    assert client.get("/api/search?person=Sjoerd+Hakvort").json["total"] == 2
    assert client.get("/person/Nie%20Genannt").status_code == 404


def test_several_archives_follow_the_aliases_of_each(tmp_path: Path) -> None:
    """Of archives that are asked as one, the aliases of each lead to its name."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        indexed(tmp_path / name, "tantivy")
        apply(tmp_path / name / "index", *ALIASES)
    with open_archive(f"one={tmp_path / 'one/index'}", f"two={tmp_path / 'two/index'}") as archive:
        assert archive.search(Request(person=("Sjoerd Hakvort",))).total == 4


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_what_articles_also_have_counts_those_that_there_are(tmp_path: Path, engine: str) -> None:
    """Names that others are listed in place of count neither what was replaced nor what was removed."""
    directory = tmp_path / "index"
    news = tmp_path / "news.jsonl"
    rows = [{"id": f"f{at}", "body": "Gestern sprach Anton Pohlkamp lange."} for at in range(6)]
    rows += [{"id": f"p{at}", "body": "Das sagte Pohlkamp in Kiel."} for at in range(4)]
    news.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    index(Job((str(news),), directory, engine, jobs=1))
    name = EntityName("person", "Anton Pohlkamp")
    with open_archive(directory) as archive:
        assert [(one.name, one.count) for one in archive.also_found(name)] == [("Pohlkamp", 4)]
        apply(directory, name_lines(name, apart=["Pohlkamp"]))
        assert archive.also_found(name) == ()
        apply(directory)
        assert [(one.name, one.count) for one in archive.also_found(name)] == [("Pohlkamp", 4)]
        with write_archive(directory) as writer:
            writer.delete("p0")
        assert [(one.name, one.count) for one in archive.also_found(name)] == [("Pohlkamp", 3)]
