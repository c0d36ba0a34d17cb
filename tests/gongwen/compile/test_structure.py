"""From blocks to lines and parts: what a page break cut is mended, attachments stand apart."""

from __future__ import annotations

import pytest

from gongwen.compile import compile_documents
from gongwen.structure import Grid, Line, items_of, label_of, listed_attachments, mend, parts_of

from ..docx import word
from .said import compiled, notice, read, spans

LONG = "各街道、各社区要把安全生产月活动纳入全年重点工作，紧密结合本地实际，精心组织、周密部署"


def mended(*lines: str) -> tuple[list[str], list[str]]:
    """The lines after mending, and the codes of what was mended."""
    items, mends = mend(items_of(read("\n".join(lines)), 0))
    return [item.text for item in items if isinstance(item, Line)], [one.code for one in mends]


# --- mending


def test_a_paragraph_cut_in_mid_sentence_is_joined() -> None:
    lines, codes = mended(f"{LONG}，以安全宣传“五进”为", "抓手，广泛开展宣传教育活动。")
    assert lines == [f"{LONG}，以安全宣传“五进”为抓手，广泛开展宣传教育活动。"]
    assert codes == ["N201"]


def test_a_cut_over_empty_paragraphs_is_joined_too() -> None:
    lines, codes = mended(f"{LONG}，以安全宣传“五进”为", ".", ".", "抓手，广泛开展宣传教育活动。")
    assert [line for line in lines if line] == [f"{LONG}，以安全宣传“五进”为抓手，广泛开展宣传教育活动。"]
    assert codes == ["N201"]


def test_words_that_stand_on_both_sides_of_the_cut_are_kept_once() -> None:
    lines, codes = mended(f"{LONG}，积极开", "开展应知应会培训，组织岗位练兵。")
    assert lines == [f"{LONG}，积极开展应知应会培训，组织岗位练兵。"]
    assert codes == ["N202"]


def test_the_tail_of_a_paragraph_printed_again_is_dropped() -> None:
    lines, codes = mended(f"{LONG}，确保活动取得实效。", "取得实效。", "请于6月20日前报送活动总结。")
    assert lines == [f"{LONG}，确保活动取得实效。", "请于6月20日前报送活动总结。"]
    assert codes == ["N202"]


def test_the_warning_points_at_both_halves() -> None:
    spec = notice(f"# 一、工作要求\n{LONG}，以安全宣传“五进”为\n抓手，广泛开展宣传教育活动。")
    (warning,) = [one for one in spec.warnings if one.code == "N201"]
    assert warning.evidence is not None
    first, second = spans(warning.evidence)
    assert (first.block, second.block) == (3, 4)
    assert first.text == f"{LONG}，以安全宣传“五进”为抓手，广泛开展宣传教育活动。"
    assert second.text == "抓手，广泛开展宣传教育活动。"


def test_a_deadline_over_a_cut_is_found_with_both_spans() -> None:
    spec = notice(f"# 一、工作要求\n{LONG}，请各街道于6月20日前将活动总\n结和统计表，一并报送区应急管理局。")
    (deadline,) = spec.deadlines
    assert (deadline.due, deadline.deliverables) == ("2026-06-20", ["活动总结", "统计表"])
    assert [(span.block, span.text[-2:]) for span in spans(deadline.evidence)] == [(3, "理局"), (4, "理局")]


WHOLE = [
    pytest.param(f"{LONG}。", "广泛开展宣传教育活动，营造氛围。", id="a full stop"),
    pytest.param(f"{LONG}：", "广泛开展宣传教育活动，营造氛围。", id="a colon"),
    pytest.param("各街道、各社区", "广泛开展宣传教育活动，营造氛围。", id="a short line"),
    pytest.param(LONG, "二、广泛开展宣传教育活动，营造氛围。", id="a number"),
    pytest.param(LONG, "（二）广泛开展宣传，营造氛围。", id="a number in brackets"),
    pytest.param(LONG, "附件：1.任务清单，2.统计表。", id="an attachment"),
    pytest.param(LONG, "联系人：安小宁，电话：0000-1234567。", id="a contact"),
    pytest.param(LONG, "2026年5月20日", id="a date"),
    pytest.param(LONG, "# 广泛开展宣传，营造氛围。", id="a heading"),
    pytest.param(f"{LONG}开展（  ）场", "参与群众很多，反响热烈。", id="a blank"),
    pytest.param(f"一、{LONG[:30].replace('，', '')}".ljust(34, "好"), "广泛开展宣传，营造氛围。", id="a long heading"),
]


@pytest.mark.parametrize(("before", "after"), WHOLE)
def test_what_is_whole_is_not_joined(before: str, after: str) -> None:
    lines, codes = mended(before, after)
    assert (len(lines), codes) == (2, [])


