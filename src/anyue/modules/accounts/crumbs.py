"""The pages above the forms of people and of one's own account."""

from __future__ import annotations

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from anyue.platform.pages.forms.fields import Text

from .models import User

PEOPLE: tuple[tuple[Text, Text], ...] = ((_("People and roles"), reverse_lazy("people:index")),)
MINE: tuple[tuple[Text, Text], ...] = ((_("My account"), reverse_lazy("people:profile")),)


def crumbs_of(user: User) -> tuple[tuple[Text, Text], ...]:
    """All people, then this one."""
    return (*PEOPLE, (user.name, reverse("people:person", args=[user.pk])))
