"""What people fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _

from .models import User


class NewPassword(forms.Form):
    """A password of one's own, typed twice. The rules themselves are asked by the service."""

    password = forms.CharField(
        label=_("New password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )
    again = forms.CharField(
        label=_("The same once more"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return data

    @staticmethod
    def rules() -> list[str]:
        """What the password must be like."""
        return password_validators_help_texts()


class SystemPersonForm(forms.Form):
    """One of the three persons of the first page."""

    name = forms.CharField(label=_("full name"), max_length=User._meta.get_field("name").max_length)
    username = forms.CharField(label=_("user name"), max_length=User._meta.get_field("username").max_length)
