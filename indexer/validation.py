"""Which dates and addresses can be used? Every format brings them as text; an unusable one costs a warning, no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from indexer.written_dates import parse_written_date
from search.dates import NewsDate

Warn = Callable[[str], None]

LONGEST_NAME = 500  # characters; names are compared by each of their beginnings and ends


def read_date(candidates: Iterable[str], warn: Warn) -> NewsDate | None:
    """The first of several texts that is a date; None, with one warning, if there are texts but no date."""
    message = ""
    for text in filter(None, candidates):
        try:
            return parse_written_date(text)
        except (ValueError, OverflowError) as error:
            message = message or str(error)
    if message:
        warn(f"the article is indexed without a date: {message}")
    return None


def valid_url(text: str, warn: Warn) -> str | None:
    """An absolute http(s) address or None; others are left out because the page shows them as links."""
    if not text or is_url(text):
        return text or None
    warn(f"the address {text[:80]!r} is left out; write one that begins with https:// or http://")
    return None


def valid_names(names: Iterable[str], warn: Warn) -> tuple[str, ...]:
    """The names, each once, without those that are too long to be one."""
    kept = dict.fromkeys(names)
    for name in [name for name in kept if len(name) > LONGEST_NAME]:
        del kept[name]
        warn(f"the name {name[:40]!r}... is left out; write names of at most {LONGEST_NAME} characters")
    return tuple(kept)


def is_url(text: str) -> bool:
    """Whether `text` is an absolute address of the web, and nothing else."""
    try:
        parts = urlsplit(text)
    except ValueError:  # brackets that look like a broken IPv6 address
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(map(str.isspace, text))
