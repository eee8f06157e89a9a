"""The charts beside the report: how fast is indexing, how fast is searching, and how does that grow?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.peers.charts import bars, lines
from bench.peers.contenders import contenders
from bench.peers.questions import CLASSES
from bench.peers.results import Results

KIND = "three"  # the class of queries that is drawn: what readers type most
NAMED = "nachlese-names"
WHOLE = "ten hits with facets and snippets, median; less is better"


def charts(found: Sequence[Results]) -> dict[str, str]:
    """The SVG of each chart by name; the bars are those of the largest collection that most engines were asked."""
    widest = max(found, key=lambda results: (len(results.measured()), results.articles))
    generated = [results for results in found if results.size != "news"]
    drawn = {
        "indexing": _indexing(widest),
        "searching": _searching(widest),
        "growing": _growing(generated),
        "growing-indexing": _growing_work(generated),
        "growing-classes": _growing_classes(generated),
    }
    return {name: drawing for name, drawing in drawn.items() if drawing}


def _indexing(results: Results) -> str:
    rates = _by_title(results.rate)
    note = f"{results.title}, to a durable commit; more is better"
    return bars("Articles indexed per second", note, rates, _ours(), "/s") if rates else ""


def _searching(results: Results) -> str:
    times = _by_title(lambda name: results.median(name, "whole", KIND))
    note = f"{results.title}; {WHOLE}"
    return bars(f"Time of a search for {CLASSES[KIND]}", note, times, _ours(), "ms") if times else ""


def _growing(found: Sequence[Results]) -> str:
    """One line for each engine that was asked more than one collection."""
    grown = _lines(found, lambda results, peer: results.median(peer, "whole", KIND))
    return lines(f"Time of a search for {CLASSES[KIND]}", WHOLE, grown, _ours(), "ms") if grown else ""


def _growing_work(found: Sequence[Results]) -> str:
    """One line for each engine that indexed more than one collection."""
    grown = _lines(found, lambda results, peer: (results.processor(peer) or 0) * 1000)
    note = "milliseconds of processors, to a durable commit; less is better"
    return lines("Work to index an article", note, grown, _ours(), "ms") if grown else ""


def _growing_classes(found: Sequence[Results]) -> str:
    """One line for each class of queries, with the names that the recogniser finds."""
    grown = {title: _points(found, lambda results, kind=kind: results.median(NAMED, "whole", kind))
             for kind, title in CLASSES.items()}  # fmt: skip
    several = {title: points for title, points in grown.items() if len(points) > 1}
    title = "Nachlese with the names that it finds: time of a search"
    return lines(title, WHOLE, several, (), "ms") if several else ""


def _lines(found: Sequence[Results], value: Callable[[Results, str], float | None]) -> dict[str, dict[int, float]]:
    """The points of each engine that has more than one."""
    series = {peer.title: _points(found, lambda results, name=peer.name: value(results, name)) for peer in contenders()}
    return {title: points for title, points in series.items() if len(points) > 1}


def _points(found: Sequence[Results], value: Callable[[Results], float | None]) -> dict[int, float]:
    figures = {results.articles: value(results) for results in found}
    return {articles: figure for articles, figure in figures.items() if figure}


def _by_title(value: Callable[[str], float | None]) -> dict[str, float]:
    """The figures of all engines that have one, the largest first."""
    figures = {peer.title: figure for peer in contenders() if (figure := value(peer.name))}
    return dict(sorted(figures.items(), key=lambda pair: -pair[1]))


def _ours() -> list[str]:
    return [peer.title for peer in contenders() if peer.ours]
