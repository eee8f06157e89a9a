"""How do changes get into a cluster? Many together, what was refused for want of room in a queue once more."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from search.engines.opensearch.connection import BUSY, SOON, Connection, Refused, waits
from search.engines.opensearch.failures import cluster_error

TOGETHER = 500  # changes
CONFLICT = 409
# Of them: some forty articles. OpenSearch takes 100 MB, but a young node on a busy machine would not answer in time.
CHARACTERS = 1_000_000

Document = dict[str, Any]
Version = tuple[int, int]  # the sequence number and primary term of a document


def send(
    connection: Connection, alias: str, changes: Mapping[str, Document | None], versions: Mapping[str, Version] = {}
) -> None:
    """Write documents by their keys, and remove those that are None. It may be done twice.

    Those with a version are only written in place of that one, and else left as somebody else has written them.
    The name must be an alias: to an index that was removed meanwhile, nothing is written. Raises ClusterUnavailable if
    the cluster stays busy, IndexUnwritable if it takes nothing more, IndexMissing if the index is gone.
    """
    rest = iter(changes.items())
    while some := dict(islice(rest, TOGETHER)):
        for part in _parts(some):
            _send(connection, alias, part, versions)


def _parts(changes: Mapping[str, Document | None]) -> Iterator[dict[str, Document | None]]:
    """The changes in parts that are not too long."""
    part: dict[str, Document | None] = {}
    characters = 0
    for key, document in changes.items():
        long = sum(len(value) for value in (document or {}).values() if isinstance(value, str))
        if part and characters + long > CHARACTERS:
            yield part
            part, characters = {}, 0
        part[key] = document
        characters += long
    yield part


def _send(
    connection: Connection, alias: str, changes: dict[str, Document | None], versions: Mapping[str, Version]
) -> None:
    for wait in chain(waits(), [None]):
        lines: list[Any] = []
        for key, document in changes.items():
            guard = dict(zip(("if_seq_no", "if_primary_term"), versions.get(key, ()), strict=False))
            lines += [{"delete": {"_id": key}}] if document is None else [{"index": {"_id": key, **guard}}, document]
        answer = connection.write("POST", f"/{alias}/_bulk", lines, {"require_alias": "true", **SOON})
        if not answer["errors"]:
            return
        refused = {key: error for key, error in _refused(answer) if error.status != CONFLICT or key not in versions}
        changes = {key: changes[key] for key in refused}
        worst = max(refused.values(), key=lambda error: error.status not in BUSY, default=None)
        if worst is None:
            return
        if worst.status not in BUSY or wait is None:
            raise cluster_error(connection.address, worst) from worst
        time.sleep(wait)


def _refused(answer: Mapping[str, Any]) -> Iterator[tuple[str, Refused]]:
    """The changes that were not made, and why; what is to be removed may be gone already."""
    for row in answer["items"]:
        ((action, result),) = row.items()
        if "error" in result and not (
            action == "delete" and result["status"] == 404 and "index" not in str(result["error"].get("type"))
        ):
            yield result["_id"], Refused(result["status"], result["error"]["type"], str(result["error"].get("reason")))
