"""Campaigns and duties over REST: the same selectors and services as the pages, so the same authority and the same refusals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.api import UnitShort
from anyue.platform.pages.access import Request
from anyue.platform.rest.access import needs
from anyue.platform.rest.paging import Cursor, Page, page_of
from anyue.platform.rest.words import Line, OneOf, Words

from . import problems, selectors, services
from .models import Campaign, Duty, Extension, LiaisonOfficer, Requirement
from .permissions import CampaignPermission as May
from .rules.slips import Officer

router = Router(tags=["campaigns"])
CampaignState = Annotated[str, OneOf(Campaign.State)]
DutyState = Annotated[str, OneOf(Duty.State)]
DutyKind = Annotated[str, OneOf(Duty.Kind)]
ExtensionState = Annotated[str, OneOf(Extension.State)]
_WAITING = (Duty.State.OPEN, Duty.State.STARTED)
_LATEST = datetime(9999, 12, 30, tzinfo=UTC)


class CampaignOut(Schema):
    """A campaign as its list has it. ``unit`` runs it; ``parent_id`` is the campaign that it carries out."""

    id: int
    name: str
    year: int
    theme: str
    state: CampaignState
    unit: UnitShort
    parent_id: int | None
    starts_on: date
    ends_on: date
    published_at: datetime | None


class KeyDayOut(Schema):
    """A named day."""

    on: date
    name: str


class RequirementOut(Schema):
    """Something that units hand in. ``due_at`` is the first instant that is too late."""

    id: int
    kind: Annotated[str, OneOf(Requirement.Kind)]
    title: str
    who: list[str]
    due_at: datetime | None


class CampaignDetail(CampaignOut):
    """A campaign with its days and what is handed in. ``reason``: why it was withdrawn."""

    key_days: list[KeyDayOut]
    requirements: list[RequirementOut]
    contact_name: str
    contact_phone: str
    reason: str

    @staticmethod
    def resolve_key_days(row: Campaign) -> list[Any]:
        """In the order of days."""
        return list(row.key_days.all())

    @staticmethod
    def resolve_requirements(row: Campaign) -> list[Any]:
        """Those still asked for."""
        return list(row.requirements.filter(dropped_at=None))


class DutyOut(Schema):
    """What a unit owes. ``due_at`` is the first instant that is too late (24:00 of a day is 00:00 of the next one).

    ``reason`` is the unit's word on "not ours", ``answer`` the office's. ``by_link``: done without an account and not yet confirmed.
    """

    id: int
    campaign_id: int
    unit: UnitShort
    kind: DutyKind
    title: str
    text: str
    due_at: datetime | None
    is_late: bool
    state: DutyState
    progress: int
    note: str
    reason: str
    answer: str
    done_at: datetime | None
    done_by: str
    by_link: bool
    declined_at: datetime | None
    accepted_at: datetime | None
    returned_at: datetime | None

    @staticmethod
    def resolve_text(row: Duty) -> str:
        """All of the task's words; the title of another duty."""
        return row.task.text if row.task is not None else row.title

    @staticmethod
    def resolve_is_late(row: Duty) -> bool:
        """Not done, and its time is over."""
        return row.state in _WAITING and row.due_at is not None and row.due_at <= clock.now()


class OfficerOut(Schema):
    """A liaison officer as she was named."""

    name: str
    post: str
    office_phone: str
    mobile: str
    email: str
    named_at: datetime
    named_by: str
    by_link: bool


class ExtensionOut(Schema):
    """More time that was asked for."""

    id: int
    duty_id: int
    wanted_at: datetime
    reason: str
    state: ExtensionState
    asked_at: datetime
    asked_by: str
    answered_at: datetime | None
    answer: str


class Campaigns(Cursor):
    """Which campaigns."""

    state: CampaignState | None = None
    year: int | None = None


class Duties(Cursor):
    """Which duties; what is no longer asked (``dropped``) comes only when asked for."""

    state: DutyState | None = None
    kind: DutyKind | None = None
    unit: int | None = None


class OfficerIn(Schema):
    """Whom the unit names: a name and at least one number."""

    name: Line
    post: Line = ""
    office_phone: Line = ""
    mobile: Line = ""
    email: Line = ""


class ProgressIn(Schema):
    """How far it is, in percent, and a word on it."""

    progress: Annotated[int, Field(ge=0, le=100)]
    note: Words = ""


class DoneIn(Schema):
    """What was done; without a note the earlier one stays."""

    note: Words | None = None


class DeclineIn(Schema):
    """Why it is not the unit's business; the office reads it."""

    reason: Words


class ExtensionIn(Schema):
    """Until when and why. ``wanted_at`` has its zone (``2026-06-25T00:00:00+08:00`` is the end of 24 June)."""

    wanted_at: Annotated[AwareDatetime, Field(le=_LATEST)]
    reason: Words


