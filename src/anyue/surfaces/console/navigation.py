"""What stands in the rail, in the order of the month. Only what exists and what the actor may open is shown.

An entry is opened at the first of its pages that she may open; with more than one, they stand below it while she is there.
A page whose address is not known (yet) does not exist, so a new module adds its line here and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anyue.modules.accounts.permissions import AccountPermission as Account
from anyue.modules.campaigns.permissions import CampaignPermission as Campaign
from anyue.modules.desk.permissions import DeskPermission as Desk
from anyue.modules.notices.permissions import NoticePermission as Notice
from anyue.modules.orgs.permissions import UnitPermission as Unit
from anyue.platform.audit.permissions import AuditPermission as Audit
from anyue.platform.authz import Actor, Permission, can_anywhere
from anyue.platform.jobs.permissions import JobPermission as Job
from anyue.platform.messaging.permissions import MessagePermission as Message


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the rail: its words, the name of its address, and who may open it (one of them; none: everybody)."""

    label: str | Promise
    address: str
    permissions: tuple[Permission, ...] = ()
    within: tuple[str, ...] = ()
    """Names of addresses further inside: there she is still on this page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the seven. ``spaces``: the namespaces of addresses that belong to it."""

    label: str | Promise
    icon: str
    spaces: tuple[str, ...]
    pages: tuple[Page, ...]


_OF_CAMPAIGNS = tuple(
    f"campaigns:{name}" for name in "show office mine duty completeness calendar board circulars".split()
)
_OF_CHASING = tuple(f"campaigns:{name}" for name in "chase chase-text chase-unit chases chase-rules".split())
_APART = {"messaging:inbox", "messaging:read"}
"""Of nobody's entry: the bell leads there."""
NAVIGATION = (
    Entry(
        _("Workbench"),
        "home",
        ("desk",),
        (
            Page(_("To do"), "desk:home"),
            Page(_("Quick desk"), "desk:quick", (Desk.QUICK,), ("desk:quick-run", "desk:quick-files")),
            Page(_("Overview"), "desk:overview", (Desk.OVERVIEW,)),
        ),
    ),
    Entry(
        _("Notices and tasks"),
        "speakerphone",
        ("notices", "campaigns"),
        (
            Page(_("Notices"), "notices:index", (Notice.VIEW,), ("notices:upload", "notices:one", "notices:review")),
            Page(_("Campaigns"), "campaigns:index", (Campaign.VIEW,), _OF_CAMPAIGNS),
            Page(_("Chasing"), "campaigns:chasing", (Campaign.CHASE,), _OF_CHASING),
        ),
    ),
    Entry(_("Ledger"), "notebook", ("activities",), (Page(_("Ledger"), "activities:index"),)),
    Entry(_("Returns and roll-ups"), "report", ("reports", "rollups"), (Page(_("Returns"), "reports:index"),)),
    Entry(_("Hazards"), "alert-triangle", ("hazards",), (Page(_("Hazards"), "hazards:index"),)),
    Entry(_("Learning and publicity"), "school", ("learning",), (Page(_("Learning"), "learning:index"),)),
    Entry(
        _("Settings"),
        "settings",
        ("orgs", "units", "people", "messaging", "jobs", "audit"),
        (
            Page(_("Units"), "orgs:index", (Unit.VIEW,)),
            Page(_("People and roles"), "people:index", (Account.VIEW,)),
            Page(_("Channels"), "messaging:channels", (Message.SETTINGS,)),
            Page(_("Deliveries"), "messaging:outbox", (Message.VIEW,)),
            Page(_("Jobs"), "jobs:jobs", (Job.VIEW,)),
            Page(_("Audit trail"), "audit:entries", (Audit.VIEW,)),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A page as it is shown to this person."""

    label: str | Promise
    href: str
    is_here: bool
    icon: str = ""
    links: tuple[Link, ...] = ()


def address_of(name: str) -> str:
    """Where ``name`` leads; "" while there is no such page."""
    return _address(name, get_script_prefix())


@lru_cache(maxsize=256)
def _address(name: str, prefix: str) -> str:
    """Kept by the prefix under which a web server serves us: every page asks for all of them."""
    del prefix
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def navigation(request: HttpRequest, actor: Actor) -> list[Link]:
    """The rail of ``actor``, with where she is. No query."""
    match = request.resolver_match
    here, space = (match.view_name, match.namespace) if match else ("", "")
    found = (_entry(entry, actor, here, space) for entry in NAVIGATION)
    return [link for link in found if link is not None]


def _entry(entry: Entry, actor: Actor, here: str, space: str) -> Link | None:
    links = tuple(
        Link(page.label, href, here in (page.address, *page.within))
        for page in entry.pages
        if (not page.permissions or can_anywhere(actor, *page.permissions)) and (href := address_of(page.address))
    )
    if not links:
        return None
    return Link(
        entry.label,
        links[0].href,
        space in entry.spaces and here not in _APART,
        entry.icon,
        links if len(links) > 1 else (),
    )
