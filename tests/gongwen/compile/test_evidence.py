"""Evidence points at the exact span: what it says is what is stored there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import asdict

from gongwen import load
from gongwen.compile import compile_documents
from gongwen.model import Cell, Document, Paragraph, Table
from gongwen.spec import Evidence, NoticeSpec

from .said import notice, read, spans

ROOT = Path(__file__).parents[3]
DAMAGED = "采石社区统计表.docx"
EXAMPLES = sorted(path for path in (ROOT / "examples").rglob("*.docx") if path.name != DAMAGED)


def every(item: object) -> Iterator[tuple[object, Evidence]]:
    """Every item of a compiled notice that has an evidence, with it."""
    if isinstance(item, list | tuple):
        for one in item:
            yield from every(one)
    elif isinstance(item, msgspec.Struct) and not isinstance(item, Evidence):
        values: dict[str, Any] = asdict(item)
        for one in values.values():
            if isinstance(one, Evidence):
                yield item, one
            else:
                yield from every(one)


def stored(document: Document, evidence: Evidence) -> str:
    """The text into which the characters of an evidence count."""
    block = document.blocks[evidence.block]
    if evidence.row is None:
        assert isinstance(block, Paragraph)
        return block.text
    assert isinstance(block, Table)
    assert evidence.column is not None
    cell = cell_at(block, evidence.row, evidence.column)
    path = [] if evidence.nested is UNSET else list(evidence.nested)
    while path:
        cell = next(inner for table in cell.tables for inner in table.cells if [inner.row, inner.column] == path[:2])
        path = path[2:]
    return cell.text


def cell_at(table: Table, row: int, column: int) -> Cell:
    """The cell whose top-left corner stands there."""
    (cell,) = [cell for cell in table.cells if (cell.row, cell.column) == (row, column)]
    return cell


def misplaced(spec: NoticeSpec, documents: list[Document]) -> list[str]:
    """Evidence whose words are not those stored where it points. Of a mended text the first span holds the beginning."""
    wrong = []
    for item, evidence in every(spec):
        for span in spans(evidence):
            text = stored(documents[span.source], span)[span.start : span.end]
            mended = span is evidence and evidence.also is not UNSET and text and span.text.startswith(text)
            if text != span.text and not mended:
                wrong.append(f"{type(item).__name__} {span.block}/{span.row}/{span.column}: {span.text!r} but {text!r}")
    return wrong


def check(path: Path) -> None:
    loaded = load(path)
    assert misplaced(loaded.spec, loaded.documents) == []
    assert any(True for _ in every(loaded.spec)), "nothing was compiled"


@pytest.mark.parametrize("path", EXAMPLES, ids=[path.name for path in EXAMPLES])
def test_every_item_of_an_example_points_at_its_words(path: Path) -> None:
    check(path)


def test_every_item_of_the_shared_notices_and_cases_points_at_its_words(shared: Path) -> None:
    files = [*(shared / "data" / "notices").glob("*.docx"), *(shared / "cases").rglob("*.docx")]
    assert len(files) >= 11
    for path in files:
        check(path)


def test_a_mended_item_points_at_all_its_parts() -> None:
    text = "各街道、各社区要把活动纳入全年重点工作，紧密结合本地实际，请各街道于6月20日前将活动总\n结报送区应急管理局，逾期不予受理。"
    spec = notice(f"# 一、工作要求\n{text}")
    (deadline,) = spec.deadlines
    first, second = spans(deadline.evidence)
    assert (
        first.text
        == "各街道、各社区要把活动纳入全年重点工作，紧密结合本地实际，请各街道于6月20日前将活动总结报送区应急管理局，逾期不予受理"
    )
    assert second.text == "结报送区应急管理局，逾期不予受理"
    assert (first.block + 1, second.start) == (second.block, 0)


def test_offsets_of_a_cell_count_over_its_paragraphs() -> None:
    document = read("| 宣讲 | 开展宣讲（  ）场¶参与（  ）人次 |")
    spec = compile_documents([document])
    second = spec.forms[0].fields[1].evidence
    assert (second.row, second.column, second.start, second.end) == (0, 1, 12, 16)
    assert misplaced(spec, [document]) == []


def test_a_cell_merged_over_two_columns_moves_its_neighbour_by_two() -> None:
    document = read("| 宣讲 | < | 开展宣讲（  ）场 |\n| 一 | 二 | 三 |")
    (field,) = compile_documents([document]).forms[0].fields
    assert (field.evidence.row, field.evidence.column) == (0, 2)


# --- other formats


@pytest.mark.parametrize("name", ["tianjin-hebei-2025", "changchun-jingkai-2025"])
def test_in_a_text_file_a_line_is_a_block(shared: Path, name: str) -> None:
    path = shared / "data" / "notices" / f"{name}.txt"
    lines = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    spec = load(path).spec
    for _, evidence in every(spec):
        for span in spans(evidence):
            text = lines[span.block][span.start : span.end]
            assert (span.row, span.column) == (None, None)
            assert span.text == text or (text and span.text.startswith(text)), span


@pytest.mark.parametrize("name", ["tianjin-hebei-2025", "changchun-jingkai-2025"])
def test_in_a_pdf_every_item_names_its_page(shared: Path, name: str) -> None:
    loaded = load(shared / "data" / "notices" / f"{name}.pdf")
    assert misplaced(loaded.spec, loaded.documents) == []
    assert all(span.page is not UNSET for _, evidence in every(loaded.spec) for span in spans(evidence))
    assert all(span.box is not UNSET for _, evidence in every(loaded.spec) for span in spans(evidence))
