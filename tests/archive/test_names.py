"""The names of an archive: all of them, counted, in order, found by the beginning of any word."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import Archive, Article, Entities, EntityCount, Request, open_archive, write_archive
from search.article import ENTITY_TYPES
from search.errors import BadRequest
from search.mapped import Mapped
from search.store import names

ARTICLES = (
    Article("1", "a", entities=Entities(("Olaf Scholz", "Gerd Müller"), ("Köln", "Berlin"), ("SPD",))),
    Article("2", "b", entities=Entities(("Olaf Scholz", "A. de Saint-Exupéry"), ("Berlin",), ("AT&T", "...", "»«"))),
    Article("3", "c", entities=Entities(("Gerd Mueller", "Kurt Groß"), ("Berlin", "Müllheim"), ("SPD", "1. FC Köln"))),
    Article("4", "d", entities=Entities(("Bernd Meinunger", "Scholz Olafsen"), (), ("Stadt\nKöln",))),
)  # fmt: skip


@pytest.fixture(scope="module", params=["memory", "whoosh", "tantivy"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    directory: Path = tmp_path_factory.mktemp("names")
    with write_archive(directory, request.param) as writer:
        for article in ARTICLES:
            writer.put(article)
    with open_archive(directory) as opened:
        yield opened


def found(archive: Archive, prefix: str, type: str | None = None) -> list[str]:
    return [entity.name for entity in archive.entities(type, prefix)]


def test_names_come_with_the_number_of_their_articles(archive: Archive) -> None:
    """The most frequent come first, ties by name, and each count is what a filter by the name finds."""
    everything = archive.entities()
    assert everything[:3] == (
        EntityCount("place", "Berlin", 3),
        EntityCount("person", "Olaf Scholz", 2),
        EntityCount("organisation", "SPD", 2),
    )
    assert list(everything) == sorted(everything, key=lambda entity: (-entity.count, entity.name))
    for entity in everything:
        named: dict[str, Any] = {entity.type: (entity.name,)}
        assert archive.search(Request(**named)).total == entity.count
    assert {(entity.type, entity.name) for entity in everything} == {
        (type, name) for article in ARTICLES for type in ENTITY_TYPES for name in article.entities.of(type)
    }


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("Mül", ["Gerd Mueller", "Gerd Müller", "Müllheim"]),
        ("muel", ["Gerd Mueller", "Gerd Müller", "Müllheim"]),
        ("MUELLE", ["Gerd Mueller", "Gerd Müller"]),
        ("Mu\u0308ller", ["Gerd Mueller", "Gerd Müller"]),
        ("scho", ["Olaf Scholz", "Scholz Olafsen"]),
        ("olaf scho", ["Olaf Scholz"]),
        ("olaf  scholz ", ["Olaf Scholz"]),
        ("ex", ["A. de Saint-Exupéry"]),
        ("saint-exu", ["A. de Saint-Exupéry"]),
        ("gross", ["Kurt Groß"]),
        ("at", ["AT&T"]),
        ("fc k", ["1. FC Köln"]),
        ("köln", ["1. FC Köln", "Köln", "Stadt\nKöln"]),
        ("holz", []),
        ("!?", []),
        ("x" * 5000, []),
    ],
)
def test_a_beginning_of_any_word_finds_a_name(archive: Archive, prefix: str, expected: list[str]) -> None:
    """Capitals, umlauts and their transcriptions are the same; several words must follow each other."""
    assert found(archive, prefix) == expected


def test_names_of_one_type_and_a_few_of_them(archive: Archive) -> None:
    """A type leaves out the others, a limit the rarest; a type that is none is refused with those that are."""
    assert found(archive, "b", "place") == ["Berlin"]
    assert archive.entities(limit=2) == archive.entities()[:2]
    assert archive.entities(limit=0) == ()
    with pytest.raises(BadRequest, match="person, place, organisation"):
        archive.entities("animal")


def test_rare_names_follow_those_that_are_counted(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few names an engine counts exactly, the others are there and in order."""
    everything = archive.entities()
    for number in (1, 2, 4):
        monkeypatch.setattr(names, "COUNTED_EXACTLY", number)
        assert names.Names(Mapped.of(names.archive_names(archive._engine))).find(None, "", 100) == everything


PIECES = ["olaf", "Scholz", "mü", "Mue", "saint", "exu", "1.", "fc", "-", " ", "K", "de", "&", "t", "’", "ß"]


@given(st.lists(st.sampled_from(PIECES), max_size=4).map("".join))
def test_looking_through_all_names_finds_the_same(archive: Archive, prefix: str) -> None:
    """The names found are those that a look at every word of every name finds."""
    *whole, last = names._folded(prefix).split() or [""]

    def fits(name: str) -> bool:
        words = names._folded(name).split()
        places = range(len(words) - len(whole))
        return any(words[n : n + len(whole)] == whole and words[n + len(whole)].startswith(last) for n in places)

    if last:
        assert archive.entities(prefix=prefix) == tuple(one for one in archive.entities() if fits(one.name))


def test_an_empty_archive_has_no_names(tmp_path: Path) -> None:
    """Without articles there are no names, and that is no error."""
    with write_archive(tmp_path):
        pass
    with open_archive(tmp_path) as archive:
        assert archive.entities() == archive.entities("person", "a") == ()


@pytest.mark.parametrize("engine", ["memory", "whoosh", "tantivy"])
def test_a_name_finds_the_person_before_words_like_it(engine: str, tmp_path: Path) -> None:
    """Articles about Kohl come before those about coal and cabbage, however often these say a word like it."""
    with write_archive(tmp_path, engine) as writer:
        writer.put(Article("coal", "Kohle, Kohle und noch einmal Kohle: Die Kohlen und die Kohlekraft.", title="Kohle"))
        writer.put(Article("cabbage", "Der Kohl steht auf dem Feld, und es regnet auf das Land.", title="Ernte"))
        said = "Der Kanzler Helmut Kohl sprach lange über das Land und das Geld."
        writer.put(Article("person", said, title="Kanzler", entities=Entities(("Helmut Kohl",))))
    with open_archive(tmp_path) as archive:
        assert archive.ranking(Request(text="Kohl"))[0] == "person"
        assert archive.ranking(Request(text="person:Kohl")) == ("person",)
        assert archive.ranking(Request(text="Helmut Kohl"))[0] == "person"
