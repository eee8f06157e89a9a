"""What takes too long is stopped, with what was too dear; without a deadline nothing ever is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from search import Archive, Article, Request, open_archive, write_archive
from search.deadline import EXPANDING, check_deadline, deadline, time_is_short, uninterrupted, until_deadline
from search.engines.base import EngineRequest
from search.errors import TooExpensive, TooLate
from search.hits import candidates
from search.hits.matching import why
from search.query.terms import Phrase, Term
from web import create_app
from web.operation.options import Operation

ENGINES = ("memory", "whoosh", "tantivy")


class Clock:
    """A clock that goes on by a step each time somebody looks at it; a thread works for a share of that time."""

    def __init__(self, step: float, share: float = 1.0) -> None:
        self.now = 0.0
        self.step = step
        self.share = share

    def monotonic(self) -> float:
        self.now += self.step
        return self.now

    def thread_time(self) -> float:
        return self.now * self.share


@contextmanager
def stopping_after(looks: int) -> Iterator[None]:
    """A deadline that has passed after so many looks at the clock."""
    with patch("search.deadline.time", Clock(1.0)), deadline(looks - 0.5):
        yield


@pytest.fixture(params=ENGINES)
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    """Thirty articles with much the same words."""
    with write_archive(tmp_path, request.param) as writer:
        for number in range(30):
            writer.put(
                Article(f"{number:02}", f"Merkel spricht in Saal {number} über die Wahl.", title=f"Rede {number}")
            )
    with open_archive(tmp_path) as opened:
        yield opened


@pytest.mark.parametrize(("seconds", "steps"), [(0.42, 2), (0.3, 3), (0.04, 25)])
def test_a_dear_step_is_not_begun_with_little_time_left(seconds: float, steps: int) -> None:
    """What cannot be interrupted goes over the time by half of itself at most; cheap steps may take all of it."""
    clock, begun = Clock(0.0), list[float]()

    def ask_on() -> None:
        while True:
            check_deadline("searching")
            with uninterrupted("searching"):
                begun.append(clock.now)
                clock.now += seconds

    with patch("search.deadline.time", clock), deadline(0, work=1), pytest.raises(TooExpensive, match="searching"):
        ask_on()
    assert len(begun) == steps


def test_without_a_deadline_nothing_is_stopped(archive: Archive) -> None:
    """In the shell and in programs an answer may take what it takes."""
    with patch("search.deadline.time", Clock(1e9)):
        assert archive.search(Request(text="Merkel *ahl")).total == 30
    with patch("search.deadline.time", Clock(1e9)), deadline(0):
        assert archive.search(Request(text="Merkel *ahl")).total == 30


def test_the_time_is_short_before_it_is_over() -> None:
    """What may be cut short is told to end after its share of the time, and never without a deadline."""
    with patch("search.deadline.time", Clock(1.0)), deadline(4.0):
        assert [time_is_short(0.5) for _ in range(4)] == [False, False, True, True]
    with patch("search.deadline.time", Clock(1e9)):
        assert not time_is_short(0.5)


def stops(archive: Archive, text: str) -> list[str]:
    """What a search was doing when it was stopped after one look at the clock, after two, and so on to its end."""
    doing: list[str] = []
    for looks in range(1, 200):
        try:
            with stopping_after(looks):
                assert archive.search(Request(text=text, size=10)).total == 30
        except TooExpensive as refusal:
            doing.append(refusal.doing)
        else:
            break
    return doing


@pytest.mark.parametrize("text", ["Merkel", "Merk*", "*ahl", "Merkl~", '"in Saal"', "Merkel ODER Wahl", "=Wahl -Kohl"])
def test_a_search_is_stopped_at_each_look(archive: Archive, text: str) -> None:
    """However far a search has come, the next look ends it, from the engine to the last hit; with time it answers."""
    doing = stops(archive, text)
    assert doing[0] == "searching"
    assert doing.count("marking the hits") >= 10
    assert doing[-1] in ("marking the hits", EXPANDING)


def test_a_phrase_is_stopped_between_its_words(tmp_path: Path) -> None:
    """Whoosh finds phrases in Python, and looks at the clock before it reads where each of their words stands."""
    text = "in der Stadt und auf dem Land"
    with write_archive(tmp_path, "whoosh") as writer:
        writer.put(Article("1", text))
    with open_archive(tmp_path) as opened, patch("search.engines.whoosh.evaluation.check_deadline") as look:
        asked = [Term("body_exact", "stadt"), Phrase("body_exact", tuple(text.lower().split()))]
        looks = []
        for leaf in asked:
            assert opened._engine.search(EngineRequest(leaf, size=1)).total == 1
            looks.append(look.call_count)
    assert looks[1] - looks[0] == looks[0] + len(text.split())


def test_a_stopped_search_says_what_helps(archive: Archive) -> None:
    """The message has what took the time, how long it may take, and how to ask for less."""
    with stopping_after(1), pytest.raises(TooExpensive, match=r"longer than 0.5 s .* while searching.*Ask for less"):
        archive.search(Request(text="Merkel"))


def test_what_is_only_a_help_is_left_out(archive: Archive) -> None:
    """If the time ends while corrections are looked for, the answer comes without them."""
    with patch("search.archive.corrections", side_effect=TooExpensive("counting", 2.0)):
        page = archive.search(Request(text="Merkzel"))
    assert (page.total, page.query.corrections) == (0, ())


def test_the_sooner_deadline_counts() -> None:
    """A deadline inside of another one can only shorten it."""
    clock = Clock(0.0)
    with patch("search.deadline.time", clock), deadline(5), deadline(50):
        clock.now = 6
        with pytest.raises(TooExpensive, match="5 s"):
            check_deadline("waiting")
    with patch("search.deadline.time", clock), deadline(50), deadline(5):
        clock.now = 12
        with pytest.raises(TooExpensive, match="waiting"):
            list(until_deadline([1], "waiting"))


def test_work_is_too_dear_and_waiting_is_too_late() -> None:
    """What works longer than it may is too dear, however quick; what waits longer than it may has to ask again."""
    clock = Clock(0.0, share=0.25)
    with patch("search.deadline.time", clock), deadline(100, work=1):
        clock.now = 3.9
        check_deadline("waiting")
        clock.now = 4.1
        with pytest.raises(TooExpensive, match="1 s of a processor") as refusal:
            check_deadline("working")
        assert not isinstance(refusal.value, TooLate)
    with patch("search.deadline.time", clock), deadline(2, work=1):
        clock.now += 2.1
        with pytest.raises(TooLate, match=r"busy: .* 2 s .* Ask again"):
            check_deadline("waiting")
        with pytest.raises(TooExpensive, match="Ask for less"):
            check_deadline("waiting for a cluster", elsewhere=True)
    with patch("search.deadline.time", clock), deadline(0, work=4):
        clock.now += 9
        assert time_is_short(0.5)
        assert not time_is_short(0.6)


def test_a_text_without_end_has_marks_up_to_a_bound(archive: Archive) -> None:
    """Of a text of very many matching words, so many are looked at as the bound says."""
    article = Article("long", "Wahl " * 500)
    with patch.object(candidates, "MOST_CANDIDATES", 100):
        assert len(archive.marks(article, "Wahl").body) == 100


def test_short_words_are_looked_for_as_whole_words_only(archive: Archive) -> None:
    """A query of single letters analyses no other words of a text."""
    article = Article("letters", "Am Abend aß Anna einen Apfel in a und e. " * 20)
    with patch.object(candidates, "analysed_chunk", wraps=candidates.analysed_chunk) as analysed:
        assert len(archive.marks(article, "a ODER e ODER i ODER s ODER d").body) == 40
    assert {call.args[0] for call in analysed.call_args_list} == {"a", "e."}


@pytest.mark.parametrize("path", ["/api/search", "/suche", "/suche.csv", "/suche.atom"])
def test_the_server_says_what_was_too_dear(archive: Archive, tmp_path: Path, path: str) -> None:
    """A request that takes too long is answered by 503 in the shape of its address, with how to ask for less."""
    client = create_app(tmp_path, operation=Operation(deadline=2.0)).test_client()
    with patch("search.deadline.time", Clock(0.0)):  # however busy the machine of the test is
        assert client.get(path, query_string={"q": "Merkel"}).status_code == 200
    with patch("search.deadline.time", Clock(0.5)):
        answer = client.get(path, query_string={"q": "Merkel ODER Wahl"})
    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    if path == "/suche":
        assert "Diese Suche ist zu aufwendig" in answer.text
        assert re.search("und wurde beim (Suchen|Ordnen|Zählen|Markieren).* abgebrochen", answer.text)
        assert 'value="Merkel ODER Wahl"' in answer.text, "so that it can be changed"
    else:
        assert "Ask for less" in answer.json["detail"]
    with patch("search.deadline.time", Clock(0.0)):
        assert client.get(path, query_string={"q": "Merkel"}).status_code == 200


@pytest.mark.parametrize(("suffix", "lines"), [("csv", 101), ("jsonl", 100)])
def test_files_have_a_hundred_hits_unasked(tmp_path: Path, suffix: str, lines: int) -> None:
    """Who wants more hits of a file says so; a link leads on to the others."""
    with write_archive(tmp_path, "tantivy") as writer:
        for number in range(120):
            writer.put(Article(str(number), "Merkel spricht."))
    client = create_app(tmp_path).test_client()
    answer = client.get(f"/suche.{suffix}?q=Merkel")
    assert len(answer.text.splitlines()) == lines
    assert 'rel="next"' in answer.headers["Link"]
    assert len(client.get(f"/suche.{suffix}?q=Merkel&size=1000").text.splitlines()) == lines + 20


def test_who_is_late_is_asked_to_come_back(archive: Archive, tmp_path: Path) -> None:
    """On a crowded machine an ordinary search is not called too dear: the answer says when to ask again."""
    client = create_app(tmp_path, operation=Operation(deadline=2.0, work=1.0)).test_client()
    for path in ("/suche", "/api/search"):
        with patch("search.deadline.time", Clock(0.5, share=0.01)):
            answer = client.get(path, query_string={"q": "Merkel ODER Wahl"})
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert "aufwendig" not in answer.text
        assert "Ask for less" not in answer.text


def test_where_time_is_short_hits_come_unmarked(archive: Archive) -> None:
    """Hits that are found are shown, the later ones without their matches, and the reader is told how many."""
    with patch("search.hits.hit.time_is_short", side_effect=[False] * 4 + [True] * 6):
        page = archive.search(Request(text="Merkel", size=10))
    assert [bool(hit.why) for hit in page.hits] == [True] * 4 + [False] * 6
    assert [one.code for one in page.query.notices] == ["few_marked"]


@pytest.mark.parametrize(("address", "marked"), [
    ("/suche.csv?q=Merkel", True), ("/suche.json?q=Merkel", True), ("/suche.json?q=Merkel&field=why", True),
    ("/api/search?q=Merkel", True), ("/suche.ris?q=Merkel", False), ("/suche.bib?q=Merkel", False),
    ("/suche.jsonl?q=Merkel&field=title&field=body", False), ("/api/search?q=Merkel&field=body", False),
])  # fmt: skip
def test_only_what_shows_marks_is_marked(archive: Archive, tmp_path: Path, address: str, marked: bool) -> None:
    """Files that do not say where a hit matches do not look for it."""
    with patch("search.hits.hit.why", wraps=why) as marking:
        answer = create_app(tmp_path).test_client().get(address)
    assert answer.status_code == 200
    assert any(call.args[0] for call in marking.call_args_list) == marked
