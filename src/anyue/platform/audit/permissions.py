"""What can be allowed around the audit trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class AuditPermission(Permission):
    """Audit."""

    VIEW = "audit:entry:view", _("Read the audit trail")
