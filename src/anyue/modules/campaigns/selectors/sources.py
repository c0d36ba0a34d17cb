"""Where a task or what is handed in was read: the item of the notice's review, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from anyue.modules.notices.models import Item
from anyue.modules.notices.permissions import NoticePermission
from anyue.platform.authz import Actor, can

from ..models import Campaign


def sources_of(actor: Actor, campaign: Campaign, asked: Iterable[Any]) -> dict[str, str]:
    """By ``item_key`` of ``asked`` the address of its item, for who sees the notice. One query, none where there is nothing to find."""
    notice = campaign.notice
    keys = {one.item_key for one in asked if one is not None and one.item_key}
    if notice is None or not keys or not can(actor, NoticePermission.VIEW, notice.unit.path):
        return {}
    rows = Item.objects.filter(version__notice=notice, key__in=keys).order_by("version__number")
    # Of several readings the last has the word.
    return {key: reverse("notices:item", args=[pk]) for key, pk in rows.values_list("key", "pk")}
