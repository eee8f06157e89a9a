"""The tables of the report, as lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.peers.contenders import NEEDED, Contender
from bench.peers.figures import ratio, rounded
from bench.peers.questions import CLASSES
from bench.peers.results import BASE, Results

REFERENCE = "tantivy"  # whose totals the others are compared with
MEASURES = {
    "hello": "not installed",
    "index": "could not index",
    "search": "could not search",
    "add": "could not add",
    "serving": "could not serve",
    "starts": "could not start",
}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table whose first column is text and whose others are figures."""
    yield "| " + " | ".join(head) + " |"
    yield "|---|" + "---:|" * (len(head) - 1)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
    yield ""


def indexing(results: Results) -> Iterator[str]:
    """How fast, how large, how much memory."""

    def row(peer: Contender) -> list[str]:
        return [
            _beside(results.rate, peer),
            _beside(lambda name: _thousand(results.add_seconds(name)), peer),
            _beside(results.share, peer),
            _beside(lambda name: results.memory(name, "index"), peer),
            _beside(lambda name: results.memory(name, "index", "own"), peer),
            _beside(lambda name: results.memory(name, "search"), peer),
        ]

    sizes = ("index bytes per text byte", "MB to index", "without mapped files", "MB to search")
    head = ("", "articles/s", "ms to add 100", *sizes)
    yield from table(head, _rows(results, row, len(head), "index"))


def searching(results: Results, form: str) -> Iterator[str]:
    """Medians of each class, with ratios, and then the slowest searches."""

    def medians(peer: Contender) -> list[str]:
        return [_beside(partial(results.median, form=form, kind=kind), peer) for kind in CLASSES]

    def slowest(peer: Contender) -> list[str]:
        return [_figure(results.slowest(peer.name, form, kind)) for kind in CLASSES]

    titles = [*CLASSES.values()]
    yield from table(("median, ms", *titles), _rows(results, medians, len(titles) + 1, "search"))
    yield from table(("99th percentile, ms", *titles), _rows(results, slowest, len(titles) + 1, "search"))


def totals(results: Results) -> Iterator[str]:
    """Articles that answer on average, and how often that number is tantivy's."""

    def row(peer: Contender) -> list[str]:
        return [_total(results, peer.name, kind) for kind in CLASSES]

    head = ("articles found (same number as tantivy-py)", *CLASSES.values())
    yield from table(head, _rows(results, row, len(head), "search"))


def serving(results: Results) -> Iterator[str]:
    """Requests a second over HTTP, and how long it takes to start."""
    ours = [peer for peer in results.measured() if results.of(peer.name, "serving")]
    rows = [
        [peer.title, clients, rounded(load["rate"]), rounded(load["median"]), rounded(load["p99"]), f"{load['errors']}"]
        for peer in ours
        for clients, load in results.of(peer.name, "serving")["clients"].items()
    ]
    yield from table(("", "clients", "requests/s", "median, ms", "99th percentile, ms", "errors"), rows)
    started = [(peer, results.of(peer.name, "starts")) for peer in ours]
    yield from table(
        ("", "`nachlese search`, start to end, ms", "server, start to first answer, ms"),
        [[peer.title, *(_figure(_thousand(found.get(name))) for name in ("command", "server"))]
         for peer, found in started],
    )  # fmt: skip


def growth(all_results: Sequence[Results]) -> Iterator[str]:
    """How the vocabularies of the collections grow."""
    head = ("", "words", "distinct words", "Heaps' factor", "Heaps' exponent", "expected by the law of the news set")
    yield from table(head, [_growth(results) for results in all_results])


def _growth(results: Results) -> list[str]:
    found = results.store.get(results.size, "articles", "growth") or {}
    names = ("words", "distinct", "factor", "exponent", "expected")
    shown = {name: f"{found[name]:,.0f}" if name not in ("factor", "exponent") else f"{found[name]:.3f}"
             for name in names if name in found}  # fmt: skip
    return [results.title, *(shown.get(name, "–") for name in names)]


def _rows(results: Results, row: Callable[[Contender], list[str]], width: int, measure: str) -> list[list[str]]:
    """A row for each engine that a measure is taken of; what an engine could not do is said in it."""
    rows = []
    for peer in results.measured():
        if measure not in peer.measures:
            continue
        failure = results.failure(peer.name)
        cells = row(peer)
        if failure and failure[0] in (*NEEDED, measure):
            remedy = f" ({peer.install})" if failure[0] == "hello" else ""
            cells = [f"{MEASURES[failure[0]]}: {failure[1]}{remedy}", *[""] * (width - 2)]
        rows.append([peer.title, *cells])
    return rows


def _beside(value: Callable[[str], float | None], peer: Contender) -> str:
    """A figure, and how ours is to it."""
    own, ours = value(peer.name), value(BASE)
    if own is None:
        return "–"
    return rounded(own) if peer.name == BASE or ours is None else f"{rounded(own)} ({ratio(ours, own)})"


def _total(results: Results, peer: str, kind: str) -> str:
    found, same = results.answers(peer, kind), results.agreement(peer, REFERENCE, kind)
    if found is None:
        return "–"
    return rounded(found) + (f" ({same:.0%})" if same is not None else "")


def _figure(value: float | None) -> str:
    return "–" if value is None else rounded(value)


def _thousand(value: float | None) -> float | None:
    return None if value is None else value * 1000
