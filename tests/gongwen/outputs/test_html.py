"""A document as HTML: what stands in it, where items are marked, and the way back from a selection."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from gongwen import load
from gongwen.model import Cell, Document, Mark, Paragraph, Table
from gongwen.outputs.html import document_html, review_page
from gongwen.outputs.items import item_spans, spec_items
from gongwen.outputs.marking import PageSpan
from gongwen.readers.docx import read_docx
from gongwen.readers.text import read_text
from tests.support.notation import docx_from

EXAMPLES = Path(__file__).parents[3] / "examples"
Element = etree._Element


def read(text: str, name: str = "通知.docx") -> Document:
    return read_docx(docx_from(text), name)


def made(*blocks: Paragraph | Table, name: str = "一.docx", kind: str = "docx") -> Document:
    return Document(name, kind, kind, "0" * 64, blocks)


def table(rows: int, columns: int, *cells: Cell, header_rows: int = 0) -> Table:
    return Table(0, rows, columns, cells, header_rows)


def cell(row: int, column: int, text: str = "", rows: int = 1, columns: int = 1, **more: Any) -> Cell:
    parts = tuple(Paragraph(0, part) for part in text.split("\n"))
    return Cell(row, column, text, parts, rows, columns, **more)


def span(key: str, start: int, end: int, block: int = 0, **more: Any) -> PageSpan:
    at = {"source": 0, "row": None, "column": None, **more}
    return PageSpan(key=key, block=block, start=start, end=end, **at)


def page(document: Document, *spans: PageSpan) -> Element:
    """The page as a browser builds it."""
    return html.fromstring(document_html(document, spans))


def find(root: Element, path: str) -> list[Any]:
    found = root.xpath(path)
    assert isinstance(found, list)
    return found


def one(root: Element, path: str) -> Element:
    (found,) = find(root, path)
    assert isinstance(found, etree._Element)
    return found


def said(element: Element) -> str:
    return "".join(str(piece) for piece in element.itertext())


def runs(root: Element) -> list[tuple[str, str, str]]:
    """Tag, keys and text of every run."""
    return [(str(run.tag), run.get("data-item", ""), run.text or "") for run in find(root, "//*[@data-start]")]


def marked(root: Element, key: str) -> str:
    return "".join(run.text or "" for run in find(root, "//mark") if key in run.get("data-item", "").split())


# --- looks


def test_a_paragraph_has_its_looks_as_classes_and_never_as_styles() -> None:
    paragraph = Paragraph(0, "正文", align="justify", indent=2.0, heading=1, number="一、", size=16.0, bold=True)
    root = page(made(paragraph))
    shown = one(root, "//p")
    assert shown.get("id") == "s0-b0"
    assert shown.get("class", "").split() == ["align-justify", "indent-2", "heading", "heading-1", "size-16", "bold"]
    assert said(one(root, "//span[@class='number']")) == "一、"
    assert find(root, "//@style") == []


def test_an_automatic_number_is_no_part_of_the_text() -> None:
    root = page(read("+ 总体要求\n"))
    assert runs(root) == [("span", "", "总体要求")]
    assert said(one(root, "//p")) == "一、总体要求"


def test_text_is_escaped_wherever_it_stands() -> None:
    evil = '<script>alert("1")</script>&'
    document = made(Paragraph(0, evil, number=evil), name=f"{evil}.docx")
    shown = review_page([document], [span('"><b>', 0, 3, kind='"><i>')]).html
    root = html.fromstring(shown)
    assert find(root, "//script | //b | //i") == []
    assert said(one(root, "//p")) == evil + evil


def test_bold_underlined_and_fillable_words_have_classes() -> None:
    root = page(read("{b:时间}：[____]{check:on}{choice:甲/乙}"))
    assert [(run.get("class"), run.text) for run in find(root, "//span[@data-start and @class]")][:3] == [
        ("bold", "时间"),
        ("underline", "    "),
        ("control control-check", "☒"),
    ]
    assert find(root, "//span[contains(@class, 'control-choice')]/@title") == ["甲／乙"]


def test_blanks_tabs_and_line_breaks_stay_as_they_are_stored() -> None:
    assert said(one(page(read("甲{tab}乙{br}丙  丁")), "//p")) == "甲\t乙\n丙  丁"


# --- tables


def test_merged_cells_cover_rows_and_columns() -> None:
    root = page(read("| 项目 | 数量 | < |\n| ^ | 场 | 人次 |"))
    assert [(one_.get("rowspan"), one_.get("colspan"), said(one_)) for one_ in find(root, "//td")] == [
        ("2", None, "项目"),
        (None, "2", "数量"),
        (None, None, "场"),
        (None, None, "人次"),
    ]
    assert find(root, "//td/@id") == ["s0-b0-r0-c0", "s0-b0-r0-c1", "s0-b0-r1-c1", "s0-b0-r1-c2"]


def test_repeated_rows_are_the_head_of_the_table() -> None:
    root = page(made(table(2, 2, cell(0, 0, "项目", columns=2), cell(1, 0, "宣讲"), cell(1, 1, "3"), header_rows=1)))
    assert [(head.get("scope"), said(head)) for head in find(root, "//thead/tr/th")] == [("colgroup", "项目")]
    assert len(find(root, "//tbody/tr/td")) == 2


def test_a_head_whose_cells_reach_on_takes_their_rows_with_it() -> None:
    cells = cell(0, 0, "项目", rows=2), cell(0, 1, "甲"), cell(1, 1, "乙"), cell(2, 0, "宣讲"), cell(2, 1, "1")
    root = page(made(table(3, 2, *cells, header_rows=1)))
    assert len(find(root, "//thead/tr")) == 2
    assert len(find(root, "//tbody/tr")) == 1


def test_a_table_that_is_all_head_has_no_thead() -> None:
    root = page(made(table(1, 1, cell(0, 0, "项目"), header_rows=1)))
    assert find(root, "//thead") == []
    assert said(one(root, "//th[@scope='col']")) == "项目"


def test_a_row_that_is_short_keeps_its_columns() -> None:
    root = page(made(table(2, 2, cell(0, 1, "甲"), cell(1, 0, "乙", rows=4), cell(1, 1, "丙"))))
    assert [one_.get("class") for one_ in find(root, "//tr[1]/td")] == ["missing", None]
    assert find(root, "//td/@rowspan") == []


def test_a_table_inside_a_cell_has_addresses_of_its_own() -> None:
    inner = Table(0, 1, 2, (cell(0, 0, "甲"), cell(0, 1, "乙丙")))
    document = made(table(1, 1, cell(0, 0, "外", tables=(inner,))))
    root = page(document, span("k", 1, 2, row=0, column=0, nested=(0, 1)))
    inside = one(root, "//td//td[2]")
    assert (inside.get("id"), inside.get("data-nested")) == ("s0-b0-r0-c0-n0-1", "0 1")
    assert marked(root, "k") == "丙"


# --- marks


def test_a_span_is_marked_around_exactly_its_characters() -> None:
    root = page(read("请于6月20日前报送统计表。"), span("d1", 2, 7, kind="deadline"))
    assert runs(root) == [("span", "", "请于"), ("mark", "d1", "6月20日"), ("span", "", "前报送统计表。")]
    assert one(root, "//mark").get("id") == "item-d1"
    assert one(root, "//mark").get("class") == "item kind-deadline"


def test_spans_that_overlap_are_cut_and_every_part_names_all_its_items() -> None:
    root = page(read("一二三四五六"), span("a", 0, 4), span("b", 2, 6), span("c", 2, 4))
    assert runs(root) == [("mark", "a", "一二"), ("mark", "a b c", "三四"), ("mark", "b", "五六")]
    assert {str(name) for name in find(root, "//@id[starts-with(., 'item-')]")} == {"item-a", "item-b", "item-c"}


def test_a_span_across_bold_words_keeps_both() -> None:
    root = page(read("一{b:二三}四"), span("a", 0, 2))
    assert runs(root) == [("mark", "a", "一"), ("mark", "a", "二"), ("span", "", "三"), ("span", "", "四")]
    assert one(root, "//mark[2]").get("class") == "item kind-item bold"


def test_an_empty_blank_is_marked_in_its_place() -> None:
    root = page(read("| 场次 | |"), span("f", 0, 0, row=0, column=1, kind="field"))
    blank = one(root, "//td[2]//mark")
    assert (blank.get("class"), said(blank)) == ("item kind-field blank", "")


def test_offsets_of_a_cell_count_over_its_paragraphs() -> None:
    root = page(read("| 一二¶三四 |"), span("a", 1, 4, row=0, column=0))
    assert runs(root) == [("span", "", "一"), ("mark", "a", "二"), ("mark", "a", "三"), ("span", "", "四")]
    assert find(root, "//*[@data-start]/@data-start") == ["0", "1", "3", "4"]


def test_a_key_has_its_id_once_on_a_page_of_several_documents() -> None:
    documents = [read("甲乙", "一.docx"), read("丙丁", "二.docx")]
    shown = review_page(documents, [span("k", 0, 1), span("k", 1, 2, source=1)])
    root = html.fromstring(f"<main>{shown.html}</main>")
    assert find(root, "//section/@id") == ["s0", "s1"]
    assert marked(root, "k") == "甲丁"
    assert len(find(root, "//*[@id='item-k']")) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        span("k", 0, 99),
        span("k", 2, 1),
        span("k", -1, 1),
        span("k", 0, 1, block=7),
        span("k", 0, 1, row=0, column=0),
        span("k", 0, 1, source=3),
        span("k", 0, 1, source=-1),
        span("two words", 0, 1),
        span("", 0, 1),
    ],
)
def test_a_span_that_fits_nowhere_is_returned(wrong: PageSpan) -> None:
    shown = review_page([read("一二三")], [wrong, span("right", 0, 1)])
    assert shown.unplaced == (wrong,)
    assert "item-right" in shown.html


def test_in_a_text_file_the_cells_of_a_rebuilt_table_are_addressed_by_their_line() -> None:
    text = "表：\n\t项目\t场次\n\t宣讲\t12\n完"
    root = page(read_text(text.encode(), "表.txt"), span("k", 4, 6, block=2))
    assert len(find(root, "//td")) == 4
    assert marked(root, "k") == "12"
    ids = [str(name) for name in find(root, "//@id")]
    assert len(ids) == len(set(ids))
    assert {"s0-b0", "s0-b1", "s0-b1-r0-c0", "s0-b2", "s0-b3"} <= set(ids)


# --- from a selection back to evidence


def address_of(run: Element) -> tuple[int, int | None, int | None, tuple[int, ...], int]:
    """What a script does: the nearest element with ``data-block``, and the run's ``data-start``."""
    holder: Element = find(run, "ancestor-or-self::*[@data-block][1]")[0]
    row, column = holder.get("data-row"), holder.get("data-column")
    nested = tuple(int(one_) for one_ in holder.get("data-nested", "").split())
    start = int(run.get("data-start", ""))
    return int(holder.get("data-block", "")), row and int(row), column and int(column), nested, start  # type: ignore[return-value]


