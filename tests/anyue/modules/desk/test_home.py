"""Home: the right page for the person, figures that are links to what they count, and never more than fifteen queries."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from anyue.kernel import clock
from anyue.kernel.clock import now
from anyue.modules.accounts.models import Grant, Post, User
from anyue.modules.campaigns.models import Campaign, Duty, Extension
from anyue.modules.campaigns.services import receipt_sign
from anyue.modules.desk.views.chosen import WORKING_CAMPAIGN
from anyue.modules.notices.models import Notice
from anyue.modules.orgs.models import Kind
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from anyue.surfaces.console import context as shell
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, actor_for, client_for, grant, make_unit, make_user
from tests.anyue.modules.campaigns.makers import SPEC, running


def text_of(page: str) -> str:
    """What a person reads of a page."""
    inside = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def home(user: User, query: str = "") -> str:
    answer = client_for(user).get(f"/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def month(tree: Tree) -> Campaign:
    """The district's campaign with its return ten days late, and one receipt signed."""
    campaign = running(tree)
    Duty.objects.filter(campaign=campaign, kind="return").update(due_at=now() - timedelta(days=10))
    Duty.objects.filter(campaign=campaign, kind__in=["receipt", "liaison"]).update(due_at=now() + timedelta(hours=20))
    Duty.objects.filter(campaign=campaign, kind="task").update(due_at=now() + timedelta(days=20))
    receipt_sign(by=actor_for(make_user("liaison_officer", tree.street)), campaign=campaign, unit=tree.street)
    return campaign


def test_an_officer_reads_what_waits_in_words_and_the_number_leads_to_its_list(tree: Tree, month: Campaign) -> None:
    user = make_user("reviewer", tree.district)
    page = home(user)

    assert "2个社区未报送" in text_of(page).replace(" ", "")
    late = next(unescape(one) for one in re.findall(r'href="(/duties/[^"]+)"', page) if "level=community" in one)
    assert "共 2 条" in text_of(client_for(user).get(late).content.decode())


def test_what_is_late_stands_before_what_is_due_soon(tree: Tree, month: Campaign) -> None:
    words = text_of(home(make_user("reviewer", tree.district)))

    assert words.index("未报送") < words.index("未签收")


def test_what_is_due_in_three_weeks_waits_for_nobody_yet(tree: Tree, month: Campaign) -> None:
    assert "任务" not in text_of(home(make_user("reviewer", tree.district))).partition("办理进度")[0]


def test_every_decision_that_units_wait_for_stands_on_the_office_s_home(tree: Tree, month: Campaign) -> None:
    tasks = list(month.duties.filter(kind="task").order_by("pk"))
    Extension.objects.create(duty=tasks[0], wanted_at=now(), reason="人手不足", asked_by="测试")
    month.duties.filter(pk=tasks[1].pk).update(state="not_ours", reason="不涉及", declined_at=now(), declined_by="测试")
    month.duties.filter(pk=tasks[2].pk).update(state="done", done_at=now(), done_by="测试")
    Notice.objects.create(unit=tree.district, title="转发通知", state="review", created_by="测试")
    page = home(make_user("reviewer", tree.district))
    words = text_of(page)

    assert "1 项延期申请待答复" in words
    assert "1 项反映不属本单位，待答复" in words
    assert "1 项任务已办结，待确认" in words
    assert "通知待审核：转发通知" in words
    for waits in ("asked", "declined", "done"):
        link = unescape(next(one for one in re.findall(r'href="(/duties/[^"]+)"', page) if f"waits={waits}" in one))
        listed = client_for(make_user("reviewer", tree.district)).get(link).content.decode()
        assert "共 1 条" in text_of(listed), waits


def test_the_ring_says_what_the_campaign_s_own_page_counts(tree: Tree, month: Campaign) -> None:
    assert "1 / 4" in text_of(home(make_user("reviewer", tree.district)))


def test_an_office_of_its_own_campaign_alone_sees_nothing_of_a_stranger_s(tree: Tree, month: Campaign) -> None:
    page = home(make_user("unit_admin", tree.stranger_district))

    assert month.name not in page
    assert "尚无活动" in page
    assert "/notices/new/" in page


def test_a_community_begins_with_the_one_thing_that_is_most_urgent(tree: Tree, month: Campaign) -> None:
    page = home(make_user("liaison_officer", tree.community))

    found = re.search(r'class="desk-next".*?</section>', page, re.DOTALL)
    assert found is not None
    assert "活动情况统计表" in found[0]
    assert "已逾期" in found[0]
    assert "填报" in found[0]


def test_who_may_not_sign_is_not_told_to_sign(tree: Tree, month: Campaign) -> None:
    Duty.objects.filter(campaign=month, kind__in=["return", "task"]).delete()
    page = home(make_user("recorder", tree.community))

    assert "desk-next" not in page
    assert "您目前没有待办" in page


def test_what_was_sent_back_says_why(tree: Tree, month: Campaign) -> None:
    month.duties.filter(unit=tree.community, kind="return").delete()
    month.duties.filter(unit=tree.community, kind="task").update(
        state="started", returned_at=now(), returned_by="测试", answer="请补充照片。"
    )

    assert "退回原因： 请补充照片。" in text_of(home(make_user("recorder", tree.community)))


