"""A hook of schemathesis: a parameter without a value is one that is not given, as in forms."""

from __future__ import annotations

from typing import Any

import schemathesis  # type: ignore[import-not-found]


@schemathesis.hook  # type: ignore[untyped-decorator]
def filter_query(_context: Any, query: Any) -> bool:
    """Whether all parameters of a query string have a value."""
    values = (query or {}).values()
    return all(one != "" for value in values for one in (value if isinstance(value, list) else [value]))