TEXT = st.text("安全 月\t\n<&>\"'12𠮷\r\x00", max_size=12)


@given(TEXT, st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=5), st.booleans())
@settings(max_examples=150, deadline=None)
def test_every_run_says_where_it_stands_and_every_span_is_marked_whole(
    text: str, ranges: list[tuple[int, int]], in_cell: bool
) -> None:
    text = text.replace("\x00", "\ufffd") if in_cell else text
    at: dict[str, Any] = {"row": 0, "column": 0} if in_cell else {}
    parts = text.split("\n") if in_cell else [text]
    marks = tuple(Mark("bold", low, high) for low, high in ranges if low < high <= len(parts[0]))
    whole = Paragraph(0, text, marks=marks)
    document = made(table(1, 1, cell(0, 0, text)) if in_cell else whole)
    spans = [span(f"k{n}", min(pair), max(pair), **at) for n, pair in enumerate(ranges) if max(pair) <= len(text)]
    shown = review_page([document], spans)
    root = html.fromstring(shown.html)
    stored = text.replace("\x00", "\ufffd")
    for run in find(root, "//*[@data-start]"):
        assert len(run) == 0
        block, row, column, nested, start = address_of(run)
        assert (block, row, column, nested) == (0, at.get("row"), at.get("column"), ())
        assert stored[start : start + len(run.text or "")] == (run.text or "")
    for one_ in spans:
        wanted = stored[one_.start : one_.end]
        assert marked(root, one_.key) == (wanted.replace("\n", "") if in_cell else wanted)
        if one_ not in shown.unplaced:
            assert len(find(root, f"//*[@id='item-{one_.key}']")) == 1


@pytest.mark.parametrize("name", ["district-2026/通知.docx"])
def test_every_item_of_an_example_is_marked_with_the_words_of_its_evidence(name: str) -> None:
    loaded = load(EXAMPLES / name)
    items = spec_items(loaded.spec, loaded.documents)
    shown = review_page(loaded.documents, item_spans(items))
    assert shown.unplaced == ()
    root = html.fromstring(shown.html)
    for item in items:
        if item.evidence is not None:
            assert marked(root, item.key).startswith(item.evidence.text), item
