"""Who owes what to whom by when: a sentence of a notice of 20 May 2026, and the duties it says."""

from __future__ import annotations

import pytest
from msgspec import UNSET

from .said import compiled, duties, notice, spans

Duty = tuple[str | None, list[str], list[str], str | None]
BUREAU = "区应急管理局"

SAID: list[tuple[str, list[Duty]]] = [
    # a day
    (
        "请各街道于6月20日前将活动总结报送区应急管理局。",
        [("2026-06-20", ["各街道"], ["活动总结"], BUREAU)],
    ),
    (
        "各社区、各有关企业要于6月20日前将特色活动、典型经验和统计表（附件2）报送区应急管理局。",
        [("2026-06-20", ["各社区", "各有关企业"], ["特色活动", "典型经验", "统计表"], BUREAU)],
    ),
    ("6月20日前，各街道将活动总结报送区应急管理局。", [("2026-06-20", ["各街道"], ["活动总结"], BUREAU)]),
    ("请于6月20日前将《活动情况统计表》报区应急管理局。", [("2026-06-20", [], ["活动情况统计表"], BUREAU)]),
    ("各街道要于6月10日前完成重点场所排查。", [("2026-06-10", ["各街道"], ["完成重点场所排查"], None)]),
    (
        "各街道于6月25日下班前将总结材料发送至邮箱yjj@yunting.example。",
        [("2026-06-25", ["各街道"], ["总结材料"], None)],
    ),
    ("请各街道于6月20日将活动总结报送区应急管理局。", [("2026-06-20", ["各街道"], ["活动总结"], BUREAU)]),
    ("活动总结报送截止时间为6月25日。", [("2026-06-25", [], ["活动总结"], None)]),
    ("活动统计表报送时间截至6月25日。", [("2026-06-25", [], ["活动统计表"], None)]),
    ("请各单位截至6月20日将活动总结报送区应急管理局。", [("2026-06-20", ["各单位"], ["活动总结"], BUREAU)]),
    ("各社区务必最迟6月18日前，把统计表交到街道应急办。", [("2026-06-18", ["各社区"], ["统计表"], "街道应急办")]),
    ("报送时间：6月20日前。", [("2026-06-20", [], [], None)]),
    ("请各街道报送活动总结，截至6月25日。", [("2026-06-25", ["各街道"], ["活动总结"], None)]),
    # a time
    (
        "请各社区于5月30日14点前将联络员回执反馈街道安全办。",
        [("2026-05-30T14:00", ["各社区"], ["联络员回执"], "街道安全办")],
    ),
    (
        "请各街道于6月20日（星期六）下午5时前将活动总结报送区应急管理局。",
        [("2026-06-20T17:00", ["各街道"], ["活动总结"], BUREAU)],
    ),
    ("请各街道于6月20日24时前将活动总结报送区应急管理局。", [("2026-06-20", ["各街道"], ["活动总结"], BUREAU)]),
    # the year
    ("明年1月10日前，各街道将全年工作总结报送区应急管理局。", [("2027-01-10", ["各街道"], ["全年工作总结"], BUREAU)]),
    ("请各街道于2027年3月1日前将典型案例报送区应急管理局。", [("2027-03-01", ["各街道"], ["典型案例"], BUREAU)]),
    # several
    (
        "请各街道于6月28日前报送活动总结，于7月5日前报送典型案例。",
        [("2026-06-28", ["各街道"], ["活动总结"], None), ("2026-07-05", ["各街道"], ["典型案例"], None)],
    ),
    (
        "各街道于6月20日前将活动总结报送区应急管理局，7月10日前将整改情况报送区安委办。",
        [
            ("2026-06-20", ["各街道"], ["活动总结"], BUREAU),
            ("2026-07-10", ["各街道"], ["整改情况"], "区安委办"),
        ],
    ),
    (
        "各街道明确1名联络员（附件），于5月30日14点前反馈，并于6月20日前将活动总结报送区应急局。",
        [
            ("2026-05-30T14:00", ["各街道"], ["联络员"], None),
            ("2026-06-20", ["各街道"], ["活动总结"], "区应急局"),
        ],
    ),
    (
        "各街道于6、8、10、12月3日前报送统计表。",
        [(f"2026-{month}-03", ["各街道"], ["统计表"], None) for month in ("06", "08", "10", "12")],
    ),
    (
        "各社区请于6月5日、6月15日前报送信息稿件。",
        [("2026-06-05", ["各社区"], ["信息稿件"], None), ("2026-06-15", ["各社区"], ["信息稿件"], None)],
    ),
    # that day
    (
        "各街道要组织现场咨询活动，6月16日当日15时前将活动照片报送区应急管理局。",
        [("2026-06-16T15:00", ["各街道"], ["活动照片"], BUREAU)],
    ),
    (
        "6月16日举办现场咨询活动，各街道当日17时前将活动情况报送区安委办。",
        [("2026-06-16T17:00", ["各街道"], ["活动情况"], "区安委办")],
    ),
]


