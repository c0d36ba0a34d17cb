"""Adding, editing, suspending people, their posts and their one-time links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from anyue.kernel.clock import now, today
from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.models import FailedSignIns, Invitation, User
from anyue.modules.accounts.services import (
    Contact,
    SystemPerson,
    first_link,
    grant_give,
    installation_set_up,
    invitation_make,
    invitation_take,
    password_change,
    person_add,
    person_edit,
    person_restore,
    person_suspend,
    post_end,
    post_give,
)
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from tests.anyue.factories import PASSWORD, Tree, actor_for, grant, make_user

SYSTEM = Actor.system("test")


def refused(code: str) -> pytest.RaisesExc[RefusedError]:
    return pytest.RaisesExc(RefusedError, check=lambda error: error.problem.code == f"accounts.{code}")


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[-1]


def test_a_person_is_added_with_her_post_and_without_a_password(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.street))

    user = person_add(
        by=admin,
        unit=tree.community,
        username="liuyan",
        name="柳燕",
        contact=Contact(phone="138 0000-1234"),
        title="网格员",
    )

    assert (user.initials, user.phone, user.has_usable_password()) == ("ly", "13800001234", False)
    assert [(post.unit, post.title) for post in user.posts.all()] == [(tree.community, "网格员")]
    assert set(Entry.objects.values_list("action", flat=True)) == {"person.added", "post.given"}


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"username": "A"}, "username_bad", "username"),
        ({"username": "两个 字"}, "username_bad", "username"),
        ({"username": "ANNA"}, "username_taken", "username"),
        ({"name": " "}, "name_missing", "name"),
        ({"contact": Contact(phone="12345")}, "phone_bad", "phone"),
        ({"contact": Contact(email="x@")}, "email_bad", "email"),
    ],
)
def test_wrong_facts_are_refused_beside_their_field(
    tree: Tree, facts: dict[str, object], code: str, field: str
) -> None:
    make_user(username="anna")
    right: dict[str, object] = {"username": "berta", "name": "贝塔"}

    with pytest.raises(RefusedError) as refusal:
        person_add(by=SYSTEM, unit=tree.street, **(right | facts))  # type: ignore[arg-type]

    assert refusal.value.problem.code == f"accounts.{code}"
    assert list(refusal.value.fields) == [field]
    assert not User.objects.filter(username="berta").exists()


def test_nobody_adds_people_outside_her_unit(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.street))

    for unit in (tree.district, tree.other_street, None):
        with refused("not_allowed"):
            person_add(by=admin, unit=unit, username="berta", name="贝塔")


def test_one_of_several_units_does_not_command_the_person(tree: Tree) -> None:
    admin, user = actor_for(make_user("unit_admin", tree.street)), make_user(None, tree.community)
    post_give(by=SYSTEM, user=user, unit=tree.other_street)

    for act in (
        lambda: person_edit(by=admin, user=user, name="别名", contact=Contact()),
        lambda: person_suspend(by=admin, user=user, reason=""),
        lambda: invitation_make(by=admin, user=user),
    ):
        with refused("not_allowed"):
            act()


def test_a_link_for_a_new_password_is_not_a_way_into_a_higher_role(tree: Tree) -> None:
    admin, user = actor_for(make_user("unit_admin", tree.street)), make_user("recorder", tree.street)
    assert invitation_make(by=admin, user=user)
    grant(user, "reviewer", tree.district)

    with refused("above_oneself"):
        invitation_make(by=admin, user=user)
    for role in ("system_admin", "security_auditor"):
        with refused("above_oneself"):
            invitation_make(by=actor_for(make_user("system_admin")), user=make_user(role))


def test_somebody_unseen_is_not_taken_on(tree: Tree) -> None:
    admin, stranger = actor_for(make_user("unit_admin", tree.street)), make_user(None, tree.stranger_street)

    with refused("not_allowed"):
        post_give(by=admin, user=stranger, unit=tree.street)


def test_a_post_is_held_once_and_ends_on_its_last_day(tree: Tree) -> None:
    user = make_user(None, tree.street)
    with refused("post_twice"):
        post_give(by=SYSTEM, user=user, unit=tree.street)

    post = user.posts.get()
    with refused("days_reversed"):
        post_end(by=SYSTEM, post=post, until_on=today() - timedelta(days=1))
    assert post_end(by=SYSTEM, post=post).until_on == today()


def test_a_suspended_person_holds_nothing_until_she_is_restored(tree: Tree) -> None:
    admin, user = actor_for(make_user("unit_admin", tree.street)), make_user("recorder", tree.street)

    person_suspend(by=admin, user=user, reason="离岗")
    user.refresh_from_db()
    assert (user.is_active, user.suspended_by) == (False, admin.label)
    assert actor_for(user).held == ()

    person_restore(by=admin, user=user)
    assert [held.role for held in actor_for(user).held] == ["recorder"]


def test_a_unit_administrator_does_not_suspend_a_system_administrator(tree: Tree) -> None:
    admin, user = actor_for(make_user("unit_admin", tree.street)), make_user("system_admin", tree.street)
    make_user("system_admin")

    with refused("not_allowed"):
        person_suspend(by=admin, user=user, reason="")
    person_suspend(by=actor_for(make_user("business_admin")), user=user, reason="")


def test_the_last_auditor_is_not_suspended(tree: Tree) -> None:
    with refused("last_of_role"):
        person_suspend(by=actor_for(make_user("business_admin")), user=make_user("security_auditor"), reason="")


def test_a_link_sets_one_password_once(tree: Tree) -> None:
    admin = actor_for(make_user("unit_admin", tree.street))
    user = person_add(by=admin, unit=tree.street, username="berta", name="贝塔")
    token = token_of(invitation_make(by=admin, user=user))
    assert token not in str(list(Invitation.objects.values()))

    with pytest.raises(ValidationError):
        invitation_take(token=token, password="password")
    invitation_take(token=token, password=PASSWORD)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    with refused("link_gone"):
        invitation_take(token=token, password="Another-one-2026")


def test_a_link_ends_after_72_hours_with_a_newer_one_and_with_suspension(tree: Tree) -> None:
    user = make_user(None, tree.street)
    first, second = (token_of(invitation_make(by=SYSTEM, user=user)) for _ in range(2))

    with refused("link_gone"):
        invitation_take(token=first, password="Another-one-2026")
    User.objects.filter(pk=user.pk).update(is_active=False, suspended_at=now(), suspended_by="x")
    with refused("link_gone"):
        invitation_take(token=second, password="Another-one-2026")
    User.objects.filter(pk=user.pk).update(is_active=True, suspended_at=None, suspended_by="")
    Invitation.objects.update(expires_at=now())
    with refused("link_gone"):
        invitation_take(token=second, password="Another-one-2026")


@pytest.mark.parametrize("weak", ["Short-1", "longbutsmall", "password123456", "1234567890123", "Liu-berta-yan1"])
def test_weak_passwords_are_refused(tree: Tree, weak: str) -> None:
    user = make_user(username="liu-berta-yan", name="王小明")

    with pytest.raises(ValidationError):
        password_change(by=actor_for(user), user=user, password=weak)


def test_none_of_the_last_five_passwords_comes_back(tree: Tree) -> None:
    user = make_user()
    used = [f"Number-{number}-of-many" for number in range(6)]
    for password in used:
        password_change(by=actor_for(user), user=user, password=password)

    for password in used[1:]:
        with pytest.raises(ValidationError):
            password_change(by=actor_for(user), user=user, password=password)
    password_change(by=actor_for(user), user=user, password=used[0])


def test_the_first_link_makes_three_people_with_a_role_and_a_link_each(db: None) -> None:
    old = token_of(first_link() or "")
    token = token_of(first_link() or "")
    three = {
        "system_admin": SystemPerson("sys", "甲"),
        "security_auditor": SystemPerson("aud", "乙"),
        "business_admin": SystemPerson("biz", "丙"),
    }

    with refused("link_gone"):
        installation_set_up(token=old, people=three)
    with refused("same_person"):
        installation_set_up(token=token, people=three | {"business_admin": SystemPerson("SYS", "甲")})
    made = installation_set_up(token=token, people=three)

    assert {code: [held.role for held in actor_for(user).held] for code, (user, _) in made.items()} == {
        code: [code] for code in three
    }
    for user, link in made.values():
        assert not user.has_usable_password()
        invitation_take(token=token_of(link), password=PASSWORD)
    assert first_link() is None
    with refused("link_gone"):
        installation_set_up(token=token, people=three)


def test_names_are_not_kept_with_failures(db: None) -> None:
    from anyue.modules.accounts import lockout

    lockout.failed("my-secret-password", "10.0.0.1")

    assert "my-secret-password" not in str(list(FailedSignIns.objects.values()))


def test_the_recipient_of_a_role_is_not_suspended(tree: Tree) -> None:
    user = make_user(None, tree.street)
    person_suspend(by=SYSTEM, user=user, reason="")

    with refused("suspended"):
        grant_give(by=SYSTEM, user=user, role="recorder", unit=tree.street)


def test_nobody_takes_on_a_person_of_the_installation_whom_she_does_not_see(tree: Tree) -> None:
    auditor = make_user("security_auditor")
    admin = actor_for(make_user("unit_admin", tree.street))

    with refused("not_allowed"):
        post_give(by=admin, user=auditor, unit=tree.street)
    with refused("not_allowed"):
        person_edit(by=admin, user=auditor, name="别人", contact=Contact())
