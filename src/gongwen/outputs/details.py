"""The sheets behind the summary: totals one below the other, issues, who is missing, texts, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from ..collection import NOT_APPLICABLE, Collection, Issue
from .columns import Column, Group, add, groups_of, is_narrative, is_number
from .naming import Label, one_line, whole_day, width_of
from .sheet import AMBER, FAINT, HEAD, NOTHING_TO_APPLY, STATE_INK, Formats, Sheet, sheet_name
from .standing import Picture, Standing

WRAP: dict[str, object] = {"text_wrap": True, "indent": 1}
MIDDLE: dict[str, object] = {"align": "center"}


@dataclass(slots=True)
class Book:
    """A workbook in the making and all that its sheets show."""

    workbook: Any
    formats: Formats
    collection: Collection
    picture: Picture
    columns: list[Column]
    names: Mapping[str, Label]
    links: Mapping[str, str]
    title: str
    notice: str | None
    day: date
    is_one_folder: bool = field(init=False)
    taken: set[str] = field(default_factory=lambda: {"汇总", "指标合计", "问题清单", "未报送", "文字材料", "说明"})

    def __post_init__(self) -> None:
        self.is_one_folder = len({one.file.rpartition("/")[0] for one in self.collection.replies}) == 1

    def short(self, file: str) -> str:
        """A file's name for a cell: without its folder where all lie in the same."""
        return file.rpartition("/")[2] if self.is_one_folder else file