@router.get("/campaigns", response=Page[CampaignOut], summary="Campaigns that the caller may see")
@needs(May.VIEW)
def campaigns(request: Request, asked: Query[Campaigns]) -> dict[str, Any]:
    """Those of offices that she sees, drafts among them, and published ones that address a unit that she sees."""
    rows = selectors.campaigns_for(request.actor)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.year is not None:
        rows = rows.filter(year=asked.year)
    return page_of(rows, asked)


@router.get("/campaigns/{campaign_id}", response=CampaignDetail, summary="One campaign")
@needs(May.VIEW)
def campaign(request: Request, campaign_id: int) -> Campaign:
    """404 for one that the caller does not see."""
    return selectors.campaign_for(request.actor, campaign_id)


@router.get("/campaigns/{campaign_id}/duties", response=Page[DutyOut], summary="Duties of a campaign")
@needs(May.VIEW)
def duties(request: Request, campaign_id: int, asked: Query[Duties]) -> dict[str, Any]:
    """All of them for who sees its office; for others those of the units that they see."""
    found = selectors.campaign_for(request.actor, campaign_id)
    rows = selectors.duties_for(request.actor, running=False).filter(campaign=found).select_related("task")
    rows = rows.filter(state=asked.state) if asked.state is not None else rows.exclude(state=Duty.State.DROPPED)
    if asked.kind is not None:
        rows = rows.filter(kind=asked.kind)
    if asked.unit is not None:
        rows = rows.filter(unit=asked.unit)
    return page_of(rows, asked)


@router.get("/duties/{duty_id}", response=DutyOut, summary="One duty")
@needs(May.VIEW)
def duty(request: Request, duty_id: int) -> Duty:
    """404 for one that the caller does not see."""
    return selectors.duty_for(request.actor, duty_id)


@router.post("/campaigns/{campaign_id}/units/{unit_id}/receipt", response=DutyOut, summary="Sign the receipt")
@needs(May.SIGN)
def receipt(request: Request, campaign_id: int, unit_id: int) -> Duty:
    """Signed already: the same duty again, with the time and the name that it has."""
    found, unit = selectors.place_for(request.actor, campaign_id, unit_id, act=May.SIGN)
    return services.receipt_sign(by=request.actor, campaign=found, unit=unit)


@router.post(
    "/campaigns/{campaign_id}/units/{unit_id}/liaison-officer",
    response=OfficerOut,
    summary="Name the liaison officer",
)
@needs(May.SIGN)
def liaison_officer(request: Request, campaign_id: int, unit_id: int, body: OfficerIn) -> LiaisonOfficer:
    """Whoever was named before stays on record. Refused by field for a number or address that is none."""
    found, unit = selectors.place_for(request.actor, campaign_id, unit_id, act=May.SIGN)
    return services.liaison_name(by=request.actor, campaign=found, unit=unit, officer=Officer(**body.model_dump()))


@router.post("/duties/{duty_id}/progress", response=DutyOut, summary="Report progress")
@needs(May.WORK)
def progress(request: Request, duty_id: int, body: ProgressIn) -> Duty:
    """100 is not yet done: ``done`` says so."""
    found = selectors.duty_for(request.actor, duty_id, own=May.WORK)
    return services.duty_progress(by=request.actor, duty=found, progress=body.progress, note=body.note)


@router.post("/duties/{duty_id}/done", response=DutyOut, summary="Report a duty as done")
@needs(May.WORK)
def done(request: Request, duty_id: int, body: DoneIn) -> Duty:
    """The office may still send it back. Receipts and officers have addresses of their own."""
    found = selectors.duty_for(request.actor, duty_id, own=May.WORK)
    if found.kind in (Duty.Kind.RECEIPT, Duty.Kind.LIAISON):
        raise RefusedError(problems.NOT_REPORTED)
    return services.duty_done(by=request.actor, duty=found, note=body.note)


@router.post("/duties/{duty_id}/decline", response=DutyOut, summary="Say that a duty is not ours")
@needs(May.WORK)
def decline(request: Request, duty_id: int, body: DeclineIn) -> Duty:
    """With a reason; the office agrees or insists."""
    found = selectors.duty_for(request.actor, duty_id, own=May.WORK)
    return services.duty_decline(by=request.actor, duty=found, reason=body.reason)


@router.post("/duties/{duty_id}/extensions", response={201: ExtensionOut}, summary="Ask for more time")
@needs(May.WORK, May.SIGN)
def extend(request: Request, duty_id: int, body: ExtensionIn) -> Status[Extension]:
    """One request at a time; the office grants or refuses it."""
    found = selectors.duty_for(request.actor, duty_id)
    asked = services.extension_ask(by=request.actor, duty=found, wanted_at=body.wanted_at, reason=body.reason)
    return Status(201, asked)