def test_an_administrator_whose_unit_only_owes_begins_with_what_it_owes(tree: Tree, month: Campaign) -> None:
    assert "desk-next" in home(make_user("unit_admin", tree.community))
    assert re.search(r"本单位有 \d 项待办", text_of(home(make_user("unit_admin", tree.community), "?face=office")))


def test_a_leader_begins_with_five_figures_and_her_officer_with_the_work(tree: Tree, month: Campaign) -> None:
    leader = make_user("reviewer", tree.district)
    Post.objects.filter(user=leader).update(is_leader=True)
    page = home(leader)

    assert page.count('class="ay-figure"') == 5
    assert "逾期单位" in page
    assert 'class="ay-figure"' not in home(make_user("reviewer", tree.district))


def test_a_street_s_leader_sees_her_street_and_below_alone(tree: Tree, month: Campaign) -> None:
    page = home(make_user("unit_admin", tree.street), "?face=leader")

    assert "本单位及下级" in page
    assert "1 / 3" in text_of(page)
    assert tree.other_street.name not in page


def test_somebody_without_a_role_learns_whom_to_ask(tree: Tree) -> None:
    make_user("unit_admin", tree.district, name="安小区")
    make_user("unit_admin", tree.street, name="安小街")
    page = home(make_user(None, tree.community))

    assert "安小街" in page
    assert "安小区" not in page


def test_somebody_without_role_and_unit_is_sent_to_who_keeps_people(tree: Tree) -> None:
    make_user("business_admin", name="管小业")

    assert "管小业" in home(make_user())


@pytest.mark.parametrize("role", ["expert", "media_officer", "enterprise_employee"])
def test_who_looks_on_sees_the_running_campaigns_and_their_days(tree: Tree, month: Campaign, role: str) -> None:
    month.key_days.update(on=clock.today() + timedelta(days=3))
    page = home(make_user(role, tree.community))

    assert month.name in page
    assert "安全宣传咨询日" in page


def test_an_enterprise_reads_of_its_own_tasks(tree: Tree) -> None:
    spec = {**SPEC, "tasks": [{**SPEC["tasks"][0], "levels": ["enterprise"], "responsible": ["各企业"]}]}
    running(tree, [tree.enterprise], spec)

    page = home(make_user("enterprise_safety_officer", tree.enterprise))
    assert "本企业任务" in page
    assert "desk-next" in page


def test_the_auditor_counts_odd_things_and_each_number_leads_to_its_entries(tree: Tree) -> None:
    for _ in range(3):
        record(by=Actor.anonymous("10.0.0.9"), action="sign_in.failed", subject=Subject("accounts.user", "", ""))
    user = make_user("security_auditor")
    page = home(user)

    number = re.search(r'href="(/audit/\?action=sign_in\.failed[^"]*)".*?ay-figure-number[^>]*>(\d+)<', page, re.DOTALL)
    assert number is not None
    assert number[2] == "3"
    listed = client_for(user).get(unescape(number[1])).content.decode()
    assert listed.count("10.0.0.9") >= 3


def test_the_business_administrator_sees_roles_that_end_and_no_others(tree: Tree) -> None:
    soon, later = make_user(None, tree.street, name="快到期"), make_user(None, tree.street, name="还早呢")
    for user, days in ((soon, 5), (later, 60)):
        Grant.objects.filter(pk=grant(user, "recorder", tree.street).pk).update(until_at=now() + timedelta(days=days))
    page = home(make_user("business_admin"))

    assert "快到期" in page
    assert "还早呢" not in page


def test_a_home_page_that_is_not_hers_is_not_shown(tree: Tree, month: Campaign) -> None:
    page = home(make_user("recorder", tree.community), "?face=audit")

    assert "本单位任务" in page


def test_the_desk_and_the_shell_mean_the_same_choice() -> None:
    assert shell.WORKING_CAMPAIGN == WORKING_CAMPAIGN


PEOPLE = [
    "unit_admin",
    "reviewer",
    "liaison_officer",
    "recorder",
    "expert",
    "media_officer",
    "enterprise_safety_officer",
]
ROOMS = ["system_admin", "security_auditor", "business_admin"]


@pytest.mark.parametrize("role", [*PEOPLE, *ROOMS])
def test_home_asks_fifteen_times_at_most_whatever_the_month_holds(
    tree: Tree, month: Campaign, role: str, assert_queries_at_most: Limit
) -> None:
    units = [make_unit(parent=tree.street, kind=Kind.COMMUNITY) for _ in range(30)]
    Duty.objects.bulk_create(
        Duty(campaign=month, unit=unit, kind="receipt", title="签收", due_at=now() - timedelta(days=1))
        for unit in units
    )
    for number in range(7):
        Notice.objects.create(unit=tree.district, title=f"通知{number}", state="review", created_by="测试")
    Extension.objects.create(
        duty=month.duties.filter(kind="task")[0], wanted_at=now(), reason="人手不足", asked_by="测试"
    )
    for place in (tree.district, tree.street, tree.community):
        client = client_for(make_user(role, place))
        client.get("/people/me/")  # that she is here is noted once a minute
        for face in ("", "?face=leader", "?face=unit"):
            with assert_queries_at_most(15):
                assert client.get(f"/{face}").status_code == 200
