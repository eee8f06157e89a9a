"""What does a reader look at? The articles as of one commit (OpenSearch: point in time), of all shards or none."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from search.deadline import seconds_left
from search.engines.opensearch.connection import REFUSED, SECONDS, Connection, Refused
from search.engines.opensearch.failures import TOO_MANY, cluster_error
from search.errors import ClusterUnavailable, NachleseError

KEPT = "5m"  # that a view is kept without being asked; a killed reader leaves it for so long
# A view is gone after it was not asked for so long, or with the node that had it; a new one is as good.
LOST = frozenset({400, 404, 500, 503})
Answer = dict[str, Any]


class View:
    """The articles of an index as they are when it is made; threads may share it."""

    def __init__(self, connection: Connection, index: str, shards: int) -> None:
        self._connection = connection
        self._index = index
        self._shards = shards
        self._lock = threading.Lock()
        self._point = self._open()
        self._count: int | None = None

    def ask(self, body: Mapping[str, Any], seconds: float = SECONDS) -> Answer:
        """What a search answers. Raises ClusterUnavailable if a shard does not, rather than with what the others have.

        A view that was lost is replaced once, by one as of now.
        """
        point = self._point
        try:
            return self._asked(body, point, seconds)
        except _Lost:
            try:
                return self._asked(body, self._renewed(point), seconds)
            except _Lost as error:
                raise self._unavailable(error) from error

    def ask_all(self, bodies: Sequence[Mapping[str, Any]]) -> list[Answer]:
        """The same of several searches, in one request."""
        if len(bodies) < 2:
            return list(map(self.ask, bodies))
        point = self._point
        lines: list[Mapping[str, Any]] = []
        for body in bodies:
            lines += [self._options(body), self._with(body, point)]
        found = self._connection.ask("POST", "/_msearch", lines)["responses"]
        # What one of them lacks, a search of its own gets, or an error.
        return [
            answer if self._is_whole(answer) else self.ask(body) for body, answer in zip(bodies, found, strict=True)
        ]

    def count(self) -> int:
        """The number of articles."""
        count = self._count
        if count is None:
            found = self.ask({"size": 0, "track_total_hits": True})
            count = self._count = int(found["hits"]["total"]["value"])
        return count

    def close(self) -> None:
        """Let the cluster forget the view."""
        known = (404, REFUSED)
        with suppress(NachleseError, Refused):  # it does so by itself after a while
            self._connection.ask("DELETE", "/_search/point_in_time", {"pit_id": [self._point]}, known=known)

    def _asked(self, body: Mapping[str, Any], point: str, seconds: float) -> Answer:
        asked = self._with(body, point), self._options(body)
        try:
            found: Answer = self._connection.ask("POST", "/_search", *asked, LOST, seconds)
        except Refused as error:
            if _is_fault(error):
                raise cluster_error(self._connection.address, error) from error
            raise _Lost(str(error)) from error
        if not self._is_whole(found):
            raise _Lost(f"{found['_shards']['successful']} of {found['_shards']['total']} shards answered")
        return found

    def _options(self, body: Mapping[str, Any]) -> dict[str, str]:
        options = {"allow_partial_search_results": "false"}
        if self._shards > 1 and "query" in body and body.get("size") != 0:  # else each shard scores by its own articles
            options["search_type"] = "dfs_query_then_fetch"
        if left := seconds_left():  # nobody waits for what comes later
            options["cancel_after_time_interval"] = f"{max(1, int(left * 1000))}ms"
        return options

    def _with(self, body: Mapping[str, Any], point: str) -> dict[str, Any]:
        return {**body, "pit": {"id": point, "keep_alive": KEPT}}

    def _open(self) -> str:
        options = {"keep_alive": KEPT, "allow_partial_pit_creation": "false"}  # a view of some shards would look whole
        made = self._connection.ask("POST", f"/{self._index}/_search/point_in_time", None, options)
        return str(made["pit_id"])

    def _renewed(self, lost: str) -> str:
        with self._lock:
            if self._point == lost:
                self._point = self._open()
                self._count = None
            return self._point

    def _is_whole(self, found: Answer) -> bool:
        """Whether all shards of the index have answered, and not only all that the view knows of."""
        if "error" in found or found.get("timed_out"):
            return False
        return not found["_shards"]["failed"] and int(found["_shards"]["total"]) == self._shards

    def _unavailable(self, error: Exception) -> ClusterUnavailable:
        return ClusterUnavailable(
            f"The cluster of {self._connection.address} does not answer as a whole ({error}). Look at its nodes, then "
            "try again; what was committed is kept."
        )


class _Lost(Exception):
    """The view, or a part of it, is no longer there."""


def _is_fault(error: Refused) -> bool:
    """Whether another view would not do better: the request itself is refused."""
    return error.kind in TOO_MANY or (error.status == 400 and "context" not in error.kind)
