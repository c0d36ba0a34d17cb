"""Statistics forms, rosters and slips: every blank with its label, unit and type."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

from ..lexicon.measures import bracketed, is_measure
from ..spec import Field, Form, FormKind
from ..structure import Grid, Line, Part, clean_title, close_up
from .blanks import Blank, find_blanks
from .cells import CellBlank
from .drafts import Draft, cell_draft
from .grids import FormGrid
from .naming import aggregate_of, is_people_word, split_context, strip_label, subject_of, type_of, unit_after
from .reading import Reading

_TITLE = re.compile(
    r"(?:表|单|回执|登记|统计|清单|台账|名册|花名册|反馈|承诺书|申请书|报告单|记录|月报|周报|日报|季报|年报|情况)(?:[（(][^（()）]{1,14}[)）])?$"
)
_HEADING_FIELD = re.compile(
    r"^(?:填报|填表|报送|上报|申报|制表|审核|审批|审签|联系|联络|电话|手机|传真|邮箱|单位|部门|负责人|分管|主管|经办|日期|时间|盖章|签|报告|校长|学校|上报|检查日期|检查人|制定|复核|地区|县区|街道|统计)"
)
_HEADING_TYPES = ("unit", "person", "phone", "email", "date", "datetime")
_NARRATIVE_NAME = re.compile(r"(?:活动|做法|项目|作品|案例|品牌|特色活动|隐患|问题|企业|单位|经验|工作)(?:的)?名称$")


@dataclass(slots=True)
class _Segment:
    """A stretch of a part that is one form: its title and what stands in it."""

    title: str | None
    items: list[Line | Grid] = field(default_factory=list)


def read_forms(reading: Reading) -> list[Form]:
    """The forms of all parts, in order."""
    forms: list[Form] = []
    for part in reading.parts:
        body = part is reading.body
        items = list(part.items)
        if body:
            items = items[reading.header_end :] if _has_prose(part) else items
        for segment in _segments(reading, part, items, body=body):
            drafts = _fields(reading, segment, prose=body and _has_prose(part))
            if _is_form(drafts, segment):
                forms.append(_form(segment, part, drafts))
    return _unique(forms)


def _has_prose(part: Part) -> bool:
    return sum(len(line.text) for line in part.lines() if "。" in line.text) > 120


def _segments(reading: Reading, part: Part, items: list[Line | Grid], *, body: bool) -> list[_Segment]:
    """The forms of a part apart: a new one begins where a title stands above something to fill, after something filled."""
    segments = [_Segment(part.title)]
    has_blanks = False
    for place, item in enumerate(items):
        if isinstance(item, Line):
            text = item.text.strip()
            titled = (
                4 <= len(text) <= 40
                and _TITLE.search(text)
                and not re.search("[，。；：:]|_{2,}", text)
                and not item.number
                and (item.paragraph.align == "center" or item.paragraph.heading or _alone(items, place))
            )
            if (
                titled
                and (has_blanks or segments[-1].title is None or body)
                and not find_blanks(item, in_form=False, in_cell=False)
            ):
                segments.append(_Segment(clean_title(text)))
                has_blanks = False
                continue
            if find_blanks(item, in_form=not body, in_cell=False):
                has_blanks = True
        elif reading.form_grid(item).is_form():
            has_blanks = True
        segments[-1].items.append(item)
    return segments


def _alone(items: list[Line | Grid], place: int) -> bool:
    """Whether a short line stands right above a table or a line with blanks: then it is a title even if set left."""
    for item in items[place + 1 : place + 4]:
        if isinstance(item, Grid):
            return True
        if item.text.strip():
            return bool(find_blanks(item, in_form=True, in_cell=False))
    return False


def _fields(reading: Reading, segment: _Segment, *, prose: bool) -> list[Draft]:
    drafts: list[Draft] = []
    chapter: str | None = None
    caption: list[str] = []
    in_form = not prose
    groups = 0
    for item in segment.items:
        if isinstance(item, Grid):
            form = reading.form_grid(item)
            if not form.is_form():
                continue
            drafts.extend(_of_grid(form, chapter, caption or _caption_in(form), len(drafts), groups))
            groups += 1
            continue
        text = item.text.strip()
        if not text:
            continue
        blanks = find_blanks(item, in_form=in_form, in_cell=False)
        said = _CAPTION.search(text)
        if said:
            caption = _caption_units(said)
            blanks = [blank for blank in blanks if blank.start < item.text.find(said.group(0))] if caption else blanks
        if blanks:
            drafts.extend(_of_line(item, blanks, chapter, len(drafts)))
        elif (item.number and item.level and len(text) <= 60) or item.paragraph.heading:
            chapter = strip_label(item.title)
    return drafts


_CAPTION = re.compile(r"(?:(?:计量|金额)?单\s*位)\s*[:：]\s*(?P<units>[\u4e00-\u9fff%‰㎡/、，,]{1,24})\s*[)）]?\s*$")


def _caption_units(said: re.Match[str]) -> list[str]:
    """The measures of 单位：人、间、亩、万元; [] where the words are no measures (the name of a unit that reports)."""
    words = [word for word in re.split("[、，,]", said.group("units")) if word]
    return words if words and all(is_measure(word) for word in words) else []


def _caption_in(form: FormGrid) -> list[str]:
    """The same, in a first row over all columns."""
    for cell in form.table.cells:
        if cell.row == 0 and cell.columns >= form.table.columns:
            said = _CAPTION.search(cell.text.strip())
            if said:
                return _caption_units(said)
    return []


def _of_line(
    line: Line, blanks: list[Blank], section: str | None, count: int, *, heads: str = "", in_cell: bool = False
) -> list[Draft]:
    """The fields of a line of prose, of a heading line, or of a cell's line."""
    drafts: list[Draft] = []
    text = line.text
    low = line.body if line.number else 0
    subject: str | None = None
    parent: str | None = None
    for place, blank in enumerate(blanks):
        until = blanks[place + 1].start if place + 1 < len(blanks) else len(text)
        unit = unit_after(text, blank.end, until) if blank.kind == "gap" and not blank.open else None
        context = split_context(text, low, blank.start)
        label = strip_label(context)
        inner, bare = bracketed(label)
        if unit is None and inner is not None and blank.kind == "gap":
            unit, label = inner, strip_label(bare)
        if not label and drafts and text[low : blank.start].strip(" ，,、和及或") == "":
            label = drafts[-1].label
        if not label:
            label = strip_label(heads) or (section or "")
        if blank.kind == "choice" and not label:
            label = strip_label(heads)
        if len(label) > 2 and label.startswith(("其中", "含", "包括")) and parent:
            own = parent
        elif is_people_word(label) and subject:
            own = subject
        else:
            own = subject_of(label)
            parent = own
        if unit and not is_people_word(label):
            subject = own
        kind = type_of(blank, label, unit)
        is_heading = kind in _HEADING_TYPES and bool(_HEADING_FIELD.search(label)) and line.row is None
        drafts.append(
            Draft(
                section,
                own if unit else None,
                label,
                kind,
                unit,
                line.evidence(blank.start, blank.end),
                options=list(blank.options) or None if blank.kind == "choice" else None,
                head=is_heading or (line.row is None and unit is None and kind != "longtext"),
            )
        )
        low = blank.end
        if unit:
            at = text.find(unit, blank.end)
            low = at + len(unit) if 0 <= at <= blank.end + 3 else blank.end
    _mark_group(drafts, count, in_cell=in_cell)
    return drafts


