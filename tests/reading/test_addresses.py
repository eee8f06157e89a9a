"""Which addresses mean the same page."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.addresses import address_id, plain_address
from search.errors import SettingUnusable
from tests.reading.sample import line, read_text, the_article

CASES = tomllib.loads((Path(__file__).parent / "addresses.toml").read_text(encoding="utf-8"))["address"]


@pytest.mark.parametrize("case", CASES, ids=[case["url"] for case in CASES])
def test_addresses_are_plain(case: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An address loses what tells where a reader came from; http and www only where the archive says so."""
    assert plain_address(case["url"]) == case["plain"]
    assert address_id(case["plain"]) == case["plain"]
    monkeypatch.setenv("NACHLESE_SAME_ADDRESS", "http www")
    assert address_id(case["plain"]) == case.get("id", case["plain"])


@given(st.text(max_size=20).map("https://a.example/{}".format) | st.text(max_size=30))
def test_a_plain_address_stays(url: str) -> None:
    """To make an address plain twice is to make it plain once, whatever it is."""
    assert plain_address(plain_address(url)) == plain_address(url)


def test_unknown_differences_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that names another difference is an error, not silence."""
    monkeypatch.setenv("NACHLESE_SAME_ADDRESS", "https www")
    with pytest.raises(SettingUnusable, match="http or www or both, not 'https'"):
        address_id("https://a.example/1")


def test_an_address_stands_for_an_article(tmp_path: Path) -> None:
    """The plain address is the id of an article that has no other, and what is shown."""
    url = "https://a.example/1?utm_source=rss#oben"
    article = the_article(read_text(tmp_path, "a.jsonl", line(url=url, body="Text.")))
    assert (article.id, article.url) == ("https://a.example/1", "https://a.example/1")
    article = the_article(read_text(tmp_path, "b.jsonl", line(id="7", url=url, body="Text.")))
    assert (article.id, article.url) == ("7", "https://a.example/1")
