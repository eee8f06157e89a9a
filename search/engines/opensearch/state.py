"""What is known of an archive in a cluster beside its articles? Documents, and blobs in pieces.

    news.state          `manifest`, `rebuild`, and the pieces of blobs, each blob under its check sum

Documents are compared and set: whoever writes says which version it has read (OpenSearch: if_seq_no), so that of two
who change one at once the second must look again. Blobs never change.
"""

from __future__ import annotations

import base64
import time
import zlib
from collections.abc import Callable, Collection, Iterator
from typing import Any

from search.deadline import seconds_left
from search.engines.opensearch.connection import SOON, Connection, Refused
from search.engines.opensearch.creating import create_index
from search.engines.opensearch.failures import no_opensearch
from search.errors import ClusterUnavailable

PIECE_BYTES = 4_000_000
# Blobs that no manifest names are kept for so many seconds: a writer may be about to name them, a reader about to read.
LEFT_ALONE = 3600.0
ATTEMPTS = 50  # to change a document that others change, too
PAUSE = 0.05  # seconds between two of them, and more each time
_FIELDS = {
    "dynamic": "false",
    "properties": {"blob": {"type": "keyword"}, "piece": {"type": "integer"}, "at": {"type": "double"}},
}

Version = tuple[int, int]  # the sequence number and primary term of a document
NONE: Version = (0, 0)
# What OpenSearch calls a shard that is being made, and the seconds in which that ends, unless nodes are missing.
NOT_YET = frozenset({"illegal_index_shard_state_exception", "no_shard_available_action_exception"})
BEGINNING = (0.1, 0.2, 0.5, 1.0)


class State:
    """The documents and blobs of one archive."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self.index = index

    def create(self, replicas: int) -> None:
        """Make the index, unless there is one."""
        settings = {"number_of_shards": 1, "number_of_replicas": replicas}
        create_index(self._connection, self.index, settings, _FIELDS)

    def document(self, name: str) -> tuple[str, Version] | None:
        """The text of a document and its version, None if there is none.

        Raises IndexUnreadable where another program than OpenSearch answers.
        """
        try:
            found = self._once_begun(f"/{self.index}/_doc/{name}")
        except Refused:
            return None
        try:
            return str(found["_source"]["text"]), (int(found["_seq_no"]), int(found["_primary_term"]))
        except (LookupError, TypeError) as error:
            raise no_opensearch(self._connection.address) from error

    def _once_begun(self, path: str) -> Any:
        """What lies there; an index that another one has just made is waited for. Raises Refused if it is not there.

        Who has a deadline does not wait: a reader gets 503 at once where nodes are gone.
        """
        for wait in BEGINNING if seconds_left() is None else ():
            try:
                return self._connection.ask("GET", path, known=(404, 503))
            except Refused as refused:
                if refused.status == 404:
                    raise
                if refused.kind not in NOT_YET:
                    break
                time.sleep(wait)
        return self._connection.ask("GET", path, known=(404,))

    def change(self, name: str, change: Callable[[str | None], str | None]) -> str | None:
        """Replace the text of a document by what `change` makes of it, None for no document, and return that.

        `change` is called again if somebody else has changed it meanwhile; what it raises is passed on.
        """
        for attempt in range(ATTEMPTS):
            found = self.document(name)
            text = change(found[0] if found else None)
            if text is None and found is None:
                return None
            guard = (
                {"if_seq_no": str(found[1][0]), "if_primary_term": str(found[1][1])} if found else {"op_type": "create"}
            )
            try:
                path = f"/{self.index}.open/_doc/{name}"
                options = {**guard, "require_alias": "true"}
                if text is None:
                    self._connection.ask("DELETE", f"/{self.index}/_doc/{name}", None, guard, known=(404, 409))
                else:
                    self._connection.ask("PUT", path, {"text": text}, options, known=(409,))
                return text
            except Refused:
                time.sleep(PAUSE * (attempt + 1))
        raise ClusterUnavailable(
            f"Too many write to the archive at {self._connection.address} at once. Run the command again: what was "
            "committed is kept."
        )

    def put_blob(self, sum: str, content: bytes) -> None:
        """Keep a blob under its check sum."""
        packed = zlib.compress(content)
        pieces = range(0, max(1, len(packed)), PIECE_BYTES)
        for number, first in reversed(list(enumerate(pieces))):  # the first one is there when all are
            data = base64.b85encode(packed[first : first + PIECE_BYTES]).decode()
            piece = {"blob": sum, "piece": number, "pieces": len(pieces), "at": time.time(), "data": data}
            path = f"/{self.index}.open/_doc/{_piece(sum, number)}"
            self._connection.write("PUT", path, piece, {"require_alias": "true", **SOON})

    def blob(self, sum: str) -> bytes | None:
        """The blob with a check sum, None if there is none or if a piece is missing; it may be damaged."""
        packed, number, pieces = b"", 0, 1
        while number < pieces:
            found = self._piece(sum, number)
            if found is None:
                return None
            pieces = int(found["pieces"])
            packed += base64.b85decode(str(found["data"]))
            number += 1
        return _unpacked(packed)

    def blob_written(self, sum: str) -> float | None:
        """When a blob was kept, in seconds since 1970; None if there is none."""
        found = self._piece(sum, 0, "?_source=at")
        return float(found["at"]) if found else None

    def sweep_blobs(self, known: Callable[[], Collection[str]], left_alone: float = LEFT_ALONE) -> None:
        """Remove blobs but those `known`, and those that are younger than so many seconds.

        Who keeps one meanwhile has it: what is known is asked once more, and what was written anew is left.
        """
        self._connection.write("POST", f"/{self.index}/_refresh")
        old = {"range": {"at": {"lt": time.time() - left_alone}}}
        query = {"bool": {"filter": [old], "must_not": [{"terms": {"blob": sorted(known())}}]}}
        body = {"query": query, "size": 1000, "_source": ["blob"], "seq_no_primary_term": True}
        rows = self._connection.ask("POST", f"/{self.index}/_search", body)["hits"]["hits"]
        named = known() if rows else ()
        for row in rows:
            if row["_source"]["blob"] in named:
                continue
            guard = {"if_seq_no": str(row["_seq_no"]), "if_primary_term": str(row["_primary_term"])}
            try:
                self._connection.ask("DELETE", f"/{self.index}/_doc/{row['_id']}", None, guard, known=(404, 409))
            except Refused:
                continue  # another writer sweeps, too, or keeps it again

    def _piece(self, sum: str, number: int, options: str = "") -> dict[str, Any] | None:
        try:
            path = f"/{self.index}/_doc/{_piece(sum, number)}{options}"
            found: dict[str, Any] = self._connection.ask("GET", path, known=(404,))["_source"]
            return found
        except Refused:
            return None


def generations(connection: Connection, name: str) -> Iterator[int]:
    """The numbers of all generations of an archive, whether they are in use or not."""
    found = connection.ask("GET", f"/{name}.g*/_settings/index.number_of_shards")
    for index in sorted(found):
        number = index.removeprefix(f"{name}.g")
        if number.isdigit():
            yield int(number)


def _piece(sum: str, number: int) -> str:
    return f"{sum}-{number:06}"


def _unpacked(packed: bytes) -> bytes | None:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return None
