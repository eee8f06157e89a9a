"""What would a run read, and how? Each document with its format, without reading more than its first bytes."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from indexer.document import Document, Mapping
from indexer.errors import Problem, problem_of
from indexer.formats.recognition import format_of
from indexer.formats.table import JSON, RECORDS, TABLE, installation
from indexer.items import PassedOver
from indexer.sources import Found, find_documents
from indexer.streams import head_of, open_document


def preview(sources: Sequence[str], mapping: Mapping = ()) -> list[tuple[str, str]]:
    """The name of each document that SOURCEs bring, and its format with its mapping, or why it is not read."""
    return [
        (item.name if isinstance(item, Document) else item.document, _told(item))
        for item in find_documents(sources, mapping)
    ]


def _told(item: Found) -> str:
    if isinstance(item, Problem):
        return f"cannot be read: {item.message}"
    if isinstance(item, PassedOver):
        return f"passed over: {installation(item.extra)}" if item.extra else "passed over"
    if item.is_stdin:
        return RECORDS.name
    try:
        with open_document(item, None, lambda _number: None) as stream:
            format = format_of(item.relative_path, head_of(stream))
    except (OSError, EOFError, zlib.error) as error:
        return f"cannot be read: {problem_of(error, item.name).message}"
    if format in (RECORDS, JSON, TABLE) and item.mapping:
        return f"{format.name} with {','.join(f'{ours}={theirs}' for ours, theirs in item.mapping)}"
    return format.name if format else "passed over"
