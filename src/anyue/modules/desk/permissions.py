"""What can be allowed around home pages and the quick desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class DeskPermission(Permission):
    """Desk."""

    QUICK = "desk:quick:use", _("Use the quick desk: a notice and its replies to the official table")
    OVERVIEW = "desk:overview:view", _("See the overview for leaders and the wall display")
