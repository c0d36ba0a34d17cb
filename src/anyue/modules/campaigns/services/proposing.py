"""The tasks and requirements that a decided notice proposes. Only the drafting services call this."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from anyue.kernel import clock
from anyue.platform.messaging.working_days import is_working_day

from ..models import Campaign, Requirement, Task
from ..rules import deadlines

_LIAISON = re.compile(r"联络员|联系人(?:名单|信息|反馈|回执)")


def requirements_from(campaign: Campaign, spec: dict[str, Any]) -> None:
    """The receipt, and what each deadline of the notice asks to be handed in; a repeating one once for each of its days."""
    found = [Requirement(kind=Requirement.Kind.RECEIPT, title="签收", who=list(campaign.addressed))]
    for deadline in spec["deadlines"]:
        for title in deadline.get("deliverables") or []:
            found += _handed_in(campaign, deadline, title, spec["forms"])
    found += _forms_without_deadline(found, spec["forms"], campaign)
    liaison = [one for one in found if one.kind == Requirement.Kind.LIAISON]
    for extra in liaison[1:]:  # one officer a unit: a second deadline for her is one more thing to hand in
        extra.kind = Requirement.Kind.RETURN
    for number, one in enumerate(found, 1):
        one.campaign, one.number = campaign, number
    Requirement.objects.bulk_create(found)


def _handed_in(
    campaign: Campaign, deadline: dict[str, Any], title: str, forms: list[dict[str, Any]]
) -> list[Requirement]:
    form = _form_of(title, forms)
    about = {
        "kind": Requirement.Kind.LIAISON if _LIAISON.search(title) else Requirement.Kind.RETURN,
        "who": list(deadline.get("who") or []) or list(campaign.addressed),
        "recipient": (deadline.get("recipient") or "")[:120],
        "form": (form or {}).get("id", ""),
        "item_key": deadline.get("item") or "",
        "evidence": deadline.get("evidence"),
    }
    if not deadline.get("recurs"):
        return [Requirement(title=title[:200], due_at=due_of(deadline.get("due")), **about)]
    days = deadlines.occurrences(
        deadline["recurs"],
        first=campaign.starts_on,
        last=campaign.ends_on,
        is_working=is_working_day,
        moves=deadline.get("moves") == "next_working_day",
    )
    if not days:
        return [Requirement(title=title[:200], **about)]
    return [Requirement(title=f"{title[:180]}（第{day.number}次）", due_at=day.due_at, **about) for day in days]


def _forms_without_deadline(
    found: list[Requirement], forms: list[dict[str, Any]], campaign: Campaign
) -> list[Requirement]:
    """Forms that no deadline named: asked for all the same, with the time left for a person to enter."""
    used = {one.form for one in found}
    has_liaison = any(one.kind == Requirement.Kind.LIAISON for one in found)
    extra = []
    for form in forms:
        title = form.get("title") or form.get("attachment") or ""
        is_liaison = bool(_LIAISON.search(title))
        if form["id"] in used or not title or form.get("kind") == "narrative":
            continue
        if is_liaison and has_liaison:
            next(one for one in found if one.kind == Requirement.Kind.LIAISON).form = form["id"]
            continue
        kind = Requirement.Kind.LIAISON if is_liaison else Requirement.Kind.RETURN
        extra.append(
            Requirement(
                kind=kind,
                title=title[:200],
                who=list(campaign.addressed),
                form=form["id"],
                item_key=form.get("item") or "",
            )
        )
    return extra


def _form_of(title: str, forms: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The form whose title ends with these words, or that is the attachment they name; only where it is one alone."""
    bare = re.sub(r"[（(]?(?:见?附[件表]\s*\d*)[)）]?|[《》“”\"\s]", "", title)
    label = re.search(r"附[件表]\s*\d*", title)
    fits = [
        form
        for form in forms
        if (bare and re.sub(r"[《》“”\"\s]", "", form.get("title") or "").endswith(bare))
        or (label and form.get("attachment") and re.sub(r"\s", "", label[0]) == re.sub(r"\s", "", form["attachment"]))
    ]
    return fits[0] if len(fits) == 1 else None


def tasks_from(campaign: Campaign, spec: dict[str, Any]) -> None:
    """Every task of the notice. Without a time of its own it is due at the end of the campaign, unless it goes on."""
    requirements = list(campaign.requirements.exclude(evidence=None))
    rows = []
    for number, task in enumerate(spec["tasks"], 1):
        heads = [head for head in task.get("heads") or [] if head]
        section = task.get("section") or (heads[0] if heads else "")
        due = due_of(task.get("due"))
        goes_on = (due is None and deadlines.outlives(task["text"])) or (
            due is not None and due > clock.end_of(campaign.ends_on)
        )
        rows.append(
            Task(
                campaign=campaign,
                number=number,
                item_key=task.get("item") or "",
                evidence=task.get("evidence"),
                section=section[:200],
                heading=(heads[-1] if heads and heads[-1] != section else "")[:200],
                text=task["text"],
                levels=list(task.get("levels") or []),
                responsible=list(task.get("responsible") or []),
                due_at=due or (None if goes_on else clock.end_of(campaign.ends_on)),
                continues=goes_on,
                covered_by=_asked_by(task.get("evidence"), requirements),
            )
        )
    Task.objects.bulk_create(rows)


def _asked_by(evidence: dict[str, Any] | None, requirements: list[Requirement]) -> Requirement | None:
    """The requirement that the same words of the notice ask for."""
    if not evidence:
        return None
    place = [evidence.get(name) for name in ("source", "block", "row", "column", "nested")]
    for one in requirements:
        other = one.evidence or {}
        same = place == [other.get(name) for name in ("source", "block", "row", "column", "nested")]
        if same and evidence["start"] < other["end"] and other["start"] < evidence["end"]:
            return one
    return None


def due_of(written: Any) -> datetime | None:
    """A deadline of the notice as the first instant that is too late; None where there is none."""
    try:
        return clock.due_instant(str(written)) if written else None
    except ValueError:
        return None


def day_of(written: Any) -> date | None:
    """A day of the notice."""
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None
