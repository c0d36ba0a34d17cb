"""The answer of a list's view: the page, the part that htmx asked for, or the workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from .cells import Row
from .export import export
from .pages import list_page
from .spec import ListSpec


def list_answer(
    request: HttpRequest,
    spec: ListSpec[Row],
    rows: QuerySet[Any, Any],
    template: str = "pages/list_page.html",
    context: Mapping[str, Any] | None = None,
) -> Any:
    """Answer ``request`` with the list ``spec`` over ``rows``, which are already limited to what the actor sees.

    ``template`` gets ``list`` and ``context`` and shows the list with ``{% list_table list %}``.
    """
    if request.GET.get("export") == "xlsx":
        return export(request, spec, rows)
    page = list_page(request, spec, rows)
    answer = render(request, _part(request, spec) or template, {**(context or {}), "list": page})
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    if _part(request, spec):
        answer["HX-Push-Url"] = page.address
    return answer


def _part(request: HttpRequest, spec: ListSpec[Any]) -> str:
    htmx = getattr(request, "htmx", None)
    if not htmx or htmx.history_restore_request or htmx.boosted:
        return ""
    parts = {spec.element: "pages/list.html", f"{spec.element}-results": "pages/lists/results.html"}
    return parts.get(htmx.target or "", "")