def _mark_group(drafts: list[Draft], count: int, *, in_cell: bool) -> None:
    """名称（ ），组织（ ）场，参与（ ）人次: fields that repeat together for each activity named."""
    if len(drafts) < 2 or not _NARRATIVE_NAME.search(drafts[0].label) or not in_cell:
        return
    if not any(draft.unit for draft in drafts[1:]):
        return
    key = f"g{count}:{drafts[0].label}"
    for draft in drafts:
        draft.group = key


def _of_grid(form: FormGrid, chapter: str | None, caption: list[str], count: int, number: int) -> list[Draft]:
    drafts: list[Draft] = []
    numeric = _numeric_columns(form)
    pending: list[CellBlank] = []
    for blank in [*form.blanks(), None]:
        if pending and (blank is None or blank.line is not pending[0].line):
            drafts.extend(_of_cell_line(pending, chapter, count + len(drafts)))
            for draft in drafts[-len(pending) :] if form.table.rows == 1 else ():  # the heading line of a sheet
                draft.head = draft.head or (draft.type in _HEADING_TYPES and bool(_HEADING_FIELD.search(draft.label)))
            pending = []
        if blank is None:
            break
        if blank.whole:
            foot = blank.cell.row in form.feet
            counted = blank.cell.column in numeric and not foot
            drafts.append(cell_draft(blank, chapter, [] if foot else caption, number, numeric=counted))
            drafts[-1].head = foot or _is_heading_cell(blank, drafts[-1])
        else:
            pending.append(blank)
    return drafts


def _is_heading_cell(blank: CellBlank, draft: Draft) -> bool:
    """填报学校：| … above a table is its heading, as it would be on a line; a pair of a slip has no colon."""
    label = blank.row_heads[-1] if blank.row_heads and not blank.column_heads else ""
    return bool(re.search(r"[:：]$", label) and _HEADING_FIELD.search(label)) and draft.type in _HEADING_TYPES


