"""What people do to a form while filling it. None of this changes what a careful reader would take down.

Each habit is a function of the draft and the dice; it runs after the numbers are written and returns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from .form import UNIT, Draft, Line, Look, Piece, Row, Slot, Word

Habit = Callable[[Draft, Random], None]

FONTS = ("宋体", "微软雅黑", "等线", "Calibri", "楷体", "仿宋", "黑体", "Times New Roman")
COLOURS = ("FF0000", "0070C0", "1F3864", "C00000")


def _slots(draft: Draft) -> list[Slot]:
    return [slot for line in draft.table_lines() for slot in line.slots()]


def _plain(draft: Draft) -> list[Slot]:
    """Blanks that hold a bare number between their brackets: the only ones whose brackets may go."""
    return [s for s in _slots(draft) if s.style == "inside" and re.fullmatch(r"[\d０-９,]+", s.written)]


def _some(dice: Random, slots: list[Slot], share: float) -> list[Slot]:
    return [slot for slot in slots if dice.random() < share]


# --- dress


def other_font(draft: Draft, dice: Random) -> None:
    font, size = dice.choice(FONTS), dice.choice([None, 21, 24, 28])
    for slot in _slots(draft):
        slot.look.font, slot.look.half_points = font, size


def font_everywhere(draft: Draft, dice: Random) -> None:
    font = dice.choice(FONTS)
    for line in draft.table_lines():
        for piece in line.pieces:
            piece.look.font = font


def bold_values(draft: Draft, dice: Random) -> None:
    for slot in _slots(draft):
        slot.look.bold = True


def coloured_values(draft: Draft, dice: Random) -> None:
    colour = dice.choice(COLOURS)
    for slot in _slots(draft):
        slot.look.colour = colour


def underlined_values(draft: Draft, dice: Random) -> None:
    for slot in _some(dice, _slots(draft), 0.6):
        slot.look.underline = True


def split_runs(draft: Draft, dice: Random) -> None:
    draft.split_runs = True


def tracked_changes(draft: Draft, dice: Random) -> None:
    """Values typed with change tracking on, some over an older one."""
    for slot in _some(dice, _slots(draft), 0.7):
        slot.look.inserted = True
        if slot.written.isdigit() and dice.random() < 0.3:
            slot.look.instead_of = str(int(slot.written) + dice.randint(1, 9))


# --- brackets


def room_in_brackets(draft: Draft, dice: Random) -> None:
    for slot in _some(dice, _slots(draft), 0.7):
        slot.left, slot.right = dice.choice(["", " ", "  ", "　"]), dice.choice(["", " ", "   ", "　"])


def other_brackets(draft: Draft, dice: Random) -> None:
    opening, closing = dice.choice([("(", ")"), ("（", "）")])
    for slot in _slots(draft):
        slot.opening, slot.closing = opening, closing


def mismatched_brackets(draft: Draft, dice: Random) -> None:
    for slot in _some(dice, _slots(draft), 0.2):
        slot.opening, slot.closing = dice.choice([("(", "）"), ("（", ")")])


def brackets_deleted(draft: Draft, dice: Random) -> None:
    for slot in _some(dice, _plain(draft), 0.5):
        slot.style = "bare"


def all_brackets_deleted(draft: Draft, dice: Random) -> None:
    for slot in _plain(draft):
        slot.style = "bare"


def value_behind_brackets(draft: Draft, dice: Random) -> None:
    """（     ）12场."""
    for slot in _some(dice, _plain(draft), 0.3):
        slot.style = "after"


def underline_for_brackets(draft: Draft, dice: Random) -> None:
    for slot in _some(dice, _plain(draft), 0.8):
        slot.style = "underlined"


def empty_brackets_deleted(draft: Draft, dice: Random) -> None:
    for slot in _slots(draft):
        if not slot.written and dice.random() < 0.5:
            slot.style = "vanished"


# --- words


def other_punctuation(draft: Draft, dice: Random) -> None:
    old, new = dice.choice([("；。", "，；"), ("；，", ";,"), ("；", "。"), ("、。", "，；")])
    for line in draft.table_lines():
        for word in line.words():
            word.text = word.text.translate(str.maketrans(old, new))


def reworded(draft: Draft, dice: Random) -> None:
    changes = dice.sample(
        [
            ("组织开展", "开展"),
            ("参与", "参加"),
            ("“", ""),
            ("短视频、宣传海报", "宣传海报、短视频"),
            ("制作推送", "推送"),
            ("本单位、本系统", "本单位"),
            ("应急演练", "各类应急演练"),
        ],
        2,
    )
    for line in draft.table_lines():
        for word in line.words():
            for old, new in changes:
                word.text = word.text.replace(old, new)
                if old == "“":
                    word.text = word.text.replace("”", "")


def spaces_between_words(draft: Draft, dice: Random) -> None:
    for line in draft.table_lines():
        for word in line.words():
            if len(word.text) > 6 and dice.random() < 0.3:
                at = dice.randrange(2, len(word.text) - 2)
                word.text = word.text[:at] + " " + word.text[at:]


def remark_behind_unit(draft: Draft, dice: Random) -> None:
    """…（12）场（含联合开展2场），…: the remark's number is no answer."""
    for line in draft.table_lines():
        for i, piece in enumerate(line.pieces[:-1]):
            follower = line.pieces[i + 1]
            if not isinstance(piece, Slot) or not isinstance(follower, Word) or not piece.written.isdigit():
                continue
            unit = UNIT.match(follower.text)
            if unit and int(piece.written) > 3 and dice.random() < 0.12:
                people = ["（其中党员3人）", "（含线上观看2人次）"]
                remark = dice.choice(people if unit.group() == "人次" else ["（含联合开展2场）", "（详见附表1）"])
                follower.text = unit.group() + remark + follower.text[unit.end() :]


