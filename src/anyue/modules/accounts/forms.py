"""What people fill in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import today
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Permission, Role
from anyue.platform.pages.forms import PageForm, Section

from .fields import PersonField, UnitField
from .models import Grant, User
from .services import Contact


def _length(name: str) -> int:
    return int(getattr(User._meta.get_field(name), "max_length", None) or 0)


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NewPassword(PageForm):
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


class SystemPersonForm(PageForm):
    """One of the three persons of the first page."""

    name = forms.CharField(label=_("full name"), max_length=_length("name"))
    username = forms.CharField(label=_("user name"), max_length=_length("username"))


class ContactForm(PageForm):
    """A name, and how a person is reached."""

    name = forms.CharField(label=_("full name"), max_length=_length("name"))
    phone = forms.CharField(label=_("mobile phone"), max_length=_length("phone"), required=False)
    office_phone = forms.CharField(label=_("office phone"), max_length=_length("office_phone"), required=False)
    email = forms.CharField(label=_("e-mail"), max_length=_length("email"), required=False)

    def contact(self) -> Contact:
        """How she is reached."""
        data = self.cleaned_data
        return Contact(data["phone"], data["office_phone"], data["email"])


class PersonForm(ContactForm):
    """A new person with her first post."""

    username = forms.CharField(
        label=_("user name"),
        max_length=_length("username"),
        help_text=_("What she types to sign in: letters, digits or Chinese characters. It stays."),
    )
    title = forms.CharField(label=_("post"), max_length=60, required=False)
    is_leader = forms.BooleanField(label=_("leads the unit"), required=False)
    sections = (
        Section("person", _("Particulars"), ("name", "username", "phone", "office_phone", "email")),
        Section("post", _("Post"), ("unit", "title", "is_leader")),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(among=units, required=not everywhere)


class PostForm(PageForm):
    """A further post."""

    title = forms.CharField(label=_("post"), max_length=60, required=False)
    is_leader = forms.BooleanField(label=_("leads the unit"), required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(among=units)
        self.order_fields(["unit", "title", "is_leader"])


class GrantForm(PageForm):
    """A role for a person, at a unit, until a day."""

    until = forms.DateField(
        label=_("until, with this day"),
        required=False,
        widget=DayInput,
        help_text=_("Leave it blank for a role without an end."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, units: QuerySet[Unit], roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            label=_("Role"),
            choices=[(role.code, f"{role.label} — {role.summary}") for role in roles],
            widget=forms.RadioSelect,
        )
        self.fields["unit"] = UnitField(
            among=units,
            required=False,
            help_text=_("Where she holds it. Roles of the whole installation have no unit."),
        )
        self.order_fields(["role", "unit", "until", "reason"])


class DelegateForm(PageForm):
    """Roles handed over to a colleague while on leave."""

    until_on = forms.DateField(label=_("until, with this day"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, grants: list[tuple[Grant, str]], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grants = {str(grant.pk): grant for grant, _label in grants}
        self.fields["grants"] = forms.MultipleChoiceField(
            label=_("Roles to hand over"),
            choices=[(str(grant.pk), label) for grant, label in grants],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["to"] = PersonField(among=people, label=_("Hand over to"))
        self.order_fields(["grants", "to", "until_on", "reason"])
        self.fields["until_on"].initial = today() + timedelta(days=7)

    def chosen(self) -> list[Grant]:
        """The grants that are ticked."""
        return [self.grants[key] for key in self.cleaned_data["grants"]]


class TokenForm(PageForm):
    """A key for a program."""

    name = forms.CharField(label=_("what it is for"), max_length=80)
    days = forms.IntegerField(label=_("Valid for"), min_value=1)
    units = {"days": _("days")}

    def __init__(self, *args: Any, permissions: list[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"] = forms.IntegerField(
            label=_("Valid for"), min_value=1, max_value=settings.TOKEN_DAYS, initial=90
        )
        self.fields["scopes"] = forms.MultipleChoiceField(
            label=_("What it may do"),
            choices=[(permission.value, permission.label) for permission in permissions],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Only what you may do yourself, at the same units, and no longer than you may."),
        )


class WhoForm(forms.Form):
    """Who may do something at a unit?"""

    def __init__(self, *args: Any, units: QuerySet[Unit], permissions: list[Permission], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permission"] = forms.ChoiceField(
            label=_("What"), choices=[(permission.value, permission.label) for permission in permissions]
        )
        self.fields["unit"] = UnitField(among=units)
