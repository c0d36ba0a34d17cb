"""The peer of collecting: the script that a person who knows python-docx and openpyxl writes in an afternoon.

    python -m benchmarks.peer_collect FOLDER WORKBOOK.xlsx

Every reply's brackets are taken in order, summed, and written row by row. It trusts the form to come back as it went
out: no spelled-out numbers, no units checked, no duplicates, nothing reported but files that do not open.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import docx
from docx.table import Table
from openpyxl import Workbook

BRACKET = re.compile(r"[（(]([^（()）]*)[)）]")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
UNIT = re.compile(r"填报单位\s*[：:]\s*(\S+)")


def number_in(text: str) -> float | None:
    """The number in a bracket, None where there is none."""
    found = NUMBER.search(text.replace(",", ""))
    return float(found.group()) if found else None


def brackets_of(table: Table) -> list[str]:
    """What stands in the brackets of a table, in order; a merged cell comes up again and is passed over."""
    found: list[str] = []
    last = None
    for row in table.rows:
        for cell in row.cells:
            if cell._tc is not last:
                found.extend(BRACKET.findall(cell.text))
            last = cell._tc
    return found


def read_reply(path: Path) -> tuple[str, list[float | None]]:
    """The unit and its numbers: of the table that has the most brackets."""
    document = docx.Document(str(path))
    named = (UNIT.search(paragraph.text) for paragraph in document.paragraphs)
    unit = next((match.group(1) for match in named if match), path.stem)
    most = max((brackets_of(table) for table in document.tables), key=len, default=[])
    return unit, [number_in(text) for text in most]


def main() -> int:
    """Collect a folder into a workbook."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    rows: list[tuple[str, list[float | None]]] = []
    failed: list[str] = []
    for path in sorted(folder.rglob("*.docx")):
        try:
            rows.append(read_reply(path))
        except Exception as error:
            failed.append(f"{path.name}: {error}")
    width = max(len(values) for _, values in rows)
    sums = [sum(values[place] or 0 for _, values in rows if place < len(values)) for place in range(width)]

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["单位", *(f"第{place + 1}空" for place in range(width))])
    for unit, values in rows:
        sheet.append([unit, *values])
    sheet.append(["合计", *sums])
    problems = book.create_sheet("打不开")
    for line in failed:
        problems.append([line])
    book.save(out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
