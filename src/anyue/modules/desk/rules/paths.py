"""Names of files as they come: with their folders, from any system, and what of them is only a system's litter."""

from __future__ import annotations

import re
import unicodedata

from gongwen.readers import printable

DEPTH = 6
LONGEST = 80
"""Folders that a path keeps, counted from the file; characters of one part."""
_LITTER = re.compile(
    r"(?:^|/)(?:\.[^/]*|~\$[^/]*|__MACOSX|Thumbs\.db|desktop\.ini|@eaDir)(?:/|$)|\.(?:tmp|lnk|crdownload)$",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"[:*?\"<>|]")


def clean_path(written: str) -> str:
    """A path below a folder of ours: no way up, nothing that a file system refuses, the ending kept; "" for nothing at all."""
    text = unicodedata.normalize("NFC", printable(written)).replace("\\", "/")
    text = "".join(" " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else sign for sign in text)
    parts = [_REFUSED.sub("_", part).strip(" ").rstrip(". ") for part in text.split("/")]
    return "/".join(_short(part) for part in [part for part in parts if part.strip(".")][-DEPTH:])


def is_litter(written: str) -> bool:
    """A file that no person put there: lock files, hidden files, thumbnails."""
    return _LITTER.search(written.replace("\\", "/")) is not None


def _short(part: str) -> str:
    if len(part) <= LONGEST and len(part.encode()) <= 3 * LONGEST:
        return part
    stem, dot, ending = part.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = part, "", ""
    room = LONGEST - len(ending) - len(dot)
    while len(stem) > room or len(stem.encode()) > 3 * room:
        stem = stem[:-1]
    return f"{stem.rstrip()}{dot}{ending}"
