"""What a file is, by its content alone, and whether it is safe to keep."""

from __future__ import annotations

import zipfile
import zlib

from django.conf import settings
from django.utils.translation import get_language

from anyue.kernel.errors import RefusedError
from gongwen.errors import Unreadable
from gongwen.messages import Language, parts
from gongwen.readers.detect import detect

from . import problems
from .intake import Taken, too_large
from .kinds import extensions, kind_named

MAX_MEMBERS = 20_000
MAX_UNPACKED = 2 << 30
MAX_MEMBER = 200 << 20
MAX_RATIO = 200
_SMALL = 16 << 20
"""A member that unpacks to less is no bomb, however well it was packed."""

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def kind_of(file: Taken, kinds: frozenset[str]) -> str:
    """The kind of ``file``, one of ``kinds``. Refuses any other, what nobody can read, two kinds in one, and bombs."""
    with file.path.open("rb") as stream:
        head = stream.read(1024)
    kind = _zipped(file) if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) else None
    if kind != "zip" and file.size > settings.UPLOAD_LIMIT:
        raise too_large(file.name, file.size, settings.UPLOAD_LIMIT)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        raise RefusedError(problems.PICTURE_HEIC, name=file.name)
    kind = kind or _detected(file)
    if kind == "pdf":
        _not_two_kinds(file, head)
    if kind not in kinds:
        label = kind_named(kind).label
        raise RefusedError(problems.WRONG_KIND, name=file.name, kind=label, accepted=extensions(kinds))
    return kind


def _detected(file: Taken) -> str:
    try:
        return detect(file.path.read_bytes(), file.name)
    except Unreadable as unreadable:
        raise refused(unreadable, file.name) from unreadable


def refused(unreadable: Unreadable, name: str) -> RefusedError:
    """What the library says of a file, as a refusal of ours in the person's language."""
    language: Language = "zh" if (get_language() or "zh").startswith("zh") else "en"
    reason, advice = parts(unreadable.code, language, **unreadable.details)
    return RefusedError(problems.UNREADABLE, name=name, reason=reason, advice=advice[:1].upper() + advice[1:])


def _not_two_kinds(file: Taken, head: bytes) -> None:
    """A PDF starts with its mark. Readers forgive noise before it, which is how a web page hides in one."""
    before = head[: head.index(b"%PDF-")]
    if before.strip(b"\xef\xbb\xbf\0 \t\r\n"):
        raise RefusedError(problems.AMBIGUOUS, name=file.name)


def _zipped(file: Taken) -> str | None:
    """The kinds of zip that ``gongwen`` does not read (and a plain zip too large to load); None: it shall tell."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise refused(Unreadable(file.name, "U004", what="ZIP"), file.name) from error
    _refuse_bombs(infos, file.name)
    names = frozenset(info.filename for info in infos)
    if "OFD.xml" in names:
        return "ofd"
    if "ppt/presentation.xml" in names:
        return "pptx"
    return None if names & {"[Content_Types].xml", "mimetype", "word/document.xml", "xl/workbook.xml"} else "zip"


def _refuse_bombs(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Sizes as the directory gives them: the reader stops at them, so a false one cannot make more of it."""
    bursting = any(
        info.file_size > MAX_MEMBER
        or (info.file_size > _SMALL and info.file_size > MAX_RATIO * max(1, info.compress_size))
        for info in infos
    )
    if bursting or len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise RefusedError(problems.BOMB, name=name)
    if any(info.flag_bits & 1 for info in infos):
        raise refused(Unreadable(name, "U003"), name)
