"""A search to be watched: as lines of TOML, which the page offers, and as they are read again.

[[search]]
name = "Hochwasser"
query = "Hochwasser ODER Flut"
filters = { source = ["Abendblatt"], from = "2024" }
atom = "hochwasser.atom"
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

from search import Request
from search.errors import BadRequest, NachleseError
from search.page import REQUEST_FILTERS
from web.parameters import ParameterPairs, strict_request
from web.safe_text import one_line, slug
from web.translation import gettext

SECURITIES = ("none", "starttls", "tls")
MOST_BYTES = 1_000_000  # of a file of searches
MOST_SEARCHES = 1000
_FILTERS = (*REQUEST_FILTERS, "from", "to", "match")
_LONGEST_NAME = 100


class SearchesUnreadable(NachleseError):
    """A file of saved searches that cannot be used; the message says what to change."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search and where its news go: files, addresses of mail, and a webhook, each perhaps empty."""

    name: str
    request: Request
    pairs: ParameterPairs
    atom: Path | None = None
    jsonl: Path | None = None
    mail: tuple[str, ...] = ()
    webhook: str = ""

    @property
    def channels(self) -> tuple[str, ...]:
        """The names of the ways that its news go."""
        return tuple(name for name in ("atom", "jsonl", "mail", "webhook") if getattr(self, name))

    @property
    def webhook_server(self) -> str:
        """Where its webhook lies, as it may be told: host and port; path and query are often secrets."""
        return urlsplit(self.webhook).netloc


@dataclass(frozen=True, slots=True)
class MailServer:
    """How mail is sent: `security` is one of SECURITIES; `password_file` has the password in its first line."""

    host: str
    sender: str
    port: int = 25
    security: str = "none"
    user: str = ""
    password_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Searches:
    """What a file says."""

    searches: tuple[SavedSearch, ...]
    mail: MailServer | None = field(default=None)


def search_lines(pairs: ParameterPairs) -> str:
    """The lines that save the search with these parameters of the page, without its place in a list."""
    query = dict(pairs).get("q", "")
    filters: dict[str, Any] = {}
    for name, value in pairs:
        if name in REQUEST_FILTERS:
            filters.setdefault(name, []).append(value)
        elif name in _FILTERS:
            filters[name] = value
    name = one_line(query)[:_LONGEST_NAME] or gettext("Neue Artikel")
    lines = ["[[search]]", f"name = {_quoted(name)}", f"query = {_quoted(query)}"]
    if filters:
        lines.append(f"filters = {{ {', '.join(f'{name} = {_toml(value)}' for name, value in filters.items())} }}")
    return "\n".join([*lines, f"atom = {_quoted((slug(name, 40) or gettext('suche')) + '.atom')}"])


