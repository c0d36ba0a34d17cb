"""One reply judged by itself, then all together: units, duplicates, copies, outliers, totals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..collection import Collection, Duplicate, Issue, Reply, Value
from ..compile import mark_of_secrecy
from ..errors import Unreadable
from ..messages import say
from ..model import Document
from ..readers import Source, printable
from ..replies import Reading, Template, read_reply
from ..spec import Field, Form
from .checks import check_pairs, check_parts, check_sums, copies, outliers, pairs_of, parts_of, sums_of
from .roster import Roster, UnitFrom

MATCHED = 0.35
"""A reply in which less of the form's words is found than this is not this form."""


_UNSURE = ("N102", "N105")
"""What a reader says where a number may be missing or misread: formulas without results, unsure words of a scan."""


@dataclass(slots=True)
class ReadReply:
    """A reply between being read and being judged."""

    file: str
    values: dict[str, Value] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    unit: str | None = None
    unit_from: UnitFrom | None = None
    filled_on: str | None = None
    rejected: bool = False
    secret: str | None = None


class Judge:
    """Reads one reply after another, then looks at them together. ``screening``: marks of secrecy are looked for first."""

    def __init__(self, form: Form, template: Template, roster: Roster, *, screening: bool = False) -> None:
        self.form, self.template, self.roster, self.screening = form, template, roster, screening
        self.pairs, self.parts, self.sums = pairs_of(form), parts_of(form), sums_of(form)
        self.unit_field = _head_field(form, ("unit",), r"单位|学校|社区|街道|部门|企业|科室|公司|机构|村")
        self.date_field = _head_field(form, ("date", "datetime"), r"日期|时间")
        self.summed = {one.id for one in form.fields if one.aggregate == "sum"}

    def one(self, source: Source, result: Document | Unreadable) -> ReadReply:
        """One reply by itself."""
        if isinstance(result, Unreadable):
            unit, unit_from = self.roster.in_path(source.name, self.template.title)
            issue = Issue(
                "R001",
                None,
                f"{result.reason}。{result.advice}",
                None,
                None,
                False,
                {"reason": result.reason, "advice": result.advice},
            )
            return ReadReply(source.name, issues=[issue], unit=unit, unit_from=unit_from, rejected=True)
        if self.screening and (mark := mark_of_secrecy(result)) is not None:
            return ReadReply(source.name, rejected=True, secret=mark)
        reading: Reading = read_reply(result, self.template, source)
        reply = ReadReply(source.name, reading.values, reading.issues)
        if reading.matched < MATCHED:
            reply.rejected = True
            percent = f"{reading.matched:.0%}"
            reply.values = {}
            reply.issues = [
                Issue(
                    "R002",
                    None,
                    say("R002", title=self.template.title, percent=percent),
                    None,
                    None,
                    False,
                    {"title": self.template.title, "percent": percent},
                )
            ]
            reply.unit, reply.unit_from = self.roster.in_path(source.name, self.template.title)
            return reply
        self._whose(reply, result, source)
        reply.issues.extend(
            Issue(said.code, None, say(said.code, **said.details), None, None, True, dict(said.details))
            for said in result.warnings
            if said.code in _UNSURE
        )
        filled = reply.values.get(self.date_field.id) if self.date_field else None
        reply.filled_on = filled if isinstance(filled, str) and re.match(r"^\d{4}-", filled) else None
        already = {issue.field for issue in reply.issues}
        for issue in (
            *check_pairs(self.pairs, reply.values),
            *check_parts(self.parts, reply.values),
            *check_sums(self.sums, reply.values),
        ):
            if not (issue.code in ("R111", "R112") and issue.field in already and _is_words(reply, issue.field)):
                reply.issues.append(issue)
        return reply

    def _whose(self, reply: ReadReply, document: Document, source: Source) -> None:
        """The unit: from the form's field, else a 单位 line at the head of it, else the file's name, else the folder."""
        written = reply.values.get(self.unit_field.id) if self.unit_field else None
        if isinstance(written, str) and written.strip() and written != "n/a":
            reply.unit = self.roster.match(written)
            if reply.unit is not None:
                reply.unit_from = "form"
                return
            details = {"found": written}
            reply.issues.append(
                Issue(
                    "R003",
                    self.unit_field.id if self.unit_field else None,
                    say("R003", **details),
                    written,
                    None,
                    False,
                    details,
                )
            )
        reply.unit = self.roster.in_head(document)
        if reply.unit is not None:
            reply.unit_from = "form"
            return
        reply.unit, reply.unit_from = self.roster.in_path(reply.file, self.template.title)
        if reply.unit is None and source.path is not None:  # given alone: its folder stands in its path
            place = source.path.absolute().parent.name
            reply.unit, reply.unit_from = self.roster.in_path(f"{printable(place)}/", self.template.title)
        if reply.unit is None:
            reply.issues.append(Issue("R004", None, say("R004"), None, None, True))

    def together(self, read: list[ReadReply]) -> Collection:
        """Duplicates, copies, outliers; then statuses and totals."""
        duplicates, counted = _duplicates(read)
        for duplicate in duplicates:
            for reply in read:
                if not reply.rejected and reply.unit == duplicate.unit:
                    details = {"unit": duplicate.unit, "counted": duplicate.counted, "why": duplicate.why}
                    reply.issues.append(Issue("R120", None, say("R120", **details), None, None, True, details))
        by_file = {reply.file: reply for reply in counted}
        numbers = {reply.file: reply.values for reply in counted if reply.unit is not None}
        for files in copies(self.form, numbers):
            if len({by_file[file].unit for file in files}) < 2:
                continue
            for file in files:
                others = "、".join(by_file[other].unit or other for other in files if other != file)
                by_file[file].issues.append(
                    Issue("R121", None, say("R121", others=others), None, None, True, {"others": others})
                )
        for file, issue in outliers(self.form, numbers):
            by_file[file].issues.append(issue)
        replies = [_judged(reply) for reply in read]
        had = {reply.unit for reply in replies if reply.unit}
        return Collection(
            form=self.form.id,
            replies=replies,
            totals=_totals(self.form, [reply for reply in counted if reply.unit is not None]),
            missing=[unit.name for unit in self.roster.units if unit.name not in had],
            duplicates=duplicates,
            counted=[reply.file for reply in counted if reply.unit is not None],
            roster=self.roster.units,
            form_spec=self.form,
        )


