"""The page of jobs, and how far one is, for those whom it concerns."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from anyue.modules.accounts.models import User
from anyue.modules.accounts.selectors import actor_of
from anyue.platform.audit.models import Entry
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor
from anyue.platform.jobs.selectors import State, state_of
from anyue.platform.jobs.worker import run_ready
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, make_user

from . import samples
from .test_queue import the

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def admin() -> User:
    return make_user("system_admin")


def failed() -> uuid.UUID:
    result = samples.refuse.by(Actor.system("x"), subject=Subject("x.y", "1", "某通知")).enqueue()
    run_ready()
    return uuid.UUID(str(result.id))


def test_the_list_says_what_failed_and_why(admin: User, assert_queries_at_most: Limit) -> None:
    for _ in range(30):
        samples.note.enqueue("x")
    failed()

    client = signed_in(admin)
    client.get(reverse("jobs:jobs"))
    with assert_queries_at_most(15):
        page = client.get(reverse("jobs:jobs")).content.decode()

    assert "被拒绝" in page
    assert "某通知" in page
    assert "请重新发送" in page
    only = client.get(reverse("jobs:jobs"), {"state": "failed"}).content.decode()
    assert "被拒绝" in only
    assert "记一笔" not in only


def test_a_failed_job_runs_again_at_her_word_and_that_is_audited(admin: User) -> None:
    task = failed()
    client = signed_in(admin)
    assert reverse("jobs:retry", args=[task]) in client.get(reverse("jobs:job", args=[task])).content.decode()

    answer = client.post(reverse("jobs:retry", args=[task]))

    assert answer.status_code == 302
    assert state_of(the(type("R", (), {"id": task}))) is State.WAITING
    entry = Entry.objects.get(action="job.retried")
    assert (entry.actor_label, entry.subject_label) == (admin.name, "某通知")
    assert client.post(reverse("jobs:retry", args=[task])).status_code == 409
    assert client.get(reverse("jobs:retry", args=[task])).status_code == 405


def test_who_may_only_see_cannot_run_it_again_and_others_find_nothing(tree: Tree) -> None:
    task = failed()
    auditor, officer = signed_in(make_user("security_auditor")), signed_in(make_user("liaison_officer", tree.street))

    assert auditor.get(reverse("jobs:job", args=[task])).status_code == 200
    assert auditor.post(reverse("jobs:retry", args=[task])).status_code == 403
    for name in ("jobs:job", "jobs:progress"):
        assert officer.get(reverse(name, args=[task])).status_code == 404
    assert officer.get(reverse("jobs:jobs")).status_code == 404
    assert officer.post(reverse("jobs:retry", args=[task])).status_code == 404
    assert auditor.get(reverse("jobs:job", args=[uuid.uuid4()])).status_code == 404


def test_who_started_it_sees_how_far_it_is_until_it_has_ended(tree: Tree) -> None:
    user = make_user("liaison_officer", tree.street)
    result = samples.note.by(actor_of(user), subject=Subject("x.y", "1", "我的通知")).enqueue("x")
    address = reverse("jobs:progress", args=[result.id])
    client = signed_in(user)

    waiting = client.get(address)
    assert "我的通知" in waiting.content.decode()
    assert 'hx-trigger="every' in waiting.content.decode()
    assert "HX-Trigger-After-Swap" not in waiting.headers

    run_ready()
    ended = client.get(address)
    assert "hx-get" not in ended.content.decode()
    assert ended.headers["HX-Trigger-After-Swap"] == "job:done"
