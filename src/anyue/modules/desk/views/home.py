"""Home pages."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from anyue.platform.pages.access import Request, signed_in


@signed_in
def home(request: Request) -> HttpResponse:
    """Where a person begins."""
    return render(request, "desk/home.html", {})
