"""An address names a directory or an archive in a cluster, and what is wrong with it is said with the remedy."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from search import open_archive
from search.engines.opensearch import connection
from search.errors import ClusterUnavailable, EngineUnavailable, SettingUnusable
from search.store.cluster import ClusterPlace
from search.store.cluster_address import ClusterAddress, credentials
from search.store.directory import IndexDirectory
from search.store.places import place_of

CASES = tomllib.loads((Path(__file__).parent / "addresses.toml").read_text(encoding="utf-8"))
NOBODY = "opensearch://127.0.0.1:1/news"  # no port that anything may listen on


@pytest.mark.parametrize("case", CASES["address"], ids=lambda case: str(case["text"]))
def test_an_address_names_hosts_and_an_archive(case: dict[str, Any]) -> None:
    """Several hosts, each with a port of its own, and how a new generation is spread."""
    found = ClusterAddress.parse(case["text"])
    assert found.hosts == tuple(case["hosts"])
    expected = (case.get("name", "news"), case.get("shards", 1), case.get("replicas", 1))
    assert (found.name, found.shards, found.replicas) == expected


@pytest.mark.parametrize("case", CASES["wrong"], ids=lambda case: str(case["text"]))
def test_what_is_wrong_with_an_address_is_said(case: dict[str, Any]) -> None:
    """What names nothing is an error with an example, and no secret of it is said again."""
    with pytest.raises(SettingUnusable) as caught:
        place_of(case["text"])
    assert case["says"] in str(caught.value)
    assert "secret" not in str(caught.value)


def test_what_is_no_address_is_a_directory(tmp_path: Path) -> None:
    """A path is a directory, whatever it is called; so is a text that begins as no address does."""
    assert isinstance(place_of(tmp_path), IndexDirectory)
    assert isinstance(place_of("opensearch"), IndexDirectory)
    assert isinstance(place_of(Path("opensearch://host/news")), IndexDirectory)
    assert isinstance(place_of("opensearch://host/news"), ClusterPlace)


def test_a_password_comes_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a user nobody logs in; with one there must be a password, and it never travels in the clear."""
    safe, local = ClusterAddress.parse("opensearchs://host/news"), ClusterAddress.parse("opensearch://127.0.0.1/news")
    assert credentials(safe) is None
    monkeypatch.setenv("NACHLESE_OPENSEARCH_USER", "anna")
    with pytest.raises(SettingUnusable, match="NACHLESE_OPENSEARCH_PASSWORD_FILE are not"):
        credentials(safe)
    monkeypatch.setenv("NACHLESE_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "password"))
    with pytest.raises(SettingUnusable, match="cannot be read"):
        credentials(safe)
    (tmp_path / "password").write_text("geheim\n")
    assert credentials(safe) == credentials(local) == ("anna", "geheim")
    monkeypatch.setenv("NACHLESE_OPENSEARCH_PASSWORD", "anders")
    assert credentials(safe) == ("anna", "anders")
    with pytest.raises(SettingUnusable, match="in the clear"):
        credentials(ClusterAddress.parse("opensearch://127.0.0.1,host/news"))


def test_a_missing_library_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra `cluster` an archive in a cluster is an error that says how to get it."""
    monkeypatch.setattr(connection, "find_spec", lambda _: None)
    with pytest.raises(EngineUnavailable, match=r"pip install 'opensearch-py.*`cluster`"):
        open_archive(NOBODY)


def test_a_cluster_that_is_gone_is_told() -> None:
    """Where nobody answers, the error names the place and what to do."""
    with pytest.raises(ClusterUnavailable, match=r"127\.0\.0\.1:1/news does not answer .*try again"):
        open_archive(NOBODY)


def test_a_folder_for_copies_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of a cluster on this machine needs a folder; the error names the setting."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path / "file"))
    with pytest.raises(SettingUnusable, match="NACHLESE_CACHE must name a folder"):
        _ = place_of(NOBODY).local
    monkeypatch.delenv("NACHLESE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert place_of(NOBODY).local.parent == tmp_path / "cache" / "nachlese"
    assert place_of(NOBODY).local != place_of("opensearch://127.0.0.1:2/news").local
