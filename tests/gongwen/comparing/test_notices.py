"""Two notices, a year apart: what became of every task, deadline, key day and blank."""

from __future__ import annotations

from textwrap import dedent

import pytest

from gongwen.comparing import Change, Comparison, compare_notices
from gongwen.compile import compile_documents
from gongwen.readers.docx import read_docx
from gongwen.spec import Campaign, Deadline, Evidence, Field, Form, NoticeSpec
from tests.support.notation import docx_from

OLD = """
= 云汀区应急管理局关于开展2025年“安全生产月”活动的通知
各街道、各社区：
2025年6月是第24个全国“安全生产月”。6月16日为全国“安全宣传咨询日”。
# 一、主要任务
各街道要组织开展2025年安全宣讲进社区活动，每个街道不少于3场。
各社区要组织楼栋疏散演练，提高居民避险逃生能力。
各街道要组织观看警示教育片，开展大讨论活动。
请各社区于6月20日前将活动情况统计表报送区应急管理局。
请各街道于5月30日前将联络员名单报送区应急管理局。
> 云汀区应急管理局
> 2025年5月20日
---
附件
活动情况统计表
| 项目 | 进展情况 |
| 宣讲 | 开展（  ）场 |
| 演练 | 组织应急演练（  ）场 |
| 咨询 | 设置展台（  ）个 |
"""
NEW = """
= 云汀区应急管理局关于开展2026年“安全生产月”活动的通知
各街道、各社区：
2026年6月是第25个全国“安全生产月”。6月17日为全国“安全宣传咨询日”。
# 一、主要任务
各社区要组织楼栋疏散演练和夜间演练，提高居民避险逃生能力。
各街道要组织开展2026年安全宣讲进社区活动，每个街道不少于3场。
各街道要发动网格员排查电动自行车违规充电问题。
请各社区于6月18日前将活动情况统计表报送区应急管理局。
请各街道于7月5日前将活动总结报送区应急管理局。
> 云汀区应急管理局
> 2026年5月20日
---
附件
活动情况统计表
| 项目 | 进展情况 |
| 宣讲 | 开展（  ）场 |
| 演练 | 组织各类应急演练（  ）场 |
| 志愿服务 | 参与志愿者（  ）名 |
"""


def compiled(text: str) -> NoticeSpec:
    return compile_documents([read_docx(docx_from(dedent(text)), "通知.docx")])


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return compare_notices(compiled(OLD), compiled(NEW))


def shown(change: Change) -> str:
    signs = {"same": "{}", "gone": "[-{}]", "new": "[+{}]"}
    return "".join(signs[run.kind].format(run.text) for run in change.runs)


def told(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.state, shown(change)) for change in changes]


def test_tasks_are_the_same_changed_new_or_gone_whatever_their_order(compared: Comparison) -> None:
    assert told(compared.tasks)[:3] == [
        ("changed", "各社区要组织楼栋疏散演练[+和夜间演练]，提高居民避险逃生能力。"),
        ("same", "各街道要组织开展[-2025年][+2026年]安全宣讲进社区活动，每个街道不少于3场。"),
        ("new", "[+各街道要发动网格员排查电动自行车违规充电问题。]"),
    ]
    assert ("gone", "[-各街道要组织观看警示教育片，开展大讨论活动。]") in told(compared.tasks)


def test_a_deadline_says_by_how_many_days_of_the_year_it_moved(compared: Comparison) -> None:
    assert [(one.state, one.moved) for one in compared.deadlines] == [("changed", -2), ("new", None), ("gone", None)]
    assert shown(compared.deadlines[0]) == "请各社区于6月[-20日][+18日]前将活动情况统计表报送区应急管理局"


def test_a_key_day_that_moved_is_changed(compared: Comparison) -> None:
    assert [(one.state, one.moved, shown(one)) for one in compared.key_dates] == [
        ("changed", 1, "6月[-16日][+17日] 安全宣传咨询日")
    ]


def test_blanks_of_the_same_words_are_the_same_and_others_are_paired_by_likeness(compared: Comparison) -> None:
    assert [(one.state, one.likeness == 1.0) for one in compared.fields] == [
        ("same", True),
        ("changed", False),
        ("new", False),
        ("gone", False),
    ]


def test_pointers_lead_to_either_notice(compared: Comparison) -> None:
    assert [(one.old, one.new) for one in compared.tasks][:3] == [
        ("/tasks/1", "/tasks/0"),
        ("/tasks/0", "/tasks/1"),
        (None, "/tasks/2"),
    ]
    assert compared.fields[-1].new is None
    assert compared.fields[-1].old == "/forms/0/fields/2"


