"""The reminder, word for word."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import Any

import pytest
from msgspec.structs import replace

from gongwen.collection import Duplicate, RosterUnit
from gongwen.outputs import reminder_text
from gongwen.outputs.deadline import deadline_of, due_of
from gongwen.spec import Deadline, Evidence

from .factory import FORM, SPEC, collection, issue, reply

NEWS = RosterUnit("新华社区", None, "张三", "13800000000")


def deadline(due: str | None, *deliverables: str, text: str = "", **more: Any) -> Deadline:
    return Deadline(due, [], list(deliverables), None, Evidence(0, 0, None, None, 0, 0, text), **more)


def test_the_message_as_it_is_pasted() -> None:
    found = collection(
        [
            reply("东风社区", talks=1),
            reply("向阳社区", "doubtful", talks=200, issues=[issue("talks", "写的是约数，已按所写数字计入。请核实准确数", "约200")]),
            reply("光明社区", "rejected", issues=[issue(None, "文件已损坏。请对方重新发送", details={"reason": "文件已损坏"})]),
            reply(None, "doubtful", file="扫描件.pdf"),
        ],
        roster=["东风社区", NEWS, "向阳社区", "光明社区"],
    )  # fmt: skip
    expected = """\
        【催报】“安全生产月”活动进展情况统计表

        各社区：
        　　按照《关于开展2025年“安全生产月”活动的通知》要求，“安全生产月”活动进展情况统计表（附件2）应于6月20日（周五）前报送公共安全办公室。目前已报送2家，以下1家单位尚未报送：
        　　1. 新华社区（张三，13800000000）
        　　现已逾期2天，请以上单位抓紧填报，尽快报送。

        　　以下1家单位报送的文件无法采用，请重新报送：
        　　1. 光明社区：“光明社区统计表.docx”，文件已损坏。

        　　以下1家单位已报送，但有数据需要核实，请核实更正后重新报送：
        　　1. 向阳社区：“组织宣讲活动”填写为“约200”，写的是约数，已按所写数字计入，请核实准确数。

        　　另有1份文件不能确认填报单位：“扫描件.pdf”。请有关单位认领，写明填报单位后重新报送。

        　　联系人：李佳，84630013。感谢支持！

        ————————————————————
        以下为逐家发送的内容，每段一家：

        〔新华社区〕（张三，13800000000）
        【催报】新华社区：“安全生产月”活动进展情况统计表（附件2）应于6月20日（周五）前报送公共安全办公室。目前尚未收到贵单位的报送材料，现已逾期2天，请抓紧填报，尽快报送。联系人：李佳，84630013。

        〔向阳社区〕
        【催报】向阳社区：贵单位报送的“安全生产月”活动进展情况统计表（向阳社区统计表.docx）已收到，其中有数据需要核实：“组织宣讲活动”填写为“约200”，写的是约数，已按所写数字计入，请核实准确数。请核实更正后重新报送；如数据无误，请回复说明。联系人：李佳，84630013。

        〔光明社区〕
        【催报】光明社区：贵单位报送的“安全生产月”活动进展情况统计表无法采用：“光明社区统计表.docx”，文件已损坏。请重新报送。联系人：李佳，84630013。
        """
    assert reminder_text(found, SPEC, today=date(2025, 6, 22)) == dedent(expected)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2025, 6, 18), "请于6月20日（周五）前将“安全生产月”活动进展情况统计表（附件2）报送公共安全办公室"),
        (date(2025, 6, 18), "距截止还有2天，请以上单位抓紧填报，按时报送。"),
        (date(2025, 6, 20), "今日截止，请以上单位抓紧填报，按时报送。"),
        (date(2025, 6, 21), "现已逾期1天"),
        (date(2026, 1, 5), "应于2025年6月20日（周五）前"),
        (None, "请以上单位抓紧填报，按时报送。"),
    ],
)
def test_the_time_left_is_said_from_the_day(today: date | None, words: str) -> None:
    text = reminder_text(collection([], roster=[NEWS]), SPEC, today=today)
    assert words in text
    assert ("逾期" in text) == (today is not None and today > date(2025, 6, 20))


def test_no_date_is_invented_where_the_notice_has_none() -> None:
    text = reminder_text(collection([], roster=[NEWS]), replace(SPEC, deadlines=[]), today=date(2025, 6, 22))
    assert "请按通知规定的时限将" in text
    assert "逾期" not in text
    assert "报送我处" in text


def test_when_all_is_well_it_says_so() -> None:
    text = reminder_text(collection([reply("东风社区", talks=1)], roster=["东风社区"]), SPEC)
    assert "应报送的1家单位均已报送“安全生产月”活动进展情况统计表，未发现需要更正的数据，无需催报。" in text
    assert "逐家" not in text


def test_without_a_roster_nobody_is_called_missing() -> None:
    found = collection([reply("东风社区", "doubtful", talks=1, issues=[issue("talks", "请核实")])])
    text = reminder_text(found, SPEC, today=date(2025, 6, 22))
    assert "尚未报送" not in text
    assert "未提供单位名单" in text


def test_two_files_of_a_unit_are_asked_about_once() -> None:
    twice = [reply("东风社区", "doubtful", file="旧.docx"), reply("东风社区", "doubtful", file="新.docx")]
    pair = [Duplicate("东风社区", "新.docx", ["旧.docx"], "填报日期较晚")]
    text = reminder_text(collection(twice, roster=["东风社区"], duplicates=pair), SPEC)
    assert text.count("共报送2份，目前按“新.docx”计，请确认以哪一份为准") == 2, "for all, and for the unit"


def test_many_issues_are_counted_for_all_and_listed_for_the_unit() -> None:
    issues = [issue("talks", f"问题{n}，请核实", f"约{n}") for n in range(7)]
    text = reminder_text(collection([reply("东风社区", "doubtful", issues=issues)], roster=["东风社区"]), SPEC)
    everyone, one = text.split("逐家")
    assert "；等7处。" in everyone
    assert "问题6" not in everyone
    assert "（7）" in one


def test_it_is_plain_text() -> None:
    text = reminder_text(collection([], roster=[NEWS]), SPEC, today=date(2025, 6, 22))
    assert not set(text) & set("*#`|<>_")


def test_the_deadline_is_the_one_that_names_the_form() -> None:
    liaison = deadline("2025-05-30T14:00", "联络员", text="明确1名联络员（附件），于5月30日14点前反馈")
    summary = deadline(
        "2025-06-20", "活动总结", text="明确1名联络员（附件），于5月30日14点前反馈，并于6月20日前将活动总结报送区应急局"
    )
    table = deadline("2025-06-25", "活动进展统计表", text="6月25日前将活动进展统计表（附件2）报送")
    spec = replace(SPEC, deadlines=[summary, liaison, table])
    slip = replace(FORM, title="“安全生产月”活动联络员反馈表", attachment="附件", kind="roster")
    assert deadline_of(spec, FORM) == table
    assert deadline_of(spec, slip) == liaison
    due = due_of(liaison)
    assert due is not None
    assert due.words(date(2025, 5, 1)) == "5月30日（周五）14:00前"


def test_of_several_days_the_next_one_counts_and_then_the_last() -> None:
    days = [deadline(f"2025-{month:02}-03", "统计表") for month in (6, 8, 10)]
    spec = replace(SPEC, deadlines=days)
    assert [deadline_of(spec, FORM, day) for day in (date(2025, 5, 1), date(2025, 7, 1), date(2025, 12, 1))] == days


def test_a_deadline_of_something_else_is_not_taken() -> None:
    assert deadline_of(replace(SPEC, deadlines=[deadline("2025-06-01", "横幅")]), FORM) is None
