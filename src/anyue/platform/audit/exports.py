"""The trail as a workbook."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.core.files.base import File
from django.utils.translation import gettext as _

from anyue.kernel.clock import today
from anyue.platform.authz import Actor
from anyue.platform.pages.lists.cells import Column
from anyue.platform.pages.lists.export import write_workbook

from . import sentences
from .differences import summary
from .filters import Filters
from .models import Entry
from .selectors import each

LIMIT = 50_000
"""Entries in one file; whoever needs more narrows the days."""


def workbook(actor: Actor, filters: Filters) -> File[bytes]:
    """The newest ``LIMIT`` of the entries that ``actor`` asked for, at its beginning; whoever sends it closes it."""
    stream = TemporaryFile()  # noqa: SIM115 - see above
    write_workbook(stream, _("Audit trail"), _columns(), each(actor, filters, LIMIT + 1), LIMIT)
    stream.seek(0)
    return File(stream, name=f"{_('Audit trail')}_{today():%Y%m%d}.xlsx")


def _columns() -> list[Column[Entry]]:
    places: dict[str, str] = {}

    def place(entry: Entry) -> str:
        if entry.place not in places:
            places[entry.place] = sentences.places_named([entry.place]).get(entry.place, "")
        return places[entry.place]

    return [
        Column("at", _("Time"), lambda entry: entry.at, width=18),
        Column("actor", _("Person"), sentences.actor, width=16),
        Column("said", _("What happened"), sentences.sentence, width=50),
        Column("place", _("Unit"), place, width=24),
        Column("change", _("Change"), summary, width=60),
        Column("address", _("Address"), lambda entry: entry.address, width=16),
        Column("device", _("Device"), lambda entry: entry.device, width=30),
        Column("action", _("Action"), lambda entry: entry.action, width=22),
        Column("number", _("Number"), lambda entry: entry.pk, figure=True, width=10),
    ]
