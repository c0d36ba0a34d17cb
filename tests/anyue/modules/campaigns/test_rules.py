"""The arithmetic of duties, deadlines, names and links: properties that hold for whatever comes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue.kernel import clock
from anyue.modules.campaigns.models import Duty
from anyue.modules.campaigns.rules import deadlines, links, naming, states
from anyue.modules.campaigns.rules.naming import UnitName, propose
from anyue.modules.campaigns.rules.states import Act

START = datetime(2025, 1, 1, tzinfo=UTC)
instants = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def weekday(day: date) -> bool:
    return day.weekday() < 5


# --- states ---------------------------------------------------------------------------------------------------------------


def test_the_words_of_the_rules_are_those_of_the_table() -> None:
    assert set(states.STATES) == set(Duty.State.values)
    assert set(states.KINDS) == set(Duty.Kind.values)


@given(
    st.sampled_from(states.KINDS),
    st.lists(st.tuples(st.sampled_from(list(Act)), st.booleans()), max_size=30),
)
def test_no_order_of_acts_leads_out_of_the_table(kind: str, acts: list[tuple[Act, bool]]) -> None:
    """Whatever is tried: a known state, nothing accepted that is neither done nor declined, receipts never half done."""
    state, accepted = states.OPEN, False
    for act, by_link in acts:
        found = states.after(act, state=state, kind=kind, accepted=accepted, by_link=by_link)
        if found is None:
            continue
        accepted = act in (Act.ACCEPT, Act.AGREE) or (accepted and act is Act.CONFIRM)
        state = found
        assert state in states.STATES
        assert not accepted or state in (states.DONE, states.NOT_OURS)
        assert kind not in (states.RECEIPT, states.LIAISON) or state not in (states.STARTED, states.NOT_OURS)


@pytest.mark.parametrize("act", [Act.TAKE_BACK, Act.SEND_BACK, Act.UNDO, Act.INSIST])
def test_what_the_office_accepted_only_the_office_reopens(act: Act) -> None:
    for state in (states.DONE, states.NOT_OURS):
        assert states.after(act, state=state, kind="task", accepted=True, by_link=True) is None
        assert states.after(Act.REOPEN, state=state, kind="task", accepted=True) is not None


def test_what_was_not_done_by_link_is_not_undone() -> None:
    assert states.after(Act.UNDO, state="done", kind="receipt", by_link=False) is None
    assert states.after(Act.UNDO, state="done", kind="receipt", by_link=True) == "open"


@given(st.booleans(), st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_only_the_unit_or_the_office_undoes_and_only_an_open_act_by_link(
    by_link: bool, is_own_unit: bool, is_office: bool, accepted: bool, open_campaign: bool
) -> None:
    allowed = states.may_undo(
        by_link=by_link, is_own_unit=is_own_unit, is_office=is_office, accepted=accepted, open_campaign=open_campaign
    )
    assert not allowed or (by_link and not accepted and open_campaign and (is_own_unit or is_office))


# --- deadlines ------------------------------------------------------------------------------------------------------------


@given(st.lists(st.none() | instants), st.none() | instants)
def test_below_nothing_is_later_than_above(above: list[datetime | None], due: datetime | None) -> None:
    limit = deadlines.latest_for(above)
    if deadlines.is_allowed(due, limit=limit):
        assert all(one is None or (due is not None and due <= one) for one in above)
    else:
        assert limit is not None
        assert due is None or due > limit


@given(instants, st.integers(0, 12))
def test_an_earlier_time_is_earlier_by_working_days_at_the_same_hour(due: datetime, count: int) -> None:
    found = deadlines.earlier(due, days=count, is_working=weekday)
    assert found is not None
    assert found <= due
    assert (found - due) % timedelta(days=1) == timedelta()
    last, was = clock.day_of(found - timedelta(microseconds=1)), clock.day_of(due - timedelta(microseconds=1))
    between = sum(weekday(last + timedelta(days=n)) for n in range((was - last).days))
    assert between == count


def test_a_day_that_ends_at_midnight_stays_one_when_it_moves() -> None:
    friday = clock.end_of(date(2026, 6, 19))
    assert deadlines.earlier(friday, days=1, is_working=weekday) == clock.end_of(date(2026, 6, 18))
    assert deadlines.earlier(friday, days=5, is_working=weekday) == clock.end_of(date(2026, 6, 12))


@given(days, st.integers(0, 10))
def test_the_nth_working_day_is_one_and_has_n_before_it(day: date, count: int) -> None:
    found = deadlines.working_day_after(day, count=count, is_working=weekday)
    assert weekday(found)
    passed = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    if count:
        assert sum(map(weekday, passed)) == count


@given(
    days,
    st.integers(0, 60),
    st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, unique=True),
)
def test_every_named_day_of_the_week_is_found_once(first: date, length: int, names: list[str]) -> None:
    last = first + timedelta(days=length)
    found = deadlines.occurrences(
        f"FREQ=WEEKLY;BYDAY={','.join(names)};BYHOUR=16;BYMINUTE=30", first=first, last=last, is_working=weekday
    )
    wanted = [first + timedelta(days=n) for n in range(length + 1)]
    wanted = [day for day in wanted if ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.weekday()] in names]
    assert [one.due_at for one in found] == [clock.at(day, 16, 30) for day in wanted]
    assert [one.number for one in found] == list(range(1, len(wanted) + 1))


def test_the_last_day_of_a_month_and_days_off_are_counted_right() -> None:
    first, last = date(2026, 6, 1), date(2026, 6, 30)
    end = deadlines.occurrences("FREQ=MONTHLY;BYMONTHDAY=-1", first=first, last=last, is_working=weekday)
    assert [one.due_at for one in end] == [clock.end_of(date(2026, 6, 30))]
    tens = deadlines.occurrences(
        "FREQ=MONTHLY;BYMONTHDAY=10,20", first=first, last=last, is_working=weekday, moves=True
    )
    assert [clock.day_of(one.due_at - timedelta(seconds=1)) for one in tens] == [date(2026, 6, 10), date(2026, 6, 22)]
    assert deadlines.occurrences("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", first=first, last=last, is_working=weekday) == []


# --- links ----------------------------------------------------------------------------------------------------------------


@given(
    st.binary(min_size=16, max_size=64), st.binary(min_size=16, max_size=64), st.text(max_size=32), st.text(max_size=32)
)
def test_a_token_is_256_bits_and_belongs_to_one_key_and_one_nonce(a: bytes, b: bytes, x: str, y: str) -> None:
    token = links.token(a, x)
    assert links.is_token(token)
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert (links.token(b, y) == token) == ((a, x) == (b, y))
    assert links.digest(token) != token


@given(st.text())
def test_whatever_is_typed_has_a_digest(written: str) -> None:
    assert len(links.digest(written)) == 64


def test_nonces_do_not_repeat() -> None:
    assert len({links.new_nonce() for _ in range(1000)}) == 1000


# --- names ----------------------------------------------------------------------------------------------------------------

OWN = UnitName(1, "云汀区", "", "county", is_child=False)
UNITS = [
    UnitName(2, "望榆街道办事处", "望榆街道", "township"),
    UnitName(3, "长兴镇人民政府", "长兴镇", "township"),
    UnitName(4, "柳岸社区居民委员会", "柳岸社区", "community", is_child=False),
    UnitName(5, "荷风社区", "", "community", is_child=False),
    UnitName(6, "云汀区教育局", "", "department"),
    UnitName(7, "云汀区应急管理局", "", "department"),
    UnitName(8, "云汀区融媒体中心", "", "institution"),
    UnitName(9, "云汀区消防救援大队", "", "stationed"),
    UnitName(10, "榆光公司", "", "enterprise", is_child=False),
    UnitName(11, "望榆街道公共安全办公室", "", "department", is_child=False),
]
GROUPS = {"区安委会成员单位": [6, 7]}
ADDRESSED = (2, 3, 4)


@pytest.mark.parametrize(
    ("words", "units", "why", "is_sure"),
    [
        ("各街道", {2, 3}, "kind", True),
        ("各街道办事处", {2, 3}, "kind", True),
        ("每个街道", {2, 3}, "kind", True),
        ("四街一镇", {2, 3}, "kind", True),
        ("各社区居民委员会", {4, 5}, "kind", True),
        ("社区居委会", {4, 5}, "kind", True),
        ("村（居）委会", {4, 5}, "kind", True),
        ("各街道、各社区", {2, 3, 4, 5}, "parts", True),
        ("各成员单位", {6, 7}, "group", True),
        ("区安委会有关成员单位", {6, 7}, "group", False),
        ("区教育局", {6}, "end", True),
        ("教育局", {6}, "end", True),
        ("区应急局", {7}, "abbreviation", False),
        ("区融媒体中心", {8}, "end", True),
        ("直属事业单位", {8}, "kind", True),
        ("各驻区机构", {9}, "kind", True),
        ("各科室", {6, 7}, "kind", True),
        ("各部门", {6, 7, 8, 9}, "kind", True),
        ("各有关部门", {6, 7, 8, 9}, "kind", False),
        ("辖区企业", {10}, "kind", True),
        ("长兴镇", {3}, "short", True),
        ("云汀区", {1}, "own", True),
        ("各单位", {2, 3, 4}, "addressed", True),
        ("各有关部门和单位", {2, 3, 4}, "addressed", False),
        ("level:county", {1}, "own", True),
        ("level:community", {4, 5}, "level", True),
        ("level:household", set(), "none", False),
        ("区安委", set(), "none", False),
        ("区市场监督管理局", set(), "none", False),
        ("全体党员", set(), "none", False),
        ("*", set(), "nobody", False),
    ],
)  # fmt: skip
def test_whom_the_words_of_notices_mean(words: str, units: set[int], why: str, is_sure: bool) -> None:
    found = propose(words, own=OWN, units=UNITS, groups=GROUPS, addressed=ADDRESSED)
    assert (set(found.units), found.why, found.is_sure) == (units, why, is_sure)


@given(st.text(alphabet="各区街道社区、教育局应急和及有关部门单位企业村（）()", max_size=14))
def test_only_known_units_are_proposed_and_never_surely_nobody(words: str) -> None:
    found = propose(words, own=OWN, units=UNITS, groups=GROUPS, addressed=ADDRESSED)
    assert set(found.units) <= {unit.id for unit in [OWN, *UNITS]}
    assert len(found.units) == len(set(found.units))
    assert found.why in naming.REASONS
    assert found.units or not found.is_sure


def test_a_task_without_names_is_looked_up_by_its_levels() -> None:
    assert naming.words_of(["各街道", "各街道"], ["township"]) == ("各街道",)
    assert naming.words_of([], ["township", "community"]) == ("level:township", "level:community")
    assert naming.words_of([], []) == ("*",)
    assert naming.owers(("a", "b", "c"), {"a": [1, 2], "b": [2, 3]}) == {1, 2, 3}
