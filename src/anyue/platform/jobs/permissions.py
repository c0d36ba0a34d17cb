"""What can be allowed around jobs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class JobPermission(Permission):
    """Jobs."""

    VIEW = "jobs:job:view", _("See what ran, what failed and why")
    RETRY = "jobs:job:retry", _("Run a failed job again")
