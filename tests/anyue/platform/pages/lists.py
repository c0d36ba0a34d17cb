"""A list over units for the tests: every kind of column and filter."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.pages.lists import (
    NOT_APPLICABLE,
    Choice,
    Column,
    DateRange,
    Empty,
    ListPage,
    ListSpec,
    Place,
    Select,
    Subtree,
    list_page,
)

ACTOR = Actor(ActorKind.PERSON, "7", "测试人员")


def find(value: str) -> Place | None:
    unit = Unit.objects.filter(pk=value).first() if value.isdigit() else None
    return Place(unit.path, unit.name) if unit else None


def people(unit: Unit) -> Any:
    """Never asked of a department, not filled in by a school, counted elsewhere."""
    return {Kind.DEPARTMENT: NOT_APPLICABLE, Kind.SCHOOL: None}.get(Kind(unit.kind), unit.order)


SPEC: ListSpec[Unit] = ListSpec(
    key="tests.units",
    title="单位",
    columns=(
        Column("name", "名称", lambda unit: unit.name, sort="name", link=lambda unit: f"/u/{unit.pk}/"),
        Column("kind", "类别", lambda unit: unit.get_kind_display(), sort="kind"),
        Column("people", "人数", people, unit="人", figure=True, sort="order"),
        Column("closed", "撤销日期", lambda unit: unit.closed_on, sort="closed_on", blank="—"),
        Column("path", "位置", lambda unit: unit.path, shown=False),
    ),
    filters=(
        Choice("kind", "类别", field="kind", choices=Kind.choices),
        DateRange("opened", "设立", field="opened_on"),
        Subtree("below", "单位", find, field="path"),
    ),
    search=("name", "code"),
    search_hint="名称、代码",
    order=("path",),
    size=20,
    empty=Empty("还没有单位", "先导入单位表。", "/units/import/", "导入单位"),
    select=Select("merge", "unit", lambda unit: unit.pk, lambda unit: unit.name),
)


def asked(query: str = "", *, actor: Actor = ACTOR, target: str = "", **given: Any) -> HttpRequest:
    """A request after the middleware."""
    address = f"/list/?{query or urlencode(given, doseq=True)}"
    request = RequestFactory().get(address, headers={"HX-Request": "true", "HX-Target": target} if target else {})
    request.actor = actor  # type: ignore[attr-defined]
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


def page(query: str = "", **given: Any) -> ListPage[Unit]:
    """The page of the list over all units."""
    return list_page(asked(query, **given), SPEC, Unit.objects.all())
