"""What is in this document? From bytes on disk to articles with the names in them.

`find_documents` lists what there is to read, `read_document` turns one document into articles
and problems, `annotate` finds the persons, places and organisations of an article. `pipeline` is the
whole way into the archive. Three rooms have questions of their own: `formats` (which articles does a document of each
format hold?), `recognition` (where does a text name somebody?) and `resolution` (which entity does each name stand
for?).
"""

from typing import TYPE_CHECKING, Any

from indexer.document import Document
from indexer.entities import annotate
from indexer.errors import DocumentError, Problem
from indexer.items import PassedOver, Withdrawn

if TYPE_CHECKING:
    from indexer.readers import read_document
    from indexer.sources import find_documents

__all__ = [
    "Document", "DocumentError", "PassedOver", "Problem", "Withdrawn", "annotate", "find_documents", "read_document",
]  # fmt: skip


if not TYPE_CHECKING:  # who checks types sees the imports above, and what there is not

    def __getattr__(name: str) -> Any:
        """What reads documents, loaded when it is first asked for: processes that make entries have no need of it."""
        if name == "find_documents":
            from indexer.sources import find_documents

            return find_documents
        if name == "read_document":
            from indexer.readers import read_document

            return read_document
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        """All names, whether they are loaded or not."""
        return sorted({*globals(), *__all__})
