"""An auditor reads the trail and cannot change a thing."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from anyue.kernel import clock
from anyue.platform.audit import selectors, sentences, urls
from anyue.platform.audit.differences import differences
from anyue.platform.audit.filters import Filters
from anyue.platform.audit.models import Entry
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor, ActorKind
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, client_for, make_user

from .trail import HER, write

pytestmark = pytest.mark.django_db
EVERYTHING = Actor.system("test")


@pytest.fixture
def auditor() -> Client:
    client = client_for(make_user("security_auditor"))
    client.cookies["anyue_language"] = "en"
    return client


def found(**asked: Any) -> list[str]:
    return [row.subject_label for row in selectors.trail(EVERYTHING, Filters(**asked)).rows]


def test_the_trail_reads_as_sentences_with_the_newest_first(auditor: Client, tree: Tree) -> None:
    record(by=HER, action="unit.renamed", subject=tree.street, place=tree.street.path, after={"name": "望榆镇"})

    page = auditor.get(reverse("audit:entries")).content.decode()

    assert "测试人员 renamed the unit “望榆街道”" in page
    assert re.search(r"<td[^>]*>望榆街道</td>", page)


@pytest.mark.parametrize("route", ["audit:entries", "audit:export"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_route_of_the_trail_takes_anything_but_reading(auditor: Client, route: str, method: str) -> None:
    assert getattr(auditor, method)(reverse(route)).status_code == 405


def test_every_route_of_the_trail_is_for_reading(auditor: Client) -> None:
    entry = write()[0]
    for one in urls.urlpatterns:
        arguments = [entry.pk] if "pk" in str(one.pattern) else []
        assert auditor.post(reverse(f"audit:{one.name}", args=arguments)).status_code == 405


@pytest.mark.parametrize("role", ["system_admin", "business_admin", "unit_admin"])
def test_who_is_no_auditor_finds_no_trail(role: str, tree: Tree) -> None:
    entry = write()[0]
    client = client_for(make_user(role, tree.district))

    for address in (reverse("audit:entries"), reverse("audit:export"), reverse("audit:entry", args=[entry.pk])):
        assert client.get(address).status_code == 404


def test_pages_of_the_trail_ask_at_most_fifteen_queries(
    auditor: Client, assert_queries_at_most: Limit, tree: Tree
) -> None:
    write(120, place=tree.street.path)

    with assert_queries_at_most(15):
        auditor.get(reverse("audit:entries"), {"unit": "云湖区", "words": "望榆", "person": "测试"})
    with assert_queries_at_most(15):
        auditor.get(reverse("audit:entry", args=[Entry.objects.latest("id").pk]))


def test_pages_follow_each_other_without_loss_or_repetition() -> None:
    write(130)
    seen: list[int] = []
    key: str | None = ""
    while key is not None:
        page = selectors.trail(EVERYTHING, Filters(), key=key)
        seen += [row.pk for row in page.rows]
        key = page.older

    assert seen == [row.pk for row in Entry.objects.order_by("-at", "-id")]


def test_words_are_found_however_far_back_in_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    record(by=HER, action="x.added", subject=Subject("k", "1", "北堤社区"))
    write(100)
    monkeypatch.setattr(selectors, "REACH", 40)
    steps, key = 0, ""
    while not (page := selectors.trail(EVERYTHING, Filters(words="北堤"), key=key)).rows:
        assert page.looked_to is not None
        assert page.older is not None
        steps, key = steps + 1, page.older

    assert (steps, page.rows[0].subject_label, page.older) == (2, "北堤社区", None)


@pytest.mark.parametrize("words", ["北堤", "北堤 社区", "张新", "110.3", "新名"])
def test_words_are_looked_for_in_names_changes_and_addresses(words: str) -> None:
    write(3)
    by = Actor(ActorKind.PERSON, "9", "张新", address="10.1.110.3")
    record(by=by, action="x.changed", subject=Subject("k", "1", "北堤社区"), before={"n": "旧名"}, after={"n": "新名"})

    assert found(words=words) == ["北堤社区"]


def test_the_trail_is_narrowed_by_person_action_subject_and_days() -> None:
    write(2)
    by = Actor(ActorKind.PERSON, "9", "张新")
    record(by=by, action="notice.published", subject=Subject("notices.notice", "5", "通知"))

    assert found(person="张新") == found(person="张") == found(actor="person:9") == ["通知"]
    assert found(action="notice.published") == found(subject="notices.notice:5") == ["通知"]
    assert found(since=clock.today(), action="notice.published") == ["通知"]
    assert found(since=clock.today() + timedelta(days=1)) == found(until=clock.today() - timedelta(days=1)) == []


def test_a_unit_stands_for_all_below_it(tree: Tree) -> None:
    for unit in (tree.district, tree.street, tree.community, tree.stranger_street):
        record(by=HER, action="unit.renamed", subject=unit, place=unit.path)

    assert found(unit="望榆街道") == ["柳岸社区", "望榆街道"]
    assert found(unit="云湖区") == ["柳岸社区", "望榆街道", "云湖区"]
    assert found(unit="没有的单位") == []


def test_a_unit_with_much_below_it_is_found_from_the_newest_back(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "FEW", 1)
    for unit in (tree.street, tree.community, tree.stranger_street):
        record(by=HER, action="unit.renamed", subject=unit, place=unit.path)

    assert found(unit="望榆街道") == ["柳岸社区", "望榆街道"]


def test_a_wrong_unit_is_said_beside_its_field(auditor: Client) -> None:
    assert "There is no unit of this name" in auditor.get(reverse("audit:entries"), {"unit": "没有"}).content.decode()


@pytest.mark.parametrize(
    "query", ["key=x", "key=%00", "since=yesterday", "person=%00", "actor=x", "subject=:", "words=%25_"]
)
def test_an_address_typed_by_hand_breaks_nothing(auditor: Client, query: str) -> None:
    assert auditor.get(f"{reverse('audit:entries')}?{query}").status_code == 200


def test_differences_have_the_labels_of_the_fields(tree: Tree) -> None:
    entry = record(
        by=HER,
        action="unit.moved",
        subject=tree.street,
        before={"kind": "township", "name": "甲"},
        after={"kind": "zone", "name": "甲"},
    )

    with translation.override("en"):
        name, kind = differences(entry)  # in the order of the columns, not of the database

    assert (kind.label, kind.before, kind.after, kind.changed) == (
        "Kind",
        "Township or street",
        "Development zone",
        True,
    )
    assert not name.changed


def test_an_entry_shows_what_changed_its_link_and_what_else_happened(auditor: Client) -> None:
    record(by=HER, action="unit.added", subject=Subject("orgs.unit", "1", "单位1"))
    entry = write()[0]

    page = auditor.get(reverse("audit:entry", args=[entry.pk])).content.decode()

    assert "Not sealed yet" in page
    assert "望榆镇" in page
    assert "added the unit “单位1”" in page


def test_an_action_that_nobody_described_reads_well() -> None:
    by_link = Actor(ActorKind.LINK, "door:1", "柳岸社区")
    odd = record(by=by_link, action="thing.frobnicated", subject=Subject("things.thing", "7", ""))
    usual = record(by=Actor.system("chase"), action="thing.sent", subject=Subject("things.thing", "7", "催报"))

    with translation.override("en"):
        assert sentences.sentence(odd) == "柳岸社区 (by link, without an account): thing.frobnicated (things.thing)"
        assert sentences.sentence(usual) == "The system (chase) sent “催报”"


def test_a_name_with_per_cent_signs_and_markup_is_shown_as_it_is(auditor: Client) -> None:
    record(by=HER, action="unit.added", subject=Subject("orgs.unit", "1", "<b>100%(x)s</b>"))

    assert "&lt;b&gt;100%(x)s&lt;/b&gt;" in auditor.get(reverse("audit:entries")).content.decode()


def test_two_sentences_for_one_action_are_refused() -> None:
    sentences.register("trail.exported", sentences.actions()["trail.exported"])
    with pytest.raises(ValueError, match="two sentences"):
        sentences.register("trail.exported", "another")


def test_the_workbook_holds_what_was_searched_and_its_taking_is_written_down(auditor: Client) -> None:
    write(3)
    record(by=HER, action="x.added", subject=Subject("k", "1", "=HYPERLINK(1)"))

    answer = auditor.get(reverse("audit:export"), {"action": "x.added"})

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 2
    assert "=HYPERLINK(1)" in str(rows[1][2])
    taken = Entry.objects.latest("id")
    assert (taken.action, taken.after) == ("trail.exported", {"action": "x.added"})


def test_what_no_database_keeps_does_not_stop_a_service() -> None:
    entry = record(
        by=HER,
        action="x.added",
        subject=Subject("k", "1", "x"),
        after={"text": "a\0b", "half": "\ud800", "on": clock.today()},
    )
    entry.refresh_from_db()

    assert entry.after == {"text": "a\ufffdb", "half": "?", "on": clock.today().isoformat()}
