"""Forms of the notice pages: what comes in, and a form for the value of each kind of item."""

from __future__ import annotations

from typing import Any, get_args

from django import forms
from django.utils.translation import gettext_lazy as _

from anyue.modules.orgs.models import Kind
from gongwen.spec import LEVELS, Aggregate, FieldType, FormKind

from . import rules

LEVEL_LABELS = {level: Kind(level).label for level in LEVELS if level in Kind.values} | {"household": _("Household")}
FORM_KINDS = {
    "statistics": _("Statistics form"),
    "roster": _("Roster"),
    "feedback": _("Reply slip"),
    "narrative": _("Narrative"),
}
FIELD_TYPES = {
    "integer": _("Whole number"),
    "decimal": _("A number"),
    "text": _("Short text"),
    "longtext": _("Long text"),
    "date": _("Day"),
    "datetime": _("Day and time"),
    "phone": _("Telephone"),
    "email": _("E-mail"),
    "person": _("Name of a person"),
    "unit": _("Organisation"),
    "choice": _("Choice"),
}
AGGREGATES = {
    "sum": _("added up"),
    "list": _("listed"),
    "latest": _("the latest"),
    "derived": _("worked out"),
    "none": _("not summed up"),
}


def _choices(labels: dict[str, Any], known: Any) -> list[tuple[str, Any]]:
    return [(code, labels[code]) for code in get_args(known)]


class Lines(forms.CharField):
    """Several names, one a line; commas of either width part them too."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The names, none twice."""
        text = super().clean(value) or ""
        for mark in "、,，；;":
            text = text.replace(mark, "\n")
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class ValueForm(forms.Form):
    """A form for the value of one item. ``value`` is that value with what the form changes."""

    def __init__(self, *args: Any, current: Any = None, **kwargs: Any) -> None:
        self.current = current
        kwargs.setdefault("initial", self.read(current))
        super().__init__(*args, **kwargs)

    def read(self, value: Any) -> dict[str, Any]:
        """What the fields show at first."""
        return dict(value) if isinstance(value, dict) else {}

    def value(self) -> Any:
        """What they say now, in the shape of the contract; an empty field is None."""
        filled = {name: found if found != "" else None for name, found in self.cleaned_data.items()}
        return {**(self.current if isinstance(self.current, dict) else {}), **filled}


class PlainForm(ValueForm):
    """One value alone."""

    def read(self, value: Any) -> dict[str, Any]:
        """The value itself."""
        return {"value": value}

    def value(self) -> Any:
        """The value as the contract has it: days as ISO text."""
        found = self.cleaned_data["value"]
        return found.isoformat() if hasattr(found, "isoformat") else found


class TextForm(PlainForm):
    """Words."""

    value_field = forms.CharField(label=_("Text"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DayForm(PlainForm):
    """A day."""

    value_field = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))


class NumberForm(PlainForm):
    """A number."""

    value_field = forms.IntegerField(label=_("A number"), min_value=1, max_value=9999)


for plain in (TextForm, DayForm, NumberForm):
    plain.base_fields["value"] = plain.base_fields.pop("value_field")


class KeyDateForm(ValueForm):
    """A named day."""

    date = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(label=_("Name"), max_length=120)

    def value(self) -> Any:
        """The day as ISO text."""
        return {**super().value(), "date": self.cleaned_data["date"].isoformat()}


