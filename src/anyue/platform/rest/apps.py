"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RestConfig(AppConfig):
    """REST."""

    name = "anyue.platform.rest"
    label = "rest"
