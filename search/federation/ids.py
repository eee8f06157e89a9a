"""Which article of which archive? Its id is that of the archive, a slash, and its own: Abendblatt/1989/mauer.txt."""

from __future__ import annotations

SEPARATOR = "/"  # no name has one in it


def joined(archive: str, id: str) -> str:
    """The id of an article among those of several archives."""
    return f"{archive}{SEPARATOR}{id}"


def own_id(archive: str, id: str) -> str | None:
    """The id that an article has in this archive; None if it is one of another."""
    beginning = archive + SEPARATOR
    return id[len(beginning) :] if id.startswith(beginning) else None


def archive_of(id: str) -> str:
    """The name of the archive that an article is in."""
    return id.partition(SEPARATOR)[0]
