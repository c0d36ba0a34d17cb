"""A notice passed on to the units below (转发通知) or carried out by a notice of one's own (实施通知), as a draft for signature.

Nothing is invented: what is not given is left out, and number, signature and date stay open for the office. That no deadline
is later than the parent's is checked by whoever makes the ``ReissueSpec``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .official import official_bytes
from .phrases import (
    Contact,
    Due,
    Parent,
    all_cited,
    book_title,
    contact_lines,
    ourselves,
    period,
    quoted,
    until,
    without_label,
)
from .spec import Attachment, Block, Column, Heading, Item, OfficialDocument, Para, TableSpec
from .wording import open_document_number, sentence

_SLIP_ROWS = 4
_SLIP_ROW_HEIGHT = 34.0


@dataclass(frozen=True, slots=True)
class Work:
    """One task: what, under which heading, by whom, by when. A number that the text begins with is dropped."""

    text: str
    section: str = ""
    units: tuple[str, ...] = ()
    due: Due = None


@dataclass(frozen=True, slots=True)
class KeyDay:
    """A day to keep in mind, and what is to be done on it."""

    day: date
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be handed in. ``attachment`` is the title of the attachment to fill in, one of ``ReissueSpec.attachments``."""

    what: str
    due: Due
    who: str = ""
    to: str = ""
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class Liaison:
    """The request to name a liaison officer; with ``slip`` an empty reply slip is the last attachment."""

    due: Due = None
    to: str = ""
    slip: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueSpec:
    """What the draft is made of. ``year`` is that of the document; ``campaign`` reads on after 开展 (2026年“安全生产月”活动).

    ``manner``: pass the parent notice on (``forward``) or carry it out (``implement``). Tasks stand in the order given, gathered by
    their section or by the units that do them. ``requests`` are further demands, a paragraph each. ``attachments`` are titles
    of what is sent along. ``mark`` is the red head; None makes it of the issuer, "" leaves it to pre-printed paper.
    """

    issuer: str
    campaign: str
    year: int
    manner: Literal["forward", "implement"] = "implement"
    title: str = ""
    addressees: tuple[str, ...] = ()
    parents: tuple[Parent, ...] = ()
    theme: str = ""
    period: tuple[date, date] | None = None
    tasks: tuple[Work, ...] = ()
    group_by: Literal["section", "unit"] = "section"
    key_days: tuple[KeyDay, ...] = ()
    reports: tuple[Report, ...] = ()
    liaison: Liaison | None = None
    requests: tuple[str, ...] = ()
    contact: Contact | None = None
    attachments: tuple[str, ...] = ()
    number_prefix: str = ""
    mark: str | None = None
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""

    def __post_init__(self) -> None:
        if not self.issuer.strip() or not self.campaign.strip():
            raise ValueError("a notice needs an issuer and a campaign")


def draft_notice(spec: ReissueSpec) -> bytes:
    """The draft as .docx to GB/T 9704-2012, marked 代拟稿. The same spec gives the same bytes; no seal is ever drawn."""
    return official_bytes(reissue_document(spec))


def reissue_document(spec: ReissueSpec) -> OfficialDocument:
    """The draft as a document that can still be changed before it is written."""
    parts = (_aims(spec), _tasks(spec), _days(spec), _liaison(spec), _reports(spec), _requests(spec))
    sections = tuple(block for part in parts for block in part)
    ask = [Para(line) for line in contact_lines(spec.contact)]
    return OfficialDocument(
        title=spec.title or _title(spec),
        issuer_mark=f"{spec.issuer}文件" if spec.mark is None else spec.mark,
        doc_no=open_document_number(spec.number_prefix, spec.year),
        addressees=spec.addressees,
        body=(Para(_opening(spec, bool(sections))), *sections, *ask),
        attachments=_attachments(spec),
        signers=(spec.issuer,),
        sealed=True,
        copies_to=spec.copies_to,
        printed_by=spec.printed_by,
        draft_place="head",
        open_year=spec.year,
    )


def _title(spec: ReissueSpec) -> str:
    if spec.manner == "forward" and spec.parents:
        more = "等文件" if len(spec.parents) > 1 else ""
        return f"{spec.issuer}关于转发{book_title(spec.parents[0].title)}{more}的通知"
    return f"{spec.issuer}关于开展{spec.campaign}的通知"


def _opening(spec: ReissueSpec, goes_on: bool) -> str:
    cited = all_cited(spec.parents)
    if spec.manner == "forward" and cited:
        rest = "并结合实际提出以下要求，请一并抓好贯彻落实" if goes_on else "请结合实际，认真抓好贯彻落实"
        return f"现将{cited}转发给你们，{rest}。"
    basis = f"根据{cited}要求，" if cited else ""
    end = "现将有关事项通知如下：" if goes_on else "请结合实际，认真组织实施。"
    return f"{basis}为切实做好{spec.campaign}各项工作，{end}"


