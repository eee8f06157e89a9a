"""An archive in a cluster goes the whole way of one in a directory, and several write to it at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.document import Document
from indexer.ledger import Ledger
from indexer.pipeline import Job, index
from indexer.sources import find_documents
from search import Article, Entities, Request, open_archive, write_archive
from search.article import EntityName
from search.dates import NewsDate
from search.errors import BadRequest, IndexDamaged, IndexIncompatible, IndexMissing, RebuildBegun, RebuildMissing
from search.query.terms import MatchAll
from search.store import cluster, cluster_manifests, writing
from search.store.checking import check_archive
from search.store.cluster import ClusterPlace
from search.store.entry import entry_again
from search.store.place import usable_manifest
from search.store.places import shared_place
from tests.engines.samples import cluster_address, remove_archive

pytestmark = pytest.mark.cluster
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def address(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an archive that is not there yet; readers look for commits each time."""
    monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cluster_manifests, "LOOK_AGAIN", 0.0)
    name = f"archive-{abs(hash(str(tmp_path))):x}"
    yield cluster_address(name)
    with suppress(IndexMissing):
        remove_archive(name)


def put(address: str, *articles: Article, rebuild: bool = False) -> None:
    with write_archive(address, rebuild=rebuild) as writer:
        for article in articles:
            writer.put(article)


def found(address: str, text: str = "Wort") -> list[str]:
    with open_archive(address) as archive:
        return sorted(hit.id for hit in archive.search(Request(text, size=50)).hits)


def test_the_whole_way(address: str) -> None:
    """Index, again, search, names, suggestions, offers, status, delete, rebuild, check: as with a directory."""
    with pytest.raises(IndexMissing, match="nachlese index SOURCE --index"):
        open_archive(address)
    first, again = (index(Job((str(SEEDS),), address, jobs=1)) for _ in range(2))
    assert (first.added, again.added, again.unchanged) == (62, 0, 62)
    assert check_archive(address).is_sound
    with open_archive(address) as archive:
        assert archive.status().articles == 62
        hit = archive.search(Request("Mauer Berlin")).hits[0]
        assert hit.id == "txt/1989-11-10-mauerfall.txt"
        assert archive.entities("place", "berl")[0].name == "Berlin"
        assert "word" in {suggestion.kind for suggestion in archive.suggest("mau")}
        assert archive.search(Request("Maeur")).query.corrections[0].text == "Mauer"
        before = archive.count(Request("Mauer"))
        with write_archive(address) as writer:
            writer.delete(hit.id)
        assert archive.count(Request("Mauer")) == before - 1
    assert index(Job((str(SEEDS),), address, jobs=1, rebuild=True)).added == 62
    with open_archive(address) as archive:
        assert (archive.status().generation, archive.status().articles) == (2, 62)
    with pytest.raises(IndexIncompatible, match="Leave out --engine"):
        write_archive(address, engine="whoosh").__enter__()


