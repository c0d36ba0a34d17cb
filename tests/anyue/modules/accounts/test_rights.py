"""What is in force, whatever happened before: the engine, the naive definition and the two screens say the same."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.kernel import clock
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import Grant, User
from anyue.modules.accounts.permissions import AccountPermission
from anyue.modules.accounts.selectors import Reason, people_seen, person_seen, rights_of, who_may
from anyue.modules.accounts.services import (
    grant_delegate,
    grant_end,
    grant_give,
    grant_undelegate,
    person_restore,
    person_suspend,
)
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, Reach, can, registered, role_named, roles
from tests.anyue.factories import Tree, actor_for, grant, make_tree, make_user

SYSTEM = Actor.system("test")
APART = frozenset({"system_admin", "security_auditor", "business_admin"})
MODULES = (
    "models",
    "rules",
    "services.guards",
    "services.grants",
    "services.delegations",
    "services.people",
    "selectors.actors",
    "selectors.people",
    "selectors.rights",
)


@dataclass(frozen=True)
class Held:
    """A grant as a person would write it on paper."""

    pk: int
    user: int
    role: str
    unit: str | None
    start: datetime
    until: datetime | None
    source: int | None
    ended: bool = False


class Paper:
    """The naive book-keeping beside the database."""

    def __init__(self) -> None:
        self.held: dict[int, Held] = {}
        self.suspended: set[int] = set()

    def add(self, row: Grant) -> None:
        path = row.unit.path if row.unit else None
        self.held[row.pk] = Held(row.pk, row.user_id, row.role, path, row.from_at, row.until_at, row.delegated_from_id)

    def end(self, pk: int) -> None:
        for held in list(self.held.values()):
            if pk in {held.pk, held.source}:
                self.held[held.pk] = replace(held, ended=True)

    def runs(self, held: Held, at: datetime) -> bool:
        return (
            not held.ended
            and held.user not in self.suspended
            and held.start <= at
            and (held.until is None or at < held.until)
            and (held.source is None or self.runs(self.held[held.source], at))
        )

    def may(self, user: int, permission: object, path: str, at: datetime) -> bool:
        for held in self.held.values():
            role = role_named(held.role)
            reach = role.permissions.get(permission) if role else None  # type: ignore[call-overload]
            if held.user != user or reach is None or not self.runs(held, at):
                continue
            if held.unit is None:
                there = reach is Reach.SUBTREE
            else:
                there = path.startswith(held.unit) if reach is Reach.SUBTREE else path == held.unit
            if there:
                return True
        return False


class Time:
    """The clock of the house, under our hand."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.at = clock.now()
        for module in MODULES:
            for name, read in (("now", self.now), ("today", self.today)):
                patch.setattr(f"anyue.modules.accounts.{module}.{name}", read, raising=False)

    def now(self) -> datetime:
        return self.at

    def today(self) -> object:
        return clock.day_of(self.at)


