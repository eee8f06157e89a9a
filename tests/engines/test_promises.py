"""The promises of search.engines.base, kept by every engine."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engines.base import Engine, EngineRequest, Entry, ListPosition
from search.page import SORTS, Sort
from search.query.terms import Keyword, MatchAll, Or, Term
from search.store.entry import stored_fingerprint
from tests.engines.samples import EMBEDDED, WORD, asked, create, entry, fill, ids, opened, position, remove

Make = Callable[[list[Entry]], Engine]


def test_ties_go_by_date_then_id(make: Make) -> None:
    """Equal scores are ordered newest first, then by id, undated last."""
    engine = make([
        entry("b", "Wort", date="2020-01-02"), entry("d", "Wort"), entry("a", "Wort", date="2020-01-02"),
        entry("c", "Wort", date="2021"), entry("0", "Wort"),
    ])  # fmt: skip
    assert ids(engine, EngineRequest(WORD)) == ["c", "a", "b", "0", "d"]
    assert ids(engine, EngineRequest(MatchAll())) == ["c", "a", "b", "0", "d"]


def test_sorting_by_date_ignores_the_score(make: Make) -> None:
    """Newest and oldest go by the first day, ties by id; the undated come last in both."""
    engine = make([
        entry("x", "Wort " * 9, date="1989-11-09"), entry("y", "Wort und viele andere Wörter", date="1990-10"),
        entry("z", "Wort"), entry("w", "Wort", date="1989-11-09"),
    ])  # fmt: skip
    assert ids(engine, EngineRequest(WORD, sort="newest")) == ["y", "w", "x", "z"]
    assert ids(engine, EngineRequest(WORD, sort="oldest")) == ["w", "x", "y", "z"]


def test_title_outweighs_entities_outweighs_body(make: Make) -> None:
    """The same word ranks highest in the headline, then as a name, then in the text."""
    filler = "Ein Satz mit sieben anderen Wörtern darin"
    engine = make([
        entry("body", f"{filler} Kursk", title="Bericht vom Tage"),
        entry("title", f"{filler} heute", title="Kursk vom Tage"),
        entry("names", f"{filler} heute", title="Bericht vom Tage", place=("Kursk",)),
        *(entry(f"other{n}", f"{filler} heute", title="Bericht vom Tage", place=("Moskau",)) for n in range(8)),
    ])  # fmt: skip
    assert ids(engine, EngineRequest(asked("Kursk"))) == ["title", "names", "body"]


def test_rare_words_and_frequent_occurrences_score_higher(make: Make) -> None:
    """Scores follow BM25: the rarer word wins, more occurrences win, shorter texts win."""
    engine = make([
        entry("rare", "selten neun zehn"), entry("twice", "oft oft zehn"), entry("once", "oft neun zehn"),
        entry("long", "oft neun zehn elf zwölf dreizehn vierzehn"),
        *(entry(f"n{n}", "neun zehn elf") for n in range(5)),
    ])  # fmt: skip
    query = Or((Term("body_exact", "selten"), Term("body_exact", "oft")))
    assert ids(engine, EngineRequest(query)) == ["rare", "twice", "once", "long"]


def test_facets_count_all_answers(make: Make) -> None:
    """Facets count every answer, whatever the page, highest counts first, equal ones in order."""
    engine = make([
        entry(f"a{n}", "Wort", place=("Berlin", "Bonn") if n % 2 else ("Wien",), date=f"20{n:02}") for n in range(6)
    ] + [entry("none", "anderes", place=("Rom",))])  # fmt: skip
    found = engine.search(EngineRequest(WORD, size=1, facets={"place": 2, "year": 9, "source": 5}))
    assert found.facets["place"] == (("Berlin", 3), ("Bonn", 3))
    assert found.facets["year"] == tuple((f"20{n:02}", 1) for n in range(6))
    assert found.facets["source"] == ()
    assert found.total == 6


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 3, 40])
def test_pages_hold_each_answer_once(make: Make, sort: Sort, size: int) -> None:
    """Walking from page to page gives all answers in the order of one large page, ties included."""
    engine = make([
        entry(f"id {n}", "Wort " * (1 + n % 2) + "noch", date=f"200{n % 3}" if n % 4 else None) for n in range(70)
    ])  # fmt: skip
    whole = engine.search(EngineRequest(WORD, sort=sort, size=100))
    walked: list[str] = []
    after = None
    while page := engine.search(EngineRequest(WORD, sort=sort, size=size, after=after)).matches:
        walked += [match.id for match in page]
        after = position(page[-1], len(walked))
    assert walked == [match.id for match in whole.matches]
    assert len(walked) == 70


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("size", [1, 3, 40])
def test_pages_back_are_the_pages_that_were_passed(make: Make, sort: Sort, size: int) -> None:
    """Before any hit of the list stand the nearest ones before it, in the order of the list."""
    engine = make([
        entry(f"id {n}", "Wort " * (1 + n % 3) + "noch", date=f"200{n % 3}" if n % 4 else None) for n in range(70)
    ])  # fmt: skip
    whole = engine.search(EngineRequest(WORD, sort=sort, size=100)).matches
    for place in (0, 1, 2, 35, 68, 69):
        before = engine.search(
            EngineRequest(WORD, sort=sort, size=size, after=position(whole[place], place + 1), back=True)
        )
        assert before.matches == whole[max(0, place - size) : place]
        assert before.total == 70


def test_a_position_needs_only_the_id(make: Make) -> None:
    """The hits around an article are found whatever score, day and rank are claimed for it."""
    engine = make([entry(f"{n:02}", "Wort " * n + "noch " * 50, date="2020") for n in range(1, 60)])
    whole = ids(engine, EngineRequest(WORD, size=100))
    around = ListPosition(0.0, 0, whole[30], 1)
    assert ids(engine, EngineRequest(WORD, size=2, after=around)) == whole[31:33]
    assert ids(engine, EngineRequest(WORD, size=2, after=around, back=True)) == whole[28:30]


def test_frequency_counts_entries_with_a_term(make: Make) -> None:
    """The frequency of a term is the number of entries that have it in this column, not of its occurrences."""
    engine = make([entry("1", "Bund Bund Land"), entry("2", "Bund"), entry("3", "Land", title="Bund")])
    assert [engine.frequency("body_exact", text) for text in ("bund", "land", "meer")] == [2, 2, 0]
    assert engine.frequency("title_exact", "bund") == 1


@pytest.mark.parametrize("name", EMBEDDED)
def test_a_mean_length_is_that_of_all_entries(name: str, tmp_path: Path) -> None:
    """The mean length of a column counts all terms of all entries, in whichever entry the term is that asks for it."""
    engine = create(name, tmp_path / "index", [entry("1", "Bund Bund Land"), entry("2", "Bund"), entry("3", "Meer")])
    assert engine.mean_length("body_exact", "land") == pytest.approx(5 / 3)
    assert engine.mean_length("body_exact", "meer") == pytest.approx(5 / 3)


def test_a_page_goes_on_although_the_index_changed(make: Make) -> None:
    """After a commit a position still shows nothing twice that stood before it."""
    engine = make([entry(f"{n:02}", "Wort", date="2020") for n in range(10)])
    first = engine.search(EngineRequest(WORD, size=4)).matches
    fill(engine, [entry("new", "Wort", date="2021"), entry("035", "Wort", date="2020")])
    rest = ids(engine, EngineRequest(WORD, size=20, after=position(first[-1], 4)))
    assert rest == ["035", "04", "05", "06", "07", "08", "09"]


def test_the_same_id_replaces(make: Make) -> None:
    """Putting an id again, in the same block or a later one, leaves one entry with the last content."""
    engine = make([entry("a", "alt"), entry("a", "mittel")])
    assert engine.count() == 1
    fill(engine, [entry("a", "neu", place=("Bonn",))])
    assert engine.count() == 1
    assert ids(engine, EngineRequest(asked("alt ODER mittel"))) == []
    assert ids(engine, EngineRequest(asked("neu"))) == ["a"]
    assert '"neu"' in (engine.get("a") or "")


def test_deleted_entries_are_gone(make: Make) -> None:
    """A deleted entry is neither found, counted, stored nor faceted; unknown ids do no harm."""
    engine = make([entry("a", "Wort", place=("Bonn",)), entry("b", "Wort", place=("Rom",))])
    with engine.writer() as writer:
        writer.delete("a")
        writer.delete("unknown")
    engine.refresh()
    found = engine.search(EngineRequest(WORD, facets={"place": 5}))
    assert [match.id for match in found.matches] == ["b"]
    assert found.facets["place"] == (("Rom", 1),)
    assert (engine.count(), engine.get("a")) == (1, None)


def test_a_failed_block_changes_nothing(make: Make) -> None:
    """An exception inside a block undoes all of it, and writing goes on afterwards."""
    engine = make([entry("a", "Wort")])

    def fail() -> None:
        with engine.writer() as writer:
            writer.put(entry("b", "Wort"))
            writer.delete("a")
            raise RuntimeError("abgebrochen")

    with pytest.raises(RuntimeError, match="abgebrochen"):
        fail()
    engine.refresh()
    assert ids(engine, EngineRequest(WORD)) == ["a"]
    fill(engine, [entry("c", "Wort")])
    assert ids(engine, EngineRequest(WORD)) == ["a", "c"]


def test_put_and_delete_in_one_block_happen_in_order(make: Make) -> None:
    """The last of several changes to one id wins."""
    engine = make([entry("a", "Wort")])
    with engine.writer() as writer:
        writer.delete("a")
        writer.put(entry("a", "Wort neu"))
        writer.put(entry("b", "Wort"))
        writer.delete("b")
    engine.refresh()
    assert ids(engine, EngineRequest(WORD)) == ["a"]


def test_readers_keep_their_view_until_they_refresh(engine_name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A second reader sees a commit when it refreshes and not before."""
    directory = tmp_path_factory.mktemp("view") / "engine"
    writing = opened(engine_name, directory, create=True)
    fill(writing, [entry("a", "Wort")])
    reading = opened(engine_name, directory)
    fill(writing, [entry("b", "Wort")])
    assert ids(reading, EngineRequest(WORD)) == ["a"]
    reading.refresh()
    assert ids(reading, EngineRequest(WORD)) == ["a", "b"]
    writing.close()
    reading.close()
    remove(engine_name, directory)