@pytest.mark.parametrize(("said", "expected"), SAID, ids=[case[0] for case in SAID])
def test_a_deadline_says_when_who_what_and_to_whom(said: str, expected: list[Duty]) -> None:
    assert duties(said) == expected


RECURRING: list[tuple[str, str, list[str], list[str], str | None]] = [
    (
        "各街道每周四12:00前将工作进展情况报送区应急管理局。",
        "FREQ=WEEKLY;BYDAY=TH;BYHOUR=12;BYMINUTE=0",
        ["各街道"],
        ["工作进展情况"],
        BUREAU,
    ),
    (
        "各街道每月底前向区安委会办公室报送工作小结。",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        ["各街道"],
        ["工作小结"],
        "区安委会办公室",
    ),
    (
        "每月15日和30日前，各街道将隐患台账报送区应急管理局。",
        "FREQ=MONTHLY;BYMONTHDAY=15,30",
        ["各街道"],
        ["隐患台账"],
        BUREAU,
    ),
    (
        "各街道每季度末月25日前将工作总结报送区应急管理局。",
        "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25",
        ["各街道"],
        ["工作总结"],
        BUREAU,
    ),
]


@pytest.mark.parametrize(("said", "rule", "who", "what", "recipient"), RECURRING, ids=[case[0] for case in RECURRING])
def test_a_deadline_that_repeats_is_a_rule_without_a_day(
    said: str, rule: str, who: list[str], what: list[str], recipient: str | None
) -> None:
    (deadline,) = notice(said).deadlines
    assert (deadline.due, deadline.recurs) == (None, rule)
    assert (deadline.who, deadline.deliverables, deadline.recipient) == (who, what, recipient)


# --- relative


@pytest.mark.parametrize(
    ("said", "words", "who", "what"),
    [
        ("请各单位收文后3个工作日内将联络员名单报送区应急局。", "收文后3个工作日内", ["各单位"], ["联络员名单"]),
        ("各街道要在活动结束后3日内报送活动总结。", "活动结束后3日内", ["各街道"], ["活动总结"]),
        ("各社区于活动当日15时前将现场照片报送街道安全办。", "活动当日15时", ["各社区"], ["现场照片"]),
        ("发生事故后1小时内，各企业要向区应急局报告事故情况。", "发生事故后1小时内", ["各企业"], ["事故情况"]),
    ],
)
def test_a_relative_deadline_keeps_its_words_where_its_anchor_is_unknown(
    said: str, words: str, who: list[str], what: list[str]
) -> None:
    (deadline,) = notice(said).deadlines
    assert (deadline.due, deadline.relative) == (None, words)
    assert (deadline.who, deadline.deliverables) == (who, what)


@pytest.mark.parametrize(
    ("distance", "due"),
    [("3日内", "2026-07-03"), ("5个工作日内", "2026-07-07"), ("一周内", "2026-07-07"), ("1个月内", "2026-07-30")],
)
def test_a_relative_deadline_is_computed_where_the_period_is_known(distance: str, due: str) -> None:
    (deadline,) = notice(f"“安全生产月”活动时间为6月1日至30日。各街道要在活动结束后{distance}报送活动总结。").deadlines
    assert (deadline.due, deadline.relative) == (due, f"活动结束后{distance}")


