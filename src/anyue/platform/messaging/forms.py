"""Forms of the settings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ChannelForm(forms.Form):
    """One channel of a unit."""

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


class HoursForm(forms.Form):
    """Office hours of a unit."""

    opens = forms.TimeField(label=_("Opens"), widget=forms.TimeInput(attrs={"type": "time"}))
    closes = forms.TimeField(label=_("Closes"), widget=forms.TimeInput(attrs={"type": "time"}))
