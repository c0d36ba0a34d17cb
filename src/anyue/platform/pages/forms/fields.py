"""The base of our forms: the units of its figures and the sections of a long one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a long form: an id, a heading, the names of its fields."""

    key: str
    title: Text
    fields: tuple[str, ...]


class PageForm(forms.Form):
    """A form whose ``units`` stand beside the fields, and whose ``sections`` are listed with marks of what is done."""

    units: ClassVar[Mapping[str, Text]] = {}
    sections: ClassVar[tuple[Section, ...]] = ()


def unit_of(field: BoundField) -> Text:
    """The unit beside a field; empty for none."""
    units: Mapping[str, Text] = getattr(field.form, "units", {})
    return units.get(field.name, "")


def keeps_secrets(form: forms.BaseForm) -> bool:
    """It asks for a password, so nothing of it is ever kept as a draft."""
    return any(isinstance(field.widget, forms.PasswordInput) for field in form.fields.values())


def control_attributes(field: BoundField) -> dict[str, Any]:
    """The look of the control and what it tells a screen reader: its help and what is wrong."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    if is_set(field):
        return {}
    looks = {"checkbox": "form-check-input", "radio": "form-check-input", "select": "form-select", "hidden": ""}
    look = looks.get(kind, "form-control")
    if isinstance(widget, forms.CheckboxSelectMultiple):
        look = "form-check-input"
    wrong = " is-invalid" if field.errors else ""
    css = f"{widget.attrs.get('class', '')} {look}{wrong}".strip()
    attributes: dict[str, Any] = {"class": css} if css else {}
    told = [f"{field.auto_id}_unit"] * bool(unit_of(field)) + [f"{field.auto_id}_helptext"] * bool(field.help_text)
    told += [f"{field.auto_id}_error"] * bool(field.errors)
    if told and not is_group(field) and not is_set(field):
        attributes["aria-describedby"] = " ".join(told)
    return attributes


def is_group(field: BoundField) -> bool:
    """Several boxes or buttons under one legend."""
    return isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))


def is_set(field: BoundField) -> bool:
    """A widget of our own with several controls, each with a label of its own, under one legend."""
    return bool(field.field.widget.use_fieldset) and not is_group(field)


def is_box(field: BoundField) -> bool:
    """A single tick box: its label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its fields and whether it is done: what is required has an answer and nothing is wrong."""

    section: Section
    fields: list[BoundField]
    is_done: bool
    wrong: int


def parts_of(form: forms.BaseForm) -> list[Part]:
    """The sections of a form in order; what is in none of them stands in a last one without a heading."""
    sections: tuple[Section, ...] = getattr(form, "sections", ())
    named = {name for section in sections for name in section.fields}
    rest = tuple(field.name for field in form.visible_fields() if field.name not in named)
    found = [_part(form, section) for section in sections]
    return [*found, _part(form, Section("rest", "", rest))] if rest else found


def _part(form: forms.BaseForm, section: Section) -> Part:
    fields = [form[name] for name in section.fields if name in form.fields]
    wrong = sum(bool(field.errors) for field in fields)
    answered = all(field.value() not in (None, "", []) for field in fields if field.field.required)
    return Part(section, fields, bool(fields) and answered and not wrong, wrong)