def test_working_days_after_the_notice_count_from_its_day() -> None:
    (deadline,) = notice("各街道要在本通知印发后3个工作日内将联络员名单报送区应急管理局。").deadlines
    assert deadline.due == "2026-05-25"  # 20 May 2026 is a Wednesday


# --- fuzzy, moving, the last of February


def test_a_fuzzy_deadline_is_its_last_day_and_says_between_which_days() -> None:
    (deadline,) = notice("各街道请于11月中旬前将典型做法报送区应急管理局。").deadlines
    assert deadline.due == "2026-11-20"
    assert deadline.fuzzy is not UNSET
    assert (deadline.fuzzy.earliest, deadline.fuzzy.latest) == ("2026-11-11", "2026-11-20")


def test_a_deadline_may_move_to_the_next_working_day() -> None:
    (deadline,) = notice("请各街道于6月20日前报送活动总结，遇节假日顺延。").deadlines
    assert (deadline.due, deadline.moves) == ("2026-06-20", "next_working_day")
    (other,) = notice("请各街道于6月20日前报送活动总结。").deadlines
    assert other.moves is UNSET


def test_the_end_of_february_is_the_29th_in_a_leap_year() -> None:
    foot = "> 云汀区应急管理局\n> 2028年1月10日"
    assert [due for due, *_ in duties("请各街道于2月底前将活动总结报送区应急管理局。", foot)] == ["2028-02-29"]


@pytest.mark.parametrize(
    ("issued", "said", "due"),
    [
        ("2025年12月20日", "1月10日前", "2026-01-10"),  # a notice of December asks for January
        ("2026年1月5日", "12月20日前", "2026-12-20"),
        ("2026年5月20日", "6月20日前", "2026-06-20"),
    ],
)
def test_the_year_is_inferred_from_the_day_of_issue(issued: str, said: str, due: str) -> None:
    text = f"= 关于报送工作总结的通知\n各街道：\n请各街道于{said}将工作总结报送区应急管理局。\n> 云汀区应急管理局\n> {issued}"
    assert [one.due for one in compiled(text).deadlines] == [due]


def test_without_a_day_of_issue_the_year_of_the_title_counts() -> None:
    text = "= 关于开展2026年“安全生产月”活动的通知\n各街道：\n请各街道于6月20日前将活动总结报送区应急管理局。"
    assert [one.due for one in compiled(text).deadlines] == ["2026-06-20"]


# --- who


def test_a_sentence_without_a_subject_takes_the_one_before_it() -> None:
    assert duties("各社区要高度重视，精心安排部署。6月20日前将活动总结报送区应急管理局。") == [
        ("2026-06-20", ["各社区"], ["活动总结"], BUREAU)
    ]


def test_a_new_heading_forgets_who_was_asked_before() -> None:
    assert duties("# 一、宣传\n各社区要高度重视。\n# 二、报送\n6月20日前将活动总结报送区应急管理局。") == [
        ("2026-06-20", [], ["活动总结"], BUREAU)
    ]


def test_a_deadline_that_says_nothing_about_who_is_pointed_at() -> None:
    spec = notice("请于6月20日前将活动总结报送区应急管理局。")
    (warning,) = [one for one in spec.warnings if one.code == "N213"]
    assert warning.evidence == spec.deadlines[0].evidence


# --- the same duty said twice

TABLE = """
    ---
    附件2
    = 活动进展情况统计表
    填报单位：　　　　填报日期：
    | 宣讲 | 开展（    ）场，参与（    ）人次 |
    {}
"""


