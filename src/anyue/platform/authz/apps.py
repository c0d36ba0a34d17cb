"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AuthzConfig(AppConfig):
    """Authority. It has no tables: grants belong to whoever knows the people."""

    name = "anyue.platform.authz"
    label = "authz"
