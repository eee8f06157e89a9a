"""Archives asked as one against one archive with all their articles: random articles, random questions."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.base import Engine, EngineRequest, EngineResult, Entry, ListPosition, Match
from search.errors import IndexDamaged, NachleseError
from search.federation.engine import FederatedEngine
from search.federation.ids import joined
from search.federation.member import Member
from search.page import SORTS, Sort
from search.query import terms
from search.schema import COLUMNS
from tests.engines.samples import create
from tests.engines.test_twin import DAY, PLACES, WORD, queries

# The order in which archives are asked is not that of their names; one name is the beginning of another.
NAMES = ("zwei", "eins", "eins-b")
LENGTH = 4  # words of each column of each entry: of mean lengths each archive has its own

texts = st.lists(WORD, min_size=LENGTH, max_size=LENGTH).map(" ".join)


@st.composite
def placed(draw: st.DrawFn) -> list[tuple[int, Entry]]:
    """Entries with made-up terms, each with the place of the archive that has it; two archives may have the same id."""
    made = {}
    for number in range(draw(st.integers(1, 12))):
        first = draw(st.one_of(st.just(0), DAY))
        text = {name: draw(texts) for name in ("body_exact", "body_form", "title_exact", "body_part")}
        place, id = draw(st.integers(0, 2)), draw(st.sampled_from("abcdefgh"))
        made[place, id] = Entry(
            id=id,
            columns={name: text.get(name, "haus " * (LENGTH - 1) + "haus") for name in COLUMNS},
            keywords={"place": tuple(draw(st.lists(st.sampled_from(PLACES), unique=True, max_size=3))),
                      "year": (str(first)[:4],) if first else ()},
            first=first,
            last=max(first, draw(DAY)) if first else 0,
            stored=f'{{"id": "{id}", "number": {number}}}',
        )  # fmt: skip
    return [(place, entry) for (place, _), entry in made.items()]


def built(folder: Path, found: list[tuple[int, Entry]]) -> tuple[FederatedEngine, Engine]:
    """The archives as one, and one archive with all of their articles under the ids that these have together."""
    engines = [
        create("memory", folder / name, [entry for where, entry in found if where == place])
        for place, name in enumerate(NAMES)
    ]
    one = create("memory", folder / "one", [_renamed(entry, NAMES[place]) for place, entry in found])
    members = [Member(name, engine, _unexpected) for name, engine in zip(NAMES, engines, strict=True)]
    return FederatedEngine(members), one


def _renamed(entry: Entry, name: str) -> Entry:
    id = joined(name, entry.id)
    stored = entry.stored.replace(f'"id": "{entry.id}"', f'"id": "{id}"')
    return Entry(id, entry.columns, entry.keywords, entry.first, entry.last, stored)


def _unexpected(name: str, error: NachleseError) -> None:
    raise error


@settings(max_examples=40)
@given(placed(), st.lists(queries, min_size=1, max_size=4))
def test_several_answer_as_one(found: list[tuple[int, Entry]], asked: list[terms.Terms]) -> None:
    """They find, count, score and sort what one archive with all of their articles does."""
    with tempfile.TemporaryDirectory() as folder:
        several, one = built(Path(folder), found)
        for query in asked:
            for sort in SORTS:
                request = EngineRequest(query, sort=sort, size=20, facets={"place": 5, "year": 2})
                answer, right = several.search(request), one.search(request)
                assert (answer.total, answer.facets) == (right.total, right.facets)
                assert by_id(answer) == by_id(right)
                assert order(answer, sort) == order(right, sort)
            assert set(several.ids(query, 20)) == set(one.ids(query, 20))
            assert len(several.ids(query, 2)) == min(2, right.total)


def order(answer: EngineResult, sort: Sort) -> list[tuple[float, int]]:
    """The order of the hits, but for those that are equal: which of them comes first depends on the archives."""
    return [(match.score if sort == "relevance" else 0.0, match.day) for match in answer.matches]


def by_id(answer: EngineResult) -> dict[str, Match]:
    return {match.id: match for match in answer.matches}


@settings(max_examples=25)
@given(placed(), queries, st.sampled_from(SORTS), st.integers(1, 3))
def test_pages_have_each_hit_once(found: list[tuple[int, Entry]], query: terms.Terms, sort: Sort, size: int) -> None:
    """Pages forth and pages back are pieces of one list, wherever they begin; a hit is known by its id alone."""
    with tempfile.TemporaryDirectory() as folder:
        several, _ = built(Path(folder), found)
        whole = several.search(EngineRequest(query, sort=sort, size=20)).matches
        for seen, match in enumerate(whole, 1):
            after = ListPosition(0.0, 0, match.id, seen)
            forth = several.search(EngineRequest(query, sort, size, after)).matches
            back = several.search(EngineRequest(query, sort, size, after, back=True)).matches
            assert forth == whole[seen : seen + size]
            assert back == whole[max(0, seen - 1 - size) : seen - 1]


@settings(max_examples=40)
@given(placed())
def test_words_and_values_are_added_up(found: list[tuple[int, Entry]]) -> None:
    """Words, values and stored articles are those of all archives together."""
    with tempfile.TemporaryDirectory() as folder:
        several, one = built(Path(folder), found)
        for name in ("body_exact", "place"):
            assert several.vocabulary(name, "", 5) == one.vocabulary(name, "", 5)
            assert several.frequencies(name, ["haus", "Bonn"]) == one.frequencies(name, ["haus", "Bonn"])
        assert several.counts("place") == one.counts("place")
        assert several.count() == one.count()
        every = [joined(NAMES[place], entry.id) for place, entry in found]
        assert several.get_many(every) == one.get_many(every)


@pytest.mark.parametrize("name", ["memory", "whoosh", "tantivy"])
def test_short_texts_do_not_lose_beside_long_ones(name: str, tmp_path: Path) -> None:
    """A text of its archive's length scores as in one archive, by the mean length of all, not by that of its own."""
    query = terms.Term("body_exact", "haus")
    long, short = (_entry(id, f"haus haus {'feld ' * (length - 2)}".strip()) for id, length in (("l", 24), ("s", 4)))
    other = _entry("o", "feld feld feld feld")
    engines = [
        create(name, tmp_path / place, entries) for place, entries in (("eins", [long]), ("zwei", [short, other]))
    ]
    several = FederatedEngine(
        [Member(place, engine, _unexpected) for place, engine in zip(NAMES, engines, strict=False)]
    )
    one = create(name, tmp_path / "one", [long, short, other])
    right = {match.id: match.score for match in one.search(EngineRequest(query)).matches}
    found = {match.id[-1]: match.score for match in several.search(EngineRequest(query)).matches}
    assert found == pytest.approx(right, rel=0.01)
    assert found["s"] > 1.5 * found["l"]
    assert several.mean_length("body_exact", "feld") == pytest.approx(32 / 3)


