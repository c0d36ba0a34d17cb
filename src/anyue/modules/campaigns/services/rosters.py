"""The official roster of liaison officers, filled in the issuer's own Word layout from those who were named."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.notices.deciding import decided_spec
from anyue.modules.notices.models import Notice
from anyue.modules.notices.services.reading import loaded_from
from anyue.platform.authz import Actor
from anyue.platform.files.models import StoredFile
from anyue.platform.files.selectors import content_of
from anyue.platform.files.services import file_remove, file_store
from gongwen import LoadedNotice, Unreadable
from gongwen.fill import FormPart, form_part
from gongwen.readers import Source
from gongwen.spec import Form

from .. import policies, problems
from ..models import Campaign, LiaisonOfficer, Requirement
from ..permissions import CampaignPermission as May
from ..rules import rosters
from ..rules.slips import Officer
from ..selectors.rosters import officers_named, owner_of


def roster_fill(*, by: Actor, campaign: Campaign) -> StoredFile:
    """The notice's own form with all who are named now, as .docx; a form for one officer alone is filled once for each unit and
    comes as a .zip. It takes the place of the one made before. Refused where the notice has no such form, and while nobody is
    named. Reads the notice's files again, so it is for a job.
    """
    policies.require_office(by, May.DECIDE, campaign=campaign)
    part = _part(campaign)
    named = officers_named(campaign)
    if not named:
        raise RefusedError(problems.ROSTER_NOBODY)
    ending, data = _filled(part, named)
    owner = owner_of(campaign)
    earlier = list(StoredFile.objects.filter(owner_kind=owner.kind, owner_id=owner.id, removed_at=None))
    with transaction.atomic():
        made = file_store(
            by=by,
            upload=data,
            name=f"{campaign.unit.name}_{part.form.title or '联络员名单'}_{clock.today():%Y%m%d}.{ending}",
            place=campaign.unit.path,
            owner=owner,
            kinds=frozenset({ending}),
        )
        for file in earlier:
            file_remove(by=by, file=file)
    return made


def roster_begin(*, by: Actor, campaign: Campaign, start: Callable[[Campaign], object]) -> None:
    """Have ``roster_fill`` done by ``start``, a job. Refused at once where it would be refused then for lack of form or names."""
    policies.require_office(by, May.DECIDE, campaign=campaign)
    if campaign.notice_id is None or _asked(campaign) is None:
        raise RefusedError(problems.ROSTER_NO_FORM)
    if not officers_named(campaign):
        raise RefusedError(problems.ROSTER_NOBODY)
    start(campaign)


def _asked(campaign: Campaign) -> Requirement | None:
    return campaign.requirements.filter(kind=Requirement.Kind.LIAISON).exclude(form="").first()


def _filled(part: FormPart, named: list[LiaisonOfficer]) -> tuple[str, bytes]:
    officers = [_officer(one) for one in named]
    if rosters.has_rows(part.form):
        return "docx", rosters.filled_roster(part, officers)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for number, one in enumerate(officers, 1):
            archive.writestr(f"{number:03}_{one.unit.replace('/', '_')}.docx", rosters.filled_slip(part, one))
    return "zip", out.getvalue()


def _officer(one: LiaisonOfficer) -> Officer:
    return Officer(one.unit.name, one.name, one.post, one.office_phone, one.mobile, one.email)


def _part(campaign: Campaign) -> FormPart:
    """The form of the notice alone, as a Word file."""
    asked, notice = _asked(campaign), campaign.notice
    if asked is None or notice is None:
        raise RefusedError(problems.ROSTER_NO_FORM)
    kept = {form["id"] for form in decided_spec(notice)["forms"]}
    loaded = _loaded(notice)
    form = next((one for one in loaded.spec.forms if one.id == asked.form and one.id in kept), None)
    if form is None or not rosters.is_roster(form):
        raise RefusedError(problems.ROSTER_NO_FORM)
    return _alone(loaded, form)


def _alone(loaded: LoadedNotice, form: Form) -> FormPart:
    number = form.fields[0].evidence.source
    part = form_part(loaded.docx_of(number), loaded.documents[number], loaded.spec, form)
    if not rosters.is_roster(part.form):
        raise RefusedError(problems.ROSTER_NO_FORM)
    return part


def _loaded(notice: Notice) -> LoadedNotice:
    rows = notice.files.select_related("file__blob")
    try:
        return loaded_from([Source(row.file.name, data=content_of(row.file)) for row in rows])
    except (Unreadable, FileNotFoundError, IndexError) as error:
        raise RefusedError(problems.ROSTER_UNREADABLE) from error
