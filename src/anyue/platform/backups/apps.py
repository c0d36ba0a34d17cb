"""The Django app. It has no tables; it is one for its sentences."""

from __future__ import annotations

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    """Backups."""

    name = "anyue.platform.backups"
    label = "backups"
