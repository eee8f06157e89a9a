"""The tables of the report, as lines of Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bench.peers.contenders import NEEDED, Contender
from bench.peers.figures import per_tenfold, ratio, rounded
from bench.peers.questions import CLASSES
from bench.peers.results import Results

REFERENCE = "tantivy"  # whose totals the others are compared with
SHARES = (("nachlese", "tantivy"), ("nachlese-names", "tantivy"), ("nachlese-names", "tantivy-spacy"))
KINDS = {"plain": "whole", "packed": "packed with gzip", "again": "304 where nothing changed"}
MEASURES = {
    "hello": "not installed",
    "index": "could not index",
    "search": "could not search",
    "add": "could not add",
    "rebuild": "could not build anew",
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
    """How fast, how large, how much memory; and what that is beside tantivy-py alone and with names."""

    def row(peer: Contender) -> list[str]:
        return [
            _beside(results, results.rate, peer, "index"),
            _beside(results, lambda name: _million(results.processor(name)), peer, "index"),
            _beside(results, lambda name: _thousand(results.seconds(name, "add")), peer, "add"),
            _beside(results, results.share, peer, "index"),
            _beside(results, lambda name: results.memory(name, "index"), peer, "index"),
            _beside(results, lambda name: results.memory(name, "index", "own"), peer, "index"),
            _beside(results, lambda name: results.memory(name, "search"), peer, "search"),
        ]

    speeds = ("articles/s", "processor µs an article", "ms to add 100")
    sizes = ("index bytes per text byte", "MB to index", "without mapped files", "MB to search")
    head = ("", *speeds, *sizes)
    yield from table(head, _rows(results, row, len(head), "index"))
    yield from _shares(results)


def _shares(results: Results) -> Iterator[str]:
    """What share of a rate is reached, by processor time."""
    for ours, theirs in SHARES:
        own, other = results.processor(ours), results.processor(theirs)
        if own and other:
            names = {peer.name: peer.title for peer in results.measured()}
            runs = "one run" if results.same_run(ours, theirs, "index") else "two runs"
            share = f"{other / own:.3f} of the rate of {names[theirs]}"
            yield f"- By processor time, {names[ours]} reaches {share} ({runs})."
    yield ""


def searching(results: Results, form: str) -> Iterator[str]:
    """Medians of each class and means of processor time, with ratios, and then the slowest searches."""

    def medians(peer: Contender) -> list[str]:
        return [_beside(results, partial(results.median, form=form, kind=kind), peer, "search") for kind in CLASSES]

    def worked(peer: Contender) -> list[str]:
        return [_beside(results, partial(results.worked, form=form, kind=kind), peer, "search") for kind in CLASSES]

    def slowest(peer: Contender) -> list[str]:
        return [_figure(results.slowest(peer.name, form, kind)) for kind in CLASSES]

    titles = [*CLASSES.values()]
    yield from table(("median, ms", *titles), _rows(results, medians, len(titles) + 1, "search"))
    yield from table(("processor, ms on average", *titles), _rows(results, worked, len(titles) + 1, "search"))
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
        [peer.title, KINDS[kind], clients, rounded(load["rate"]), rounded(load["median"]), rounded(load["p99"]),
         f"{load['errors']}"]
        for peer in ours
        for kind, loads in results.of(peer.name, "serving")["clients"].items()
        for clients, load in loads.items()
    ]  # fmt: skip
    head = ("", "answers", "clients", "requests/s", "median, ms", "99th percentile, ms", "errors")
    yield from table(head, rows)
    started = [(peer, results.of(peer.name, "starts")) for peer in ours]
    yield from table(
        ("", "`nachlese search`, start to end, ms", "server, start to first answer, ms", "MB of one process of it"),
        [[peer.title, *(_figure(_thousand(found.get(name))) for name in ("command", "server")),
          _figure(results.memory(peer.name, "serving", "process"))] for peer, found in started],
    )  # fmt: skip


def growing(all_results: Sequence[Results], peer: Contender) -> Iterator[str]:
    """What one engine takes on each collection, and how many times as much of ten times as many articles."""
    figures: dict[str, Callable[[Results], float | None]] = {
        "articles/s": lambda results: results.rate(peer.name),
        "processor µs an article": lambda results: _million(results.processor(peer.name)),
        "ms to add 100": lambda results: _thousand(results.seconds(peer.name, "add")),
        "s to build anew": lambda results: results.seconds(peer.name, "rebuild"),
        "index bytes per text byte": lambda results: results.share(peer.name),
        "MB to index, without mapped files": lambda results: results.memory(peer.name, "index", "own"),
        **{f"{title}, ms": partial(_median, peer=peer.name, kind=kind) for kind, title in CLASSES.items()},
        "MB of a process of the server": lambda results: results.memory(peer.name, "serving", "process"),
        "ms of the command": lambda results: _thousand(results.of(peer.name, "starts").get("command")),
    }
    rows = []
    for title, figure in figures.items():
        values = [figure(results) for results in all_results]
        if sum(value is not None for value in values) > 1:
            points = {results.articles: value for results, value in zip(all_results, values, strict=True) if value}
            rows.append([title, *map(_figure, values), f"{per_tenfold(points):.2g}×"])
    head = (peer.title, *(f"{results.articles:,}" for results in all_results), "ten times as many")
    yield from table(head, rows) if rows else ()


def _median(results: Results, peer: str, kind: str) -> float | None:
    return results.median(peer, "whole", kind)


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


def _beside(results: Results, value: Callable[[str], float | None], peer: Contender, measure: str) -> str:
    """A figure, and how ours is to it, with a dagger if they are of different runs."""
    own, ours = value(peer.name), value(results.base)
    if own is None:
        return "–"
    if peer.name == results.base or ours is None:
        return rounded(own)
    dagger = "" if results.same_run(peer.name, results.base, measure) else "†"
    return f"{rounded(own)} ({ratio(ours, own)}{dagger})"


def _total(results: Results, peer: str, kind: str) -> str:
    found, same = results.answers(peer, kind), results.agreement(peer, REFERENCE, kind)
    if found is None:
        return "–"
    return rounded(found) + (f" ({same:.0%})" if same is not None else "")


def _figure(value: float | None) -> str:
    return "–" if value is None else rounded(value)


def _thousand(value: float | None) -> float | None:
    return None if value is None else value * 1000


def _million(value: float | None) -> float | None:
    return None if value is None else value * 1e6
