"""公文: official Chinese documents read, compiled, filled and written. Pure Python, no Django."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .errors import Unreadable

if TYPE_CHECKING:
    from .collecting import NoSuchForm, collect
    from .collection import Collection
    from .notice import LoadedNotice, compile_notice, load
    from .spec import NoticeSpec

_HOMES = {
    "compile_notice": "notice",
    "load": "notice",
    "LoadedNotice": "notice",
    "collect": "collecting",
    "NoSuchForm": "collecting",
    "NoticeSpec": "spec",
    "Collection": "collection",
}

__all__ = ["Collection", "LoadedNotice", "NoSuchForm", "NoticeSpec", "Unreadable", "collect", "compile_notice", "load"]


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: the command line starts at once."""
    if name in _HOMES:
        from importlib import import_module  # noqa: PLC0415

        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
