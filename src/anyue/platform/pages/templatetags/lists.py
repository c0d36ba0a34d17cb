"""Lists in templates; builtin, so nothing needs to be loaded."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from anyue.platform.pages.lists import ListPage, Select

register = template.Library()


@register.simple_tag(takes_context=True)
def list_table(context: Context, page: ListPage[Any]) -> SafeString:
    """``{% list_table list %}``: the list with its search, filters, views, table and pages."""
    return render_to_string("pages/list.html", {"list": page}, request=context["request"])


@register.inclusion_tag("pages/lists/tick.html")
def list_tick(select: Select[Any], row: Any) -> dict[str, Any]:
    """The tick box before a row."""
    return {"select": select, "value": select.value(row), "label": select.label(row)}
