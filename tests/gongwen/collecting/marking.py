"""Untidy replies collected and held against what their generator knows to be in them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from gongwen import LoadedNotice, collect, load
from gongwen.collection import Collection, Issue, Reply
from gongwen.spec import Field
from tests.support.untidy import Form, Planted, ReplyTruth, generate, missing_units, read_form, totals, write_roster

CODES = {
    "approximate": "R101",
    "words": "R102",
    "includes_subordinates": "R110",
    "attendance_without_session": "R111",
    "session_without_attendance": "R112",
    "outlier": "R115",
    "duplicate": "R120",
    "same_numbers": "R121",
    "unreadable": "R001",
    "wrong_form": "R002",
}
PART_OVER_WHOLE = "R113"
"""Nobody plants it: the generator draws 其中 and its whole apart, so that some parts come out larger."""


@dataclass
class Marked:
    """A collection beside the truth."""

    form: Form
    truths: list[ReplyTruth]
    absent: list[str]
    collection: Collection

    @cached_property
    def fields(self) -> dict[int, Field]:
        """The compiled field of every blank, in reading order; the generator reads the form with lines of its own."""
        assert self.collection.form_spec
        cells = [one for one in self.collection.form_spec.fields if one.evidence.row is not None]
        gaps = [one for one in cells if one.evidence.block == cells[0].evidence.block and one.type != "longtext"]
        return dict(zip(self.form.blanks, gaps, strict=True))

    @cached_property
    def pairs(self) -> list[tuple[ReplyTruth, Reply]]:
        """Each truth with its reply, matched by the file's name alone."""
        replies = {Path(reply.file).name: reply for reply in self.collection.replies}
        assert len(replies) == len(self.truths)
        return [(truth, replies[Path(truth.file).name]) for truth in self.truths]

    def wrong_units(self) -> list[str]:
        """Blanks whose measure word was read otherwise, those aside whose word the generator does not know."""
        return [
            f"{number} {field.label}: {field.unit} for {blank.unit}"
            for (number, blank), field in zip(self.form.blanks.items(), self.fields.values(), strict=True)
            if blank.unit is not None and field.unit != blank.unit
        ]

    def wrong_totals(self) -> list[str]:
        sums = totals(self.truths)
        return [
            f"{field.label}: {self.collection.totals[field.id]} for {sums.get(number, 0)}"
            for number, field in self.fields.items()
            if field.aggregate == "sum" and self.collection.totals[field.id] != sums.get(number, 0)
        ]

    def wrong_values(self) -> list[str]:
        return [
            f"{truth.file}: {self.fields[number].label} is {reply.values.get(self.fields[number].id)!r} for {value!r}"
            for truth, reply in self.pairs
            if truth.status != "rejected"
            for number, value in truth.values.items()
            if reply.values.get(self.fields[number].id) != value
        ]

    def wrong_rows(self) -> list[str]:
        """Lines of the repeating group that were lost, added or misread."""
        group = next(field.group for field in self.fields.values() if field.group)
        wrong = []
        for truth, reply in self.pairs:
            rows = [{self.fields[number].id: value for number, value in row.items()} for row in truth.rows]
            found = reply.values.get(group or "") or []
            if truth.status != "rejected" and found != rows:
                wrong.append(f"{truth.file}: {found} for {rows}")
        return wrong

    def wrong_standing(self) -> list[str]:
        """Replies with another unit or status, or counted otherwise."""
        counted = set(self.collection.counted)
        return [
            f"{truth.file}: {reply.unit} {reply.status} {reply.file in counted} for {truth}"
            for truth, reply in self.pairs
            if (reply.unit, reply.status, reply.file in counted)
            != (truth.unit, self._status(truth), truth.counted and truth.status != "rejected")
        ]

    def _status(self, truth: ReplyTruth) -> str:
        doubted = self._parts_over_wholes(truth) or self._lost_tables(truth)
        return "doubtful" if truth.status == "accepted" and doubted else truth.status

    def _lost_tables(self, truth: ReplyTruth) -> int:
        """How many more tables the form has than a reply: the generator writes its table of words alone."""
        whole = "whole_notice_returned" in truth.untidiness and truth.file.endswith(".docx")
        if truth.status == "rejected" or whole:
            return 0
        assert self.collection.form_spec
        cells = [one.evidence for one in self.collection.form_spec.fields if one.evidence.row is not None]
        return len({(one.source, one.block) for one in cells}) - 1

    def _parts_over_wholes(self, truth: ReplyTruth) -> int:
        """How many 其中 are larger than what they are a part of."""
        if truth.status == "rejected":
            return 0
        found = 0
        for number, blank in self.form.blanks.items():
            part, whole = truth.values.get(number), truth.values.get(number - 1)
            if re.search(r"(?:^|[，。；])其中[^，。；]*$", blank.before):
                found += isinstance(part, int) and isinstance(whole, int) and part > whole
        return found

    def missed(self) -> list[str]:
        """Planted faults that no issue reports with its field, its section and the words found."""
        return [
            f"{truth.file}: {fault} in {[(issue.code, issue.field, issue.section, issue.found) for issue in reply.issues]}"
            for truth, reply in self.pairs
            for fault in truth.faults
            if not any(self._reports(issue, fault) for issue in reply.issues)
        ]

    def _reports(self, issue: Issue, fault: Planted) -> bool:
        if issue.code != CODES[fault.kind]:
            return False
        if fault.blank is not None:
            pair = {self.fields[number].id for number in self._pair(fault.blank)}
            placed = issue.section is not None and issue.section in (fault.section or "")
            return issue.field in pair and placed and fault.found in (issue.found or "")
        if fault.kind == "includes_subordinates":
            words = "".join((issue.found or "").split())  # some type a blank into the middle of it
            return bool(words) and words in fault.found
        if fault.kind in ("unreadable", "wrong_form"):
            return True  # the file itself is the place, and there is nothing to quote
        return fault.found in issue.message

    def _pair(self, number: int) -> set[int]:
        """A blank and the one that its number is held against."""
        return {number, *(n for pair in self.form.pairs if number in pair for n in pair)}

    def invented(self) -> list[str]:
        """Issues beyond the faults that were planted."""
        wrong = []
        for truth, reply in self.pairs:
            known = Counter(CODES[fault.kind] for fault in truth.faults)
            known[PART_OVER_WHOLE] += self._parts_over_wholes(truth)
            known["R116"] += self._lost_tables(truth)
            more = Counter(issue.code for issue in reply.issues) - known
            if more:
                wrong.append(f"{truth.file}: {[(i.code, i.found, i.message) for i in reply.issues if i.code in more]}")
        return wrong


def marked(notice: Path, out: Path, count: int, seed: int) -> Marked:
    """``count`` untidy replies to the form of a notice, collected against a roster with three units more."""
    replies, roster = out / "回复", out / "单位名单.csv"
    replies.mkdir()
    truths = generate(notice, replies, count, seed)
    absent = missing_units(truths, 3)
    write_roster(roster, [*sorted({truth.unit for truth in truths}), *absent])
    loaded: LoadedNotice = load(notice)
    return Marked(read_form(notice), truths, absent, collect(loaded, [replies], roster))
