"""Folders and .zip files to the files in them, in a person's order; nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from ..errors import Unreadable
from .detect import detect
from .source import Source

MAX_FILES = 20_000
MAX_MEMBER = 200 * 1024 * 1024
MAX_TOTAL = 2 * 1024 * 1024 * 1024
MAX_NESTED = 150 * 1024 * 1024
"""What may be held in memory of archives inside an archive."""
MAX_RATIO = 200
MAX_FOLDERS = 12
_SKIPPED = re.compile(
    r"(?:^|/)(?:\.[^/]*|~\$[^/]*|\.~[^/]*|__MACOSX|Thumbs\.db|desktop\.ini|@eaDir)(?:/|$)|\.(?:tmp|lnk|crdownload)$",
    re.IGNORECASE,
)
_PACKAGES = frozenset((".docx", ".docm", ".xlsx", ".xlsm", ".odt", ".ods"))
_DIGITS = re.compile(r"(\d+)")


def expand(paths: Iterable[str | Path]) -> list[Source]:
    """The files that the paths stand for: files as they are, folders and .zip files with all that is in them.

    Inner names are relative (``folder/name``) and sorted as a person sorts (2 before 10). Hidden files, lock files
    (``~$``) and a system's own litter are skipped; a .zip inside a .zip is opened once more, not deeper. What cannot be
    opened stays in the list and refuses when it is read. Raises ``Unreadable`` U005 for too many files.
    """
    found: list[Source] = []
    for path in map(Path, paths):
        found.extend(_of_path(path))
        if len(found) > MAX_FILES:
            raise Unreadable(printable(path.name), "U005")
    return _distinct(found)


def _distinct(sources: list[Source]) -> list[Source]:
    """Each file once, and no two of one name: those of the same name are told apart by the folders that they stand in."""
    kept: dict[object, Source] = {}
    for number, source in enumerate(sources):
        kept.setdefault((source.path.absolute(), source.member, source.name) if source.path else number, source)
    taken = Counter(source.name for source in kept.values())
    given: set[str] = set()
    found: list[Source] = []
    for source in kept.values():
        name, above = source.name, list[str]()
        if source.path is not None and taken[name] > 1:
            place = source.path.absolute()
            above = list((place if source.member is not None else place.parent).parts)
        while name in given or (above and taken[name] > 1):
            name = f"{printable(above.pop())}/{name}" if above else f"{name} ({len(given)})"
        given.add(name)
        found.append(source if name == source.name else replace(source, name=name))
    return found


def _of_path(path: Path) -> list[Source]:
    try:
        folder = path.is_dir()
    except (OSError, ValueError):
        folder = False
    return _of_folder(path) if folder else _opened(named(path))


def _of_folder(folder: Path) -> list[Source]:
    """All files below, links to folders not followed."""
    names: list[tuple[str, Path]] = []
    for top, below, files in os.walk(folder):
        inner = Path(top).relative_to(folder)
        if len(inner.parts) >= MAX_FOLDERS:
            below.clear()
        names += [((inner / file).as_posix(), Path(top) / file) for file in files]
        if len(names) > MAX_FILES:
            raise Unreadable(printable(folder.name), "U005")
    wanted = sorted((item for item in names if not _SKIPPED.search(item[0])), key=lambda item: natural(item[0]))
    prefix = folder.resolve().name
    return [file for name, path in wanted for file in _opened(Source(printable(f"{prefix}/{name}"), path))]


def _opened(source: Source) -> list[Source]:
    """The source itself, or the members of a plain .zip that can be opened."""
    try:
        return members(source) if _is_plain_zip(source) else [source]
    except (OSError, ValueError, Unreadable):
        return [source]


def _is_plain_zip(source: Source) -> bool:
    """Whether it is a zip and none of the packages that are documents."""
    if source.path is not None:
        if source.path.suffix.lower() in _PACKAGES or not stat.S_ISREG(source.path.stat().st_mode):
            return False
        with source.path.open("rb") as stream:
            if stream.read(2) != b"PK":
                return False
    return detect(source.read(), source.name) == "zip"


def members(source: Source) -> list[Source]:
    """The files in a plain .zip, under limits on count, size and ratio. Raises ``Unreadable``: U003 if they ask for a
    password, U004 if damaged, U005 for a bomb, U015 where nothing is left.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.read())) as archive:
            found = _members(archive, source, nested=False)
    except RuntimeError as error:
        raise Unreadable(source.name, "U003") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(source.name, "U004", what="ZIP") from error
    if not found:
        raise Unreadable(source.name, "U015")
    return found


def _members(archive: zipfile.ZipFile, source: Source, nested: bool) -> list[Source]:
    infos = [(number, info) for number, info in enumerate(archive.infolist()) if not info.is_dir()]
    _check([info for _, info in infos], source.name)
    named = [(member_name(info), number, info) for number, info in infos]
    found: list[Source] = []
    room = MAX_NESTED
    for name, number, info in sorted(named, key=lambda item: natural(item[0])):
        if _SKIPPED.search(name):
            continue
        if info.flag_bits & 1:
            raise Unreadable(source.name, "U003")
        full = f"{source.name}/{name}"
        if not nested and name.lower().endswith(".zip") and info.file_size <= room:
            room -= info.file_size
            found += _nested(Source(full, data=archive.read(info)))
        elif nested or source.path is None:
            found.append(Source(full, data=archive.read(info)))
        else:
            found.append(Source(full, source.path, member=number))
    return found


def _nested(inner: Source) -> list[Source]:
    """The members of a .zip in a .zip; itself where it cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(inner.read())) as archive:
            return _members(archive, inner, nested=True) or [inner]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, Unreadable):
        return [inner]


def _check(infos: list[zipfile.ZipInfo], name: str) -> None:
    total = sum(info.file_size for info in infos)
    bursting = any(
        info.file_size > MAX_MEMBER
        or (info.file_size > 1 << 24 and info.file_size > MAX_RATIO * max(1, info.compress_size))
        for info in infos
    )
    if bursting or total > MAX_TOTAL or len(infos) > MAX_FILES:
        raise Unreadable(name, "U005")


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member: UTF-8 where it says so or is so, else GB18030, as Chinese Windows writes it."""
    name = info.filename
    if not info.flag_bits & 0x800:
        try:
            raw = info.orig_filename.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding) if raw else name
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)


def named(path: str | Path) -> Source:
    """A file on disk under a name that can be printed and stored; it is opened by its real path."""
    path = Path(path)
    return Source(printable(path.name or str(path)), path)


def printable(name: str) -> str:
    """A file's name as text. Bytes that are no UTF-8 are GB18030, as a .zip from Chinese Windows leaves them, else �.

    Each folder's name is looked at by itself: what was unpacked wrongly often lies in a folder that is named rightly.
    """
    return "/".join(_printable(part) for part in name.split("/"))


def _printable(part: str) -> str:
    try:
        part.encode()
        return part
    except UnicodeEncodeError:
        pass
    escaped = all("\udc80" <= char <= "\udcff" for char in part if "\ud800" <= char <= "\udfff")
    raw = os.fsencode(part) if escaped else part.encode("utf-8", "replace")
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace")


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key in which 附件2 comes before 附件10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.lower()) for part in _DIGITS.split(name)]
