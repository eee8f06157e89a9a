"""What does tantivy keep of an entry? Its schema, and an entry as a document of it."""

from __future__ import annotations

from typing import Any

import tantivy

from search import schema
from search.engines.base import Entry

SERIAL = "serial"  # the number of an entry's row in the tables of values
LAST_DAY = 99999999


def made_schema() -> tantivy.Schema:
    """The schema of an index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in schema.COLUMNS:
        option = "position" if schema.has_positions(name) else "freq"
        builder.add_text_field(name, tokenizer_name="words", index_option=option)
    for name in schema.KEYWORDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(SERIAL, fast=True)
    builder.add_unsigned_field("first", indexed=True, fast=True)
    builder.add_unsigned_field("last", indexed=True, fast=True)
    for sort in ("newest", "oldest"):
        builder.add_text_field(sort, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("stored", stored=True)
    return builder.build()


def document(entry: Entry, serial: int) -> dict[str, Any]:
    """An entry as tantivy takes it; `newest` and `oldest` sort as the orders of these names do."""
    return {
        "id": entry.id,
        **entry.columns,
        **{name: list(values) for name, values in entry.keywords.items() if values},
        SERIAL: serial,
        "first": entry.first,
        "last": entry.last,
        "newest": f"{LAST_DAY - entry.first:08} {entry.id}",
        "oldest": f"{entry.first or LAST_DAY:08} {entry.id}",
        "stored": entry.stored.encode(),
    }
