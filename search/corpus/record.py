"""What did a search find, and when? A record to be cited, and to be compared with what it finds today."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from search.corpus.words import MOST_IDS
from search.engines.base import Engine
from search.engines.rewriting import without_scores
from search.errors import BadRequest, RecordUnreadable
from search.page import MATCHINGS, REQUEST_FILTERS, Request
from search.query.readings import as_asked

FORMAT = "nachlese-search-record"
VERSION = 1
MOST_BYTES = 50_000_000  # of a file that is read
MOST_HASHED = 1_000_000  # articles that a record may be of
STATE = ("articles", "engine", "generation", "committed", "schema", "analysis")  # of Status, what finds depend on


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """A request, the state of the archive that answered it, and the ids of all articles it found, in their order.

    `made` is UTC in ISO 8601, `hash` that of `ids_hash`. `ids` are None if there were more than MOST_IDS.
    """

    request: Request
    understood: str
    made: str
    archive: Mapping[str, Any]
    total: int
    hash: str
    ids: tuple[str, ...] | None

    def as_json(self) -> dict[str, Any]:
        """The record as its file has it."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "made": self.made,
            "query": request_json(self.request),
            "understood": self.understood,
            "archive": dict(self.archive),
            "total": self.total,
            "hash": self.hash,
            "ids": None if self.ids is None else list(self.ids),
        }


@dataclass(frozen=True, slots=True)
class Rerun:
    """A record, and what the same search finds now; what came and what went is known if both have their ids.

    `gone` are those of `went` that the archive does not have any more. `changes` are the names in STATE, but for the
    number of articles and the time of the commit, by which the archives differ.
    """

    record: SearchRecord
    now: SearchRecord
    came: tuple[str, ...] | None
    went: tuple[str, ...] | None
    gone: tuple[str, ...] | None
    changes: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether the search finds the same articles as then."""
        return (self.record.total, self.record.hash) == (self.now.total, self.now.hash)

    def as_json(self) -> dict[str, Any]:
        """The comparison as `--json` prints it."""
        lists = {"came": self.came, "went": self.went, "gone": self.gone}
        return {
            "same": self.is_same,
            "made": self.record.made,
            "total": {"then": self.record.total, "now": self.now.total},
            "hash": {"then": self.record.hash, "now": self.now.hash},
            **{name: None if ids is None else list(ids) for name, ids in lists.items()},
            "changed": {
                name: {"then": self.record.archive.get(name), "now": self.now.archive[name]} for name in self.changes
            },
        }


def record(engine: Engine, request: Request, archive: Mapping[str, Any]) -> SearchRecord:
    """What a request finds now, nothing of it relaxed; `archive` has the names in STATE. Raises TooExpensive.

    Raises BadRequest for more than MOST_HASHED articles.
    """
    request = replace(request, sort="relevance", relax=False, size=Request().size, cursor=None)
    reading = as_asked(request)
    terms = without_scores(reading.terms)
    ids = sorted(engine.ids(terms, MOST_HASHED + 1))
    if len(ids) > MOST_HASHED:
        raise BadRequest("q", f"A record can be of {MOST_HASHED:,} articles at most; narrow the search.")
    return SearchRecord(
        request=request,
        understood=reading.understood,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
        archive={name: archive[name] for name in STATE},
        total=len(ids),
        hash=ids_hash(ids),
        ids=tuple(ids) if len(ids) <= MOST_IDS else None,
    )


def ids_hash(ids: Iterable[str]) -> str:
    """The SHA-256 of ids in order, each with a line end behind it, as `LC_ALL=C sort ids.txt | sha256sum` gives it."""
    hashed = hashlib.sha256()
    for id in ids:
        hashed.update(f"{id}\n".encode(errors="replace"))
    return hashed.hexdigest()


def rerun(engine: Engine, then: SearchRecord, archive: Mapping[str, Any]) -> Rerun:
    """The search of a record again, and what is different. Raises TooExpensive."""
    now = record(engine, then.request, archive)
    came = went = gone = None
    if then.ids is not None and now.ids is not None:
        before, after = set(then.ids), set(now.ids)
        came, went = tuple(sorted(after - before)), tuple(sorted(before - after))
        gone = tuple(id for id in went if engine.get(id) is None)
    stable = (name for name in STATE if name not in ("articles", "committed"))
    return Rerun(
        then, now, came, went, gone, tuple(name for name in stable if now.archive[name] != then.archive.get(name))
    )


def request_json(request: Request) -> dict[str, Any]:
    """What a request asks for, by the names of the API's parameters, without what is not asked."""
    days = {"from": request.since, "to": request.until}
    found: dict[str, Any] = {"q": request.text, "match": request.match}
    found |= {name: list(request.filter(name)) for name in REQUEST_FILTERS if request.filter(name)}
    return found | {name: day.isoformat() for name, day in days.items() if day}


def read_record(path: Path) -> SearchRecord:
    """The record in a file. Raises RecordUnreadable, which says what is wrong."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError(f"it has more than {MOST_BYTES:,} bytes")
        return _record(json.loads(content))
    except OSError as error:
        raise RecordUnreadable(f"{path}: {error.strerror}. Name a file that `nachlese record` wrote.") from error
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise RecordUnreadable(
            f"{path} is no record of a search ({error}). Name a file that `nachlese record` or the page wrote."
        ) from error


def _record(kept: Any) -> SearchRecord:
    if kept["format"] != FORMAT:
        raise ValueError(f"its format is {kept['format']!r:.40}")
    if kept["version"] != VERSION:
        raise ValueError(f"its version is {kept['version']!r:.40}, this program knows {VERSION}")
    ids = None if kept["ids"] is None else _texts(kept["ids"])
    total = int(kept["total"])
    if ids is not None and (len(ids) != total or ids_hash(ids) != kept["hash"]):
        raise ValueError("its ids are not those that its total and hash are of")
    return SearchRecord(
        request=_request(kept["query"]),
        understood=_text(kept["understood"]),
        made=datetime.fromisoformat(kept["made"]).isoformat(),
        archive=dict(kept["archive"]),
        total=total,
        hash=_text(kept["hash"]),
        ids=ids,
    )


def _request(kept: Mapping[str, Any]) -> Request:
    if unknown := set(kept) - {"q", "match", "from", "to", *REQUEST_FILTERS}:
        raise ValueError(f"its query has {', '.join(sorted(unknown))!r:.80}, which this program does not know")
    match = kept.get("match", "all")
    if match not in MATCHINGS:
        raise ValueError(f"match is {match!r:.40}")
    return Request(
        text=_text(kept.get("q", "")),
        since=date.fromisoformat(kept["from"]) if "from" in kept else None,
        until=date.fromisoformat(kept["to"]) if "to" in kept else None,
        sort="relevance",
        match=match,
        relax=False,
        collapse=False,
        size=Request().size,
        cursor=None,
        **{name: _texts(kept.get(name, [])) for name in REQUEST_FILTERS},
    )


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):  # the signs of a text are texts, too
        raise TypeError(f"{values!r:.40} is no list")
    return tuple(_text(value) for value in values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.40} is no text")
    return value
