"""What a new official document says and where each element stands."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from gongwen.write import Attachment, Column, Heading, OfficialDocument, Para, TableSpec, official_bytes, write_official
from gongwen.write.closing import sealed_indents, unsealed_indents
from gongwen.write.letterhead import mark_size
from gongwen.write.ooxml import PARAGRAPH_ORDER, RUN_ORDER

from .conftest import W, paragraphs, part, styled, texts

PLAIN = OfficialDocument(title="关于开展检查的通知", body=(Para("正文。"),), draft=False)


def test_the_elements_stand_in_the_order_of_the_standard(report: OfficialDocument) -> None:
    wanted = [
        "特急",
        "示范区安全生产委员会办公室文件",
        "示安委办〔2025〕8号",
        "示范区安全生产委员会办公室\n关于2025年“安全生产月”\n活动开展情况的汇总报告",
        "各街道办事处，区安委会各成员单位：",
        "现将有关情况报告如下。",
        "特此报告。",
        "附件：1.\t统计表",
        "2.\t说明",
        "示范区安全生产委员会办公室",
        "2025年6月9日",
        "（此件公开发布）",
        "附件1",
        "统计表",
        "附件2",
        "说明",
        "抄送：区委办公室，区政协办公室。",
        "示范区安委会办公室\t2025年6月10日印发",
    ]
    found = iter(texts(report))
    assert [text for text in wanted if text in found] == wanted


def test_headings_are_numbered_as_plain_text(report: OfficialDocument) -> None:
    headings = [text for style, text in paragraphs(report) if style.startswith("Heading")]
    assert headings == [
        "一、报送情况",
        "（一）总体",
        "1.做法。组织宣讲128场",
        "（1）分项",
        "二、主要数据",
        "（一）汇总",
    ]
    assert part(report).find(f".//{W}numPr") is None


def test_a_body_paragraph_begins_two_characters_in(report: OfficialDocument) -> None:
    indent = part(report, "word/styles.xml").find(f"{W}style[@{W}styleId='BodyIndent']/{W}pPr/{W}ind")
    assert indent is not None
    assert indent.get(f"{W}firstLine") == "632"


def test_line_breaks_in_a_paragraph_start_new_ones() -> None:
    assert styled(replace(PLAIN, body=(Para("第一段。\r\n\n第二段。"),)), "BodyIndent") == ["第一段。", "第二段。"]


def test_one_attachment_has_no_number() -> None:
    document = replace(PLAIN, attachments=(Attachment("统计表。", (Para("表。"),)),))
    assert styled(document, "AttachmentNote") == ["附件：统计表"]
    assert styled(document, "Label") == ["附件"]


def test_an_attachment_without_a_body_is_only_named() -> None:
    document = replace(PLAIN, attachments=(Attachment("统计表"), Attachment("说明", (Para("说明如下。"),))))
    assert styled(document, "AttachmentNote") == ["附件：1.\t统计表", "2.\t说明"]
    assert styled(document, "Label") == ["附件2"]


def test_numbers_and_names_of_attachments_stand_below_each_other() -> None:
    document = replace(PLAIN, attachments=tuple(Attachment(f"附表{n}") for n in range(11)))
    indents = [one.find(f"{W}pPr/{W}ind") for one in part(document).iter(f"{W}p")]
    starts = {
        (int(i.get(f"{W}left", 0)), int(i.get(f"{W}hanging", 0)))
        for i in indents
        if i is not None and i.get(f"{W}hanging")
    }
    assert {left for left, _ in starts} == {2053}
    assert {hanging for _, hanging in starts} == {1422, 474}


def test_an_attachment_begins_a_page(report: OfficialDocument) -> None:
    upright = replace(report, attachments=tuple(replace(one, landscape=False) for one in report.attachments))
    labels = [
        one
        for one in part(upright).iter(f"{W}p")
        if (style := one.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "Label"
    ]
    assert [one.find(f"{W}pPr/{W}pageBreakBefore") is not None for one in labels] == [False, True, True]


def test_table_heads_repeat_rows_stay_whole_and_figures_stand_right(report: OfficialDocument) -> None:
    table = part(report).findall(f".//{W}tbl")[0]
    rows = table.findall(f"{W}tr")
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    figures = [row.findall(f"{W}tc")[3].find(f".//{W}jc") for row in rows[1:]]
    assert [one.get(f"{W}val") for one in figures if one is not None] == ["right"] * 3
    assert sum(int(column.get(f"{W}w", 0)) for column in table.iter(f"{W}gridCol")) == 8845


def test_equal_cells_of_a_merged_column_become_one(report: OfficialDocument) -> None:
    rows = part(report).findall(f".//{W}tbl")[0].findall(f"{W}tr")[1:]
    marks = [row.find(f"{W}tc/{W}tcPr/{W}vMerge") for row in rows]
    assert [None if one is None else one.get(f"{W}val") for one in marks] == ["restart", "continue", None]


def test_an_unsealed_date_begins_two_characters_right_of_the_name() -> None:
    names, day = unsealed_indents(("示范区应急管理局",), "2025年6月9日")
    assert names == [28 - 2 - 8]
    assert day == names[0] + 2


def test_a_date_longer_than_the_name_stands_two_characters_from_the_right() -> None:
    names, day = unsealed_indents(("区应急局",), "2025年12月19日")
    assert day == 28 - 2 - 7
    assert names == [day - 2]


def test_a_sealed_date_stands_four_characters_from_the_right_with_the_name_centred_over_it() -> None:
    names, day = sealed_indents(("示范区应急管理局",), "2025年6月9日")
    assert day == 28 - 4 - 6
    assert names[0] + 8 / 2 == day + 6 / 2


def test_a_long_sealed_name_stands_two_characters_from_the_right_with_the_date_centred_under_it() -> None:
    names, day = sealed_indents(("示范区安全生产委员会办公室",), "2025年6月9日")
    assert names == [28 - 2 - 13]
    assert day + 6 / 2 == names[0] + 13 / 2
    assert day + 6 <= 28 - 4


def test_a_seal_is_never_part_of_the_file(report: OfficialDocument) -> None:
    for sealed in (False, True):
        with zipfile.ZipFile(io.BytesIO(official_bytes(replace(report, sealed=sealed)))) as package:
            assert not [name for name in package.namelist() if "media" in name]
            assert b"pic:pic" not in package.read("word/document.xml")


def test_a_draft_leaves_number_signer_and_date_open_and_visible() -> None:
    document = OfficialDocument(
        title="关于检查情况的报告", body=(Para("正文。"),), issuer_mark="示范区文件", upward=True
    )
    found = texts(document)
    assert "\t＿＿＿〔＿＿〕＿＿号\t签发人：＿＿＿" in found
    assert "（代拟稿）" in found
    assert found[-2:] == ["＿＿＿＿＿＿＿＿", "＿＿年＿月＿日"]


def test_a_draft_keeps_what_is_known(report: OfficialDocument) -> None:
    found = texts(replace(report, draft=True))
    assert "示安委办〔2025〕8号" in found
    assert "2025年6月9日" in found
    assert not [text for text in found if "＿" in text]


def test_a_final_document_prints_no_blanks_and_no_label() -> None:
    assert texts(PLAIN) == ["关于开展检查的通知", "正文。"]


def test_upward_documents_name_who_approved_them_two_names_a_line() -> None:
    document = replace(
        PLAIN, issuer_mark="示范区文件", doc_no="示〔2025〕1号", signer_for_upward=("王某某", "李某", "赵某某")
    )
    assert styled(document, "DocumentNumber") == ["\t\t签发人：王某某\t李某", "\t示〔2025〕1号\t\t赵某某"]


def test_a_long_mark_is_narrowed_before_it_is_made_smaller() -> None:
    assert mark_size("区应急局") == (48.0, 100)
    assert mark_size("示范区应急管理局文件") == (48.0, 90)
    assert mark_size("示范区安全生产委员会办公室文件") == (48.0, 60)
    points, scale = mark_size("示范区安全生产委员会综合协调办公室文件")
    assert (points < 48, scale) == (True, 60)


def test_odd_and_even_pages_have_their_number_outside(report: OfficialDocument) -> None:
    assert part(report, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    for name, side in (("footerUprightOdd", "right"), ("footerUprightEven", "left")):
        footer = part(report, f"word/{name}.xml")
        alignment, indent = footer.find(f".//{W}jc"), footer.find(f".//{W}ind")
        assert alignment is not None
        assert indent is not None
        assert alignment.get(f"{W}val") == side
        assert indent.get(f"{W}{side}") == "280"
        field = footer.find(f".//{W}fldSimple")
        assert field is not None
        assert field.get(f"{W}instr") == "PAGE"
        assert "".join(str(text) for text in footer.itertext()) == "— 1 —"


def test_the_properties_hold_a_title_and_no_author(report: OfficialDocument) -> None:
    properties = part(report, "docProps/core.xml")
    assert {etree.QName(child).localname for child in properties} == {"title", "language"}


def test_the_same_document_gives_the_same_bytes(report: OfficialDocument, tmp_path: Path) -> None:
    write_official(report, tmp_path / "a.docx")
    stream = io.BytesIO()
    write_official(report, stream)
    assert (tmp_path / "a.docx").read_bytes() == stream.getvalue() == official_bytes(report)
    with zipfile.ZipFile(stream) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_another_reader_opens_it(report: OfficialDocument, tmp_path: Path) -> None:
    from docx import Document

    write_official(report, tmp_path / "a.docx")
    opened = Document(str(tmp_path / "a.docx"))
    assert opened.core_properties.title == report.title
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == ["宣讲", "专题宣讲", "场", "128"]
    assert len(opened.sections) == 3


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/footerUprightOdd.xml"])
def test_properties_stand_in_the_order_of_the_schema(report: OfficialDocument, name: str) -> None:
    orders = {
        "pPr": PARAGRAPH_ORDER,
        "rPr": RUN_ORDER,
        "sectPr": "footerReference type pgSz pgMar docGrid".split(),
        "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook".split(),
        "tcPr": "tcW vMerge vAlign".split(),
    }
    for element in part(report, name).iter():
        order = orders.get(etree.QName(element).localname)
        if order:
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places)


def test_characters_no_document_may_hold_are_left_out() -> None:
    assert texts(replace(PLAIN, body=(Para("正\x00文\x0b。\ud800"),)))[-1] == "正文。"


@given(st.lists(st.text(st.characters(), max_size=40), min_size=6, max_size=6))
def test_any_text_gives_a_file_that_opens(words: list[str]) -> None:
    from docx import Document

    title, mark, number, name, text, cell = words
    table = TableSpec((Column(cell),), ((text,),), caption=cell, unit=name, note=text)
    document = OfficialDocument(
        title=f"通知{title}",
        body=(Para(text), Heading(text, run_in=cell), table),
        issuer_mark=mark,
        doc_no=number,
        signers=(name,),
        addressees=(name, text),
        attachments=(Attachment(title, (Para(text), table), landscape=True),),
        copies_to=(name,),
        notes=text,
    )
    assert Document(io.BytesIO(official_bytes(document))).sections


def test_what_cannot_be_a_document_is_refused() -> None:
    with pytest.raises(ValueError, match="title"):
        OfficialDocument(title=" ", body=(Para("正文。"),))
    with pytest.raises(ValueError, match="body"):
        OfficialDocument(title="通知", body=())
    with pytest.raises(ValueError, match="level"):
        Heading("标题", level=5)
    with pytest.raises(ValueError, match="2 cells"):
        TableSpec((Column("项目"),), (("a", "b"),))
    with pytest.raises(ValueError, match="columns"):
        TableSpec((), ())


def test_a_table_may_be_the_first_and_the_last_thing() -> None:
    table = TableSpec((Column("项目"), Column("合计", align="right")), (("场次", "3"),))
    document = replace(
        PLAIN, body=(table,), signers=("示范区",), issued_on=date(2025, 6, 9), attachments=(Attachment("表", (table,)),)
    )
    body = part(document).find(f"{W}body")
    assert body is not None
    assert [etree.QName(child).localname for child in body][-3:] == ["tbl", "p", "sectPr"]
