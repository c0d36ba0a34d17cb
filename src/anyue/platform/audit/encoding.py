"""How ``before`` and ``after`` are written."""

from __future__ import annotations

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class Encoder(DjangoJSONEncoder):
    """Days, instants and numbers as Django writes them; Chinese as it is, so that words are found in it on SQLite too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "ensure_ascii": False})
