"""Rows of a table, each read by itself: what it says, tidied, and what is wrong with it alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anyue.kernel.errors import Problem

from ... import problems
from ...models import Kind
from ...rules import codes, kinds, names, uscc
from ..drafts import Draft, named_faults
from .known import Known
from .reading import Table
from .result import Act, Progress, RowFault

NOTHING = frozenset({"", "0", "-", "—", "/", "无", "\\", "null", "none", "000000000000"})
# Words that name two levels: what the code says decides.
_LOOSE = frozenset({"市", "区", "新区", "县", "州", "地区", "园区", "开发区", "社区", "单位"})
_READ = 4000
MARK = "#"
"""Before the key of a unit without a code: so our own export names it, and finds it again."""


@dataclass(slots=True, eq=False)
class Row:
    """One row. ``parent`` is what stands right above it (None: what is imported into), ``unit`` the unit that it is about, if it is there."""

    number: int
    name: str
    code: str
    uscc: str
    area_code: str
    short_name: str
    phone: str
    address: str
    parent_code: str
    above: str
    word: str
    kind: Kind | None = None
    unit: Known | None = None
    parent: Row | Known | None = None
    act: Act = Act.KEEP
    pk: int | None = None

    @property
    def says_parent(self) -> bool:
        """The table names what stands above."""
        return bool(self.parent_code or self.above)


class Notes:
    """Faults by row, each with the heading of its column as the file has it."""

    def __init__(self, table: Table) -> None:
        self._headings = table.headings
        self.faults: list[RowFault] = []
        self.wrong: dict[Row, int] = {}

    def add(self, row: Row, field: str, problem: Problem, /, **details: object) -> None:
        """What is wrong in one cell of ``row``."""
        other = {"parent": "above", "above": "parent"}.get(field, "name")
        column = self._headings.get(field) or self._headings.get(other) or self._headings["name"]
        self.faults.append(RowFault(row.number, column, problem, details))
        self.wrong.setdefault(row, row.number)


def read_rows(table: Table, notes: Notes, progress: Progress, total: int) -> list[Row]:
    """Every row of the table, tidied and checked alone."""
    found: list[Row] = []
    for row in _rows(table):
        found.append(row)
        _check(row, notes)
        if len(found) % _READ == 0:
            progress(len(found), total)
    return found


def _rows(table: Table) -> Iterator[Row]:
    places = {field: column for column, field in table.fields.items()}
    for number, cells in zip(table.numbers, table.rows, strict=True):

        def cell(field: str, cells: object = cells) -> str:
            column = places.get(field)
            assert isinstance(cells, tuple)
            return cells[column] if column is not None and column < len(cells) else ""

        code, credit = codes.tidy(cell("code")), uscc.tidy(cell("uscc"))
        if not credit and uscc.is_uscc(code.upper()):
            code, credit = "", code.upper()
        parent = codes.tidy(cell("parent"))
        yield Row(
            number,
            names.tidy(cell("name")),
            "" if code.lower() in NOTHING else code,
            "" if credit.lower() in NOTHING else credit,
            "" if (area := codes.tidy(cell("area_code"))).lower() in NOTHING else area,
            names.tidy(cell("short_name"))[:40],
            cell("phone")[:40],
            names.tidy(cell("address"))[:200],
            "" if parent.lower() in NOTHING else parent,
            "" if (above := names.tidy(cell("above"))).lower() in NOTHING else above,
            cell("kind").strip(),
        )


def _check(row: Row, notes: Notes) -> None:
    row.kind = _kind(row, notes)
    code = None if is_mark(row.code) else row.code or None
    draft = Draft(row.name, row.kind or Kind.DEPARTMENT, code, row.short_name, row.area_code, row.uscc or None)
    for field, problem, details in named_faults(draft):
        notes.add(row, field, problem, **details)


def is_mark(code: str) -> bool:
    """``#12``: a unit without a code by its key."""
    return code.startswith(MARK) and code[1:].isdigit()


def _kind(row: Row, notes: Notes) -> Kind | None:
    """The kind that its word says, else what code and name say; None where a unit that is there may say it later."""
    if not row.word:
        return kinds.guess(code=row.code, name=row.name, uscc=row.uscc)
    kind = kinds.read(row.word)
    if kind is None:
        notes.add(row, "kind", problems.ROW_KIND_UNKNOWN, word=row.word, kinds=kind_words())
        return None
    if row.word in _LOOSE and codes.is_code(row.code) and not kinds.fits_code(kind, row.code):
        return kinds.guess(code=row.code, name=row.name)
    return kind


def kind_words() -> str:
    """The kinds as a table may name them."""
    return "、".join(str(kind.label) for kind in Kind)
