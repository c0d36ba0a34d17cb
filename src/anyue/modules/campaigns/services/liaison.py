"""A unit names its liaison officer: on the web, by link, or by the slip that it sent back."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import Problem, RefusedError
from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import record
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.files.problems import SECRET
from gongwen import Unreadable
from gongwen.compile import mark_of_secrecy
from gongwen.readers import read

from .. import policies, problems
from ..models import Campaign, Duty, LiaisonOfficer
from ..permissions import CampaignPermission as May
from ..rules import phones
from ..rules.slips import Officer, read_slip
from .duties import duty_done
from .telling import tell_by_link

_COLUMNS = ("name", "post", "office_phone", "mobile", "email")


@transaction.atomic
def liaison_name(*, by: Actor, campaign: Campaign, unit: Unit, officer: Officer) -> LiaisonOfficer:
    """``unit`` names ``officer``; whoever was named before stays on record until now. Its duty is done with it.

    Refused without a name, without a number, with a number that is none. The same person and numbers again change nothing.
    """
    policies.require(by, May.SIGN, campaign=campaign, unit=unit)
    policies.require_running(campaign)
    duty = Duty.objects.select_for_update().filter(campaign=campaign, unit=unit, kind=Duty.Kind.LIAISON).first()
    if duty is None or duty.state == Duty.State.DROPPED:
        raise RefusedError(problems.LIAISON_NOT_ASKED, unit=unit.name)
    values = _checked(officer)
    before = LiaisonOfficer.objects.filter(campaign=campaign, unit=unit, until_at=None).first()
    if before is not None and all(getattr(before, name) == values[name] for name in _COLUMNS):
        return before
    at = clock.now()
    if before is not None:
        before.until_at = at
        before.save(update_fields=["until_at"])
    named = LiaisonOfficer.objects.create(
        campaign=campaign,
        unit=unit,
        named_at=at,
        named_by=by.label[:120],
        by_link=by.kind is ActorKind.LINK,
        **values,
    )
    record(
        by=by,
        action="liaison_officer.named",
        subject=named,
        place=unit.path,
        before={"name": before.name} if before else {},
        after=values,
    )
    if duty.state != Duty.State.DONE:
        duty_done(by=by, duty=duty)
    elif by.kind is ActorKind.LINK:  # a change by link waits for an account holder, too
        Duty.objects.filter(pk=duty.pk).update(by_link=True)
        tell_by_link(by, duty)
    return named


def liaison_slip_read(path: Path, *, name: str = "") -> list[Officer]:
    """Whom the slip at ``path`` names: to be shown to a person, who confirms or corrects. Refused where nothing
    can be read, and a document with a mark of secrecy.
    """
    shown = name or path.name
    try:
        document = read(path)
    except Unreadable as error:
        raise RefusedError(problems.SLIP_UNREADABLE, file=shown) from error
    if (mark := mark_of_secrecy(document)) is not None:
        raise RefusedError(SECRET, name=shown, mark=mark)
    found = read_slip(document)
    if not found:
        raise RefusedError(problems.SLIP_UNREADABLE, file=shown)
    return found


def _checked(officer: Officer) -> dict[str, str]:
    values = {
        "name": officer.name.strip()[:40],
        "post": officer.post.strip()[:60],
        "office_phone": phones.tidy(officer.office_phone)[:40],
        "mobile": phones.tidy(officer.mobile)[:20],
        "email": officer.email.strip()[:254],
    }
    wrong: dict[str, Problem] = {}
    if not values["name"]:
        wrong["name"] = problems.LIAISON_NAME
    if not values["office_phone"] and not values["mobile"]:
        wrong["mobile"] = problems.LIAISON_REACH
    if wrong:
        raise RefusedError(next(iter(wrong.values())), fields=wrong)
    if values["mobile"] and not phones.is_mobile(values["mobile"]):
        raise RefusedError(problems.MOBILE_FORM, fields={"mobile": problems.MOBILE_FORM}, phone=officer.mobile)
    if values["office_phone"] and not phones.is_phone(values["office_phone"]):
        raise RefusedError(
            problems.PHONE_FORM, fields={"office_phone": problems.PHONE_FORM}, phone=officer.office_phone
        )
    try:
        validate_email(values["email"] or "a@example.com")
    except ValidationError as error:
        raise RefusedError(problems.EMAIL_FORM, fields={"email": problems.EMAIL_FORM}, email=officer.email) from error
    return values
