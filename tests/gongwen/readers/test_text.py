"""Plain text: lines are blocks, and flattened tables come back over their lines."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongwen.model import Block, Cell, Paragraph, Table
from gongwen.readers import read
from gongwen.readers.text import blocks_of


def table_in(text: str) -> Table:
    return next(block for block in blocks_of(text) if isinstance(block, Table))


def shape(table: Table) -> list[tuple[int, int, int, int, str]]:
    return [(cell.row, cell.column, cell.rows, cell.columns, cell.text) for cell in table.cells]


def pieces(block: Block) -> list[Paragraph]:
    return [block] if isinstance(block, Paragraph) else [part for cell in block.cells for part in cell.paragraphs]


def test_every_line_is_a_block_whatever_ends_it() -> None:
    assert [block.text for block in blocks_of("甲\r\n\n乙\r丙\n") if isinstance(block, Paragraph)] == [
        "甲",
        "",
        "乙",
        "丙",
    ]


def test_a_form_feed_is_a_page_break_and_counts_as_a_character_of_the_line() -> None:
    paragraph = blocks_of("甲\n\f附件1")[1]
    assert paragraph == Paragraph(1, "附件1", page_break=True, offset=1)


@given(st.text(st.sampled_from("甲乙。：\t |│─┌┼├\n\f（）"), max_size=80))
def test_blocks_stay_aligned_with_lines_and_pieces_with_characters(text: str) -> None:
    lines = text.replace("\f", " ").split("\n")
    blocks = blocks_of(text)
    assert len(blocks) == len(lines) - (lines[-1] == "")
    for number, block in enumerate(blocks):
        assert block.block == number
        for piece in pieces(block):
            assert lines[piece.block][piece.offset : piece.offset + len(piece.text)] == piece.text


def test_cells_on_lines_of_their_own_make_a_table_with_the_merges_that_can_be_told() -> None:
    table = table_in(
        "\t任务\n\t分工\n\n\t\n\t区级\n\t街道\n\n\t一、宣传\n\t发文章\n\n续一段\n\t开讲座\n\n\t二、演练\n\t全部单位\n"
    )
    assert shape(table) == [
        (0, 0, 2, 1, "任务"),
        (0, 1, 1, 2, "分工"),
        (1, 1, 1, 1, "区级"),
        (1, 2, 1, 1, "街道"),
        (2, 0, 1, 1, "一、宣传"),
        (2, 1, 1, 1, "发文章\n续一段"),
        (2, 2, 1, 1, "开讲座"),
        (3, 0, 1, 1, "二、演练"),
        (3, 1, 1, 2, "全部单位"),
    ]


def test_rows_on_lines_make_a_table() -> None:
    assert shape(table_in("单位\t场次\t人次\n甲街\t3\t\n"))[3:] == [
        (1, 0, 1, 1, "甲街"),
        (1, 1, 1, 1, "3"),
        (1, 2, 1, 1, ""),
    ]


def test_paragraphs_set_in_by_a_tab_are_no_table() -> None:
    text = "\t各科室要高度重视，切实加强组织领导。\n\t各社区要按时报送。\n\n\t联系人：张三\n"
    assert not any(isinstance(block, Table) for block in blocks_of(text))


def test_a_table_drawn_with_bars_is_read_without_its_rule() -> None:
    assert shape(table_in("| 单位 | 场次 |\n|---|---|\n| 甲 | 3 |")) == [
        (0, 0, 1, 1, "单位"),
        (0, 1, 1, 1, "场次"),
        (1, 0, 1, 1, "甲"),
        (1, 1, 1, 1, "3"),
    ]


def test_a_table_drawn_with_box_characters_keeps_its_merged_cells() -> None:
    table = table_in(
        "┌──┬─────┐\n│项目│  数  量  │\n│    ├──┬──┤\n│    │甲  │乙  │\n├──┼──┼──┤\n│演练│    │    │\n└──┴──┴──┘"
    )
    assert shape(table)[:4] == [(0, 0, 2, 1, "项目"), (0, 1, 1, 2, "数  量"), (1, 1, 1, 1, "甲"), (1, 2, 1, 1, "乙")]


def merged(table: Table) -> dict[tuple[int, int, int, int], str]:
    def plain(cell: Cell) -> str:
        return "\n".join(part.text.strip() for part in cell.paragraphs if part.text.strip())

    return {(cell.row, cell.column, cell.rows, cell.columns): plain(cell) for cell in table.cells}


def test_the_published_text_gives_the_tables_of_the_word_file(shared: Path) -> None:
    notices = shared / "data" / "notices"
    from_text = [merged(table) for table in read(notices / "tianjin-hebei-2025.txt").tables()]
    assert from_text == [merged(table) for table in read(notices / "tianjin-hebei-2025.docx").tables()]
