"""Documents that are none, and bombs: is each read or refused, in bounded time and memory?"""

from __future__ import annotations

import resource
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from indexer.document import Document
from indexer.errors import Problem
from indexer.readers import read_document
from indexer.workers import entry_workers, make_entries
from search.article import Article
from search.engines.base import Entry
from tests.torture import crew
from tests.torture.bombs import BOMBS
from tests.torture.catching import Unforeseen, kind_of, tried
from tests.torture.mutations import mutated
from tests.torture.plan import Laboratory
from tests.torture.result import Result, Tally

SEEDS = Path(__file__).parents[2] / "seeds"
SAMPLES = Path(__file__).parents[1] / "formats/samples"
# Of a processor for a document: what starting takes at most, for each MiB that it has, unpacks to or says, and for each
# article, however short.
LEAST_SECONDS, SECONDS_A_MEBIBYTE, SECONDS_AN_ARTICLE = 10.0, 6.0, 0.002
MOST_MEGABYTES = 1_024
MEBIBYTE = 1024 * 1024
SAID = "characters of articles"
ADDRESSES = 4 * 1024**3  # bytes that a process may ask for
PATIENCE = 240.0


@dataclass(frozen=True, slots=True)
class Mutated:
    """A seed that is changed by chance."""

    seed: int


@dataclass(frozen=True, slots=True)
class Bomb:
    """One of BOMBS in a share of its full size."""

    name: str
    share: float


def run(laboratory: Laboratory) -> Result:
    """Read as many mutated documents as planned, and all bombs; of a tenth of the documents, bombs of a tenth."""
    started = time.monotonic()
    tally = crew.run(attempt, units(laboratory), laboratory, PATIENCE, ADDRESSES)
    return tally.result("documents", time.monotonic() - started)


def units(laboratory: Laboratory) -> Iterator[Mutated | Bomb]:
    """All documents."""
    chance = Random(laboratory.plan.seed)
    for _ in range(laboratory.plan.documents):
        yield Mutated(chance.randrange(2**31))
    for name in BOMBS:
        yield Bomb(name, min(1.0, laboratory.plan.documents / 10_000))


@cache
def seeds() -> tuple[Path, ...]:
    """The good documents that others are made of."""
    found = [path for path in (*SEEDS.glob("*/*"), *SAMPLES.iterdir()) if path.suffix != ".gz"]
    return tuple(sorted(found))


def attempt(unit: Mutated | Bomb, note: crew.Note) -> Tally:
    """Read one document and analyse what it holds."""
    tally = Tally()
    note(unit)
    if isinstance(unit, Bomb):
        name, data = unit.name, BOMBS[unit.name](unit.share)
    else:
        chance = Random(unit.seed)
        path = chance.choice(seeds())
        name, data = mutated(path.name.replace(".", "-", path.name.count(".") - 1), path.read_bytes(), chance)
    tally.counts["bombs" if isinstance(unit, Bomb) else "mutated documents"] += 1
    with TemporaryDirectory() as folder:
        read(Path(folder) / name, data, unit, tally)
    return tally


def read(path: Path, data: bytes, unit: object, tally: Tally) -> None:
    """Read and analyse a document; what it costs and yields is counted."""
    path.write_bytes(data)
    memory, started = _megabytes(), time.process_time()
    articles, said = tally.counts["articles read"], tally.counts[SAID]
    told = f"{unit!r}, {len(data):,} bytes{f': {data!r}' if len(data) < 200 else ''}"
    try:
        tried(partial(_read, path, len(data), tally))
    except Unforeseen as error:
        is_promise = isinstance(error.__cause__, AssertionError)
        tally.failed(str(error.__cause__) if is_promise else f"reading raises {kind_of(error)}", told)
    seconds = time.process_time() - started
    kind = "bomb" if isinstance(unit, Bomb) else "mutated document"
    tally.times[kind].append(seconds)
    tally.peak("megabytes at most", _megabytes())
    articles, said = tally.counts["articles read"] - articles, tally.counts[SAID] - said
    if seconds > _most_seconds(path, data, said) + SECONDS_AN_ARTICLE * articles:
        tally.failed(f"a {kind} takes more than its bytes allow", f"{told}: {seconds:.0f} s of a processor")
    if MOST_MEGABYTES < _megabytes() > memory:
        tally.failed(f"a {kind} takes more than {MOST_MEGABYTES} MB", f"{told}: {_megabytes():,} MB")


def _read(path: Path, size: int, tally: Tally) -> None:
    document = Document(path.name, str(path), path.name, size)
    items = 0
    for entry in make_entries(_articles(document, tally), entry_workers(1)):
        items += 1
        assert isinstance(entry, (Entry, Problem)), "something else than entry or problem"
        if isinstance(entry, Problem):
            _count_problem(entry, tally)
    told = sum(tally.counts[name] for name in ("refused", "warned", "passed over"))
    assert items or told, "nothing came of a document"


def _articles(document: Document, tally: Tally) -> Iterator[tuple[Article, str]]:
    for item in read_document(document):
        if isinstance(item, Problem):
            _count_problem(item, tally)
        elif isinstance(item, Article):
            assert item.body.strip(), "an article without text"
            tally.counts["articles read"] += 1
            tally.counts[SAID] += len(item.body)
            yield item, item.fingerprint()
        else:
            tally.counts["passed over"] += 1


def _count_problem(problem: Problem, tally: Tally) -> None:
    assert str(problem).isprintable(), "a problem that cannot be printed"
    assert "unforeseen" not in problem.message, f"an unforeseen problem: {problem.message[:80]}"
    tally.counts["refused" if problem.fatal else "warned"] += 1


def _most_seconds(path: Path, data: bytes, said: int) -> float:
    size = max(len(data), said)
    if path.suffix == ".gz":
        unpacked = zlib.decompressobj(wbits=31)
        with suppress(zlib.error):
            size = max(said, len(unpacked.decompress(data, 16 * MEBIBYTE)))  # more is not read as one text
    return LEAST_SECONDS + SECONDS_A_MEBIBYTE * size / MEBIBYTE


def _megabytes() -> int:
    """The most memory that this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
