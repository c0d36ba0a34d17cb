"""A compiled notice as a page for the person who reviews it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import UNSET

from gongwen.spec import LEVELS, Deadline, NoticeSpec

from .language import language, listed, text, translated
from .page import Block, Facts, Remarks, Table
from .sentences import retold
from .words import clipped, shown


def review(spec: NoticeSpec) -> Iterator[Block]:
    """The page."""
    yield Facts(
        [
            (text("review.title"), spec.title or text("review.none")),
            (text("review.doc_no"), spec.doc_no),
            (text("review.classification"), spec.classification),
            (text("review.issuer"), spec.issuer),
            (text("review.issued_on"), spec.issued_on),
            (text("review.addressees"), listed(spec.addressees)),
            (text("review.campaign"), _campaign(spec)),
            (text("review.theme"), spec.campaign.theme),
            (text("review.period"), _period(spec)),
            (text("review.key_dates"), listed([f"{day.date} {day.name}" for day in spec.key_dates])),
            (text("review.tasks"), _tasks(spec)),
        ]
    )
    heads = ("review.due", "review.who", "review.what", "review.to")
    yield Table(text("review.deadlines"), [text(head) for head in heads], [_deadline(item) for item in spec.deadlines])
    yield Table(
        text("review.forms"),
        [text(head) for head in ("review.form_id", "review.form_kind", "review.form_fields", "review.form_title")],
        [
            [form.id, translated(f"kind.{form.kind}") or "", str(len(form.fields)), form.title or form.attachment or ""]
            for form in spec.forms
        ],
        frozenset({2}),
    )
    yield Remarks(
        text("review.attachments"),
        [
            f"{attachment.label} {attachment.title or ''} {'' if attachment.present else text('review.absent')}"
            for attachment in spec.attachments
        ],
    )
    yield Remarks(
        text("review.references"),
        [
            " ".join(filter(None, (item.issuer, f"《{item.title}》" if item.title else None, item.doc_no)))
            for item in spec.references
        ],
    )
    yield Remarks(
        text("review.contacts"),
        [" ".join(filter(None, (contact.name, contact.phone, contact.email))) for contact in spec.contacts],
    )
    yield Remarks(
        text("review.warnings"),
        [f"{item.code} {shown(retold(item.code, item.message, item.details))}" for item in spec.warnings],
        grave=True,
    )


def _campaign(spec: NoticeSpec) -> str:
    campaign = spec.campaign
    edition = None if campaign.edition is None else text("review.edition", number=campaign.edition)
    return " ".join(filter(None, (campaign.name, str(campaign.year or ""), edition)))


def _period(spec: NoticeSpec) -> str | None:
    start, end = spec.campaign.start, spec.campaign.end
    return f"{start or '?'} – {end or '?'}" if start or end else None


def _tasks(spec: NoticeSpec) -> str | None:
    """How many, and how many concern each level; one task may concern several."""
    if not spec.tasks:
        return None
    counts = Counter(level for task in spec.tasks for level in task.levels or [""])
    known = [level for level in (*LEVELS, "") if counts[level]]
    return text(
        "review.by_level",
        count=len(spec.tasks),
        levels=listed([f"{text(f'level.{level}')} {counts[level]}" for level in known]),
    )


def _deadline(deadline: Deadline) -> list[str]:
    """``due`` for the eye; where there is no day, the words of the notice."""
    none = text("review.none")
    due = (deadline.due or "").replace("T", " ")
    if not due:
        due = deadline.relative if deadline.relative is not UNSET else _often(deadline.evidence.text)
    elif deadline.fuzzy is not UNSET:
        due = f"{deadline.fuzzy.earliest} – {deadline.fuzzy.latest}"
    joined = "、" if language() == "zh" else ", "
    return [
        due,
        joined.join(deadline.who) or none,
        joined.join(deadline.deliverables) or none,
        deadline.recipient or none,
    ]


def _often(words: str) -> str:
    """每周五16:00前, out of the sentence in which it stands."""
    found = re.search(r"每[^，。；]{1,20}?前", words)
    return found[0] if found else clipped(words, 30)
