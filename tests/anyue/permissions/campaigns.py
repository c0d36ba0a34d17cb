"""Campaigns: one that the street runs and in which it owes something itself; and the door of units without accounts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from anyue.kernel.clock import now
from anyue.modules.campaigns.models import (
    Campaign,
    DraftDocument,
    Duty,
    Evidence,
    Extension,
    Participation,
    Target,
    Task,
)
from anyue.modules.campaigns.permissions import CampaignPermission as May
from anyue.modules.notices.models import Notice
from anyue.platform.authz import Actor, Permission
from anyue.platform.files.models import Blob, StoredFile
from anyue.platform.files.services import file_store

from .world import Subject, Subjects, World


def campaign(world: World) -> Campaign:
    """It runs, and the street owes a receipt and a task."""

    def make() -> Campaign:
        made = Campaign.objects.create(
            unit=world.tree.street,
            name="安全生产月活动",
            year=2026,
            starts_on=date(2026, 6, 1),
            ends_on=date(2026, 6, 30),
            state=Campaign.State.RUNNING,
            created_by="测试",
            published_at=now(),
            published_by="测试",
        )
        Participation.objects.create(campaign=made, unit=world.tree.community)
        Target.objects.create(campaign=made, words="各社区", why="kind")
        task = Task.objects.create(campaign=made, text="讲一堂安全课。", number=1)
        Duty.objects.create(campaign=made, unit=world.tree.street, kind="receipt", title="签收")
        duty = Duty.objects.create(
            campaign=made, unit=world.tree.street, kind="task", task=task, title=task.text, due_at=now()
        )
        Extension.objects.create(duty=duty, wanted_at=now(), reason="人手不足", asked_by="测试")
        Evidence.objects.create(duty=duty, file=_file("现场.pdf"), added_by="测试")
        DraftDocument.objects.create(
            campaign=made, kind="notice", title="通知", file=_file("通知.docx"), made_by="测试"
        )
        return made

    found: Campaign = world.once("campaign", make)
    return found


def _file(name: str) -> StoredFile:
    blob = Blob.objects.create(sha256=name, sm3="0", size=1, kind="pdf", stored=name)
    return StoredFile.objects.create(blob=blob, name=name, uploaded_by="person:1")


def _notice(world: World) -> Notice:
    def make() -> Notice:
        return Notice.objects.create(
            unit=world.tree.street,
            title="通知",
            state=Notice.State.REVIEWED,
            created_by="测试",
            reviewed_at=now(),
            reviewed_by="测试",
        )

    found: Notice = world.once("reviewed notice", make)
    return found


def _task(world: World) -> Duty:
    return campaign(world).duties.get(kind="task")


def _of_campaign(may: Permission | None = None, **more: Any) -> Callable[[World], Subject]:
    return lambda world: Subject({"pk": campaign(world).pk, **more}, see=May.VIEW, act=may)


def _of_unit(act: Permission | None = None) -> Callable[[World], Subject]:
    return lambda world: Subject({"pk": campaign(world).pk, "unit": world.tree.street.pk}, see=May.VIEW, act=act)


def _asked(world: World) -> Subject:
    return Subject({"what": "task", "pk": campaign(world).tasks.get().pk}, see=May.VIEW, act=May.MANAGE)


def _draft(act: Permission) -> Callable[[World], Subject]:
    return lambda world: Subject({"pk": campaign(world).drafts.get().pk}, see=May.VIEW, act=act)


def _circular(world: World) -> DraftDocument:
    def make() -> DraftDocument:
        upload = b"a circular"
        file = file_store(
            by=Actor.system("tests"), upload=upload, name="通报.txt", place="", owner=None, kinds=frozenset({"text"})
        )
        made = campaign(world)
        return DraftDocument.objects.create(campaign=made, kind="circular", title="通报", file=file, made_by="测试")

    found: DraftDocument = world.once("circular", make)
    return found


def _door(**more: Any) -> Callable[[World], Subject]:
    also = {("*", method): ({404}, "no such link") for method in ("GET", "POST")}
    return lambda world: Subject({"token": "unknown", **more}, also=also)


SUBJECTS: Subjects = {
    "campaigns:index": lambda world: Subject(),
    "campaigns:start": lambda world: Subject({"notice": _notice(world).pk}, see=May.VIEW, act=May.MANAGE),
    "campaigns:show": _of_campaign(),
    "campaigns:edit": _of_campaign(May.MANAGE),
    "campaigns:close": _of_campaign(May.MANAGE),
    "campaigns:withdraw": _of_campaign(May.MANAGE),
    "campaigns:names": _of_campaign(May.MANAGE),
    "campaigns:names-confirm": _of_campaign(May.MANAGE),
    "campaigns:name-choose": lambda world: Subject(
        {"pk": campaign(world).pk, "target": campaign(world).targets.get().pk}, see=May.VIEW, act=May.MANAGE
    ),
    "campaigns:publish": _of_campaign(May.MANAGE),
    "campaigns:key-days": _of_campaign(May.MANAGE),
    "campaigns:addressees": _of_campaign(May.MANAGE),
    "campaigns:versions": _of_campaign(),
    "campaigns:add": _of_campaign(May.MANAGE, what="task"),
    "campaigns:asked": _asked,
    "campaigns:asked-drop": _asked,
    "campaigns:mine": _of_unit(),
    "campaigns:sign": _of_unit(May.SIGN),
    "campaigns:liaison": _of_unit(May.SIGN),
    "campaigns:reissue": _of_unit(May.REISSUE),
    "campaigns:draft": _of_campaign(May.MANAGE),
    "campaigns:draft-file": _draft(May.VIEW),
    "campaigns:draft-signed": _draft(May.MANAGE),
    "campaigns:duty": lambda world: Subject({"pk": _task(world).pk}, see=May.VIEW),
    "campaigns:duty-act": lambda world: Subject({"pk": _task(world).pk, "act": "done"}, see=May.VIEW, act=May.WORK),
    "campaigns:extension": lambda world: Subject(
        {"pk": _task(world).extensions.get().pk}, see=May.VIEW, act=May.DECIDE
    ),
    "campaigns:evidence-remove": lambda world: Subject(
        {"pk": _task(world).evidence.get().pk}, see=May.VIEW, act=May.WORK
    ),
    "campaigns:office": _of_campaign(May.DECIDE),
    "campaigns:accept-all": _of_campaign(May.DECIDE),
    "campaigns:confirm-all": _of_campaign(May.DECIDE),
    "campaigns:roster": _of_campaign(May.DECIDE),
    "campaigns:roster-word": _of_campaign(May.DECIDE),
    "campaigns:links": _of_campaign(May.MANAGE),
    "campaigns:links-switch": _of_campaign(May.MANAGE),
    "campaigns:link-act": lambda world: Subject(
        {"pk": campaign(world).participations.get().pk, "act": "renew"}, see=May.VIEW, act=May.MANAGE
    ),
    "campaigns:chasing": lambda world: Subject(also={("*", "GET"): ({302}, "the only campaign at once")}),
    "campaigns:chase": _of_campaign(May.CHASE),
    "campaigns:chase-choose": _of_campaign(May.CHASE),
    "campaigns:chase-text": _of_campaign(May.CHASE),
    "campaigns:chases": _of_campaign(May.CHASE),
    "campaigns:chase-rules": _of_campaign(May.CHASE),
    "campaigns:chase-act": _of_campaign(May.CHASE, act="send"),
    "campaigns:chase-unit": lambda world: Subject(
        {"pk": campaign(world).pk, "unit": world.tree.community.pk}, see=May.VIEW, act=May.CHASE
    ),
    "campaigns:completeness": _of_campaign(),
    "campaigns:calendar": _of_campaign(),
    "campaigns:board": _of_campaign(),
    "campaigns:circulars": _of_campaign(May.CHASE),
    "campaigns:circular": lambda world: Subject({"pk": _circular(world).pk}, see=May.VIEW, act=May.CHASE),
    "calendar:open": lambda world: Subject(),
    "calendar:close": lambda world: Subject(),
    "calendar:file": lambda world: Subject(
        {"secret": "unknown"}, also={("*", method): ({404, 405}, "no such calendar") for method in ("GET", "POST")}
    ),
    "door:open": _door(),
    "door:sign": _door(),
    "door:liaison": _door(),
    "door:duty": _door(pk=1),
}
