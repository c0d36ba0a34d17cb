"""Does this file, or any file in it, bear a mark of secrecy? And what of it could not be looked at, and why?

Nothing is kept in memory but one file at a time; members of an archive are unpacked one by one into a folder that is gone
afterwards. ``quick`` looks only at what takes no time; the rest of it says ``Why.SLOW``. Without it LibreOffice opens old
formats and pictures are recognised, page after page, until ``seconds`` are over. A stranger's file belongs into a process of its own
with a limit on memory: ``python -m gongwen.screening``.
"""

from __future__ import annotations

from .looking import SECONDS, SECONDS_ARCHIVE, look
from .result import Look, Unseen, Why

__all__ = ["SECONDS", "SECONDS_ARCHIVE", "Look", "Unseen", "Why", "look"]
