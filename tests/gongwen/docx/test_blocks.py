"""Blocks are numbered as the contract counts them: paragraphs and tables in file order, empty ones too."""

from __future__ import annotations

from gongwen.model import Paragraph, Table

from .word import p, read, read_xml

CONTROL = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


def kinds(body: str) -> list[str]:
    blocks = read_xml(body).blocks
    assert [block.block for block in blocks] == list(range(len(blocks)))
    return [block.text if isinstance(block, Paragraph) else f"[{block.cells[0].text}]" for block in blocks]


def test_empty_paragraphs_count() -> None:
    assert kinds(p("甲") + "<w:p/>" + p("") + p("乙")) == ["甲", "", "", "乙"]


def test_a_table_is_one_block() -> None:
    assert kinds(p("甲") + TABLE.format(p("一") + p("二")) + p("乙")) == ["甲", "[一\n二]", "乙"]


def test_the_content_of_a_content_control_counts_as_if_it_stood_there() -> None:
    inside = p("甲") + p("") + TABLE.format(p("表")) + CONTROL.format(p("里"))
    assert kinds(p("前") + CONTROL.format(inside) + p("后")) == ["前", "甲", "", "[表]", "里", "后"]


def test_sections_and_bookmarks_are_no_blocks() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>'
    assert kinds(p("甲") + mark + p("乙") + "<w:sectPr/>") == ["甲", "乙"]


def test_a_text_box_belongs_to_the_paragraph_that_anchors_it() -> None:
    blocks = read("甲{box:框}\n乙").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["甲\n框", "乙"]


def test_inserted_and_alternate_blocks_count_once() -> None:
    alternate = f"<mc:AlternateContent><mc:Choice>{p('选')}</mc:Choice><mc:Fallback>{p('备')}</mc:Fallback></mc:AlternateContent>"
    assert kinds(f"<w:ins>{p('插')}</w:ins>" + alternate + p("后")) == ["插", "选", "后"]


def test_paragraphs_of_a_cell_bear_the_number_of_their_table() -> None:
    blocks = read_xml(p("甲") + TABLE.format(p("一") + p("二"))).blocks
    assert isinstance(blocks[1], Table)
    assert {paragraph.block for cell in blocks[1].cells for paragraph in cell.paragraphs} == {1}


def test_a_control_around_one_paragraph_is_a_blank_and_one_around_several_is_none() -> None:
    (one,) = read_xml(CONTROL.format(p(""))).blocks
    assert isinstance(one, Paragraph)
    assert [mark.kind for mark in one.marks] == ["text"]
    assert all(
        not block.marks for block in read_xml(CONTROL.format(p("甲") + p("乙"))).blocks if isinstance(block, Paragraph)
    )
