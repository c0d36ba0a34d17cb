"""What the notice is about: name, edition, theme, period, named days, what it rests on, its outline."""

from __future__ import annotations

import pytest

from .said import FOOT, HEAD, compiled, notice, outline

# --- campaign


def test_the_opening_gives_edition_theme_and_month() -> None:
    campaign = notice(
        "今年6月是第25个全国“安全生产月”，主题是“平安守在每一天”，6月16日为全国“安全宣传咨询日”。"
    ).campaign
    assert (campaign.name, campaign.year, campaign.edition, campaign.theme) == (
        "安全生产月",
        2026,
        25,
        "平安守在每一天",
    )
    assert (campaign.start, campaign.end) == ("2026-06-01", "2026-06-30")


def test_a_month_that_is_only_named_is_assumed_whole_and_said_so() -> None:
    spec = notice("今年6月是第25个全国“安全生产月”，请认真组织。")
    assert [one.details["month"] for one in spec.warnings if one.code == "N204"] == ["2026年6月"]


@pytest.mark.parametrize(
    ("said", "edition"),
    [
        ("第25个全国“安全生产月”", 25),
        ("第二十五个全国“安全生产月”", 25),
        ("第 25 个“安全生产月”", 25),
        ("第十八个全国防灾减灾日", 18),
        ("第25届安全生产月", 25),
        ("第3个阶段", None),
    ],
)
def test_the_edition_is_the_number_before_the_campaign(said: str, edition: int | None) -> None:
    assert notice(f"今年是{said}，请认真组织。").campaign.edition == edition


@pytest.mark.parametrize(
    "said",
    [
        "主题是“人人讲安全、个个会应急”",
        "活动主题为“人人讲安全、个个会应急”",
        "活动主题：“人人讲安全、个个会应急”",
        "活动主题：人人讲安全、个个会应急",
        "以“人人讲安全、个个会应急”为主题",
        "围绕“人人讲安全、个个会应急”主题",
        "# 一、活动主题\n人人讲安全、个个会应急",
        "# 一、活动主题\n“人人讲安全、个个会应急”",
        "# 一、活动主题：人人讲安全、个个会应急",
    ],
)
def test_the_theme_is_read_without_its_quotes(said: str) -> None:
    assert notice(f"{said}\n# 二、活动内容\n各街道要组织宣讲活动。").campaign.theme == "人人讲安全、个个会应急"


def test_quotes_within_the_theme_stay() -> None:
    assert notice("主题是“人人讲安全——查找‘身边’隐患”。").campaign.theme == "人人讲安全——查找‘身边’隐患"


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("“安全生产月”活动于6月1日至30日在全区范围内统一开展。", "2026-06-01", "2026-06-30"),
        ("# 一、活动时间\n2026年6月1日至6月30日", "2026-06-01", "2026-06-30"),
        ("# 一、活动时间\n6月1日—30日", "2026-06-01", "2026-06-30"),
        ("活动时间：2026年6月1日－6月30日。", "2026-06-01", "2026-06-30"),
        ("活动时间为6月上旬至7月底。", "2026-06-01", "2026-07-31"),
        ("专项行动自2026年6月起至2027年3月开展。", "2026-06-01", "2027-03-31"),
        ("冬季行动时间为12月1日至次年2月28日。", "2026-12-01", "2027-02-28"),
        ("即日起至7月31日，集中开展“安全生产月”活动。", None, "2026-07-31"),
    ],
)
def test_the_period_is_read(said: str, start: str | None, end: str) -> None:
    campaign = notice(said).campaign
    assert (campaign.start, campaign.end) == (start, end)


def test_the_whole_period_is_taken_and_not_one_of_its_stages() -> None:
    campaign = notice("""
        # 一、活动时间
        2026年6月1日至8月31日，分三个阶段进行。
        ## （一）动员部署（6月1日至6月10日）
        ## （二）组织实施（6月11日至8月20日）
        ## （三）总结提升（8月21日至8月31日）
    """).campaign
    assert (campaign.start, campaign.end) == ("2026-06-01", "2026-08-31")


# --- named days


@pytest.mark.parametrize(
    ("said", "date", "name"),
    [
        ("6月16日为全国“安全宣传咨询日”。", "2026-06-16", "安全宣传咨询日"),
        ("6月16日是“安全宣传咨询日”。", "2026-06-16", "安全宣传咨询日"),
        ("在“安全宣传咨询日”（6月16日）当天组织集中宣传。", "2026-06-16", "安全宣传咨询日"),
        ("全国消防日（11月9日）当天组织集中宣传。", "2026-11-09", "全国消防日"),
        ("启动仪式：6月18日上午9时，区文化广场。", "2026-06-18", "启动仪式"),
    ],
)
def test_a_named_day_is_read_with_its_name(said: str, date: str, name: str) -> None:
    assert [(one.date, one.name) for one in notice(said).key_dates] == [(date, name)]


