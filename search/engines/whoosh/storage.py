"""Whoosh's files, written so that they outlast a loss of power.

Whoosh publishes a commit by renaming its table of contents and then removes what it replaced, but syncs nothing: after
a loss of power the new table could be empty and the old one gone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage

from search.files import sync


class SyncedStorage(FileStorage):  # type: ignore[misc]  # to mypy, Whoosh has no types
    """A folder in which a file is renamed only when it, and all that was written before it, is on the disk."""

    def __init__(self, directory: Path) -> None:
        super().__init__(str(directory))

    def list(self) -> Any:
        """The names in the folder; unlike Whoosh's, this raises if it may not be read."""
        return [entry.name for entry in Path(self.folder).iterdir()]

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder = Path(self.folder)
        sync(folder / oldname)
        super().rename_file(oldname, newname, safe)
        sync(folder)
