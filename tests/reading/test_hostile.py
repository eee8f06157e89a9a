"""Reading never fails, whatever a document holds."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import Tag
from bs4.element import PageElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Document, Problem, page_parser, read_document
from search import Article
from tests.torture.mutations import FORMAT_PIECES, PIECES, SUFFIXES

_PIECES = st.sampled_from((*PIECES, *FORMAT_PIECES))
CONTENT = st.binary(max_size=60) | st.lists(_PIECES | st.binary(max_size=4), max_size=25).map(b"".join)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(content=CONTENT, packed=st.booleans())
def test_reading_never_fails(suffix: str, content: bytes, packed: bool) -> None:
    """Any bytes under any suffix yield articles that can be stored or problems of one line, and something."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (f"a{suffix}.gz" if packed else f"a{suffix}")
        path.write_bytes(gzip.compress(content) if packed else content)
        found = list(read_document(Document(path.name, str(path), path.name, len(content))))
    assert found
    for item in found:
        if isinstance(item, Article):
            assert item.body.strip()
            assert item.fingerprint()
        else:
            assert str(item).isprintable()
            assert "unforeseen" not in str(item)


NESTED = 20_000
TWISTED = [
    "<p>Ein Satz. " * NESTED,
    "<div>" * NESTED + "<p>Ein Satz." + "</div>" * NESTED,
    "<form>" * NESTED,
    "<title>" * NESTED,
    "<h1>x " * NESTED,
    "<div class=breadcrumb>x " * NESTED,
    "<span class=author>x " * NESTED,
    "<table><tr><td>x " * NESTED,
    "<div class=share>" * NESTED + "<p>Ein Satz.",
    "<a " * NESTED,
    "<![" * NESTED,
    "</" * NESTED,
    '<script type="application/ld+json">' + "[" * NESTED + "]" * NESTED + "</script><p>Ein Satz.",
    "<p>" + " " * 200_000 + "x",
]


@pytest.fixture(params=["lxml", "html.parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Has pages read by one parser or the other."""
    monkeypatch.setattr(page_parser, "has_lxml", lambda: request.param == "lxml")
    return str(request.param)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("page", TWISTED, ids=[page[:20] for page in TWISTED])
def test_twisted_pages_take_no_longer(tmp_path: Path, page: str) -> None:
    """Pages that never close a tag are read in time that grows with their length only, or refused."""
    path = tmp_path / "a.html"
    path.write_text(page)
    assert list(read_document(Document("a.html", str(path), "a.html", 0)))


@pytest.mark.usefixtures("parser")
def test_what_nests_too_deep_is_read_beside_the_rest(tmp_path: Path) -> None:
    """Old pages never close their fonts: paragraphs that begin below thousands of them are paragraphs."""
    path = tmp_path / "a.html"
    sentences = [f"Der Rat hat am {day}. Mai getagt und einen Beschluss gefasst." for day in range(1, 9)]
    inner = "".join(f"<p>{each}</p>" for each in sentences[1:-1])
    path.write_text(
        f"<body><p>{sentences[0]}</p>" + "<div>" * 3_000 + inner + "</div>" * 3_000 + f"<p>{sentences[-1]}</p>"
    )
    (article,) = read_document(Document("a.html", str(path), "a.html", 0))
    assert isinstance(article, Article)
    assert article.body.split("\n\n") == sentences


NAMES = st.sampled_from(["div", "p", "b", "section", "h2", "span"])


@pytest.mark.usefixtures("parser")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(NAMES.map("<{}>".format), NAMES.map("</{}>".format), st.integers().map("{} ".format))))
def test_no_page_nests_deeper_and_no_text_is_lost(markup: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_parser, "_DEEPEST", 5)
        page = page_parser.parse_page("a.html", "".join(markup))
    assert max((len(list(tag.parents)) for tag in page.find_all(True)), default=0) <= 5
    assert page.get_text().split() == page_parser.parse_page("a.html", "".join(markup)).get_text().split()
    assert [*map(id, page.descendants)] == [*map(id, _walked(page))]


def _walked(tag: Tag) -> Iterator[PageElement]:
    for child in tag.contents:
        yield child
        if isinstance(child, Tag):
            yield from _walked(child)


