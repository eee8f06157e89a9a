"""What Prometheus is told: requests, times, searches, the index and the processes, counted by all of these together."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from search.errors import NachleseError
from web.operation.access_log import Answer
from web.operation.memory import children, own_memory
from web.operation.options import Operation
from web.shared_archive import archive

# prometheus_client is imported where it is used: how it counts is decided by its import, for which `share` comes first.
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0)  # bounds of the histogram


def share(operation: Operation) -> None:
    """Have all processes that are started from now on count together; before anybody counts."""
    if operation.metrics != "off" and operation.shared:
        os.environ[_FOLDER] = str(operation.shared)


class Metrics:
    """Counts what was answered."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._registry = CollectorRegistry()
        common: dict[str, Any] = {"registry": self._registry}
        labels = ("route", "status")
        self._requests = Counter("nachlese_requests", "Requests that were answered.", labels, **common)
        self._seconds = Histogram(
            "nachlese_request_seconds", "From the request to its answer.", ("route",), buckets=_SECONDS, **common
        )
        self._searches = Counter("nachlese_searches", "Searches that were answered.", **common)
        self._without_hits = Counter("nachlese_searches_without_hits", "Searches that found nothing.", **common)

    def note(self, answer: Answer) -> None:
        """Count an answer."""
        self._requests.labels(answer.route, answer.status).inc()
        self._seconds.labels(answer.route).observe(answer.seconds)
        if answer.total is not None:
            self._searches.inc()
            self._without_hits.inc(answer.total == 0)

    def text(self) -> bytes:
        """All numbers, in Prometheus's text format."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self._registry
        if _FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        now = CollectorRegistry()
        now.register(_Now())
        return generate_latest(registry) + generate_latest(now)


class _Now:
    """What is not counted but looked up when asked for: the index, and the processes."""

    def collect(self) -> Iterator[Any]:
        """The numbers as of now; those of an index that cannot be opened are left out."""
        from prometheus_client.core import GaugeMetricFamily as Gauge

        try:
            status = archive().status()
        except NachleseError:
            yield Gauge("nachlese_index_ready", "Whether the index can be searched.", 0)
        else:
            committed = datetime.fromisoformat(status.committed)
            age = (datetime.now(UTC) - committed).total_seconds()
            yield Gauge("nachlese_index_ready", "Whether the index can be searched.", 1)
            yield Gauge("nachlese_index_articles", "Articles in the index.", status.articles)
            yield Gauge("nachlese_index_generation", "Rebuilds of the index.", status.generation)
            yield Gauge("nachlese_index_bytes", "Size of the index.", status.bytes)
            yield Gauge("nachlese_index_commit_timestamp_seconds", "When the last commit was.", committed.timestamp())
            yield Gauge("nachlese_index_age_seconds", "Time since the last commit.", age)
            if archive().archives:
                ready = Gauge("nachlese_archive_ready", "Whether each of several archives answers.", labels=["archive"])
                for name in archive().archives:
                    ready.add_metric([name], name not in archive().absent)
                yield ready
        memory = Gauge("nachlese_process_memory_bytes", "Memory that a process takes for itself.", labels=["pid"])
        for pid, taken in own_memory(children(os.getppid())).items():
            memory.add_metric([str(pid)], taken)
        yield memory
