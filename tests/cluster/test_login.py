"""A cluster that speaks TLS and asks for a password: it is used as any other, and who may not get in is told why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import pytest

from search import Article, Request, open_archive, write_archive
from search.errors import ClusterUnavailable, IndexMissing, IndexUnreadable, SettingUnusable
from tests.cluster.gate import certificate, gate
from tests.cluster.shared import cluster_of
from tests.engines.samples import remove_archive

pytestmark = [
    pytest.mark.cluster,
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate: apt-get install openssl"),
]
LOGIN = "archiv:geheim"


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an archive behind the gate, for whom the settings let in."""
    trusted, key = certificate(tmp_path, "node")
    name = f"gate-{uuid4().hex[:8]}"
    monkeypatch.setenv("NACHLESE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NACHLESE_OPENSEARCH_CA", str(trusted))
    monkeypatch.setenv("NACHLESE_OPENSEARCH_USER", "archiv")
    monkeypatch.setenv("NACHLESE_OPENSEARCH_PASSWORD", "geheim")
    with gate(cluster_of(1).nodes[0].port, trusted, key, LOGIN) as port:
        yield f"opensearchs://127.0.0.1:{port}/{name}"
    with suppress(IndexMissing):
        remove_archive(name)


def put(address: str) -> None:
    with write_archive(address) as writer:
        writer.put(Article("1", "Das Wort hinter dem Tor"))


def test_an_archive_is_written_and_read_behind_tls(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the right certificate and password all is as without; the password may stand in a file."""
    put(address)
    monkeypatch.delenv("NACHLESE_OPENSEARCH_PASSWORD")
    (tmp_path / "password").write_text("geheim\n")
    monkeypatch.setenv("NACHLESE_OPENSEARCH_PASSWORD_FILE", str(tmp_path / "password"))
    with open_archive(address) as archive:
        assert [hit.id for hit in archive.search(Request("Tor")).hits] == ["1"]


@pytest.mark.parametrize(
    ("setting", "value"), [("NACHLESE_OPENSEARCH_PASSWORD", "falsch"), ("NACHLESE_OPENSEARCH_USER", "")]
)
def test_a_wrong_login_is_told(address: str, monkeypatch: pytest.MonkeyPatch, setting: str, value: str) -> None:
    """A wrong password, or none, is refused, and the settings are named; the password is not."""
    monkeypatch.setenv(setting, value)
    for attempt in (put, lambda place: open_archive(place).close()):
        with pytest.raises(IndexUnreadable, match=r"does not let this user in .*NACHLESE_OPENSEARCH_USER") as caught:
            attempt(address)
        assert "falsch" not in str(caught.value)


@pytest.mark.parametrize("trusted", ["the system's", "another"])
def test_a_certificate_that_is_not_trusted_is_refused(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: str
) -> None:
    """Nothing is sent to a host that cannot prove who it is, and the setting is named."""
    made, _ = certificate(tmp_path, "other")
    monkeypatch.setenv("NACHLESE_OPENSEARCH_CA", str(made) if trusted == "another" else "")
    for attempt in (put, lambda place: open_archive(place).close()):
        with pytest.raises(IndexUnreadable, match=r"no certificate that can be trusted .*NACHLESE_OPENSEARCH_CA"):
            attempt(address)


def test_a_file_of_certificates_that_is_none_is_told(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is not there, or holds no certificates, is named or leads to the setting."""
    monkeypatch.setenv("NACHLESE_OPENSEARCH_CA", str(tmp_path / "none.pem"))
    with pytest.raises(SettingUnusable, match=r"NACHLESE_OPENSEARCH_CA names .*none\.pem"):
        open_archive(address)
    (tmp_path / "none.pem").write_text("nothing")
    monkeypatch.setenv("NACHLESE_OPENSEARCH_CA", str(tmp_path / "none.pem"))
    with pytest.raises(IndexUnreadable, match="NACHLESE_OPENSEARCH_CA"):
        open_archive(address)


def test_tls_where_there_is_none_and_none_where_there_is(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that begins wrongly is told, whichever way."""
    plain = cluster_of(1).nodes[0].port
    with pytest.raises(IndexUnreadable, match="begin the address with opensearch: instead"):
        open_archive(f"opensearchs://127.0.0.1:{plain}/news")
    monkeypatch.setenv("NACHLESE_OPENSEARCH_USER", "")
    with pytest.raises(ClusterUnavailable):
        open_archive(address.replace("opensearchs:", "opensearch:"))
