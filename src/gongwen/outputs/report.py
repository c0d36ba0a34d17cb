"""The covering report of a collection: what ``gongwen.write`` needs, taken from the collection and the notice."""

from __future__ import annotations

from datetime import date

from ..collection import NOT_APPLICABLE, Collection
from ..spec import Form, NoticeSpec
from ..write import Issue, Narrative, SummaryReport, Total
from .columns import add, columns_of, is_narrative, is_number
from .naming import labels, one_line, today_here
from .standing import Picture, base_name, picture, sentence

MOST_ISSUES = 40
MOST_NARRATIVES = 40
"""A covering report is read in one go. More issues than these are counted in it and stand in the workbook; more texts\nstand there alone."""


def summary_report(
    collection: Collection, spec: NoticeSpec, *, today: date | None = None, attachments: tuple[str, ...] = ()
) -> SummaryReport:
    """The report as a draft: number, signer and addressee stay open for the office that sends it."""
    found = picture(collection)
    issues = _issues(collection, found)
    return SummaryReport(
        campaign=_subject(spec, collection.form_spec),
        as_of=today or today_here(),
        basis=f"《{one_line(spec.title)}》" if spec.title else "",
        totals=_totals(collection, found),
        received=tuple(one.unit for one in found.units if one.counted),
        missing=tuple(one.unit for one in found.in_state("未报送")),
        doubtful=tuple(one.unit for one in found.in_state("待核实")),
        rejected=tuple(one.unit for one in found.in_state("无法采用")),
        unattributed=tuple(base_name(one.reply.file) for one in found.loose if one.reply is not None),
        roster_known=bool(collection.roster),
        issues=tuple(issues[:MOST_ISSUES]),
        issues_found=len(issues),
        narratives=_narratives(collection, found),
        attachments=attachments,
    )


def _subject(spec: NoticeSpec, form: Form | None) -> str:
    """What the report is about, to stand between 关于 and 情况."""
    campaign = spec.campaign
    if campaign.name and (form is None or form.kind in ("statistics", "narrative")):
        year = f"{campaign.year}年" if campaign.year else ""
        return f"{year}“{campaign.name.strip('“”')}”活动"
    title = one_line((form.title if form else None) or "统计表")
    return f"{title}报送"


def _totals(collection: Collection, found: Picture) -> tuple[Total, ...]:
    replies = found.counted()
    columns = {column.key: column for column in columns_of(collection, ())}
    totals = []
    for key, total in collection.totals.items():
        column = columns.get(key)
        if column is None:
            continue
        numbers = sum(is_number(column.of(reply)) for reply in replies)
        totals.append(Total(column.section, column.full, column.unit, add([total]), numbers))
    return tuple(totals)


def _issues(collection: Collection, found: Picture) -> list[Issue]:
    """The doubts of the units in the totals, unit by unit in the roster's order."""
    names = labels(collection.form_spec)
    issues = []
    for one in found.units:
        if one.reply is None or not one.counted:
            continue
        said = dict.fromkeys(sentence(issue, names) for issue in one.reply.issues if issue.doubt)
        issues += [Issue(one.unit, f"{text}。") for text in said]
    return issues


def _narratives(collection: Collection, found: Picture) -> tuple[Narrative, ...]:
    """What the units wrote; nothing where it is too much for a covering report."""
    form = collection.form_spec
    fields = [one.id for one in form.fields if is_narrative(one) and one.type == "longtext"] if form else []
    narratives = []
    for one in found.units:
        texts = [one.reply.values.get(key) for key in fields] if one.reply is not None and one.counted else []
        kept = [text.strip() for text in texts if isinstance(text, str) and text.strip() and text != NOT_APPLICABLE]
        if kept:
            narratives.append(Narrative(one.unit, "\n".join(kept)))
    return tuple(narratives) if len(narratives) <= MOST_NARRATIVES else ()