def test_a_table_between_two_paragraphs_keeps_them_apart() -> None:
    lines, codes = mended(LONG, "| 甲 | 乙 |", "广泛开展宣传，营造氛围。")
    assert (len(lines), codes) == (2, [])


def test_a_paragraph_whose_mark_was_deleted_is_joined_whatever_it_says() -> None:
    cut = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>请于6月</w:t></w:r></w:p>"
    items, mends = mend(items_of(word.read_xml(cut + word.p("20日前报送")), 0))
    assert [item.text for item in items if isinstance(item, Line)] == ["请于6月20日前报送"]
    assert len(mends) == 1


# --- labels of the outline


@pytest.mark.parametrize(
    ("text", "label", "level", "behind"),
    [
        ("一、总体要求", "一、", 1, "总体要求"),
        ("十二、附则", "十二、", 1, "附则"),
        ("（一）活动主题", "（一）", 2, "活动主题"),
        ("(一)活动主题", "（一）", 2, "活动主题"),
        ("1.开展宣讲", "1.", 3, "开展宣讲"),
        ("1．开展宣讲", "1.", 3, "开展宣讲"),
        ("1、开展宣讲", "1.", 3, "开展宣讲"),
        ("（1）进企业", "（1）", 4, "进企业"),
        ("(1) 进企业", "（1）", 4, "进企业"),
        ("1）进企业", "（1）", 4, "进企业"),
    ],
)
def test_an_outline_label_is_known_and_printed_as_the_standard_prints_it(
    text: str, label: str, level: int, behind: str
) -> None:
    found = label_of(text)
    assert found is not None
    assert (found[0], found[1], text[found[2] :]) == (label, level, behind)


@pytest.mark.parametrize("text", ["2026.6.20前报送", "1.2万人次", "一是加强领导", "（附件1）", "6月20日前", "十分重视"])
def test_other_words_are_no_label(text: str) -> None:
    assert label_of(text) is None


# --- parts


def parts(text: str) -> list[tuple[str | None, str | None]]:
    items, _ = mend(items_of(read(text), 0))
    return [(part.label, part.title) for part in parts_of(items, 0)]


def test_the_body_and_its_attachments_stand_apart() -> None:
    assert parts("""
        = 关于开展活动的通知
        各街道：
        请认真组织。
        附件：1.任务清单
        > 2026年5月20日
        ---
        附件1
        = 任务清单
        | 任务 | 措施 |
        ---
        附件2
        = 活动情况
        = （2026年度）统计表
        填报单位：
    """) == [(None, None), ("附件1", "任务清单"), ("附件2", "活动情况（2026年度）统计表")]


def test_an_attachment_may_bear_its_title_beside_its_label() -> None:
    assert parts("""
        关于开展活动的通知
        请认真组织。
        > 2026年5月20日
        ---
        附件1：任务清单
        | 任务 | 措施 |
    """)[1:] == [("附件1", "任务清单")]


@pytest.mark.parametrize("label", ["附件2", "附件 2", "附 件 2", "附件２", "附件二", "附件2：", "附件2."])
def test_the_label_of_an_attachment_is_told_however_it_is_written(label: str) -> None:
    text = f"请认真组织。\n> 2026年5月20日\n---\n{label}\n= 统计表\n| 填报单位 |  |"
    assert parts(text)[1:] == [("附件2", "统计表")]


@pytest.mark.parametrize(
    "line",
    ["附件1和附件2请于6月20日前报送。", "附件2）报送区应急管理局。", "附件：1.任务清单"],
)
def test_words_about_an_attachment_begin_none(line: str) -> None:
    assert parts(f"请认真组织。\n{line}\n谢谢。") == [(None, None)]


def test_a_table_stands_in_its_part() -> None:
    items, _ = mend(items_of(read("请认真组织。\n> 2026年5月20日\n---\n附件\n= 统计表\n| 甲 | 乙 |"), 0))
    body, attachment = parts_of(items, 0)
    assert not list(body.grids())
    assert [type(item) for item in attachment.items] == [Grid]


# --- the list of attachments

LISTS = [
    pytest.param(["附件：1.任务清单", "2.统计表"], id="colon, then entries on lines"),
    pytest.param(["附件：1. 任务清单", "　　　2. 统计表"], id="entries set in"),
    pytest.param(["附件：1.任务清单　2.统计表"], id="on one line"),
    pytest.param(["附件：1.任务清单；2.统计表"], id="on one line with semicolons"),
    pytest.param(["附件：", "1.任务清单", "2.统计表"], id="entries below"),
    pytest.param(["附件1：任务清单", "附件2：统计表"], id="a label each"),
    pytest.param(["附件1.任务清单", "附件2.统计表"], id="a label and a stop each"),
    pytest.param(["附件1　任务清单", "附件2　统计表"], id="a label and a blank each"),
    pytest.param(["附件：1.《任务清单》", "2.《统计表》"], id="in book marks"),
    pytest.param(["附件：1.任务清单.docx", "2.统计表.xlsx"], id="as file names"),
    pytest.param(["附：1.任务清单", "2.统计表"], id="附"),
    pytest.param(["附　件：1、任务清单", "2、统计表"], id="spread"),
    pytest.param(["附件:１.任务清单", "２.统计表"], id="full-width numbers"),
]


