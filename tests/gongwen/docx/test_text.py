"""The text of a paragraph as the reader sees it, and the spans of it that can be filled."""

from __future__ import annotations

import pytest

from .word import marks, only, p, paragraphs, read, read_xml

# --- blanks set in Word


def test_underlined_spaces_are_marked_where_they_stand() -> None:
    paragraph = only(read("参与[____]人次，发放[______]份"))
    assert paragraph.text == "参与    人次，发放      份"
    assert [(mark.start, mark.end) for mark in paragraph.marks if mark.kind == "underline"] == [(2, 6), (11, 17)]


def test_underlining_that_goes_on_over_runs_is_one_span() -> None:
    run = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">  </w:t></w:r>'
    paragraph = only(read_xml(f"<w:p>{run}{run}<w:r><w:t>场</w:t></w:r></w:p>"))
    assert marks(paragraph, "underline") == ["    "]


def test_underlining_that_is_switched_off_is_none() -> None:
    run = '<w:r><w:rPr><w:u w:val="none"/></w:rPr><w:t xml:space="preserve">  </w:t></w:r>'
    assert marks(only(read_xml(f"<w:p>{run}</w:p>")), "underline") == []


def test_an_underlined_tab_is_a_blank_too() -> None:
    run = '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:tab/></w:r>'
    assert marks(only(read_xml(f"<w:p>{run}</w:p>")), "underline") == ["\t"]


def test_a_blank_split_over_runs_is_one_text() -> None:
    assert only(read("开展（{run}  {run}  ）场")).text == "开展（    ）场"


# --- content controls and form fields


@pytest.mark.parametrize(
    ("written", "kind", "empty", "options"),
    [
        ("{text:单击此处输入文字。}", "text", True, ()),
        ("{date:单击此处输入日期。}", "date", True, ()),
        ("{choice:是/否/不涉及}", "choice", True, ("是", "否", "不涉及")),
        ("{check}", "check", False, ()),
        ("{field}", "text", True, ()),
        ("{field:12}", "text", False, ()),
    ],
)
def test_a_control_is_marked_with_its_kind(written: str, kind: str, empty: bool, options: tuple[str, ...]) -> None:
    paragraph = only(read(f"填写{written}人次"))
    (mark,) = paragraph.marks
    assert (mark.kind, mark.empty, mark.options) == (kind, empty, options)
    assert paragraph.text.startswith("填写")
    assert paragraph.text.endswith("人次")
    assert (mark.start, mark.end) == (2, len(paragraph.text) - 2)


def test_check_boxes_show_whether_they_are_ticked() -> None:
    assert only(read("{check:on}是{check}否")).text == "☒是☐否"


def test_the_code_of_a_field_is_no_text() -> None:
    paragraph = only(read("参与{field:12}人次"))
    assert paragraph.text == "参与12人次"


def field(code: str, data: str, shown: str = "") -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f'<w:r><w:instrText> {code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_old_check_boxes_and_lists_show_what_is_chosen() -> None:
    box = field("FORMCHECKBOX", '<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>')
    listing = field(
        "FORMDROPDOWN", '<w:ddList><w:result w:val="1"/><w:listEntry w:val="甲"/><w:listEntry w:val="乙"/></w:ddList>'
    )
    paragraph = only(read_xml(f"<w:p>{box}{listing}</w:p>"))
    assert paragraph.text == "☑乙"
    assert [(mark.kind, mark.options) for mark in paragraph.marks] == [("check", ()), ("choice", ("甲", "乙"))]


def test_an_ordinary_field_shows_its_result() -> None:
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert only(read_xml(f"<w:p><w:r><w:t>第</w:t></w:r>{page}<w:r><w:t>页</w:t></w:r></w:p>")).text == "第7页"


# --- text boxes


def test_a_text_box_is_read_once_behind_the_text_of_its_paragraph() -> None:
    paragraph = only(read("发文机关{box:云安办〔2026〕17号}"))
    assert paragraph.text == "发文机关\n云安办〔2026〕17号"


def test_a_text_box_alone_is_the_paragraph() -> None:
    assert only(read("{box:内部资料}")).text == "内部资料"


def test_a_text_box_of_old_word_stands_without_a_choice() -> None:
    box = "<w:pict><v:shape><v:textbox><w:txbxContent>" + p("盖章") + "</w:txbxContent></v:textbox></v:shape></w:pict>"
    assert only(read_xml(f"<w:p><w:r>{box}</w:r></w:p>")).text == "盖章"


def test_only_the_fallback_is_read_where_there_is_no_choice() -> None:
    alternate = f"<mc:AlternateContent><mc:Fallback>{p('后备')}</mc:Fallback></mc:AlternateContent>"
    assert only(read_xml(alternate)).text == "后备"


