"""Forms of campaigns. What holds is asked by the services; here only the shape of what is typed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from anyue.kernel import clock
from anyue.platform.pages.forms import PageForm

from . import problems
from .models import Requirement
from .rules.slips import Officer


class Moment(forms.MultiWidget):
    """A day and a time, as the browser's own fields."""

    template_name = "campaigns/parts/moment.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        day = forms.DateInput(
            attrs={"type": "date", "class": "form-control", "aria-label": _("day")}, format="%Y-%m-%d"
        )
        hour = forms.TimeInput(attrs={"type": "time", "class": "form-control", "aria-label": _("time")}, format="%H:%M")
        super().__init__({"day": day, "time": hour}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """Midnight is the end of the day before, so its time is left empty."""
        if not isinstance(value, datetime):
            return [None, None]
        local = value.astimezone(clock.SHANGHAI)
        if local.time() == time():
            return [(local - timedelta(days=1)).date(), None]
        return [local.date(), local.time()]


class MomentField(forms.MultiValueField):
    """A due time as the first instant that is too late: without a time, the end of the day."""

    widget = Moment

    def __init__(self, **kwargs: Any) -> None:
        fields = (forms.DateField(), forms.TimeField(required=False))
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        """From what the two fields hold."""
        if not data_list or not isinstance(data_list[0], date):
            return None
        day, hour = data_list[0], data_list[1] if len(data_list) > 1 else None
        return clock.at(day, hour.hour, hour.minute) if hour else clock.end_of(day)


class Lines(forms.CharField):
    """Names, one a line or parted by 、."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value: Any) -> Any:
        """As lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """As a list."""
        parts = str(value or "").replace("、", "\n").replace("；", "\n").splitlines()
        return [part.strip() for part in parts if part.strip()]

    def validate(self, value: Any) -> None:
        """Required means at least one."""
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")


class Plain(forms.Form):
    """Every field looks as the house wants it and says to a screen reader what is wrong with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            wanted = "form-check-input" if isinstance(field.widget, forms.CheckboxInput) else "form-control"
            wanted = "form-select" if isinstance(field.widget, forms.Select) else wanted
            if not isinstance(field.widget, forms.MultiWidget):
                field.widget.attrs.setdefault("class", wanted)
            if field.help_text:
                field.widget.attrs.setdefault("aria-describedby", f"id_{name}-help")


class Who(Plain):
    """Who acts by a link."""

    who_name = forms.CharField(
        label=_("Your name"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    who_phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


class OfficerForm(Plain):
    """A liaison officer."""

    name = forms.CharField(label=pgettext_lazy("person", "name"), max_length=40)
    post = forms.CharField(label=_("post"), max_length=60, required=False)
    mobile = forms.CharField(
        label=_("mobile phone"), max_length=30, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    office_phone = forms.CharField(
        label=_("office phone"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.CharField(label=_("e-mail"), max_length=254, required=False)

    def officer(self) -> Officer:
        """What was typed."""
        return Officer(**{name: self.cleaned_data[name] for name in self.base_fields})


class SlipForm(Plain):
    """The slip that came back."""

    slip = forms.FileField(label=_("Slip as Word, PDF or picture"))


class NoteForm(Plain):
    """A word on what was done."""

    note = forms.CharField(label=_("What was done"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ProgressForm(NoteForm):
    """How far a duty is."""

    progress = forms.IntegerField(label=_("Progress"), min_value=0, max_value=100, help_text=_("0 to 100 percent"))
    field_order = ("progress", "note")


class ReasonForm(Plain):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class ExtensionForm(Plain):
    """More time."""

    wanted_at = MomentField(label=_("Until when"))
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class StartForm(Plain):
    """A draft out of a notice: what the notice may not say."""

    name = forms.CharField(label=pgettext_lazy("campaign", "name"), max_length=200, required=False)
    starts_on = forms.DateField(
        label=_("from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=_("until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class CampaignForm(Plain):
    """The head of a campaign."""

    name = forms.CharField(label=pgettext_lazy("campaign", "name"), max_length=200)
    theme = forms.CharField(label=_("theme"), max_length=200, required=False)
    starts_on = forms.DateField(label=_("from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    ends_on = forms.DateField(label=_("until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    contact_name = forms.CharField(label=_("contact"), max_length=40, required=False)
    contact_phone = forms.CharField(label=_("contact phone"), max_length=40, required=False)
    contact_email = forms.CharField(label=_("contact e-mail"), max_length=120, required=False)
    links_until = forms.DateField(
        label=_("links are valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty in a draft: 15 days after the month and its last deadline."),
    )


class DayName(forms.MultiWidget):
    """A day and what happens on it."""

    template_name = "campaigns/parts/moment.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        look = {"class": "form-control"}
        day = forms.DateInput(attrs={"type": "date", **look, "aria-label": _("day")}, format="%Y-%m-%d")
        name = forms.TextInput(attrs={"maxlength": 120, **look, "aria-label": _("What happens on it")})
        super().__init__({"day": day, "name": name}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        """A pair, or nothing."""
        return list(value) if value else [None, ""]


class DayNameField(forms.MultiValueField):
    """A day with its name; both or neither."""

    widget = DayName

    def __init__(self, **kwargs: Any) -> None:
        fields = (forms.DateField(), forms.CharField(max_length=120))
        super().__init__(fields=fields, require_all_fields=False, required=False, **kwargs)

    def clean(self, value: Any) -> tuple[date, str] | None:
        """Said in words which half is missing."""
        day, name = (*(value or ()), "", "")[:2]
        name = " ".join(str(name or "").split())
        if not day and not name:
            return None
        if not day:
            raise forms.ValidationError(gettext(problems.KEY_DAY_DAY.text) % {"name": name})
        on: date = self.fields[0].clean(day)
        if not name:
            raise forms.ValidationError(gettext(problems.KEY_DAY_NAME.text) % {"on": on.isoformat()})
        return on, self.fields[1].clean(name)


class KeyDaysForm(PageForm):
    """The key days of a campaign, with some empty rows for more."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    EMPTY = 4

    def __init__(self, *args: Any, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(rows + self.EMPTY):
            self.fields[f"day_{number}"] = DayNameField(label=_("Key day %(number)s") % {"number": number + 1})

    def days(self) -> list[tuple[date, str]]:
        """What was entered."""
        return [day for name, day in self.cleaned_data.items() if name.startswith("day_") and day is not None]


class TaskForm(Plain):
    """One task."""

    text = forms.CharField(label=_("what is to be done"), widget=forms.Textarea(attrs={"rows": 4}))
    responsible = Lines(
        label=_("responsible"), required=False, help_text=_("As a notice would say it, one a line; empty: by level.")
    )
    due_at = MomentField(label=_("due"), required=False, help_text=_("Without a time: the end of the day."))
    continues = forms.BooleanField(label=_("goes on after the campaign"), required=False)


class RequirementForm(Plain):
    """One thing that is handed in."""

    title = forms.CharField(label=_("what is handed in"), max_length=200)
    who = Lines(label=_("who"), required=False, help_text=_("As a notice would say it, one a line."))
    due_at = MomentField(label=_("due"), required=False, help_text=_("Without a time: the end of the day."))
    recipient = forms.CharField(label=_("to whom"), max_length=120, required=False)


class NewRequirementForm(RequirementForm):
    """A new one, with its kind."""

    kind = forms.ChoiceField(label=_("kind"), choices=Requirement.Kind.choices, initial=Requirement.Kind.RETURN)


class SignedForm(Plain):
    """What stands on the signed copy."""

    doc_no = forms.CharField(label=_("document number"), max_length=80)
    signer = forms.CharField(label=_("signer"), max_length=40)
    signed_on = forms.DateField(label=_("signed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    signed_copy = forms.FileField(label=_("Signed copy (scan)"), required=False)
