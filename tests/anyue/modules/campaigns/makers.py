"""Notices that somebody reviewed, and campaigns out of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from anyue.kernel.clock import now
from anyue.modules.campaigns.models import Campaign
from anyue.modules.campaigns.services import campaign_draft_from_notice, campaign_publish, targets_confirm
from anyue.modules.notices.deciding import LISTS
from anyue.modules.notices.models import Item, Notice, Version
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor
from tests.anyue.factories import Tree, actor_for, make_user

SPEC: dict[str, Any] = {
    "title": "云湖区安委会办公室关于开展2026年“安全生产月”活动的通知",
    "addressees": ["各街道", "各社区"],
    "campaign": {
        "name": "安全生产月",
        "year": 2026,
        "theme": "人人讲安全",
        "start": "2026-06-01",
        "end": "2026-06-30",
    },
    "key_dates": [{"date": "2026-06-16", "name": "安全宣传咨询日"}],
    "deadlines": [
        {"due": "2026-05-25T17:00", "who": ["各单位"], "deliverables": ["联络员回执"], "recipient": "区安委会办公室"},
        {"due": "2026-06-20", "who": ["各街道", "各社区"], "deliverables": ["活动情况统计表"], "recipient": None},
    ],
    "contacts": [{"name": "安小宁", "phone": "0000-1234567", "email": None}],
    "tasks": [
        {"id": "t-1", "levels": ["township"], "responsible": ["各街道"], "heads": ["一、宣讲"], "text": "主要负责人讲一堂安全课。", "section": "一、宣讲", "due": None},
        {"id": "t-2", "levels": ["community"], "responsible": [], "heads": ["一、宣讲"], "text": "利用楼栋微信群开展宣讲。", "section": "一、宣讲", "due": "2026-06-10"},
    ],
    "forms": [{"id": "form-1", "title": "云湖区活动情况统计表", "attachment": "附件2", "kind": "statistics", "fields": []}],
}  # fmt: skip
_KINDS = {name: kind for kind, name in LISTS.items()}


def reviewed_notice(unit: Unit, spec: dict[str, Any] | None = None, *, state: str = Notice.State.REVIEWED) -> Notice:
    """A notice of ``unit`` whose every item was accepted."""
    spec = SPEC if spec is None else spec
    at = now()
    notice = Notice.objects.create(
        unit=unit, title=spec.get("title", ""), state=state, created_by="测试", reviewed_at=at, reviewed_by="测试"
    )
    version = Version.objects.create(notice=notice, number=1, spec=spec, made_by="测试")
    rows: list[tuple[str, str, Any]] = [("title", "title", spec.get("title"))]
    rows += [(f"campaign_{name}", f"campaign_{name}", one) for name, one in spec.get("campaign", {}).items()]
    rows += [(_KINDS[name], f"{name}:{n}", one) for name in _KINDS for n, one in enumerate(spec.get(name) or [])]
    Item.objects.bulk_create(
        Item(
            version=version,
            key=key,
            kind=kind,
            pointer=f"/forms/{key.partition(':')[2]}" if kind == "form" else "",
            proposed=value,
            value=value,
            evidence=value.get("evidence") if isinstance(value, dict) else None,
            order=order,
            state=Item.State.ACCEPTED,
            decided_at=at,
            decided_by="测试",
        )
        for order, (kind, key, value) in enumerate(rows)
    )
    return notice


def draft(tree: Tree, spec: dict[str, Any] | None = None, *, by: Actor | None = None) -> Campaign:
    """A draft of the district's campaign."""
    by = by or actor_for(make_user("unit_admin", tree.district))
    return campaign_draft_from_notice(by=by, notice=reviewed_notice(tree.district, spec))


def running(
    tree: Tree, units: Iterable[Unit] | None = None, spec: dict[str, Any] | None = None, *, by: Actor | None = None
) -> Campaign:
    """The district's campaign, published to its streets and communities with every proposal confirmed."""
    by = by or actor_for(make_user("unit_admin", tree.district))
    campaign = draft(tree, spec, by=by)
    targets_confirm(by=by, campaign=campaign, targets=campaign.targets.all())
    everybody = [tree.street, tree.other_street, tree.community, tree.other_community]
    return campaign_publish(by=by, campaign=campaign, units=everybody if units is None else units)
