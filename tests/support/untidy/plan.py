"""Who replies, with which numbers, with which faults: decided first, written down, then made untidy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Literal

from . import numbers
from .emit import cut_short, docx_saying, write_reply
from .form import Blank, Draft, Form, Line, Word, read_form
from .habits import scribble

Value = int | Literal["n/a"] | None
"""A number; not applicable; nothing that can be taken for a number (blank, 若干)."""

Status = Literal["accepted", "doubtful", "rejected"]
FaultKind = Literal[
    "approximate",  # 约200
    "words",  # 若干
    "attendance_without_session",
    "session_without_attendance",
    "outlier",
    "includes_subordinates",  # 以上数据含…
    "same_numbers",  # as another unit
    "duplicate",  # the unit has replied twice
    "unreadable",
    "wrong_form",
]

VALUE_FAULTS: tuple[FaultKind, ...] = (
    "approximate",
    "words",
    "attendance_without_session",
    "session_without_attendance",
    "outlier",
    "includes_subordinates",
)
WHOLE_FAULTS: tuple[FaultKind, ...] = ("same_numbers", "duplicate", "unreadable", "wrong_form")

HEAD, TAIL = "安和康宁平泰祥福永长文明春秋松柏竹梅云海", "园里苑庭湾泉桥岭河塘坪港洲林"
NAMES = [a + b for a in ("甲", "乙", "丙", "丁", "戊", "己") for b in ("某", "某某")]
ACTIVITIES = (
    "消防趣味运动会",
    "安全知识灯谜会",
    "楼栋疏散演练",
    "小小安全员体验日",
    "安全微课进楼道",
    "燃气安全入户讲",
)
STORY = (
    "6月16日，我社区联合物业设置咨询台3个，组织志愿者20人走访沿街商铺45家，发放资料600余份。",
    "通过线上线下相结合的方式开展宣传，居民安全意识进一步提高。",
    "活动分两个阶段进行：第一阶段排查楼道隐患，第二阶段组织疏散演练，共15栋楼参加。",
    "",
)
FILE_NAMES = (
    "附件2 {unit}安全生产月统计表（最终版）",
    "{unit}",
    "{unit}统计表",
    "{unit}“安全生产月”活动进展情况统计表",
    "附件2：活动进展情况统计表-{unit}",
    "安全生产月（{unit}）(1)",
    "{unit}报送材料6.18",
    "【{unit}】安全生产月活动统计表 - 副本",
)
NAMELESS_FILES = ("新建 Microsoft Word 文档 ({n})", "统计表{n}", "附件2 “安全生产月”活动进展情况统计表({n})")
SUBORDINATES = ("以上数据含所属社区。", "以上数据含辖区企业数据", "注：以上数据含所属网格及下属单位。")


@dataclass(frozen=True)
class Planted:
    """A fault that must be reported: where it stands and the words that give it away."""

    kind: FaultKind
    section: str | None
    found: str
    blank: int | None = None
    other: str | None = None
    """The other file, of duplicates and of equal numbers."""


@dataclass
class ReplyTruth:
    """What a careful reader takes from one reply. ``counted``: its numbers belong in the totals."""

    file: str
    unit: str
    unit_from: Literal["form", "file", "folder"]
    status: Status = "accepted"
    counted: bool = True
    filled_on: date | None = None
    contact: str | None = None
    phone: str | None = None
    values: dict[int, Value] = field(default_factory=dict)
    rows: list[dict[int, int | str]] = field(default_factory=list)
    narrative: str | None = None
    faults: list[Planted] = field(default_factory=list)
    untidiness: list[str] = field(default_factory=list)


def generate(form_docx: Path, out: Path, count: int, seed: int, table: int | None = None) -> list[ReplyTruth]:
    """Writes ``count`` replies to the form in ``form_docx`` below ``out``; the same seed gives the same replies."""
    form = read_form(form_docx, table)
    dice = Random(f"{seed}")
    plans = _faults_of_each(count, dice)
    copies = sum("duplicate" in plan for plan in plans)
    names = iter(roster(count - copies, seed))
    truths: list[ReplyTruth] = []
    for number, plan in enumerate(plans, 1):
        own = Random(f"{seed}/{number}")
        earlier = _model_for(plan, truths, own)
        unit = earlier.unit if "duplicate" in plan and earlier else next(names)
        truths.append(_Reply(form, out, number, unit, plan, earlier, own).write())
    return truths


def roster(count: int, seed: int) -> list[str]:
    """``count`` names of communities, no two alike, none inside another."""
    every = [f"{a}{b}社区" for a in HEAD for b in TAIL]
    if count > len(every):
        every += [f"{b}{a}{c}社区" for a in "东西南北" for b in HEAD for c in TAIL]
    if count > len(every):
        raise ValueError(f"at most {len(every)} units, not {count}")
    Random(f"roster/{seed}").shuffle(every)
    return every[:count]


def missing_units(truths: Iterable[ReplyTruth], count: int) -> list[str]:
    """``count`` further names, of units that did not reply."""
    present = {truth.unit for truth in truths}
    return [name for name in (f"{a}{b}社区" for b in "谷屿汀埠" for a in HEAD) if name not in present][:count]


def write_roster(path: Path, names: Iterable[str]) -> None:
    path.write_text("\n".join(["单位名称,代码", *(f"{n},D{i:04}" for i, n in enumerate(names, 1))]) + "\n", "utf-8-sig")


def totals(truths: Iterable[ReplyTruth]) -> dict[int, int]:
    """Sum of each blank over the replies that count; of the repeating line over all its copies."""
    sums: Counter[int] = Counter()
    for truth in truths:
        if not truth.counted:
            continue
        for blank, value in truth.values.items():
            sums[blank] += value if isinstance(value, int) else 0
        for row in truth.rows:
            sums.update({blank: value for blank, value in row.items() if isinstance(value, int)})
    return dict(sorted(sums.items()))


def _faults_of_each(count: int, dice: Random) -> list[list[FaultKind]]:
    """Each fault about once in twenty-five replies and, in a set that is large enough, at least once."""
    plans: list[list[FaultKind]] = [[] for _ in range(count)]
    often = max(1, count // 25)
    for kind in VALUE_FAULTS:
        for plan in dice.sample(plans[: max(1, count // 2)] if count < 20 else plans, min(often, count)):
            plan.append(kind)
    if count >= 12:
        last_half = range(count // 2, count)
        for number, kind in zip(dice.sample(last_half, 4 * max(1, count // 60)), WHOLE_FAULTS * count, strict=False):
            plans[number] = [kind]
    return plans


def _model_for(plan: list[FaultKind], truths: list[ReplyTruth], dice: Random) -> ReplyTruth | None:
    """The earlier reply that a duplicate repeats or a lazy unit copies: one without faults of its own."""
    if not {"duplicate", "same_numbers"} & set(plan):
        return None
    return dice.choice([t for t in truths if not t.faults and t.status == "accepted" and t.unit_from == "form"])


class _Reply:
    """One reply: decide, spell, scribble, write."""

    def __init__(
        self,
        form: Form,
        out: Path,
        number: int,
        unit: str,
        plan: list[FaultKind],
        earlier: ReplyTruth | None,
        dice: Random,
    ) -> None:
        self.form, self.out, self.number, self.plan, self.earlier, self.dice = form, out, number, plan, earlier, dice
        self.truth = ReplyTruth("", unit, "form", filled_on=date(form.year, 6, 12) + timedelta(days=dice.randrange(8)))
        self.truth.contact = dice.choice(NAMES)
        self.truth.phone = dice.choice(
            [f"0000-{dice.randint(1000000, 9999999)}", f"138-0000-{dice.randint(0, 9999):04}"]
        )
        self.written: dict[int, str] = {}
        self.note: str | None = None

    def write(self) -> ReplyTruth:
        if "unreadable" in self.plan or "wrong_form" in self.plan:
            return self._useless_file()
        self._decide_values()
        self._decide_rows()
        self._plant()
        self._spell()
        draft = self._filled()
        scribble(draft, self.dice)
        self._name_file(draft)
        path = self.out / self.truth.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_reply(self.form, draft, self.dice))
        self.truth.untidiness = draft.habits
        if self.earlier:
            self._blame_both(self.plan[0], self.earlier)
        if self.truth.faults:
            self.truth.status = "doubtful"
        return self.truth

    # --- numbers

    def _decide_values(self) -> None:
        truth, dice = self.truth, self.dice
        second = dict(self.form.pairs)
        after = set(second.values())
        for n in self.form.numbers:
            if n in after:
                continue
            value: Value = _usual(self.form.blanks[n], dice)
            mood = dice.random()
            if mood < 0.06:
                value = 0
            elif mood < 0.09:
                value = "n/a"
            elif mood < 0.13:
                value = None
            truth.values[n] = value
            if n in second:
                truth.values[second[n]] = value * dice.randint(40, 100) if isinstance(value, int) else value
        truth.values = dict(sorted(truth.values.items()))
        if self.earlier:
            truth.values = dict(self.earlier.values)
        if "duplicate" in self.plan:
            changed = [(a, b) for a, b in self.form.pairs if isinstance(truth.values[a], int)]
            for a, b in dice.sample(changed, min(3, len(changed))):
                truth.values[a] = dice.randint(3, 15)
                truth.values[b] = _number(truth.values[a]) * dice.randint(40, 100)

    def _decide_rows(self) -> None:
        if not self.form.repeating:
            return
        for name in self.dice.sample(ACTIVITIES, self.dice.choice([0, 0, 1, 1, 1, 2, 3])):
            row: dict[int, int | str] = {}
            for n in self.form.repeating:
                blank = self.form.blanks[n]
                row[n] = name if blank.is_name else self.dice.randint(1, 4) * (60 if blank.unit == "人次" else 1)
            self.truth.rows.append(row)
        self.truth.narrative = self.dice.choice(STORY) or None

    # --- faults

    def _plant(self) -> None:
        """Faults of values first: what they write is fixed before the spelling of the rest is chosen."""
        free = [n for n in self.form.numbers if _number(self.truth.values[n]) > 0]
        pairs = [(a, b) for a, b in self.form.pairs if a in free]
        paired = {n for pair in self.form.pairs for n in pair}
        alone = [n for n in free if n not in paired]
        for kind in self.plan:
            match kind:
                case "approximate":
                    n = self.dice.choice(
                        [n for n in free if _number(self.truth.values[n]) >= 20 and n not in self.written]
                    )
                    value, words = numbers.approximate(_number(self.truth.values[n]), self.dice)
                    self._fault(kind, n, value, words)
                case "words":
                    n = self.dice.choice([n for n in alone if n not in self.written])
                    self._fault(kind, n, None, self.dice.choice(numbers.NO_NUMBER))
                case "attendance_without_session" | "session_without_attendance":
                    a, b = self.dice.choice([pair for pair in pairs if not {*pair} & {*self.written}])
                    gone, left = (a, b) if kind == "attendance_without_session" else (b, a)
                    self.truth.values[gone] = self.dice.choice([0, None])
                    self.written[gone] = "" if self.truth.values[gone] is None else self.dice.choice(["0", "无", "０"])
                    self._fault(kind, left, self.truth.values[left], str(self.truth.values[left]))
                case "outlier":
                    b = self.dice.choice([b for a, b in pairs if not {a, b} & {*self.written}])
                    value = _number(self.truth.values[b]) * 100
                    self._fault(kind, b, value, str(value))
                case "includes_subordinates":
                    self.note = self.dice.choice(SUBORDINATES)
                    self.truth.faults.append(Planted(kind, None, self.note))
                case "duplicate" if self.earlier:
                    self._date_duplicate(self.earlier)

    def _fault(self, kind: FaultKind, n: int, value: Value, found: str) -> None:
        self.truth.values[n] = value
        self.written[n] = found
        self.truth.faults.append(Planted(kind, self.form.blanks[n].section, found, blank=n))

    def _date_duplicate(self, earlier: ReplyTruth) -> None:
        """Later 填报日期, or the same date and a later mark in the file name; the first may also be the later one."""
        assert earlier.filled_on
        marked = re.search(r"最终|副本|\(\d+\)", earlier.file)
        way = self.dice.choice(["later date", "earlier date", "later date" if marked else "mark in the name"])
        days = {"later date": 2, "earlier date": -2, "mark in the name": 0}[way]
        self.truth.filled_on = earlier.filled_on + timedelta(days=days)
        loser = self.truth if way == "earlier date" else earlier
        loser.counted = False

    def _blame_both(self, kind: FaultKind, earlier: ReplyTruth) -> None:
        self.truth.faults.append(Planted(kind, None, earlier.unit, other=earlier.file))
        earlier.faults.append(Planted(kind, None, self.truth.unit, other=self.truth.file))
        earlier.status = "doubtful"

    # --- words

    def _spell(self) -> None:
        """Most numbers in the person's usual way, some in another."""
        usual = self.dice.choice([numbers.digits] * 5 + [numbers.fullwidth_digits, numbers.thousands_comma])
        for n, value in self.truth.values.items():
            if n in self.written:
                continue
            unit = self.form.blanks[n].unit or ""
            if value is None:
                self.written[n] = ""
            elif value == "n/a":
                self.written[n] = self.dice.choice(numbers.NOT_APPLICABLE)
            else:
                way = self.dice.choice(numbers.ODD_SPELLINGS) if self.dice.random() < 0.2 else usual
                self.written[n] = way(value, unit, self.dice) or str(value)

    def _filled(self) -> Draft:
        draft = self.form.draft()
        draft.extension = self.dice.choices([".docx", ".txt", ".xlsx"], [92, 4, 4])[0]
        self._fill_heading(draft)
        for line in list(draft.table_lines()):
            for slot in line.slots():
                slot.written = self.written.get(slot.ordinal, "")
        for row in draft.rows:
            for cell in row.cells:
                for line in [line for line in cell if line.repeats]:
                    at = cell.index(line)
                    cell[at : at + 1] = [self._row(line, values) for values in self.truth.rows] or [line]
                if self.truth.narrative:
                    self._tell(cell, self.truth.narrative)
        if self.note:
            where = self.dice.choice([draft.tail, draft.filled_cells()[-1], draft.filled_cells()[0]])
            where.append(Line([Word(self.note)], draft.heading.model))
        return draft

    def _row(self, line: Line, values: dict[int, int | str]) -> Line:
        new = line.copy()
        for slot in new.slots():
            slot.written = str(values[slot.ordinal])
        if len(self.truth.rows) > 1 and self.dice.random() < 0.5:
            new.pieces.insert(0, Word(f"{self.truth.rows.index(values) + 1}."))
        return new

    def _tell(self, cell: list[Line], story: str) -> None:
        for line in cell:
            if line.pieces and isinstance(line.pieces[-1], Word) and line.pieces[-1].text.rstrip().endswith("情况："):
                line.pieces[-1].text += story

    def _fill_heading(self, draft: Draft) -> None:
        truth, dice = self.truth, self.dice
        if not {"duplicate", "same_numbers"} & set(self.plan) and dice.random() < 0.12:
            truth.unit_from = dice.choice(["file", "file", "folder"])
        unit = truth.unit + dice.choice(["", "", "", "居委会", "（盖章）"])
        filled = {
            "填报单位": unit if truth.unit_from == "form" else "",
            "联系人": truth.contact or "",
            "电话": truth.phone or "",
            "填报日期": _say_date(truth.filled_on, dice),
        }
        word = draft.heading.words()[0]
        word.text = re.sub(
            r"(填报单位|联系人|电话|填报日期)([：:])\s*",
            lambda m: m[1] + dice.choice(["：", "：", ":"]) + filled[m[1]] + dice.choice(["　　", "   ", " "]),
            word.text,
        ).rstrip()

    # --- the file

    def _name_file(self, draft: Draft) -> None:
        truth, dice = self.truth, self.dice
        if "duplicate" in self.plan and self.earlier:
            stem = Path(self.earlier.file).stem.removesuffix("（最终版）") + dice.choice(
                ["(2)", "（修改版）", "-更正", "（最终）"]
            )
            if truth.filled_on != self.earlier.filled_on and dice.random() < 0.5:
                stem = f"{self.number:03} {truth.unit}统计表"
        elif truth.unit_from == "folder":
            stem = f"{truth.unit}/" + NAMELESS_FILES[0].format(n=self.number)
        elif truth.unit_from == "form" and dice.random() < 0.15:
            stem = dice.choice(NAMELESS_FILES).format(n=self.number)
        else:
            stem = dice.choice(FILE_NAMES).format(unit=truth.unit)
        truth.file = stem + draft.extension

    def _useless_file(self) -> ReplyTruth:
        truth = self.truth
        truth.status, truth.counted, truth.unit_from = "rejected", False, "file"
        truth.contact = truth.phone = truth.filled_on = None
        truth.file = self.dice.choice(FILE_NAMES).format(unit=truth.unit) + ".docx"
        lines = ["联络员回执", f"单位：{truth.unit}", "姓名：甲某　职务：网格员　电话：0000-1234567", "备注：请查收。"]
        data = docx_saying(self.form, lines, self.dice)
        path = self.out / truth.file
        path.parent.mkdir(parents=True, exist_ok=True)
        if "unreadable" in self.plan:
            cut_short(data, path)
            truth.faults.append(Planted("unreadable", None, truth.file))
        else:
            path.write_bytes(data)
            truth.faults.append(Planted("wrong_form", None, lines[0]))
        return truth


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _usual(blank: Blank, dice: Random) -> int:
    """A number of the size that goes with the blank; the spread is even, so that nobody stands out by chance."""
    if re.search(r"传播|浏览|阅读|点击", blank.before):
        return dice.randint(50, 300) * 100
    if blank.unit == "人次":
        return dice.randint(100, 900)
    return dice.randint(3, 15) if blank.unit and blank.unit.startswith("场") else dice.randint(5, 60)


def _say_date(day: date | None, dice: Random) -> str:
    if day is None:
        return ""
    y, m, d = day.year, day.month, day.day
    return dice.choice(
        [
            f"{y}年{m}月{d}日",
            f"{y}.{m}.{d}",
            f"{y}-{m:02}-{d:02}",
            f"{m}月{d}日",
            f"{y}/{m}/{d}",
            f"{y} 年 {m} 月 {d} 日",
        ]
    )
