"""What would go wrong in silence: said when the program starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error

_CATALOG = Path("locale", "zh_Hans", "LC_MESSAGES")


def uncompiled() -> list[str]:
    """The apps of ours whose Chinese was never compiled: their sentences would be English on every page, and stay English in
    titles that are stored.
    """
    ours = (app for app in apps.get_app_configs() if app.name.startswith("anyue."))
    folders = ((app.label, Path(app.path) / _CATALOG) for app in ours)
    return sorted(label for label, at in folders if (at / "django.po").exists() and not (at / "django.mo").exists())


def chinese_is_compiled(**_: Any) -> list[CheckMessage]:
    """An error that every command of Django and ``anyue serve`` stop at."""
    missing = uncompiled()
    if not missing:
        return []
    hint = "Run scripts/translations.py --compile (make setup does)."
    return [Error(f"The Chinese of {', '.join(missing)} is not compiled.", hint=hint, id="anyue.E001")]