class _List:
    """A sheet that is a list: a title, one head row, then rows; numbered, filtered, printed with its head."""

    def __init__(
        self, book: Book, name: str, title: str, columns: Sequence[tuple[str, float]], *, landscape: bool = True
    ) -> None:
        self.book, self.sheet = book, Sheet(book.workbook, book.formats, name)
        self.row, self.columns = 2, columns
        raw = self.sheet.raw
        raw.hide_gridlines(2)
        raw.freeze_panes(2, 0)
        raw.set_row(0, 28)
        self.sheet.line(0, 0, title, bold=True, font_size=14)
        raw.set_row(1, 24)
        for place, (head, width) in enumerate(columns):
            raw.set_column(place, place, width)
            self.sheet.text(1, place, head, HEAD)
        self.sheet.page(landscape=landscape, repeat=(1, 1))

    def add(self, *cells: tuple[str | int | None, Mapping[str, object]]) -> None:
        """A row; its height holds the text that needs most lines."""
        lines = 1
        for place, (value, look) in enumerate(cells):
            if isinstance(value, int):
                self.sheet.raw.write_number(self.row, place, value, self.book.formats.cell(**look))
            elif look.get("link"):
                plain = {key: one for key, one in look.items() if key != "link"}
                self.sheet.link(self.row, place, self.book.short(value or ""), self.book.links.get(value or ""), plain)
            else:
                self.sheet.text(self.row, place, value or "", look)
            if isinstance(value, str) and look.get("text_wrap"):
                room = max(int(1.1 * self.columns[place][1]) - 2, 4)
                lines = max(lines, sum(max(1, -(-width_of(line) // room)) for line in value.split("\n")))
        self.sheet.raw.set_row(self.row, min(6 + 16.5 * lines, 400))
        self.row += 1

    def done(self, empty: str) -> None:
        """Set the filter, or say that there is nothing."""
        if self.row == 2:
            self.sheet.line(2, 0, empty, font_color=FAINT)
        else:
            self.sheet.raw.autofilter(1, 0, self.row - 1, len(self.columns) - 1)


def write_figures(book: Book, summary: str, rows: tuple[int, int], offset: int) -> None:
    """The totals one below the other with the whole name of each, and how they came about."""
    heads = [
        ("栏目", 26),
        ("指标", 52),
        ("计量单位", 9),
        ("合计", 12),
        ("填报单位数", 11),
        ("其中填0", 9),
        ("不涉及", 9),
        ("未填", 9),
    ]
    listed = _List(book, "指标合计", f"{book.title}：指标合计", heads)
    raw, sums = listed.sheet.raw, [(place, one) for place, one in enumerate(book.columns, offset) if one.summed]
    replies = book.picture.counted()
    before = None
    for place, column in sums:
        entries = [column.of(reply) for reply in replies]
        numbers = sum(is_number(one) for one in entries)
        slashes = sum(one == NOT_APPLICABLE for one in entries)
        zeros = sum(is_number(one) and one == 0 for one in entries)
        # A section is said in every row, so that the filter works, and once in full ink.
        ink = WRAP if column.section != before else {"font_color": FAINT, "shrink": True, "indent": 1}
        listed.add((column.section, ink), (column.full, WRAP), (column.unit, MIDDLE))
        before, row = column.section, listed.row - 1
        sheet = f"'{summary}'!"
        cells = f"{sheet}{xl_rowcol_to_cell(rows[0], place, True)}:{xl_rowcol_to_cell(rows[1], place, True)}"
        total = f"{sheet}{xl_rowcol_to_cell(rows[1] + 1, place, True)}"
        look = {"align": "right", "indent": 1}
        pattern = "#,##0" + ("." + "0" * column.decimals if column.decimals else "")
        bold = book.formats.cell(bold=True, num_format=pattern, **look)
        raw.write_formula(row, 3, f"={total}", bold, add(one for one in entries if is_number(one)) if numbers else "")
        plain = book.formats.cell(num_format="#,##0", **look)
        raw.write_formula(row, 4, f"=COUNT({cells})", plain, numbers)
        raw.write_formula(row, 5, f"=COUNTIF({cells},0)", plain, zeros)
        raw.write_formula(row, 6, f'=COUNTIF({cells},"{NOTHING_TO_APPLY}")', plain, slashes)
        left = f"={len(replies)}-E{row + 1}-G{row + 1}"
        raw.write_formula(row, 7, left, plain, len(replies) - numbers - slashes)
    listed.done("本表没有可以汇总的数字。")


def write_issues(book: Book) -> None:
    """Every issue of every reply, with the words that were found and a link to the file."""
    heads = [
        ("序号", 5.5),
        ("单位", 17),
        ("文件", 21),
        ("栏目", 20),
        ("指标", 24),
        ("原文", 14),
        ("问题", 38),
        ("程度", 8),
        ("计入合计", 9),
    ]
    listed = _List(book, "问题清单", f"{book.title}：问题清单", heads)
    number = 0
    for one in book.picture.everyone():
        for issue in one.reply.issues if one.reply is not None else ():
            number += 1
            label = book.names.get(issue.field or "")
            section = issue.section or (label.section if label else "")
            weight = "需核实" if issue.doubt or one.state == "无法采用" else "提示"
            listed.add(
                (number, MIDDLE),
                (one.unit or "（单位不明）", WRAP),
                (one.reply.file if one.reply else "", {**WRAP, "link": True}),
                (one_line(section), WRAP),
                (label.full if label else "", WRAP),
                (issue.found, WRAP),
                (issue.message, WRAP),
                (weight, {**MIDDLE, **({"bg_color": AMBER} if weight == "需核实" else {})}),
                ("是" if _is_counted(book, one, issue) else "否", MIDDLE),
            )
    listed.done("未发现问题。")


def _is_counted(book: Book, one: Standing, issue: Issue) -> bool:
    """Whether the number that the issue is about is in the totals."""
    if not one.counted or one.reply is None:
        return False
    about = [column for column in book.columns if issue.field in column.ids]
    if not about:
        return issue.field is None
    return any(column.summed and is_number(column.of(one.reply)) for column in about)


def write_missing(book: Book) -> None:
    """Who has to be asked, with the telephone."""
    heads = [("序号", 6), ("单位", 34), ("上级", 24), ("联系人", 14), ("电话", 20), ("情况", 36)]
    listed = _List(book, "未报送", f"{book.title}：未报送单位", heads)
    wanted = [one for one in book.picture.units if one.state in ("未报送", "无法采用")]
    for number, one in enumerate(wanted, 1):
        known = one.known
        state = "未报送" if one.reply is None else f"文件无法采用，需重新报送（{book.short(one.reply.file)}）"
        look = {**WRAP, "font_color": STATE_INK["无法采用"] if one.reply else FAINT}
        listed.add(
            (number, MIDDLE),
            (one.unit, WRAP),
            ((known.parent if known else "") or "", WRAP),
            ((known.contact if known else "") or "", WRAP),
            ((known.phone if known else "") or "", WRAP),
            (state, look),
        )
    listed.done("各单位均已报送。" if book.collection.roster else "没有提供单位名单，无法判断哪些单位未报送。")


def write_groups(book: Book) -> None:
    """Each group that repeats as a list of its own: a row of the form is a row here, behind its unit."""
    for group in groups_of(book.collection.form_spec):
        name = sheet_name(f"明细_{group.section}" if group.section else "明细", book.taken)
        heads = [
            ("序号", 6),
            ("单位", 24),
            *((_group_head(label, one.unit), _group_width(one.type)) for one, label in group.fields),
        ]
        listed = _List(book, name, f"{book.title}：{group.section or '明细'}", heads)
        for number, (unit, row) in enumerate(_group_rows(book, group), 1):
            listed.add((number, MIDDLE), (unit, WRAP), *row)
        listed.done("各单位均未填写。")


def _group_head(label: Label, unit: str | None) -> str:
    return f"{label.full}（{one_line(unit)}）" if unit else label.full


def _group_width(kind: str) -> float:
    return {"integer": 13, "decimal": 13, "longtext": 60, "text": 30, "unit": 26, "phone": 18, "email": 24}.get(
        kind, 16
    )


def _group_rows(book: Book, group: Group) -> Iterator[tuple[str, list[tuple[str | int | None, Mapping[str, object]]]]]:
    for one in book.picture.units:
        rows = one.reply.values.get(group.key) if one.reply is not None and one.counted else None
        for row in rows if isinstance(rows, list) else ():
            values = [row.get(key.id) for key, _ in group.fields]
            if any(value is not None for value in values):
                yield one.unit, [_shown(value) for value in values]


def _shown(value: object) -> tuple[str | int | None, Mapping[str, object]]:
    if value == NOT_APPLICABLE:
        return NOTHING_TO_APPLY, {**MIDDLE, "font_color": FAINT}
    if isinstance(value, int):
        return value, {"align": "right", "indent": 1, "num_format": "#,##0"}
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip("."), {"align": "right", "indent": 1}
    return (None if value is None else str(value)), WRAP


def write_narratives(book: Book) -> None:
    """What the units wrote, one below the other."""
    form = book.collection.form_spec
    fields = [one for one in form.fields if is_narrative(one)] if form else []
    listed = _List(
        book,
        "文字材料",
        f"{book.title}：文字材料",
        [("序号", 6), ("单位", 24), ("栏目", 22), ("项目", 22), ("内容", 96)],
    )
    number = 0
    for one in book.picture.units:
        values = one.reply.values if one.counted and one.reply is not None else {}
        for blank in fields:
            text = values.get(blank.id)
            if text is None or isinstance(text, list):
                continue
            number += 1
            label = book.names[blank.id]
            said = NOTHING_TO_APPLY if text == NOT_APPLICABLE else str(text).strip()
            listed.add((number, MIDDLE), (one.unit, WRAP), (label.section, WRAP), (label.full, WRAP), (said, WRAP))
    listed.done("各单位均未填写文字材料。" if fields else "本表没有文字栏目。")


def write_about(book: Book) -> None:
    """How the totals came about: in words that answer an auditor."""
    listed = _List(book, "说明", f"{book.title}：说明", [("项目", 18), ("内容", 84)], landscape=False)
    counted = book.picture.counted()
    head = {**WRAP, "bold": True}
    about = [
        ("依据", f"《{book.notice}》" if book.notice else ""),
        ("表格", _form_name(book)),
        ("生成日期", whole_day(book.day)),
        (
            "合计的算法",
            f"“汇总”表的合计行为求和公式，合计{len(counted)}家单位的数字，每家单位只计一份。状态为“待核实”的单位计入合计；“无法采用”的文件、未能确认单位的文件不计入合计。",
        ),
        (
            "零、不涉及、未填",
            "填“0”“无”“零”的为 0；填“/”“—”“不涉及”的为 /；没有填写的为空白。三者含义不同，分别显示；/ 和空白都不参加求和。",
        ),
        (
            "逐行填写的部分",
            "每家单位先将各行相加，再与其他单位相加；各行内容见“明细”表。"
            if groups_of(book.collection.form_spec)
            else "",
        ),
        (
            "待核实",
            "“汇总”表中浅黄底的数字按识读结果计入合计，批注和“问题清单”写明原文和问题。更正数字后合计自动重算。",
        ),
    ]
    for item, text in about:
        if text:
            listed.add((item, head), (text, WRAP))
    for one in book.collection.duplicates:
        others = "、".join(f"“{book.short(file)}”" for file in one.others)
        listed.add(
            ("重复报送", head),
            (f"{one.unit}：计入“{book.short(one.counted)}”，未计入{others}。{_full_stop(one.why)}", WRAP),
        )
    for loose in book.picture.loose:
        if loose.reply is not None:
            listed.add(("单位不明", head), (f"“{book.short(loose.reply.file)}”未计入合计。", WRAP))


def _form_name(book: Book) -> str:
    form = book.collection.form_spec
    if form is None:
        return book.collection.form
    return f"{form.title or form.id}（{form.attachment}）" if form.attachment else form.title or form.id


def _full_stop(text: str) -> str:
    return f"{text.rstrip('。')}。" if text.strip() else ""
