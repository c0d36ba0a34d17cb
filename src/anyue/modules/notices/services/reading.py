"""The reading of a notice in a job: secrecy first, then the files stored, the notice compiled, its pages pictured."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from anyue.platform.files import holding
from anyue.platform.files.kinds import ARCHIVES, DOCUMENTS, PICTURES, SHEETS
from anyue.platform.files.selectors import content_of
from anyue.platform.files.services import file_store
from gongwen import LoadedNotice, Unreadable, load
from gongwen.outputs.html import review_page
from gongwen.outputs.items import SpecItem, item_spans, spec_items
from gongwen.outputs.pictures import page_pictures
from gongwen.readers import Source

from .. import rules
from ..models import Item, Notice, NoticeFile, Page, Version
from .receiving import Refused, refuse, secret_in

Step = Callable[[str], object]
KINDS = DOCUMENTS | SHEETS | PICTURES | ARCHIVES


def notice_read(*, by: Actor, notice: Notice, step: Step = lambda _: None) -> Version | None:
    """Read the files that wait for ``notice``, store them and make its first version; None if they cannot be used.

    What was wrong stands in ``notice.trouble`` in words for a person. ``step`` is told what is being done. Run again after a
    crash, it begins anew from the files that wait.
    """
    if not notice.holding:
        return None
    begun = time.monotonic()
    try:
        paths = holding.held(notice.holding)
        step("reading")
        loaded = load(paths[0], *paths[1:])
        mark = secret_in(loaded)
        if mark is not None:
            refuse(by=by, unit=notice.unit, found=Refused(paths[0].name, mark))
    except Unreadable as error:
        _give_up(notice, error.line("en" if get_language() == "en" else "zh"))
        return None
    except RefusedError:
        # Not even a row with the file's name stays; the audit entry says that something was turned away.
        holding.discard(notice.holding)
        notice.delete()
        return None
    step("storing")
    # There is one already if an earlier run was ended among the pictures.
    version = notice.versions.first() or _store(by, notice, loaded, time.monotonic() - begun)
    step("pictures")
    _picture(by, notice, loaded)
    Notice.objects.filter(pk=notice.pk).update(holding="")
    holding.discard(notice.holding)
    return version


def notice_compile(*, by: Actor, notice: Notice) -> Version:
    """A new version from the stored files; what a person decided stays with the items that say the same."""
    begun = time.monotonic()
    loaded = loaded_from(
        [Source(row.file.name, data=content_of(row.file)) for row in notice.files.select_related("file__blob")]
    )
    with transaction.atomic():
        return version_make(by=by, notice=notice, loaded=loaded, seconds=time.monotonic() - begun)


def loaded_from(sources: Sequence[Source]) -> LoadedNotice:
    """A notice out of files in memory."""
    from gongwen.compile import compile_documents  # noqa: PLC0415 - the library's inner door, used here alone
    from gongwen.readers import read_all  # noqa: PLC0415

    kept: list[Source] = []
    documents = []
    refused = []
    for source, result in read_all(sources):
        if isinstance(result, Unreadable):
            refused.append(result)
        else:
            kept.append(source)
            documents.append(result)
    if not documents:
        raise refused[0]
    return LoadedNotice(sources[0].name, kept, documents, compile_documents(documents, refused))


def _give_up(notice: Notice, why: str) -> None:
    holding.discard(notice.holding)
    Notice.objects.filter(pk=notice.pk).update(state=Notice.State.UNREADABLE, trouble=why, holding="")


def _store(by: Actor, notice: Notice, loaded: LoadedNotice, seconds: float) -> Version:
    owner = Subject.of(notice)
    with transaction.atomic():
        notice.files.all().delete()  # left by a run that was ended
        for order, source in enumerate(loaded.sources):
            stored = file_store(
                by=by, upload=source.read(), name=source.name, place=notice.unit.path, owner=owner, kinds=KINDS
            )
            NoticeFile.objects.create(notice=notice, file=stored, order=order)
        return version_make(by=by, notice=notice, loaded=loaded, seconds=seconds)


def version_make(*, by: Actor, notice: Notice, loaded: LoadedNotice, seconds: float) -> Version:
    """One reading as a version with its items; the notice takes its title, number and day from it and waits for review."""
    number = (notice.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    items = spec_items(loaded.spec, loaded.documents)
    spec = loaded.spec.to_dict()
    html = review_page(loaded.documents, item_spans(items)).html
    version = Version.objects.create(
        notice=notice, number=number, spec=spec, html=html, made_by=by.label, seconds=round(seconds, 3)
    )
    decided = _decided_before(notice, number)
    Item.objects.bulk_create(_rows(version, items, spec, decided))
    head = loaded.spec
    notice.title = (head.title or notice.title)[:300]
    notice.doc_no = (head.doc_no or "")[:80]
    notice.issuer = (head.issuer or "")[:200]
    notice.issued_on = date.fromisoformat(head.issued_on) if head.issued_on else None
    notice.internal = rules.is_internal(head.classification)
    notice.state = Notice.State.REVIEW
    notice.trouble = ""
    notice.reviewed_at, notice.reviewed_by = None, ""
    notice.save()
    record(
        by=by,
        action="notice.read",
        subject=notice,
        place=notice.unit.path,
        after={"version": number, "items": len(items)},
    )
    return version


def _decided_before(notice: Notice, number: int) -> dict[str, Item]:
    last = notice.versions.filter(number=number - 1).first()
    return {item.key: item for item in last.items.exclude(state=Item.State.PROPOSED)} if last else {}


def _rows(version: Version, items: Sequence[SpecItem], spec: dict[str, Any], decided: dict[str, Item]) -> list[Item]:
    rows = []
    for order, item in enumerate(items):
        value = rules.without_evidence(rules.at_pointer(spec, item.pointer))
        if item.kind == "form" and value:
            value = {key: part for key, part in value.items() if key != "fields"}
        rows.append(
            Item(
                version=version,
                key=item.key,
                kind=item.kind,
                label=item.label or "",
                pointer=item.pointer,
                proposed=value,
                value=value,
                evidence=_evidence(item),
                is_sure=item.sure,
                order=order,
            )
        )
        _carry(rows[-1], decided.get(item.key))
    rows += [_copied(version, old) for old in decided.values() if old.state == Item.State.ADDED]
    return rows


def _carry(row: Item, old: Item | None) -> None:
    """What a person decided about the same words stays decided, as long as the program proposes the same."""
    if old is None or old.proposed != row.proposed:
        return
    row.state, row.value, row.decided_at, row.decided_by = old.state, old.value, old.decided_at, old.decided_by


def _copied(version: Version, old: Item) -> Item:
    return Item(
        version=version,
        key=old.key,
        kind=old.kind,
        label=old.label,
        value=old.value,
        evidence=old.evidence,
        order=old.order,
        state=old.state,
        decided_at=old.decided_at,
        decided_by=old.decided_by,
    )


def _evidence(item: SpecItem) -> Any:
    return msgspec.to_builtins(item.evidence) if item.evidence else None


def _picture(by: Actor, notice: Notice, loaded: LoadedNotice) -> None:
    """Pictures are a convenience: a page that cannot be printed never costs the reading."""
    Page.objects.filter(notice=notice).delete()
    for one in page_pictures(loaded.sources, loaded.documents):
        name = f"{notice.pk}-{one.source + 1}-{one.number}.jpg"
        stored = file_store(
            by=by, upload=one.jpeg, name=name, place=notice.unit.path, owner=Subject.of(notice), kinds=PICTURES
        )
        Page.objects.create(notice=notice, source=one.source, number=one.number, file=stored)