def _is_words(reply: ReadReply, field_id: str | None) -> bool:
    return any(issue.field == field_id and issue.code == "R102" for issue in reply.issues)


def _head_field(form: Form, kinds: Iterable[str], pattern: str) -> Field | None:
    """The heading field of a kind: the first outside tables, else the first of all."""
    fields = [one for one in form.fields if one.type in kinds and one.group is None]
    named = [one for one in fields if re.search(pattern, one.label)]
    reported = [one for one in named if re.search(r"填报|报送|上报|填表|申报|单位名称|单位$", one.label)]
    return next(iter([*reported, *named]), None)


def _judged(reply: ReadReply) -> Reply:
    status = "rejected" if reply.rejected else "doubtful" if any(issue.doubt for issue in reply.issues) else "accepted"
    return Reply(reply.file, reply.unit, reply.unit_from, status, reply.values, reply.issues, reply.filled_on)  # type: ignore[arg-type]


_MARKS = (
    (4, re.compile(r"最终|终稿|定稿|终版")),
    (3, re.compile(r"修改|修订|更正|更新|改(?!革)|新版|重报|补正")),
    (2, re.compile(r"[（(]\s*(\d+)\s*[)）]|[vV](\d+)|第(\d+)版|副本")),
)


def _mark(file: str) -> tuple[int, int]:
    """How late a file's name says it is: (kind of mark, its number)."""
    stem = re.sub(r"\.[A-Za-z]{2,5}$", "", re.split(r"[/\\]", file)[-1])
    best = (0, 0)
    for rank, pattern in _MARKS:
        match = pattern.search(stem)
        if match:
            number = next((int(group) for group in match.groups() if group), 0) if match.groups() else 0
            best = max(best, (rank, number))
    version = re.search(r"[（(]\s*(\d+)\s*[)）]", stem)
    return (best[0], max(best[1], int(version.group(1)) if version else 0))


def _duplicates(read: list[ReadReply]) -> tuple[list[Duplicate], list[ReadReply]]:
    """Several replies of a unit: the later 填报日期 counts, then the later mark in the name, then the later in order."""
    by_unit: dict[str, list[ReadReply]] = {}
    counted: list[ReadReply] = []
    for reply in read:
        if reply.rejected:
            continue
        if reply.unit is None:
            continue
        by_unit.setdefault(reply.unit, []).append(reply)
    duplicates: list[Duplicate] = []
    for unit, replies in by_unit.items():
        if len(replies) == 1:
            counted.append(replies[0])
            continue
        order = {id(reply): place for place, reply in enumerate(replies)}
        *_, second, best = sorted(replies, key=lambda one: (one.filled_on or "", _mark(one.file), order[id(one)]))
        others = [reply.file for reply in replies if reply is not best]
        duplicates.append(Duplicate(unit, best.file, others, _why(best, second)))
        counted.append(best)
    return duplicates, counted


def _why(best: ReadReply, second: ReadReply) -> str:
    """What decided between the reply that counts and the one that came closest to it."""
    if best.filled_on != second.filled_on:
        return say("R130" if second.filled_on else "R133", date=best.filled_on or "")
    return say("R131" if _mark(best.file) != _mark(second.file) else "R132")


def _totals(form: Form, counted: list[ReadReply]) -> dict[str, int | float]:
    """Sums of the fields that are summed, in the form's order; a field in a group is summed over its rows."""
    totals: dict[str, int | float] = {}
    for one in form.fields:
        if one.aggregate != "sum":
            continue
        total: int | float = 0
        for reply in counted:
            rows = reply.values.get(one.group) if one.group else None
            values = [row.get(one.id) for row in rows] if isinstance(rows, list) else [reply.values.get(one.id)]
            total += sum(value for value in values if isinstance(value, int | float))
        totals[one.id] = round(total, 6) if isinstance(total, float) else total
    return totals
