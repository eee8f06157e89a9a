"""Which place does an address name? A directory, or an archive in a cluster: opensearch://HOST:9200/NAME."""

from __future__ import annotations

from pathlib import Path

from search.store.directory import IndexDirectory
from search.store.place import Place


def place_of(address: str | Path) -> Place:
    """The place of an archive: that of a directory."""
    return IndexDirectory(Path(address))