acts = st.lists(
    st.tuples(
        st.sampled_from(
            ["give", "give", "give", "end", "delegate", "delegate", "undelegate", "suspend", "restore", "wait"]
        ),
        st.integers(0, 99),
        st.integers(0, 99),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=24,
)


@pytest.mark.django_db
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_after_any_sequence_of_acts_the_rights_are_the_naive_ones_and_three_stay_apart(
    db: None, acts: list[tuple[str, int, int, int, int]]
) -> None:
    Grant.objects.all().delete()
    User.objects.all().delete()
    Unit.objects.all().delete()
    tree = make_tree()
    places = [tree.district, tree.street, tree.community, tree.stranger_street]
    with pytest.MonkeyPatch.context() as patch:
        time, paper = Time(patch), Paper()
        people = [make_user(None, place) for place in places] + [make_user(None, tree.street) for _ in range(2)]
        business = make_user("business_admin")
        paper.add(business.grants.get())
        for what, one, two, three, four in acts:
            actors = [SYSTEM, actor_for(business), *(actor_for(person) for person in people)]
            with suppress(RefusedError):
                _act(what, actors[one % len(actors)], [two, three, four], people, places, time, paper)
            _three_stay_apart(paper)
        _same(paper, [*people, business], [*places, tree.other_street], time)


def _act(
    what: str, by: Actor, pick: list[int], people: list[User], places: list[Unit], time: Time, paper: Paper
) -> None:
    person = people[pick[0] % len(people)]
    grants = list(Grant.objects.select_related("unit", "user", "delegated_from__user").order_by("pk"))
    grant = grants[pick[1] % len(grants)]
    if what == "give":
        role = roles()[pick[1] % len(roles())]
        unit = None if role.everywhere else places[pick[2] % len(places)]
        start = time.at + timedelta(days=pick[2] % 3)
        until = None if pick[2] % 2 else start + timedelta(days=1 + pick[2] % 4)
        paper.add(grant_give(by=by, user=person, role=role.code, unit=unit, start=start, until=until))
    elif what == "end":
        grant_end(by=by, grant=grant)
        paper.end(grant.pk)
    elif what == "delegate":
        until_on = clock.day_of(time.at) + timedelta(days=pick[2] % 5)
        for row in grant_delegate(by=actor_for(grant.user), grants=[grant], to=person, until_on=until_on):
            paper.add(row)
    elif what == "undelegate":
        grant_undelegate(by=actor_for(grant.delegated_from.user) if grant.delegated_from else by, grant=grant)
        paper.end(grant.pk)
    elif what == "suspend":
        person_suspend(by=by, user=person, reason="")
        paper.suspended.add(person.pk)
    elif what == "restore":
        person_restore(by=by, user=person)
        paper.suspended.discard(person.pk)
    else:
        time.at += timedelta(hours=1 + pick[0] % 60)


def _three_stay_apart(paper: Paper) -> None:
    """Not now and at no later moment, even if every suspended person came back."""
    rows = [held for held in paper.held.values() if held.role in APART and not held.ended]
    for one in rows:
        for other in rows:
            if one.user == other.user and one.role != other.role:
                over = [held.until for held in (one, other) if held.until is not None]
                assert over
                assert max(one.start, other.start) >= min(over), (one, other)


def _reaches(reason: Reason, place: Unit) -> bool:
    unit = reason.grant.unit
    if unit is None:
        return True
    return place.path.startswith(unit.path) if reason.goes_below else place == unit


def _same(paper: Paper, people: list[User], places: list[Unit], time: Time) -> None:
    for person in people:
        person.refresh_from_db()
        actor = actor_for(person)
        said = {right.permission: right for right in rights_of(person)}
        for permission in registered():
            for place in places:
                naive = paper.may(person.pk, permission, place.path, time.at)
                assert can(actor, permission, place.path) is naive
                reasons = said[permission].reasons
                assert naive is any(_reaches(reason, place) for reason in reasons)
    for permission in registered():
        for place in places:
            found = {reason.grant.user_id for reason in who_may(permission, place)}
            assert found == {one.pk for one in people if paper.may(one.pk, permission, place.path, time.at)}


def test_whom_one_sees_is_who_works_or_holds_a_role_there(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.street)
    below, beside = make_user(None, tree.community), make_user(None, tree.other_street)
    guest = make_user(None, tree.stranger_street)
    grant(guest, "expert", tree.street)

    assert set(people_seen(actor_for(admin))) == {admin, below, guest}
    assert person_seen(actor_for(admin), below.pk) == below
    for unseen in (beside.pk, 10_000_000):
        with pytest.raises(Http404):
            person_seen(actor_for(admin), unseen)


def test_what_an_entry_of_the_table_gives_stands_with_its_grant(tree: Tree) -> None:
    user = make_user("unit_admin", tree.street)
    grant(user, "recorder", tree.community)

    reasons = {right.permission: right.reasons for right in rights_of(user)}

    manage = reasons[AccountPermission.MANAGE]
    assert [(one.role.code, one.grant.unit, one.goes_below) for one in manage] == [("unit_admin", tree.street, True)]
    assert reasons[AccountPermission.GRANT_SYSTEM] == []
