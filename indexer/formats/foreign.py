"""What if a library stumbles over a document? Whatever it raises is told as damage, with what to do about it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from indexer.document import Document
from indexer.errors import DocumentError


@contextmanager
def sound(document: Document, kind: str, remedy: str) -> Iterator[None]:
    """Raise DocumentError for what the library that reads such a document raises on damage, which may be anything.

    Errors of the system, of memory and of what packs the whole document are raised as they are.
    """
    try:
        yield
    except (DocumentError, MemoryError, OSError, RecursionError):
        raise
    except Exception as error:
        if document.compressed and isinstance(error, (EOFError, zlib.error)):
            raise
        told = " ".join(f"{type(error).__name__}: {error}".split())[:100]
        raise DocumentError(document.name, f"is no sound {kind} ({told}); {remedy}") from error