def test_marks_inside_a_text_box_stand_where_its_text_stands() -> None:
    content = '<w:p><w:r><w:t>编号</w:t></w:r><w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">    </w:t></w:r></w:p>'
    box = f"<w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict>"
    paragraph = only(read_xml(f"<w:p><w:r><w:t>左</w:t></w:r><w:r>{box}</w:r></w:p>"))
    assert paragraph.text == "左\n编号    "
    assert [(mark.start, mark.end) for mark in paragraph.marks] == [(4, 8)]


# --- what is taken as accepted, and what stands apart


def test_tracked_changes_are_taken_as_accepted_with_a_warning() -> None:
    document = read("参与{del:100}{ins:120}人次")
    assert only(document).text == "参与120人次"
    assert [warning.code for warning in document.warnings] == ["N140"]


def test_moved_text_stands_where_it_was_moved_to() -> None:
    moved = '<w:moveFrom w:id="1"><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo w:id="2"><w:r><w:t>新处</w:t></w:r></w:moveTo>'
    assert only(read_xml(f"<w:p>{moved}</w:p>")).text == "新处"


def test_a_paragraph_whose_mark_was_deleted_is_continued_by_the_next() -> None:
    cut = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"
    assert [one.cut for one in paragraphs(read_xml(cut + p("后半")))] == [True, False]


def test_hidden_text_stands_apart_with_a_warning() -> None:
    document = read("请于6月20日前{hidden:（原为6月18日）}报送。")
    assert only(document).text == "请于6月20日前报送。"
    assert document.hidden == ("（原为6月18日）",)
    assert [warning.code for warning in document.warnings] == ["N141"]


def test_text_hidden_by_its_style_is_hidden_too() -> None:
    styles = '<w:style w:type="character" w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style>'
    run = '<w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>密</w:t></w:r>'
    document = read_xml(f"<w:p>{run}<w:r><w:t>明</w:t></w:r></w:p>", styles=styles)
    assert (only(document).text, document.hidden) == ("明", ("密",))


def test_footnotes_stand_apart() -> None:
    document = read("参与人次{foot:含线上观看}以签到为准。")
    assert only(document).text == "参与人次以签到为准。"
    assert document.notes == ("含线上观看",)


def test_page_headers_stand_apart_and_page_numbers_are_none() -> None:
    inside = p("秘密★1年") + p("- 1 -")
    document = read_xml(p("正文"), hdr=inside)
    assert document.headers == ()
    document = read_xml(p("正文"), header1=inside)
    assert document.headers == ("秘密★1年",)


# --- characters


@pytest.mark.parametrize(
    ("run", "text"),
    [
        ("<w:t>甲</w:t><w:br/><w:t>乙</w:t>", "甲\n乙"),
        ("<w:t>甲</w:t><w:cr/><w:t>乙</w:t>", "甲\n乙"),
        ("<w:t>甲</w:t><w:tab/><w:t>乙</w:t>", "甲\t乙"),
        ("<w:t>0000</w:t><w:noBreakHyphen/><w:t>1234567</w:t>", "0000-1234567"),
        ('<w:sym w:font="Wingdings" w:char="F0A8"/><w:t>是</w:t>', "□是"),
        ('<w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t>', "☑是"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t>', "☑是"),
        ('<w:sym w:font="Symbol" w:char="F0B7"/><w:t>项</w:t>', "•项"),
        ('<w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>\uf0a3</w:t>', "□"),
        (
            "<w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby>",
            "音",
        ),
    ],
)
def test_what_a_run_holds_becomes_characters(run: str, text: str) -> None:
    assert only(read_xml(f"<w:p><w:r>{run}</w:r></w:p>")).text == text


def test_links_and_inserted_runs_are_read_through() -> None:
    inside = "<w:hyperlink><w:r><w:t>anquan</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>@yunting.example</w:t></w:r></w:smartTag>"
    assert only(read_xml(f"<w:p>{inside}</w:p>")).text == "anquan@yunting.example"


def test_an_equation_is_read_as_its_letters() -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    inside = f'<m:oMath xmlns:m="{space}"><m:r><m:t>S=vt</m:t></m:r></m:oMath>'
    assert only(read_xml(f"<w:p>{inside}</w:p>")).text == "S=vt"


# --- how a paragraph stands


def test_alignment_heading_size_and_bold_are_kept() -> None:
    title, heading, signed = paragraphs(
        read("""
        = 关于开展活动的通知
        # {b:一、总体要求}
        > 2026年5月20日
    """)
    )
    assert (title.align, title.size) == ("center", 22.0)
    assert (heading.heading, heading.bold) == (1, True)
    assert signed.align == "right"


def test_a_paragraph_behind_a_page_break_says_so() -> None:
    assert [one.page_break for one in paragraphs(read("甲\n---\n乙"))] == [False, True, False]
    before = read_xml(p("甲") + p("乙", "<w:pageBreakBefore/>"))
    assert [one.page_break for one in paragraphs(before)] == [False, True]
