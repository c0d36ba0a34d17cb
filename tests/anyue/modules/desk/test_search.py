"""Search: everything she sees and nothing else, by name, code and pinyin initials."""

from __future__ import annotations

import pytest

from anyue.modules.accounts.initials import initials_of
from anyue.modules.accounts.models import User
from anyue.modules.campaigns.models import Campaign
from anyue.modules.desk.selectors.search import found
from anyue.modules.notices.models import Notice
from anyue.modules.orgs.models import Unit
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, client_for, make_user
from tests.anyue.modules.campaigns.makers import running


@pytest.fixture
def month(tree: Tree) -> Campaign:
    """A running campaign; units and people have their initials, as their services give them."""
    for unit in Unit.objects.all():
        Unit.objects.filter(pk=unit.pk).update(initials=initials_of(unit.name))
    return running(tree)


def hits(user: User, typed: str) -> dict[str, list[str]]:
    return {group.code: [hit.title for hit in group.hits] for group in found(actor_for(user), typed)}


def test_a_unit_is_found_by_name_and_by_initials_from_any_character(tree: Tree, month: Campaign) -> None:
    user = make_user("reviewer", tree.district)

    for typed in ("柳岸", "lasq", "LASQ", "asq"):
        assert hits(user, typed)["units"] == ["柳岸社区"], typed


def test_a_unit_is_found_by_its_code(tree: Tree, month: Campaign) -> None:
    Unit.objects.filter(pk=tree.street.pk).update(code="379901001000")

    assert hits(make_user("reviewer", tree.district), "379901001")["units"] == [tree.street.name]


def test_a_person_is_found_by_initials(tree: Tree, month: Campaign) -> None:
    user = make_user("recorder", tree.community, name="安小宁")
    User.objects.filter(pk=user.pk).update(initials="axn")

    assert hits(make_user("unit_admin", tree.district), "axn")["people"] == ["安小宁"]


def test_campaigns_tasks_and_notices_are_found_by_words_and_by_initials(tree: Tree, month: Campaign) -> None:
    user = make_user("reviewer", tree.district)

    assert hits(user, "安全生产月")["campaigns"] == [month.name]
    assert hits(user, "aqscy")["campaigns"] == [month.name]
    assert hits(user, "微信群")["tasks"] == ["利用楼栋微信群开展宣讲。"]
    assert len(hits(user, "安全生产月")["notices"]) == 1
    assert len(hits(user, "aqscy")["notices"]) == 1


def test_a_stranger_finds_nothing_of_it(tree: Tree, month: Campaign) -> None:
    stranger = make_user("unit_admin", tree.stranger_district)

    for typed in ("柳岸", "lasq", "安全生产月", "aqscy", "微信群", "测试"):
        assert not any(
            "柳岸" in hit or "安全生产月" in hit or "微信群" in hit
            for rows in hits(stranger, typed).values()
            for hit in rows
        ), typed
    assert tree.community.name not in client_for(stranger).get("/search/?q=柳岸").content.decode()


def test_who_may_not_see_people_finds_none(tree: Tree, month: Campaign) -> None:
    make_user("recorder", tree.community, name="安小宁")

    assert "people" not in hits(make_user("recorder", tree.community), "安小宁")


def test_a_unit_that_is_addressed_finds_the_campaign_and_no_draft_of_the_office(tree: Tree, month: Campaign) -> None:
    user = make_user("recorder", tree.community)
    assert hits(user, "安全生产月")["campaigns"] == [month.name]
    Campaign.objects.filter(pk=month.pk).update(state="draft")

    assert "campaigns" not in hits(user, "安全生产月")


def test_more_than_the_page_shows_leads_to_the_list(tree: Tree, month: Campaign) -> None:
    for number in range(12):
        Notice.objects.create(unit=tree.district, title=f"汛期通知{number}", created_by="测试")
    group = next(one for one in found(actor_for(make_user("reviewer", tree.district)), "汛期") if one.code == "notices")

    assert (len(group.hits), group.more) == (8, True)
    assert group.href.startswith("/notices/?q=")


@pytest.mark.parametrize("typed", ["", "  ", "\0", "%", "_", "'", "<b>", "a" * 500])
def test_nothing_that_is_typed_breaks_it(tree: Tree, typed: str) -> None:
    answer = client_for(make_user("unit_admin", tree.district)).get("/search/", {"q": typed})

    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_suggestions_are_a_part_of_the_page(tree: Tree, month: Campaign) -> None:
    client = client_for(make_user("reviewer", tree.district))
    page = client.get("/search/?q=lasq", headers={"HX-Request": "true", "HX-Target": "ay-suggestions"}).content.decode()

    assert "柳岸社区" in page
    assert "<html" not in page


def test_it_asks_fifteen_times_at_most(tree: Tree, month: Campaign, assert_queries_at_most: Limit) -> None:
    for role in ("unit_admin", "reviewer", "security_auditor", "business_admin"):
        client = client_for(make_user(role, tree.district))
        client.get("/people/me/")
        for typed in ("安全", "lasq", "a", "3799"):
            with assert_queries_at_most(15):
                client.get("/search/", {"q": typed})
