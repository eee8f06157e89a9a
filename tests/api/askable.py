"""A hook of schemathesis: which query strings say something of our parameters?

A parameter without a value is one that is not given, as forms send it, so nothing is refused. An address that is too
long for any server is refused by the server itself, before it is a request (431).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import schemathesis  # type: ignore[import-not-found]

LONGEST = 16_000  # characters of a query string as it is sent


@schemathesis.hook  # type: ignore[untyped-decorator]
def filter_query(_context: Any, query: Any) -> bool:
    """Whether all parameters have a value, and are short enough together."""
    values = [
        one for value in (query or {}).values() for one in (value if isinstance(value, list) and value else [value])
    ]
    # An object has no keys that could be sent.
    are_given = all(one not in ("", None, []) and not isinstance(one, dict) for one in values)
    return are_given and len(quote(str(query))) < LONGEST