def test_the_note_under_the_form_says_the_same_duty_again() -> None:
    behind = TABLE.format("注：请于6月20日前将此表报送至区应急管理局")
    spec = notice(
        "各社区于6月20日前将活动进展情况统计表（附件2）报送区应急管理局。\n附件：2.活动进展情况统计表", behind
    )
    (deadline,) = spec.deadlines
    assert (deadline.due, deadline.who, deadline.deliverables) == ("2026-06-20", ["各社区"], ["活动进展情况统计表"])
    assert [span.text for span in spans(deadline.evidence)] == [
        "各社区于6月20日前将活动进展情况统计表（附件2）报送区应急管理局",
        "注：请于6月20日前将此表报送至区应急管理局",
    ]


def test_another_thing_due_the_same_day_is_another_duty() -> None:
    found = duties("各社区于6月20日前将活动统计表报送区应急管理局。各企业于6月20日前将应急预案报送区住房和城乡建设局。")
    assert found == [
        ("2026-06-20", ["各社区"], ["活动统计表"], BUREAU),
        ("2026-06-20", ["各企业"], ["应急预案"], "区住房和城乡建设局"),
    ]


def test_the_same_thing_due_on_another_day_is_another_duty() -> None:
    found = duties("各社区于6月10日前将活动统计表报送区应急管理局。\n各社区于6月20日前将活动统计表报送区应急管理局。")
    assert [due for due, *_ in found] == ["2026-06-10", "2026-06-20"]


# --- dates that are no deadlines

DECOYS = [
    "2025年6月16日，全区共开展活动120场。",
    "自2026年6月1日起施行。",
    "6月1日至30日，集中开展宣传活动。",
    "6月16日为全国“安全宣传咨询日”。",
    "6月16日上午，在区文化广场举办现场咨询活动。",
    "2024年底前建成的企业要全面自查。",
    "截至5月10日，全区共排查隐患300处。",
    "截至目前，全区已开展活动12场。",
    "根据2026年3月1日印发的文件要求，各单位要高度重视。",
    "去年6月20日前，各街道已将总结报送区应急管理局。",
    "《安全生产法》（2021年6月10日修订）要求落实主体责任。",
    "5月10日前已取得许可证的企业名单另行公布。",
    "请对照云应急〔2026〕17号文件抓好落实。",
    "动员部署阶段（6月1日至6月10日）。",
    "联系电话：2026-0620。",
]


@pytest.mark.parametrize("said", DECOYS)
def test_dates_of_past_or_other_things_are_no_deadlines(said: str) -> None:
    assert duties(said) == []


def test_dates_in_a_blank_form_are_no_deadlines() -> None:
    assert notice("请认真组织。", TABLE.format("检查日期：2026年6月20日前后")).deadlines == []


# --- a whole notice


def test_a_notice_with_every_sort_of_date_says_exactly_its_duties() -> None:
    spec = notice("""
        今年6月是第25个全国“安全生产月”，6月16日为全国“安全宣传咨询日”。根据《沧澜市安委办关于开展2026年“安全生产月”活动的通知》（沧安办〔2026〕9号）要求，现就有关事项通知如下：
        # 一、活动时间
        2026年6月1日至6月30日。
        # 二、活动安排
        ## （一）动员部署（6月1日至6月5日）。各街道要召开动员会。
        ## （二）集中宣传。6月16日，各社区要组织现场咨询活动，当日17时前将活动照片报送街道安全办。
        # 三、工作要求
        各街道每周五16:00前将进展情况报送区应急管理局；6月20日前将活动统计表（附件2）报送区应急管理局；活动结束后5个工作日内将活动总结报送区应急管理局。
    """)
    assert [(one.due, one.recurs or None, one.relative or None, one.deliverables) for one in spec.deadlines] == [
        ("2026-06-16T17:00", None, None, ["活动照片"]),
        (None, "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0", None, ["进展情况"]),
        ("2026-06-20", None, None, ["活动统计表"]),
        ("2026-07-07", None, "活动结束后5个工作日内", ["活动总结"]),
    ]
    assert [one.who for one in spec.deadlines] == [["各社区"], ["各街道"], ["各街道"], ["各街道"]]
    assert [(one.date, one.name) for one in spec.key_dates] == [("2026-06-16", "安全宣传咨询日")]
