"""Tables of a .docx: every cell once, at its top-left grid position."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from .word import p, read, read_xml, table


def shape(text: str) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rows, c.columns, c.text) for c in table(read(text)).cells]


def test_a_merged_cell_stands_once_and_moves_its_neighbour() -> None:
    assert shape("""
        | 活动项目 | 进展情况 | <    |
        | 宣讲     | 场次     | 人次 |
        | ^        | 3        | 40   |
    """) == [
        (0, 0, 1, 1, "活动项目"),
        (0, 1, 1, 2, "进展情况"),
        (1, 0, 2, 1, "宣讲"),
        (1, 1, 1, 1, "场次"),
        (1, 2, 1, 1, "人次"),
        (2, 1, 1, 1, "3"),
        (2, 2, 1, 1, "40"),
    ]


def test_a_cell_may_be_merged_both_ways() -> None:
    text = """
        | 甲 | 乙 | < |
        | 丙 | ^ | < |
    """
    assert (0, 1, 2, 2, "乙") in shape(text)
    assert len(shape(text)) == 3


def test_the_grid_gives_the_owner_of_every_position() -> None:
    found = table(
        read("""
        | 甲 | 乙 | < |
        | ^ | 丙 | 丁 |
    """)
    )
    assert {place: cell.text for place, cell in found.grid().items()} == {
        (0, 0): "甲",
        (0, 1): "乙",
        (0, 2): "乙",
        (1, 0): "甲",
        (1, 1): "丙",
        (1, 2): "丁",
    }
    assert (found.rows, found.columns) == (2, 3)


LETTERS = "甲乙丙丁戊己庚辛"


@given(st.lists(st.lists(st.sampled_from([*LETTERS, "<", "^", ""]), min_size=3, max_size=3), min_size=1, max_size=5))
def test_whatever_is_merged_cells_tile_the_grid_once(rows: list[list[str]]) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            first = text == "<" and column == 0
            loose = text == "^" and (number == 0 or "<" in rows[number - 1] or "<" in row)
            if first or loose:
                row[column] = "甲"
    found = table(read("\n".join("| " + " | ".join(row) + " |" for row in rows)))
    covered = sorted(
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    )
    assert covered == [(row, column) for row in range(len(rows)) for column in range(3)]


def test_paragraphs_of_a_cell_are_joined_by_line_breaks() -> None:
    (cell,) = table(read("| 开展宣讲¶开展演练¶ |")).cells
    assert cell.text == "开展宣讲\n开展演练\n"
    assert [paragraph.text for paragraph in cell.paragraphs] == ["开展宣讲", "开展演练", ""]


CELL = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"


def test_a_row_that_begins_late_starts_at_its_column() -> None:
    late = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{CELL.format("", p("丙"))}</w:tr>'
    whole = f"<w:tr>{''.join(CELL.format('', p(text)) for text in '甲乙丁')}</w:tr>"
    cells = table(read_xml(f"<w:tbl>{whole}{late}</w:tbl>")).cells
    assert [(c.row, c.column, c.text) for c in cells] == [(0, 0, "甲"), (0, 1, "乙"), (0, 2, "丁"), (1, 2, "丙")]


def test_the_old_way_of_merging_across_counts_as_well() -> None:
    row = (
        CELL.format('<w:hMerge w:val="restart"/>', p("甲"))
        + CELL.format("<w:hMerge/>", p(""))
        + CELL.format("", p("乙"))
    )
    cells = table(read_xml(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")).cells
    assert [(c.column, c.columns, c.text) for c in cells] == [(0, 2, "甲"), (2, 1, "乙")]


def test_a_table_in_a_cell_stands_in_that_cell() -> None:
    inner = f"<w:tbl><w:tr>{CELL.format('', p('里'))}</w:tr></w:tbl>"
    (cell,) = table(read_xml(f"<w:tbl><w:tr>{CELL.format('', p('外') + inner + p(''))}</w:tr></w:tbl>")).cells
    assert cell.text == "外\n"
    assert [inside.text for inside in cell.tables[0].cells] == ["里"]


def test_rows_to_repeat_on_every_page_are_counted() -> None:
    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{CELL.format('', p('头'))}</w:tr>"
    row = f"<w:tr>{CELL.format('', p('身'))}</w:tr>"
    assert table(read_xml(f"<w:tbl>{head}{head}{row}</w:tbl>")).header_rows == 2


def test_a_row_that_was_deleted_under_tracked_changes_has_no_cells() -> None:
    gone = f'<w:tr><w:trPr><w:del w:id="1" w:author="甲"/></w:trPr>{CELL.format("", p("删"))}</w:tr>'
    kept = f"<w:tr>{CELL.format('', p('留'))}</w:tr>"
    document = read_xml(f"<w:tbl>{gone}{kept}</w:tbl>")
    assert [cell.text for cell in table(document).cells] == ["留"]
    assert "N140" in {warning.code for warning in document.warnings}


def test_a_table_without_any_border_is_a_layout_table() -> None:
    borders = '<w:tblPr><w:tblBorders><w:top w:val="nil"/><w:bottom w:val="none"/></w:tblBorders></w:tblPr>'
    row = f"<w:tr>{CELL.format('', p('红头'))}</w:tr>"
    assert not table(read_xml(f"<w:tbl>{borders}{row}</w:tbl>")).ruled
    assert table(read_xml(f"<w:tbl>{row}</w:tbl>")).ruled


def test_a_row_or_cell_inside_a_content_control_is_still_a_row_or_cell() -> None:
    cell = f"<w:sdt><w:sdtContent>{CELL.format('', p('甲'))}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell}{CELL.format('', p('乙'))}</w:tr></w:sdtContent></w:sdt>"
    assert [c.text for c in table(read_xml(f"<w:tbl>{row}</w:tbl>")).cells] == ["甲", "乙"]
