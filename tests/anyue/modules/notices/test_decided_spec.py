"""A notice as its review left it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from anyue.kernel.clock import now
from anyue.modules.notices.models import Item, Notice, Version
from anyue.modules.notices.selectors import decided_spec
from tests.anyue.factories import Tree

pytestmark = pytest.mark.django_db


_POINTERS = {
    "f1": "/forms/0",
    "f1-a": "/forms/0/fields/0",
    "f1-b": "/forms/0/fields/1",
    "f2": "/forms/1",
    "f2-a": "/forms/1/fields/0",
}


def notice_of(tree: Tree, *items: tuple[str, str, Any, Any, str], spec: dict[str, Any] | None = None) -> Notice:
    """Items as (kind, key, proposed, value, state)."""
    notice = Notice.objects.create(unit=tree.district, title="通知", issued_on=date(2026, 5, 18), created_by="测试")
    version = Version.objects.create(notice=notice, number=1, spec=spec or {"title": "读到的题目"}, made_by="测试")
    for order, (kind, key, proposed, value, state) in enumerate(items):
        decided = {} if state == "proposed" else {"decided_at": now(), "decided_by": "测试"}
        Item.objects.create(
            version=version,
            key=key,
            kind=kind,
            pointer=_POINTERS.get(key, ""),
            proposed=proposed,
            value=proposed if value is None else value,
            state=state,
            order=order,
            **decided,
        )
    return notice


def test_what_was_accepted_corrected_or_added_is_in_it_in_the_order_of_the_items(tree: Tree) -> None:
    notice = notice_of(
        tree,
        ("task", "t1", {"text": "甲"}, None, "accepted"),
        ("task", "t2", {"text": "乙"}, {"text": "乙改"}, "corrected"),
        ("task", "t3", {"text": "丙"}, None, "dropped"),
        ("task", "t4", None, {"text": "丁"}, "added"),
        ("addressee", "a1", "各街道", None, "accepted"),
    )
    spec = decided_spec(notice)
    assert [(task["text"], task["item"]) for task in spec["tasks"]] == [("甲", "t1"), ("乙改", "t2"), ("丁", "t4")]
    assert spec["addressees"] == ["各街道"]
    assert spec["undecided"] == 0


def test_what_is_undecided_is_counted_and_left_out(tree: Tree) -> None:
    spec = decided_spec(
        notice_of(tree, ("task", "t1", {"text": "甲"}, None, "proposed"), spec={"tasks": [{"text": "甲"}]})
    )
    assert spec["tasks"] == []
    assert spec["undecided"] == 1


def test_the_head_of_the_notice_and_the_campaign_come_as_corrected(tree: Tree) -> None:
    notice = notice_of(
        tree,
        ("title", "title-1", "读到的题目", "通知", "corrected"),
        ("doc_no", "doc_no-1", "云安〔2026〕1号", "云安〔2026〕1号", "dropped"),
        ("campaign_year", "campaign_year-1", 2025, 2026, "corrected"),
        ("campaign_theme", "campaign_theme-1", "主题", "主题", "accepted"),
        ("warning", "warning-1", {"code": "N212"}, {"code": "N212"}, "proposed"),
        spec={"classification": "内部", "doc_no": "云安〔2026〕1号"},
    )
    spec = decided_spec(notice)
    assert (spec["campaign"]["year"], spec["campaign"]["theme"], spec["campaign"]["start"]) == (2026, "主题", None)
    assert (spec["title"], spec["doc_no"], spec["classification"]) == ("通知", None, "内部")
    assert spec["undecided"] == 0, "remarks are read, not decided"


def test_the_fields_of_a_form_stand_in_it_and_go_with_it(tree: Tree) -> None:
    notice = notice_of(
        tree,
        ("form", "f1", {"id": "f1", "title": "统计表"}, {"id": "f1", "title": "统计表"}, "accepted"),
        ("field", "f1-a", {"id": "a", "label": "场次"}, {"id": "a", "label": "场次"}, "accepted"),
        ("field", "f1-b", {"id": "b", "label": "人次"}, {"id": "b", "label": "人次"}, "dropped"),
        ("form", "f2", {"id": "f2", "title": "回执"}, {"id": "f2", "title": "回执"}, "dropped"),
        ("field", "f2-a", {"id": "a", "label": "姓名"}, {"id": "a", "label": "姓名"}, "accepted"),
    )
    (form,) = decided_spec(notice)["forms"]
    assert (form["id"], form["item"], [field["label"] for field in form["fields"]]) == ("f1", "f1", ["场次"])


def test_the_latest_reading_counts(tree: Tree) -> None:
    notice = notice_of(tree, ("task", "t1", {"text": "旧"}, None, "accepted"))
    Version.objects.create(notice=notice, number=2, spec={}, made_by="测试")
    assert decided_spec(notice)["tasks"] == []


def test_a_notice_that_was_never_read_says_nothing(tree: Tree) -> None:
    notice = Notice.objects.create(unit=tree.district, title="空", created_by="测试")
    assert decided_spec(notice)["tasks"] == []