def test_words_are_counted_again_when_it_is_worth_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If counting takes long, not each of many short runs does; one that changes nothing makes good for it."""
    put(address, Article("1", "Wort Anemone"))
    for name, value in (("LONG_COUNT", -1.0), ("REST", 1e9)):
        monkeypatch.setattr(writing, name, value)
    put(address, Article("2", "Wort Begonie"))
    words = words_of(address)
    assert "anemone" in words
    assert "begonie" not in words
    assert found(address, "Begonie") == ["2"]
    put(address)
    assert "begonie" in words_of(address)


def words_of(address: str) -> set[str]:
    """The words of an archive that suggestions know."""
    place = shared_place(address)
    with closing(place.open_engine(usable_manifest(place))) as engine:
        return {word for column in ("title_exact", "body_exact") for word, _ in engine.vocabulary(column, "", 100)}


def test_several_begin_an_archive_at_once(address: str) -> None:
    """Writers that begin together leave what all of them put, and each sees what it has put itself."""
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            put(address, *(Article(f"{number}-{n}", "Wort", entities=Entities((f"Anna {n}",))) for n in range(20)))
            put(address, Article("one", f"Wort von {number}"))
        except BaseException as error:  # noqa: BLE001 - told below
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert found(address) == sorted(["one", *(f"{number}-{n}" for number in range(4) for n in range(20))])[:50]
    with open_archive(address) as archive:
        assert archive.status().articles == 81
    assert check_archive(address).is_sound


def test_a_rebuild_of_several_is_seen_when_it_is_switched_to(address: str) -> None:
    """What is built meanwhile stays unseen, runs without --rebuild go on with the old one, and one begins only once."""
    put(address, Article("old", "Wort"))
    place = shared_place(address)
    with pytest.raises(RebuildMissing, match="--begin"):
        place.switch()
    place.begin_rebuild()
    with pytest.raises(RebuildBegun, match="--give-up"):
        place.begin_rebuild()
    put(address, Article("a", "Wort"), rebuild=True)
    put(address, Article("older", "Wort"))
    put(address, Article("b", "Wort"), rebuild=True)
    assert found(address) == ["old", "older"]
    with open_archive(address) as archive:
        place.switch()
        assert sorted(hit.id for hit in archive.search(Request("Wort")).hits) == ["a", "b"]
        assert archive.suggest("wor")[0].count == 2
    assert place.being_rebuilt() is None
    assert check_archive(address).is_sound
    place.begin_rebuild()
    place.give_up_rebuild()
    put(address, Article("c", "Wort"), rebuild=True)
    assert found(address) == ["c"]


def test_what_one_of_several_has_noted_of_documents_is_good_for_all(address: str, tmp_path: Path) -> None:
    """Two runs of one machine into one rebuild, one after the other; a third finds what both have read."""
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text(f"{file.stem}\n\nWort", encoding="utf-8")
    shared_place(address).begin_rebuild()
    for file in files:
        assert index(Job((str(file),), address, jobs=1, rebuild=True)).added == 1
    with closing(Ledger(shared_place(address).local, anew=False)) as ledger:
        documents = [one for one in find_documents([str(tmp_path)]) if isinstance(one, Document)]
        assert [ledger.contents(one) is not None for one in documents] == [True, True]


def test_a_run_whose_rebuild_was_given_up_is_told_so(address: str) -> None:
    """A run that went into a rebuild does not have readers use what is gone."""
    put(address, Article("old", "Wort"))
    place = shared_place(address)
    place.begin_rebuild()

    def given_up() -> None:
        with write_archive(address, rebuild=True):
            place.give_up_rebuild()

    with pytest.raises(IndexMissing, match="again"):
        given_up()
    assert found(address) == ["old"]


def test_a_run_that_a_rebuild_overtakes_is_told_to_run_again(address: str) -> None:
    """What is written to a generation that is gone makes no new index, and never takes the place of a newer one."""
    put(address, Article("old", "Wort"))

    def overtaken() -> None:
        with write_archive(address) as writer:
            writer.put(Article("late", "Wort"))
            put(address, Article("new", "Wort"), rebuild=True)

    with pytest.raises(IndexMissing, match="again"):
        overtaken()
    assert found(address) == ["new"]


def test_what_a_rebuild_that_fails_leaves_is_removed(address: str) -> None:
    """A rebuild that raises changes nothing; one that was killed is passed over, and swept when the next one ends."""
    put(address, Article("old", "Wort"))

    def failing() -> None:
        with write_archive(address, rebuild=True) as writer:
            writer.put(Article("new", "Wort"))
            raise RuntimeError("ours")

    with pytest.raises(RuntimeError, match="ours"):
        failing()
    assert found(address) == ["old"]
    place = shared_place(address)
    place.create_engine(2, None, None)[1].close()  # as a killed one leaves it
    put(address, Article("new", "Wort"), rebuild=True)
    assert (usable_manifest(place).generation, found(address)) == (3, ["new"])
    assert list(cluster.generations(place._connection, place._parsed.name)) == [3]


def test_the_longest_queries_are_answered(address: str) -> None:
    """Many words, patterns and misspellings, and long beginnings of names, find what they find elsewhere."""
    put(address, Article("a", "Wort", entities=Entities(("Anna [Wort]",))))
    many = [f"bundestag{number}" for number in range(190)]
    with open_archive(address) as archive:
        for text in (
            " ODER ".join(["wort", *many[:99]]),
            "wort* ODER " + " ODER ".join(f"{one}~" for one in many[:99]),
        ):
            assert archive.search(Request(text)).total == 1
        for text in (" ".join(many), f'"{" ".join(many)}"', "*" * 5000, "?" * 300, "x" * 40_000):
            assert archive.search(Request(text, size=1)).total <= 1
        assert archive.also_found(EntityName("person", "[(ü" * 900)) == ()


def test_an_article_under_other_names_takes_no_newer_ones_place(address: str) -> None:
    """Who lists an article otherwise, as it was some time ago, leaves it as others have changed or removed it since."""
    put(address, *(Article(id, "Wort") for id in "abc"))
    with write_archive(address) as writer:
        for match in list(writer.matches(MatchAll())):
            writer.renew_entry(replace(entry_again(match.stored), stored=match.stored.replace("Wort", "Wort neu")))
        put(address, Article("a", "Wort geändert"))
        with write_archive(address) as other:
            other.delete("b")
    with open_archive(address) as archive:
        bodies = {hit.id: archive.article(hit.id).body for hit in archive.search(Request("Wort")).hits}
    assert bodies == {"a": "Wort geändert", "c": "Wort neu"}


def test_nothing_is_left_of_what_is_forgotten(address: str) -> None:
    """After forgetting, no segment has anything deleted, in no copy, and blobs are those in use."""
    put(address, *(Article(str(number), f"Wort {number} Geheimwort{number}") for number in range(9)))
    with write_archive(address) as writer:
        writer.delete("3")
        writer.forget()
    place = shared_place(address)
    name, connection = place._parsed.name, place._connection
    for part in ("g000001", "g000001.words"):
        rows = connection.ask("GET", f"/_cat/segments/{name}.{part}", params={"format": "json"})
        assert all((row["docs.deleted"], row["committed"]) == ("0", "true") for row in rows)
    with open_archive(address) as archive:
        assert archive.suggest("geheimwort3") == ()
        assert archive.suggest("geheimwort4") != ()
    found = connection.ask(
        "POST", f"/{name}.state/_search", {"query": {"exists": {"field": "blob"}}, "_source": ["blob"]}
    )
    blobs = {row["_source"]["blob"] for row in found["hits"]["hits"]}
    assert blobs == set(usable_manifest(place).files.values())


def test_what_a_cluster_does_not_know_is_said(address: str) -> None:
    """Which articles are copies and which are new is known of directories only; whoever asks for it is told."""
    text = "Das Wort " + " ".join(f"Satz{number} geht weiter" for number in range(40))
    put(address, *(Article(id, text, date=NewsDate("1989-11-10")) for id in "ab"))
    with open_archive(address) as archive:
        page = archive.search(Request("Wort", collapse=True))
        assert [hit.id for hit in page.hits] == ["a", "b"]
        assert "copies_unknown" in {notice.code for notice in page.query.notices}
        assert all(hit.family is None for hit in page.hits)
        with pytest.raises(BadRequest, match="which articles are copies"):
            archive.corpus.curves({"": Request("Wort", collapse=True)})
        with pytest.raises(IndexIncompatible, match="Watch a copy of it in a directory: nachlese copy"):
            archive.arrivals(b"")


def test_values_are_kept_with_the_commit(address: str) -> None:
    """A value is that of the last commit; values of several writers stand beside each other."""
    with write_archive(address) as writer:
        writer.put(Article("a", "Wort"))
        writer.keep("answer", b"42")
        assert writer.kept("answer") is None
        put(address, Article("b", "Wort"))
        with write_archive(address) as other:
            other.keep("question", b"6 * 7")
    with write_archive(address) as writer:
        assert (writer.kept("answer"), writer.kept("question")) == (b"42", b"6 * 7")
        assert 0 <= writer.kept_age("answer") < 600


@pytest.mark.parametrize("damage", ["changed", "missing"])
def test_damage_is_told(address: str, damage: str) -> None:
    """A blob that is not as it was written is found by a check, and never mapped."""
    put(address, Article("a", "Wort"))
    place = shared_place(address)
    sum = next(sum for name, sum in usable_manifest(place).files.items() if name.startswith("words"))
    if damage == "missing":
        place._connection.ask("DELETE", f"/{place._parsed.name}.state/_doc/{sum}-000000")
    else:
        place._state.put_blob(sum, b"something else")
    report = check_archive(address)
    assert (report.damaged, report.missing)[damage == "missing"][0].startswith("words-")
    with open_archive(address) as archive, pytest.raises(IndexDamaged, match="--rebuild"):
        archive.prepare()


def test_a_manifest_that_makes_no_sense_is_told_and_mended(address: str) -> None:
    """Readers get a sentence with the remedy, and a rebuild mends it."""
    put(address, Article("a", "Wort"))
    place = shared_place(address)
    place._state.change("manifest", lambda _: json.dumps({"generation": "x"}))
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        open_archive(address)
    put(address, Article("b", "Wort"), rebuild=True)
    assert found(address) == ["b"]


def test_readers_see_no_part_of_a_commit(address: str) -> None:
    """A reader that is open sees a block when it has ended, and its words and names are those of one commit."""
    put(address, Article("a", "Wort"))
    with open_archive(address) as archive, write_archive(address) as writer:
        writer.put(Article("b", "Wort"))
        assert archive.count(Request("Wort")) == 1
        writer.checkpoint()
        assert archive.count(Request("Wort")) == 2


def test_a_view_that_was_lost_is_replaced(address: str) -> None:
    """A reader whose point in time the cluster has forgotten goes on with a new one."""
    put(address, Article("a", "Wort"))
    with open_archive(address) as archive:
        shared_place(address)._connection.ask("DELETE", "/_search/point_in_time/_all")
        assert archive.count(Request("Wort")) == 1
        assert [hit.id for hit in archive.search(Request("Wort")).hits] == ["a"]


def test_copies_of_snapshots_are_compared_before_they_are_mapped(address: str, tmp_path: Path) -> None:
    """A damaged copy on this machine is fetched again; a reader needs none of another run."""
    put(address, Article("a", "Hochwasser"))
    read: Callable[[], int] = lambda: len(open_archive(address).entities())  # noqa: E731
    place = shared_place(address)
    assert isinstance(place, ClusterPlace)
    read()
    for copy in tmp_path.glob("cache/*/*.copy"):
        copy.write_bytes(b"damaged")
    read()
    assert all(copy.read_bytes() != b"damaged" for copy in tmp_path.glob("cache/*/*.copy"))
