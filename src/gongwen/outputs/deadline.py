"""The deadline of a notice that a form hangs on, and how a message says it. Nothing here is invented: no date, no words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from ..spec import Deadline, Form, NoticeSpec
from .naming import official_day, one_line

_SIGNS = re.compile(r"[\W_]")
_KINDS = {
    "statistics": "统计表|汇总表|报表|月报|情况表|明细表|台账|报送表|登记表",
    "roster": "联络员|联系人|回执|名单|名册|人员|反馈表|报名表",
    "feedback": "反馈|回执|情况表|自查表|报告表",
    "narrative": "总结|经验|做法|材料|报告|小结|方案",
}


@dataclass(frozen=True, slots=True)
class Due:
    """Until when something is due; ``minute`` only where the notice says it."""

    day: date
    minute: time | None = None
    moves: bool = False

    def words(self, today: date | None) -> str:
        """6月20日（周五）前, 5月30日（周五）14:00前."""
        moment = f"{self.minute:%H:%M}" if self.minute is not None else ""
        return f"{official_day(self.day, today)}{moment}前{'（遇节假日顺延）' if self.moves else ''}"

    def distance(self, today: date | None) -> str:
        """How late it is or how long it still is, in days; empty where the day is not known."""
        if today is None:
            return ""
        days = (today - self.day).days
        if days > 0:
            return f"已逾期{days}天"
        return "今日截止" if days == 0 else f"距截止还有{-days}天"


def deadline_of(spec: NoticeSpec, form: Form | None, today: date | None = None) -> Deadline | None:
    """The deadline whose words name the form best; of several the next one, or the last where all are past."""
    scored = [(_score(one, form), one) for one in spec.deadlines]
    best = max((score for score, _ in scored), default=0)
    if best <= 0:
        return None
    fitting = [one for score, one in scored if score == best]
    dated = sorted((one for one in fitting if due_of(one) is not None), key=lambda one: one.due or "")
    if not dated:
        return fitting[0]
    if today is None:
        return dated[0]
    coming = [one for one in dated if (one.due or "")[:10] >= today.isoformat()]
    return coming[0] if coming else dated[-1]


def due_of(deadline: Deadline | None) -> Due | None:
    """The day of a deadline that has one."""
    if deadline is None or not deadline.due:
        return None
    try:
        day = date.fromisoformat(deadline.due[:10])
        minute = time.fromisoformat(deadline.due[11:16]) if len(deadline.due) >= 16 else None
    except ValueError:
        return None
    return Due(day, minute, deadline.moves == "next_working_day")


def _score(deadline: Deadline, form: Form | None) -> int:
    """How surely the words of a deadline mean the form: what is to be delivered counts most."""
    if form is None:
        return 0
    title = _plain(form.title or "")
    score = 0
    for deliverable in deadline.deliverables:
        words = _plain(deliverable)
        if len(words) >= 2 and title and (words in title or title in words):
            score = max(score, 8)
        elif _common(words, title) >= 4:
            score = max(score, 6)
        elif re.search(_KINDS.get(form.kind, "(?!)"), deliverable):
            score = max(score, 5)
    text = one_line(deadline.evidence.text)
    if form.attachment and re.search(rf"{re.escape(form.attachment)}(?!\d)", text):
        score += 3
    if title and title in _plain(text):
        score += 3
    elif re.search(_KINDS.get(form.kind, "(?!)"), text):
        score += 1
    return score


def _plain(text: str) -> str:
    return _SIGNS.sub("", text)


def _common(a: str, b: str) -> int:
    """The length of the longest words that both have."""
    best = 0
    for start in range(len(a)):
        while start + best < len(a) and a[start : start + best + 1] in b:
            best += 1
    return best
