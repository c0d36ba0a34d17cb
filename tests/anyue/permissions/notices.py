"""Notices: seen at the street and above, uploaded and reviewed at the street."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyue.modules.notices.models import Item, Notice, Version
from anyue.modules.notices.permissions import NoticePermission as May
from anyue.modules.notices.rules import SECTIONS
from anyue.platform.authz import Permission

from .world import Subject, Subjects, World


def notice(world: World) -> Notice:
    """A notice of the street that waits for its review."""

    def make() -> Notice:
        made = Notice.objects.create(
            unit=world.tree.street, title="关于开展安全生产月活动的通知", state=Notice.State.REVIEW, created_by="测试"
        )
        Version.objects.create(notice=made, number=1, spec={}, made_by="测试")
        return made

    found: Notice = world.once("notice", make)
    return found


def item(world: World) -> Item:
    """One thing read in it."""

    def make() -> Item:
        version = notice(world).versions.get()
        return Item.objects.create(version=version, key="title", kind="title", proposed="通知", value="通知")

    found: Item = world.once("item", make)
    return found


def _of_notice(act: Permission | None = None, **more: Any) -> Callable[[World], Subject]:
    return lambda world: Subject({"pk": notice(world).pk, **more}, see=May.VIEW, act=act)


def _of_item(world: World) -> Subject:
    return Subject({"pk": item(world).pk}, see=May.VIEW, act=May.REVIEW)


SUBJECTS: Subjects = {
    "notices:index": lambda world: Subject(),
    "notices:upload": lambda world: Subject(),
    "notices:one": _of_notice(),
    "notices:state": _of_notice(),
    "notices:links": _of_notice(May.REVIEW),
    "notices:compare": _of_notice(),
    "notices:read-again": _of_notice(May.UPLOAD),
    "notices:withdraw": _of_notice(May.UPLOAD),
    "notices:review": _of_notice(),
    "notices:pages": _of_notice(),
    "notices:finish": _of_notice(May.REVIEW),
    "notices:reopen": _of_notice(May.REVIEW),
    "notices:accept-section": _of_notice(May.REVIEW, section=SECTIONS[0][0]),
    "notices:add": _of_notice(May.REVIEW, kind="task"),
    "notices:item": lambda world: Subject({"pk": item(world).pk}, see=May.VIEW),
    "notices:version": _of_notice(number=1),
    "notices:accept": _of_item,
    "notices:drop": _of_item,
    "notices:reset": _of_item,
    "notices:remove": _of_item,
    "notices:edit": _of_item,
}
