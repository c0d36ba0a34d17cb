"""What higher modules show on the page of one's own account. Each registers a section in its ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .models import User


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: its template, which finds as ``section`` what ``context`` says of the person."""

    code: str
    template: str
    context: Callable[[User], Mapping[str, Any]]


_SECTIONS: dict[str, Section] = {}


def register_section(section: Section) -> None:
    """Show ``section`` on everybody's own page, behind those registered before."""
    _SECTIONS[section.code] = section


def sections_of(user: User) -> list[tuple[str, Mapping[str, Any]]]:
    """The template of each section with what it holds for ``user``."""
    return [(section.template, section.context(user)) for section in _SECTIONS.values()]
