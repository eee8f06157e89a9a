"""Files that are always whole: the old content or the new one, never a part of either."""

import os
from pathlib import Path


def replace_file(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader, or a machine that lost power, sees all of it or the old one."""
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    share(new)
    new.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open folders; its file system keeps names by itself
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def share(path: Path) -> None:
    """Give a file, or a folder, the rights that its directory gives: who may read there may read this."""
    wanted = path.parent.stat().st_mode & (0o7777 if path.is_dir() else 0o666)
    if os.name != "nt" and path.stat().st_mode & 0o7777 != wanted:
        path.chmod(wanted)