def read_searches(path: Path, *kept: Path) -> Searches:
    """The searches in a file, whose news must not be written over it or over what else is kept.

    Raises SearchesUnreadable.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
        read = tomllib.loads(content.decode("utf-8-sig"))
    except OSError as error:
        raise SearchesUnreadable(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise SearchesUnreadable(f"{path} is no TOML: {error}") from error
    try:
        searches = _searches(read, path.parent)
        _have_own_files(searches.searches, (path, *kept))
    except ValueError as error:
        raise SearchesUnreadable(f"{path}: {error}") from error
    return searches


def _searches(read: Mapping[str, Any], folder: Path) -> Searches:
    _known(read, ("search", "mail"), "the file")
    tables = read.get("search", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError("write each search as a table of its own, below a line [[search]]")
    if not 0 < len(tables) <= MOST_SEARCHES:
        raise ValueError(f"there must be one search at least, and {MOST_SEARCHES:,} at most")
    searches = tuple(_search(table, folder) for table in tables)
    names = [search.name for search in searches]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two searches have the name {name!r}; give each its own")
    mail = _mail(read["mail"], folder) if "mail" in read else None
    for search in searches:
        if search.mail and not mail:
            raise ValueError(f"{search.name!r} goes by mail, so there must be a table [mail] with host and sender")
    return Searches(searches, mail)


def _have_own_files(searches: Sequence[SavedSearch], kept: Sequence[Path]) -> None:
    """Raise ValueError if a feed or a file of lines would be written over another one, or over one of these."""
    feeds = [search.atom for search in searches if search.atom]
    lines = {search.jsonl for search in searches if search.jsonl}  # several searches may add to one
    taken = set(map(os.path.realpath, kept))
    if len(taken) < len(kept):
        raise ValueError("what was sent cannot be kept in the file of the searches itself; give another --state")
    for file in (*feeds, *lines):
        if os.path.realpath(file) in taken:
            raise ValueError(f"{file} is written or read for something else, too; name another file")
        taken.add(os.path.realpath(file))


def _search(table: Mapping[str, Any], folder: Path) -> SavedSearch:
    name = _text(table, "name", "a search")
    if not 0 < len(one_line(name)) <= _LONGEST_NAME:
        raise ValueError(f"each search needs a name, of {_LONGEST_NAME} characters at most")
    _known(table, ("name", "query", "filters", "atom", "jsonl", "mail", "webhook"), repr(name))
    filters = table.get("filters", {})
    if not isinstance(filters, dict):
        raise ValueError(f'the filters of {name!r} must look like {{ source = ["Abendblatt"], from = "2024" }}')
    _known(filters, _FILTERS, f"the filters of {name!r}")
    pairs = [("q", _text(table, "query", repr(name)))]
    for key, value in filters.items():
        pairs += [(key, one) for one in _texts(value, f"{key} of {name!r}")]
    try:
        request = strict_request(MultiDict(pairs))
    except BadRequest as error:
        raise ValueError(f"{name!r}: {error}") from error
    webhook = _webhook(table, name)
    files = {kind: _file(table, kind, name, folder) for kind in ("atom", "jsonl")}
    search = SavedSearch(
        name,
        request,
        tuple(pair for pair in pairs if pair[1]),
        atom=files["atom"],
        jsonl=files["jsonl"],
        mail=_addresses(table.get("mail", []), f"mail of {name!r}"),
        webhook=webhook,
    )
    if not search.channels:
        raise ValueError(f"where shall the news of {name!r} go? Give it atom, jsonl, mail or webhook")
    return search


def _webhook(table: Mapping[str, Any], name: str) -> str:
    """The address of a webhook, "" for none; what is wrong is told without it, as it may be a secret."""
    address = _text(table, "webhook", repr(name))
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError(
            f"the webhook of {name!r} must be an address that begins with https:// or http://, as https://example.org/neu"
        )
    if "@" in parts.netloc:
        raise ValueError(f"the webhook of {name!r} has a user before its host; use a webhook with a key in its path")
    if not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError(f"the webhook of {name!r} must have no blanks and none but ASCII letters; write others as %20")
    return address


def _mail(table: Any, folder: Path) -> MailServer:
    if not isinstance(table, dict):
        raise ValueError("mail must be a table: [mail]")
    _known(table, ("host", "port", "sender", "security", "user", "password_file"), "[mail]")
    host, sender = _text(table, "host", "[mail]"), _text(table, "sender", "[mail]")
    port, security = table.get("port", 25), _text(table, "security", "[mail]") or "none"
    if not host or not sender:
        raise ValueError("[mail] needs host and sender")
    _addresses(sender, "sender of [mail]")
    if type(port) is not int or not 0 < port < 65536:
        raise ValueError("the port of [mail] must be a number from 1 to 65535")
    if security not in SECURITIES:
        raise ValueError(f"security of [mail] must be one of {', '.join(SECURITIES)}")
    file = _text(table, "password_file", "[mail]")
    return MailServer(host, sender, port, security, _text(table, "user", "[mail]"), folder / file if file else None)


def _known(table: Mapping[str, Any], names: Sequence[str], place: str) -> None:
    for name in table:
        if name not in names:
            raise ValueError(f"{place} has {name!r}, which there is not; known are {', '.join(names)}")


def _text(table: Mapping[str, Any], name: str, place: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(f"{name} of {place} must be a text")
    return value


def _texts(value: Any, place: str) -> tuple[str, ...]:
    """One text or several; texts of mail and of filters may be either."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(one, str) and one_line(one) == one for one in values):
        raise ValueError(f"{place} must be a text, or several in brackets")
    return tuple(values)


def _addresses(value: Any, place: str) -> tuple[str, ...]:
    """Addresses of mail; a server may know some without @."""
    addresses = _texts(value, place)
    if not all(addresses):
        raise ValueError(f"{place} must not be empty")
    return addresses


def _file(table: Mapping[str, Any], kind: str, name: str, folder: Path) -> Path | None:
    text = _text(table, kind, repr(name))
    if text and not Path(text).name.strip("."):
        raise ValueError(f"{kind} of {name!r} must be the name of a file")
    return folder / text if text else None


def _toml(value: str | list[str]) -> str:
    return _quoted(value) if isinstance(value, str) else f"[{', '.join(map(_quoted, value))}]"


def _quoted(text: str) -> str:
    """A text as a basic string of TOML, which escapes as JSON does but for one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
