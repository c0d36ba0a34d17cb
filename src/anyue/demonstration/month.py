"""The month as far as it has come: the notice reviewed and issued, signed by most, late with some, re-issued by one street.

The example notice asks for June 2026. Its officer moved every day by the same number of days in the review, so that today stands
where 12 June did; what was read stays visible beside each correction.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q

from anyue.kernel import clock
from anyue.modules.campaigns import services as campaigns
from anyue.modules.campaigns.models import Campaign, Duty
from anyue.modules.campaigns.rules.slips import Officer
from anyue.modules.notices import services as notices
from anyue.modules.notices.models import Item, Notice
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor
from anyue.platform.authz.engine import subtree

from . import names
from .staff import Staff

AS_IF = date(2026, 6, 12)
"""The day of the notice's own month that today stands for."""
_SEED = 6
_DAYS = ("issued_on", "campaign_start", "campaign_end")


@dataclass(frozen=True)
class Month:
    """The story's fixed points."""

    district: Unit
    staff: Staff
    shift: timedelta
    dice: random.Random

    def at(self, month: int, day: int, hour: int, minute: int = 0) -> datetime:
        """A time of the notice's own calendar, moved."""
        return clock.at(date(2026, month, day) + self.shift, hour, minute)


def month_run(*, district: Unit, staff: Staff) -> Campaign:
    """Everything up to now; returns the district's campaign."""
    month = Month(district, staff, clock.today() - AS_IF, random.Random(_SEED))  # noqa: S311 - a story, no secret
    with clock.held_at(month.at(5, 18, 9, 20)):
        notice = _reviewed(month)
    with clock.held_at(month.at(5, 18, 15, 5)):
        campaign = _published(month, notice)
    _sign(month, campaign)
    _name_officers(month, campaign)
    _work(month, campaign)
    _hand_in(month, campaign)
    _questions(month, campaign)
    _reissue(month, campaign)
    return campaign


def _reviewed(month: Month) -> Notice:
    by = month.staff.actor(month.district)
    upload = SimpleUploadedFile("通知.docx", (files("anyue.demonstration") / "data" / "notice.docx").read_bytes())
    notice = notices.notice_receive(by=by, unit=month.district, uploads=[upload], start=lambda _: None)
    version = notices.notice_read(by=by, notice=notice)
    assert version is not None  # the notice of the demonstration can be read
    for item in version.items.exclude(kind="warning"):
        value = _moved(item, month.shift)
        if item.value is None:
            notices.item_drop(by=by, item=item)
        else:
            notices.item_correct(by=by, item=item, value=value)
    return notices.notice_review(by=by, notice=notice)


def _moved(item: Item, shift: timedelta) -> Any:
    """The item's value with its days moved."""
    if item.kind in _DAYS:
        return _day(item.value, shift)
    if isinstance(item.value, dict):
        moved = {key: _day(item.value[key], shift) for key in ("date", "due") if item.value.get(key)}
        return {**item.value, **moved}
    return item.value


def _day(written: str | None, shift: timedelta) -> str | None:
    if not written:
        return written
    return (date.fromisoformat(written[:10]) + shift).isoformat() + written[10:]


def _published(month: Month, notice: Notice) -> Campaign:
    by = month.staff.actor(month.district)
    campaign = campaigns.campaign_draft_from_notice(by=by, notice=notice)
    campaigns.targets_confirm(by=by, campaign=campaign, targets=campaign.targets.all())
    communities = Q(kind="community") & subtree(month.district.path)
    units = Unit.objects.filter(communities | Q(parent=month.district, kind__in=("township", "department")))
    return campaigns.campaign_publish(by=by, campaign=campaign, units=list(units))


def _actor(month: Month, campaign: Campaign, unit: Unit) -> Actor:
    """Who acts for ``unit``: its administrator, or somebody by the unit's link."""
    if unit.pk in month.staff.admins:
        return month.staff.actor(unit)
    participation = campaign.participations.get(unit=unit)
    name = month.dice.choice(list(_some_names()))
    return campaigns.link_holder(participation, name=name, phone=_phone(month))