@pytest.mark.parametrize("lines", LISTS)
def test_attachments_are_listed_in_every_layout(lines: list[str]) -> None:
    items = items_of(read("\n".join(lines)), 0)
    found = listed_attachments([item for item in items if isinstance(item, Line)])
    assert [(label, title) for label, (title, _) in found] == [("附件1", "任务清单"), ("附件2", "统计表")]


def test_entries_numbered_by_word_itself_are_listed() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{word.level(0, "decimal", "%1.")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = word.p("请认真组织。") + word.p("附件：") + word.item("任务清单") + word.item("统计表")
    items = items_of(word.read_xml(body, numbering=numbering), 0)
    found = listed_attachments([item for item in items if isinstance(item, Line)])
    assert [(label, title) for label, (title, _) in found] == [("附件1", "任务清单"), ("附件2", "统计表")]


def test_a_single_attachment_has_no_number() -> None:
    spec = notice("请认真组织。\n附件：活动情况统计表")
    assert [(one.label, one.title, one.present) for one in spec.attachments] == [("附件", "活动情况统计表", False)]


def test_an_entry_that_goes_on_over_the_line_is_one_title() -> None:
    spec = notice("请认真组织。\n附件：1.2026年“安全生产月”活动任务清单\n2.2026年“安全生产月”活动进展情况统计表")
    assert [one.title for one in spec.attachments] == [
        "2026年“安全生产月”活动任务清单",
        "2026年“安全生产月”活动进展情况统计表",
    ]


def test_present_says_whether_the_content_was_among_the_input() -> None:
    behind = """
        ---
        附件1
        = 任务清单
        | 任务 | 措施 |
        | 宣讲 | 组织安全宣讲进企业进社区 |
    """
    spec = notice("请认真组织。\n附件：1.任务清单\n2.统计表", behind)
    assert [(one.label, one.present) for one in spec.attachments] == [("附件1", True), ("附件2", False)]
    (warning,) = [one for one in spec.warnings if one.code == "N206"]
    assert warning.details == {"label": "附件2", "title": "统计表"}


def test_an_attachment_that_nobody_listed_is_there_all_the_same() -> None:
    spec = notice("请认真组织。", "---\n附件\n= 统计表\n| 填报单位 |  |")
    assert [(one.label, one.title, one.present) for one in spec.attachments] == [("附件", "统计表", True)]


# --- attachments as files of their own

BODY = "= 关于开展2026年活动的通知\n各街道：\n请认真组织，按要求报送，确保取得实效。\n附件：1.任务清单\n2.活动情况统计表\n> 2026年5月20日"


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("附件2.docx", "= 统计表"),
        ("附件2：活动情况统计表.docx", "= 统计表"),
        ("活动情况统计表.docx", "填报单位："),
        ("新建文档.docx", "= 活动情况统计表"),
        ("新建文档.docx", "附件2\n= 活动情况统计表"),
    ],
)
def test_a_file_is_matched_to_its_attachment_by_label_or_title(name: str, first: str) -> None:
    table = "| 宣讲 | 开展（  ）场 |"
    for order in (1, -1):
        documents = [read(BODY, "通知.docx"), read(f"{first}\n{table}", name)][::order]
        spec = compile_documents(documents)
        assert spec.title == "关于开展2026年活动的通知"
        assert [(one.label, one.present) for one in spec.attachments] == [("附件1", False), ("附件2", True)]
        assert [one.attachment for one in spec.forms] == ["附件2"]
        assert spec.forms[0].fields[-1].evidence.source == (1 if order == 1 else 0)


def test_a_file_that_is_only_a_form_compiles() -> None:
    spec = compiled("填报单位：　　　　填报日期：\n| 宣讲 | 开展（  ）场 |")
    assert (spec.title, spec.deadlines, spec.addressees) == (None, [], [])
    assert len(spec.forms) == 1


def test_a_part_cut_off_in_the_middle_compiles() -> None:
    spec = compiled("（三）开展演练，各社区请于6月20日前报送总结。\n三、工作要求\n加强领导。")
    assert (spec.title, spec.doc_no, spec.issuer, spec.forms) == (None, None, None, [])
    assert [one.title for one in spec.outline][-1] == "工作要求"
