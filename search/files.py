"""Files that are always whole: the old content or the new one, never a part of either."""

import os
from pathlib import Path


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader, or a machine that lost power, sees all of it or the old one."""
    new = path.with_name(f".{path.name}.new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