# --- lines


def lines_added_in_cells(draft: Draft, dice: Random) -> None:
    for cell in _some_cells(draft, dice, 0.4):
        text = dice.choice(
            [
                "6月16日上午在小区广场集中宣传，居民反响良好。",
                "（以上为截至6月18日的数据）",
                "备注：正在持续推进。",
                "悬挂横幅6条，发放宣传资料500余份。",
                "1.已建立台账；2.已明确专人负责。",
            ]
        )
        cell.insert(dice.choice([0, len(cell)]), Line([Word(text)], cell[0].model))


def lines_added_around(draft: Draft, dice: Random) -> None:
    model = draft.heading.model
    above = dice.choice(["现将我单位活动开展情况报送如下：", "（盖章）", "公共安全办公室：", "报送时间：上午9时"])
    below = dice.choice(["审核人：　　　　　　填表人：", "（本表一式两份）", "以上情况属实。", "附：活动照片3张"])
    if dice.random() < 0.6:
        draft.top.append(Line([Word(above)], model))
    if dice.random() < 0.6:
        draft.tail.append(Line([Word(below)], model))


def rows_added(draft: Draft, dice: Random) -> None:
    pattern = next(row for row in draft.rows if any(line.slots() for cell in row.cells for line in cell))
    head, text = dice.choice(
        [
            ("备注", "无"),
            ("其他工作", "组织志愿者30人次上门走访，劝导电动自行车违规停放15起。"),
            ("存在问题", "部分居民参与积极性不高。"),
            ("下一步打算", "7月继续开展2次集中宣传。"),
        ]
    )
    cells = [[Line([Word(head)], pattern.cells[0][0].model)]]
    cells += [[Line([Word(text)], cell[0].model)] for cell in pattern.cells[1:]]
    draft.rows.insert(dice.choice([len(draft.rows), len(draft.rows) - 1]), Row(cells, pattern.model))


def one_paragraph_per_cell(draft: Draft, dice: Random) -> None:
    """Everything of a cell pasted into one paragraph."""
    for cell in _some_cells(draft, dice, 0.7):
        pieces = [piece for line in cell for piece in line.pieces]
        cell[:] = [Line(pieces, cell[0].model)]


def line_breaks_moved(draft: Draft, dice: Random) -> None:
    for cell in _some_cells(draft, dice, 0.7):
        for line in list(cell):
            if line.repeats or len(line.slots()) < 2:
                continue
            cut = dice.choice([i for i, piece in enumerate(line.pieces) if isinstance(piece, Slot)][1:])
            before = line.pieces[cut - 1]
            if not isinstance(before, Word):
                continue
            ends = [m.end() for m in re.finditer(r"[；，。、;,]", before.text)]
            if not ends:
                continue
            at = dice.choice(ends)
            if dice.random() < 0.4:
                before.text = before.text[:at] + "\n" + before.text[at:]
                continue
            rest: list[Piece] = [Word(before.text[at:], Look(**vars(before.look)))]
            new = Line(rest + line.pieces[cut:], line.model)
            line.pieces[cut - 1 :] = [Word(before.text[:at], before.look)]
            cell.insert(cell.index(line) + 1, new)


