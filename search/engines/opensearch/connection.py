"""How is a cluster asked? Each request goes through one place, which counts it and makes errors of ours of failures."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from search.deadline import check_deadline, seconds_left
from search.engines.opensearch.failures import BLOCKED, cluster_error, no_opensearch
from search.errors import EngineUnavailable

INSTALL = "pip install 'opensearch-py>=3.2,<4' (the extra `cluster`)"
SECONDS = 60.0  # for an answer, unless a deadline leaves less
OPEN_AT_ONCE = 16  # requests to a host
REFUSED = 429  # too many requests, or too little memory for now; nothing was done
BUSY = frozenset({REFUSED, 503})  # may be over in a moment
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds before what was refused for it is tried again
PATIENCE = 60.0  # seconds in which it is; without a manager, or with too few nodes, the cluster waits by itself, too
# How long the cluster waits for the node that takes a write, before it refuses it for now; by itself a minute.
SOON = {"timeout": "10s"}


@dataclass(frozen=True, slots=True)
class Login:
    """How to get into a cluster: user and password, and the certificates (PEM) that its own are signed by."""

    user: tuple[str, str] | None = None
    certificates: str | None = None


class Refused(Exception):
    """An answer that is no success, for those who know what it means; `kind` is OpenSearch's word for the reason."""

    def __init__(self, status: int, kind: str, reason: str) -> None:
        super().__init__(f"{status} {kind}: {reason}")
        self.status = status
        self.kind = kind
        self.reason = reason


class Connection:
    """The hosts of a cluster, any of which may be gone; threads may share it. `address` is what errors call it."""

    def __init__(self, hosts: Sequence[str], address: str, login: Login) -> None:
        if not find_spec("opensearchpy"):
            raise EngineUnavailable(f"An archive in a cluster needs the library opensearch-py. Install it: {INSTALL}.")
        from opensearchpy import OpenSearch  # who has no archive in a cluster need not wait for it

        from search.engines.opensearch.hosts import Hosts

        logging.getLogger("opensearch").setLevel(logging.ERROR)  # that something is not there is no news
        self.address = address
        self.asked = 0  # how many requests there were
        self._hosts = len(hosts)
        self._client = OpenSearch(
            list(hosts),
            transport_class=Hosts,
            http_auth=login.user,
            ca_certs=login.certificates,
            timeout=SECONDS,
            max_retries=len(hosts),  # once for each host: those that are gone are left out for a while
            retry_on_status=(502, 504),
            pool_maxsize=OPEN_AT_ONCE,
        )

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        params: Mapping[str, str] | None = None,
        known: Iterable[int] = (),
        seconds: float = SECONDS,
    ) -> Any:
        """The answer of the cluster as JSON.

        Raises Refused for those of its statuses that are `known` to the caller, TooExpensive if the deadline passes,
        and else ClusterUnavailable, IndexUnreadable, IndexUnwritable, IndexMissing or IndexDamaged. Lists are sent as
        lines of JSON. Who has no deadline, as an indexer, waits while the cluster has too much to do.
        """
        expected = set(known)
        for wait in waits() if seconds_left() is None and REFUSED not in expected else ():
            try:
                return self._asked(method, path, body, params, expected | {REFUSED}, seconds)
            except Refused as refused:
                if refused.status in expected:
                    raise
                if refused.kind in BLOCKED:  # waiting makes no room on disks
                    raise cluster_error(self.address, refused) from refused
                time.sleep(wait)
        return self._asked(method, path, body, params, expected, seconds)

    def _asked(
        self, method: str, path: str, body: Any, params: Mapping[str, str] | None, known: Set[int], seconds: float
    ) -> Any:
        from opensearchpy.exceptions import ConnectionTimeout, OpenSearchException

        check_deadline("searching")
        left = seconds_left()
        self.asked += 1
        text = "".join(f"{_json(line)}\n" for line in body) if isinstance(body, list) else _json(body) if body else None
        timed = {**(params or {}), "request_timeout": min(seconds, left) if left else seconds}
        asked: dict[str, Any] = {
            "body": text.encode() if text else None,
            "headers": {"content-type": "application/x-ndjson" if isinstance(body, list) else "application/json"},
        }
        try:
            try:
                answer = self._client.transport.perform_request(method, path, timed.copy(), **asked)
            except ConnectionTimeout:  # that host hangs, and will be left out
                if left or self._hosts < 2:
                    raise
                answer = self._client.transport.perform_request(method, path, timed, **asked)
        except OpenSearchException as error:
            check_deadline("searching", elsewhere=True)
            refused = refusal(error)
            if refused and refused.status in known:
                raise refused from error
            raise cluster_error(self.address, refused or error) from error
        if isinstance(answer, str):  # which is no JSON
            raise no_opensearch(self.address)
        return answer

    def write(self, method: str, path: str, body: Any = None, params: Mapping[str, str] | None = None) -> Any:
        """The same for what may be done twice, again and again while the cluster is too busy."""
        for wait in waits():
            try:
                return self.ask(method, path, body, params, BUSY)
            except Refused:
                time.sleep(wait)
        return self._asked(method, path, body, params, set(), SECONDS)  # ask would wait as long once more

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


def waits() -> Iterator[float]:
    """The seconds to wait after each attempt but the last, as long as there is patience, however long they take."""
    end = time.monotonic() + PATIENCE
    for wait in WAITS:
        if time.monotonic() + wait > end:
            return
        yield wait


def refusal(error: Exception) -> Refused | None:
    """What the cluster said with a status; None if it said nothing."""
    status = getattr(error, "status_code", None)
    if not isinstance(status, int):
        return None
    info = getattr(error, "info", None)
    told = info.get("error") if isinstance(info, dict) else None
    if not isinstance(told, dict):
        return Refused(status, "", str(told or info or "")[:300])
    causes = told.get("root_cause") or [told]
    return Refused(status, str(causes[0].get("type") or told.get("type")), str(causes[0].get("reason"))[:300])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
