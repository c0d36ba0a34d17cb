"""Forms in templates; builtin, so nothing needs to be loaded. They draw any Django form, ours or allauth's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from anyue.kernel.clock import SHANGHAI, day_of, today
from anyue.platform.pages.forms.fields import (
    control_attributes,
    is_box,
    is_group,
    is_set,
    keeps_secrets,
    parts_of,
    unit_of,
)

from ..forms.drafts import Kept
from ..models import Draft

register = template.Library()


@register.filter
def typed_at(moment: datetime) -> str:
    """``{{ draft.saved_at|typed_at }}``: 10:32, with the day if that is not today."""
    here = moment.astimezone(SHANGHAI)
    return here.strftime("%H:%M" if day_of(moment) == today() else "%Y-%m-%d %H:%M")


@register.inclusion_tag("pages/forms/errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """``{% form_errors form %}``: on top of a refused form, how much is wrong, with a link to each field."""
    fields = [(field, error) for field in form for error in field.errors]
    others = list(form.non_field_errors())
    return {"fields": fields, "others": others, "count": len(fields) + len(others)}


@register.inclusion_tag("pages/forms/field.html")
def form_field(field: BoundField, unit: str = "") -> dict[str, Any]:
    """``{% form_field form.name %}``: label above, unit beside, help and what is wrong under."""
    control = field.as_widget(attrs=control_attributes(field))
    is_file = isinstance(field.field.widget, forms.FileInput)
    return {
        "field": field,
        "control": control,
        "unit": unit or unit_of(field),
        "is_group": is_group(field),
        "is_set": is_set(field),
        "is_box": is_box(field),
        "choose_again": is_file and field.form.is_bound and bool(field.form.errors),
    }


@register.inclusion_tag("pages/forms/fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """``{% form_fields form %}``: every field, by sections if the form has some."""
    return {"form": form, "parts": parts_of(form), "has_sections": bool(getattr(form, "sections", ()))}


@register.simple_tag
def draft_attributes(kept: Kept | str) -> SafeString:
    """``<form method="post" {% draft_attributes kept %}>``: what is typed is kept; nothing typed is lost by leaving."""
    return format_html(
        'data-draft-url="{}" data-draft-saving-text="{}" data-draft-saved-text="{}" data-draft-failed-text="{}"',
        reverse("pages:draft-keep", args=[kept if isinstance(kept, str) else kept.key]),
        gettext("Saving…"),
        gettext("Draft saved at %(time)s") % {"time": "%time"},
        gettext("The draft could not be saved; it is tried again."),
    )


@register.simple_tag
def draft_state() -> SafeString:
    """``{% draft_state %}`` beside the buttons: when the draft was kept."""
    return SafeString('<span class="ay-saved" data-draft-saved role="status"></span>')


@register.inclusion_tag("pages/forms/draft.html", takes_context=True)
def draft_offer(context: Context, kept: Kept | Draft | None) -> dict[str, Any]:
    """``{% draft_offer kept %}`` inside the form: a draft that was not sent is offered, and forgotten when the form goes through."""
    request = context["request"]
    query = request.GET.copy()
    query["restore"] = "1"
    draft, key = (kept.offered, kept.key) if isinstance(kept, Kept) else (kept, "")
    return {"draft": draft, "key": key, "query": query.urlencode(), "request": request}


@register.simple_tag(takes_context=True)
def form_whole(context: Context, form: forms.BaseForm) -> SafeString:
    """``{% form_whole form %}``: the form of a ``FormPage`` with draft, summary, fields and buttons."""
    given = {
        "form": form,
        "page": context["page"],
        "draft": context.get("draft"),
        "keeps_draft": bool(context["page"].draft) and not keeps_secrets(form),
        "is_multipart": form.is_multipart(),
    }
    return render_to_string("pages/forms/whole.html", given, request=context["request"])
