"""The Django app. It has no tables; it is one for its sentences."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """Figures for monitoring."""

    name = "anyue.surfaces.metrics"
    label = "metrics"
