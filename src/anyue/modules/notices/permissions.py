"""What can be allowed around notices."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class NoticePermission(Permission):
    """Notices."""

    VIEW = "notices:notice:view", _("See notices and their review")
    UPLOAD = "notices:notice:upload", _("Upload notices and have them read")
    REVIEW = "notices:notice:review", _("Review what was read: accept, correct, add, drop")
    PUBLISH = "notices:notice:publish", _("Issue a reviewed notice")
