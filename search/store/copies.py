"""Where are the blobs of a cluster mapped from? Files on this machine, each called by its check sum."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from search import settings
from search.errors import SettingUnusable
from search.store.checksums import checksum, checksum_of_bytes

UNUSED = 30 * 24 * 3600.0  # seconds after which a copy that nobody has opened is removed
SUFFIX = ".copy"


def local_folder(name: str) -> Path:
    """The folder of an archive among what is kept of clusters on this machine; it is made. Raises SettingUnusable."""
    try:
        folder = _cache() / name
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:  # a user may have no home
        remedy = f"must name a folder that this user may write to ({error})."
        raise SettingUnusable(settings.CACHE.variable, remedy) from error
    return folder


def copy_of(folder: Path, sum: str, fetch: Callable[[], bytes | None]) -> Path | None:
    """The file with the blob of a check sum, which is fetched unless it is there; None if it is not what it was."""
    path = folder / f"{sum}{SUFFIX}"
    with suppress(OSError):
        if checksum(path) == sum:
            path.touch()
            return path
    content = fetch()
    if content is None or checksum_of_bytes(content) != sum:
        return None
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    draft.write_bytes(content)
    draft.replace(path)
    return path


def sweep(folder: Path, unused: float = UNUSED) -> None:
    """Remove copies that nobody has opened for so many seconds; what is in use is fetched again."""
    for path in folder.glob(f"*{SUFFIX}"):
        with suppress(OSError):  # another process removes it, too
            if time.time() - path.stat().st_mtime >= unused:
                path.unlink()


def _cache() -> Path:
    """The folder for what is kept of clusters; that of XDG unless one is set."""
    if name := settings.CACHE.value():
        return Path(name)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nachlese"
