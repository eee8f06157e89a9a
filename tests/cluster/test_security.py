"""OpenSearch with its security plugin: the rights that docs/cluster.md names are enough, and readers cannot write."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.pipeline import Job, index
from search import Article, Request, open_archive, write_archive
from search.errors import IndexUnreadable, IndexUnwritable
from search.store.checking import check_archive
from search.store.places import shared_place
from tests.cluster import secured
from tests.cluster.java import Missing, javas
from tests.cluster.layout import RELEASES
from tests.cluster.server import folder_for, remove_old
from tests.cluster.shared import without

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate: apt-get install openssl"),
]
PROJECT = Path(__file__).parents[2]
NONE = 0  # nodes of a cluster for all: no number that another one has


def documented_roles() -> dict[str, Any]:
    """The roles that docs/cluster.md has."""
    page = (PROJECT / "docs/cluster.md").read_text(encoding="utf-8")
    found = re.search(r"```json\n(\{.*?\n\})\n```", page, re.DOTALL)
    assert found
    roles: dict[str, Any] = json.loads(found[1])
    return roles


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an archive in a node with the plugin."""
    release = next(release for release in RELEASES if release.security)
    if max(javas(), default=release.java) < release.java:  # .ci/run promises the Java of the other release only
        pytest.skip(f"the plugin is for OpenSearch {release.version}, which needs Java {release.java} or newer")
    folder = folder_for(NONE, os.getpid())
    remove_old()
    folder.mkdir(mode=0o755)
    try:
        cluster, trusted = secured.prepare(folder, os.getpid(), documented_roles())
        cluster.start()
        monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path / "cache"))
        monkeypatch.setenv("NACHLESE_OPENSEARCH_CA", str(trusted))
        monkeypatch.setenv("NACHLESE_OPENSEARCH_PASSWORD", secured.PASSWORD)
        yield f"opensearchs://{cluster.hosts}/archiv"
        cluster.nodes[0].kill()
    except Missing as error:
        without(f"no OpenSearch with the security plugin: {error}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put(address: str, article: Article) -> None:
    """Put an article."""
    with write_archive(address) as writer:
        writer.put(article)


def test_each_can_do_what_the_documented_rights_are_for(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Indexers make, change, rebuild and forget; readers search, look up and check, and can change nothing."""
    monkeypatch.setenv("NACHLESE_OPENSEARCH_USER", "nachlese-indexer")
    assert index(Job((str(PROJECT / "seeds"),), address, jobs=1)).added == 62
    put(address, Article("1", "Ein Wort"))
    with write_archive(address) as writer:
        writer.delete("1")
        writer.forget()
    shared_place(address).begin_rebuild()
    assert index(Job((str(PROJECT / "seeds"),), address, jobs=1, rebuild=True)).added == 62
    shared_place(address).switch()
    monkeypatch.setenv("NACHLESE_OPENSEARCH_USER", "nachlese-reader")
    with open_archive(address) as archive:
        archive.prepare()
        assert archive.search(Request("Mauer Berlin")).hits[0].id == "txt/1989-11-10-mauerfall.txt"
        assert archive.search(Request("Maeur")).query.corrections[0].text == "Mauer"
        assert archive.suggest("mau")
        assert archive.entities("place", "berl")[0].name == "Berlin"
        assert archive.status().articles == 62
    assert check_archive(address).is_sound
    with (
        pytest.raises((IndexUnreadable, IndexUnwritable), match="NACHLESE_OPENSEARCH_USER"),
        write_archive(address) as own,
    ):
        own.put(Article("2", "Ein Wort zu viel"))
    monkeypatch.setenv("NACHLESE_OPENSEARCH_PASSWORD", "falsch")
    with pytest.raises(IndexUnreadable, match="does not let this user in"):
        open_archive(address)
