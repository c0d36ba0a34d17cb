"""What waits for an office: units to chase, answers to give, notices to review, what it owes itself. In words, by time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign, DraftDocument, Duty, Extension
from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.modules.campaigns.selectors.lateness import RURAL, Missing, is_missing
from anyue.modules.campaigns.wording import said
from anyue.modules.notices.models import Notice
from anyue.modules.notices.permissions import NoticePermission
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.authz import Actor, can
from anyue.platform.pages.dues import written

from .. import links
from .month import TODO, Duties, late_at

SOON = timedelta(days=3)
MOST = 5


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of what waits. ``due``: by when; ``since``: how long it has been waiting where there is no deadline."""

    sentence: str
    href: str
    verb: str
    icon: str
    about: str = ""
    due: datetime | None = None
    since: datetime | None = None
    list: str = ""
    is_own: bool = False

    @property
    def due_written(self) -> str:
        """The deadline as notices write it; how long it is until then stands in the sentence."""
        return written(self.due) if self.due else ""

    @property
    def is_late(self) -> bool:
        """The deadline has passed."""
        return self.due is not None and self.due <= clock.now()

    @property
    def at(self) -> datetime:
        """Its place in the order of time."""
        return self.due or self.since or clock.now()


def offices(unit: Unit) -> QuerySet[Campaign]:
    """Campaigns of ``unit`` that run or are being prepared, newest first; ``unsigned``: a draft document waits for its number."""
    unsigned = DraftDocument.objects.filter(campaign=OuterRef("pk"), kind=DraftDocument.Kind.NOTICE, signed_on=None)
    rows = Campaign.objects.filter(unit=unit, state__in=(Campaign.State.RUNNING, Campaign.State.DRAFT)).select_related(
        "unit"
    )
    return rows.annotate(unsigned=Exists(unsigned)).order_by("-starts_on", "-pk")


def todos(actor: Actor, unit: Unit, campaigns: Iterable[Any]) -> list[Todo]:
    """All that waits for ``unit``, by time. ``campaigns`` are those of ``offices``. Four queries."""
    running = [one for one in campaigns if one.state == Campaign.State.RUNNING]
    duties = Duty.objects.filter(campaign__in=running).exclude(state=Duty.State.DROPPED).exclude(unit=unit)
    found = [*_chases(duties), *_answers(duties), *_own(actor, unit), *_notices(actor, unit), *_papers(campaigns)]
    return sorted(found, key=lambda one: one.at)


def _chases(duties: Duties) -> Iterator[Todo]:
    """Units that are late, or will be in three days, in the words of ``campaigns.wording``."""
    at = clock.now()
    rows = duties.filter(is_missing(at, within=SOON)).order_by()
    grouped = rows.values("campaign", "campaign__name", "kind", "requirement__title", "unit__kind", "due_at")
    counted: Any = grouped.annotate(
        units=Count("unit", distinct=True), rural=Count("unit", distinct=True, filter=RURAL)
    )
    for row in counted:
        due, level = row["due_at"], row["unit__kind"]
        rural = row["rural"] if level in (Kind.TOWNSHIP, Kind.COMMUNITY) else 0
        one = Missing(row["kind"], row["requirement__title"] or "", level, row["units"], rural, due, due <= at)
        where = {"campaign": row["campaign"], "kind": one.kind, "level": level}
        yield Todo(
            said(one),
            links.chase(row["campaign"]) or links.duties(**where, state="todo", due=due.isoformat()),
            _("Chase"),
            "bell-ringing",
            about=row["campaign__name"],
            due=due,
            list=links.duties(**where, state="todo", due=due.isoformat()),
        )


def _answers(duties: Duties) -> Iterator[Todo]:
    """Decisions that units wait for."""
    asked = Extension.objects.filter(duty=OuterRef("pk"), state=Extension.State.ASKED)
    kinds = {
        "asked": (Q(asked_at__isnull=False), "asked_at"),
        "declined": (Q(state=Duty.State.NOT_OURS, accepted_at=None), "declined_at"),
        "by_link": (Q(by_link=True), "done_at"),
        "done": (Q(kind=Duty.Kind.TASK, state=Duty.State.DONE, accepted_at=None, by_link=False), "done_at"),
    }
    rows = duties.annotate(asked_at=Subquery(asked.values("asked_at")[:1])).order_by()
    counts: dict[str, Any] = {f"{name}_count": Count("pk", filter=which) for name, (which, _) in kinds.items()}
    counts |= {f"{name}_since": Min(at, filter=which) for name, (which, at) in kinds.items()}
    counted: Any = rows.values("campaign", "campaign__name").annotate(**counts)
    for row in counted:
        for name in kinds:
            if row[f"{name}_count"]:
                yield _answer(name, row)


