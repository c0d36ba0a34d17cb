"""What is counted in the processes, and what is read from the database when somebody asks."""

from __future__ import annotations

import os
from collections.abc import Iterator

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from anyue.platform.audit.selectors import unsealed_count
from anyue.platform.messaging.models import Message

REQUESTS = Counter("anyue_requests", "Requests by route, method and status", ["route", "method", "status"])
SECONDS = Histogram(
    "anyue_request_seconds",
    "Time of requests by route",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


class Database(Collector):
    """State of the installation, asked of the database: the same from every process and machine."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One query each."""
        tasks = DBTaskResult.objects.order_by()
        waiting = tasks.filter(status=TaskResultStatus.READY).count()
        running = tasks.filter(status=TaskResultStatus.RUNNING).count()
        failed = tasks.filter(status=TaskResultStatus.FAILED).count()
        yield GaugeMetricFamily("anyue_jobs_waiting", "Jobs that wait", waiting)
        yield GaugeMetricFamily("anyue_jobs_running", "Jobs that run", running)
        yield GaugeMetricFamily("anyue_jobs_failed", "Jobs that failed and are still listed", failed)
        yield GaugeMetricFamily(
            "anyue_outbox_waiting",
            "Messages that wait to be sent",
            Message.objects.filter(state=Message.State.WAITING).count(),
        )
        yield GaugeMetricFamily("anyue_audit_unsealed", "Audit entries that are not sealed yet", unsealed_count())


def exposition() -> bytes:
    """All figures as Prometheus text, over all web processes where they share a folder."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Own())
    registry.register(Database())
    return generate_latest(registry)


class _Own(Collector):
    """The figures of this process alone."""

    def collect(self) -> Iterator[object]:  # type: ignore[override]
        for collector in (REQUESTS, SECONDS):
            yield from collector.collect()
