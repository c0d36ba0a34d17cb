"""Who may give which role to whom: nobody raises herself, nobody raises others above herself, three stay apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import Grant
from anyue.modules.accounts.permissions import AccountPermission
from anyue.modules.accounts.services import grant_delegate, grant_end, grant_give, grant_undelegate
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, can
from anyue.platform.authz.roles import roles
from tests.anyue.factories import Tree, actor_for, grant, make_user

SYSTEM = Actor.system("test")
THREE = ["system_admin", "security_auditor", "business_admin"]


def refused(code: str) -> pytest.RaisesExc[RefusedError]:
    return pytest.RaisesExc(RefusedError, check=lambda error: error.problem.code == f"accounts.{code}")


def test_an_administrator_gives_a_role_below_her_unit_and_it_is_written_down(tree: Tree) -> None:
    admin, worker = make_user("unit_admin", tree.street), make_user(None, tree.community)

    given = grant_give(by=actor_for(admin), user=worker, role="recorder", unit=tree.community, reason="六月")

    assert [held.role for held in actor_for(worker).held] == ["recorder"]
    entry = Entry.objects.get(action="grant.given")
    assert (entry.actor_id, entry.subject_id, entry.place) == (str(admin.pk), str(worker.pk), tree.community.path)
    assert entry.after["role"] == "recorder"
    assert given.given_by == admin.name


@pytest.mark.parametrize("where", ["district", "other_street", "stranger_street"])
def test_an_administrator_gives_nothing_above_or_beside_her_unit(tree: Tree, where: str) -> None:
    admin, worker = make_user("unit_admin", tree.street), make_user(None, tree.community)

    with refused("above_oneself"):
        grant_give(by=actor_for(admin), user=worker, role="recorder", unit=getattr(tree, where))


@pytest.mark.parametrize("role", [role.code for role in roles()])
def test_nobody_gives_herself_anything(tree: Tree, role: str) -> None:
    for admin in (make_user("unit_admin", tree.street), make_user("business_admin")):
        everywhere = role in THREE

        with refused("to_oneself"):
            grant_give(by=actor_for(admin), user=admin, role=role, unit=None if everywhere else tree.street)


@pytest.mark.parametrize("role", THREE)
def test_only_the_business_administrator_gives_roles_of_the_installation(tree: Tree, role: str) -> None:
    worker = make_user(None, tree.street)
    for giver in ("system_admin", "security_auditor", "unit_admin", "reviewer"):
        with refused("above_oneself"):
            grant_give(by=actor_for(make_user(giver, tree.district)), user=worker, role=role, unit=None)

    grant_give(by=actor_for(make_user("business_admin")), user=worker, role=role, unit=None)


@pytest.mark.parametrize("role", ["reviewer", "liaison_officer", "recorder", "expert", "enterprise_employee"])
def test_who_has_no_right_to_give_gives_not_even_her_own_role(tree: Tree, role: str) -> None:
    giver = actor_for(make_user(role, tree.street))

    with refused("above_oneself"):
        grant_give(by=giver, user=make_user(None, tree.street), role=role, unit=tree.street)


@pytest.mark.parametrize("first", THREE)
@pytest.mark.parametrize("second", THREE)
def test_two_of_the_three_never_meet_in_one_person(tree: Tree, first: str, second: str) -> None:
    admin, user = actor_for(make_user("business_admin")), make_user(first)
    if first == second:
        with refused("grant_twice"):
            grant_give(by=admin, user=user, role=second, unit=None)
        return

    with refused("apart"):
        grant_give(by=admin, user=user, role=second, unit=None)
    with refused("apart"):
        grant_give(by=SYSTEM, user=user, role=second, unit=None, start=now() + timedelta(days=400))


def test_one_of_the_three_may_follow_another_that_has_an_end(tree: Tree) -> None:
    admin, user = actor_for(make_user("business_admin")), make_user()
    end = now() + timedelta(days=3)
    grant_give(by=admin, user=user, role="system_admin", unit=None, until=end)

    with refused("apart"):
        grant_give(by=admin, user=user, role="security_auditor", unit=None, start=end - timedelta(seconds=1))
    grant_give(by=admin, user=user, role="security_auditor", unit=None, start=end)


def test_a_stand_in_gives_nothing_that_outlasts_her(tree: Tree) -> None:
    source = make_user("unit_admin", tree.street)
    stand_in, friend = make_user(None, tree.street), make_user(None, tree.street)
    until_on = now().date() + timedelta(days=5)
    [handed] = grant_delegate(by=actor_for(source), grants=list(source.grants.all()), to=stand_in, until_on=until_on)
    by = actor_for(stand_in)

    with refused("until_too_late"):
        grant_give(by=by, user=friend, role="recorder", unit=tree.street)
    with refused("until_too_late"):
        late = handed.until_at + timedelta(seconds=1) if handed.until_at else None
        grant_give(by=by, user=friend, role="recorder", unit=tree.street, until=late)
    grant_give(by=by, user=friend, role="recorder", unit=tree.street, until=handed.until_at)


def test_a_token_without_the_right_gives_nothing(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.street))
    token = Actor(admin.kind, admin.id, admin.label, admin.held, scopes=frozenset({"accounts:person:view"}))

    with refused("above_oneself"):
        grant_give(by=token, user=make_user(None, tree.street), role="recorder", unit=tree.street)


def test_roles_stand_at_their_kind_of_place(tree: Tree) -> None:
    user = make_user(None, tree.street)

    with refused("role_needs_unit"):
        grant_give(by=SYSTEM, user=user, role="recorder", unit=None)
    with refused("role_without_unit"):
        grant_give(by=SYSTEM, user=user, role="system_admin", unit=tree.street)
    with refused("role_unknown"):
        grant_give(by=SYSTEM, user=user, role="king", unit=tree.street)


def test_an_administrator_withdraws_what_she_could_give_and_nothing_else(tree: Tree) -> None:
    admin, above = make_user("unit_admin", tree.street), make_user("unit_admin", tree.district)
    below = make_user("recorder", tree.community)

    with refused("above_oneself"):
        grant_end(by=actor_for(admin), grant=above.grants.get())
    ended = grant_end(by=actor_for(admin), grant=below.grants.get(), reason="调离")

    assert ended.ended_at is not None
    assert actor_for(below).held == ()
    with refused("grant_ended"):
        grant_end(by=actor_for(admin), grant=ended)


@pytest.mark.parametrize("role", THREE)
def test_the_last_of_a_system_role_stays(tree: Tree, role: str) -> None:
    last = make_user(role)

    with refused("last_of_role"):
        grant_end(by=SYSTEM, grant=last.grants.get())
    make_user(role)
    grant_end(by=SYSTEM, grant=last.grants.get())


def test_a_role_handed_over_works_until_it_is_taken_back(tree: Tree) -> None:
    source, colleague = make_user("unit_admin", tree.street), make_user(None, tree.community)
    [handed] = grant_delegate(
        by=actor_for(source), grants=list(source.grants.all()), to=colleague, until_on=now().date() + timedelta(days=9)
    )
    assert can(actor_for(colleague), AccountPermission.MANAGE, tree.street.path)
    assert can(actor_for(source), AccountPermission.MANAGE, tree.street.path)

    with refused("not_yours"):
        grant_undelegate(by=actor_for(colleague), grant=handed)
    grant_undelegate(by=actor_for(source), grant=handed)

    assert not can(actor_for(colleague), AccountPermission.MANAGE, tree.street.path)


def test_a_role_handed_over_ends_with_its_source(tree: Tree) -> None:
    source, colleague = make_user("unit_admin", tree.street), make_user(None, tree.street)
    until_on = now().date() + timedelta(days=9)
    [handed] = grant_delegate(by=actor_for(source), grants=list(source.grants.all()), to=colleague, until_on=until_on)

    grant_end(by=SYSTEM, grant=source.grants.get())

    assert actor_for(colleague).held == ()
    assert Grant.objects.get(pk=handed.pk).ended_at is not None


def test_what_is_handed_over_is_hers_first_hand_for_a_colleague_there_and_for_no_longer_than_she_has_it(
    tree: Tree,
) -> None:
    source, colleague = make_user("unit_admin", tree.street), make_user(None, tree.street)
    outsider = make_user(None, tree.other_street)
    mine, by = list(source.grants.all()), actor_for(source)
    soon = now().date() + timedelta(days=2)

    with refused("not_a_colleague"):
        grant_delegate(by=by, grants=mine, to=outsider, until_on=soon)
    with refused("to_oneself"):
        grant_delegate(by=by, grants=mine, to=source, until_on=soon)
    with refused("not_yours"):
        grant_delegate(by=actor_for(colleague), grants=mine, to=outsider, until_on=soon)
    with refused("until_past"):
        grant_delegate(by=by, grants=mine, to=colleague, until_on=now().date() - timedelta(days=2))
    with refused("delegate_nothing"):
        grant_delegate(by=by, grants=[], to=colleague, until_on=soon)
    [handed] = grant_delegate(by=by, grants=mine, to=colleague, until_on=soon)
    with refused("grant_twice"):
        grant_delegate(by=by, grants=mine, to=colleague, until_on=soon)
    with refused("delegated_on"):
        grant_delegate(by=actor_for(colleague), grants=[handed], to=make_user(None, tree.street), until_on=soon)
    Grant.objects.filter(pk=mine[0].pk).update(until_at=now() + timedelta(hours=1))
    with refused("until_too_late"):
        grant_delegate(by=by, grants=mine, to=make_user(None, tree.street), until_on=soon)


def test_a_role_without_the_right_to_hand_over_stays_where_it_is(tree: Tree) -> None:
    source = make_user("recorder", tree.street)

    with refused("not_allowed"):
        grant_delegate(
            by=actor_for(source),
            grants=list(source.grants.all()),
            to=make_user(None, tree.street),
            until_on=now().date() + timedelta(days=1),
        )


def test_a_system_role_is_not_handed_to_somebody_who_holds_another(tree: Tree) -> None:
    source, auditor, free = make_user("system_admin"), make_user("security_auditor"), make_user()
    mine, soon = list(source.grants.all()), now().date() + timedelta(days=2)

    with refused("apart"):
        grant_delegate(by=actor_for(source), grants=mine, to=auditor, until_on=soon)
    grant_delegate(by=actor_for(source), grants=mine, to=free, until_on=soon)
    with refused("apart"):
        grant_give(by=SYSTEM, user=free, role="security_auditor", unit=None)


def test_a_delegated_grant_rests_while_its_giver_is_suspended(tree: Tree) -> None:
    source, colleague = make_user("reviewer", tree.street), make_user(None, tree.street)
    grant_delegate(
        by=actor_for(source),
        grants=list(source.grants.all()),
        to=colleague,
        until_on=now().date() + timedelta(days=3),
    )
    assert actor_for(colleague).held

    type(source).objects.filter(pk=source.pk).update(is_active=False, suspended_at=now(), suspended_by="x")

    assert actor_for(colleague).held == ()
    assert grant(colleague, "recorder", tree.street).pk
    assert [held.role for held in actor_for(colleague).held] == ["recorder"]