def _some_names() -> Iterable[str]:
    for number, name in enumerate(names.people()):
        if number > 700:
            yield name
        if number > 900:
            return


def _phone(month: Month) -> str:
    return f"0000-66{month.dice.randrange(10000, 99999)}"


def _sign(month: Month, campaign: Campaign) -> None:
    """Most sign on the day or the next, some late, four communities not at all."""
    silent = {"盘石社区", "南埠社区", "秋实社区", "紫藤社区"}
    for duty in _duties(campaign, Duty.Kind.RECEIPT):
        if duty.unit.name in silent:
            continue
        late = month.dice.random() < 0.12
        hours = month.dice.uniform(60, 190) if late else month.dice.uniform(0.3, 26)
        with clock.held_at(_working(campaign.published_at, hours)):
            campaigns.receipt_sign(by=_actor(month, campaign, duty.unit), campaign=campaign, unit=duty.unit)


def _name_officers(month: Month, campaign: Campaign) -> None:
    for duty in _duties(campaign, Duty.Kind.LIAISON):
        signed = (
            campaign.duties.filter(unit=duty.unit, kind=Duty.Kind.RECEIPT).values_list("done_at", flat=True).first()
        )
        if signed is None or month.dice.random() < 0.08:
            continue
        with clock.held_at(_working(signed, month.dice.uniform(0.1, 40))):
            officer = Officer(name=month.dice.choice(list(_some_names())), post="安全干事", office_phone=_phone(month))
            campaigns.liaison_name(
                by=_actor(month, campaign, duty.unit), campaign=campaign, unit=duty.unit, officer=officer
            )


def _work(month: Month, campaign: Campaign) -> None:
    """Tasks since 1 June: some done, some begun, most still open in mid-month; part of what is done is accepted."""
    begun = month.at(6, 1, 9)
    spell = (clock.now() - begun).total_seconds() / 3600
    for duty in _duties(campaign, Duty.Kind.TASK):
        if duty.unit.pk not in month.staff.admins or month.dice.random() > 0.62:
            continue
        with clock.held_at(_working(begun, month.dice.uniform(1, spell * 0.9))):
            by = month.staff.actor(duty.unit)
            if month.dice.random() < 0.45:
                campaigns.duty_done(by=by, duty=duty, note="已按要求开展，活动照片和签到表留存备查。")
            else:
                campaigns.duty_progress(
                    by=by, duty=duty, progress=month.dice.choice((20, 30, 50, 60, 80)), note="正在组织实施。"
                )
    for duty in campaign.duties.filter(kind=Duty.Kind.TASK, state=Duty.State.DONE).select_related("unit")[:40]:
        with clock.held_at(_working(duty.done_at, month.dice.uniform(1, 20))):
            campaigns.duty_accept(by=month.staff.actor(month.district), duty=duty)


def _hand_in(month: Month, campaign: Campaign) -> None:
    """Weekly reports whose day has come: most in time, some a day late, a few still missing."""
    due = campaign.duties.filter(kind=Duty.Kind.RETURN, due_at__lt=clock.now()).select_related("unit")
    for duty in due:
        luck = month.dice.random()
        if luck < 0.14:
            continue
        late = month.dice.uniform(1, 20) if luck < 0.3 else -month.dice.uniform(1, 30)
        with clock.held_at(_working(duty.due_at, late)):
            campaigns.duty_done(by=_actor(month, campaign, duty.unit), duty=duty, note="本周活动开展情况已报送。")


