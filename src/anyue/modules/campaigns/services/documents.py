"""Documents drafted for signature: the re-issued notice, and what is entered once it is signed."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from anyue.platform.files.models import StoredFile
from anyue.platform.files.services import file_claim, file_remove, file_store
from gongwen.write.phrases import Contact, Parent
from gongwen.write.reissue import KeyDay, Liaison, ReissueSpec, Report, Work, draft_notice

from .. import policies, problems
from ..models import Campaign, DraftDocument, Requirement
from ..permissions import CampaignPermission as May
from ..rules import naming

_TWICE = timedelta(seconds=60)
"""Within so short a time the same words are the same draft."""


def notice_spec(campaign: Campaign) -> ReissueSpec:
    """What the draft notice of ``campaign`` says: its parent cited, its own tasks, deadlines and addressees. Nothing is invented."""
    asked = list(campaign.requirements.filter(dropped_at=None))
    liaison = next((one for one in asked if one.kind == Requirement.Kind.LIAISON), None)
    forms = [one for one in asked if one.kind == Requirement.Kind.RETURN]
    return ReissueSpec(
        issuer=campaign.unit.name,
        campaign=campaign.name,
        year=clock.today().year,
        addressees=tuple(campaign.addressed),
        parents=_parents(campaign),
        theme=campaign.theme,
        period=(campaign.starts_on, campaign.ends_on),
        tasks=tuple(
            Work(text=task.text, section=task.heading or task.section, units=_units(task.responsible), due=task.due_at)
            for task in campaign.tasks.filter(dropped_at=None, covered_by=None)
        ),
        key_days=tuple(KeyDay(day.on, day.name) for day in campaign.key_days.all()),
        reports=tuple(
            Report(one.title, one.due_at, who="、".join(_units(one.who)), to=one.recipient if not one.parent_id else "")
            for one in forms
        ),
        liaison=Liaison(due=liaison.due_at) if liaison else None,
        contact=Contact(campaign.contact_name, campaign.contact_phone, campaign.contact_email),
    )


def notice_draft(*, by: Actor, campaign: Campaign) -> DraftDocument:
    """Draft the notice of ``campaign`` as .docx (代拟稿): number, signer, date and seal are left to the office.

    Each call makes a new draft of what the campaign says now; earlier ones stay. Pressed twice at once, there is one.
    """
    policies.require_office(by, May.MANAGE, campaign=campaign)
    title = f"{campaign.unit.name}关于开展{campaign.name}的通知"
    file = file_store(
        by=by,
        upload=draft_notice(notice_spec(campaign)),
        name=f"{title}（代拟稿）.docx",
        place=campaign.unit.path,
        owner=Subject.of(campaign),
        kinds=frozenset({"docx"}),
    )
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=campaign.pk)
        same = campaign.drafts.filter(kind=DraftDocument.Kind.NOTICE, file__blob=file.blob_id, doc_no="", signer="")
        first = same.filter(made_by=by.label[:120], made_at__gt=clock.now() - _TWICE).select_related("file").first()
        if first is not None:
            file_remove(by=by, file=file)
            return first
        draft = DraftDocument.objects.create(
            campaign=campaign,
            kind=DraftDocument.Kind.NOTICE,
            title=title[:300],
            file=file,
            made_at=clock.now(),
            made_by=by.label[:120],
        )
        record(by=by, action="draft_document.made", subject=Subject.of(draft, draft.title), place=campaign.unit.path)
    return draft


@transaction.atomic
def draft_signed(
    *, by: Actor, draft: DraftDocument, doc_no: str, signer: str, signed_on: date, signed_copy: StoredFile | None = None
) -> DraftDocument:
    """Enter the number, the signer and the day of the signed document, with its scanned copy. Entered anew, the later counts."""
    policies.require_office(by, May.MANAGE, campaign=draft.campaign)
    missing = {
        name: problems.SIGNED_MISSING for name, value in (("doc_no", doc_no), ("signer", signer)) if not value.strip()
    }
    if missing:
        raise RefusedError(problems.SIGNED_MISSING, fields=missing)
    before = {"doc_no": draft.doc_no, "signer": draft.signer}
    draft.doc_no, draft.signer, draft.signed_on = doc_no.strip()[:80], signer.strip()[:40], signed_on
    if signed_copy is not None:
        file_claim(by=by, files=[signed_copy], owner=Subject.of(draft, draft.title), place=draft.campaign.unit.path)
        draft.signed_copy = signed_copy
    draft.save()
    record(
        by=by,
        action="draft_document.signed",
        subject=Subject.of(draft, draft.title),
        place=draft.campaign.unit.path,
        before=before,
        after={"doc_no": draft.doc_no, "signer": draft.signer, "signed_on": signed_on.isoformat()},
    )
    return draft


def _parents(campaign: Campaign) -> tuple[Parent, ...]:
    above = campaign.parent
    if above is not None and above.notice is not None:
        return (Parent(above.notice.title or above.name, above.notice.doc_no, above.notice.issuer),)
    if above is not None:
        signed = above.drafts.filter(kind=DraftDocument.Kind.NOTICE).exclude(doc_no="").first()
        return (Parent(signed.title, signed.doc_no, above.unit.name),) if signed else ()
    return ()


def _units(words: list[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word != naming.NOBODY and not word.startswith(naming.LEVEL))
