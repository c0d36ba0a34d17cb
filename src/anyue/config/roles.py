"""The table role × permission × reach. A person can read it: the grant screen and the user guide are made from it.

Roles of the domain (domain facts, design page); the three of the installation are held apart (三员分立, GB/T 22239-2019 at
level three): who sets up the system neither decides business nor reads the trail of what she did.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from anyue.modules.accounts.permissions import AccountPermission as Account
from anyue.modules.campaigns.permissions import CampaignPermission as Campaign
from anyue.modules.desk.permissions import DeskPermission as Desk
from anyue.modules.notices.permissions import NoticePermission as Notice
from anyue.modules.orgs.permissions import UnitPermission as Unit
from anyue.platform.audit.permissions import AuditPermission as Audit
from anyue.platform.authz import Permission, Reach, Role
from anyue.platform.jobs.permissions import JobPermission as Job
from anyue.platform.messaging.permissions import MessagePermission as Message

UNIT, SUBTREE = Reach.UNIT, Reach.SUBTREE


def _table(subtree: tuple[Permission, ...] = (), unit: tuple[Permission, ...] = ()) -> Mapping[Permission, Reach]:
    return dict.fromkeys(subtree, SUBTREE) | dict.fromkeys(unit, UNIT)


# What works in units; the administrator of a unit gives these to others there and below, herself excepted.
_OF_UNITS = frozenset(
    "unit_admin reviewer liaison_officer recorder expert enterprise_safety_officer enterprise_employee media_officer".split()
)
_APART = frozenset({"system_admin", "security_auditor", "business_admin"})

ROLES = (
    Role(
        "system_admin",
        _("System administrator"),
        _(
            "Runs the installation: accounts of the installation, jobs, channels. Decides no business and reads no audit trail."
        ),
        _table((Account.VIEW, Account.UNLOCK, Account.DELEGATE, Job.VIEW, Job.RETRY, Message.VIEW, Message.SETTINGS)),
        everywhere=True,
        apart_from=_APART - {"system_admin"},
    ),
    Role(
        "security_auditor",
        _("Security auditor"),
        _("Reads the audit trail and what any person may do. Can change nothing."),
        _table((Audit.VIEW, Account.VIEW, Account.DELEGATE, Unit.VIEW, Job.VIEW, Message.VIEW)),
        everywhere=True,
        apart_from=_APART - {"security_auditor"},
    ),
    Role(
        "business_admin",
        _("Business administrator"),
        _("Keeps the tree of units and gives roles. Neither runs the system nor reads its audit trail."),
        _table(
            (
                Account.VIEW,
                Account.MANAGE,
                Account.UNLOCK,
                Account.GRANT,
                Account.GRANT_SYSTEM,
                Account.DELEGATE,
                Unit.VIEW,
                Unit.MANAGE,
                Unit.IMPORT,
                Unit.GROUP,
            )
        ),
        everywhere=True,
        apart_from=_APART - {"business_admin"},
        gives=_OF_UNITS | _APART,
    ),
    Role(
        "unit_admin",
        _("Unit administrator"),
        _("Runs the month for the unit and all below it: people, notices, campaigns, chasing."),
        _table(
            (
                Account.VIEW,
                Account.MANAGE,
                Account.UNLOCK,
                Account.GRANT,
                Unit.VIEW,
                Unit.MANAGE,
                Unit.GROUP,
                Notice.VIEW,
                Campaign.VIEW,
                Campaign.DECIDE,
                Campaign.CHASE,
                Desk.OVERVIEW,
                Message.VIEW,
            ),
            (
                Message.SETTINGS,
                Account.DELEGATE,
                Unit.IMPORT,
                Notice.UPLOAD,
                Notice.REVIEW,
                Notice.PUBLISH,
                Campaign.MANAGE,
                Campaign.REISSUE,
                Campaign.SIGN,
                Campaign.WORK,
                Desk.QUICK,
            ),
        ),
        gives=_OF_UNITS,
    ),
    Role(
        "reviewer",
        _("Reviewer"),
        _("Reviews notices, accepts or sends back what the units below report, and answers extensions."),
        _table(
            (Unit.VIEW, Notice.VIEW, Campaign.VIEW, Campaign.DECIDE, Campaign.CHASE, Desk.OVERVIEW, Message.VIEW),
            (Account.DELEGATE, Notice.UPLOAD, Notice.REVIEW, Desk.QUICK),
        ),
    ),
    Role(
        "liaison_officer",
        _("Liaison officer"),
        _("Signs receipts, names the liaison officer and reports for her own unit."),
        _table((), (Account.DELEGATE, Unit.VIEW, Notice.VIEW, Campaign.VIEW, Campaign.SIGN, Campaign.WORK, Desk.QUICK)),
    ),
    Role(
        "recorder",
        _("Recorder"),
        _("Records progress and evidence for her own unit."),
        _table((), (Unit.VIEW, Notice.VIEW, Campaign.VIEW, Campaign.WORK)),
    ),
    Role(
        "expert",
        _("Expert"),
        _("Is asked for an opinion; sees the campaigns of the units that asked."),
        _table((), (Notice.VIEW, Campaign.VIEW)),
    ),
    Role(
        "enterprise_safety_officer",
        _("Enterprise safety officer"),
        _("Signs and reports for her own enterprise."),
        _table((), (Unit.VIEW, Campaign.VIEW, Campaign.SIGN, Campaign.WORK)),
    ),
    Role(
        "enterprise_employee",
        _("Enterprise employee"),
        _("Sees what the month asks of her own enterprise."),
        _table((), (Campaign.VIEW,)),
    ),
    Role(
        "media_officer",
        _("Media officer"),
        _("Sees campaigns of the unit and below for publicity work."),
        _table((Campaign.VIEW, Notice.VIEW), ()),
    ),
)
