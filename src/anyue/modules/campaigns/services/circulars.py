"""The circular on progress (通报) as a draft for signature, and its print."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from anyue.platform.files.selectors import content_of
from anyue.platform.files.services import file_store
from gongwen.readers.office import Item as Page
from gongwen.readers.office import print_pages
from gongwen.write import CircularSpec, Contact, Parent, progress_circular

from .. import policies, problems
from ..models import Campaign, DraftDocument
from ..permissions import CampaignPermission as May
from ..selectors.circulars import circular_figures, circular_items
from .documents import _parents as parents_above

MOST_ITEMS = 8
"""As many as the wide table of a circular can hold legibly."""


def circular_spec(
    *,
    by: Actor,
    campaign: Campaign,
    items: Collection[str],
    levels: Collection[str] = (),
    catch_up: datetime | None = None,
    requests: Iterable[str] = (),
) -> CircularSpec:
    """What the circular says now. Refused without an item, with more than fit, and where no chosen unit owes one of them."""
    wanted = [item for item in circular_items(by, campaign) if item.key in items]
    if not wanted:
        raise RefusedError(problems.ITEMS_MISSING, fields={"items": problems.ITEMS_MISSING})
    if len(wanted) > MOST_ITEMS:
        raise RefusedError(
            problems.ITEMS_MANY, fields={"items": problems.ITEMS_MANY}, most=MOST_ITEMS, count=len(wanted)
        )
    figures = circular_figures(by, campaign, items=wanted, levels=levels)
    if not figures.units:
        raise RefusedError(problems.CIRCULAR_NOBODY, fields={"levels": problems.CIRCULAR_NOBODY})
    return CircularSpec(
        issuer=_issuer(campaign),
        campaign=campaign.name,
        as_of=clock.day_of(figures.at),
        duties=figures.heads,
        units=figures.units,
        addressees=tuple(campaign.addressed),
        parents=_basis(campaign),
        catch_up=catch_up,
        requests=tuple(line for line in requests if line.strip()),
        contact=Contact(campaign.contact_name, campaign.contact_phone, campaign.contact_email),
    )


def circular_draft(
    *,
    by: Actor,
    campaign: Campaign,
    items: Collection[str],
    levels: Collection[str] = (),
    catch_up: datetime | None = None,
    requests: Iterable[str] = (),
) -> DraftDocument:
    """Draft a circular of the figures at this moment; number, signer and seal are left to the office. Earlier drafts stay as
    they are, so a published figure never changes in place. Its print follows by a job.
    """
    policies.require_office(by, May.CHASE, campaign=campaign)
    policies.require_running(campaign)
    spec = circular_spec(by=by, campaign=campaign, items=items, levels=levels, catch_up=catch_up, requests=requests)
    title = f"{spec.issuer}关于{campaign.name}进展情况的通报"
    file = file_store(
        by=by,
        upload=progress_circular(spec),
        name=f"{title}_截至{spec.as_of:%Y%m%d}（代拟稿）.docx",
        place=campaign.unit.path,
        owner=Subject.of(campaign),
        kinds=frozenset({"docx"}),
    )
    from ..jobs import print_draft  # noqa: PLC0415 - the job calls back into this package

    with transaction.atomic():
        draft = DraftDocument.objects.create(
            campaign=campaign,
            kind=DraftDocument.Kind.CIRCULAR,
            title=title[:300],
            file=file,
            made_at=clock.now(),
            made_by=by.label[:120],
        )
        subject = Subject.of(draft, draft.title)
        after = {"units": len(spec.units), "items": [head.name for head in spec.duties]}
        record(by=by, action="draft_document.made", subject=subject, place=campaign.unit.path, after=after)
        print_draft.by(by, subject=subject, place=campaign.unit.path).enqueue(draft.pk)
    return draft


def draft_print(*, by: Actor, draft: DraftDocument) -> DraftDocument:
    """Keep the draft as a PDF too. Without LibreOffice there is none; printed once is enough."""
    if draft.pdf_id is not None:
        return draft
    name = draft.file.name.rsplit(".", 1)[0]
    [made] = print_pages([Page(draft.file.name, content_of(draft.file), "docx")])
    if made is not None:
        draft.pdf = file_store(
            by=by,
            upload=made,
            name=f"{name}.pdf",
            place=draft.campaign.unit.path,
            owner=Subject.of(draft, draft.title),
            kinds=frozenset({"pdf"}),
        )
        draft.save(update_fields=["pdf"])
    return draft


def _issuer(campaign: Campaign) -> str:
    """Who issued the office's own notice (an office of its committee, perhaps), else the office."""
    return (campaign.notice.issuer if campaign.notice else "") or campaign.unit.name


def _basis(campaign: Campaign) -> tuple[Parent, ...]:
    """The office's own notice, else that of the campaign which it re-issues."""
    notice = campaign.notice
    if notice is not None:
        return (Parent(notice.title or campaign.name, notice.doc_no, notice.issuer),)
    signed = campaign.drafts.filter(kind=DraftDocument.Kind.NOTICE).exclude(doc_no="").first()
    if signed is not None:
        return (Parent(signed.title, signed.doc_no, campaign.unit.name),)
    return parents_above(campaign)
