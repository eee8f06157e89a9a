"""The report: RESULTS.md with all tables, and the charts beside it, made of the results that are stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.peers import tables
from bench.peers.contenders import contenders
from bench.peers.pictures import charts
from bench.peers.questions import CLASSES
from bench.peers.results import Results
from bench.peers.store import NOTED, Store

HEAD = """# Nachlese beside other search engines

Written by `python -m bench.peers`; [README.md](README.md) says what is measured and how. Same articles, same queries,
one machine, each engine in a process of its own. In brackets stands **how Nachlese's figure is to the one in front of
it**: of times, bytes and memory *2×* says that Nachlese takes twice as much, of articles per second that it is twice as
fast. Nachlese, as far as the ratios go, is its engine tantivy with the names that articles declare, which is what the
others index, too; where that was not measured, with those that its recogniser finds. A dagger stands behind a ratio of
figures that were measured in different runs, and a dash where nothing was measured; the end of this page says why.
"""
GROWING = ("nachlese-names", "nachlese", "tantivy", "lucene", "sqlite")  # whose growth is shown


def write_report(store: Store, sizes: Sequence[str], out: Path) -> None:
    """Write the report on the collections to `out`, and the charts into its folder."""
    found = [Results(store, size) for size in sizes if Results(store, size).measured()]
    if not found:
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(_lines(store, found)), encoding="utf-8")
    for name, drawing in charts(found).items():
        (out.parent / f"{name}.svg").write_text(drawing, encoding="utf-8")


def _lines(store: Store, found: Sequence[Results]) -> Iterator[str]:
    yield HEAD
    yield from _machine(store)
    yield from _growing(found)
    for results in found:
        yield from _collection(results)
    yield "## The vocabulary of the articles\n"
    yield from tables.growth(found)
    yield from _remarks(found)


def _machine(store: Store) -> Iterator[str]:
    described = store.get("all", "machine", "described") or {}
    yield from (f"- {name}: {value}" for name, value in described.items() if name not in NOTED)
    yield ""


def _growing(found: Sequence[Results]) -> Iterator[str]:
    """How everything grows with the archive, a table for each engine."""
    generated = sorted((results for results in found if results.size != "news"), key=lambda results: results.articles)
    if len(generated) < 2:
        return
    yield "## How it grows\n"
    for peer in contenders():
        if peer.name in GROWING:
            yield from tables.growing(generated, peer)


def _collection(results: Results) -> Iterator[str]:
    yield f"## {results.title}\n"
    if loads := results.loads():
        yield f"When this was measured, {loads[0]:.1f} to {loads[-1]:.1f} processes wanted to run, ours among them.\n"
    yield "### Indexing\n"
    yield from tables.indexing(results)
    yield "### Ten hits with their number, facets and snippets\n"
    yield from tables.searching(results, "whole")
    yield "### Ten hits with their number only\n"
    yield from tables.searching(results, "plain")
    yield "### What was found\n"
    yield from tables.totals(results)
    yield "### Server and start\n"
    yield from tables.serving(results)


def _remarks(found: Sequence[Results]) -> Iterator[str]:
    """What engines lack, could not do, and their versions."""
    yield "## Engines\n"
    for peer in contenders():
        version = next((hello["version"] for results in found if (hello := results.of(peer.name, "hello"))), None)
        known = version or f"was not asked; `{peer.install}` installs it"
        yield f"- **{peer.title}**: {known}" + (f"; {peer.lacks}" if peer.lacks else "")
    for results in found:
        yield from _gaps(results)
    yield ""


def _gaps(results: Results) -> Iterator[str]:
    """What was not measured, what failed, and which queries took so long that not all were asked."""
    for peer in contenders():
        missing = [measure for measure in peer.measures if not results.tried(peer.name, measure)]
        if missing and not results.failure(peer.name):
            which = "" if len(missing) == len(peer.measures) else f" in {', '.join(missing)}"
            command = f"python -m bench.peers --sizes {results.size} --only {peer.name}"
            yield f"- {results.title}, {peer.title}: not measured{which}; `{command}` does it"
    for peer in results.measured():
        if failure := results.failure(peer.name):
            yield f"- {results.title}, {peer.title}: {tables.MEASURES[failure[0]]}, {failure[1]}"
        for kind, title in CLASSES.items():
            drawn = max(len(results.totals(other.name, kind)) for other in results.measured())
            if 0 < (asked := len(results.totals(peer.name, kind))) < drawn:
                yield f"- {results.title}, {peer.title}: time for {asked} of {drawn} queries of the class {title} only"
            for form, what in (("whole", "with facets and snippets"), ("plain", "without")):
                if reason := results.failed(peer.name, form, kind):
                    yield f"- {results.title}, {peer.title}: no answer to {title} {what}, {reason}"
