"""How indicators, files and days are called: short enough for a head, full enough to be understood alone."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from ..spec import Field, Form, NoticeSpec

HEAD_LENGTH = 40
"""Characters of an indicator in a column's head; the whole of it stands in the cell's comment."""
FILE_LENGTH = 50
"""Characters of a file name without what is common to all; a path on an office PC ends at 260."""

_QUOTES = re.compile(r"[“”‘’\"'《》〈〉「」『』]")
_FORBIDDEN = re.compile(r"[\\/:*?<>|\x00-\x1f\x7f]")
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_AREA = re.compile(
    r"^(?:20\d\d年)?([\u4e00-\u9fff]{2,12}?(?:开发区|新区|高新区|管委会|街道|自治州|自治县|[区县市镇乡旗州省]))"
)
_NO_AREA = re.compile(r"^(?:全|各|本|我|辖|社|园|小|校|片|关于|开展)|开展|关于|组织|做好|印发|转发|通知|活动|单位|部门")
_WHOLE = "习近平"
"""A name with its office and its words is never cut."""
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Label:
    """What an indicator is called: ``section`` of the form, ``full`` within it, ``head`` for a narrow column."""

    section: str
    full: str
    head: str

    def alone(self) -> str:
        """The name with its section, for a sentence that stands alone."""
        return place_of(self.section if self.section != self.full else "", self.full)


def place_of(section: str, label: str) -> str:
    """Where in the form: “栏目”栏“指标”, or what there is of it."""
    return (f"{quoted(section)}栏" if section else "") + (quoted(label) if label else "")


def quoted(text: str) -> str:
    """Text in quotes; quotes within become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def labels(form: Form | None) -> dict[str, Label]:
    """The name of every field by its id; that of a group, too."""
    if form is None:
        return {}
    bare = {field.id: _bare(field) for field in form.fields}
    often = Counter(bare.values())
    found: dict[str, Label] = {}
    for field in form.fields:
        own = bare[field.id]
        full = own
        subject = one_line(field.subject or "")
        is_said = subject in own or own in subject or subject == one_line(field.section or "")
        if subject and not is_said and (often[own] > 1 or len(own) < 4):
            full = f"{subject}：{own}"
        head = full if len(full) <= HEAD_LENGTH else _shortened(subject, own) if full != own else _middle(own)
        found[field.id] = Label(one_line(field.section or ""), full, head)
    for group in dict.fromkeys(field.group for field in form.fields if field.group):
        section = next((field.section for field in form.fields if field.group == group and field.section), None)
        found.setdefault(group, Label(one_line(section or ""), one_line(section or "") or "逐行填写部分", "逐行填写"))
    return found


def _bare(field: Field) -> str:
    """The field's own words, without the row heading that its section already says."""
    label = one_line(field.label) or one_line(field.subject or "") or "（无名称）"
    if field.section and label.startswith(f"{field.section}/"):
        return label[len(field.section) + 1 :] or label
    return label


def _shortened(subject: str, own: str) -> str:
    if _WHOLE in subject:
        return f"{subject}：{own}"
    return f"{subject[:14]}…：{_middle(own)}" if len(subject) > 15 else f"{subject}：{_middle(own)}"


def _middle(text: str) -> str:
    """A long text without its middle."""
    if len(text) <= HEAD_LENGTH or _WHOLE in text:
        return text
    return f"{text[: HEAD_LENGTH - 13]}…{text[-12:]}"


def one_line(text: str) -> str:
    """Text as one line, without the blanks of a layout between Chinese characters."""
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def width_of(text: str) -> int:
    """The width in half-width characters of the widest line."""
    return max(sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n"))


# --- days


def today_here() -> date:
    """The day in Shanghai."""
    return datetime.now(timezone(timedelta(hours=8))).date()


def official_day(day: date, today: date | None = None) -> str:
    """6月20日（周五）; with the year where it is not this one."""
    year = f"{day.year}年" if today is not None and today.year != day.year else ""
    return f"{year}{day.month}月{day.day}日（周{_WEEKDAYS[day.weekday()]}）"


def whole_day(day: date) -> str:
    """2025年6月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


# --- files


def area_of(spec: NoticeSpec, form: Form | None) -> str:
    """The area that the notice is about, by its issuer or its titles; empty where none of them says it."""
    titles: Iterable[str | None] = (
        spec.issuer,
        form.title if form else None,
        spec.title,
        *(attachment.title for attachment in spec.attachments),
    )
    for title in titles:
        found = _AREA.match(_QUOTES.sub("", one_line(title or "")))
        if found and not _NO_AREA.search(found[1]):
            return found[1]
    return ""


def stem_of(form: Form | None, spec: NoticeSpec) -> str:
    """What the form is called in a file name: its title without quotes, year and area."""
    title = _QUOTES.sub("", one_line((form.title if form else None) or spec.campaign.name or "统计表"))
    area = area_of(spec, form)
    title = re.sub(r"^20\d\d年(?:度)?", "", title)
    title = title.removeprefix(area) if area else title
    title = re.sub(r"^20\d\d年(?:度)?", "", title)
    return title or "统计表"


def file_name(*parts: str, extension: str) -> str:
    """The parts with 下划线 between them, without what a file system or an old office PC refuses."""
    kept = [_FORBIDDEN.sub("", _QUOTES.sub("", one_line(part))).strip(" .") for part in parts]
    kept = [_fits(part) for part in kept if part]
    name = "_".join(kept) or "汇总"
    return f"{'_' if _DEVICES.match(name) else ''}{name}{extension}"


def _fits(text: str) -> str:
    return text if len(text) <= FILE_LENGTH else text[: FILE_LENGTH - 1].rstrip() + "…"
