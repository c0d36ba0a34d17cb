"""Workbooks that ``anyue forms --xlsx`` made, sent back: every value is where the hidden sheet ``anyue`` says.

That sheet has the form's id beside ``form``, the heads field, group, row, cell, sheet, and a row for each value cell.
Where somebody copied the visible sheet alone, the field ids in its column 编码 still tell its lines apart.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook

from ..collection import Scalar
from ..errors import Unreadable
from ..model import Cell, Document, Table
from ..readers import Source
from ..readers.sheet import show
from ..readers.sheet_scan import scan
from ..spec import Field, Form
from .template import Template
from .values import Reading, value_of

HIDDEN = "anyue"
_HEADS = ("field", "group", "row", "cell", "sheet")
_SHEETS = frozenset(("xlsx", "xlsb", "ods", "xls", "et"))
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(slots=True)
class OwnCells:
    """What stands in the value cells: of a field, and of a group row by row."""

    plain: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[int, dict[str, str]]] = field(default_factory=dict)

    def put(self, key: str, group: str, row: int, text: str) -> None:
        """Take in one cell."""
        if group:
            self.rows.setdefault(group, {}).setdefault(row, {})[key] = text
        else:
            self.plain.setdefault(key, text)

    def known(self) -> set[str]:
        """The ids of all fields that have a cell."""
        return {*self.plain, *(key for rows in self.rows.values() for row in rows.values() for key in row)}


def by_field_id(document: Document, template: Template, source: Source | None = None) -> OwnCells | None:
    """The value cells of a reply that is a workbook made by ``anyue forms`` for this form; None where it is none.

    ``source`` is the file that the document was read from; without it only the visible sheet can be looked at.
    """
    if document.format not in _SHEETS:
        return None
    found = _by_hidden_sheet(document, source) if source is not None and _has_hidden(document) else None
    if found is None:
        found = _by_visible_ids(document, template)
    ids = {one.id for one in template.form.fields}
    return found if len(found.known() & ids) >= max(1, len(ids) // 2) else None


def take_cells(reading: Reading, template: Template, cells: OwnCells) -> None:
    """The values of a workbook that ``anyue forms`` made: of every field, and the rows of every group that say something."""
    for one in template.form.fields:
        if one.group is None:
            reading.values[one.id] = value_of(reading, one, cells.plain.get(one.id, ""), "")
    for group, members in _groups(template.form).items():
        rows: list[dict[str, Scalar]] = []
        for _, written in sorted(cells.rows.get(group, {}).items()):
            row = {one.id: value_of(reading, one, written.get(one.id, ""), "") for one in members}
            if any(value is not None for value in row.values()):
                rows.append(row)
        reading.values[group] = rows


# --- the hidden sheet


def _has_hidden(document: Document) -> bool:
    return any(one.code == "N101" and one.details.get("sheet") == HIDDEN for one in document.warnings)


def _by_hidden_sheet(document: Document, source: Source) -> OwnCells | None:
    try:
        scanned = scan(source.read(), document.name, document.format)
        book = CalamineWorkbook.from_filelike(io.BytesIO(scanned.data))
        listed = _texts(book, HIDDEN)
        if [listed.get((1, column)) for column in range(len(_HEADS))] != list(_HEADS):
            return None
        sheets = {name: _texts(book, name) for name in book.sheet_names if name != HIDDEN}
    except (CalamineError, Unreadable):
        return None
    return _placed(_listing(listed), sheets)


def _texts(book: CalamineWorkbook, name: str) -> dict[tuple[int, int], str]:
    """The filled cells of a sheet by row and column from 0."""
    sheet = book.get_sheet_by_name(name)
    top, left = sheet.start or (0, 0)
    return {
        (row, column): text
        for row, values in enumerate(sheet.iter_rows() if sheet.start else (), top)
        for column, value in enumerate(values, left)
        if (text := show(value)).strip()
    }


def _listing(listed: dict[tuple[int, int], str]) -> list[list[str]]:
    """The rows below the heads."""
    last = max((row for row, _ in listed), default=0)
    rows = [[listed.get((row, column), "").strip() for column in range(len(_HEADS))] for row in range(2, last + 1)]
    return [row for row in rows if row[0]]


def _placed(listing: list[list[str]], sheets: dict[str, dict[tuple[int, int], str]]) -> OwnCells:
    """The texts of the listed cells. Rows that were added or deleted above move a line: its id beside it tells where to."""
    ids = {name: {text.strip(): row for (row, _), text in cells.items()} for name, cells in sheets.items()}
    found, moved = OwnCells(), 0
    for key, group, number, cell, sheet in listing:
        name = sheet if sheet in sheets else next(iter(sheets), "")
        match = _CELL.fullmatch(cell)
        if match is None or name not in sheets:
            continue
        row, column = int(match[2]) - 1, _column(match[1])
        if not group and key in ids[name]:
            moved = ids[name][key] - row
        found.put(key, group, int(number) if number.isdecimal() else 0, sheets[name].get((row + moved, column), ""))
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1


# --- the visible sheet alone


def _by_visible_ids(document: Document, template: Template) -> OwnCells:
    """A line's value stands left of its id; a group's rows are numbered below heads that are the group's own."""
    ids = {one.id for one in template.form.fields}
    found = OwnCells()
    for table in (block for block in document.blocks if isinstance(block, Table)):
        at = table.grid()
        lines = {cell.row: cell for cell in table.cells if cell.text.strip() in ids}
        for cell in lines.values():
            left = at.get((cell.row, cell.column - 1))
            found.put(cell.text.strip(), "", 0, left.text if left is not None else "")
        if lines:
            rest = [row for row in range(table.rows) if row not in lines]
            _visible_groups(found, [_row(at, row, table.columns) for row in rest], template)
    return found


def _row(at: dict[tuple[int, int], Cell], row: int, columns: int) -> list[str]:
    return [at[row, column].text.strip() if (row, column) in at else "" for column in range(columns)]


def _visible_groups(found: OwnCells, rows: list[list[str]], template: Template) -> None:
    """The groups in their order; ``rows`` are those without an id."""
    begin = 0
    for group, members in _groups(template.form).items():
        names = [_bare(f"{one.label}{one.unit or ''}") for one in members]
        for number in range(begin, len(rows)):
            columns = [column for column, text in enumerate(rows[number]) if column and _bare(text)]
            if [_bare(rows[number][column]) for column in columns] != names:
                continue
            begin = number + 1
            while begin < len(rows) and rows[begin][0] == str(begin - number):
                for one, column in zip(members, columns, strict=True):
                    found.put(one.id, group, begin - number, rows[begin][column])
                begin += 1
            break


def _bare(head: str) -> str:
    """A head without brackets and blanks."""
    return re.sub(r"\W", "", head)


def _groups(form: Form) -> dict[str, list[Field]]:
    groups: dict[str, list[Field]] = {}
    for one in form.fields:
        if one.group is not None:
            groups.setdefault(one.group, []).append(one)
    return groups
