"""A person's calendar address: what a calendar program gets, who reads it, and how it is made and closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from pytest_django import Settings

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from anyue.modules.accounts.services import person_restore, person_suspend
from anyue.modules.campaigns.models import CalendarAddress, Campaign, Duty
from anyue.modules.campaigns.rules.calendars import Entry, written
from anyue.modules.campaigns.services import calendar_close, calendar_open, campaign_reissue, duty_done
from anyue.modules.campaigns.services import door as door_service
from anyue.modules.campaigns.services.publishing import campaign_publish
from anyue.modules.campaigns.services.targets import targets_confirm
from anyue.platform.audit.models import Entry as AuditEntry
from anyue.platform.authz import Actor
from tests.anyue.factories import PASSWORD, Tree, actor_for, client_for, make_user

from .makers import draft, running

pytestmark = pytest.mark.django_db
MIN = datetime(2000, 1, 1)  # noqa: DTZ001 - hypothesis wants it so
NOW = datetime(2026, 5, 18, 1, tzinfo=UTC)


class Limit(Protocol):
    def __call__(self, most: int) -> AbstractContextManager[None]: ...


@pytest.fixture(autouse=True)
def _may(db: None) -> Iterator[None]:
    with clock.held_at(NOW):
        yield


def path_of(user: User) -> str:
    return "/calendar/" + calendar_open(by=actor_for(user), user=user).partition("/calendar/")[2]


def read(raw: bytes) -> list[Any]:
    found: list[Any] = Calendar.from_ical(raw).walk("VEVENT")
    return found


def events(path: str) -> list[Any]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return read(answer.content)


def titles(path: str) -> set[str]:
    return {str(event["SUMMARY"]) for event in events(path)}


def test_a_street_reads_its_key_days_and_deadlines_without_signing_in(tree: Tree) -> None:
    running(tree)
    officer = make_user("liaison_officer", tree.street, name="柳燕")

    answer = Client().get(path_of(officer))
    found = {str(event["SUMMARY"]): event for event in read(answer.content)}

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert found["安全宣传咨询日"]["DTSTART"].dt == date(2026, 6, 16)
    task = found["截止：主要负责人讲一堂安全课。"]  # until 24:00 of 30 June: a whole day
    assert (task["DTSTART"].dt, task["DTEND"].dt) == (date(2026, 6, 30), date(2026, 7, 1))
    slip = found["截止：明确联络员"]  # at 17:00: an instant
    assert slip["DTSTART"].dt == datetime(2026, 5, 25, 9, tzinfo=UTC)
    assert "利用楼栋微信群" not in answer.content.decode()  # what communities owe is not the officer's to see
    assert str(task["URL"]).endswith(f"/campaigns/duties/{Duty.objects.get(unit=tree.street, kind='task').pk}/")


def test_every_line_ends_as_calendars_want_it_and_has_at_most_75_octets(tree: Tree) -> None:
    campaign = running(tree)
    Campaign.objects.filter(pk=campaign.pk).update(name="很长的名称、带逗号,分号;和\\反斜线" * 8)

    raw = Client().get(path_of(make_user("unit_admin", tree.district))).content

    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode()  # no character is cut in two
    event = read(raw)[0]
    assert str(event["DESCRIPTION"]).splitlines()[0] == "很长的名称、带逗号,分号;和\\反斜线" * 8


@given(st.lists(st.text(max_size=80), max_size=4), st.datetimes(MIN, MIN.replace(year=2100)))
def test_whatever_stands_in_a_title_the_file_is_read_back(words: list[str], moment: datetime) -> None:
    at = moment.replace(tzinfo=UTC, microsecond=0)
    entries = [Entry(f"{n}", clock.day_of(at), one, at, at, one, "https://example.org/") for n, one in enumerate(words)]

    raw = written("日历", entries)

    assert raw == written("日历", entries)
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    shown = read(raw)
    plain = [re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", one.replace("\r\n", "\n")) for one in words]
    assert [str(event["SUMMARY"]) for event in shown] == plain
    assert len({str(event["UID"]) for event in shown}) == len(words)


def test_what_is_done_says_so(tree: Tree) -> None:
    campaign, user = running(tree), make_user("liaison_officer", tree.street)
    path = path_of(user)
    duty_done(by=actor_for(user), duty=Duty.objects.get(campaign=campaign, unit=tree.street, kind="task"))

    assert "已完成：主要负责人讲一堂安全课。" in titles(path)


def test_the_secret_alone_opens_it_and_only_its_digest_is_kept(tree: Tree) -> None:
    running(tree)
    user = make_user("liaison_officer", tree.street)
    path = path_of(user)
    secret = path.removeprefix("/calendar/").removesuffix(".ics")

    assert secret not in str(list(CalendarAddress.objects.values()))
    assert secret not in str(list(AuditEntry.objects.values()))
    assert client_for(user).get("/calendar/guessed.ics").status_code == 404
    assert Client().get(f"/calendar/{secret[:-1]}.ics").status_code == 404
    assert Client().get(path).status_code == 200
    assert Client().post(path).status_code == 405


def test_renewed_closed_and_suspended_it_opens_nothing(tree: Tree) -> None:
    user = make_user("liaison_officer", tree.street)
    first = path_of(user)
    second = path_of(user)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]

    person_suspend(by=Actor.system("test"), user=user, reason="调离")
    assert Client().get(second).status_code == 404
    person_restore(by=Actor.system("test"), user=user)
    assert Client().get(second).status_code == 200

    calendar_close(by=actor_for(user), user=user)
    calendar_close(by=actor_for(user), user=user)
    assert Client().get(second).status_code == 404
    told = AuditEntry.objects.filter(action__startswith="calendar.").order_by("pk")
    assert [(entry.action, entry.after) for entry in told] == [
        ("calendar.opened", {"renewed": False}),
        ("calendar.opened", {"renewed": True}),
        ("calendar.closed", {}),
    ]


def test_nobody_makes_or_closes_anothers(tree: Tree) -> None:
    user, admin = make_user("recorder", tree.street), actor_for(make_user("unit_admin", tree.street))
    path = path_of(user)

    for act in (calendar_open, calendar_close):
        with pytest.raises(PermissionDenied):
            act(by=admin, user=user)
    assert Client().get(path).status_code == 200


def test_it_shows_what_she_may_see_now_and_nothing_once_she_has_no_role(tree: Tree) -> None:
    running(tree)
    user = make_user("liaison_officer", tree.street)
    path = path_of(user)
    assert events(path)

    user.grants.update(ended_at=clock.now(), ended_by="测试")

    assert events(path) == []
    stranger = make_user("unit_admin", tree.stranger_district)
    assert events(path_of(stranger)) == []


def test_drafts_and_withdrawn_campaigns_are_not_in_it(tree: Tree) -> None:
    admin = make_user("unit_admin", tree.district)
    draft(tree, by=actor_for(admin))
    path = path_of(admin)
    assert events(path) == []

    campaign = running(tree, by=actor_for(admin))
    assert events(path)
    Campaign.objects.filter(pk=campaign.pk).update(
        state="withdrawn", withdrawn_at=clock.now(), withdrawn_by="测试", reason="有误"
    )
    assert events(path) == []


def test_a_district_has_each_thing_once_however_many_streets_issue_it_further_down(tree: Tree) -> None:
    parent = running(tree)
    district, street = make_user("unit_admin", tree.district), make_user("unit_admin", tree.street)
    before = len(events(path_of(district)))
    by = actor_for(street)
    task = parent.tasks.get(text__startswith="主要")
    child = campaign_reissue(
        by=by,
        parent=parent,
        unit=tree.street,
        addressed=["各社区"],
        tasks={task.pk: clock.end_of(date(2026, 6, 20))},
        requirements={},
        name="街道自己的活动",
    )
    targets_confirm(by=by, campaign=child, targets=child.targets.all())
    campaign_publish(by=by, campaign=child, units=[tree.community])

    assert len(events(path_of(district))) == before
    texts = {str(event.get("DESCRIPTION")) for event in events(path_of(street))}
    assert len(texts) == 2  # both its own and the one that it carries out
    assert any("街道自己的活动" in text for text in texts)


def test_unchanged_it_is_not_sent_again_and_no_proxy_keeps_it(tree: Tree) -> None:
    campaign, user = running(tree), make_user("liaison_officer", tree.street)
    path = path_of(user)
    first = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again):
        assert answer.headers["Cache-Control"].startswith("private")
        assert "noindex" in answer.headers["X-Robots-Tag"]
    Duty.objects.filter(campaign=campaign, kind="task").update(due_at=clock.end_of(date(2026, 7, 10)))
    assert Client().get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_who_tries_too_many_secrets_is_held_back_with_a_right_one_too(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(make_user("liaison_officer", tree.street))
    monkeypatch.setitem(door_service.LIMITS, "miss", 2)
    for number in range(3):
        assert Client().get(f"/calendar/guessed{number}.ics").status_code == 404

    held = Client().get(path)

    assert held.status_code == 429
    assert int(held.headers["Retry-After"]) > 0


def test_one_calendar_is_read_so_often_and_no_more(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    path = path_of(make_user("liaison_officer", tree.street))
    monkeypatch.setitem(door_service.LIMITS, "calendar", 2)

    assert [Client().get(path).status_code for _ in range(3)] == [200, 200, 429]


def test_the_page_of_her_account_makes_it_shows_it_once_and_closes_it(tree: Tree, settings: Settings) -> None:
    user = make_user("liaison_officer", tree.street)
    client = client_for(user)
    assert "生成日历地址" in client.get("/people/me/").content.decode()

    asked = client.post("/calendar/open/")
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    made = client.post(asked.headers["Location"], {"password": PASSWORD})
    found = re.search(re.escape(settings.PUBLIC_ADDRESS) + r"(/calendar/[\w-]+\.ics)", made.content.decode())

    assert found is not None
    assert "no-store" in made.headers["Cache-Control"]
    assert Client().get(found[1]).status_code == 200
    page = client.get("/people/me/").content.decode()
    assert found[1] not in page
    assert "关闭地址" in page
    client.post("/calendar/close/")
    assert Client().get(found[1]).status_code == 404


def test_it_asks_the_database_as_little_for_many_campaigns_as_for_one(
    tree: Tree, assert_queries_at_most: Limit
) -> None:
    path = path_of(make_user("unit_admin", tree.district))
    for _ in range(3):
        running(tree)
    Client().get(path)

    with assert_queries_at_most(11):
        assert Client().get(path).status_code == 200


def test_what_lies_years_back_is_left_out(tree: Tree) -> None:
    running(tree)
    path = path_of(make_user("unit_admin", tree.district))
    with clock.held_at(NOW + timedelta(days=900)):
        assert events(path) == []
