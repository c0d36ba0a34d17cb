"""Small collections by hand: forms, replies and issues in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongwen.collection import Collection, Duplicate, Issue, Reply, RosterUnit, Value
from gongwen.spec import Attachment, Campaign, Contact, Deadline, Evidence, Field, Form, NoticeSpec

NOWHERE = Evidence(0, 0, None, None, 0, 0, "")
TALKS, DRILLS = "组织宣讲活动", "查找身边安全隐患"


def blank(key: str, label: str, **more: Any) -> Field:
    """A field that is summed unless told otherwise."""
    given: dict[str, Any] = {
        "section": None,
        "subject": None,
        "type": "integer",
        "unit": None,
        "aggregate": "sum",
        "evidence": NOWHERE,
    }
    return Field(id=key, label=label, **{**given, **more})


def heading(key: str, label: str, kind: str) -> Field:
    """A field of the form's heading."""
    return blank(key, label, type=kind, aggregate="none")


FIELDS = [
    heading("unit", "填报单位", "unit"),
    heading("person", "联系人", "person"),
    heading("phone", "电话", "phone"),
    heading("day", "填报日期", "date"),
    blank("talks", "组织宣讲活动", section=TALKS, subject="宣讲活动", unit="场"),
    blank("talkers", "参与", section=TALKS, subject="宣讲活动", unit="人次"),
    blank("drills", "开展应急演练", section=DRILLS, subject="应急演练", unit="场"),
    blank("drillers", "参与", section=DRILLS, subject="应急演练", unit="人次"),
    blank("money", "投入资金", section=DRILLS, type="decimal", unit="万元"),
    blank("rate", "整改率", section=DRILLS, type="decimal", unit="%", aggregate="none"),
    blank("name", "活动名称", section="其他特色活动", group="g1", type="text", aggregate="list"),
    blank("times", "组织", section="其他特色活动", group="g1", unit="场/次"),
    blank("story", "活动简要情况", section="其他特色活动", type="longtext", aggregate="list"),
]
FORM = Form("form-1", "“安全生产月”活动进展情况统计表", "附件2", "statistics", FIELDS)


def reply(unit: str | None, status: str = "accepted", *, file: str | None = None, **more: Any) -> Reply:
    """A reply; what is not a field of ``Reply`` is a value."""
    issues: list[Issue] = more.pop("issues", [])
    filled_on = more.pop("filled_on", None)
    values: dict[str, Value] = more
    return Reply(file or f"{unit}统计表.docx", unit, "form" if unit else None, status, values, issues, filled_on)  # type: ignore[arg-type]


def issue(field: str | None, message: str, found: str | None = None, **more: Any) -> Issue:
    """An issue that touches a number that is summed unless told otherwise."""
    return Issue(more.pop("code", "R101"), field, message, found, **more)


def collection(
    replies: Sequence[Reply],
    *,
    roster: Sequence[RosterUnit | str] = (),
    form: Form | None = FORM,
    duplicates: Sequence[Duplicate] = (),
    totals: Mapping[str, int | float] | None = None,
) -> Collection:
    """A collection whose totals, missing and counted follow from the replies."""
    units = [one if isinstance(one, RosterUnit) else RosterUnit(one) for one in roster]
    others = {file for one in duplicates for file in one.others}
    counted = [one for one in replies if one.unit and one.status != "rejected" and one.file not in others]
    sent = {one.unit for one in replies}
    return Collection(
        form=form.id if form else "form-1",
        replies=list(replies),
        totals=dict(totals) if totals is not None else _totals(counted, form),
        missing=[one.name for one in units if one.name not in sent],
        duplicates=list(duplicates),
        counted=[one.file for one in counted],
        roster=units,
        form_spec=form,
    )


def _totals(counted: Sequence[Reply], form: Form | None) -> dict[str, int | float]:
    found: dict[str, int | float] = {}
    for field in form.fields if form else ():
        if field.aggregate == "sum":
            found[field.id] = sum(number for one in counted for number in _numbers(one, field))
    return found


def _numbers(one: Reply, field: Field) -> list[int | float]:
    value = one.values.get(field.group or field.id)
    values = [row.get(field.id) for row in value] if isinstance(value, list) else [value]
    return [number for number in values if isinstance(number, int | float)]


SPEC = NoticeSpec(
    source=[],
    title="关于开展2025年“安全生产月”活动的通知",
    addressees=["各科室", "各社区"],
    campaign=Campaign(name="安全生产月", year=2025, edition=24),
    deadlines=[
        Deadline(
            "2025-06-20",
            ["各社区"],
            ["特色活动", "典型经验做法", "活动进展统计表"],
            "公共安全办公室",
            Evidence(
                0, 40, None, None, 0, 0, "6月20日前将特色活动、典型经验做法和活动进展统计表（附件2）报送公共安全办公室"
            ),
        )
    ],
    contacts=[Contact("李佳", "84630013")],
    attachments=[Attachment("附件2", "“安全生产月”活动进展情况统计表", True)],
    forms=[FORM],
)
