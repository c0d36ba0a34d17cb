"""What may be done to units, by whom, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from anyue.kernel.clock import today
from anyue.kernel.errors import RefusedError
from anyue.modules.orgs import selectors, services
from anyue.modules.orgs.models import Change, Kind, PastUnit, Unit
from anyue.modules.orgs.services import Draft, Succession, successions
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, ActorKind, Held

from .trees import LONG_AGO, SYSTEM, grown

pytestmark = pytest.mark.django_db
LATER = date(2025, 3, 1)
LINES = (
    "county 云汀区 120105000000",
    "  township 石塘街道 120105002000",
    "    community 长安园社区",
    "    department 党政办公室",
    "  township 柳湾街道 120105003000",
    "    department 党政办公室",
    "    community 河畔社区",
    "  department 应急管理局",
)


def admin_of(unit: Unit) -> Actor:
    return Actor(ActorKind.PERSON, "7", "云汀区管理员", (Held("unit_admin", unit.path),))


def refused(error: pytest.ExceptionInfo[RefusedError]) -> str:
    return error.value.problem.code


def test_a_unit_is_kept_tidied_with_initials_and_an_audit_entry() -> None:
    unit = services.unit_add(by=SYSTEM, name=" 云 汀 区 ", kind="county", code="120105", on=LONG_AGO)

    assert (unit.name, unit.code, unit.initials, unit.path) == ("云汀区", "120105000000", "ytq", "0000")
    entry = Entry.objects.get(action="unit.added")
    assert (entry.place, entry.after["name"], entry.after["on"]) == ("0000", "云汀区", "2020-01-01")


def test_an_administrator_changes_units_below_hers_and_not_her_own_place() -> None:
    units = grown(*LINES)
    by = admin_of(units["石塘街道"])

    assert services.unit_add(by=by, name="新里社区", kind="community", parent=units["石塘街道"]).pk
    with pytest.raises(RefusedError) as error:
        services.unit_add(by=by, name="新里社区", kind="community", parent=units["柳湾街道"])
    assert refused(error) == "orgs.not_allowed"
    with pytest.raises(RefusedError) as error:
        services.unit_close(by=by, unit=units["石塘街道"], on=today(), below=True)
    assert refused(error) == "orgs.not_allowed"
    with pytest.raises(RefusedError) as error:
        services.unit_move(by=by, unit=units["长安园社区"], parent=units["柳湾街道"], on=LATER)
    assert refused(error) == "orgs.not_allowed"
    with pytest.raises(RefusedError) as error:
        services.unit_add(by=admin_of(units["云汀区"]), name="另一区", kind="county")
    assert refused(error) == "orgs.not_allowed"


def test_everything_wrong_with_a_new_unit_is_said_at_once_beside_its_field() -> None:
    units = grown(*LINES)
    with pytest.raises(RefusedError) as error:
        services.unit_add(
            by=SYSTEM,
            name=" ",
            kind="community",
            code="120105002",
            uscc="91350100M000100Y4Z",
            parent=units["应急管理局"],
        )
    assert {name: problem.code for name, problem in error.value.fields.items()} == {
        "name": "orgs.name_missing",
        "code": "orgs.code_kind",
        "uscc": "orgs.uscc",
        "kind": "orgs.kind_place",
    }
    for problem in error.value.fields.values():
        assert problem.text % error.value.details


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "石塘街道"}, "orgs.name_taken"),
        ({"name": "别的街道", "code": "120105002000"}, "orgs.code_taken"),
        ({"name": "别的街道", "code": "120105"}, "orgs.code_kind"),
        ({"name": "别的街道", "code": "12010500"}, "orgs.code_length"),
        ({"name": "别的街道", "code": "街道"}, "orgs.code_shape"),
        ({"name": "别的街道", "area_code": "123"}, "orgs.area_code"),
        ({"name": "石" * 121}, "orgs.name_long"),
    ],
)
def test_a_new_street_is_refused_for_what_is_wrong_with_it(given: dict[str, str], code: str) -> None:
    units = grown(*LINES)
    with pytest.raises(RefusedError) as error:
        services.unit_add(by=SYSTEM, kind="township", parent=units["云汀区"], **given)  # type: ignore[arg-type]
    assert refused(error) == code
    assert error.value.problem.text % error.value.details


def test_a_renamed_unit_was_called_as_it_was_before_that_day() -> None:
    units = grown(*LINES)
    services.unit_rename(by=SYSTEM, unit=units["石塘街道"], name="石塘新街道", on=LATER, note="区政府批复")

    (before,) = [
        n for n in selectors.children_on(units["云汀区"], LATER - timedelta(days=1)) if n.code == "120105002000"
    ]
    (after,) = [n for n in selectors.children_on(units["云汀区"], LATER) if n.code == "120105002000"]
    assert (before.name, after.name) == ("石塘街道", "石塘新街道")
    change = selectors.history_of(units["石塘街道"])[0]
    assert (change.what, change.before, change.after, change.note) == (
        "renamed",
        "石塘街道",
        "石塘新街道",
        "区政府批复",
    )


def test_moving_takes_all_below_along_in_as_many_queries_whatever_their_number() -> None:
    counts = []
    for size in (1, 40):
        units = grown(f"county 甲区{size}", "  township 石塘街道", f"county 乙区{size}")
        for number in range(size):
            services.unit_add(
                by=SYSTEM, name=f"第{number}社区", kind="community", parent=units["石塘街道"], on=LONG_AGO
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            moved = services.unit_move(by=SYSTEM, unit=units["石塘街道"], parent=units[f"乙区{size}"], on=LATER)
        counts.append(len(queries))
        assert selectors.below(units[f"乙区{size}"]).count() == size + 1
        assert selectors.below(moved).count() == size
        assert len(selectors.descendants_on(units[f"甲区{size}"], LATER - timedelta(days=1))) == size + 1
        assert selectors.descendants_on(units[f"甲区{size}"], LATER) == []
    assert counts[0] == counts[1]


def test_a_unit_goes_neither_below_itself_nor_where_it_is_nor_below_a_closed_one() -> None:
    units = grown("zone 东区", "  zone 中区", "    zone 小区", "zone 西区")
    services.unit_close(by=SYSTEM, unit=units["西区"], on=LATER)
    for parent, code in (("小区", "orgs.cycle"), ("东区", "orgs.cycle"), ("西区", "orgs.closed")):
        with pytest.raises(RefusedError) as error:
            services.unit_move(by=SYSTEM, unit=units["东区"], parent=units[parent], on=today())
        assert refused(error) == code
    with pytest.raises(RefusedError) as error:
        services.unit_move(by=SYSTEM, unit=units["中区"], parent=units["东区"], on=today())
    assert refused(error) == "orgs.same_place"


def test_a_change_is_dated_neither_before_the_last_nor_after_today() -> None:
    units = grown(*LINES)
    services.unit_rename(by=SYSTEM, unit=units["长安园社区"], name="长安里社区", on=LATER)
    with pytest.raises(RefusedError) as error:
        services.unit_close(by=SYSTEM, unit=units["石塘街道"], on=LATER - timedelta(days=1), below=True)
    assert refused(error) == "orgs.too_early"
    assert error.value.details["name"] == "长安里社区"
    with pytest.raises(RefusedError) as error:
        services.unit_rename(by=SYSTEM, unit=units["柳湾街道"], name="柳湾", on=today() + timedelta(days=1))
    assert refused(error) == "orgs.in_future"


def test_the_tree_never_grows_deeper_than_its_paths_reach() -> None:
    parent = None
    for number in range(16):
        parent = services.unit_add(by=SYSTEM, name=f"第{number}室", kind="department", parent=parent, on=LONG_AGO)
    with pytest.raises(RefusedError) as error:
        services.unit_add(by=SYSTEM, name="再一室", kind="department", parent=parent)
    assert refused(error) == "orgs.too_deep"
    top = services.unit_add(by=SYSTEM, name="顶", kind="department", on=LONG_AGO)
    with pytest.raises(RefusedError) as error:
        services.unit_move(by=SYSTEM, unit=Unit.objects.get(name="第0室"), parent=top, on=LATER)
    assert refused(error) == "orgs.too_deep"


def test_merging_streets_moves_their_communities_and_makes_offices_of_one_name_one() -> None:
    units = grown(*LINES)
    group = services.group_add(by=SYSTEM, owner=units["云汀区"], name="两街道", units=[units["石塘街道"]])
    services.units_merge(by=SYSTEM, units=[units["石塘街道"]], into=units["柳湾街道"], on=LATER, note="撤并")

    below = selectors.below(units["柳湾街道"])
    assert sorted(below.values_list("name", flat=True)) == ["党政办公室", "河畔社区", "长安园社区"]
    gone = Unit.objects.get(pk=units["石塘街道"].pk)
    assert gone.closed_on == LATER
    assert set(selectors.members_of(group)) == {units["柳湾街道"]}
    before = {node.name for node in selectors.descendants_on(units["石塘街道"], LATER - timedelta(days=1))}
    assert before == {"长安园社区", "党政办公室"}
    assert Change.objects.filter(what="merged").count() == 2


def test_two_become_a_new_one_that_takes_over_the_code_of_one() -> None:
    units = grown(*LINES)
    new = services.units_merge(
        by=SYSTEM,
        units=[units["石塘街道"], units["柳湾街道"]],
        into=Draft("石塘街道", Kind.TOWNSHIP, "120105002000"),
        on=LATER,
    )
    assert new.code == "120105002000"
    assert new.pk not in {units["石塘街道"].pk, units["柳湾街道"].pk}
    then = selectors.tree_on(LATER - timedelta(days=1)).nodes
    assert then[units["石塘街道"].pk].code == "120105002000"
    assert new.pk not in then


def test_only_units_of_one_kind_merge_and_something_must() -> None:
    units = grown(*LINES)
    with pytest.raises(RefusedError) as error:
        services.units_merge(by=SYSTEM, units=[units["长安园社区"]], into=units["柳湾街道"], on=LATER)
    assert refused(error) == "orgs.merge_kind"
    with pytest.raises(RefusedError) as error:
        services.units_merge(by=SYSTEM, units=[units["柳湾街道"]], into=units["柳湾街道"], on=LATER)
    assert refused(error) == "orgs.merge_nothing"
    assert not PastUnit.objects.exists()


def test_followers_hear_of_each_merger_inside_its_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[Succession] = []
    monkeypatch.setattr(successions, "_FOLLOWERS", [])
    services.follow(heard.append)
    services.follow(heard.append)
    units = grown(*LINES)
    services.units_merge(by=SYSTEM, units=[units["石塘街道"]], into=units["柳湾街道"], on=LATER)
    assert [(each.unit.name, each.into.name) for each in heard] == [
        ("党政办公室", "党政办公室"),
        ("石塘街道", "柳湾街道"),
    ]


def test_a_street_splits_and_its_communities_go_where_they_are_sent() -> None:
    units = grown(*LINES)
    (new,) = services.unit_split(
        by=SYSTEM,
        unit=units["石塘街道"],
        into=[Draft("石塘北街道", Kind.TOWNSHIP, "120105004000")],
        below={units["长安园社区"].pk: 0},
        on=LATER,
    )
    assert [unit.name for unit in selectors.below(new)] == ["长安园社区"]
    assert [unit.name for unit in selectors.below(units["石塘街道"])] == ["党政办公室"]
    assert selectors.history_of(units["石塘街道"])[0].unit == new


def test_a_street_that_closes_by_splitting_leaves_nobody_without_a_place() -> None:
    units = grown(*LINES)
    with pytest.raises(RefusedError) as error:
        services.unit_split(
            by=SYSTEM,
            unit=units["石塘街道"],
            into=[Draft("石塘北街道", Kind.TOWNSHIP)],
            below={units["长安园社区"].pk: 0},
            close=True,
            on=LATER,
        )
    assert (refused(error), error.value.details["count"]) == ("orgs.split_left", 1)
    with pytest.raises(RefusedError) as error:
        services.unit_split(
            by=SYSTEM,
            unit=units["石塘街道"],
            into=[Draft("甲", Kind.TOWNSHIP)],
            below={units["河畔社区"].pk: 0},
            on=LATER,
        )
    assert refused(error) == "orgs.split_child"


def test_closing_asks_before_it_takes_others_along() -> None:
    units = grown(*LINES)
    with pytest.raises(RefusedError) as error:
        services.unit_close(by=SYSTEM, unit=units["石塘街道"], on=LATER)
    assert (refused(error), error.value.details["count"]) == ("orgs.has_units", 2)
    services.unit_close(by=SYSTEM, unit=units["石塘街道"], on=LATER, below=True)
    assert Unit.objects.filter(closed_on=LATER).count() == 3
    with pytest.raises(RefusedError) as error:
        services.unit_rename(by=SYSTEM, unit=units["石塘街道"], name="又一个", on=today())
    assert refused(error) == "orgs.closed"


def test_a_code_that_changes_with_the_year_is_kept_by_date() -> None:
    units = grown(*LINES)
    services.unit_edit(by=SYSTEM, unit=units["石塘街道"], code="120105005000", phone=" 12345 ", on=LATER)
    assert selectors.tree_on(LATER - timedelta(days=1)).nodes[units["石塘街道"].pk].code == "120105002000"
    assert Unit.objects.get(code="120105005000").phone == "12345"
    services.unit_edit(by=SYSTEM, unit=units["石塘街道"], code="", on=today())
    assert Unit.objects.get(pk=units["石塘街道"].pk).code is None


def test_a_kind_changes_only_where_those_below_may_stay() -> None:
    units = grown(*LINES)
    with pytest.raises(RefusedError) as error:
        services.unit_edit(by=SYSTEM, unit=units["石塘街道"], kind="department", code="", on=LATER)
    assert refused(error) == "orgs.kind_place"


def test_a_list_with_a_rule_holds_the_communities_of_the_day_it_is_used() -> None:
    units = grown(*LINES)
    group = services.group_add(
        by=SYSTEM, owner=units["云汀区"], name="各社区", kinds=["community"], units=[units["应急管理局"]]
    )
    assert {unit.name for unit in selectors.members_of(group)} == {"长安园社区", "河畔社区", "应急管理局"}
    services.unit_add(by=SYSTEM, name="新里社区", kind="community", parent=units["石塘街道"])
    services.unit_close(by=SYSTEM, unit=units["河畔社区"], on=today())
    assert {unit.name for unit in selectors.members_of(group)} == {"长安园社区", "新里社区", "应急管理局"}


def test_a_list_holds_only_units_that_its_keeper_sees_and_each_name_once() -> None:
    units = grown(*LINES)
    by = admin_of(units["石塘街道"])
    with pytest.raises(RefusedError) as error:
        services.group_add(by=by, owner=units["石塘街道"], name="外面的", units=[units["河畔社区"]])
    assert refused(error) == "orgs.group_outside"
    services.group_add(by=by, owner=units["石塘街道"], name="各社区", kinds=["community"])
    with pytest.raises(RefusedError) as error:
        services.group_add(by=by, owner=units["石塘街道"], name="各社区")
    assert refused(error) == "orgs.group_taken"
    with pytest.raises(RefusedError) as error:
        services.group_add(by=by, owner=units["柳湾街道"], name="各社区")
    assert refused(error) == "orgs.not_allowed"


def test_reading_is_limited_to_what_the_actor_sees() -> None:
    units = grown(*LINES)
    by = admin_of(units["石塘街道"])
    assert {unit.name for unit in selectors.units_for(by)} == {"石塘街道", "长安园社区", "党政办公室"}
    assert selectors.groups_for(by).count() == 0
    assert not selectors.units_for(Actor.anonymous()).exists()


def test_units_are_found_by_name_code_and_initials() -> None:
    grown(*LINES)
    every = selectors.units_for(SYSTEM)
    for words in ("石塘", "stjd", "STJ", "120105002", "120105002000", " 石 塘 "):
        assert "石塘街道" in {unit.name for unit in selectors.search(every, words)}, words
    assert not selectors.search(every, "没有的").exists()
    assert not selectors.search(every, "zz").exists()


def test_below_is_told_by_kind_and_depth() -> None:
    units = grown(*LINES)
    top = units["云汀区"]
    assert selectors.below(top).count() == 7
    assert {unit.name for unit in selectors.below(top, depth=1)} == {"石塘街道", "柳湾街道", "应急管理局"}
    assert selectors.below(top, kinds=["community"], depth=1).count() == 0
    assert selectors.below(top, kinds=[Kind.COMMUNITY]).count() == 2
    assert selectors.level_of(units["应急管理局"]) == "department"


def test_no_state_is_lost_when_a_closed_unit_goes_along_with_its_street() -> None:
    units = grown(*LINES)
    services.unit_close(by=SYSTEM, unit=units["长安园社区"], on=LATER)
    services.unit_move(
        by=SYSTEM,
        unit=units["石塘街道"],
        parent=services.unit_add(by=SYSTEM, name="新区", kind="county", on=LONG_AGO),
        on=LATER + timedelta(days=9),
    )
    assert selectors.path_on(units["长安园社区"], LATER - timedelta(days=1)) == units["长安园社区"].path
    assert selectors.path_on(units["长安园社区"], LATER) is None
    gone = Unit.objects.get(pk=units["长安园社区"].pk)
    assert gone.path.startswith(Unit.objects.get(pk=units["石塘街道"].pk).path)
