"""A saved search is what the page offers to save; whatever else a file says is told with the remedy."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from web.parameters import strict_request
from web.saved_search import SearchesUnreadable, read_searches, search_lines

ERRORS = tomllib.loads((Path(__file__).parent / "errors.toml").read_text(encoding="utf-8"))["error"]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1, max_size=20)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error["says"])
def test_what_is_wrong_is_told(tmp_path: Path, error: dict[str, str]) -> None:
    """A file that cannot be used is refused with its name and what to change."""
    file = tmp_path / "searches.toml"
    file.write_text(error["text"], encoding="utf-8")
    with pytest.raises(SearchesUnreadable) as told:
        read_searches(file)
    assert error["says"] in str(told.value)
    assert str(file) in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Neither a missing file nor a huge one is read."""
    with pytest.raises(SearchesUnreadable, match="cannot be read"):
        read_searches(tmp_path / "nichts.toml")
    (tmp_path / "gross.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(SearchesUnreadable, match="bytes"):
        read_searches(tmp_path / "gross.toml")


def test_several_searches_may_add_to_one_file_of_lines(tmp_path: Path) -> None:
    """Each line names its search. What Windows writes before a text is no part of it."""
    lines = "".join(f'[[search]]\nname = "{name}"\njsonl = "neu.jsonl"\n' for name in "xy")
    (tmp_path / "searches.toml").write_text(lines, encoding="utf-8-sig")
    searches = read_searches(tmp_path / "searches.toml").searches
    assert [search.jsonl for search in searches] == [tmp_path / "neu.jsonl"] * 2


def test_what_was_sent_is_not_written_over(tmp_path: Path) -> None:
    """News do not go to the file of what was sent, by whatever name."""
    (tmp_path / "state.sqlite").touch()
    (tmp_path / "neu.jsonl").symlink_to("state.sqlite")
    (tmp_path / "searches.toml").write_text('[[search]]\nname = "x"\njsonl = "neu.jsonl"\n')
    with pytest.raises(SearchesUnreadable, match="name another file"):
        read_searches(tmp_path / "searches.toml", tmp_path / "state.sqlite")


def test_the_searches_are_not_written_over(tmp_path: Path) -> None:
    """What was sent is kept in another file than the searches, which the remedy does not have moved away."""
    file = tmp_path / "searches.toml"
    file.write_text('[[search]]\nname = "x"\njsonl = "neu.jsonl"\n')
    with pytest.raises(SearchesUnreadable, match="another --state"):
        read_searches(file, file)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("searches") / "searches.toml"


@settings(max_examples=50, deadline=None)
@given(query=TEXT, sources=st.lists(TEXT, max_size=2, unique=True), person=st.lists(TEXT, max_size=1))
def test_the_lines_of_the_page_are_the_search(file: Path, query: str, sources: list[str], person: list[str]) -> None:
    """What the page offers to save is read as the request that was asked there."""
    pairs = (
        ("q", query),
        *(("source", one) for one in sources),
        *(("person", one) for one in person),
        ("from", "2020"),
    )
    file.write_text(search_lines((*pairs, ("match", "forms"), ("view", "compact"))), encoding="utf-8")
    (search,) = read_searches(file).searches
    assert search.request == strict_request(MultiDict([*pairs, ("match", "forms")]))
    assert search.atom