ODD_VALUES = ("a", "a.b", "a*b", "ab", "ab\n", "a\tb", "äb", "[b]", "\\", "b b", "b|c", "*", "(", "日本")


@pytest.mark.parametrize("most", [1, 3, 50_000])
def test_values_are_counted_without_those_that_are_gone(make: Make, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All values of a keyword are counted in living entries, however few an engine counts at once."""
    monkeypatch.setattr("search.engines.values.counting.AT_ONCE", most)
    monkeypatch.setattr("search.engines.tantivy.serials.AT_ONCE", most)
    odd = [entry(str(number), "Wort", place=ODD_VALUES[number:]) for number in range(len(ODD_VALUES))]
    engine = make([*odd, entry("x", "Wort", place=("Bonn", "Celle")), entry("y", "Wort", place=("Bonn",))])
    assert engine.counts("place") == {value: number + 1 for number, value in enumerate(ODD_VALUES)} | {
        "Bonn": 2, "Celle": 1,
    }  # fmt: skip
    with engine.writer() as writer:
        writer.put(entry("x", "Wort", place=("Bonn", "Daun")))
        writer.delete("y")
        for number in range(1, len(ODD_VALUES)):
            writer.delete(str(number))
    engine.refresh()
    assert engine.counts("place") == dict.fromkeys((*ODD_VALUES, "Bonn", "Daun"), 1)
    assert engine.counts("organisation") == {}


def test_vocabulary_names_the_most_frequent_terms(make: Make) -> None:
    """Terms and keyword values with a prefix come most frequent first, equal ones in order."""
    engine = make([
        entry("1", "Bund Bund Bundestag", place=("Bonn",)), entry("2", "Bundestag Bund", place=("Bonn", "Berlin")),
        entry("3", "Bundesrat Bündnis", place=("Wien",)), entry("4", "Bundestag Ähre"),
    ])  # fmt: skip
    assert engine.vocabulary("body_exact", "bund", 3) == [("bundestag", 3), ("bund", 2), ("bundesrat", 1)]
    assert engine.vocabulary("body_exact", "ä", 5) == [("ähre", 1)]
    assert engine.vocabulary("place", "", 2) == [("Bonn", 2), ("Berlin", 1)]
    assert engine.vocabulary("body_exact", "xyz", 5) == []


def test_searching_is_safe_from_several_threads(make: Make) -> None:
    """Threads that search while others commit and refresh never fail and never see half a block."""
    engine = make([entry(f"{n}", "Wort gerade") for n in range(4)])
    failures: list[str] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            total = engine.search(EngineRequest(WORD, facets={"place": 5})).total
            if total % 4:
                failures.append(f"saw {total} of blocks of four")

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for block in range(1, 5):
        fill(engine, [entry(f"{block} {n}", "Wort ungerade") for n in range(4)])
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert engine.count() == 20


def test_empty_engines_answer(make: Make) -> None:
    """An engine without entries answers every question with nothing."""
    engine = make([])
    for query in ("Wort", '"zwei Wörter"', '"zwei Wörter"~3', "Wo*", "wrot~", "*", "datum:2020", "-a"):
        found = engine.search(EngineRequest(asked(query), facets={"place": 3}))
        assert (found.total, found.matches, found.facets) == (0, (), {"place": ()})
    assert engine.get("a") is None
    assert engine.vocabulary("body_exact", "", 3) == []


@pytest.mark.parametrize("id", ["https://example.org/a?b=1&c=ä", "ordner/datei 1.txt", "\U0001f5de", "x" * 400, "a\tb"])
def test_any_id_is_a_good_id(make: Make, id: str) -> None:
    """Ids of any characters are stored, found, replaced and deleted."""
    engine = make([entry(id, "Wort"), entry("other", "Wort", date="2020")])
    assert f'"id": "{id}"'.replace("\t", "\\t") in (engine.get(id) or "")
    assert ids(engine, EngineRequest(WORD)) == ["other", id]
    with engine.writer() as writer:
        writer.delete(id)
    engine.refresh()
    assert ids(engine, EngineRequest(WORD)) == ["other"]


def test_very_long_words_stay_findable(make: Make) -> None:
    """Words of any length can be found by themselves and by their beginning."""
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 20
    engine = make([entry("a", f"Das {word} gilt."), entry("b", "Das Gesetz gilt.")])
    assert ids(engine, EngineRequest(asked(word))) == ["a"]
    assert ids(engine, EngineRequest(asked("Rindfleisch*"))) == ["a"]


def test_keyword_values_are_taken_whole(make: Make) -> None:
    """A filter matches the whole value with its capitals and spaces, nothing else."""
    engine = make([entry("a", "Wort", source="Der Standard"), entry("b", "Wort", source="der standard")])
    assert ids(engine, EngineRequest(Keyword("source", "Der Standard"))) == ["a"]
    assert ids(engine, EngineRequest(Keyword("source", "Standard"))) == []


def test_what_is_asked_together_is_answered_as_one_by_one(make: Make) -> None:
    """Several requests, terms or ids in one message get the answers that each gets by itself, in their order."""
    engine = make([entry(str(number), "Wort " * number + "Haus", place=("Bonn",)) for number in range(1, 6)])
    requests = [
        EngineRequest(WORD, facets={"place": 2}), EngineRequest(asked("Haus"), sort="newest", size=2),
        EngineRequest(asked("xyz")),
        EngineRequest(WORD, size=1, after=position(engine.search(EngineRequest(WORD)).matches[1], 2)),
    ]  # fmt: skip
    assert engine.search_many(requests) == [engine.search(request) for request in requests]
    assert engine.search_many([]) == []
    texts = ["haus", "xyz", "wort", "\ud800"]
    assert engine.frequencies("body_exact", texts) == [5, 0, 5, 0]
    ids = ["3", "none", "1", "\ud800"]
    assert engine.get_many(ids) == {"3": engine.get("3"), "1": engine.get("1")}
    found = engine.fingerprints(ids, stored_fingerprint)
    assert found == {id: stored_fingerprint(engine.get(id) or "") for id in ("3", "1")}
    assert engine.get_many([]) == engine.fingerprints([], stored_fingerprint) == {}
