"""Web pages to blocks."""

from __future__ import annotations

from gongwen.model import Document, Mark, Paragraph, Table
from gongwen.readers import read
from gongwen.readers.source import Source


def page(body: str) -> Document:
    return read(Source("a.html", data=f"<html><body>{body}</body></html>".encode()))


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


def test_blocks_come_in_order_with_headings_and_breaks() -> None:
    document = page("<h2>通知</h2>散文<p>一<br>二</p><script>x</script><div>三</div>")
    assert lines(document) == ["通知", "散文", "一\n二", "三"]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.heading == 2


def test_a_line_broken_in_the_source_is_no_space() -> None:
    assert lines(page("<p>安全\n   生产月 work\nsafety</p>")) == ["安全生产月 work safety"]


def test_what_is_hidden_stands_apart() -> None:
    document = page("<p>看得见</p><p style='display: none'>看不见</p>")
    assert (lines(document), document.hidden) == (["看得见"], ("看不见",))


def test_spans_and_nested_tables_keep_their_place() -> None:
    document = page("<table><tr><th rowspan=2>甲<th colspan=2>乙<tr><td>丙<td>丁<table><tr><td>内</table></table>")
    (table,) = document.tables()
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in table.cells] == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 2, "乙"),
        (1, 1, 1, 1, "丙"),
        (1, 2, 1, 1, "丁"),
    ]
    assert [inner.cells[0].text for inner in table.cells[3].tables] == ["内"]


def test_underlined_spaces_and_fields_are_blanks() -> None:
    document = page(
        "<p>参与<u>&nbsp;&nbsp;&nbsp;</u>人次</p><p>电话<input type=text></p><p><input type=checkbox checked>是</p>"
    )
    assert lines(document) == ["参与   人次", "电话____", "☑是"]
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.marks == (Mark("underline", 2, 5),)


def test_a_frame_around_the_page_is_no_table() -> None:
    document = page("<table><tr><td><p>正文</p><table><tr><td>单位<td>场次</table></table>")
    assert [type(block) for block in document.blocks] == [Paragraph, Table]
