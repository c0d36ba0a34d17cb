"""Parts of pages as template tags; templates need no ``{% load %}`` for them. Every state of each: ``/components/``."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from ..dues import due_words
from ..statuses import Tone, look_of

register = template.Library()

_DUE_ICONS = {"late": "clock-exclamation", "soon": "clock", "done": "check"}


@register.simple_tag
def icon(name: str, label: str | Promise = "", css: str = "") -> SafeString:
    """``{% icon "bell" %}``: an icon of frontend/icons.txt. Silent for screen readers, unless it has a ``label``."""
    return _icon(str(name), str(label), css)


@lru_cache(maxsize=2048)
def _icon(name: str, label: str, css: str) -> SafeString:
    """Kept: a page has dozens of them, and what a picture looks like never changes while the program runs."""
    voice = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {} focusable="false"><use href="{}#{}"></use></svg>',
        css,
        voice,
        static("vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("pages/parts/status.html")
def status(code: str, label: str | Promise = "", tone: str = "") -> dict[str, Any]:
    """``{% status duty.state duty.get_state_display %}``: a word, an icon, a colour, the same for this code everywhere."""
    look = look_of(str(code))
    return {"label": label or look.label, "icon": look.icon, "tone": Tone(tone) if tone else look.tone}


@register.inclusion_tag("pages/parts/risk.html")
def risk(level: str, label: str | Promise = "") -> dict[str, Any]:
    """``{% risk "red" %}``: red, orange, yellow or blue, always with its word."""
    return {"level": level, "label": label}


@register.inclusion_tag("pages/parts/due.html")
def due(at: datetime | None, done_at: datetime | None = None) -> dict[str, Any]:
    """``{% due duty.due_at done_at=duty.done_at %}``: "6月20日（周五）18:00 · 还有 2 天 3 小时", and counts down."""
    if at is None:
        return {"due": None}
    found = due_words(at, done_at=done_at)
    return {
        "due": found,
        "iso": localtime(at).isoformat(),
        "icon": _DUE_ICONS.get(found.state),
        "counts": done_at is None,
    }


@register.inclusion_tag("pages/parts/empty.html")
def empty(
    title: str | Promise,
    text: str | Promise = "",
    icon: str = "inbox",
    href: str = "",
    action: str | Promise = "",
    tone: str = "",
) -> dict[str, Any]:
    """``{% empty _("No notices yet") text=… href=… action=_("Upload a notice") %}``: nothing is here, and what to do."""
    return {"title": title, "text": text, "icon": icon, "href": href, "action": action, "tone": tone}


@register.inclusion_tag("pages/parts/progress_bar.html")
def progress_bar(
    done: float | None, total: float | None = 100, label: str | Promise = "", tone: str = ""
) -> dict[str, Any]:
    """``{% progress_bar 12 30 label=_("Communities signed") %}``: how far; ``done`` None: it has begun and nobody knows how far."""
    percent = None if done is None or not total else max(0, min(100, round(100 * done / total)))
    return {"done": done, "total": total, "percent": percent, "label": label, "tone": tone}


@register.inclusion_tag("pages/parts/page_title.html")
def page_title(title: str | Promise, lead: str | Promise = "") -> dict[str, Any]:
    """``{% page_title notice.title lead=notice.doc_no %}``: the one h1 of a page. Stands in ``{% block heading %}``."""
    return {"title": title, "lead": lead}


@register.inclusion_tag("pages/parts/chart.html")
def chart(title: str | Promise, data: dict[str, Any]) -> dict[str, Any]:
    """``{% chart _("Communities that have signed, by street") data %}``: a chart and the table behind it.

    ``data``: ``kind`` (bar, line, stack), ``labels``, ``series`` (each with ``name`` and ``values``), ``unit``, and ``horizontal`` for
    bars with long names. Sort it before: a chart shows it as it is.
    """
    rows = [(label, [one["values"][number] for one in data["series"]]) for number, label in enumerate(data["labels"])]
    return {"title": title, "data": data, "rows": rows}
