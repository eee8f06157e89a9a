"""How does an archive get to another place? Its articles with their names, without reading documents again.

Articles are copied in the order of their dates and analysed anew, as another engine cannot take over what one has made
of them. What an earlier run has copied is compared and left, so a run that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from search.engines.base import Engine, Entry, Match, sort_key
from search.errors import NotCopied
from search.files import replace_file
from search.query.terms import MatchAll
from search.store.checksums import DIGEST_BYTES
from search.store.entry import entry_again, to_article
from search.store.manifest import Manifest
from search.store.place import Place, usable_manifest
from search.store.places import place_of
from search.store.snapshots import other_kinds
from search.store.walking import walk
from search.store.writing import ArchiveWriter, write_archive
from search.worker_pool import WorkerPool, collect_rarely

TOGETHER = 32  # articles that travel to a process together
WORTH_A_PROCESS = 500  # articles; starting one takes a second or two

Progress = Callable[[int, int], None]  # articles done, all articles
Pair = tuple[Match | None, Match | None]  # an article here and there


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What was copied: `articles` are in both places now, of which this run put `copied`; times in seconds.

    `checksum` is that of the ids and of all that is kept of these articles, in either place. `aliases` is the file of
    the newsroom's names that the copy has no place for, if there is one.
    """

    source: str
    target: str
    articles: int
    copied: int
    checksum: str
    seconds: float
    aliases: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The report as JSON, for programs."""
        return asdict(self)


class _Sum:
    """Number and check sum of articles in their order."""

    def __init__(self, matches: Iterable[Match] = ()) -> None:
        self.number = 0
        self._hash = hashlib.blake2b(digest_size=DIGEST_BYTES)
        for match in matches:
            self.add(match)

    def add(self, match: Match) -> None:
        """Count one article more."""
        self.number += 1
        self._hash.update(f"{match.id}\0{match.stored}\0".encode())

    def hexdigest(self) -> str:
        """The check sum so far."""
        return self._hash.hexdigest()


def copy_archive(
    source: str | Path, target: str | Path, engine: str | None = None, progress: Progress | None = None, jobs: int = 1
) -> CopyReport:
    """Copy all articles of an archive, as of its last commit, to another place.

    `engine` is needed only where there is no archive yet; `jobs` processes analyse articles. Raises NotCopied if the
    place has articles that the archive has not, or if it has not the same ones in the end, WorkersDied, and what
    opening and writing an archive raise.
    """
    started = time.perf_counter()
    origin, place = place_of(source), place_of(target)
    if origin.local.resolve() == place.local.resolve():
        raise NotCopied(f"{source} is to be copied to itself. Name another place.")
    manifest = usable_manifest(origin)
    kept = _kept(origin, manifest)
    with closing(origin.open_engine(manifest)) as articles, write_archive(target, engine) as writer:
        if writer.count():
            _refuse_others(articles, writer, origin, place)
        total, copied = _copy(articles, writer, progress or (lambda _done, _all: None), jobs)
        for kind, content in kept.items():
            if writer.kept(kind) != content:
                writer.keep(kind, content)
    _verify(total, origin, place)
    left = _copy_aliases(origin.aliases, place.aliases)
    seconds = time.perf_counter() - started
    return CopyReport(origin.address, place.address, total.number, copied, total.hexdigest(), seconds, left)


def _refuse_others(articles: Engine, writer: ArchiveWriter, origin: Place, place: Place) -> None:
    """Raise NotCopied before anything is written to a place with other articles."""
    for here, there in _pairs(articles, writer):
        if here is None and there is not None and articles.get(there.id) is None:
            raise NotCopied(
                f"The archive in {place.address} has articles that are not in {origin.address}, such as {there.id!r}. "
                "It would be no copy: name a place without an archive, or delete what should not be there."
            )


def _copy(articles: Engine, writer: ArchiveWriter, progress: Progress, jobs: int) -> tuple[_Sum, int]:
    """Put what differs; the sum of all, and how many were put."""
    total, copied, number = _Sum(), 0, articles.count()

    def differing() -> Iterator[str]:
        for here, there in _pairs(articles, writer):
            if here is None:
                continue
            total.add(here)
            progress(total.number, number)
            if there is None or there.stored != here.stored:
                yield here.stored

    for entry in _entries(differing(), min(jobs, number // WORTH_A_PROCESS)):
        writer.put_entry(entry)
        writer.checkpoint_if_due()
        copied += 1
    return total, copied


def _entries(texts: Iterator[str], jobs: int) -> Iterator[Entry]:
    """What is stored of articles, analysed anew, in this order."""
    if jobs < 2:
        yield from map(_as_stored, texts)
        return
    batches = iter(lambda: list(islice(texts, TOGETHER)), [])
    with WorkerPool(jobs, collect_rarely) as pool:
        yield from pool.results(_all_as_stored, _lost, batches)


def _all_as_stored(texts: list[str]) -> list[Entry]:
    return [_as_stored(text) for text in texts]


def _as_stored(text: str) -> Entry:
    """The entry of an article as it was stored, to the letter: so that the sums are the same."""
    return replace(entry_again(text), stored=text)


def _lost(text: str) -> Entry:
    """What is stored killed the process that analysed it, alone."""
    raise NotCopied(
        f"The article {to_article(text, mentions=False).id!r} kills the process that analyses it, most likely for want "
        "of memory. What was committed is kept; run again with more memory."
    )


def _pairs(articles: Engine, writer: ArchiveWriter) -> Iterator[Pair]:
    """The articles of both archives by date and id: those at the same place of the order together."""
    theirs = writer.matches(MatchAll()) if writer.count() else iter(())
    there = next(theirs, None)
    for here in walk(articles, MatchAll()):
        while there and _key(there) < _key(here):
            yield None, there
            there = next(theirs, None)
        if there and there.id == here.id:
            yield here, there
            there = next(theirs, None)
        else:
            yield here, None
    while there:
        yield None, there
        there = next(theirs, None)


def _key(match: Match) -> tuple[float, int, str]:
    return sort_key("newest", 0.0, match.day, match.id)


def _kept(origin: Place, manifest: Manifest) -> dict[str, bytes]:
    """What is kept with the commit, such as the aliases in effect: without them the next run would see others."""
    found = {kind: origin.kept(manifest.generation, kind) for kind in sorted(other_kinds(manifest.files))}
    return {kind: content for kind, content in found.items() if content is not None}


def _copy_aliases(ours: Path | None, theirs: Path | None) -> str | None:
    """Take along the newsroom's names, unless the copy has its own; the file itself if there is no place for it."""
    if ours is None or not ours.exists():
        return None
    if theirs is None:
        return str(ours)
    if not theirs.exists():
        replace_file(theirs, ours.read_bytes())  # whatever it says: the next run of the indexer tells what is wrong
    return None


def _verify(total: _Sum, origin: Place, place: Place) -> None:
    """Raise NotCopied unless the place has what was to be copied, article by article."""
    with closing(place.open_engine(usable_manifest(place))) as copy:
        found = _Sum(walk(copy, MatchAll()))
    if (found.number, found.hexdigest()) != (total.number, total.hexdigest()):
        raise NotCopied(
            f"The archive in {place.address} has {found.number:,} articles of check sum {found.hexdigest()}, that in "
            f"{origin.address} {total.number:,} of check sum {total.hexdigest()}. Has somebody written to it "
            "meanwhile? Copy again: only what differs will be."
        )