def test_the_tally_counts_every_item_once(compared: Comparison) -> None:
    parts = (compared.tasks, compared.deadlines, compared.key_dates, compared.fields)
    assert sum(compared.tally().values()) == sum(map(len, parts))


def test_a_notice_compared_with_itself_has_not_changed() -> None:
    spec = compiled(OLD)
    again = compare_notices(spec, spec)
    assert {state for state, number in again.tally().items() if number} == {"same"}
    assert all(one.moved in (0, None) for one in (*again.deadlines, *again.key_dates))


def test_an_empty_notice_loses_or_gains_everything() -> None:
    spec, empty = compiled(OLD), NoticeSpec(source=[])
    assert {one.state for one in compare_notices(spec, empty).tasks} == {"gone"}
    assert {one.state for one in compare_notices(empty, spec).fields} == {"new"}
    assert compare_notices(empty, empty).tally() == {"same": 0, "changed": 0, "new": 0, "gone": 0}


# --- pairs


def place(text: str) -> Evidence:
    return Evidence(0, 0, None, None, 0, len(text), text)


def deadline(due: str | None, thing: str, who: str = "各街道") -> Deadline:
    return Deadline(due, [who], [thing], "区安委办", place(f"{who}报送{thing}"))


def notice(*deadlines: Deadline, year: int | None = None, forms: tuple[Form, ...] = ()) -> NoticeSpec:
    return NoticeSpec(source=[], campaign=Campaign(year=year), deadlines=list(deadlines), forms=list(forms))


def test_of_two_that_owe_the_same_thing_each_is_paired_with_its_own() -> None:
    old = notice(deadline("2025-06-20", "统计表", "各社区"), deadline("2025-06-22", "统计表", "各街道"))
    new = notice(deadline("2026-06-22", "统计表", "各街道"), deadline("2026-06-20", "统计表", "各社区"))
    assert [(one.state, one.old) for one in compare_notices(old, new).deadlines] == [
        ("same", "/deadlines/1"),
        ("same", "/deadlines/0"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "moved", "state"),
    [
        ("2025-06-20", "2026-06-20", 0, "same"),
        ("2025-06-20T17:00", "2026-06-20T12:00", 0, "changed"),
        ("2025-12-30", "2027-01-04", 5, "changed"),
        ("2024-02-29", "2025-03-01", 1, "changed"),
        ("2025-06-20", None, None, "changed"),
        (None, None, None, "same"),
    ],
)
def test_days_are_compared_within_the_year(old: str | None, new: str | None, moved: int | None, state: str) -> None:
    year = int(old[:4]) if old else 2025
    before, now = notice(deadline(old, "总结"), year=year), notice(deadline(new, "总结"), year=year + 1)
    (one,) = compare_notices(before, now).deadlines
    assert (one.moved, one.state) == (moved, state)


def field(label: str, key: str, unit: str | None = None) -> Field:
    return Field(id=key, section=None, subject=None, label=label, type="text", unit=unit, evidence=place(label))


def form(title: str, *fields: Field) -> Form:
    return Form(f"form-{title}", title, None, "statistics", list(fields))


def test_a_form_under_a_new_title_is_known_by_its_blanks() -> None:
    old = form("活动进展情况统计表", field("单位名称", "a"), field("宣讲场次", "b"), field("参与人次", "c"))
    new = form("“一月一行动”数据汇总", field("单位名称", "a"), field("宣讲场次", "b"), field("参与人数", "d"))
    compared = compare_notices(notice(forms=(old,)), notice(forms=(new,)))
    assert [(one.state, one.old) for one in compared.forms] == [("changed", "/forms/0")]
    assert [one.state for one in compared.fields] == ["same", "same", "changed"]


def test_forms_of_another_kind_are_not_paired_by_the_words_all_titles_share() -> None:
    old = form("“安全生产月”活动进展情况统计表", field("宣讲场次", "a"))
    new = form("“安全生产月”活动联络员反馈表", field("联络员", "b"))
    compared = compare_notices(notice(forms=(old,)), notice(forms=(new,)))
    assert [one.state for one in compared.forms] == ["new", "gone"]
    assert [one.state for one in compared.fields] == ["new", "gone"]


def test_equal_ids_are_a_pair_before_liker_words() -> None:
    old = form("统计表", field("参与人次", "x", "人次"), field("宣讲场次", "y", "场"))
    new = form("统计表", field("宣讲场次", "x", "场"), field("宣讲的场次", "y", "场"))
    compared = compare_notices(notice(forms=(old,)), notice(forms=(new,)))
    assert [(one.old, one.new) for one in compared.fields] == [
        ("/forms/0/fields/0", "/forms/0/fields/0"),
        ("/forms/0/fields/1", "/forms/0/fields/1"),
    ]
