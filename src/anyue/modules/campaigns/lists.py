"""The lists of campaigns that are long: declared here, answered by the pages' own lists."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anyue.platform.pages.lists import NOT_APPLICABLE, Choice, Column, Empty, ListSpec

from .models import Campaign, Duty, LiaisonOfficer, Participation

_SIGNED = (("yes", _("Signed")), ("no", _("Not signed yet")))
_NAMED = (("yes", _("Officer named")), ("no", _("No officer named yet")))


def receipts_list(campaign: Campaign) -> ListSpec[Participation]:
    """The units that ``campaign`` addresses, over ``progress.with_receipts``: who signed, who is the liaison officer."""
    signed = Duty.objects.filter(campaign=campaign, kind=Duty.Kind.RECEIPT, state=Duty.State.DONE).values("unit")
    named = LiaisonOfficer.objects.filter(campaign=campaign, until_at=None).values("unit")
    return ListSpec(
        key="campaigns.receipts",
        title=_("Receipts and liaison officers"),
        columns=(
            Column("unit", _("Unit"), lambda row: row.unit.name, sort="unit__path", link=_page),
            Column("receipt", _("Receipt"), _receipt, part="campaigns/parts/receipt.html", export=lambda row: _word(_receipt(row))),
            Column("officer", _("Liaison officer"), _officer, part="campaigns/parts/officer.html", export=_officer_words),
            Column("telephone", _("Telephone"), _telephone, blank=""),
        ),
        filters=(
            Choice("signed", _("Receipt"), choices=_SIGNED, where=lambda said: _among(said, signed)),
            Choice("named", _("Liaison officer"), choices=_NAMED, where=lambda said: _among(said, named)),
        ),
        search=("unit__name", "unit__short_name", "unit__initials"),
        search_hint=_("Name of the unit or its initials"),
        order=("unit__path",),
        empty=Empty(_("It addresses no units.")),
    )  # fmt: skip


def _among(said: str, units: Any) -> Q:
    return Q(unit__in=units) if said == "yes" else ~Q(unit__in=units)


def _page(row: Participation) -> str:
    return reverse("campaigns:mine", args=[row.campaign_id, row.unit_id])


def _receipt(row: Any) -> Duty | None:
    return _duty(row, Duty.Kind.RECEIPT)


def _duty(row: Any, kind: str) -> Duty | None:
    return next((duty for duty in row.unit.asked_here if duty.kind == kind), None)


def _word(duty: Duty | None) -> Any:
    return str(duty.get_state_display()) if duty else NOT_APPLICABLE


def _officer(row: Any) -> LiaisonOfficer | Duty | None:
    """Who she is; the duty to name her while nobody is named; None where nobody is asked to."""
    return next(iter(row.unit.officers_here), None) or _duty(row, Duty.Kind.LIAISON)


def _officer_words(row: Any) -> Any:
    found = _officer(row)
    if isinstance(found, LiaisonOfficer):
        return " · ".join(word for word in (found.name, found.post) if word)
    return _word(found)


def _telephone(row: Any) -> str:
    found = next(iter(row.unit.officers_here), None)
    return " ".join(number for number in (found.mobile, found.office_phone) if number) if found else ""
