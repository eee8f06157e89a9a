"""What is in this document? From bytes on disk to articles with the names in them.

`find_documents` lists what there is to read, `read_document` turns one document into articles
and problems, `annotate` finds the persons, places and organisations of an article. `pipeline` is the
whole way into the archive. Two rooms have questions of their own: `recognition` (where does a text name
somebody?) and `resolution` (which entity does each name stand for?).
"""

from indexer.entities import annotate
from indexer.errors import DocumentError, Problem
from indexer.readers import read_document
from indexer.sources import Document, find_documents

__all__ = ["Document", "DocumentError", "Problem", "annotate", "find_documents", "read_document"]
