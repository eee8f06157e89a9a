"""Each file of an index with a bit flipped, cut, emptied, filled or gone: is it told, or answered wrongly?"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any

from click.testing import CliRunner

import nachlese
from search import Request, open_archive, write_archive
from search.errors import ArticleNotFound, NachleseError, OutOfResources
from tests.torture import crew
from tests.torture.articles import QUERIES, article
from tests.torture.catching import Unforeseen, kind_of, tried
from tests.torture.plan import ENGINES, Laboratory
from tests.torture.result import Result, Tally

NUMBERS = range(60)  # articles of the index
FIXED = ("deleted", "emptied", "halved", "zeroed", "appended")  # the other ways flip a bit
PATIENCE = 60.0
CHECK = "check"  # the command that compares an index with its check sums
# Locks hold nothing; whether they are there is no damage.
LOCKS = ("lock", "LOCK")


@dataclass(frozen=True, slots=True)
class Damage:
    """One file of an index and what happens to it."""

    index: Path
    copy: Path
    engine: str
    file: str  # below the index
    way: str
    seed: int


def run(laboratory: Laboratory) -> Result:
    """Damage each file of an index of each engine in as many ways as planned."""
    started = time.monotonic()
    tally = crew.run(attempt, units(laboratory), laboratory, PATIENCE)
    if CHECK not in nachlese.main.commands:
        tally.figures["nachlese check"] = "is missing"
    return tally.result("damage", time.monotonic() - started)


def units(laboratory: Laboratory) -> Iterator[Damage]:
    """All damages, one file after the other."""
    for engine in ENGINES:
        index = build(laboratory.folder / engine, engine)
        yield from damages(index, laboratory.folder / "copies", engine, laboratory.plan.damages, laboratory.plan.seed)


def damages(index: Path, copies: Path, engine: str, number: int, seed: int) -> Iterator[Damage]:
    """So many damages of each file of an index."""
    chance = Random(seed)
    files = [path for path in index.rglob("*") if path.is_file() and not path.name.endswith(LOCKS)]
    for path in sorted(files, key=lambda path: (path.suffix, path.stat().st_size)):  # names are random
        ways = [*FIXED[:number], *["flipped"] * (number - len(FIXED))] if path.stat().st_size else ["deleted"]
        for place, way in enumerate(ways):
            name = str(path.relative_to(index))
            yield Damage(index, copies / f"{engine}-{path.name}-{place}", engine, name, way, chance.randrange(2**31))


def build(index: Path, engine: str) -> Path:
    """A small index, written in two commits, which is returned."""
    for part in (NUMBERS[::2], NUMBERS[1::2]):
        with write_archive(index, engine) as writer:
            for number in part:
                writer.put(article(number, 0))
    return index


def attempt(unit: Damage, note: crew.Note) -> Tally:
    """Damage a copy of an index, ask it, and have it checked."""
    tally = Tally()
    note(_told(unit))
    shutil.copytree(unit.index, unit.copy)
    try:
        hurt(unit.copy / unit.file, unit.way, Random(unit.seed))
        outcome = _outcome(unit)
        reported = _is_reported(unit.copy)
        repaired = _is_rebuilt(unit)
    finally:
        shutil.rmtree(unit.copy, ignore_errors=True)
    _judge(unit, outcome, reported, repaired, tally)
    return tally


def _judge(unit: Damage, outcome: str, reported: bool | None, repaired: bool, tally: Tally) -> None:
    tally.counts[f"{unit.engine}: {outcome.partition(':')[0]}"] += 1
    if reported is not None:
        tally.counts[f"{unit.engine}: {'reported' if reported else 'not reported'} by check"] += 1
    if outcome.startswith("raw exception"):
        tally.failed(f"{unit.engine}: {outcome}", _told(unit))
    if outcome == "wrong answers" and reported is None:
        tally.failed(f"{unit.engine}: wrong answers, and nothing that checks", _told(unit))
    if reported is False and (outcome != "same answers" or Path(unit.file).parent.name):
        tally.failed(f"{unit.engine}: {outcome}, and check reports nothing", _told(unit))
    if not repaired:
        tally.failed(f"{unit.engine}: a rebuild does not help", _told(unit))


def _told(unit: Damage) -> str:
    return f"{unit.engine} *{Path(unit.file).suffix or unit.file}, {unit.way}, seed {unit.seed}"


def hurt(path: Path, way: str, chance: Random) -> None:
    """Damage a file."""
    data = bytearray(path.read_bytes())
    if way == "deleted":
        path.unlink()
        return
    if way == "flipped":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    changed: dict[str, bytes | bytearray] = {
        "emptied": b"",
        "halved": data[: len(data) // 2],
        "zeroed": bytes(len(data)),
        "appended": data + b"\0" * 9,
    }
    path.write_bytes(changed.get(way, data))


def _outcome(unit: Damage) -> str:
    try:
        found = tried(partial(everything, unit.copy))
    except OutOfResources:  # a length was damaged, and nobody has so much memory
        return "a sentence on memory"
    except ArticleNotFound:  # of one that there is
        return "wrong answers"
    except NachleseError as error:
        has_remedy = any(word in str(error) for word in ("--rebuild", "nachlese ", "nstall"))
        return "a clear sentence" if has_remedy else f"raw exception: {type(error).__name__} without a remedy"
    except Unforeseen as error:
        return f"raw exception: {kind_of(error)}"
    return "same answers" if found == _right(unit.index) else "wrong answers"


@cache
def _right(index: Path) -> dict[str, Any]:
    return everything(index)


def everything(index: Path) -> dict[str, Any]:
    """All that an index can tell: lists, facets, scores, texts, names, suggestions."""
    with open_archive(index) as archive:
        found: dict[str, Any] = {}
        for text in QUERIES:
            pages = [archive.search(Request(text, sort=sort, size=100)) for sort in ("relevance", "newest")]
            found[text] = [(page.total, page.hits, dict(page.facets)) for page in pages]
        found["articles"] = [archive.article(article(number, 0).id) for number in NUMBERS]
        found["names"] = archive.entities()
        found["suggestions"] = archive.suggest("B")
        found["status"] = archive.status().articles
    return found


def _is_reported(index: Path) -> bool | None:
    """Whether `nachlese check` says that the index is damaged, None if there is no such command."""
    if CHECK not in nachlese.main.commands:
        return None
    done = CliRunner().invoke(nachlese.main, [CHECK, "--index", str(index)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code != 0


def _is_rebuilt(unit: Damage) -> bool:
    """Whether the index answers after a rebuild, whatever is left of it."""

    def rebuild() -> bool:
        with write_archive(unit.copy, unit.engine, rebuild=True) as writer:
            writer.put(article(0, 0))
        with open_archive(unit.copy) as archive:
            return archive.status().articles == 1

    try:
        return tried(rebuild)
    except (NachleseError, Unforeseen):
        return False
