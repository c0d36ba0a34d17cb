"""Columns and what stands in their cells. Zero, 不涉及 and 未填 are three different answers, everywhere (house rule 5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anyue.kernel.clock import SHANGHAI

Row = TypeVar("Row")
Text = str | Promise


class _NotApplicable(Enum):
    """The question does not arise for this row."""

    NOT_APPLICABLE = "not applicable"


_ANSWERLESS = frozenset({"blank", "na"})
_MARKED = _ANSWERLESS | {"zero", "day"}
NOT_FILLED_IN = _("not filled in")
NOT_APPLICABLE: Final = _NotApplicable.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the page shows it. ``kind``: text, day, figure, zero, blank or na; each looks different."""

    text: str
    kind: str = "text"
    link: str = ""

    @property
    def html(self) -> SafeString:
        """As it stands in the table. Written here and not as a template: a page has hundreds of them."""
        look = f"ay-{self.kind}" if self.kind in _MARKED else ""
        if self.link and self.kind not in _ANSWERLESS:
            css = format_html(' class="{}"', look) if look else ""
            return format_html('<a href="{}"{}>{}</a>', self.link, css, self.text)
        if look:
            return format_html('<span class="{}">{}</span>', look, self.text)
        return conditional_escape(self.text)


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column.

    ``value`` gives str, int, Decimal, bool, date, datetime, None (not filled in) or ``NOT_APPLICABLE``; it must not ask the
    database for each row. ``sort`` names the fields to order by (separated by spaces). ``part`` is a template that draws the
    cell from ``row`` and ``value`` (a status word, a due time); the export still writes ``value``, or ``export`` where the
    workbook should say something else. ``blank`` is what an empty cell says; optional remarks may say nothing: ``blank="—"``.
    """

    key: str
    label: Text
    value: Callable[[Row], Any]
    unit: Text = ""
    figure: bool = False
    sort: str = ""
    link: Callable[[Row], str | None] | None = None
    part: str = ""
    export: Callable[[Row], Any] | None = None
    shown: bool = True
    blank: Text = NOT_FILLED_IN
    width: int = 0

    def cell(self, row: Row) -> Cell:
        """What the page shows for ``row``."""
        value = self.value(row)
        link = (self.link(row) if self.link else None) or ""
        if self.part:
            return Cell(render_to_string(self.part, {"row": row, "value": value}), "part", link)
        text, kind = shown(value, figure=self.figure)
        return Cell(str(self.blank) if kind == "blank" else text, kind, link)

    def exported(self, row: Row) -> Any:
        """What the workbook gets for ``row``."""
        return self.export(row) if self.export else self.value(row)


def shown(value: Any, *, figure: bool = False) -> tuple[str, str]:
    """A value in words and the kind of its cell. Days as 2026-06-20, instants in Shanghai."""
    if value is NOT_APPLICABLE:
        return gettext("does not apply"), "na"
    if value is None or value == "":
        return "", "blank"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no"), "text"
    if isinstance(value, (int, float, Decimal)):
        return str(value), "zero" if value == 0 else "figure"
    if isinstance(value, datetime):
        return value.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M"), "figure" if figure else "day"
    if isinstance(value, date):
        return value.isoformat(), "figure" if figure else "day"
    return str(value), "figure" if figure else "text"
