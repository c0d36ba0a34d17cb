"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs."""

    name = "anyue.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Make the permissions known."""
        from anyue.platform.authz import register  # noqa: PLC0415 - apps are loaded now

        from .permissions import JobPermission  # noqa: PLC0415

        register(JobPermission)
