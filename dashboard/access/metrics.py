"""Figures for Prometheus. The processes of the server keep them in files of one folder (`PROMETHEUS_MULTIPROC_DIR`), so any of them answers
for all; without the folder a process answers for itself."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Request, g

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The name is the library's. It is looked at when that is first imported: in each process, after the fork."""
_METHODS = ("GET", "HEAD", "OPTIONS", "POST")
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """`published_at` gives the time of the published release in UTC without a zone, None where there is none."""

    def __init__(self, published_at: Callable[[], datetime | None]) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram

        self._published_at = published_at
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "gongkai_requests", "Requests answered.", ["route", "method", "status"], registry=registry
        )
        self._callbacks = Histogram(
            "gongkai_callback_seconds", "Time to answer a callback.", ["callback"], buckets=_BUCKETS, registry=registry
        )
        self._queries = Counter(
            "gongkai_queries", "Statements in the SQL workbench, by how they ended.", ["outcome"], registry=registry
        )

    def count_request(self, request: Request, status: int, seconds: float) -> None:
        """By route, not by path: there are as many paths as reports."""
        route = request.url_rule.rule if request.url_rule else "none"
        method = request.method if request.method in _METHODS else "other"
        self._requests.labels(route, method, str(status)).inc()
        # The gate names callbacks that exist; others must not make names here.
        if name := g.get("callback"):
            self._callbacks.labels(name).observe(seconds)

    def count_query(self, outcome: str) -> None:
        """`outcome` is `answered`, or the code of a refusal."""
        self._queries.labels(outcome).inc()

    def text(self) -> bytes:
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        release = CollectorRegistry()
        release.register(_Release(self._published_at()))
        return generate_latest(registry) + generate_latest(release)


class _Release:
    def __init__(self, published_at: datetime | None) -> None:
        self._published_at = published_at

    def collect(self) -> Iterable[Metric]:
        from prometheus_client.core import GaugeMetricFamily

        yield GaugeMetricFamily(
            "gongkai_release_readable", "1 where a release can be read.", value=int(self._published_at is not None)
        )
        if self._published_at is not None:
            published = self._published_at.replace(tzinfo=UTC).timestamp()
            yield GaugeMetricFamily(
                "gongkai_release_age_seconds", "Time since the release was published.", value=time.time() - published
            )
