"""How notices say things: the notice they rest on, by when, from when to when, who speaks. Plain official Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from ..structure import label_of
from .wording import document_number

Due = date | datetime | str | None
"""By when: a day (to its end), an instant, or words such as 每周五16时 or 活动结束后5个工作日内.

An instant with a zone is written as it is in China; midnight is the end of the day before.
"""

_CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Parent:
    """The notice that this one passes on or carries out. ``issuer`` is left out where the title already begins with it."""

    title: str
    doc_no: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask. A blank name is left out, and nothing is printed where all is blank."""

    name: str = ""
    phone: str = ""
    email: str = ""


def book_title(title: str) -> str:
    """The title in 《》; titles inside it in 〈〉."""
    text = re.sub(r"\s*\n\s*", "", title).strip()
    if text.startswith("《") and text.find("》") == len(text) - 1:
        text = text[1:-1]
    return f"《{text.replace('《', '〈').replace('》', '〉')}》"


def cited(parent: Parent) -> str:
    """市安委办《关于开展…的通知》（沧安办〔2026〕5号）."""
    title = book_title(parent.title)
    issuer = "" if title.startswith(f"《{parent.issuer}") else parent.issuer
    number = f"（{document_number(parent.doc_no)}）" if parent.doc_no.strip() else ""
    return f"{issuer}{title}{number}"


def all_cited(parents: Iterable[Parent]) -> str:
    """Several of them in one sentence."""
    return listed([cited(one) for one in parents])


def listed(names: Sequence[str]) -> str:
    """甲、乙和丙."""
    return names[0] if len(names) == 1 else f"{'、'.join(names[:-1])}和{names[-1]}" if names else ""


def until(due: Due, year: int) -> str:
    """6月20日前, 6月20日17时前, 每周五16时前; the year where it is another one; nothing where no day is known."""
    if due is None:
        return ""
    if isinstance(due, str):
        words = due.strip()
        return words if not words or re.search(r"[前内后底止]$", words) else f"{words}前"
    time = ""
    if isinstance(due, datetime):
        due = due.astimezone(_CHINA) if due.tzinfo else due
        time = f"{due.hour}时" + (f"{due.minute}分" if due.minute else "")
        if (due.hour, due.minute) == (0, 0):
            due, time = due - timedelta(days=1), ""
    day = f"{due.month}月{due.day}日"
    day = day if due.year == year else f"{due.year}年{day}"
    return f"{day}{time}前"


def period(first: date, last: date) -> str:
    """2026年6月1日至30日; the month and the year again where they change."""
    start = f"{first.year}年{first.month}月{first.day}日"
    if first == last:
        return start
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月"
    return f"{start}至{year}{month}{last.day}日"


def quoted(words: str) -> str:
    """The words in “”, quotes inside them in ‘’."""
    text = words.strip().rstrip("。")
    if text.startswith("“") and text.find("”") == len(text) - 1:
        text = text[1:-1]
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


_SELVES = (
    ("居民委员会", "居委会"),
    ("村民委员会", "村委会"),
    ("办公室", "我办"),
    ("安委办", "我办"),
    ("专班", "专班"),
    ("委员会", "我委"),
    ("局", "我局"),
    ("厅", "我厅"),
    ("公司", "公司"),
    ("中心", "中心"),
)


def ourselves(issuer: str) -> str:
    """How the issuer calls itself: 我办, 我局, 我委; 本单位 where there is no such word."""
    name = issuer.strip()
    if re.search(r"街道办事处$|街道$", name):
        return "街道办事处"
    return next((self for end, self in _SELVES if name.endswith(end)), "本单位")


def without_label(text: str) -> str:
    """The text without an outline label of its own (一、（二）3.): the document counts anew."""
    label = label_of(text)
    return text[label[2] :].strip() if label else text.strip()


def contact_lines(contact: Contact | None) -> list[str]:
    """联系人：…，联系电话：… and, in a line of its own, 电子邮箱：…"""
    if contact is None:
        return []
    person = (("联系人", contact.name), ("联系电话", contact.phone))
    mail = (("电子邮箱", contact.email),)
    lines = (
        "，".join(f"{label}：{value.strip()}" for label, value in line if value.strip()) for line in (person, mail)
    )
    return [line for line in lines if line]
