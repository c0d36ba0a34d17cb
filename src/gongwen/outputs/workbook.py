"""The workbook of a collection: one row a unit with totals that are formulas, and sheets of what has to be looked at.

Zero is shown as 0, not applicable as /, and what was left blank stays an empty cell: three answers, never mixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter

from ..collection import NOT_APPLICABLE, Collection, Issue, Reply
from .columns import Column, Entry, columns_of, is_number
from .details import Book, write_about, write_figures, write_groups, write_issues, write_missing, write_narratives
from .naming import labels, today_here, whole_day, width_of
from .paper import paper_for
from .sheet import (
    AMBER,
    BASE_FONT,
    FAINT,
    GREY_FILL,
    HEAD,
    NOTHING_TO_APPLY,
    SOFT,
    STATE_INK,
    TOTAL_FILL,
    Formats,
    Sheet,
    clean,
    relative_link,
)
from .standing import Standing, picture, sentence
from .tally import Tally, totals

SUMMARY = "汇总"
HEAD_ROW = 2
"""The first of the three head rows; the title and the legend stand above them."""
FIRST_ROW = HEAD_ROW + 3
FIXED = 3
"""序号、单位、状态 before the figures."""


def write_workbook(
    collection: Collection,
    path: Path,
    *,
    title: str,
    files: Mapping[str, Path] | None = None,
    home: Path | None = None,
    notice: str | None = None,
    today: date | None = None,
) -> None:
    """Write the workbook to ``path``.

    ``files`` says where the replies lie, so that their names become links relative to ``home``, the folder where the
    workbook will be (that of ``path`` if not given). ``notice`` is the notice's title, ``today`` the day it is made.
    """
    day = today or today_here()
    found = picture(collection)
    folder = home or path.parent
    links = {name: link for name, place in (files or {}).items() if (link := relative_link(place, folder)) is not None}
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "default_format_properties": {"font_name": BASE_FONT, "font_size": 11},
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"title": clean(title), "created": _noon(day)})
        workbook.set_calc_mode("auto")
        book = Book(
            workbook=workbook,
            formats=Formats(workbook),
            collection=collection,
            picture=found,
            columns=columns_of(collection, found.counted() + [one.reply for one in found.loose if one.reply]),
            names=labels(collection.form_spec),
            links=links,
            title=title,
            notice=notice,
            day=day,
        )
        rows = _Summary(book).write()
        write_figures(book, SUMMARY, rows, FIXED)
        write_issues(book)
        write_missing(book)
        write_groups(book)
        write_narratives(book)
        write_about(book)


def _noon(day: date) -> datetime:
    """The creation time that the file bears: the day alone, so that the same input gives the same workbook."""
    return datetime.combine(day, time(12))


class _Summary:
    """The first sheet."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet = Sheet(book.workbook, book.formats, SUMMARY)
        self.columns = book.columns
        self.last = FIXED + len(self.columns)
        self.tallies = [Tally() for _ in self.columns]
        self.shown = frozenset(key for column in self.columns for key in column.ids)
        self.breaks: tuple[int, ...] = ()
        self.lead = 0

    def write(self) -> tuple[int, int]:
        """Write it; gives the first and the last row of the units, which the formulas are over."""
        self._set_up()
        self._head()
        row = FIRST_ROW
        for number, one in enumerate(self.book.picture.units, 1):
            self._row(row, number, one, counts=True)
            row += 1
        end = max(row - 1, FIRST_ROW)
        row = max(row, FIRST_ROW + 1)
        if any(column.summed for column in self.columns):
            self._totals(row, end)
        self.sheet.raw.autofilter(FIRST_ROW - 1, 0, end, self.last)
        self._loose(row + 1)
        below = 2 + len(self.book.picture.loose) if self.book.picture.loose else 0
        self.sheet.raw.print_area(0, 0, row + below, self.last)
        return FIRST_ROW, end

    def _set_up(self) -> None:
        raw = self.sheet.raw
        longest = max((width_of(one.unit) for one in self.book.picture.units), default=0)
        widths = [5.5, min(max(longest + 3, 12), 34), 9.5, *(column.width for column in self.columns), 30]
        for place, width in enumerate(widths):
            raw.set_column(place, place, width)
        raw.freeze_panes(FIRST_ROW, 2)
        raw.hide_gridlines(2)
        starts = [place for place, _, _ in self._runs(())]
        paper = paper_for(widths, [*starts, self.last], 2)
        self.sheet.page(paper=paper.size, scale=paper.scale, repeat=(HEAD_ROW, FIRST_ROW - 1))
        self.breaks = paper.breaks
        if self.breaks:
            raw.set_v_pagebreaks(list(self.breaks))
            raw.repeat_columns(0, 1)
        # A text in a repeated column would be cut off on the further pages.
        self.lead = 2 if self.breaks else 0

    def _runs(self, breaks: Sequence[int]) -> list[tuple[int, int, str]]:
        """First and last column of each section, cut where a page ends."""
        found: list[tuple[int, int, str]] = []
        for place, column in enumerate(self.columns, FIXED):
            if found and found[-1][2] == column.section and place not in breaks:
                found[-1] = (found[-1][0], place, column.section)
            else:
                found.append((place, place, column.section))
        return found

    def _head(self) -> None:
        raw = self.sheet.raw
        raw.set_row(0, 30)
        self.sheet.line(0, self.lead, self.book.title, bold=True, font_size=16)
        raw.set_row(1, 20)
        self.sheet.line(1, self.lead, self._legend(), font_color=SOFT, font_size=9)
        runs = self._runs(self.breaks)
        width = [column.width for column in self.columns]
        rooms = [sum(width[first - FIXED : last - FIXED + 1]) for first, last, _ in runs]
        sections = max((_lines(name, room) for (_, _, name), room in zip(runs, rooms, strict=True)), default=1)
        tall = max((_lines(column.head, column.width) for column in self.columns), default=1)
        heights = (max(24, 15 * sections + 8), max(24, 15.5 * tall + 8), 20) if self.columns else (8, 22, 8)
        for row, height in zip(range(HEAD_ROW, FIRST_ROW), heights, strict=True):
            raw.set_row(row, height)
        self._sections(runs)
        labels_row, units_row = HEAD_ROW + 1, HEAD_ROW + 2
        for place, text in self._fixed():
            self.sheet.text(labels_row, place, text, {**HEAD, "top": 0, "bottom": 0})
        for place, column in enumerate(self.columns, FIXED):
            self.sheet.text(labels_row, place, column.head, HEAD)
            if column.full != column.head:
                self.sheet.note(labels_row, place, column.full)
        for place, _ in self._fixed():
            self.sheet.text(units_row, place, "", {**HEAD, "top": 0})
        for place, column in enumerate(self.columns, FIXED):
            self.sheet.text(units_row, place, column.unit, {**HEAD, "bold": False, "font_size": 9})

    def _sections(self, runs: Sequence[tuple[int, int, str]]) -> None:
        for place in range(FIXED):
            self.sheet.text(HEAD_ROW, place, "", {**HEAD, "bottom": 0})
        for first, last, section in runs:
            if last > first:
                self.sheet.span(HEAD_ROW, (first, last), section, HEAD)
            else:
                self.sheet.text(HEAD_ROW, first, section, HEAD)
        self.sheet.text(HEAD_ROW, self.last, "", {**HEAD, "bottom": 0})

    def _fixed(self) -> list[tuple[int, str]]:
        return [(0, "序号"), (1, "单位"), (2, "状态"), (self.last, "文件")]

    def _legend(self) -> str:
        found = self.book.picture
        count = {state: len(found.in_state(state)) for state in ("已报送", "待核实", "无法采用", "未报送")}
        reported = count["已报送"] + count["待核实"]
        parts = [f"截至{whole_day(self.book.day)}"]
        if self.book.collection.roster:
            parts += [f"应报{len(found.units)}家", f"已报{reported}家（其中待核实{count['待核实']}家）"]
            parts += [f"无法采用{count['无法采用']}家", f"未报送{count['未报送']}家"]
        else:
            parts += [f"已报{reported}家（其中待核实{count['待核实']}家）", f"无法采用{count['无法采用']}家"]
        if found.loose:
            parts.append(f"单位不明{len(found.loose)}份")
        return "，".join(parts) + "。　0 为零；/ 为不涉及；空白为未填；浅黄底为待核实，批注写明原因。"

    def _row(self, row: int, number: int, one: Standing, *, counts: bool) -> None:
        absent = {"font_color": FAINT, "bg_color": GREY_FILL} if one.state in ("未报送", "无法采用") else {}
        self.sheet.raw.set_row(row, 20)
        self.sheet.raw.write_number(row, 0, number, self.book.formats.cell(align="center", **absent))
        self.sheet.text(row, 1, one.unit or "（单位不明）", {**absent, "shrink": True, "indent": 1})
        issues = self._issues(one.reply)
        state = {"align": "center", **absent, "font_color": STATE_INK[one.state]}
        general = [
            *issues.pop("", []),
            *(issue for some in issues.values() for issue in some if one.state == "无法采用"),
        ]
        self.sheet.text(row, 2, one.state, {**state, **({"bg_color": AMBER} if one.state == "待核实" else {})})
        if general:
            self._note(row, 2, general)
        for place, (column, tally) in enumerate(zip(self.columns, self.tallies, strict=True), FIXED):
            entry = column.of(one.reply) if one.reply is not None and one.state != "无法采用" else None
            if counts and one.counted:
                tally.take(entry)
            flagged = [issue for key in column.ids for issue in issues.get(key, ())] if issues else []
            doubted = any(issue.doubt for issue in flagged)
            self._entry(row, place, column, entry, {"bg_color": AMBER} if doubted else absent)
            if flagged and one.state != "无法采用":
                self._note(row, place, flagged)
        name = one.reply.file if one.reply is not None else ""
        self.sheet.link(
            row, self.last, self.book.short(name), self.book.links.get(name), {**absent, "shrink": True, "indent": 1}
        )

    def _issues(self, reply: Reply | None) -> dict[str, list[Issue]]:
        """Issues by the field they are about; those about no column of this sheet under an empty name."""
        found: dict[str, list[Issue]] = {}
        for issue in reply.issues if reply is not None else ():
            key = issue.field if issue.field in self.shown else None
            found.setdefault(key or "", []).append(issue)
        return found

    def _note(self, row: int, place: int, issues: Sequence[Issue]) -> None:
        said = dict.fromkeys(sentence(issue, self.book.names) for issue in issues)
        self.sheet.note(row, place, "\n".join(f"{text}。" for text in said))

    def _entry(self, row: int, place: int, column: Column, entry: Entry, look: Mapping[str, object]) -> None:
        raw, cell = self.sheet.raw, self.book.formats.cell
        if entry is None:
            raw.write_blank(row, place, None, cell(**look))
        elif entry == NOT_APPLICABLE:
            raw.write_string(row, place, NOTHING_TO_APPLY, cell(**{"font_color": FAINT, **look, "align": "center"}))
        elif is_number(entry):
            raw.write_number(row, place, entry, cell(**look, num_format=_pattern(column), align="right", indent=1))
        else:
            self.sheet.text(row, place, str(entry), {**look, "shrink": True, "align": "center"})

    def _totals(self, row: int, end: int) -> None:
        raw, cell = self.sheet.raw, self.book.formats.cell
        look = {"bold": True, "bg_color": TOTAL_FILL, "top": 2}
        raw.set_row(row, 24)
        for place, text in ((0, ""), (1, "合计"), (2, "")):
            self.sheet.text(row, place, text, {**look, "align": "center"})
        found = totals(self.columns, self.tallies, self.book.collection.form_spec, (FIRST_ROW, end), FIXED)
        for place, (column, total) in enumerate(zip(self.columns, found, strict=True), FIXED):
            if total is None:
                mark = NOTHING_TO_APPLY if column.kind == "number" else ""
                self.sheet.text(row, place, mark, {**look, "align": "center", "font_color": FAINT})
            else:
                shown = cell(**look, num_format=_pattern(column), align="right", indent=1)
                raw.write_formula(row, place, total.formula, shown, total.value)
        self.sheet.text(row, self.last, "", look)

    def _loose(self, row: int) -> None:
        if not self.book.picture.loose:
            return
        row += 1
        self.sheet.line(row, self.lead, "以下文件未能确认填报单位，数字未计入合计", bold=True)
        for number, one in enumerate(self.book.picture.loose, 1):
            self._row(row + number, number, one, counts=False)


def _lines(text: str, room: float) -> int:
    """How many lines a head takes in a column."""
    return max(1, -(-width_of(text) // max(int(room - 1), 2)))


def _pattern(column: Column) -> str:
    return "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
