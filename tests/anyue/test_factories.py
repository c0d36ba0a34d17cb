"""The shared rows are what they say."""

from __future__ import annotations

import pytest
from django.urls import reverse

from anyue.modules.notices.permissions import NoticePermission
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import can

from .conftest import Limit
from .factories import PASSWORD, Tree, actor_for, client_for, grant, make_user


def test_units_stand_below_their_parents(tree: Tree) -> None:
    assert tree.community.path.startswith(tree.street.path)
    assert not tree.stranger_street.path.startswith(tree.district.path)
    assert len(set(Unit.objects.values_list("path", flat=True))) == Unit.objects.count() == 9


def test_a_person_holds_her_role_at_her_unit_alone(tree: Tree) -> None:
    actor = actor_for(make_user("reviewer", tree.street))

    assert can(actor, NoticePermission.VIEW, tree.community.path)
    assert not can(actor, NoticePermission.VIEW, tree.other_street.path)


def test_a_role_that_there_is_not_is_refused(tree: Tree) -> None:
    with pytest.raises(ValueError, match="no role is called boss"):
        grant(make_user(), "boss", tree.street)


def test_her_browser_is_signed_in_and_a_strangers_is_not(tree: Tree) -> None:
    user = make_user("reviewer", tree.street)

    assert user.check_password(PASSWORD)
    assert client_for(user).get(reverse("desk:home")).status_code == 200
    assert client_for().get(reverse("desk:home")).status_code == 302


def test_too_many_queries_are_counted_and_shown(tree: Tree, assert_queries_at_most: Limit) -> None:
    with assert_queries_at_most(1):
        list(Unit.objects.all())
    with pytest.raises(AssertionError, match="2 queries, at most 1 allowed"), assert_queries_at_most(1):
        Unit.objects.count(), Unit.objects.first()