def test_an_id_alone_is_that_of_the_first_archive_which_has_it(tmp_path: Path) -> None:
    """Links of the time when an archive was the only one lead to its article, under its id of now."""
    found = [(place, _entry(id)) for place, id in ((0, "a"), (1, "a"), (1, "b"))]
    several, _ = built(tmp_path, found)
    assert several.get("a") == '{"id": "zwei/a"}'
    assert several.get_many(["b", "eins/a", "c"]) == {"b": '{"id": "eins/b"}', "eins/a": '{"id": "eins/a"}'}


def test_archives_are_asked_for_and_counted_by_their_names(tmp_path: Path) -> None:
    """The keyword `archive` finds the articles of one, alone and in a query; as a facet it counts those of each."""
    found = [(0, _entry("a")), (1, _entry("a")), (1, _entry("b"))]
    several, _ = built(tmp_path, found)
    word = terms.Term("body_exact", "haus")
    request = EngineRequest(word, facets={"archive": 5})
    assert several.search(request).facets == {"archive": (("eins", 2), ("zwei", 1))}
    for query, ids in (
        (terms.Keyword("archive", "zwei"), ["zwei/a"]),
        (terms.And((word, terms.Keyword("archive", "eins"))), ["eins/a", "eins/b"]),
        (terms.AndNot(word, terms.Keyword("archive", "eins")), ["zwei/a"]),
        (terms.Or((terms.Keyword("archive", "zwei"), terms.Keyword("id", "eins/b"))), ["zwei/a", "eins/b"]),
        (terms.Should(word, terms.Keyword("archive", "eins")), ["zwei/a", "eins/a", "eins/b"]),
        (terms.Keyword("archive", "drei"), []),
        (terms.Keyword("id", "a"), []),
    ):
        assert [match.id for match in several.search(EngineRequest(query)).matches] == ids


def test_one_archive_has_no_name(tmp_path: Path) -> None:
    """An engine by itself finds nothing for the name of an archive, and says nothing else about it."""
    for name in ("memory", "whoosh", "tantivy"):
        engine = create(name, tmp_path / name, [_entry("a")])
        assert engine.search(EngineRequest(terms.Keyword("archive", name))).total == 0
        assert engine.search(EngineRequest(terms.AndNot(terms.MatchAll(), terms.Keyword("archive", name)))).total == 1


def test_an_archive_that_fails_is_left_out(tmp_path: Path) -> None:
    """Whoever holds the archives is told once of the one that fails, and the others answer, now and later."""
    told: list[str] = []
    good = create("memory", tmp_path / "good", [_entry("a")])
    bad = create("memory", tmp_path / "bad", [_entry("b")])
    several = FederatedEngine(
        [Member("gut", good, _unexpected), Member("schlecht", bad, lambda name, _: told.append(name))]
    )
    assert several.search(EngineRequest()).total == 2
    bad.search_many = _damaged  # type: ignore[attr-defined, method-assign, assignment]
    for _ in range(2):
        assert [match.id for match in several.search(EngineRequest()).matches] == ["gut/a"]
    assert told == ["schlecht"]


def _damaged(requests: object) -> list[EngineResult]:
    raise IndexDamaged("A file is damaged.")


def test_nothing_is_written(tmp_path: Path) -> None:
    """Several archives are never written to as one."""
    several, _ = built(tmp_path, [(0, _entry("a"))])
    for write in (several.writer, several.merge_segments, lambda: several.purge(lambda _: _entry("a"))):
        with pytest.raises(OSError, match="never written"):
            write()


def _entry(id: str, body: str = "haus") -> Entry:
    return Entry(id, {"body_exact": body}, {}, 0, 0, f'{{"id": "{id}"}}')
