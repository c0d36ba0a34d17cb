"""Automatic numbers made explicit, as Word prints them."""

from __future__ import annotations

from .word import item, level, p, paragraphs, read, read_xml

CHINESE = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）") + level(2, "decimal", "%3.")
LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{CHINESE}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    f"{level(0, 'decimal', '第%1条')}</w:lvlOverride></w:num>"
)


def numbers(*items: str, numbering: str = LISTS, styles: str = "") -> list[str | None]:
    return [one.number for one in paragraphs(read_xml("".join(items), numbering=numbering, styles=styles))]


def test_headings_count_in_chinese_and_the_number_is_no_part_of_the_text() -> None:
    first, inner, second, plain = paragraphs(
        read("""
        + 总体要求
        ++ 活动主题
        + 活动安排
        6月20日前报送。
    """)
    )
    assert [one.number for one in (first, inner, second, plain)] == ["一、", "（一）", "二、", None]
    assert [one.text for one in (first, inner, second)] == ["总体要求", "活动主题", "活动安排"]
    assert (first.number_level, inner.number_level) == (0, 1)


def test_the_twelfth_is_counted_as_ten_and_two() -> None:
    assert numbers(*(item(str(n)) for n in range(12)))[-1] == "十二、"


def test_a_lower_level_starts_anew_under_the_next_heading() -> None:
    items = [item("", 0), item("", 1), item("", 1), item("", 2), item("", 0), item("", 1), item("", 2)]
    assert numbers(*items) == ["一、", "（一）", "（二）", "1.", "二、", "（一）", "1."]


def test_a_level_that_never_restarts_counts_on() -> None:
    keeps = level(0, "chineseCounting", "%1、") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{keeps}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert numbers(item("", 0), item("", 1), item("", 0), item("", 1), numbering=numbering) == [
        "一、",
        "1.",
        "二、",
        "2.",
    ]


def test_two_lists_of_one_definition_count_on_and_an_override_starts_again() -> None:
    assert numbers(item("", 0, 1), item("", 0, 1), item("", 0, 2), item("", 0, 2)) == ["一、", "二、", "一、", "二、"]


def test_an_override_may_bring_a_level_of_its_own() -> None:
    assert numbers(item("", 0, 3), item("", 0, 3)) == ["第1条", "第2条"]


def test_a_number_may_name_the_levels_above_it() -> None:
    outline = (
        level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "%1.%2")
        + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{outline}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert numbers(item("", 0), item("", 1), item("", 2), numbering=numbering) == ["一、", "一.1", "1.1.1"]


def test_a_style_may_carry_the_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/></w:style>'
    )
    styled = [p("总体要求", '<w:pStyle w:val="H"/>'), p("活动安排", '<w:pStyle w:val="H2"/>')]
    assert numbers(*styled, styles=styles) == ["一、", "二、"]


def test_a_paragraph_may_refuse_the_number_of_its_style() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    refusing = p("说明", '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert numbers(p("甲", '<w:pStyle w:val="H"/>'), refusing, p("乙", '<w:pStyle w:val="H"/>'), styles=styles) == [
        "一、",
        None,
        "二、",
    ]


def test_bullets_are_no_numbers() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet", "")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert numbers(item("甲"), item("乙"), numbering=numbering) == [None, None]


def test_a_list_that_is_not_defined_gives_no_number() -> None:
    assert numbers(item("甲", 0, 99), item("乙", 8, 1)) == [None, None]


def test_numbers_run_on_through_tables_and_content_controls() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{item('表内')}</w:tc></w:tr></w:tbl>"
    control = f"<w:sdt><w:sdtContent>{item('控件内')}</w:sdtContent></w:sdt>"
    document = read_xml(item("甲") + cell + control + item("乙"), numbering=LISTS)
    assert [one.number for one in paragraphs(document)] == ["一、", "三、", "四、"]
    assert next(document.tables()).cells[0].paragraphs[0].number == "二、"
