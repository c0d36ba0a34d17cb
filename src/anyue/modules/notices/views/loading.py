"""The rows that the pages begin with."""

from __future__ import annotations

from anyue.platform.authz import Actor, fetch

from ..models import Item, Notice
from ..permissions import NoticePermission


def the_notice(actor: Actor, pk: int, act: NoticePermission | None = None) -> Notice:
    """The notice, with its unit; 404 for who does not see it, 403 for who sees and may not ``act``."""
    rows = Notice.objects.select_related("unit", "parent", "previous")
    return fetch(actor, rows, see=NoticePermission.VIEW, act=act, pk=pk)


def the_item(actor: Actor, pk: int, act: NoticePermission | None = NoticePermission.REVIEW) -> Item:
    """An item under review, with its notice; ``act`` None: for whoever sees the notice."""
    rows = Item.objects.select_related("version__notice__unit").defer("version__html", "version__spec")
    place = "version__notice__unit__path"
    return fetch(actor, rows, see=NoticePermission.VIEW, act=act, place=place, pk=pk)
