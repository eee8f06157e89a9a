"""A changed alias takes effect in the articles that write it, without the documents, as if all were indexed anew."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.authority import AliasesInEffect, settle
from indexer.pipeline import Job, index
from indexer.resolution import read_aliases
from indexer.workers import entry_workers
from search import Article, Request, open_archive, write_archive
from search.alias_lines import name_lines
from search.article import EntityName
from search.store.writing import ArchiveWriter

TEXTS = (
    "Bundeskanzlerin Angela Merkel sprach in Berlin. Merkel reiste ab.",
    "Die Kanzlerin besuchte die Europäische Union in Brüssel.",
    "Der Hansestadt Hamburg geht es gut, sagte Robert Habeck in Hamburg.",
    "Vizekanzler Habeck lobte die Hansestadt. Lockdown in Hamburg und Berlin.",
    "Im Osten nichts Neues.",
)
SPELLINGS = ("Angela Merkel", "Merkel", "Kanzlerin", "Hamburg", "Hansestadt Hamburg", "Habeck", "Vizekanzler", "Berlin")
APART = ("Vizekanzler Habeck", "Kanzlerin Merkel", "Angela Merkel", "Berlin")
Tables = dict[str, tuple[str, list[str], list[str]]]


def consistent(tables: Tables) -> Tables:
    """The tables, each spelling in one of them only, and not kept apart in it."""
    taken = set(tables)
    found: Tables = {}
    for name, (type, variants, apart) in tables.items():
        own = [variant for variant in dict.fromkeys(variants) if variant not in taken]
        found[name] = type, own, [other for other in apart if other not in (name, *own)]
        taken.update(variants)
    return found


TABLES = st.dictionaries(
    st.sampled_from(SPELLINGS),
    st.tuples(
        st.sampled_from(["person", "place"]),
        st.lists(st.sampled_from(SPELLINGS), max_size=2),
        st.lists(st.sampled_from(APART), max_size=1),
    ),
    max_size=3,
).map(consistent)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the articles."""
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    declared = {"place": ["Hamburg"], "person": ["Merkel, Angela"]}
    rows = [{"id": str(number), "body": text} for number, text in enumerate(TEXTS)]
    rows.append({"id": "declared", "body": "Von Hamburg war die Rede.", "entities": declared})
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def written(directory: Path, tables: Tables) -> Path:
    """A file of aliases."""
    path = directory / "new.toml"
    path.write_text(
        "\n".join(
            name_lines(EntityName(type, name), variants, apart) for name, (type, variants, apart) in tables.items()
        ),
        encoding="utf-8",
    )
    return path


def articles(directory: Path) -> dict[str, Article]:
    with open_archive(directory) as archive:
        found = archive.search(Request(size=100)).hits
        return {hit.id: replace(archive.article(hit.id), document="") for hit in found}


@settings(max_examples=15)
@given(first=TABLES, second=TABLES)
def test_changed_aliases_give_what_a_rebuild_gives(documents: Path, first: Tables, second: Tables) -> None:
    """Articles have the names and mentions that they would have if they were indexed with the new aliases."""
    with TemporaryDirectory() as changed, TemporaryDirectory() as anew:
        for tables in (first, second):
            index(Job((), Path(changed), "memory", jobs=1, aliases=written(Path(changed), tables)))
            index(Job((str(documents),), Path(changed), jobs=1, aliases=written(Path(changed), first)))
        index(Job((), Path(changed), jobs=1, aliases=written(Path(changed), second)))
        index(Job((str(documents),), Path(anew), "memory", jobs=1, aliases=written(Path(anew), second)))
        assert articles(Path(changed)) == articles(Path(anew))


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_only_articles_with_the_name_are_resolved_again(documents: Path, tmp_path: Path, engine: str) -> None:
    """An alias concerns the articles that write it; the same aliases again concern none."""
    index(Job((str(documents),), tmp_path, engine, jobs=1))
    aliases = written(tmp_path, {"Robert Paul Habeck": ("person", ["Robert Habeck", "Habeck", "Vizekanzler"], [])})
    assert index(Job((), tmp_path, jobs=1, aliases=aliases)).renamed == 2
    assert [articles(tmp_path)[id].entities.person for id in "23"] == [("Robert Paul Habeck",)] * 2
    assert index(Job((), tmp_path, jobs=1, aliases=aliases)).renamed == 0