def _questions(month: Month, campaign: Campaign) -> None:
    """Two extensions asked, one thing that somebody says is not hers, one report sent back."""
    street = Unit.objects.get(parent=month.district, name="栖霞街道")
    open_ = campaign.duties.filter(
        unit=street, kind=Duty.Kind.TASK, state__in=(Duty.State.OPEN, Duty.State.STARTED)
    ).select_related("unit")
    with clock.held_at(month.at(6, 11, 10, 12)):
        by = month.staff.actor(street)
        duties = [duty for duty in open_ if duty.due_at]
        if duties:
            campaigns.duty_decline(by=by, duty=duties[-1], reason="此项由区有关部门统一组织，我街道不单独开展。")
    for number, name in enumerate(("临湖街道", "石塘街道")):
        place = Unit.objects.get(parent=month.district, name=name)
        handed = campaign.duties.filter(
            unit=place, kind=Duty.Kind.RETURN, state=Duty.State.OPEN, due_at__gt=clock.now()
        )
        duty = handed.select_related("unit").order_by("-due_at", "pk").first()
        if duty is not None and duty.due_at is not None:
            with clock.held_at(month.at(6, 11, 11, 5 + 17 * number)):
                campaigns.extension_ask(
                    by=month.staff.actor(place),
                    duty=duty,
                    wanted_at=duty.due_at + timedelta(days=3),
                    reason="部分企业的数据仍在核对，请求延后三天报送。",
                )
    done = (
        campaign.duties.filter(kind=Duty.Kind.TASK, state=Duty.State.DONE, accepted_at=None)
        .select_related("unit")
        .last()
    )
    if done is not None:
        with clock.held_at(month.at(6, 11, 16, 40)):
            campaigns.duty_send_back(
                by=month.staff.actor(month.district), duty=done, reason="请补充演练评估记录和现场照片。"
            )


def _reissue(month: Month, campaign: Campaign) -> None:
    """One street passes it on to its communities and enterprises, three days earlier, with its own draft notice."""
    street = Unit.objects.get(parent=month.district, name="临湖街道")
    by = month.staff.actor(street)
    with clock.held_at(month.at(5, 20, 10, 30)):
        owed = list(campaign.duties.filter(unit=street).select_related("task", "requirement"))
        tasks = {duty.task_id: _earlier(duty.due_at) for duty in owed if duty.task_id}
        handed = {
            duty.requirement_id: _earlier(duty.due_at)
            for duty in owed
            if duty.kind == Duty.Kind.RETURN and duty.requirement_id
        }
        below = campaigns.campaign_reissue(
            by=by,
            parent=campaign,
            unit=street,
            addressed=["各社区", "各企业"],
            tasks=tasks,
            requirements=handed,
            liaison_due_at=month.at(5, 23, 17),
        )
        campaigns.targets_confirm(by=by, campaign=below, targets=below.targets.all())
        campaigns.notice_draft(by=by, campaign=below)
    with clock.held_at(month.at(5, 20, 15, 10)):
        below = campaigns.campaign_publish(
            by=by, campaign=below, units=list(Unit.objects.filter(parent=street, kind__in=("community", "enterprise")))
        )
    for duty in _duties(below, Duty.Kind.RECEIPT):
        if month.dice.random() < 0.8:
            with clock.held_at(_working(below.published_at, month.dice.uniform(0.5, 60))):
                campaigns.receipt_sign(by=_actor(month, below, duty.unit), campaign=below, unit=duty.unit)


def _earlier(due: datetime | None) -> datetime | None:
    return due and due - timedelta(days=3)


def _duties(campaign: Campaign, kind: str) -> list[Duty]:
    return list(campaign.duties.filter(kind=kind).select_related("unit", "campaign__unit").exclude(unit=campaign.unit))


def _working(start: datetime | None, hours: float) -> datetime:
    """``hours`` later, moved into the day's working hours, and never in the future."""
    assert start is not None
    later = (start + timedelta(hours=hours)).astimezone(clock.SHANGHAI)
    hour = 9 + (later.hour * 60 + later.minute) * 8 // 1440
    return min(later.replace(hour=hour), clock.now() - timedelta(minutes=5))