class DeadlineForm(ValueForm):
    """Who owes what to whom by when. A day without a time ends at 24:00."""

    day = forms.DateField(label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(
        label=_("Time"),
        required=False,
        help_text=_("Without a time: until the end of the day."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    who = Lines(
        label=_("Who hands it in"), required=False, help_text=_("One a line, as the notice has it: 各社区, 各成员单位.")
    )
    deliverables = Lines(label=_("What is handed in"), required=False, help_text=_("One a line."))
    recipient = forms.CharField(label=_("To whom"), required=False, max_length=120)

    def read(self, value: Any) -> dict[str, Any]:
        """Day and time apart."""
        due = (value or {}).get("due") or ""
        return {**(value or {}), "day": due[:10], "time": due[11:16]}

    def clean(self) -> dict[str, Any] | None:
        """A time needs its day; without a day the notice's own words for it must be there."""
        data = super().clean() or {}
        if data.get("time") and not data.get("day"):
            self.add_error("day", _("Give the day as well."))
        known = self.current if isinstance(self.current, dict) else {}
        if not data.get("day") and not any(known.get(key) for key in ("recurs", "relative")):
            self.add_error("day", _("Give the day; an item without one can be dropped instead."))
        return data

    def value(self) -> Any:
        """As the contract has it; a day that a person gave is no longer vague."""
        found = super().value()
        day, time = found.pop("day"), found.pop("time")
        found["due"] = day and (f"{day.isoformat()}T{time:%H:%M}" if time else day.isoformat())
        if found["due"]:
            for vague in ("fuzzy", "relative"):
                found.pop(vague, None)
        return found


class TaskForm(ValueForm):
    """One thing to be done."""

    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 4}))
    section = forms.CharField(label=_("Section"), required=False, max_length=200)
    levels = forms.MultipleChoiceField(
        label=_("Levels"),
        required=False,
        choices=[(level, LEVEL_LABELS[level]) for level in LEVELS],
        widget=forms.CheckboxSelectMultiple,
    )
    responsible = Lines(label=_("Responsible"), required=False, help_text=_("One a line."))
    due = forms.DateField(label=_("Due on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def value(self) -> Any:
        """As the contract has it."""
        found = super().value()
        found["due"] = found["due"] and found["due"].isoformat()
        found["levels"] = rules.levels(found["levels"])
        return {"heads": [], **found}


class ContactForm(ValueForm):
    """A person to ask."""

    name = forms.CharField(label=_("Name"), required=False, max_length=40)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean(self) -> dict[str, Any] | None:
        """Someone, or a way to reach someone."""
        data = super().clean() or {}
        if not any(data.values()) and not self.errors:
            raise forms.ValidationError(_("Give a name, a telephone number or an address."))
        return data


class AttachmentForm(ValueForm):
    """An attachment named by the notice."""

    label = forms.CharField(label=_("Attachment number"), max_length=20)
    title = forms.CharField(label=_("Title"), required=False, max_length=200)


class ReferenceForm(ValueForm):
    """An upstream document."""

    title = forms.CharField(label=_("Title"), required=False, max_length=300)
    doc_no = forms.CharField(label=_("Document number"), required=False, max_length=80)
    issuer = forms.CharField(label=_("Issuing office"), required=False, max_length=120)

    def clean(self) -> dict[str, Any] | None:
        """One of the three at least."""
        data = super().clean() or {}
        if not any(data.values()) and not self.errors:
            raise forms.ValidationError(_("Give a title, a number or an office."))
        return data


class FormForm(ValueForm):
    """A form that units fill in."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(FORM_KINDS, FormKind))


class FieldForm(ValueForm):
    """One blank of a form."""

    label = forms.CharField(label=_("What is asked"), widget=forms.Textarea(attrs={"rows": 2}))
    type = forms.ChoiceField(label=_("Type"), choices=_choices(FIELD_TYPES, FieldType))
    unit = forms.CharField(label=_("Unit of measure"), required=False, max_length=20)
    aggregate = forms.ChoiceField(label=_("In the total"), choices=_choices(AGGREGATES, Aggregate))


_EDITORS: dict[str, type[ValueForm]] = {
    **dict.fromkeys(rules.TEXTS, TextForm),
    **dict.fromkeys(rules.DAYS, DayForm),
    **dict.fromkeys(rules.NUMBERS, NumberForm),
    "key_date": KeyDateForm,
    "deadline": DeadlineForm,
    "task": TaskForm,
    "contact": ContactForm,
    "attachment": AttachmentForm,
    "reference": ReferenceForm,
    "form": FormForm,
    "field": FieldForm,
}


def editor(kind: str) -> type[ValueForm]:
    """The form for the value of an item of this kind. Raises ``KeyError`` for a warning, which has none."""
    return _EDITORS[kind]