def test_what_a_killed_run_resolved_is_resolved_back(documents: Path, tmp_path: Path) -> None:
    """Aliases that a stopped run began to apply leave nothing behind if the next run does not have them."""
    index(Job((str(documents),), tmp_path, "tantivy", jobs=1))
    before = articles(tmp_path)
    aliases = read_aliases(written(tmp_path, {"Freie und Hansestadt": ("place", ["Hamburg"], [])}))

    def stopped() -> None:
        with write_archive(tmp_path) as writer:
            fixed = AliasesInEffect(writer, aliases)
            fixed.begin()
            _stop_at_first_commit(writer)
            fixed.resolve_again(entry_workers(1))

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert articles(tmp_path) != before
    index(Job((), tmp_path, jobs=1))
    assert articles(tmp_path) == before


def _stop_at_first_commit(writer: ArchiveWriter) -> None:
    """Have the writer commit after the first article, and be stopped then."""

    def checkpoint() -> None:
        writer.checkpoint()
        raise KeyboardInterrupt

    writer.checkpoint_if_due = checkpoint  # type: ignore[method-assign]


def test_what_is_no_name_is_heeded_after_a_killed_run(documents: Path, tmp_path: Path) -> None:
    """A run that was stopped while it listed articles otherwise is made good by the next one with the same aliases."""
    index(Job((str(documents),), tmp_path, "tantivy", jobs=1))
    path = tmp_path / "new.toml"
    path.write_text('[no_name]\nany = ["Hamburg", "Berlin"]', encoding="utf-8")

    def stopped() -> None:
        with write_archive(tmp_path) as writer:
            fixed = AliasesInEffect(writer, read_aliases(path))
            fixed.begin()
            fixed.resolve_again(entry_workers(1))
            _stop_at_first_commit(writer)
            settle(writer, fixed.aliases, entry_workers(1))

    with pytest.raises(KeyboardInterrupt):
        stopped()
    index(Job((), tmp_path, aliases=path))
    places = {place for article in articles(tmp_path).values() for place in article.entities.place}
    assert places
    assert not {"Hamburg", "Berlin"} & places


def test_what_is_no_name_or_apart_needs_no_resolving(documents: Path, tmp_path: Path) -> None:
    """Lists of what is no name, and what is not to be taken for a name, are heeded at once."""
    index(Job((str(documents),), tmp_path, "tantivy", jobs=1))
    assert "Hamburg" in articles(tmp_path)["3"].entities.place
    path = tmp_path / "new.toml"
    path.write_text('[no_name]\nplace = ["Hamburg"]\nany = ["Berlin"]', encoding="utf-8")
    index(Job((), tmp_path, aliases=path))
    assert not {"Hamburg", "Berlin"} & set(articles(tmp_path)["3"].entities.place)
    index(Job((), tmp_path))
    assert {"Hamburg", "Berlin"} <= set(articles(tmp_path)["3"].entities.place)


def test_who_is_not_meant_by_a_part_of_a_name_is_found_again(tmp_path: Path) -> None:
    """A spelling of several words that is kept apart has the articles resolved again that write its part."""
    news = tmp_path / "news.jsonl"
    news.write_text('{"id": "1", "body": "Das Haus Qorn Wesslings stand leer."}', encoding="utf-8")
    path = tmp_path / "new.toml"
    lines = name_lines(EntityName("person", "Anton Wessling"), ["Wessling"], ["Qorn Wessling"])
    for text, person in ((lines.rpartition("\n")[0], "Anton Wessling"), (lines, "Qorn Wessling")) * 2:
        path.write_text(text, encoding="utf-8")
        index(Job((str(news),), tmp_path / "index", "memory", jobs=1, aliases=path))
        assert articles(tmp_path / "index")["1"].entities.person == (person,)


def test_namesakes_of_whom_an_alias_means_stay_who_they_are(tmp_path: Path) -> None:
    """However rare, a namesake is not listed as the person whom an alias gives the last name to."""
    news = tmp_path / "news.jsonl"
    texts = ["Minister Anton Wessling sprach."] * 20 + ["Rebecca Wessling spielte Geige."] + ["Wessling schwieg."] * 3
    news.write_text("\n".join(json.dumps({"id": f"{at:02}", "body": text}) for at, text in enumerate(texts)))
    path = tmp_path / "new.toml"
    path.write_text(name_lines(EntityName("person", "Anton Wessling"), ["Wessling"]), encoding="utf-8")
    index(Job((str(news),), tmp_path / "index", "memory", jobs=1, aliases=path))
    listed = {id: article.entities.person for id, article in articles(tmp_path / "index").items()}
    assert listed.pop("20") == ("Rebecca Wessling",)
    assert set(listed.values()) == {("Anton Wessling",)}