def clauses_swapped(draft: Draft, dice: Random) -> None:
    """Two clauses of a paragraph change places."""
    lines = [line for line in draft.table_lines() if not line.repeats and len(_clauses(line)) > 1]
    if not lines:
        return
    line = dice.choice(lines)
    clauses = _clauses(line)
    at = dice.randrange(len(clauses) - 1)
    clauses[at], clauses[at + 1] = clauses[at + 1], clauses[at]
    line.pieces = [piece for clause in clauses for piece in clause]


def empty_lines(draft: Draft, dice: Random) -> None:
    for cell in _some_cells(draft, dice, 0.5):
        cell.insert(dice.randrange(len(cell) + 1), Line([], cell[0].model))


# --- the document


def whole_notice_returned(draft: Draft, dice: Random) -> None:
    draft.whole_notice = True


def table_as_text(draft: Draft, dice: Random) -> None:
    """The table was lost on the way: cells are parted by tabs."""
    draft.table_as_text = True


def heading_in_lines(draft: Draft, dice: Random) -> None:
    draft.heading_lines = [
        Line([Word(part.strip())], draft.heading.model)
        for part in re.split(r"(?=(?:联系人|电话|填报日期)[^：:]{0,6}[：:])", draft.heading.words()[0].text)
    ]


def heading_in_text_box(draft: Draft, dice: Random) -> None:
    draft.text_boxes.append(draft.heading.words()[0].text)
    draft.heading_lines = [Line([], draft.heading.model)]


def stamp_in_text_box(draft: Draft, dice: Random) -> None:
    draft.text_boxes.append(dice.choice(["（公章）", "已核对", "请查收，谢谢！"]))


def _some_cells(draft: Draft, dice: Random, share: float) -> list[list[Line]]:
    return [cell for cell in draft.filled_cells() if dice.random() < share]


def _clauses(line: Line) -> list[list[Piece]]:
    """The line cut behind ；and 。, where both sides of the cut hold a blank."""
    clauses: list[list[Piece]] = [[]]
    for piece in line.pieces:
        if isinstance(piece, Slot):
            clauses[-1].append(piece)
            continue
        for part in re.split(r"(?<=[；;])", piece.text):
            if part:
                clauses[-1].append(Word(part, Look(**vars(piece.look))))
            if part.endswith(("；", ";")):
                clauses.append([])
    clauses = [clause for clause in clauses if clause]
    complete = all(any(isinstance(p, Slot) for p in clause) for clause in clauses)
    closed = all(isinstance(c[-1], Word) and c[-1].text.endswith(("；", ";")) for c in clauses)
    return clauses if complete and closed else []


HABITS: tuple[tuple[Habit, float], ...] = (
    (other_font, 0.35),
    (font_everywhere, 0.1),
    (bold_values, 0.15),
    (coloured_values, 0.12),
    (room_in_brackets, 0.35),
    (other_brackets, 0.2),
    (mismatched_brackets, 0.06),
    (remark_behind_unit, 0.1),
    (brackets_deleted, 0.12),
    (all_brackets_deleted, 0.06),
    (value_behind_brackets, 0.06),
    (underline_for_brackets, 0.07),
    (empty_brackets_deleted, 0.08),
    (underlined_values, 0.12),
    (clauses_swapped, 0.08),
    (other_punctuation, 0.2),
    (reworded, 0.1),
    (spaces_between_words, 0.08),
    (lines_added_in_cells, 0.15),
    (lines_added_around, 0.15),
    (rows_added, 0.12),
    (one_paragraph_per_cell, 0.12),
    (line_breaks_moved, 0.15),
    (empty_lines, 0.1),
    (tracked_changes, 0.1),
    (split_runs, 0.3),
    (whole_notice_returned, 0.25),
    (table_as_text, 0.04),
    (heading_in_lines, 0.12),
    (heading_in_text_box, 0.04),
    (stamp_in_text_box, 0.06),
)


def scribble(draft: Draft, dice: Random, share: float = 1.0) -> None:
    """Lets each habit happen with its likelihood and notes in ``draft.habits`` which did."""
    for habit, likelihood in HABITS:
        if dice.random() < likelihood * share:
            habit(draft, dice)
            draft.habits.append(habit.__name__)
