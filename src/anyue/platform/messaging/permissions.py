"""What can be allowed around messages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class MessagePermission(Permission):
    """Messages."""

    VIEW = "messaging:outbox:view", _("See the delivery log")
    SETTINGS = "messaging:channel:manage", _("Set up channels, templates and office hours")
