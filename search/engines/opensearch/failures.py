"""What does a failure of a cluster mean? Nobody answers, no room, no right, or something is gone."""

from __future__ import annotations

from search.errors import (
    ClusterUnavailable,
    IndexDamaged,
    IndexMissing,
    IndexUnreadable,
    IndexUnwritable,
    NachleseError,
    TooManyClauses,
)

TOO_MANY = frozenset({"too_many_clauses", "too_many_nested_clauses"})
BLOCKED = frozenset({"cluster_block_exception", "index_create_block_exception"})  # where disks are full
FORBIDDEN = frozenset({401, 403})
LONGEST_REASON = 300


def cluster_error(address: str, error: Exception) -> NachleseError:
    """The error of ours for what a request ended with: an answer that is no success (Refused), or none at all."""
    status, kind = getattr(error, "status", 0), getattr(error, "kind", "")
    said = " ".join(str(error).split())[:LONGEST_REASON]
    if kind in TOO_MANY:
        return TooManyClauses(address)
    if kind in BLOCKED and status != 503:
        return IndexUnwritable(
            f"The cluster of {address} takes nothing more ({said}). Make room on its disks or add nodes, then run the "
            "command again: what was committed is kept."
        )
    if status in FORBIDDEN:
        return IndexUnreadable(
            f"The cluster of {address} does not let this user in ({said}). Set NACHLESE_OPENSEARCH_USER and its "
            "password, and give that user the right to read the indexes of the archive, and to write them for indexing."
        )
    if "SSL" in type(error).__name__:  # as the library, which only who needs it imports, calls it
        return IndexUnreadable(
            f"The cluster of {address} shows no certificate that can be trusted ({said}). Set NACHLESE_OPENSEARCH_CA "
            "to those that its own is signed by, and call its hosts as that does. If it speaks no TLS at all, begin "
            "the address with opensearch: instead."
        )
    if type(error).__name__ == "SerializationError":  # as of a page in HTML
        return no_opensearch(address)
    if status == 404 and kind == "index_not_found_exception":
        return IndexMissing(
            f"A part of the archive at {address} is gone: it was removed, or a rebuild has taken its place. "
            "Run the command again."
        )
    if not status or status in (408, 429, 500, 502, 503, 504):
        return ClusterUnavailable(
            f"The cluster of {address} does not answer as a whole ({said}). Look at its nodes, then try again; what "
            "was committed is kept."
        )
    return IndexDamaged(
        f"The archive at {address} is damaged, or a fault of ours ({said}). Whether it is whole is told by: "
        f"nachlese check --index '{address}'"
    )


def no_opensearch(address: str) -> IndexUnreadable:
    """The error for a host that answers, but not as OpenSearch does."""
    return IndexUnreadable(f"What answers at {address} is no OpenSearch. Correct the host and the port of the address.")
