"""Where does an archive in a cluster lie? opensearch://HOST:9200,HOST2:9200/NAME?shards=3&replicas=1

`opensearchs:` speaks TLS and checks certificates. User and password never stand in an address, which ends up in logs,
histories of shells and lists of processes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from search import settings
from search.errors import SettingUnusable

SCHEMES = ("opensearch", "opensearchs")
EXAMPLE = "opensearch://host:9200,host2:9200/archive?shards=3&replicas=1"
_BEGINNINGS = tuple(f"{scheme}:" for scheme in SCHEMES)
_ANY_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*://")
# Names of indexes begin so, and generations have a number behind it: far below OpenSearch's 255 bytes.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?")
_OPTIONS = {"shards": (1, 1024), "replicas": (0, 20)}
PORT = 9200
SHARDS, REPLICAS = 1, 1
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """The hosts of a cluster as URLs, the name of an archive in it, and how a new generation is spread."""

    hosts: tuple[str, ...]
    name: str
    text: str
    shards: int = SHARDS
    replicas: int = REPLICAS

    @classmethod
    def parse(cls, text: str) -> ClusterAddress:
        """The address from its text. Raises SettingUnusable, which says what is wrong with it."""
        try:
            parts = urlsplit(text)
        except ValueError:
            raise _unusable(text, "cannot be read") from None
        if "@" in parts.netloc:
            raise SettingUnusable(
                settings.INDEX.variable,
                "(--index) must not have a user or password in it: set "
                f"{settings.OPENSEARCH_USER.variable}, and {settings.OPENSEARCH_PASSWORD.variable} or "
                f"{settings.OPENSEARCH_PASSWORD_FILE.variable}.",
            )
        if not text.startswith(_BEGINNINGS):
            raise _unusable(text, "is neither a directory nor an address of a cluster")
        tls = parts.scheme == SCHEMES[1]
        hosts = tuple(f"http{'s' * tls}://{_with_port(text, host)}" for host in parts.netloc.split(","))
        name = parts.path.removeprefix("/")
        if not _NAME.fullmatch(name):
            raise _unusable(text, "needs a name of small letters, digits, - and _ behind the hosts")
        if parts.fragment:
            raise _unusable(text, "has a # in it")
        return cls(hosts, name, text, **_options(text, parts.query))


def is_cluster_address(text: str) -> bool:
    """Whether a text names a cluster, and no directory, were it wrongly: OpenSearch://host, http://host, or nothing."""
    return not text or text.startswith(_BEGINNINGS) or bool(_ANY_SCHEME.match(text))


def credentials(address: ClusterAddress) -> tuple[str, str] | None:
    """User and password from the environment, None if no user is set.

    Raises SettingUnusable if there is no password, if its file cannot be read, or if anybody on the way could read it.
    """
    user = settings.OPENSEARCH_USER.value()
    if not user:
        return None
    password = settings.OPENSEARCH_PASSWORD.value() or _password_from_file()
    if not password:
        raise SettingUnusable(
            settings.OPENSEARCH_USER.variable,
            f"is set, but {settings.OPENSEARCH_PASSWORD.variable} and "
            f"{settings.OPENSEARCH_PASSWORD_FILE.variable} are not.",
        )
    if any(host.startswith("http:") and not _is_local(host) for host in address.hosts):
        raise SettingUnusable(
            settings.OPENSEARCH_USER.variable,
            "is set, but the password would travel in the clear. Begin the address with opensearchs: instead.",
        )
    return user, password


def certificates() -> str | None:
    """The file with the certificates that those of the cluster are signed by, None for those of the system.

    Raises SettingUnusable if there is no such file.
    """
    name = settings.OPENSEARCH_CA.value()
    if name and not Path(name).is_file():
        raise SettingUnusable(settings.OPENSEARCH_CA.variable, f"names {name}, which is no file of certificates (PEM).")
    return name or None


def _is_local(host: str) -> bool:
    return urlsplit(host).netloc.rpartition(":")[0] in LOCAL_HOSTS


def _password_from_file() -> str:
    name = settings.OPENSEARCH_PASSWORD_FILE.value()
    if not name:
        return ""
    try:
        return Path(name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingUnusable(
            settings.OPENSEARCH_PASSWORD_FILE.variable, f"names {name}, which cannot be read ({error})."
        ) from error


def _with_port(text: str, host: str) -> str:
    found = _HOST.fullmatch(host)
    if not found or (found[1] and not 0 < int(found[1]) < 65536):
        raise _unusable(text, f"has a host {host!r}, which there cannot be")
    return host if found[1] else f"{host}:{PORT}"


def _options(text: str, query: str) -> dict[str, int]:
    options: dict[str, int] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in _OPTIONS:
            raise _unusable(text, f"has an option {name!r}, which there is not")
        least, most = _OPTIONS[name]
        if not (value.isascii() and value.isdigit() and len(value) < 6 and least <= int(value) <= most):
            raise _unusable(text, f"must have {least} to {most} {name}")
        options[name] = int(value)
    return options


def _unusable(text: str, problem: str) -> SettingUnusable:
    return SettingUnusable(settings.INDEX.variable, f"(--index) {problem}, unlike {EXAMPLE}; it is {text!r}.")
