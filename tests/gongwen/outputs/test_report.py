"""What the covering report is given."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from gongwen.outputs import summary_report
from gongwen.write import Issue, Narrative, Total

from .factory import FORM, SPEC, collection, issue, reply

FOUND = collection(
    [
        reply("东风社区", talks=3, money=0.1, story="开展活动。", g1=[{"times": 2}, {"times": 1}]),
        reply("向阳社区", "doubtful", talks="n/a", money=0.2, story="n/a", issues=[issue("money", "为约数", "约0.2"), issue("rate", "无关合计", doubt=False)]),
        reply("光明社区", "rejected"),
        reply(None, "doubtful", file="扫描件.pdf"),
    ],
    roster=["东风社区", "新华社区", "向阳社区", "光明社区"],
)  # fmt: skip


def test_everybody_is_in_the_list_they_belong_to() -> None:
    report = summary_report(FOUND, SPEC, today=date(2025, 6, 22))
    assert report.received == ("东风社区", "向阳社区")
    assert report.missing == ("新华社区",)
    assert report.doubtful == ("向阳社区",)
    assert report.rejected == ("光明社区",)
    assert report.unattributed == ("扫描件.pdf",)
    assert report.campaign == "2025年“安全生产月”活动"
    assert report.basis == "《关于开展2025年“安全生产月”活动的通知》"


def test_a_total_says_how_many_units_gave_a_number() -> None:
    totals = {one.label: one for one in summary_report(FOUND, SPEC).totals}
    assert totals["组织宣讲活动"] == Total("组织宣讲活动", "组织宣讲活动", "场", 3, 1)
    assert totals["投入资金"] == Total("查找身边安全隐患", "投入资金", "万元", 0.3, 2)
    assert totals["组织（各行合计）"].total == 3
    assert totals["开展应急演练"].units_counted == 0


def test_only_doubts_are_issues_and_only_texts_are_narratives() -> None:
    report = summary_report(FOUND, SPEC)
    assert report.issues == (Issue("向阳社区", "“查找身边安全隐患”栏“投入资金”填写为“约0.2”，为约数。"),)
    assert report.issues_found == 1
    assert report.narratives == (Narrative("东风社区", "开展活动。"),)


def test_without_a_roster_nobody_is_due() -> None:
    assert summary_report(replace(FOUND, roster=[], missing=[]), SPEC).roster_known is False


def test_a_slip_is_reported_by_its_own_title() -> None:
    slip = replace(FORM, title="联络员反馈表", kind="roster")
    assert summary_report(replace(FOUND, form_spec=slip), SPEC).campaign == "联络员反馈表报送"
