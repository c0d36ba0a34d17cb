"""What can be allowed around campaigns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class CampaignPermission(Permission):
    """Campaigns."""

    VIEW = "campaigns:campaign:view", _("See campaigns, tasks and duties")
    MANAGE = "campaigns:campaign:manage", _("Run a campaign: tasks, dates, units, links")
    REISSUE = (
        "campaigns:campaign:reissue",
        _("Issue a campaign further down with tasks and earlier deadlines of its own"),
    )
    SIGN = "campaigns:duty:sign", _("Sign receipts and name liaison officers for the unit")
    WORK = "campaigns:duty:work", _("Report progress with evidence, ask for extensions, say that a task is not ours")
    DECIDE = "campaigns:duty:decide", _("Accept or send back progress, answer extensions, confirm or undo acts by link")
    CHASE = "campaigns:duty:chase", _("Chase what is late and record it")
