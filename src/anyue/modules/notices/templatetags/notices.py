"""Words of the review page."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from gongwen.comparing import Change

from .. import rules
from ..forms import LEVEL_LABELS
from ..models import Item

register = template.Library()

KINDS = {
    "title": _("Title"),
    "doc_no": _("Document number"),
    "issuer": _("Issuing office"),
    "issued_on": _("Issued on"),
    "addressee": _("Addressee"),
    "campaign_name": _("Campaign"),
    "campaign_year": _("Year"),
    "campaign_edition": _("Edition"),
    "campaign_theme": _("Theme"),
    "campaign_start": _("Begins"),
    "campaign_end": _("Ends"),
    "key_date": _("Key day"),
    "deadline": _("Deadline"),
    "task": _("Task"),
    "contact": _("Contact"),
    "attachment": _("Attachment"),
    "reference": _("Notice from above"),
    "form": _("Report form"),
    "field": _("Blank to fill in"),
    "warning": _("Remark"),
}
SECTIONS = {
    "head": _("Head of the notice"),
    "campaign": _("Campaign"),
    "deadlines": _("Deadlines"),
    "tasks": _("Tasks"),
    "contacts": _("Contacts"),
    "forms": _("Forms and attachments"),
    "references": _("Notices from above"),
    "warnings": _("Remarks of the program"),
}


@register.simple_tag
def review_kind(kind: str) -> Any:
    """What an item of this kind is called."""
    return KINDS[kind]


@register.simple_tag
def review_section(code: str) -> Any:
    """What a section is called."""
    return SECTIONS[code]


@register.simple_tag
def review_shown(item: Item) -> str:
    """What the item says, in one line."""
    return rules.shown(item.kind, item.value)


@register.simple_tag
def review_proposed(item: Item) -> str:
    """What the program had read."""
    return rules.shown(item.kind, item.proposed)


@register.simple_tag
def review_levels(levels: list[str]) -> str:
    """Levels in words; none means everyone."""
    return "、".join(str(LEVEL_LABELS[level]) for level in rules.levels(levels)) or gettext("all levels")


@register.simple_tag
def review_moved(days: int) -> str:
    """How far a day moved from last year's."""
    if days > 0:
        return ngettext("%(days)s day later", "%(days)s days later", days) % {"days": days}
    return ngettext("%(days)s day earlier", "%(days)s days earlier", -days) % {"days": -days}


@register.inclusion_tag("notices/parts/compare_part.html")
def compare_part(kind: str, changes: tuple[Change, ...]) -> dict[str, Any]:
    """Changes of one kind: what is not the same in full, the rest folded away."""
    return {"title": KINDS[kind], "changes": changes, "same": [one for one in changes if one.state == "same"]}