def _answer(name: str, row: dict[str, Any]) -> Todo:
    n = row[f"{name}_count"]
    words = {
        "asked": ngettext("%(n)s request for more time waits", "%(n)s requests for more time wait", n),
        "declined": ngettext(
            "%(n)s duty is said to be somebody else's", "%(n)s duties are said to be somebody else's", n
        ),
        "by_link": ngettext("%(n)s act by link is to be confirmed", "%(n)s acts by link are to be confirmed", n),
        "done": ngettext("%(n)s task is done and to be accepted", "%(n)s tasks are done and to be accepted", n),
    }
    verbs = {"asked": _("Answer"), "declined": _("Decide"), "by_link": _("Confirm"), "done": _("Accept")}
    icons = {"asked": "clock", "declined": "help-circle", "by_link": "link", "done": "list-check"}
    return Todo(
        words[name] % {"n": n},
        links.office(row["campaign"]),
        verbs[name],
        icons[name],
        about=row["campaign__name"],
        since=row[f"{name}_since"],
        list=links.duties(campaign=row["campaign"], waits=name),
    )


def _own(actor: Actor, unit: Unit) -> Iterator[Todo]:
    """What the unit itself owes others, by campaign."""
    if not can(actor, CampaignPermission.VIEW, unit.path):
        return
    rows = Duty.objects.filter(TODO, unit=unit, campaign__state=Campaign.State.RUNNING).exclude(campaign__unit=unit)
    at = clock.now()
    counted = (
        rows.order_by()
        .values("campaign", "campaign__name")
        .annotate(
            count=Count("pk", filter=Q(due_at__lte=at + SOON) | Q(due_at=None)),
            late=Count("pk", filter=late_at(at)),
            first=Min("due_at"),
        )
    )
    for row in counted:
        if not row["count"]:
            continue
        text = ngettext("Our own unit owes %(n)s thing", "Our own unit owes %(n)s things", row["count"])
        yield Todo(
            text % {"n": row["count"]},
            links.mine(row["campaign"], unit.pk),
            _("Do it"),
            "clipboard-list",
            about=row["campaign__name"],
            due=row["first"],
            list=links.duties(campaign=row["campaign"], unit=unit.pk, state="todo"),
            is_own=True,
        )


def _notices(actor: Actor, unit: Unit) -> Iterator[Todo]:
    """Notices that somebody must review, read again, or publish."""
    if not can(actor, NoticePermission.REVIEW, unit.path):
        return
    states = (Notice.State.REVIEW, Notice.State.UNREADABLE, Notice.State.REVIEWED)
    rows = Notice.objects.filter(unit=unit, state__in=states, campaigns=None).order_by("created_at")
    for notice in rows[:MOST]:
        title = str(notice)
        if notice.state == Notice.State.REVIEW:
            sentence, verb = _("A notice is to be reviewed: %(title)s"), _("Review")
        elif notice.state == Notice.State.UNREADABLE:
            sentence, verb = _("A notice could not be read: %(title)s"), _("Look")
        else:
            sentence, verb = _("A reviewed notice is not yet a campaign: %(title)s"), _("Go on")
        yield Todo(sentence % {"title": title}, links.notice(notice), verb, "file-text", since=notice.created_at)


def _papers(campaigns: Iterable[Any]) -> Iterator[Todo]:
    """Campaigns to publish, documents to sign."""
    for one in campaigns:
        if one.state == Campaign.State.DRAFT:
            sentence, verb = _("A campaign is prepared and not published: %(name)s"), _("Go on")
            yield Todo(sentence % {"name": one.name}, links.campaign(one.pk), verb, "send", since=one.created_at)
        elif one.unsigned:
            sentence, verb = _("A drafted notice waits for its number and signed copy"), _("Enter")
            yield Todo(sentence, links.campaign(one.pk), verb, "signature", about=one.name, since=one.published_at)
