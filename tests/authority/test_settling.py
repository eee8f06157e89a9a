"""Articles are listed under the names that the archive gives, however it came to be; engines agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.authority import settle
from indexer.resolution.aliases import NO_ALIASES, Aliases, Canonical
from indexer.workers import entry_workers
from search import Article, Entities, Mention, Request, open_archive, write_archive
from search.article import ENTITY_TYPES, EntityName
from search.store.entry import to_entry
from search.store.writing import ArchiveWriter

ENGINES = ("memory", "whoosh", "tantivy")
Change = Article | str  # to be put, or the id of one to be deleted


def found(id: str, body: str = "", **names: Sequence[str]) -> Article:
    """An article with names that were found in it."""
    entities = Entities(*(tuple(names.get(type, ())) for type in ENTITY_TYPES))
    return Article(id, body or "Text.", entities=entities, declared=Entities())


def run(directory: Path, engine: str, changes: Iterable[Change], aliases: Aliases = NO_ALIASES) -> set[str]:
    """What a run of the indexer does with articles, and the ids of those that were renamed."""
    with write_archive(directory, engine) as writer:
        for change in changes:
            if isinstance(change, str):
                writer.delete(change)
            else:
                writer.put_entry(to_entry(change, change.fingerprint()))
        writer.checkpoint()
        return settle(writer, aliases, entry_workers(1))


def listed(directory: Path) -> dict[str, Article]:
    """All articles as readers see them."""
    with open_archive(directory) as archive:
        return {hit.id: archive.article(hit.id) for hit in archive.search(Request(size=500)).hits}


TRUMPS = [found(f"t{number}", person=["Donald Trump"]) for number in range(20)]


def test_an_alias_of_what_is_listed_holds_for_all_that_it_stands_for(tmp_path: Path) -> None:
    """Who says what a listed name is called, or of which type, says it of the names that articles write, too."""
    aliases = Aliases({"Donald Trump": Canonical("Präsident Trump", "person")})
    run(tmp_path, "memory", [*TRUMPS, found("alone", person=["Trump"])], aliases)
    assert {article.entities.person for article in listed(tmp_path).values()} == {("Präsident Trump",)}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_town_that_is_also_a_word_stays_where_it_stands_as_one(tmp_path: Path, engine: str) -> None:
    """What most articles write small is no name, unless most of those that have it write *in* or *Stadt* before it."""

    def placed(id: str, body: str, name: str) -> Article:
        start = body.index(name)
        mention = Mention("body", start, start + len(name), "place", name)
        return Article(id, body, entities=Entities(place=(name,)), mentions=(mention,), declared=Entities())

    towns = [placed(f"t{n}", ("In Siegen brannte es.", "Die Stadt Siegen zahlt.")[n % 2], "Siegen") for n in range(4)]
    rivers = [placed(f"r{n}", "Ja. Oder doch nicht?", "Oder") for n in range(4)]
    words = [Article(f"w{n}", "Wir wollen siegen oder verlieren.") for n in range(20)]
    run(tmp_path, engine, [*towns, *rivers, *words])
    names = {name for article in listed(tmp_path).values() for name in article.entities.place}
    assert names == {"Siegen"}


@pytest.mark.parametrize("engine", ENGINES)
def test_who_asks_by_a_name_that_articles_write_finds_what_is_listed_for_it(tmp_path: Path, engine: str) -> None:
    """A filter follows the archive and says so, whichever method counts; a field finds the articles that write it."""
    alone = found("alone", person=["Trump"])
    run(tmp_path, engine, [*TRUMPS, alone, found("other", person=["Melania Knauss"])])
    with open_archive(tmp_path) as archive:
        asked = Request(person=("Trump",), size=3)
        page = archive.search(asked)
        assert page.total == archive.count(asked) == 21
        assert [(one.code, one.detail) for one in page.query.notices] == [("listed_otherwise", "Trump → Donald Trump")]
        assert archive.search(Request(person=("Trump",), size=3, cursor=page.next)).total == 21
        assert [value.value for value in archive.values(asked, "person", 5)] == ["Donald Trump"]
        assert not archive.search(Request(person=("Niemand",))).total
        assert {hit.id for hit in archive.search(Request("person:Trump", size=50)).hits} >= {"alone", "t0"}
        both = archive.search(Request(person=("Donald Trump",), size=3))
        assert (both.total, both.query.notices) == (21, ())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_field_finds_an_abbreviation_that_another_name_stands_for(tmp_path: Path, engine: str) -> None:
    """What articles write is found in its field although they are listed under the name in full."""
    institute = EntityName("organisation", "Robert Koch-Institut")
    with write_archive(tmp_path, engine) as writer:
        for id, names in (("short", ["RKI"]), ("full", [institute.name])):
            article = found(id, organisation=names)
            writer.put_entry(to_entry(article, article.fingerprint(), {EntityName("organisation", "RKI"): institute}))
    with open_archive(tmp_path) as archive:
        for text, ids in (("organisation:RKI", {"short"}), ('organisation:"Robert Koch-Institut"', {"short", "full"})):
            assert {hit.id for hit in archive.search(Request(text)).hits} == ids
        assert {value.value for value in archive.values(Request(), "organisation", 5)} == {institute.name}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_last_name_is_listed_filtered_and_counted_as_the_full_one(tmp_path: Path, engine: str) -> None:
    """Filters, facets, pages and mentions of an article have the name that the archive gives; the text stays."""
    body = "Trump sprach. Trump schwieg."
    mentions = tuple(Mention("body", start, start + 5, "person", "Trump") for start in (0, 14))
    alone = Article("alone", body, entities=Entities(("Trump",)), mentions=mentions, declared=Entities())
    assert run(tmp_path, engine, [*TRUMPS, alone]) == {"alone"}
    with open_archive(tmp_path) as archive:
        page = archive.search(Request(person=("Donald Trump",), size=50))
        assert (page.total, page.facets["person"][0].count) == (21, 21)
        assert archive.search(Request(person=("Trump",))).total == 21
        assert archive.search(Request(text="person:Donald person:Trump")).total == 21
        article = archive.article("alone")
    assert [mention.name for mention in article.mentions] == ["Donald Trump"] * 2
    assert article.body == body


@pytest.mark.parametrize("engine", ENGINES)
def test_what_does_not_change_is_not_put_again(tmp_path: Path, engine: str) -> None:
    """A second run changes nothing; one that makes a name open puts back what was listed."""
    assert run(tmp_path, engine, [*TRUMPS, found("alone", person=["Trump"])]) == {"alone"}
    assert run(tmp_path, engine, []) == set()
    melanias = [found(f"m{number}", person=["Melania Trump"]) for number in range(9)]
    assert run(tmp_path, engine, melanias) == {"alone"}
    assert listed(tmp_path)["alone"].entities.person == ("Trump",)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_few_new_articles_are_listed_by_what_was_decided(tmp_path: Path, engine: str) -> None:
    """A run that changes little decides nothing anew, and lists its articles by what is in effect."""
    many = [found(f"m{number}", person=["Donald Trump"]) for number in range(140)]
    run(tmp_path, engine, [*many, found("alone", person=["Trump"]), found("spelt", place=["Koeln"])])

    def small(*changes: Article) -> dict[str, Article]:
        with write_archive(tmp_path) as writer:
            for change in changes:
                writer.put_entry(to_entry(change, change.fingerprint()))
            writer.checkpoint()
            settle(writer, NO_ALIASES, entry_workers(1), anew=False)
        return listed(tmp_path)

    articles = small(found("new", person=["Trump"]), found("k", place=["Köln", "Köln-Deutz"]))
    assert articles["new"].entities.person == ("Donald Trump",)
    assert [articles[id].entities.place[0] for id in ("spelt", "k")] == ["Koeln", "Köln"]  # to be decided
    articles = small(found("l", place=["Köln"]), found("o", place=["Köln"]), found("p", place=["Köln"]))
    assert articles["spelt"].entities.place == ("Köln",)


@pytest.mark.parametrize("engine", ENGINES)
def test_words_that_the_archive_writes_small_are_no_names(tmp_path: Path, engine: str) -> None:
    """A word that is mostly written small is listed nowhere, whatever single articles say; a town stays."""
    texts = [
        found(str(number), "Heute oder morgen. Oder nie.", place=["Oder"][: number % 3 == 0]) for number in range(12)
    ]
    towns = [found(f"e{number}", "In Essen wird gebaut.", place=["Essen"]) for number in range(6)]
    run(tmp_path, engine, [*texts, *towns])
    assert {article.entities.place for article in listed(tmp_path).values()} == {(), ("Essen",)}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_killed_run_is_made_good_by_the_next(tmp_path: Path, engine: str) -> None:
    """Whatever part of the articles was put again before a run was stopped, the next one lists all as one run does."""
    lone = [found(f"l{number}", person=["Trump"]) for number in range(5)]
    run(tmp_path, engine, TRUMPS)

    def stopped() -> None:
        with write_archive(tmp_path) as writer:
            for article in lone:
                writer.put_entry(to_entry(article, article.fingerprint()))
            writer.checkpoint()
            _stop_after(writer, 2)
            settle(writer, NO_ALIASES, entry_workers(1))

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert {article.entities.person for article in listed(tmp_path).values()} == {("Donald Trump",), ("Trump",)}
    run(tmp_path, engine, [])
    assert {article.entities.person for article in listed(tmp_path).values()} == {("Donald Trump",)}


def _stop_after(writer: ArchiveWriter, number: int) -> None:
    """Have the writer commit after each article, and be stopped after so many."""
    left = [number]

    def checkpoint() -> None:
        writer.checkpoint()
        left[0] -= 1
        if not left[0]:
            raise KeyboardInterrupt

    writer.checkpoint_if_due = checkpoint  # type: ignore[method-assign]


NAMES = ["Trump", "Donald Trump", "Melania Trump", "donald trump", "Trumps", "RKI", "Robert Koch-Institut", "Oder"]
ARTICLES = st.builds(
    lambda key, names, body: found(key, body, **{type: tuple(dict.fromkeys(some)) for type, some in names.items()}),
    st.sampled_from([f"a{number}" for number in range(9)]),
    st.dictionaries(st.sampled_from(ENTITY_TYPES), st.lists(st.sampled_from(NAMES), max_size=3)),
    st.sampled_from(["Trump oder Melania Trump", "Die Oder oder die Elbe", "Das Robert Koch-Institut (RKI)"]),
)
CHANGES = st.lists(ARTICLES | st.sampled_from(["a0", "a1", "a2"]), min_size=1, max_size=30)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@settings(max_examples=12)
@given(changes=CHANGES, cuts=st.lists(st.integers(0, 30), max_size=3))
def test_an_archive_that_grew_lists_what_one_run_lists(engine: str, changes: list[Change], cuts: list[int]) -> None:
    """Names do not depend on the number of runs, on what was there before, or on the engine."""
    left: dict[str, Article] = {}
    for change in changes:
        left.pop(change if isinstance(change, str) else change.id, None)
        if not isinstance(change, str):
            left[change.id] = change
    bounds = [0, *sorted(cuts), len(changes)]
    with TemporaryDirectory() as grown, TemporaryDirectory() as whole:
        for start, end in pairwise(bounds):
            run(Path(grown), engine, changes[start:end])
        run(Path(whole), "memory", left.values())
        assert listed(Path(grown)) == listed(Path(whole))


def test_processes_list_what_one_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With several processes the same articles are renamed as with one, and all that else belongs to them is kept."""
    monkeypatch.setattr("indexer.workers.ARTICLES_WORTH_A_WORKER", 1)
    alone = [found(f"a{number}", f"Trump sprach {number}-mal.", person=["Trump"]) for number in range(70)]
    kept = []
    for jobs in (1, 2):
        directory = tmp_path / str(jobs)
        with write_archive(directory, "tantivy") as writer, entry_workers(jobs) as workers:
            for article in [*TRUMPS * 5, *alone]:
                writer.put_entry(to_entry(article, article.fingerprint()))
            writer.checkpoint()
            put = settle(writer, NO_ALIASES, workers)
        assert put == {article.id for article in alone}
        kept.append(listed(directory))
    assert kept[0] == kept[1]
    assert {article.entities.person for article in kept[0].values()} == {("Donald Trump",)}
