"""What the workbook and the web form share: names, hints and choices of a field in words."""

from __future__ import annotations

from ..spec import Field, Form

HINTS = {
    "integer": "填整数；没有开展填 0，不涉及填 /",
    "decimal": "填数字，可带小数；没有填 0，不涉及填 /",
    "date": "填日期，如 2026-06-20",
    "datetime": "填日期和时间，如 2026-06-20 14:30",
    "phone": "填电话号码，座机带区号",
    "email": "填电子邮箱",
    "choice": "从下拉列表中选择",
    "longtext": "填文字，Alt+Enter 换行；没有填“无”",
    "person": "填姓名",
    "unit": "填单位全称",
    "text": "填文字；没有填“无”",
}
HEADING = "填报信息"


def named(field: Field) -> str:
    """The words that name a field to a person: the subject in front of a mere 参与."""
    label = field.label or field.subject or field.section or "填写内容"
    if field.subject and field.subject not in label and len(label) <= 6:
        return f"{field.subject}——{label}"
    return label


def sections_of(form: Form) -> list[tuple[str, list[Field]]]:
    """The fields in runs of one section, heading fields first in a run of their own; a group is never cut."""
    runs: list[tuple[str, list[Field]]] = []
    for field in form.fields:
        is_head = field.aggregate == "none" and field.type not in ("integer", "decimal") and field.evidence.row is None
        title = HEADING if is_head else field.section or form.title or "填报内容"
        if runs and runs[-1][0] == title:
            runs[-1][1].append(field)
        else:
            runs.append((title, [field]))
    return runs
