"""Entries in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from .. import sentences
from ..differences import summary
from ..filters import Filters
from ..models import Entry

register = template.Library()


@register.filter
def said(entry: Entry) -> str:
    """The entry as a sentence."""
    return sentences.sentence(entry)


@register.filter
def who(entry: Entry) -> str:
    """Who it was."""
    return sentences.actor(entry)


@register.filter
def about(entry: Entry) -> str:
    """What it was done to."""
    return sentences.subject(entry)


@register.filter
def changes(entry: Entry) -> str:
    """What changed, on one line."""
    return summary(entry)


@register.filter
def at_key(mapping: Mapping[str, str], key: str) -> str:
    """The value of ``key``; nothing if there is none."""
    return mapping.get(key, "")


@register.simple_tag
def query_without(filters: Filters, name: str) -> str:
    """The query of an address without one of its conditions."""
    return filters.without(name).query
