"""What if nothing of an entry may be left? OpenSearch keeps what was deleted for copies that fall behind, and its log.

Copies tell each other how far they are every half a minute, and nothing makes them do so earlier. So the log is cut,
and segments are written again without what was deleted, until nothing of it is counted any more; all indexes of an
archive wait for it together.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from search.engines.opensearch.connection import Connection
from search.errors import NotForgotten

PAUSE = 2.0  # seconds between two attempts
PATIENCE = 180.0  # seconds until a copy that does not follow is given up
MERGING = 6 * 3600.0  # seconds that writing all segments again may take


def purge(connection: Connection, indexes: Iterable[str]) -> None:
    """Leave nothing of deleted documents in the files of indexes. Raises NotForgotten if a copy does not follow."""
    end = time.monotonic() + PATIENCE
    index = ",".join(indexes)
    _cut_log(connection, index)
    while _deleted(connection, index):
        if time.monotonic() > end:
            raise NotForgotten(
                f"The cluster of {connection.address} keeps them for a copy that does not follow. Look at its nodes."
            )
        options = {"only_expunge_deletes": "true"}
        connection.ask("POST", f"/{index}/_forcemerge", None, options, seconds=MERGING)
        time.sleep(PAUSE)
        _cut_log(connection, index)
    _cut_log(connection, index)  # the last commit may still name what was merged since


def _cut_log(connection: Connection, index: str) -> None:
    connection.write("POST", f"/{index}/_flush", None, {"force": "true", "wait_if_ongoing": "true"})


def _deleted(connection: Connection, index: str) -> int:
    """The deleted documents that are still in segments, those of all copies."""
    connection.write("POST", f"/{index}/_refresh")
    found = connection.ask("GET", f"/{index}/_stats/docs")
    return int(found["_all"]["total"]["docs"]["deleted"])
