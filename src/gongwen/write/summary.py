"""The covering report (情况汇总报告) of a collection of replies, in plain official Chinese.

Every count in the text is counted here from the lists that are given; nothing is said that the lists do not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from os import PathLike
from typing import BinaryIO

from .official import write_official
from .spec import Attachment, Block, Column, Heading, OfficialDocument, Para, TableSpec
from .wording import official_date, sentence

Number = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Total:
    """One line of the main table: the total of an indicator and how many units gave a number for it."""

    section: str
    label: str
    unit: str
    total: Number
    units_counted: int


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in a unit's reply that a person has to check, as one sentence."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a unit wrote about its work."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class SummaryReport:
    """What the report is made of. The lists hold names of units; a name counts once.

    ``campaign`` reads on after 关于 and before 情况 (2025年“安全生产月”活动); ``basis`` is the notice it answers
    (《关于…的通知》). ``received`` units are in the totals, ``doubtful`` ones among them have numbers to be checked.
    ``rejected`` units sent something that cannot be used; ``unattributed`` are files whose unit is not known. Without a
    roster (``roster_known``) nobody can be said to be missing. ``issues`` may be the most important of ``issues_found``.
    """

    campaign: str
    as_of: date
    addressee: str = ""
    basis: str = ""
    totals: tuple[Total, ...] = ()
    received: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    unattributed: tuple[str, ...] = ()
    roster_known: bool = True
    issues: tuple[Issue, ...] = ()
    issues_found: int | None = None
    narratives: tuple[Narrative, ...] = ()
    attachments: tuple[str, ...] = ()
    issuer: str | None = None
    issued_on: date | None = None
    draft: bool = True


def write_summary_report(summary: SummaryReport, target: str | PathLike[str] | BinaryIO) -> None:
    """Write the report as .docx to GB/T 9704-2012. The same summary gives the same bytes."""
    write_official(summary_document(summary), target)


def summary_document(summary: SummaryReport) -> OfficialDocument:
    """The report as a document that can still be changed before it is written."""
    parts = (_replies(summary), _figures(summary), _doubts(summary), _missing(summary), _narratives(summary))
    body = (_opening(summary), *(block for part in parts for block in part), Para("特此报告。"))
    return OfficialDocument(
        title=f"{summary.issuer or ''}关于{summary.campaign}情况的汇总报告",
        addressees=(summary.addressee,) if summary.addressee else (),
        body=body,
        attachments=tuple(Attachment(title) for title in summary.attachments),
        signers=(summary.issuer,) if summary.issuer else (),
        issued_on=summary.issued_on,
        draft=summary.draft,
    )


def _opening(summary: SummaryReport) -> Para:
    basis = f"按照{summary.basis}要求，" if summary.basis else ""
    return Para(f"{basis}现将{summary.campaign}情况汇总报告如下，数据截至{official_date(summary.as_of)}。")


def _replies(summary: SummaryReport) -> list[Block]:
    received, rejected, missing = _unique(summary.received), _rejected(summary), _not_received(summary)
    due = len(received) + len(rejected) + len(missing)
    if not due:
        text = "尚未收到单位报送的材料"
    elif summary.roster_known:
        text = f"应报送单位{due}家，已报送{len(received)}家，报送率{per_cent(len(received), due)}"
        text += f"；未报送{len(missing)}家" if missing else ""
        text += f"；所报材料无法采用{len(rejected)}家" if rejected else ""
    else:
        text = f"共收到{len(received)}家单位报送的材料"
        text += f"；另有{len(rejected)}家单位所报材料无法采用" if rejected else ""
    blocks: list[Block] = [Heading("报送情况"), Para(sentence(f"截至{official_date(summary.as_of)}，{text}"))]
    if rejected:
        blocks.append(
            Para(
                f"以下{len(rejected)}家单位所报材料无法读取或者不是规定的表格，未纳入汇总，需重新报送：{_list(rejected)}。"
            )
        )
    unattributed = _unique(summary.unattributed)
    if unattributed:
        blocks.append(Para(f"另有{len(unattributed)}份材料无法确认报送单位，未纳入汇总：{_list(unattributed)}。"))
    return blocks


def _figures(summary: SummaryReport) -> list[Block]:
    if not summary.totals:
        return [
            Heading("主要数据"),
            Para("已报送的材料中没有可以汇总的数字。" if summary.received else "尚未收到可以汇总的材料。"),
        ]
    lead = f"根据{len(_unique(summary.received))}家单位报送的数据汇总，主要数据见下表。"
    doubtful = _unique(summary.doubtful)
    if doubtful:
        lead += f"合计数包含{len(doubtful)}家单位尚需核实的数据。"
    return [Heading("主要数据"), Para(lead), figures_table(summary.totals)]


def figures_table(totals: tuple[Total, ...]) -> TableSpec:
    """The main table: 类别 (where there are any), 项目, 计量单位, 合计, 填报单位数."""
    columns = (
        Column("类别", 2.2, "left"),
        Column("项目", 5, "left"),
        Column("计量单位", 1.7),
        Column("合计", 1.5, "right"),
        Column("填报单位数", 2, "right"),
    )
    rows = tuple((one.section, one.label, one.unit, plain_number(one.total), str(one.units_counted)) for one in totals)
    if any(one.section for one in totals):
        return TableSpec(columns, rows, merged=(0,), note="注：“填报单位数”为该项填有数字的单位数。")
    return TableSpec(columns[1:], tuple(row[1:] for row in rows), note="注：“填报单位数”为该项填有数字的单位数。")


def _doubts(summary: SummaryReport) -> list[Block]:
    doubtful = _unique(summary.doubtful)
    if not doubtful and not summary.issues:
        return [Heading("存疑数据"), Para("经核对，未发现需要核实的数据。")] if summary.received else []
    blocks: list[Block] = [Heading("存疑数据")]
    if doubtful:
        blocks.append(Para(f"经核对，以下{len(doubtful)}家单位的数据需要核实：{_list(doubtful)}。"))
    if summary.issues:
        found = max(summary.issues_found or 0, len(summary.issues))
        chosen = "其中主要问题如下。" if found > len(summary.issues) else "具体如下。"
        blocks.append(Para(f"核对中发现问题{found}处，{chosen}"))
        for unit, issues in groupby(summary.issues, key=lambda one: one.unit):
            texts = "；".join(issue.text.strip().rstrip("。；;") for issue in issues)
            blocks.append(Heading(unit or "未确认单位", level=3, run_in=sentence(texts)))
    return blocks


def _missing(summary: SummaryReport) -> list[Block]:
    missing = _not_received(summary)
    if not missing:
        return []
    return [
        Heading("未报送单位"),
        Para(f"截至{official_date(summary.as_of)}，以下{len(missing)}家单位未报送：{_list(missing)}。"),
    ]


def _narratives(summary: SummaryReport) -> list[Block]:
    narratives = [one for one in summary.narratives if one.text.strip()]
    if not narratives:
        return []
    blocks: list[Block] = [Heading("各单位工作开展情况"), Para("以下内容摘自各单位报送的文字材料。")]
    for one in narratives:
        blocks += [Heading(one.unit or "未确认单位", level=2), Para(one.text)]
    return blocks


def plain_number(number: Number) -> str:
    """A number without exponent and without zeros that say nothing: 12, 3.5."""
    exact = Decimal(str(number))
    return format(exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize(), "f")


def per_cent(part: int, whole: int) -> str:
    """One decimal, rounded half up; 100% only where nothing is missing, 0% only where nothing came."""
    share = (Decimal(part) * 100 / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if 0 < part < whole:
        share = min(max(share, Decimal("0.1")), Decimal("99.9"))
    return f"{plain_number(share)}%"


def _rejected(summary: SummaryReport) -> list[str]:
    """Units that sent only what cannot be used."""
    received = _unique(summary.received)
    return [unit for unit in _unique(summary.rejected) if unit not in received]


def _not_received(summary: SummaryReport) -> list[str]:
    """Units that sent nothing at all."""
    others = {*_unique(summary.received), *_rejected(summary)}
    return [unit for unit in _unique(summary.missing) if unit not in others]


def _unique(names: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def _list(names: list[str]) -> str:
    return "、".join(names)
