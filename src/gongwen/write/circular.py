"""A circular on progress (通报) as a draft for signature: who has done what, who is late, and what is asked next.

Every number is counted here from the states that are given. Praise and blame are numbers of units, never words about one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .official import official_bytes
from .phrases import Contact, Due, Parent, all_cited, contact_lines, listed, ourselves, until, without_label
from .spec import Attachment, Block, Column, Heading, Item, OfficialDocument, Para, TableSpec
from .summary import per_cent
from .wording import official_date, open_document_number, sentence, width

State = Literal["done", "done_late", "open", "overdue", "exempt"]

STATES: dict[State, str] = {
    "done": "完成",
    "done_late": "逾期完成",
    "open": "未到期",
    "overdue": "逾期",
    "exempt": "—",
}
"""How each state is written in the table."""

_MOST_COLUMNS = 4
"""Duties that fit a table on an upright page; more of them turn it into a wide attachment."""

_ROW_HEIGHT = 22.0

_TABLE_TITLE = "各单位工作完成情况表"


@dataclass(frozen=True, slots=True)
class DutyHead:
    """A duty that all units are measured by, and by when it is due."""

    name: str
    due: Due = None


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """A unit with its state in each duty, in the order of ``CircularSpec.duties``."""

    unit: str
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CircularSpec:
    """What the circular is made of; see ``ReissueSpec`` for what both have.

    ``catch_up`` is by when units that are late have to have done it; ``requests`` are further demands.
    """

    issuer: str
    campaign: str
    as_of: date
    duties: tuple[DutyHead, ...]
    units: tuple[UnitProgress, ...]
    title: str = ""
    addressees: tuple[str, ...] = ()
    parents: tuple[Parent, ...] = ()
    catch_up: Due = None
    requests: tuple[str, ...] = ()
    contact: Contact | None = None
    number_prefix: str = ""
    mark: str | None = None
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""

    def __post_init__(self) -> None:
        if not self.issuer.strip() or not self.campaign.strip():
            raise ValueError("a circular needs an issuer and a campaign")
        for one in self.units:
            if len(one.states) != len(self.duties):
                raise ValueError(f"{one.unit} has {len(one.states)} states for {len(self.duties)} duties")


def progress_circular(spec: CircularSpec) -> bytes:
    """The circular as .docx to GB/T 9704-2012, marked 代拟稿. The same spec gives the same bytes; no seal is ever drawn."""
    return official_bytes(circular_document(spec))


def circular_document(spec: CircularSpec) -> OfficialDocument:
    """The circular as a document that can still be changed before it is written."""
    ask = [Para(line) for line in contact_lines(spec.contact)]
    sections = (*_overall(spec), *_table(spec), *_late(spec), *_next(spec))
    wide = _is_wide(spec)
    return OfficialDocument(
        title=spec.title or f"{spec.issuer}关于{spec.campaign}进展情况的通报",
        issuer_mark=f"{spec.issuer}文件" if spec.mark is None else spec.mark,
        doc_no=open_document_number(spec.number_prefix, spec.as_of.year),
        addressees=spec.addressees,
        body=(Para(_opening(spec)), *sections, *ask),
        attachments=(Attachment(_TABLE_TITLE, (_grid(spec),), landscape=True),) if wide else (),
        signers=(spec.issuer,),
        sealed=True,
        copies_to=spec.copies_to,
        printed_by=spec.printed_by,
        draft_place="head",
        open_year=spec.as_of.year,
    )


def _opening(spec: CircularSpec) -> str:
    basis = f"根据{all_cited(spec.parents)}要求，" if spec.parents else ""
    return f"{basis}现将{spec.campaign}进展情况通报如下，数据截至{official_date(spec.as_of)}。"


def _overall(spec: CircularSpec) -> list[Block]:
    states = Counter(state for one in spec.units for state in one.states)
    due = sum(states.values()) - states["exempt"]
    blocks: list[Block] = [Heading("总体情况")]
    if not due:
        return [*blocks, Para("目前没有需要完成的事项。")]
    done = states["done"] + states["done_late"]
    text = f"本次通报涉及{len(spec.units)}家单位、{len(spec.duties)}项工作，应完成{due}项次，已完成{done}项次，完成率{per_cent(done, due)}"
    text += f"（其中逾期完成{states['done_late']}项次）" if states["done_late"] else ""
    text += f"；逾期未完成{states['overdue']}项次" if states["overdue"] else ""
    text += f"；尚未到期{states['open']}项次" if states["open"] else ""
    return [*blocks, Para(sentence(text)), Para(_praise(spec))]


def _praise(spec: CircularSpec) -> str:
    """How many units did everything in time, and how many are late."""
    good = sum("done" in one.states and not {"done_late", "open", "overdue"} & {*one.states} for one in spec.units)
    late = sum("overdue" in one.states for one in spec.units)
    praise = f"全部工作按时完成的单位{good}家" + ("，予以表扬" if good else "")
    return sentence(f"{praise}；有逾期未完成事项的单位{late}家" + ("，予以通报批评" if late else ""))


def _is_wide(spec: CircularSpec) -> bool:
    return bool(spec.units) and len(spec.duties) > _MOST_COLUMNS


def _table(spec: CircularSpec) -> list[Block]:
    if not spec.units or not spec.duties:
        return []
    head = Heading("各单位完成情况")
    return [head, Para("各单位完成情况见附件。")] if _is_wide(spec) else [head, Para("详见下表。"), _grid(spec)]


def _grid(spec: CircularSpec) -> TableSpec:
    """Units × duties, and how many of those that fall to a unit are done."""
    dues = [until(one.due, spec.as_of.year).removesuffix("前") for one in spec.duties]
    heads = ["\n".join(filter(None, (one.name, due))) for one, due in zip(spec.duties, dues, strict=True)]
    columns = (Column("单位", _unit_width(spec), "left"), *map(_duty_column, heads), Column("已完成/\n应完成", 2))
    rows = tuple((one.unit, *(STATES[state] for state in one.states), _share(one)) for one in spec.units)
    used = {state for one in spec.units for state in one.states}
    hints = {
        "done_late": "“逾期完成”为超过时限后完成",
        "open": "“未到期”为尚未到时限、还未完成",
        "overdue": "“逾期”为超过时限仍未完成",
        "exempt": "“—”为不涉及",
    }
    head = ["表头日期为完成时限"] if any(dues) else []
    note = "；".join([*head, *(words for state, words in hints.items() if state in used)])
    return TableSpec(columns, rows, note=sentence(f"注：{note}") if note else "", row_height=_ROW_HEIGHT)


def _unit_width(spec: CircularSpec) -> float:
    """So that the names of most units stand on one line, within reason: a very long one takes two."""
    names = sorted(width(one.unit) / 2 for one in spec.units)
    return min(max(names[int(0.9 * (len(names) - 1))], 2.6), 7.0)


def _duty_column(head: str) -> Column:
    """As wide as its name asks for, within reason."""
    return Column(head, min(max(width(head.split("\n", maxsplit=1)[0]) / 2, 2.5), 3.5))


def _share(one: UnitProgress) -> str:
    due = sum(state != "exempt" for state in one.states)
    done = sum(state in ("done", "done_late") for state in one.states)
    return f"{done}/{due}" if due else "—"


def _late(spec: CircularSpec) -> list[Block]:
    late = [(one.unit, _overdue(spec, one)) for one in spec.units if "overdue" in one.states]
    blocks: list[Block] = [Heading("逾期未完成情况")]
    if not late:
        return [*blocks, Para(f"截至{official_date(spec.as_of)}，没有逾期未完成的事项。")] if spec.units else []
    lead = f"截至{official_date(spec.as_of)}，以下{len(late)}家单位有逾期未完成的事项："
    return [*blocks, Para(lead), *(Item(f"{unit}：{listed(names)}，共{len(names)}项。") for unit, names in late)]


def _overdue(spec: CircularSpec, one: UnitProgress) -> list[str]:
    return [duty.name for duty, state in zip(spec.duties, one.states, strict=True) if state == "overdue"]


def _next(spec: CircularSpec) -> list[Block]:
    texts = []
    if any("overdue" in one.states for one in spec.units):
        due = until(spec.catch_up, spec.as_of.year)
        when = f"于{due}" if due else "尽快"
        texts.append(f"请有逾期未完成事项的单位{when}完成，并将完成情况报送{ourselves(spec.issuer)}。")
    if any("open" in one.states for one in spec.units):
        texts.append("请有未到期事项的单位对照时限抓紧推进，按时报送。")
    texts += [sentence(without_label(text)) for text in spec.requests if text.strip()]
    if not texts:
        return []
    return [Heading("下一步要求"), *([Item(text) for text in texts] if len(texts) > 1 else [Para(texts[0])])]
