"""Units: everything about the street at which all of them work."""

from __future__ import annotations

from collections.abc import Callable

from anyue.kernel.clock import today
from anyue.modules.orgs.models import Group, UnitImport
from anyue.modules.orgs.permissions import UnitPermission
from anyue.platform.files.services import file_store

from .world import Subject, Subjects, World

ABOVE = "the place of a unit is the business of the unit above it"
NOT_ABOVE = {("unit_admin", method): ({403}, ABOVE) for method in ("GET", "POST")}
TOP = "only who has all units adds one at the top"


def _street(act: UnitPermission | None = None, *, above: bool = False) -> Callable[[World], Subject]:
    return lambda world: Subject(
        {"pk": world.tree.street.pk}, see=UnitPermission.VIEW, act=act, also=NOT_ABOVE if above else {}
    )


def _group(act: UnitPermission | None = None) -> Callable[[World], Subject]:
    def subject(world: World) -> Subject:
        group = world.once("group", lambda: Group.objects.create(owner=world.tree.street, name="各社区"))
        return Subject({"pk": group.pk}, see=UnitPermission.VIEW, act=act)

    return subject


def _import(world: World) -> Subject:
    def store() -> UnitImport:
        by = world.actor("unit_admin")
        file = file_store(
            by=by,
            upload="单位名称,类型\n新里社区,社区\n".encode(),
            name="单位.csv",
            place=world.tree.street.path,
            owner=None,
            kinds=frozenset({"text"}),
        )
        row = UnitImport.objects.create(file=file, under=world.tree.street, on=today(), owner=by.key, owner_label="甲")
        row.state, row.outcome = UnitImport.State.REVIEW, {"rows": 1, "touches": 1, "counts": {"add": 1}}
        row.save()
        return row

    return Subject({"pk": world.once("import", store).pk}, owner="unit_admin")


SUBJECTS: Subjects = {
    "orgs:index": lambda world: Subject(),
    "orgs:top": lambda world: Subject(),
    "orgs:options": lambda world: Subject(),
    "orgs:export": lambda world: Subject(),
    "orgs:add-top": lambda world: Subject(
        also={(who, method): ({403}, TOP) for who in ("unit_admin", "stranger") for method in ("GET", "POST")}
    ),
    "orgs:import": lambda world: Subject(),
    "orgs:import-template": lambda world: Subject(),
    "orgs:import-one": _import,
    "orgs:import-state": _import,
    "orgs:import-confirm": _import,
    "orgs:import-withdraw": _import,
    "orgs:groups": lambda world: Subject(),
    "orgs:group": _group(),
    "orgs:group-change": _group(UnitPermission.GROUP),
    "orgs:group-remove": _group(UnitPermission.GROUP),
    "orgs:unit": _street(),
    "orgs:children": _street(),
    "orgs:add": _street(UnitPermission.MANAGE),
    "orgs:rename": _street(UnitPermission.MANAGE),
    "orgs:edit": _street(UnitPermission.MANAGE),
    "orgs:move": _street(UnitPermission.MANAGE, above=True),
    "orgs:merge": _street(UnitPermission.MANAGE, above=True),
    "orgs:split": _street(UnitPermission.MANAGE, above=True),
    "orgs:close": _street(UnitPermission.MANAGE, above=True),
    "orgs:group-add": _street(UnitPermission.GROUP),
}
