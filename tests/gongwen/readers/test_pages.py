"""Portable documents and scans: the same paragraphs and tables as the Word file they were made from."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from gongwen.model import Document, Table
from gongwen.readers import read
from gongwen.readers.layout import Glyph, Page, Rule, assemble
from gongwen.readers.source import Source
from tests.support.containers import pdf

STEMS = ("tianjin-hebei-2025", "changchun-jingkai-2025")
_FOLD = str.maketrans("（），：；？！“”—", '(),:;?!""-')


def plain(text: str) -> str:
    return re.sub(r"[\s_]+", "", text)


def paragraphs(document: Document) -> list[str]:
    return [text for text in (plain(paragraph.text) for paragraph in document.paragraphs()) if text]


def cells(table: Table) -> dict[tuple[int, int, int, int], str]:
    return {(c.row, c.column, c.rows, c.columns): plain(c.text) for c in table.cells}


@pytest.mark.parametrize("stem", STEMS)
def test_a_pdf_gives_the_paragraphs_and_tables_of_the_word_file(shared: Path, stem: str) -> None:
    word, portable = (read(shared / "data" / "notices" / f"{stem}.{extension}") for extension in ("docx", "pdf"))
    assert portable.reader == "pdf-text"
    assert paragraphs(portable) == paragraphs(word)
    assert [cells(table) for table in portable.tables()] == [cells(table) for table in word.tables()]
    assert all(block.block == number and block.page and block.box for number, block in enumerate(portable.blocks))


def test_the_widths_of_blanks_are_kept_in_a_pdf(shared: Path) -> None:
    word, portable = (read(shared / "data" / "notices" / f"{STEMS[0]}.{extension}") for extension in ("docx", "pdf"))
    text, same = (list(document.tables())[1].cells[3].text for document in (word, portable))
    assert re.findall(r"（ +）", same) == re.findall(r"（ +）", text)


def test_a_scan_gives_the_paragraphs_and_tables_of_the_word_file(shared: Path) -> None:
    pytest.importorskip("rapidocr")
    word = read(shared / "data" / "notices" / f"{STEMS[0]}.docx")
    scan = read(shared / "data" / "notices" / f"{STEMS[0]}-scan.pdf")
    assert (scan.format, scan.reader) == ("pdf", "ocr")
    assert [list(cells(table)) for table in scan.tables()] == [list(cells(table)) for table in word.tables()]
    assert len(paragraphs(scan)) == len(paragraphs(word))
    wrong = [
        (a, b)
        for one, other in zip(word.tables(), scan.tables(), strict=True)
        for a, b in zip(cells(one).values(), cells(other).values(), strict=True)
        if a.translate(_FOLD) != b.translate(_FOLD)
    ]
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_a_photo_is_read_whichever_way_it_lies(shared: Path, turn: int) -> None:
    pytest.importorskip("rapidocr")
    import pypdfium2

    document = pypdfium2.PdfDocument(shared / "data" / "notices" / f"{STEMS[0]}-scan.pdf")
    picture = document[6].render(scale=150 / 72).to_pil().convert("L").rotate(turn, expand=True)
    document.close()
    target = io.BytesIO()
    picture.save(target, "PNG")
    (table,) = read(Source("照片.png", data=target.getvalue())).tables()
    assert (table.rows, table.columns, table.cells[0].text) == (7, 2, "活动项目")


def test_a_line_of_latin_text_is_read() -> None:
    assert paragraphs(read(Source("a.pdf", data=pdf("work safety month 2025")))) == ["worksafetymonth2025"]


# --- the layout, from glyphs set by hand: ten points a character


def line(text: str, x: float, top: float) -> list[Glyph]:
    return [Glyph(character, x + 10 * i, top, x + 10 * (i + 1), top + 10) for i, character in enumerate(text)]


def box(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def page(number: int, *lines: list[Glyph], rules: list[Rule] | None = None) -> Page:
    return Page(number, 400, 600, [glyph for glyphs in lines for glyph in glyphs], rules or [])


FULL = "安" * 30


def test_lines_are_one_paragraph_until_one_is_set_in_or_ends_early() -> None:
    made = assemble(
        [
            page(
                1,
                line(FULL[:28], 70, 100),
                line(FULL, 50, 120),
                line("完。", 50, 140),
                line("第二段", 70, 160),
                line(FULL, 50, 400),
            )
        ]
    )
    assert [block.text for block in made.blocks if not isinstance(block, Table)] == [
        FULL[:28] + FULL + "完。",
        "第二段",
        FULL,
    ]


def test_a_paragraph_goes_on_over_the_page_and_the_page_number_is_dropped() -> None:
    first = page(1, *(line(FULL, 50, 100 + 20 * n) for n in range(22)), line("—1—", 180, 570))
    second = page(2, line("完。", 50, 60), line("—2—", 180, 570))
    made = assemble([first, second])
    assert [block.text for block in made.blocks if not isinstance(block, Table)] == [FULL * 22 + "完。"]


def test_a_rule_under_nothing_is_a_blank() -> None:
    made = assemble([page(1, line("电话：", 50, 100), rules=[Rule(80, 110, 140, 110)])])
    assert [block.text for block in made.blocks if not isinstance(block, Table)] == ["电话：" + "_" * 12]


def test_a_table_over_the_page_is_one_and_its_head_comes_once() -> None:
    head = [line("单位", 60, 500), line("场次", 160, 500)]
    first = page(1, *head, line("甲", 60, 520), line("3", 160, 520), rules=box([50, 150, 250], [498, 515, 535]))
    again = [line("单位", 60, 50), line("场次", 160, 50)]
    second = page(2, *again, line("乙", 60, 70), line("5", 160, 70), rules=box([50, 150, 250], [48, 65, 85]))
    made = assemble([first, second])
    (table,) = made.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["单位", "场次", "甲", "3", "乙", "5"]
    assert (table.rows, table.header_rows, made.joined) == (3, 1, 1)


def test_cells_without_a_rule_between_them_are_one() -> None:
    rules = [Rule(50, y, 250, y) for y in (100, 140)] + [Rule(150, 120, 250, 120)]
    rules += [Rule(x, 100, x, 140) for x in (50, 150, 250)]
    made = assemble([page(1, line("甲", 60, 110), line("乙", 160, 105), line("丙", 160, 125), rules=rules)])
    (table,) = made.blocks
    assert isinstance(table, Table)
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in table.cells] == [
        (0, 0, 2, 1, "甲"),
        (0, 1, 1, 1, "乙"),
        (1, 1, 1, 1, "丙"),
    ]
