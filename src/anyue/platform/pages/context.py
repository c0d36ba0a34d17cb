"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the appearance she chose and the languages there are."""
    user = getattr(request, "user", None)
    return {
        "actor": getattr(request, "actor", None),
        "elderly": request.COOKIES.get("anyue_elderly", "1" if getattr(user, "elderly_mode", False) else "") == "1",
        "appearance": request.COOKIES.get("anyue_appearance") or getattr(user, "appearance", "") or "auto",
        "languages": settings.LANGUAGES,
    }