def _of_cell_line(blanks: list[CellBlank], chapter: str | None, count: int) -> list[Draft]:
    first = blanks[0]
    heads = first.row_heads[-1] if first.row_heads else (first.column_heads[-1] if first.column_heads else "")
    section = _section(first.row_heads[0] if first.row_heads else None) or chapter
    drafts = _of_line(first.line, [blank.blank for blank in blanks], section, count, heads=heads, in_cell=True)
    for draft, blank in zip(drafts, blanks, strict=True):
        if draft.unit is None and draft.type in ("text", "longtext") and blank.row_unit:
            draft.unit, draft.type = blank.row_unit, type_of(blank.blank, draft.label, blank.row_unit)
        if blank.rows:
            draft.group, draft.rows = draft.group or f"r{count}", blank.rows
    return drafts


def _section(text: str | None) -> str | None:
    return strip_label(bracketed(text)[1]) or None if text else None


def _numeric_columns(form: FormGrid) -> set[int]:
    """Columns whose heads or row labels ask for numbers: then a cell without a unit of its own is a number too."""
    counted: Counter[int] = Counter()
    total: Counter[int] = Counter()
    for cell in form.table.cells:
        if not form.is_empty(cell) or cell.row < form.heads:
            continue
        heads = [*form.column_heads(cell), *form.row_heads(cell)]
        total[cell.column] += 1
        summed = any(re.match(r"合计|小计|总计", re.sub(r"\s", "", head)) for head in form.row_heads(cell))
        if summed and not any(re.search(r"备\s*注|说明|姓名|名称", head) for head in form.column_heads(cell)):
            counted[cell.column] = total[cell.column] = 10_000  # what is added up is a number
        elif any(bracketed(head)[0] for head in heads) or any(
            re.search(r"数$|数量|人次|率$|额$", re.sub(r"\s", "", head)) for head in heads
        ):
            counted[cell.column] += 1
    return {column for column, number in total.items() if counted[column] >= 0.5 * number and counted[column]}


def _is_form(drafts: list[Draft], segment: _Segment) -> bool:
    if not drafts:
        return False
    if len(drafts) == 1:
        return (bool(segment.title) and drafts[0].unit is not None) or any(
            isinstance(item, Grid) for item in segment.items
        )
    return True


def _form(segment: _Segment, part: Part, drafts: list[Draft]) -> Form:
    groups = {
        key: f"g{place + 1}" for place, key in enumerate(dict.fromkeys(draft.group for draft in drafts if draft.group))
    }
    seen: Counter[str] = Counter()
    fields = []
    for draft in drafts:
        key = "|".join([draft.section or "", draft.subject or "", draft.label, draft.unit or "", draft.type])
        seen[key] += 1
        aggregate = aggregate_of(draft.type, draft.unit, draft.label, derived=draft.derived, head=draft.head)
        fields.append(
            Field(
                id=_id("f", key, seen[key]),
                section=draft.section,
                subject=draft.subject,
                label=draft.label,
                type=draft.type,
                unit=draft.unit,
                group=groups[draft.group] if draft.group else None,
                rows=draft.rows,
                options=draft.options,
                aggregate=aggregate,
                evidence=draft.evidence,
            )
        )
    title = segment.title or part.title
    return Form(
        _id("form", title or "|".join(field.label for field in fields[:6]), 1),
        title,
        part.label,
        _kind(title or "", fields),
        fields,
    )


def _id(prefix: str, key: str, count: int) -> str:
    """Stable: the digest of the words, with a number only where the same words stand again."""
    digest = hashlib.sha256(close_up(key).encode()).hexdigest()[:8]
    return f"{prefix}-{digest}" + (f"-{count}" if count > 1 else "")


def _kind(title: str, fields: list[Field]) -> FormKind:
    numbers = sum(field.type in ("integer", "decimal") for field in fields)
    repeated = sum(field.rows is not None for field in fields)
    if (
        re.search(r"回执|反馈表|报名|申报|推荐|申请|登记表|承诺|审批|检查表|自查表", title)
        and numbers <= len(fields) * 0.5
        and not repeated > len(fields) * 0.6
    ):
        return "feedback"
    if repeated > len(fields) * 0.5 or re.search(r"名单|花名册|名册|联络员|通讯录|人员信息", title):
        return "roster"
    if numbers:
        return "statistics" if numbers >= 0.3 * len(fields) else "feedback"
    if all(field.type in ("longtext", "unit", "person", "phone", "date") for field in fields) and any(
        field.type == "longtext" for field in fields
    ):
        return "narrative"
    return "feedback"


def _unique(forms: list[Form]) -> list[Form]:
    """Ids told apart where two forms bear the same title."""
    seen: Counter[str] = Counter()
    found = []
    for form in forms:
        seen[form.id] += 1
        found.append(
            form
            if seen[form.id] == 1
            else Form(f"{form.id}-{seen[form.id]}", form.title, form.attachment, form.kind, form.fields)
        )
    return found
