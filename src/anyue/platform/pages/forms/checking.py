"""The check-answers page: what was typed, in words, before it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from anyue.platform.pages.lists.cells import shown

from .fields import Text, unit_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One question and the answer in words. ``kind``: text, figure, zero or blank."""

    label: Text
    text: str
    kind: str
    unit: Text
    field: str


def answers_of(form: forms.BaseForm) -> list[Answer]:
    """Every visible field of a valid form with its answer; choices by their labels."""
    return [_answer(field, form.cleaned_data.get(field.name)) for field in form.visible_fields()]


def _answer(field: BoundField, value: Any) -> Answer:
    text, kind = shown(_words(field.field, value))
    text = text or gettext("not filled in")
    return Answer(field.label, text, kind, unit_of(field) if kind != "blank" else "", field.id_for_label)


def _words(field: forms.Field, value: Any) -> Any:
    if value in (None, "", []):
        return None
    if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        return "、".join(str(_words_of_one(field, one)) for one in value)
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    if isinstance(field, forms.ChoiceField):
        return _words_of_one(field, value)
    if isinstance(value, (bool, int, float, date, datetime)):
        return value
    return str(value)


def _words_of_one(field: Any, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return field.label_from_instance(value)
    for key, label in field.choices:
        pairs = label if isinstance(label, (list, tuple)) else [(key, label)]
        for inner, text in pairs:
            if str(inner) == str(value):
                return str(text)
    return str(value)
