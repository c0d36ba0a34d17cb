"""People go along when their unit is merged; what they choose for themselves; what is forgotten at night."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse

from anyue.kernel.clock import now, today
from anyue.modules.accounts.jobs import sweep
from anyue.modules.accounts.models import FailedSignIns, Post, User
from anyue.modules.accounts.services import preferences_set
from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.services import units_merge
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from tests.anyue.factories import Tree, actor_for, client_for, make_user

SYSTEM = Actor.system("tests")
DAY = today() - timedelta(days=1)
LONG_AGO = DAY - timedelta(days=100)


@pytest.fixture(autouse=True)
def _grown_up(tree: Tree) -> None:
    Unit.objects.update(since_on=LONG_AGO, opened_on=LONG_AGO)


def worker(role: str | None, unit: Unit) -> User:
    user = make_user(role, unit)
    user.posts.update(from_on=LONG_AGO)
    return user


def posts_of(user: User) -> list[tuple[str, date | None]]:
    return list(Post.objects.filter(user=user).order_by("id").values_list("unit__name", "until_on"))


def test_posts_go_on_at_the_unit_that_goes_on_and_what_they_were_stays(tree: Tree) -> None:
    leader = worker("unit_admin", tree.street)
    leader.posts.update(is_leader=True, title="主任")

    units_merge(by=SYSTEM, units=[tree.street], into=tree.other_street, on=DAY)

    assert posts_of(leader) == [("望榆街道", DAY - timedelta(days=1)), ("松桥街道", None)]
    new = leader.posts.latest("id")
    assert (new.title, new.is_leader, new.from_on) == ("主任", True, DAY)
    given = Entry.objects.get(action="post.given")
    assert given.place == tree.other_street.path


def test_no_role_is_inherited_by_a_merger(tree: Tree) -> None:
    admin = worker("unit_admin", tree.street)

    units_merge(by=SYSTEM, units=[tree.street], into=tree.other_street, on=DAY)

    assert [grant.unit for grant in admin.grants.all()] == [tree.street]


def test_who_works_at_both_units_has_one_post_afterwards(tree: Tree) -> None:
    both = worker(None, tree.street)
    Post.objects.create(user=both, unit=tree.other_street, title="科长")

    units_merge(by=SYSTEM, units=[tree.street], into=tree.other_street, on=DAY)

    assert [post.title for post in both.posts.filter(until_on=None)] == ["科长"]


def test_a_post_that_had_not_begun_begins_at_the_unit_that_goes_on(tree: Tree) -> None:
    later = worker(None, tree.street)
    later.posts.update(from_on=today())

    units_merge(by=SYSTEM, units=[tree.street], into=tree.other_street, on=DAY)

    (post,) = later.posts.all()
    assert (post.unit, post.from_on) == (tree.other_street, today())


def test_a_choice_of_looks_is_hers_alone_and_leaves_no_trace_in_the_trail(tree: Tree) -> None:
    user, other = make_user("recorder", tree.street), make_user("unit_admin", tree.district)

    preferences_set(by=actor_for(user), user=user, appearance="dark", elderly_mode=True)
    preferences_set(by=actor_for(other), user=user, appearance="light")

    user.refresh_from_db()
    assert (user.appearance, user.elderly_mode, user.language) == ("dark", True, "")
    assert not Entry.objects.exists()


def test_the_profile_shows_how_pages_look_and_changes_it(tree: Tree) -> None:
    user = make_user("recorder", tree.street)
    client = client_for(user)

    client.post(reverse("console:appearance"), {"appearance": "dark", "next": reverse("people:profile")})
    page = client.get(reverse("people:profile")).content.decode()

    user.refresh_from_db()
    assert user.appearance == "dark"
    assert 'value="dark" aria-pressed="true"' in page.split('id="looks"')[1]


def test_ended_sessions_and_old_failures_are_cleared_at_night(tree: Tree) -> None:
    user = make_user("recorder", tree.street)
    kept = client_for(user)
    stale = SessionStore()
    stale.set_expiry(-60)
    stale.save()
    assert stale.session_key
    UserSession.objects.create(user=user, ip="10.0.0.1", user_agent="x", session_key=stale.session_key)
    FailedSignIns.objects.create(of=FailedSignIns.Of.NAME, digest="a", since=now() - timedelta(days=2))
    FailedSignIns.objects.create(of=FailedSignIns.Of.NAME, digest="b", since=now())

    assert sweep.func() == {"devices": 1, "failures": 1}

    assert not Session.objects.filter(pk=stale.session_key).exists()
    assert kept.get(reverse("people:profile")).status_code == 200
    assert FailedSignIns.objects.get().digest == "b"
