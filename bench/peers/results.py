"""The results of one collection, as tables and charts need them."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Any

from bench.peers.contenders import Contender, contenders
from bench.peers.figures import percentile
from bench.peers.store import Result, Store

BASES = ("nachlese", "nachlese-names")  # what the ratios are about: the first of them that was measured


@dataclass(frozen=True, slots=True)
class Results:
    """What was measured on one collection; figures are None where there is none."""

    store: Store
    size: str

    def measured(self) -> list[Contender]:
        """The engines that were tried on this collection."""
        return [peer for peer in contenders() if self.store.get(self.size, peer.name, "hello")]

    @property
    def base(self) -> str:
        """The engine whose figures are set beside those of the others."""
        return next((name for name in BASES if self.of(name, "index")), BASES[0])

    def tried(self, peer: str, measure: str) -> bool:
        """Whether a measure was taken, successfully or not."""
        return bool(self.store.get(self.size, peer, measure))

    def of(self, peer: str, measure: str) -> Result:
        """A result, empty if there is none or it failed."""
        found = self.store.get(self.size, peer, measure) or {}
        return {} if "failed" in found else found

    def failure(self, peer: str) -> tuple[str, str] | None:
        """The first measure that an engine failed in, and why."""
        for measure in ("hello", "index", "search", "add", "rebuild", "serving", "starts"):
            found = self.store.get(self.size, peer, measure) or {}
            if "failed" in found:
                return measure, found["failed"]
        return None

    @property
    def articles(self) -> int:
        """The number of articles of the collection."""
        growth = self.store.get(self.size, "articles", "growth") or {}
        return int(growth.get("articles", 0))

    @property
    def title(self) -> str:
        """How the report calls the collection."""
        kind = "articles of the news set" if self.size == "news" else "generated articles"
        return f"{self.articles:,} {kind}"

    def rate(self, peer: str) -> float | None:
        """Articles indexed in a second."""
        index = self.of(peer, "index")
        return index["articles"] / index["seconds"] if index else None

    def processor(self, peer: str, measure: str = "index") -> float | None:
        """Seconds of processors that a measure took of each article, for those that have one time in all."""
        took = self.of(peer, measure).get("processor")
        return took / self.articles if took and self.articles else None

    def seconds(self, peer: str, measure: str) -> float | None:
        """Seconds that adding articles, or building anew, took."""
        return self.of(peer, measure).get("seconds")

    def same_run(self, peer: str, other: str, measure: str) -> bool:
        """Whether a measure was taken of both in one run of the bench."""
        return self.of(peer, measure).get("run") == self.of(other, measure).get("run")

    def loads(self) -> list[float]:
        """How many processes wanted to run, on average of a minute, whenever a measure was taken."""
        taken = (self.of(peer.name, measure).get("load") for peer in self.measured() for measure in peer.measures)
        return sorted(load for load in taken if load is not None)

    def share(self, peer: str) -> float | None:
        """Bytes of the index for a byte of text."""
        index = self.of(peer, "index")
        return index["bytes"] / index["text"] if index else None

    def memory(self, peer: str, measure: str, of: str = "memory") -> float | None:
        """The most megabytes during a measure; `of` "own" without mapped files, "process" those of one of a server."""
        peak = self.of(peer, measure).get(of)
        return peak / 1e6 if peak else None

    def median(self, peer: str, form: str, kind: str) -> float | None:
        """Milliseconds of half of the searches of a class."""
        times = self._class(peer, form, kind).get("times")
        return statistics.median(times) if times else None

    def slowest(self, peer: str, form: str, kind: str) -> float | None:
        """Milliseconds that all but one percent of the searches take."""
        times = self._class(peer, form, kind).get("times")
        return percentile(times, 99) if times else None

    def worked(self, peer: str, form: str, kind: str) -> float | None:
        """Milliseconds of processors that a search of a class takes on average."""
        found = self._class(peer, form, kind)
        return found["processor"] * 1000 / len(found["times"]) if found.get("times") else None

    def failed(self, peer: str, form: str, kind: str) -> str | None:
        """Why no search of a class was answered; None if one was."""
        reason: str | None = self._class(peer, form, kind).get("failed")
        return reason

    def totals(self, peer: str, kind: str) -> list[int]:
        """The numbers of articles that answered each query of a class."""
        totals: list[int] = self._class(peer, "whole", kind).get("totals", [])
        return totals

    def agreement(self, peer: str, other: str, kind: str) -> float | None:
        """The share of queries for which two engines count the same number of articles."""
        # An engine that ran out of time has answered only the first queries.
        pairs = list(zip(self.totals(peer, kind), self.totals(other, kind), strict=False))
        return sum(one == two for one, two in pairs) / len(pairs) if pairs else None

    def answers(self, peer: str, kind: str) -> float | None:
        """The mean number of articles that answer a query of a class."""
        totals = self.totals(peer, kind)
        return statistics.mean(totals) if totals else None

    def _class(self, peer: str, form: str, kind: str) -> dict[str, Any]:
        if kind in next(known.unanswered for known in contenders() if known.name == peer):
            return {}
        found: dict[str, Any] = self.of(peer, "search").get(form, {}).get(kind, {})
        return found
