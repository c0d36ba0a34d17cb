"""The page of components: every part in its states, to look at, to test against, and to copy from.

Its rows and figures are examples; nothing on it is stored.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from anyue.kernel.clock import now

from .access import Request, signed_in
from .forms import PageForm, Section
from .statuses import looks

RISKS = ("red", "orange", "yellow", "blue")


class ExampleForm(PageForm):
    """Every kind of field that our forms use."""

    units = {"people": _("persons")}
    sections = (
        Section("what", _("The activity"), ("name", "kind", "people")),
        Section("more", _("More about it"), ("on", "remark", "told", "file")),
    )

    name = forms.CharField(label=_("Name of the activity"), max_length=20, help_text=_("As it stands in the notice."))
    kind = forms.ChoiceField(
        label=_("Kind of activity"),
        choices=[("", "—"), ("talk", _("Lecture")), ("drill", _("Drill")), ("visit", _("Visit"))],
    )
    people = forms.IntegerField(
        label=_("Attendance"), min_value=0, help_text=_("0 if nobody came; leave it empty if unknown.")
    )
    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    remark = forms.CharField(label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    told = forms.MultipleChoiceField(
        label=_("Told by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("sms", _("Text message")), ("poster", _("Poster")), ("group", _("Chat group"))],
    )
    file = forms.FileField(label=_("Evidence"), required=False)


def _dues() -> list[tuple[str, Any, Any]]:
    at = now()
    return [
        (gettext("Far ahead"), at + timedelta(days=12), None),
        (gettext("Due soon"), at + timedelta(hours=27, minutes=14), None),
        (gettext("Overdue"), at - timedelta(days=2, hours=3), None),
        (gettext("Done in time"), at - timedelta(days=2), at - timedelta(days=3)),
        (gettext("Done late"), at - timedelta(days=2), at - timedelta(days=1, hours=20)),
        (gettext("No deadline"), None, None),
    ]


def _charts() -> dict[str, Any]:
    streets = [gettext("Street %(n)s") % {"n": number} for number in range(1, 7)]
    days = [f"6-{day:02}" for day in range(1, 15, 2)]
    return {
        "signed": {
            "kind": "bar",
            "horizontal": True,
            "labels": streets,
            "unit": gettext("number of communities"),
            "series": [{"name": gettext("Signed"), "values": [14, 12, 11, 9, 6, 2]}],
        },
        "trend": {
            "kind": "line",
            "labels": days,
            "unit": gettext("sessions"),
            "series": [
                {"name": gettext("This year"), "values": [2, 9, 17, 26, 41, 58, 73]},
                {"name": gettext("Last year"), "values": [4, 8, 15, 21, 30, 39, 52]},
            ],
        },
    }


@signed_in
def components(request: Request) -> HttpResponse:
    """All parts."""
    wrong = {"name": "一" * 21, "kind": "", "people": "-3", "on": "2026-06-31"}
    context = {
        "looks": looks().items(),
        "risks": RISKS,
        "dues": _dues(),
        "charts": _charts(),
        "form": ExampleForm(auto_id="id_%s"),
        "refused": ExampleForm(wrong, auto_id="wrong_%s"),
        "tones": ("success", "info", "warning", "danger"),
    }
    return render(request, "pages/components.html", context)


@signed_in
def component_drawer(request: Request) -> HttpResponse:
    """What the example of a number with a tail shows."""
    return render(request, "pages/components/drawer.html", {"charts": _charts()})


@signed_in
@require_POST
def component_toast(request: Request) -> HttpResponse:
    """Says something, as a page does after a deed."""
    level = {"success": messages.success, "warning": messages.warning}.get(request.POST.get("tone", ""), messages.info)
    level(request, gettext("The reminder was sent to 3 communities."))
    return redirect("pages:components")


@signed_in
def component_progress(request: Request) -> HttpResponse:
    """A step further each time that it is asked (``done``); at 100 it asks no more."""
    given = request.GET.get("done", "0")
    done = min(100, int(given) + 20) if given.isascii() and given.isdigit() and len(given) < 4 else 0
    return render(request, "pages/components/progress.html", {"done": done})