# Each beginning is never ended, however many signs > follow; the number says how often it is repeated.
BEGINNINGS = [
    "<p a=b a=b ",
    '<p " a=">" a="><p " ',
    "<!-- >",
    "<![CDATA[ >",
    "<![if x >",
    "<a",
    "<p a='",
    "<!d",
    "</x ",
    "<?x ",
]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_is_read_in_vain_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginning: str) -> None:
    """A page of beginnings without an end is given up when the parser has read too much in vain, whatever begins.

    The latest versions of Python read some of them to the end of the page at once, which is as good.
    """
    monkeypatch.setattr(page_parser, "has_lxml", lambda: False)
    monkeypatch.setattr(page_parser, "_MOST_IN_VAIN", 1_000_000)
    read: list[int] = []
    count = page_parser._BoundedParser._count_in_vain

    def counted(self: page_parser._BoundedParser, start: int, end: int) -> int:
        read.append(len(self.rawdata) - start if end < 0 else end - start)
        return count(self, start, end)

    monkeypatch.setattr(page_parser._BoundedParser, "_count_in_vain", counted)
    page = "<p>Ein Satz. " + beginning * (100_000 // len(beginning))
    found = read_whole_page(tmp_path, page)
    assert sum(read) < 1_000_000 + 2 * len(page)
    assert sum(read) < 1_000_000 or "its tags are never closed" in str(found)


MASSES = [
    ("_MOST_MARKUP", "<b>", "signs <"),
    ("_MOST_MARKUP", "<!---->", "signs <"),
    ("_MOST_REFERENCES", "&lt;", "signs &"),
    ("_MOST_ATTRIBUTES", "<p a b c>", "attributes"),
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("limit", "piece", "message"), MASSES)
def test_what_a_page_holds_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, piece: str, message: str
) -> None:
    """A page of more tags, attributes or references than any article has is refused with a sentence."""
    monkeypatch.setattr(page_parser, limit, 1000)
    assert message in the_message(tmp_path, piece * 1001)


@pytest.mark.usefixtures("parser")
def test_a_tag_of_millions_of_attributes_is_refused_before_they_are_read(tmp_path: Path) -> None:
    """Attributes are counted in a long tag as a whole; the picture of a data: address is none of them."""
    for beginning in ("", 'b=">" ', 'b=c=" d=">" ', '=" d=">" ', 'b=\'"\' c=">" '):
        assert "attributes" in the_message(tmp_path, f"<p {beginning}{'a ' * 600_000}>Ein Satz.")
    picture = "iVBORw0KGgo/" * 100_000
    page = f'<p>Ein Satz <img src="data:image/png;base64,{picture}"> steht hier.'
    assert [type(item) for item in read_whole_page(tmp_path, page)] == [Article]


def test_empty_elements_are_closed_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tags such as <br> that were closed already are counted, not kept in a list that each end tag looks through."""
    monkeypatch.setattr(page_parser, "has_lxml", lambda: False)
    page = page_parser.parse_page("a.html", "<p>Eins<br>zwei<br></br>drei</p><hr></br></hr>")
    assert str(page) == "<p>Eins<br/>zwei<br/>drei</p><hr/>"
    tally = page_parser._Tally()
    for _ in range(3):
        tally.append("br")
    tally.remove("br")
    assert (len(tally), "br" in tally, "p" in tally) == (1, True, False)


@pytest.mark.usefixtures("parser")
def test_a_number_of_thousands_of_digits_is_no_character(tmp_path: Path) -> None:
    """A character reference beyond Unicode is the replacement character, however long it is."""
    (article,) = read_whole_page(tmp_path, f"<p>Ein Satz &#{'9' * 5000}; steht &#x{'0' * 5000}41; hier.")
    assert isinstance(article, Article)
    assert article.body == "Ein Satz \ufffd steht A hier."


def read_whole_page(folder: Path, page: str) -> list[Article | Problem]:
    path = folder / "a.html"
    path.write_text(page)
    return list(read_document(Document("a.html", str(path), "a.html", 0)))


def the_message(folder: Path, page: str) -> str:
    """What the report says of a page that is refused."""
    (problem,) = read_whole_page(folder, page)
    assert isinstance(problem, Problem)
    return problem.message
