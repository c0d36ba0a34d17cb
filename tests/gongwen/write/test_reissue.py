"""A notice passed on or carried out, as a draft: what it says, what stays open, what is left out."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal

import pytest

from gongwen.write import (
    Attachment,
    Contact,
    Item,
    KeyDay,
    Liaison,
    OfficialDocument,
    Para,
    Parent,
    ReissueSpec,
    Report,
    TableSpec,
    Work,
    draft_notice,
    reissue_document,
)
from gongwen.write.phrases import Due

from .conftest import FIGURES, Render, W, paragraphs, part, styled, texts

PARENT = Parent("沧澜市安委办关于开展2026年“安全生产月”活动的通知", "沧安办[2026]09号", "沧澜市安委办")
BARE = ReissueSpec(issuer="云汀区应急管理局", campaign="2026年“安全生产月”活动", year=2026)
FULL = replace(
    BARE,
    addressees=("各街道办事处", "区安委会各成员单位"),
    parents=(PARENT,),
    theme="人人讲安全、个个会应急",
    period=(date(2026, 6, 1), date(2026, 6, 30)),
    tasks=(
        Work("1.组织宣讲", "（一）宣传", ("各街道", "区教育局"), date(2026, 6, 15)),
        Work("组织应急演练。", "演练", ("各社区",)),
        Work("播放警示教育片", "宣传", ("各街道", "区教育局")),
    ),
    key_days=(KeyDay(date(2026, 6, 16), "安全宣传咨询日", "设置展台"), KeyDay(date(2026, 6, 1), "启动")),
    reports=(
        Report("统计表", date(2026, 6, 20), "各社区", "区安委办", "统计表"),
        Report("总结", datetime(2027, 1, 5, 9, 30, tzinfo=UTC)),
        Report("活动开展情况", "每周五16时", "各街道"),
    ),
    liaison=Liaison(date(2026, 5, 25)),
    requests=("加强组织领导", "务求实效"),
    contact=Contact("安小宁", "0000-1234567", "ab@yunting.example"),
    attachments=("任务分工表", "统计表"),
    number_prefix="云应急",
    copies_to=("区委办公室",),
    printed_by="云汀区应急管理局",
)


def body(spec: ReissueSpec) -> list[str]:
    return texts(reissue_document(spec))


def said(spec: ReissueSpec, heading: str) -> list[str]:
    """The paragraphs under a heading of level 1."""
    found, inside = [], False
    for style, text in paragraphs(reissue_document(spec)):
        if style == "Heading1":
            inside = text.endswith(f"、{heading}")
        elif inside and style not in ("Heading2", "BodyIndent"):
            inside = False
        elif inside:
            found.append(text)
    return found


# --- head and foot


def test_number_signature_and_date_stay_open() -> None:
    lines = body(FULL)
    assert lines[0] == "代拟稿\t签发人：＿＿＿＿＿"
    assert styled(reissue_document(FULL), "DocumentNumber") == ["云应急〔2026〕\u3000号"]
    assert styled(reissue_document(FULL), "Signature") == ["云汀区应急管理局", "2026年\u3000月\u3000日"]
    assert "云汀区应急管理局\t2026年\u3000月\u3000日印发" in lines
    assert not any("代拟稿" in line for line in lines[1:])


def test_the_red_head_is_made_of_the_issuer_unless_the_paper_bears_one() -> None:
    assert styled(reissue_document(BARE), "IssuerMark") == ["云汀区应急管理局文件"]
    assert styled(reissue_document(replace(BARE, mark="")), "IssuerMark") == []


def test_no_picture_and_no_seal_is_in_the_file_and_it_is_the_same_each_time() -> None:
    data = draft_notice(FULL)
    assert data == draft_notice(FULL)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert not any("media" in name for name in package.namelist())
        assert b"<pic:pic" not in package.read("word/document.xml")


# --- what it rests on


def test_a_notice_passed_on_names_it_with_its_number() -> None:
    document = reissue_document(replace(FULL, manner="forward"))
    assert document.title == "云汀区应急管理局关于转发《沧澜市安委办关于开展2026年“安全生产月”活动的通知》的通知"
    assert document.body[0] == Para(
        "现将《沧澜市安委办关于开展2026年“安全生产月”活动的通知》（沧安办〔2026〕9号）转发给你们，"
        "并结合实际提出以下要求，请一并抓好贯彻落实。"
    )


def test_a_notice_passed_on_alone_asks_for_nothing_more() -> None:
    spec = replace(BARE, manner="forward", parents=(Parent("关于开展活动的通知", issuer="市安委办"),))
    assert reissue_document(spec).body == (
        Para("现将市安委办《关于开展活动的通知》转发给你们，请结合实际，认真抓好贯彻落实。"),
    )


def test_a_notice_carried_out_rests_on_its_parents() -> None:
    spec = replace(FULL, parents=(Parent("《关于甲的通知》"), Parent("关于印发《乙方案》的通知", "云安办〔2026〕3号")))
    assert reissue_document(spec).title == "云汀区应急管理局关于开展2026年“安全生产月”活动的通知"
    assert reissue_document(spec).body[0] == Para(
        "根据《关于甲的通知》和《关于印发〈乙方案〉的通知》（云安办〔2026〕3号）要求，"
        "为切实做好2026年“安全生产月”活动各项工作，现将有关事项通知如下："
    )


def test_several_notices_passed_on_are_not_all_in_the_title() -> None:
    spec = replace(BARE, manner="forward", parents=(Parent("关于甲的通知"), Parent("关于乙的通知")))
    assert reissue_document(spec).title == "云汀区应急管理局关于转发《关于甲的通知》等文件的通知"


def test_a_title_that_is_given_stays() -> None:
    assert reissue_document(replace(FULL, title="关于做好有关工作的通知")).title == "关于做好有关工作的通知"


# --- sections


@pytest.mark.parametrize(
    ("theme", "days", "heading", "text"),
    [
        ("“甲”", None, "活动主题", "活动主题为“甲”。"),
        ("讲“安全”", None, "活动主题", "活动主题为“讲‘安全’”。"),
        ("", (date(2026, 6, 1), date(2026, 6, 30)), "活动时间", "活动时间为2026年6月1日至30日。"),
        ("", (date(2026, 5, 20), date(2026, 6, 30)), "活动时间", "活动时间为2026年5月20日至6月30日。"),
        ("", (date(2026, 12, 1), date(2027, 1, 5)), "活动时间", "活动时间为2026年12月1日至2027年1月5日。"),
        ("", (date(2026, 6, 1), date(2026, 6, 1)), "活动时间", "活动时间为2026年6月1日。"),
        (
            "甲",
            (date(2026, 6, 1), date(2026, 6, 30)),
            "活动主题和时间",
            "活动主题为“甲”，活动时间为2026年6月1日至30日。",
        ),
    ],
)
def test_theme_and_period(theme: str, days: tuple[date, date] | None, heading: str, text: str) -> None:
    assert said(replace(BARE, theme=theme, period=days), heading) == [text]


def test_tasks_are_gathered_by_section_and_counted_anew() -> None:
    assert said(FULL, "重点任务") == [
        "（一）宣传",
        "1.组织宣讲。（责任单位：各街道、区教育局；完成时限：6月15日前）",
        "2.播放警示教育片。（责任单位：各街道、区教育局）",
        "（二）演练",
        "1.组织应急演练。（责任单位：各社区）",
    ]


def test_tasks_are_gathered_by_the_units_that_do_them() -> None:
    assert said(replace(FULL, group_by="unit"), "重点任务") == [
        "（一）各街道、区教育局",
        "1.组织宣讲。（完成时限：6月15日前）",
        "2.播放警示教育片。",
        "（二）各社区",
        "1.组织应急演练。",
    ]


def test_tasks_without_a_section_come_last_or_stand_alone() -> None:
    loose, kept = Work("组织宣讲"), Work("组织演练", "演练")
    assert said(replace(BARE, tasks=(loose, kept)), "重点任务") == [
        "（一）演练",
        "1.组织演练。",
        "（二）其他工作",
        "1.组织宣讲。",
    ]
    assert said(replace(BARE, tasks=(loose,)), "重点任务") == ["1.组织宣讲。"]


def test_key_days_are_in_the_order_of_the_calendar() -> None:
    assert said(FULL, "重要时间节点") == ["6月1日：启动。", "6月16日：安全宣传咨询日。设置展台。"]


def test_reports_say_who_by_when_what_and_to_whom() -> None:
    assert said(FULL, "材料报送") == [
        "1.请各社区于6月20日前将统计表（附件2）报送区安委办。",
        "2.请各单位于2027年1月5日17时30分前将总结报送我局。",
        "3.请各街道于每周五16时前将活动开展情况报送我局。",
    ]


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 6, 20, 16, tzinfo=UTC), "于6月20日前"),
        (datetime(2026, 6, 19, 16, tzinfo=UTC), "于6月19日前"),
        (datetime(2026, 6, 20, 4, tzinfo=UTC), "于6月20日12时前"),
        ("6月底", "于6月底"),
        ("每周五下班", "于每周五下班前"),
        (" ", ""),
        (None, ""),
    ],
)
def test_an_instant_is_written_as_it_is_in_china_and_midnight_as_the_end_of_a_day(due: Due, words: str) -> None:
    assert said(replace(BARE, reports=(Report("总结", due),)), "材料报送") == [f"请各单位{words}将总结报送我局。"]


def test_one_report_needs_no_number() -> None:
    spec = replace(BARE, reports=(Report("总结", "活动结束后5个工作日内"),))
    assert said(spec, "材料报送") == ["请各单位于活动结束后5个工作日内将总结报送我局。"]


@pytest.mark.parametrize(
    ("issuer", "self"),
    [
        ("云汀区安全生产委员会办公室", "我办"),
        ("云汀区安全生产委员会", "我委"),
        ("云汀区柳岸街道办事处", "街道办事处"),
        ("柳岸街道石桥社区居民委员会", "居委会"),
        ("云汀小学", "本单位"),
    ],
)
def test_the_issuer_has_its_own_word_for_itself(issuer: str, self: str) -> None:
    spec = replace(BARE, issuer=issuer, reports=(Report("总结", None),))
    assert said(spec, "材料报送") == [f"请各单位将总结报送{self}。"]


# --- attachments


def test_the_reply_slip_is_the_last_attachment_with_an_empty_table() -> None:
    assert said(FULL, "确定联络员") == ["请各单位确定1名联络员，填写联络员回执（附件3），于5月25日前报送我局。"]
    document = reissue_document(FULL)
    assert [one.title for one in document.attachments] == [
        "任务分工表",
        "统计表",
        "2026年“安全生产月”活动联络员回执",
    ]
    assert [bool(one.body) for one in document.attachments] == [False, False, True]
    (table,) = [block for block in document.attachments[2].body if isinstance(block, TableSpec)]
    assert [column.head for column in table.columns] == ["单位", "姓名", "职务", "办公电话", "手机"]
    assert not any(text for row in table.rows for text in row)
    assert table.note == "注：请于5月25日前将此表报送我局。"


def test_a_form_that_is_not_sent_along_is_not_referred_to() -> None:
    spec = replace(BARE, liaison=Liaison(), reports=(Report("统计表", None, attachment="统计表"),))
    assert said(spec, "材料报送") == ["请各单位将统计表报送我局。"]


def test_one_attachment_has_no_number() -> None:
    spec = replace(BARE, liaison=Liaison())
    assert said(spec, "确定联络员") == ["请各单位确定1名联络员，填写联络员回执（附件），报送我局。"]
    assert styled(reissue_document(spec), "Label") == ["代拟稿\t签发人：＿＿＿＿＿", "附件"]


def test_a_liaison_officer_can_be_named_without_a_slip() -> None:
    spec = replace(BARE, liaison=Liaison(date(2026, 5, 25), "区安委办", slip=False))
    assert said(spec, "确定联络员") == ["请各单位确定1名联络员，于5月25日前将姓名、职务和联系电话报送区安委办。"]
    assert reissue_document(spec).attachments == ()


def test_rows_to_fill_in_by_hand_have_room() -> None:
    heights = [one.get(f"{W}val") for one in part(reissue_document(FULL)).iter(f"{W}trHeight")]
    assert heights == ["680"] * 4


# --- the end


def test_whom_to_ask_stands_last() -> None:
    lines = [text for style, text in paragraphs(reissue_document(FULL)) if style == "BodyIndent"]
    assert lines[-2:] == ["联系人：安小宁，联系电话：0000-1234567", "电子邮箱：ab@yunting.example"]


def test_a_contact_without_a_name_gives_the_telephone_alone() -> None:
    assert body(replace(BARE, contact=Contact(phone="0000-1234567")))[-3] == "联系电话：0000-1234567"
    assert reissue_document(replace(BARE, contact=Contact())).body == reissue_document(BARE).body


def test_a_notice_of_nothing_but_its_issuer_is_still_a_notice() -> None:
    document = reissue_document(BARE)
    assert document.body == (Para("为切实做好2026年“安全生产月”活动各项工作，请结合实际，认真组织实施。"),)
    assert document.attachments == ()
    assert draft_notice(BARE)


@pytest.mark.parametrize("empty", ["issuer", "campaign"])
def test_a_notice_needs_an_issuer_and_a_campaign(empty: str) -> None:
    with pytest.raises(ValueError, match="issuer and a campaign"):
        replace(BARE, **{empty: " "})  # type: ignore[arg-type]


# --- what the builder learned for it


def test_items_are_counted_with_headings_and_apart_from_a_number_behind() -> None:
    document = OfficialDocument(title="通知", body=(Item("甲"), Item("6月底前完成"), Item("乙", level=4)))
    assert styled(document, "BodyIndent") == ["1.甲", "2. 6月底前完成", "（1）乙"]


def test_an_item_has_a_level_of_the_standard() -> None:
    with pytest.raises(ValueError, match="level 1 to 4"):
        Item("甲", level=5)


def test_every_line_of_a_cell_has_the_same_height() -> None:
    table = TableSpec(columns=(FIGURES.columns[0],), rows=(("甲\n乙\n丙",),))
    cells = list(part(OfficialDocument(title="通知", body=(table,))).iter(f"{W}tc"))
    spacing = [one.find(f"{W}pPr/{W}spacing") for one in cells[1].iter(f"{W}p")]
    assert [one.get(f"{W}line") for one in spacing if one is not None] == ["360"] * 3


# --- on paper


@pytest.mark.parametrize("urgency", ["", "特急"])
def test_the_mark_keeps_its_place_below_the_draft_line(render: Render, urgency: Literal["", "特急"]) -> None:
    document = replace(reissue_document(FULL), urgency=urgency)
    pages = render({"draft": document})["draft"]
    first = pages[0]
    draft, mark = first.lines[0], first.lines[2 if urgency else 1]
    assert draft.text.startswith("代拟稿签发人：")
    assert (draft.left, draft.right) == pytest.approx((28, 184), abs=1)
    assert mark.text == "云汀区应急管理局文件"
    assert mark.top == pytest.approx(37 + 35, abs=3)
    assert any(line.text.startswith("根据《") for line in first.lines), "the first page shows some text"
    assert [one for page in pages for one in page.lines if one.text == "附件3"]


def test_an_attachment_title_of_the_slip_stands_on_its_own_page(render: Render) -> None:
    pages = render({"slip": replace(reissue_document(BARE), attachments=(Attachment("回执", (Para("空"),)),))})["slip"]
    assert len(pages) == 2
    assert pages[1].lines[0].text == "附件"
