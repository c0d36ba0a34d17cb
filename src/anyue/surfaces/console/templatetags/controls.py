"""Dresses the fields of forms that are not ours (sign-in)."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def kind(bound: BoundField) -> str:
    """``check``, ``choice`` (several to choose from) or ``text``."""
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return "check"
    return "choice" if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "text"


@register.filter
def control(bound: BoundField) -> SafeString:
    """The input itself, in Bootstrap's dress, tied to its help and its errors."""
    css = {"check": "form-check-input", "choice": ""}.get(kind(bound), "form-control")
    about = [f"{bound.id_for_label}_error"] if bound.errors else []
    about += [f"{bound.id_for_label}_help"] if bound.help_text else []
    attrs: dict[str, str | bool] = {"class": f"{css} is-invalid" if bound.errors else css, "placeholder": ""}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if about:
        attrs["aria-describedby"] = " ".join(about)
    return bound.as_widget(attrs=attrs)
