"""Reads or writes an index as another user, and prints what came of it: DIRECTORY USER-ID read|write."""

import importlib
import json
import os
import sys

from search import Article, Request, open_archive, write_archive
from search.errors import NachleseError


def read(directory: str) -> list[str]:
    with open_archive(directory) as archive:
        return [hit.id for hit in archive.search(Request(text="Wort")).hits]


def write(directory: str) -> list[str]:
    with write_archive(directory) as writer:
        return [writer.put(Article("2", "Wort"))]


def become(user: int) -> None:
    """Be another user, who may not do what belongs to none."""
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


def main(directory: str, user: str, what: str) -> None:
    if user != str(os.getuid()):
        read(directory)  # imports what only the first user may read, as does the next line
        importlib.import_module("filelock")
        become(int(user))
    try:
        print(json.dumps({"found": {"read": read, "write": write}[what](directory)}))
    except NachleseError as error:
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
