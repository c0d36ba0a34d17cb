"""Forms of the settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from anyue.platform.pages.forms import PageForm

from .channels import ADAPTERS
from .models import Kind


class ChannelForm(PageForm):
    """One channel of a unit. Only a robot has an address of its own, only DingTalk's a secret."""

    is_on = forms.BooleanField(label=_("On"), required=False)
    address = forms.CharField(
        label=_("Webhook address of the robot"),
        required=False,
        max_length=500,
        help_text=_("Leave it empty to keep the one that is there. It is not shown again."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        label=_("Signing secret (DingTalk)"),
        required=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ADAPTERS[kind].is_group:
            del self.fields["address"]
        if kind != Kind.DINGTALK:
            del self.fields["secret"]


class TrialForm(PageForm):
    """Where a trial message goes; a robot knows it by itself."""

    to = forms.CharField(label=_("Send a trial message to"), max_length=254, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ADAPTERS[kind].is_group:
            del self.fields["to"]
        else:
            kinds = {Kind.EMAIL: ("email", "email"), Kind.SMS: ("tel", "tel")}
            self.fields["to"].widget.input_type, told = kinds[Kind(kind)]
            self.fields["to"].widget.attrs["autocomplete"] = told


class HoursForm(PageForm):
    """Office hours of a unit."""

    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput(attrs={"type": "time"}))
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput(attrs={"type": "time"}))
