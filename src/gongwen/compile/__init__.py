"""A notice as read to a ``NoticeSpec``: header, dates, deadlines, tasks, forms, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ..errors import Unreadable
from ..lexicon.numerals import half_width
from ..messages import say
from ..model import Document
from ..spec import Attachment, NoticeSpec, SourceSpec, Warning_
from ..structure import (
    ATTACHMENT,
    Grid,
    Line,
    Part,
    clean_title,
    items_of,
    label_text,
    listed_attachments,
    mend,
    parts_of,
)
from .campaign import read_campaign
from .contacts import read_contacts
from .deadlines import read_deadlines
from .forms import read_forms
from .header import read_header
from .key_dates import read_key_dates
from .outline import read_outline
from .reading import Reading
from .references import read_references
from .secrecy import mark_of_secrecy
from .tasks import read_tasks

__all__ = ["compile_documents", "mark_of_secrecy"]


def compile_documents(documents: Sequence[Document], refused: Sequence[Unreadable] = ()) -> NoticeSpec:
    """Compile what was read. The document with a body is the notice, the others are its attachments.

    ``refused`` are files of the same folder that could not be read; each becomes a warning.
    """
    reading = _assemble(documents)
    for one in refused:
        reading.warn("N207", None, file=one.file, reason=one.reason)
    for document in documents:
        for warning in document.warnings:
            reading.warnings.append(
                Warning_(
                    warning.code,
                    f"{document.name}：{say(warning.code, **warning.details)}"
                    if len(documents) > 1
                    else say(warning.code, **warning.details),
                    None,
                    dict(warning.details),
                )
            )
    header = read_header(reading)
    campaign = read_campaign(reading, header.title)
    deadlines = read_deadlines(reading)
    attachments = _attachments(reading)
    forms = read_forms(reading)
    spec = NoticeSpec(
        source=[SourceSpec(document.name, document.format, document.sha256, document.reader) for document in documents],
        classification=header.classification,
        title=header.title,
        doc_no=header.doc_no,
        issuer=header.issuer,
        issued_on=header.issued_on.isoformat() if header.issued_on else None,
        addressees=header.addressees or [],
        campaign=campaign,
        key_dates=read_key_dates(reading),
        references=read_references(reading),
        outline=read_outline(reading),
        deadlines=deadlines,
        contacts=read_contacts(reading),
        attachments=attachments,
        tasks=read_tasks(reading),
        forms=forms,
        warnings=reading.warnings,
    )
    _doubts(reading, spec)
    return spec


def _assemble(documents: Sequence[Document]) -> Reading:
    """All parts of all files: the notice's body first, then attachments in the order of their labels' files."""
    read: list[tuple[int, list[Part]]] = []
    reading = Reading(list(documents), [])
    for number, document in enumerate(documents):
        items, mends = mend(items_of(document, number))
        for one in mends:
            reading.warn(one.code, one.line.whole(), text=one.text)
        read.append((number, parts_of(items, number)))
    main = max(read, key=lambda pair: (_notice_like(pair[1][0]), -pair[0]))[0] if read else 0
    parts = list(read[main][1]) if read else [Part(None)]
    listed = listed_attachments(list(parts[0].lines()))
    for number, own in read:
        if number == main:
            continue
        parts.extend(_attached(own, documents[number], listed))
    reading.parts = parts
    return reading


def _notice_like(body: Part) -> int:
    """How much a part looks like a notice's body."""
    text = "\n".join(line.text for line in body.lines())
    score = min(len(text), 4000) // 100
    score += 40 if re.search(r"(?:通知|函|方案|意见|通报|公告)\s*$", text[:400], re.MULTILINE) else 0
    score += 30 if re.search(r"^\s*(?:各|县|市|区)[^。\n]{2,120}[:：]\s*$", text[:800], re.MULTILINE) else 0
    score += 20 if re.search("通知如下|如下[:：。]", text) else 0
    return score


def _attached(parts: list[Part], document: Document, listed: list[tuple[str, tuple[str, Line]]]) -> list[Part]:
    """The parts of a file that is an attachment: labelled by itself, by its name, or by the title it bears."""
    own = parts[1:]
    body = parts[0]
    if any(isinstance(item, Grid) or item.text.strip() for item in body.items):
        name = re.sub(r"^.*[/\\]", "", document.name)
        match = ATTACHMENT.match(name)
        label = label_text(match) if match else None
        title = clean_title(re.sub(r"\.\w{2,5}$", "", match.group("rest") if match else name))
        first = next((line for line in body.lines() if line.text.strip()), None)
        shown = (
            clean_title(first.text)
            if first is not None and 4 <= len(first.text.strip()) <= 40 and not re.search("[：:。]", first.text)
            else None
        )
        if label is None or all(label != known for known, _ in listed):
            best = max(
                listed,
                key=lambda entry: max(_alike(entry[1][0], title), _alike(entry[1][0], shown or "")),
                default=None,
            )
            if best is not None and max(_alike(best[1][0], title), _alike(best[1][0], shown or "")) >= 0.6:
                label = best[0]
        if shown is not None and first is not None:
            body.items = [item for item in body.items if item is not first]
            body.title_lines.append(first)
        body.label = label
        body.title = shown or title or None
        own = [body, *own]
    return own


def _alike(a: str, b: str) -> float:
    a, b = (re.sub(r"[\W_]|20\d\d年?", "", half_width(text)) for text in (a, b))
    if not a or not b:
        return 0.0
    return 1.0 if a in b or b in a else SequenceMatcher(None, a, b).ratio()


def _attachments(reading: Reading) -> list[Attachment]:
    """Those that the notice lists and those that are there, each once."""
    listed = listed_attachments(list(reading.body.lines()))
    found: list[Attachment] = []
    used: set[int] = set()
    for label, (title, _) in listed:
        match = None
        for place, part in enumerate(reading.parts[1:]):
            if place not in used and (
                _number(part.label) == _number(label) or (part.title and _alike(part.title, title) >= 0.8)
            ):
                match = place
                break
        if match is not None:
            used.add(match)
            part = reading.parts[1:][match]
            part.label = label
            if part.title is None:
                part.title = title
        found.append(Attachment(label, title, match is not None))
    for place, part in enumerate(reading.parts[1:]):
        if place in used:
            continue
        if (
            part.label is None
            and not listed
            and reading.body.items
            and not any(isinstance(item, Line) and item.text.strip() for item in reading.body.items)
        ):
            continue
        found.append(Attachment(part.label or "附件", part.title, True))
    for attachment in found:
        if not attachment.present:
            reading.warn("N206", None, label=attachment.label, title=attachment.title or "")
    return found


def _number(label: str | None) -> str:
    match = re.search(r"(\d+(?:-\d+)?)$", label or "")
    return match.group(1) if match else ("1" if label else "?")


def _doubts(reading: Reading, spec: NoticeSpec) -> None:
    """What the person who reviews should look at first."""
    body = any(isinstance(item, Line) and len(item.text) > 60 for item in reading.body.items)
    if body and spec.title is None:
        reading.warn("N210")
    if body and spec.issued_on is None:
        reading.warn("N211", None, year=str(reading.year) if reading.year else "未知")
    for deadline in spec.deadlines:
        if not deadline.deliverables:
            reading.warn("N212", deadline.evidence, words=deadline.evidence.text[:30])
        if not deadline.who:
            reading.warn("N213", deadline.evidence, words=deadline.evidence.text[:30])
