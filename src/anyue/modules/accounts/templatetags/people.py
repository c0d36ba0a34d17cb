"""Roles and entries in words, for the pages about people."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template

from anyue.kernel.clock import SHANGHAI
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


@register.filter
def until_moment(at: datetime | None) -> str:
    """The end of a role: midnight is 24:00 of the day before, as offices write it; a dash without an end."""
    if at is None:
        return "—"
    here = at.astimezone(SHANGHAI)
    if here.hour == here.minute == 0:
        return f"{here - timedelta(days=1):%Y-%m-%d} 24:00"
    return f"{here:%Y-%m-%d %H:%M}"


_BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def device_name(agent: str) -> str:
    """A browser as a person knows it: "Edge · Windows"; what it says of itself, where that tells nothing."""
    known = [next((name for mark, name in marks if mark in agent), "") for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in known if name) or agent[:60]
