"""What collecting gave, as a page: totals, who is missing, what is doubtful, and where the files are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from gongwen.collection import Collection, Issue, Reply, Value
from gongwen.spec import Field

from .language import listed, text
from .page import Block, Facts, Remarks, Table
from .sentences import again, retold
from .words import shown


def tally(collection: Collection, written: Sequence[Path]) -> Iterator[Block]:
    """The page."""
    fields = {field.id: field for field in collection.form_spec.fields} if collection.form_spec else {}
    of = {
        status: [r for r in collection.replies if r.status == status] for status in ("accepted", "doubtful", "rejected")
    }
    counted = _counted(collection)
    title = collection.form_spec.title if collection.form_spec else None
    yield Facts(
        [
            (text("totals.form"), title or collection.form),
            (
                text("totals.replies"),
                text(
                    "totals.summary",
                    replies=len(collection.replies),
                    counted=len(counted),
                    missing=len(collection.missing),
                    **{status: len(replies) for status, replies in of.items()},
                ),
            ),
        ]
    )
    yield _totals(collection, fields, counted)
    yield Remarks(text("totals.missing"), [listed(collection.missing)] if collection.missing else [], grave=True)
    yield _issues("totals.doubtful", of["doubtful"], fields)
    yield Table(
        text("totals.rejected"),
        [text("totals.file"), text("totals.why")],
        [[shown(reply.file), "；".join(_said(issue) for issue in reply.issues)] for reply in of["rejected"]],
    )
    yield Table(
        text("totals.duplicates"),
        [text(head) for head in ("totals.owner", "totals.counted", "totals.others", "totals.why")],
        [[d.unit, shown(d.counted), listed([shown(o) for o in d.others]), again(d.why)] for d in collection.duplicates],
    )
    yield _issues("totals.notes", of["accepted"], fields)
    yield Remarks(text("totals.files"), [shown(path) for path in written])


def _counted(collection: Collection) -> list[Reply]:
    """The replies that the totals rest on."""
    if collection.counted:
        names = set(collection.counted)
        return [reply for reply in collection.replies if reply.file in names]
    others = {name for duplicate in collection.duplicates for name in duplicate.others}
    return [r for r in collection.replies if r.status != "rejected" and r.unit is not None and r.file not in others]


def _totals(collection: Collection, fields: dict[str, Field], counted: Sequence[Reply]) -> Table:
    rows = []
    for name, total in collection.totals.items():
        field = fields.get(name)
        units = sum(_has_number(reply.values, name, field) for reply in counted)
        section = field.section if field else None
        label = _label(field) if field else name
        rows.append([section or "", label, (field.unit if field else None) or "", number(total), str(units)])
    heads = ("totals.section", "totals.label", "totals.unit", "totals.total", "totals.units")
    return Table(text("totals.title"), [text(head) for head in heads], rows, frozenset({3, 4}))


def _label(field: Field) -> str:
    """What is counted, without saying the section again that stands beside it."""
    words = field.label.removeprefix(f"{field.section}/")
    subject = field.subject
    return words if not subject or subject in field.label or subject == field.section else f"{subject} {words}"


def _has_number(values: dict[str, Value], name: str, field: Field | None) -> bool:
    value = values.get(name)
    if value is None and field is not None and field.group is not None:
        value = values.get(field.group)
        if isinstance(value, list):
            return any(isinstance(row.get(name), int | float) for row in value)
    return isinstance(value, int | float)


def number(value: float) -> str:
    """Without a needless .0, and without the noise of binary fractions."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _issues(title: str, replies: Sequence[Reply], fields: dict[str, Field]) -> Table:
    """One row an issue: the file, where in the form, the words found, what about them."""
    heads = ("totals.file", "totals.section", "totals.found", "totals.why")
    rows = [
        [shown(reply.file), _place(issue, fields), issue.found or "", _said(issue)]
        for reply in replies
        for issue in reply.issues
    ]
    return Table(text(title), [text(head) for head in heads], rows)


def _place(issue: Issue, fields: dict[str, Field]) -> str:
    field = fields.get(issue.field) if issue.field else None
    label = _label(field) if field else None
    return " · ".join(filter(None, (issue.section or (field.section if field else None), label)))


def _said(issue: Issue) -> str:
    return shown(retold(issue.code, issue.message, issue.details))
