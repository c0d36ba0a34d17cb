"""Fields in which a unit or a person is named: typed with suggestions, because a list of hundreds is no choice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.selectors.units import search

from .models import User

SUGGESTED = 200


class Suggestions(forms.TextInput):
    """A text input with a list of what could be meant. Without script, and complete on the keyboard."""

    suggestions: Iterable[str] = ()

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The input and its list."""
        found = {**(attrs or {})}
        listed = f"{found.get('id', name)}_list"
        control = super().render(name, value, {**found, "list": listed, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((text,) for text in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', control, listed, options)


def unit_text(unit: Unit) -> str:
    """A unit as it is suggested: its name, with its code where it has one, which no other has."""
    return f"{unit.name} · {unit.code}" if unit.code else unit.name


class UnitField(forms.CharField):
    """A unit ``among`` those that the form allows, by name, code or initials."""

    widget = Suggestions

    def __init__(self, *, among: QuerySet[Unit], **kwargs: Any) -> None:
        kwargs.setdefault("label", _("unit"))
        kwargs.setdefault("help_text", _("Name, code or pinyin initials; choose from the suggestions."))
        super().__init__(**kwargs)
        self.among = among
        self.widget.suggestions = [unit_text(unit) for unit in among.order_by("path")[:SUGGESTED]]

    def prepare_value(self, value: Any) -> Any:
        """A unit in words."""
        return unit_text(value) if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Any:
        """The one unit that is meant; None for a blank that is allowed."""
        text = super().clean(value)
        if not text:
            return None
        name, __, code = text.rpartition(" · ")
        exact = Q(code=code) if name else Q(name=text) | Q(short_name=text) | Q(code=text)
        found = list(self.among.filter(exact)[:6]) or list(search(self.among, text)[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(gettext("There is no such unit that you may choose. Check the name."))
        names = gettext(", ").join(unit_text(unit) for unit in found[:5])
        raise ValidationError(gettext("Several units are meant: %(names)s. Choose one.") % {"names": names})


def person_text(user: User) -> str:
    """A person as she is suggested: her name and the user name, which no other has."""
    return f"{user.name} · {user.username}"


class PersonField(forms.CharField):
    """A person ``among`` those that the form allows, by user name or name."""

    widget = Suggestions

    def __init__(self, *, among: QuerySet[User], **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Name or user name; choose from the suggestions."))
        super().__init__(**kwargs)
        self.among = among
        self.widget.suggestions = [person_text(user) for user in among.order_by("name")[:SUGGESTED]]

    def clean(self, value: Any) -> Any:
        """The one person who is meant."""
        text = super().clean(value)
        name, __, username = text.rpartition(" · ")
        exact = Q(username__iexact=username) if name else Q(username__iexact=text) | Q(name=text)
        found = list(self.among.filter(exact)[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(gettext("There is no such person whom you may choose. Check the name."))
        names = gettext(", ").join(person_text(user) for user in found[:5])
        raise ValidationError(gettext("Several people are meant: %(names)s. Choose one.") % {"names": names})