def _aims(spec: ReissueSpec) -> list[Block]:
    said = []
    if spec.theme.strip():
        said.append(("主题", f"活动主题为{quoted(spec.theme)}"))
    if spec.period is not None:
        said.append(("时间", f"活动时间为{period(*spec.period)}"))
    if not said:
        return []
    return [
        Heading(f"活动{'和'.join(name for name, _ in said)}"),
        Para(sentence("，".join(words for _, words in said))),
    ]


def _tasks(spec: ReissueSpec) -> list[Block]:
    groups: dict[str, list[Work]] = {}
    for task in spec.tasks:
        name = "、".join(task.units) if spec.group_by == "unit" else without_label(task.section)
        groups.setdefault(name.rstrip("。；;："), []).append(task)
    if not groups:
        return []
    if "" in groups:
        groups[""] = groups.pop("")  # what belongs nowhere comes last
    blocks: list[Block] = [Heading("重点任务")]
    for name, tasks in groups.items():
        if name or len(groups) > 1:
            blocks.append(Heading(name or "其他工作", level=2))
        blocks += [Item(_task(task, spec)) for task in tasks]
    return blocks


def _task(task: Work, spec: ReissueSpec) -> str:
    units = f"责任单位：{'、'.join(task.units)}" if task.units and spec.group_by == "section" else ""
    due = until(task.due, spec.year)
    notes = "；".join(filter(None, (units, f"完成时限：{due}" if due else "")))
    return sentence(without_label(task.text)) + (f"（{notes}）" if notes else "")


def _days(spec: ReissueSpec) -> list[Block]:
    if not spec.key_days:
        return []
    days = sorted(spec.key_days, key=lambda one: one.day)
    return [Heading("重要时间节点"), *(Para(_day(one, spec.year)) for one in days)]


def _day(one: KeyDay, year: int) -> str:
    on = until(one.day, year).removesuffix("前")
    return f"{on}：{sentence(one.name)}" + (sentence(one.text) if one.text.strip() else "")


def _liaison(spec: ReissueSpec) -> list[Block]:
    if spec.liaison is None:
        return []
    due, to = until(spec.liaison.due, spec.year), spec.liaison.to or ourselves(spec.issuer)
    when = f"于{due}" if due else ""
    if spec.liaison.slip:
        text = f"请各单位确定1名联络员，填写联络员回执{_reference(spec, _slip_title(spec))}，{when}报送{to}。"
    else:
        text = f"请各单位确定1名联络员，{when}将姓名、职务和联系电话报送{to}。"
    return [Heading("确定联络员"), Para(text)]


def _reports(spec: ReissueSpec) -> list[Block]:
    if not spec.reports:
        return []
    lines = [_report(one, spec) for one in spec.reports]
    several: list[Block] = [Item(line) for line in lines] if len(lines) > 1 else [Para(lines[0])]
    return [Heading("材料报送"), *several]


def _report(one: Report, spec: ReissueSpec) -> str:
    due = until(one.due, spec.year)
    form = _reference(spec, one.attachment)
    when = f"于{due}" if due else ""
    return f"请{one.who or '各单位'}{when}将{one.what}{form}报送{one.to or ourselves(spec.issuer)}。"


def _requests(spec: ReissueSpec) -> list[Block]:
    texts = [sentence(without_label(text)) for text in spec.requests if text.strip()]
    if not texts:
        return []
    return [Heading("工作要求"), *([Item(text) for text in texts] if len(texts) > 1 else [Para(texts[0])])]


def _slip_title(spec: ReissueSpec) -> str:
    return f"{spec.campaign}联络员回执"


def _titles(spec: ReissueSpec) -> list[str]:
    slip = [_slip_title(spec)] if spec.liaison is not None and spec.liaison.slip else []
    return [*(title for title in spec.attachments if title.strip()), *slip]


def _reference(spec: ReissueSpec, title: str) -> str:
    """（附件2）; （附件） where it is the only one; nothing where it is not among them."""
    titles = _titles(spec)
    if title not in titles:
        return ""
    return f"（附件{titles.index(title) + 1}）" if len(titles) > 1 else "（附件）"


def _attachments(spec: ReissueSpec) -> tuple[Attachment, ...]:
    return tuple(Attachment(title, _slip(spec) if title == _slip_title(spec) else ()) for title in _titles(spec))


def _slip(spec: ReissueSpec) -> tuple[Block, ...]:
    """An empty reply slip to fill in by hand."""
    columns = (Column("单位", 3), Column("姓名", 2), Column("职务", 2), Column("办公电话", 2.5), Column("手机", 2.5))
    due = until(spec.liaison.due, spec.year) if spec.liaison is not None else ""
    to = (spec.liaison.to if spec.liaison is not None else "") or ourselves(spec.issuer)
    note = f"注：请于{due}将此表报送{to}。" if due else ""
    rows = (("",) * len(columns),) * _SLIP_ROWS
    return (
        Para("填报单位（盖章）：", indent=False),
        TableSpec(columns, rows, note=note, size="四号", row_height=_SLIP_ROW_HEIGHT),
    )
