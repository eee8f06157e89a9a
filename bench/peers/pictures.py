"""The charts beside the report: how fast is indexing, how fast is searching, and how does that grow?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.peers.charts import bars, lines
from bench.peers.contenders import contenders
from bench.peers.questions import CLASSES
from bench.peers.results import Results

KIND = "three"  # the class of queries that is drawn: what readers type most
WHOLE = "ten hits with facets and snippets, median; less is better"


def charts(found: Sequence[Results]) -> dict[str, str]:
    """The SVG of each chart by name; the bars are those of the largest collection that most engines were asked."""
    widest = max(found, key=lambda results: (len(results.measured()), results.articles))
    drawn = {"indexing": _indexing(widest), "searching": _searching(widest), "growing": _growing(found)}
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
    """One line for each engine that was asked more than one collection of generated articles; one for both kinds of
    names, which would lie on each other."""
    generated = [results for results in found if results.size != "news"]
    series = {peer.title: _points(generated, peer.name) for peer in contenders() if not peer.name.endswith("-names")}
    grown = {title: points for title, points in series.items() if len(points) > 1}
    return lines(f"Time of a search for {CLASSES[KIND]}", WHOLE, grown, _ours(), "ms") if grown else ""


def _points(found: Sequence[Results], peer: str) -> dict[int, float]:
    timed = {results.articles: results.median(peer, "whole", KIND) for results in found}
    return {articles: time for articles, time in timed.items() if time}


def _by_title(value: Callable[[str], float | None]) -> dict[str, float]:
    """The figures of all engines that have one, the largest first."""
    figures = {peer.title: figure for peer in contenders() if (figure := value(peer.name))}
    return dict(sorted(figures.items(), key=lambda pair: -pair[1]))


def _ours() -> list[str]:
    return [peer.title for peer in contenders() if peer.ours]