@pytest.mark.parametrize("said", ["5月12日是第18个全国防灾减灾日。", "2025年6月16日为第24个全国“安全宣传咨询日”。"])
def test_a_day_that_is_past_is_none(said: str) -> None:
    assert notice(said).key_dates == []


def test_the_day_of_an_event_is_a_key_date() -> None:
    (day,) = notice("6月16日上午，在区文化广场举办安全宣传咨询活动。").key_dates
    assert day.date == "2026-06-16"
    assert "6月16日" in day.evidence.text


def test_a_deadline_and_the_ends_of_a_period_are_no_key_dates() -> None:
    assert notice("6月1日至30日开展活动，请于6月20日前报送总结。").key_dates == []


# --- what it rests on


def references(said: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.title, one.doc_no, one.issuer) for one in notice(said).references]


def test_an_upstream_document_is_read_with_number_and_issuer() -> None:
    assert references(
        "根据《沧澜市安委办关于开展2026年“安全生产月”活动的通知》（沧安办〔2026〕9号）要求，现通知如下。"
    ) == [("沧澜市安委办关于开展2026年“安全生产月”活动的通知", "沧安办〔2026〕9号", "沧澜市安委办")]


def test_joint_issuers_of_an_upstream_document_are_told_apart() -> None:
    said = "根据《国务院安委会办公室 应急管理部关于开展活动的通知》（安委办〔2026〕1号），现通知如下。"
    assert references(said) == [
        ("国务院安委会办公室应急管理部关于开展活动的通知", "安委办〔2026〕1号", "国务院安委会办公室;应急管理部")
    ]


def test_several_documents_in_a_row_are_each_read() -> None:
    said = "根据《沧澜市应急局关于开展活动的通知》（沧应急〔2026〕9号）和《云汀区三年行动方案》精神，现通知如下。"
    assert [(title, number) for title, number, _ in references(said)] == [
        ("沧澜市应急局关于开展活动的通知", "沧应急〔2026〕9号"),
        ("云汀区三年行动方案", None),
    ]


def test_a_document_inside_the_title_of_another_is_part_of_it() -> None:
    said = "现将《沧澜市应急局关于转发〈安全生产月活动方案〉的通知》转发给你们。"
    assert [title for title, _, _ in references(said)] == ["沧澜市应急局关于转发〈安全生产月活动方案〉的通知"]


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ("按照区安委会办公室的安排部署，现通知如下。", "区安委会办公室"),
        ("根据市应急管理局统一部署，现通知如下。", "市应急管理局"),
    ],
)
def test_where_only_the_issuer_is_named_the_title_is_null(said: str, issuer: str) -> None:
    assert references(said) == [(None, None, issuer)]


def test_a_book_that_is_to_be_studied_is_nothing_the_notice_rests_on() -> None:
    assert references("# 一、学习宣传\n组织观看《生命重于泰山》电视专题片。") == []


# --- outline


def test_the_outline_is_a_tree_of_headings_alone() -> None:
    spec = notice("""
        # 一、总体要求
        以习近平新时代中国特色社会主义思想为指导。
        二、活动内容
        （一）开展宣讲。各街道要组织宣讲活动。
        1.进企业。组织企业负责人讲安全公开课，覆盖全体员工。
        （1）重点企业
        2.进社区
        （二）开展演练：
        三、工作要求
    """)
    assert outline(spec.outline) == [
        "一、总体要求",
        "二、活动内容",
        "  （一）开展宣讲",
        "    1.进企业",
        "      （1）重点企业",
        "    2.进社区",
        "  （二）开展演练",
        "三、工作要求",
    ]
    assert [(one.number, one.level) for one in spec.outline] == [("一、", 1), ("二、", 1), ("三、", 1)]


def test_headings_that_word_numbers_itself_are_headings() -> None:
    assert outline(notice("+ 总体要求\n++ 活动主题\n++ 活动时间\n+ 工作要求").outline) == [
        "一、总体要求",
        "  （一）活动主题",
        "  （二）活动时间",
        "二、工作要求",
    ]


def test_the_list_of_attachments_is_no_heading() -> None:
    assert outline(notice("# 一、总体要求\n请认真组织。\n附件：1.任务清单\n2.统计表").outline) == ["一、总体要求"]


def test_a_plan_that_is_issued_gives_the_outline_where_the_body_has_none() -> None:
    plan = "\n".join(
        [
            HEAD,
            "现将方案印发给你们，请认真贯彻执行。",
            FOOT,
            "---",
            "附件",
            "= 活动方案",
            "一、总体要求",
            "加强领导。" * 80,
            "二、活动内容",
        ]
    )
    assert outline(compiled(plan).outline) == ["一、总体要求", "二、活动内容"]
