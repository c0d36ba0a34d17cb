"""Everything that a person reviews in a compiled notice, as one flat list."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import UNSET, Struct

from ..lexicon.numerals import to_chinese
from ..model import Document
from ..spec import Attachment, Campaign, Contact, Deadline, Evidence, Field, Form, NoticeSpec, Reference, Warning_
from ..structure import close_up
from .finding import Finder
from .marking import PageSpan, spans_of

ItemKind = Literal[
    "title",
    "doc_no",
    "issuer",
    "issued_on",
    "addressee",
    "campaign_name",
    "campaign_year",
    "campaign_edition",
    "campaign_theme",
    "campaign_start",
    "campaign_end",
    "reference",
    "key_date",
    "deadline",
    "task",
    "contact",
    "attachment",
    "form",
    "field",
    "warning",
]

LABELS: dict[ItemKind, str] = {
    "title": "标题",
    "doc_no": "发文字号",
    "issuer": "发文机关",
    "issued_on": "成文日期",
    "addressee": "主送机关",
    "campaign_name": "活动名称",
    "campaign_year": "活动年度",
    "campaign_edition": "活动届次",
    "campaign_theme": "活动主题",
    "campaign_start": "活动开始",
    "campaign_end": "活动结束",
    "reference": "依据文件",
    "key_date": "重要日子",
    "deadline": "报送时限",
    "task": "任务",
    "contact": "联系人",
    "attachment": "附件",
    "form": "报表",
    "field": "填报项",
    "warning": "提示",
}
"""What each kind is called."""

_ABOUT: dict[str, frozenset[ItemKind]] = {
    "N204": frozenset({"campaign_start", "campaign_end"}),
    "N210": frozenset({"title"}),
    "N211": frozenset({"issued_on"}),
    "N212": frozenset({"deadline"}),
    "N213": frozenset({"deadline"}),
}
"""Warnings that doubt one thing alone, though others stand on the same words."""

_SINGLE = frozenset({"title", "issued_on", "campaign_start", "campaign_end"})
"""Of these there is one: a warning about it needs no place."""


class SpecItem(Struct, frozen=True):
    """One thing that a person accepts, mends or drops.

    ``key`` is the same as long as the words are the same, whatever moved around them (as ``Field.id`` is), so that what a
    person decided outlives a second compilation. ``label`` names the item, ``value`` is what was read, None where nothing was.
    ``pointer`` is its place in the JSON of the notice (RFC 6901). ``sure`` is false where the value is missing or vague or a
    warning touches its words: these come first in a review.
    """

    key: str
    kind: ItemKind
    label: str
    value: str | None
    evidence: Evidence | None
    sure: bool
    pointer: str = ""


def spec_items(spec: NoticeSpec, documents: Sequence[Document] = ()) -> list[SpecItem]:
    """All items of a notice in the order in which a person reads them: head, campaign, duties, forms, warnings.

    With the ``documents`` that it was compiled from, items whose address the notice does not hold (title, number, contacts …)
    are looked up in them; without, their evidence is None.
    """
    return _Listing(spec, Finder(documents)).items()


def item_spans(items: Iterable[SpecItem]) -> list[PageSpan]:
    """The spans of all items, for ``gongwen.outputs.html``."""
    return [span for item in items if item.evidence for span in spans_of(item.key, item.kind, item.evidence)]


class _Listing:
    def __init__(self, spec: NoticeSpec, finder: Finder) -> None:
        self.spec = spec
        self.find = finder
        self._seen: Counter[str] = Counter()
        self._doubts = [(one.code, _reach(one.evidence) if one.evidence else []) for one in spec.warnings]

    def items(self) -> list[SpecItem]:
        parts: tuple[Callable[[], Iterator[SpecItem]], ...] = (
            self._head,
            self._campaign,
            self._references,
            self._key_dates,
            self._deadlines,
            self._tasks,
            self._contacts,
            self._attachments,
            self._forms,
            self._warnings,
        )
        return [item for part in parts for item in part()]

    def _item(
        self,
        kind: ItemKind,
        pointer: str,
        value: str | None,
        evidence: Evidence | None,
        *,
        label: str | None = None,
        sure: bool = True,
        words: str | None = None,
        key: str | None = None,
    ) -> SpecItem:
        if key is None:
            key = f"{kind}-{_digest(words or value or '')}"
            self._seen[key] += 1
            key += f"-{self._seen[key]}" if self._seen[key] > 1 else ""
        sure = sure and value is not None and not self._doubted(kind, evidence)
        return SpecItem(key, kind, label or LABELS[kind], value, evidence, sure, pointer)

    def _doubted(self, kind: ItemKind, evidence: Evidence | None) -> bool:
        own = _reach(evidence) if evidence else []
        for code, reach in self._doubts:
            about = _ABOUT.get(code)
            if about is not None and kind not in about:
                continue
            if (about and kind in _SINGLE) or any(_touch(one, other) for one in own for other in reach):
                return True
        return False

    def _head(self) -> Iterator[SpecItem]:
        spec, find = self.spec, self.find
        issuers = (spec.issuer or "").split(";")
        yield self._item("title", "/title", spec.title, find.first(spec.title or ""))
        yield self._item("doc_no", "/doc_no", spec.doc_no, find.first(spec.doc_no or ""))
        yield self._item("issuer", "/issuer", spec.issuer, find.alone(spec.issuer or "", *issuers))
        yield self._item("issued_on", "/issued_on", spec.issued_on, find.alone(*_wordings(spec.issued_on)))
        for place, name in enumerate(spec.addressees):
            yield self._item("addressee", f"/addressees/{place}", name, find.first(name))

    def _campaign(self) -> Iterator[SpecItem]:
        campaign: Campaign = self.spec.campaign
        name, year, edition, theme = campaign.name, campaign.year, campaign.edition, campaign.theme
        find, at = self.find, "/campaign/"
        yield self._item("campaign_name", f"{at}name", name, find.first(f"“{name}”", name) if name else None)
        yield self._item("campaign_year", f"{at}year", _text(year), find.first(f"{year}年") if year else None)
        told = find.first(f"第{edition}个", f"第{to_chinese(edition)}个", f"第{edition}届") if edition else None
        yield self._item("campaign_edition", f"{at}edition", _text(edition), told)
        yield self._item("campaign_theme", f"{at}theme", theme, find.first(theme or ""))
        assumed = next((one.evidence for one in self.spec.warnings if one.code == "N204"), None)
        start, end = campaign.start, campaign.end
        told = assumed or find.first(*_wordings(start, whole=False))
        yield self._item("campaign_start", f"{at}start", start, told)
        told = assumed or find.first(*_closing(start, end), *_wordings(end, whole=False))
        yield self._item("campaign_end", f"{at}end", end, told)

    def _references(self) -> Iterator[SpecItem]:
        for place, one in enumerate(self.spec.references):
            yield self._item(
                "reference",
                f"/references/{place}",
                _cited(one),
                one.evidence,
                label=one.issuer,
                sure=bool(one.title or one.doc_no),
            )

    def _key_dates(self) -> Iterator[SpecItem]:
        for place, one in enumerate(self.spec.key_dates):
            words = f"{one.name}|{one.evidence.text}"
            yield self._item("key_date", f"/key_dates/{place}", one.date, one.evidence, label=one.name, words=words)

    def _deadlines(self) -> Iterator[SpecItem]:
        for place, one in enumerate(self.spec.deadlines):
            yield self._item(
                "deadline",
                f"/deadlines/{place}",
                _due(one),
                one.evidence,
                label="、".join(one.deliverables) or None,
                sure=one.fuzzy is UNSET and (one.due is not None or one.recurs is not UNSET),
                words=one.evidence.text,
            )

    def _tasks(self) -> Iterator[SpecItem]:
        for place, one in enumerate(self.spec.tasks):
            yield self._item("task", f"/tasks/{place}", one.text, one.evidence, label=one.section, key=one.id)

    def _contacts(self) -> Iterator[SpecItem]:
        for place, one in enumerate(self.spec.contacts):
            shown = self.find.first(*filter(None, (one.phone, one.email, one.name)))
            words = "|".join(part or "" for part in (one.name, one.phone, one.email))
            yield self._item("contact", f"/contacts/{place}", _contact(one), shown, label=one.name, words=words)

    def _attachments(self) -> Iterator[SpecItem]:
        for place, one in enumerate(self.spec.attachments):
            yield self._item(
                "attachment",
                f"/attachments/{place}",
                one.title,
                self.find.first(*_named(one)),
                label=one.label,
                sure=one.present,
                words=f"{one.label}|{one.title}",
            )

    def _forms(self) -> Iterator[SpecItem]:
        for place, form in enumerate(self.spec.forms):
            at = f"/forms/{place}"
            shown = self.find.last(form.title or "")
            yield self._item("form", at, form.title, shown, label=form.attachment, key=form.id)
            for number, field in enumerate(form.fields):
                yield self._field(f"{at}/fields/{number}", form, field)

    def _field(self, pointer: str, form: Form, field: Field) -> SpecItem:
        value = f"{field.type} {field.unit or ''}".strip()
        key = f"{form.id}-{field.id}"
        return self._item("field", pointer, value, field.evidence, label=field.label or None, key=key)

    def _warnings(self) -> Iterator[SpecItem]:
        for place, one in enumerate(self.spec.warnings):
            yield self._item(
                "warning",
                f"/warnings/{place}",
                one.message,
                one.evidence,
                label=one.code,
                sure=False,
                words=_warning_words(one),
            )


def _digest(words: str) -> str:
    return hashlib.sha256(close_up(words).encode("utf-8", "replace")).hexdigest()[:8]


def _reach(evidence: Evidence) -> list[PageSpan]:
    return spans_of("", "", evidence)


def _touch(one: PageSpan, other: PageSpan) -> bool:
    """Two spans share a character, or one without characters stands in or at the other."""
    if (one.source, one.address) != (other.source, other.address):
        return False
    low, high = max(one.start, other.start), min(one.end, other.end)
    return low < high or (low == high and (one.start == one.end or other.start == other.end))


def _wordings(day: str | None, *, whole: bool = True) -> list[str]:
    """How a day may be written in a notice; without ``whole`` also without its year."""
    if day is None:
        return []
    on = date.fromisoformat(day[:10])
    digits = str(on.year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    chinese = f"{to_chinese(on.month)}月{to_chinese(on.day)}日"
    plain = f"{on.month}月{on.day}日"
    short = [] if whole else [plain, chinese]
    circled = f"{digits.replace('〇', '○')}年{chinese}"
    return [f"{on.year}年{plain}", f"{on.year}年{on:%m}月{on:%d}日", f"{digits}年{chinese}", circled, *short, day[:10]]


def _closing(start: str | None, end: str | None) -> list[str]:
    """A period that names its month once: 6月1日至30日."""
    if start is None or end is None:
        return []
    first, last = date.fromisoformat(start[:10]), date.fromisoformat(end[:10])
    days = f"{first.month}月{first.day}日至"
    return [f"{days}{last.day}日", f"{days}{last.month}月{last.day}日"] if first.month == last.month else []


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _cited(one: Reference) -> str | None:
    title = f"《{one.title}》" if one.title else ""
    number = f"（{one.doc_no}）" if one.doc_no else ""
    return f"{title}{number}" or one.issuer


def _due(one: Deadline) -> str | None:
    """The day; else the rhythm, the words it hangs on, or the days it may mean."""
    if one.due is not None:
        return one.due
    if one.recurs is not UNSET:
        return one.recurs
    if one.relative is not UNSET:
        return one.relative
    return None if one.fuzzy is UNSET else f"{one.fuzzy.earliest}/{one.fuzzy.latest}"


def _contact(one: Contact) -> str | None:
    return " ".join(filter(None, (one.phone, one.email))) or one.name


def _named(one: Attachment) -> list[str]:
    return [words for words in (one.title, one.label) if words]


def _warning_words(one: Warning_) -> str:
    details = "|".join(f"{name}={value}" for name, value in sorted(one.details.items()))
    return f"{one.code}|{details}|{one.evidence.text if one.evidence else ''}"
