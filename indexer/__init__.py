"""What is in this document? From bytes on disk to articles with the names in them.

`find_documents` lists what there is to read, `read_document` turns one document into articles
and problems, `annotate` finds the persons, places and organisations of an article. `pipeline` is the
whole way into the archive. Three rooms have questions of their own: `formats` (which articles does a document of each
format hold?), `recognition` (where does a text name somebody?) and `resolution` (which entity does each name stand
for?).
"""

from indexer.document import Document
from indexer.entities import annotate
from indexer.errors import DocumentError, Problem
from indexer.items import PassedOver, Withdrawn
from indexer.readers import read_document
from indexer.sources import find_documents

__all__ = [
    "Document", "DocumentError", "PassedOver", "Problem", "Withdrawn", "annotate", "find_documents", "read_document",
]  # fmt: skip
