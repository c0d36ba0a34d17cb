"""Roles and entries in words, for the pages about people."""

from __future__ import annotations

from django import template

from anyue.platform.audit.models import Entry
from anyue.platform.audit.sentences import sentence
from anyue.platform.authz import role_named

register = template.Library()


@register.filter
def role_label(code: str) -> str:
    """The role's name; its code if the table no longer has it."""
    role = role_named(code)
    return str(role.label) if role else code


@register.filter
def role_summary(code: str) -> str:
    """The sentence that says what the role is for."""
    role = role_named(code)
    return str(role.summary) if role else ""


@register.filter
def entry_sentence(entry: Entry) -> str:
    """An entry of the trail as a sentence."""
    return sentence(entry)
