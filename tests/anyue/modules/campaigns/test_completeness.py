"""Completeness: what it counts is what anybody counts by hand, for whomever it is asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.kernel import clock, paths
from anyue.modules.campaigns.models import Campaign, Duty, Participation, Requirement, Task
from anyue.modules.campaigns.rules.counting import Tally, tally, total
from anyue.modules.campaigns.selectors import completeness, completeness_by_part
from anyue.modules.campaigns.selectors.completeness import cells_of, key_of
from anyue.modules.orgs.models import Kind, Unit
from anyue.platform.authz import Actor
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, make_tree, make_unit, make_user

from .makers import running

pytestmark = pytest.mark.django_db

NOW = clock.at(date(2026, 6, 12), 10)
SYSTEM = Actor.system("tests")
_states = st.sampled_from(Duty.State.values)
_dues = st.sampled_from([None, NOW - timedelta(hours=1), NOW, NOW + timedelta(hours=1)])


def campaign_of(tree: Tree) -> Campaign:
    """A running campaign with a receipt, a return and three tasks, and nobody who owes them yet."""
    made = Campaign.objects.create(
        unit=tree.district,
        name="安全生产月活动",
        year=2026,
        starts_on="2026-06-01",
        ends_on="2026-06-30",
        state=Campaign.State.RUNNING,
        created_by="测试",
        published_at=NOW,
        published_by="测试",
    )
    Requirement.objects.create(campaign=made, kind="return", title="活动情况统计表")
    Task.objects.bulk_create(Task(campaign=made, text=f"任务{number}", number=number) for number in range(3))
    return made


def owe(campaign: Campaign, unit: Unit, kind: str, state: str, due_at: datetime | None, **more: Any) -> Duty:
    """A duty of ``unit``, with the marks that its state must have."""
    done = state == Duty.State.DONE
    declined = state == Duty.State.NOT_OURS
    return Duty.objects.create(
        campaign=campaign,
        unit=unit,
        kind=kind,
        title=str(more.get("task") or more.get("requirement") or kind),
        state=state,
        due_at=due_at,
        done_at=more.pop("done_at", NOW) if done else None,
        done_by="测试" if done else "",
        reason="不涉及" if declined else "",
        declined_at=NOW if declined else None,
        declined_by="测试" if declined else "",
        subject=f"campaigns.requirement:{more['requirement'].pk}" if "requirement" in more else "",
        **more,
    )


def by_hand(duties: list[Duty]) -> dict[str, Tally]:
    """Each duty looked at, one after the other."""
    found: dict[str, Tally] = {}
    for duty in duties:
        if duty.state == Duty.State.DROPPED:
            continue
        key = key_of({"kind": duty.kind, "handed": duty.requirement_id, "name": duty.title})
        late = duty.state in ("open", "started") and duty.due_at is not None and duty.due_at <= NOW
        done_late = duty.state == "done" and duty.due_at is not None and (duty.done_at or NOW) >= duty.due_at
        found[key] = found.get(key, Tally()) + Tally(
            1,
            duty.state == "done",
            done_late,
            late,
            duty.state == "not_ours" and duty.accepted_at is None,
            duty.state == "not_ours" and duty.accepted_at is not None,
        )
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 4), _states, _dues, st.booleans()),
        max_size=24,
        unique_by=lambda row: row[:2],
    )
)
def test_what_it_counts_is_what_is_counted_by_hand_and_streets_add_up_to_the_district(
    transactional: None, rows: list[tuple[int, int, str, datetime | None, bool]]
) -> None:
    tree = make_tree()
    campaign = campaign_of(tree)
    units = [tree.street, tree.other_street, tree.community, tree.other_community, tree.department, tree.enterprise]
    tasks, handed = list(campaign.tasks.all()), campaign.requirements.get()
    with clock.held_at(NOW):
        for unit, what, state, due_at, agreed in rows:
            marks: dict[str, Any] = {"accepted_at": NOW, "accepted_by": "测试"} if agreed else {}
            if what == 0:
                owe(campaign, units[unit], "receipt", state, due_at, **marks)
            elif what == 1:
                owe(campaign, units[unit], "return", state, due_at, requirement=handed, **marks)
            else:
                owe(campaign, units[unit], "task", state, due_at, task=tasks[what - 2], **marks)
        found = completeness(SYSTEM, campaign)
        parts = completeness_by_part(SYSTEM, campaign)
        rows_of = list(campaign.duties.all())
        assert dict(found.tallies) == by_hand(rows_of)
        assert found.units == len({duty.unit_id for duty in rows_of if duty.state != Duty.State.DROPPED})
        assert total(part.total for part in parts) == found.total
        assert sum(part.units for part in parts) == found.units
        for part in parts:
            below = [duty for duty in rows_of if paths.within(duty.unit.path, part.unit.path)]
            assert dict(part.tallies) == by_hand(below)
            assert completeness(SYSTEM, campaign, top=part.unit).tallies == part.tallies
        for unit_ in units:
            own = [duty for duty in rows_of if duty.unit_id == unit_.pk and duty.state != Duty.State.DROPPED]
            assert cells_of(own) == by_hand(own)


@pytest.fixture
def transactional(db: None) -> None:
    """Each example leaves its rows; every one has a campaign and units of its own."""


@given(state=_states, due_at=_dues, done_at=st.sampled_from([NOW, NOW - timedelta(days=1)]), accepted=st.booleans())
def test_a_duty_is_one_of_done_late_declined_exempt_or_open(
    state: str, due_at: datetime | None, done_at: datetime, accepted: bool
) -> None:
    one = tally(state=state, due_at=due_at, done_at=done_at, accepted=accepted, at=NOW)
    assert one.asked == one.done + one.late + one.declined + one.exempt + one.open
    assert one.done_late <= one.done
    assert one.open >= 0


@pytest.mark.parametrize(
    ("done", "of", "percent"), [(0, 0, None), (0, 500, 0), (1, 500, 1), (499, 500, 99), (3, 3, 100)]
)
def test_a_rate_says_nought_and_all_only_where_it_is_so(done: int, of: int, percent: int | None) -> None:
    assert Tally(asked=of, done=done).percent == percent


def test_a_street_counts_its_own_and_its_communities_and_nobody_elses(tree: Tree) -> None:
    campaign = running(tree)
    street = completeness(actor_for(make_user("unit_admin", tree.street)), campaign)
    assert street.units == 3
    assert street.tallies["receipt"] == Tally(asked=3)
    officer = completeness(actor_for(make_user("liaison_officer", tree.community)), campaign)
    assert officer.units == 1
    assert completeness(actor_for(make_user("unit_admin", tree.stranger_district)), campaign).units == 0


def test_columns_stand_as_an_office_thinks_of_them_with_the_time_that_all_have(tree: Tree) -> None:
    campaign = running(tree)
    found = completeness(SYSTEM, campaign)
    assert [item.kind for item in found.items] == ["receipt", "liaison", "return", "task"]
    assert found.items[2].title == "活动情况统计表"
    assert found.items[2].due_at == clock.due_instant("2026-06-20")
    assert found.items[3].due_at is None  # tasks of different times


def test_levels_narrow_what_is_counted(tree: Tree) -> None:
    campaign = running(tree)
    assert completeness(SYSTEM, campaign, levels=[Kind.COMMUNITY]).units == 2


def test_what_the_office_owes_itself_is_not_asked_of_the_units_below(tree: Tree) -> None:
    campaign = running(tree)
    task = campaign.tasks.first()
    assert task is not None
    before = completeness(SYSTEM, campaign).total
    owe(campaign, tree.district, "task", "open", None, task=task)
    assert completeness(SYSTEM, campaign).total == before


def test_more_units_cost_no_more_queries(tree: Tree, assert_queries_at_most: Limit) -> None:
    campaign = campaign_of(tree)
    more = [make_unit(parent=tree.street, kind=Kind.COMMUNITY) for _ in range(30)]
    Participation.objects.bulk_create(Participation(campaign=campaign, unit=unit) for unit in more)
    Duty.objects.bulk_create(Duty(campaign=campaign, unit=unit, kind="receipt", title="签收") for unit in more)
    with assert_queries_at_most(2):
        assert completeness(SYSTEM, campaign).units == 30
    with assert_queries_at_most(3):
        assert [part.units for part in completeness_by_part(SYSTEM, campaign)] == [30]
