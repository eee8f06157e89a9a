"""What is made in a cluster for a new archive?"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

from search.engines.opensearch.connection import Connection, Refused

# A query of 200 words has some thousands, and OpenSearch refuses more than 1,024 unless it is told otherwise.
CLAUSES = "indices.query.bool.max_clause_count"
MOST_CLAUSES = 16_384
PATIENCE = 30.0  # seconds until a new index can be searched
AGAIN = 0.05  # seconds until one that another one makes is looked at again


def major_version(connection: Connection) -> int:
    """The first number of the version of OpenSearch."""
    return int(connection.ask("GET", "/")["version"]["number"].partition(".")[0])


def create_index(connection: Connection, name: str, settings: dict[str, Any], fields: dict[str, Any]) -> None:
    """Make an index, unless there is one. Writers call it NAME.open: to one that is gone, nothing can be written."""
    body = {"settings": {"index": settings}, "mappings": fields, "aliases": {f"{name}.open": {"is_write_index": True}}}
    try:
        connection.ask("PUT", f"/{name}", body, {"wait_for_active_shards": "1"}, known=(400,))
    except Refused as error:
        if error.kind != "resource_already_exists_exception":
            raise
        _wait_for(connection, name)


def _wait_for(connection: Connection, name: str) -> None:
    """Wait until an index can be searched that somebody else may have begun to make a moment ago.

    Its status does not tell: of a new index it is yellow, too, while no copy of a shard has begun yet (OpenSearch:
    ClusterShardHealth). Who needs one that is not there in time, or was removed, will be told.
    """
    end = time.monotonic() + PATIENCE
    with suppress(Refused):  # for an index that is not there the cluster waits, and answers that it was in vain
        while time.monotonic() < end:
            options = {"level": "shards", "timeout": "1s"}
            health = connection.ask("GET", f"/_cluster/health/{name}", None, options, known=(404, 408))
            if all(shard["primary_active"] for shard in health["indices"][name]["shards"].values()):
                return
            time.sleep(AGAIN)


def raise_most_clauses(connection: Connection) -> None:
    """Have the cluster take the longest queries that readers can type, unless it does, or this user may not say so."""
    options = {"include_defaults": "true", "flat_settings": "true", "filter_path": f"*.{CLAUSES}"}
    with suppress(Refused):
        known = connection.ask("GET", "/_cluster/settings", None, options, known=(401, 403))
        now = [int(known[kind][CLAUSES]) for kind in ("transient", "persistent", "defaults") if known.get(kind)]
        if not now or now[0] < MOST_CLAUSES:
            connection.ask("PUT", "/_cluster/settings", {"persistent": {CLAUSES: MOST_CLAUSES}}, known=(400, 401, 403))
