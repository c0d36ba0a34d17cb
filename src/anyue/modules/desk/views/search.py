"""One search box over everything that a person sees, and its suggestions while she types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from anyue.platform.pages.access import Request, signed_in

from ..selectors.search import LONGEST, found

SUGGESTED = 3


@signed_in
@require_safe
def search(request: Request) -> HttpResponse:
    """What ``?q=`` finds, by kind; for the box in the top bar the first few of each."""
    typed = request.GET.get("q", "")[: 2 * LONGEST]
    if request.htmx and request.htmx.target == "ay-suggestions":
        groups = found(request.actor, typed, most=SUGGESTED)
        return render(request, "desk/parts/suggestions.html", {"groups": groups, "typed": typed})
    groups = found(request.actor, typed)
    count = sum(len(group.hits) for group in groups)
    return render(request, "desk/search.html", {"groups": groups, "typed": typed, "count": count})
