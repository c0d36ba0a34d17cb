"""The .doc family through LibreOffice: many files in one process, nothing kept, nothing fetched, nothing run.

A run has a profile of its own that is thrown away, with macros off, links never updated and every network access sent
to a closed door. It is watched: a file that makes no progress for ``STALL`` seconds is given up with the whole process
group, and the others go on in a new one.
"""

from __future__ import annotations

import io
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import Unreadable

STALL = 8.0
"""Seconds after which a file without progress is given up; a start from cold takes one."""
BATCH = 20
"""Files in one process."""
MAX_ADDRESS_SPACE = 6 * 1024**3
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = ("/usr/lib/libreoffice/program", "/opt/libreoffice/program", "/Applications/LibreOffice.app/Contents/MacOS")
_TARGETS = {
    "doc": ("doc", "docx"),
    "wps": ("wps", "docx"),
    "rtf": ("rtf", "docx"),
    "odt": ("odt", "docx"),
    "wordml": ("xml", "docx"),
    "xls": ("xls", "xlsx"),
    "et": ("xls", "xlsx"),
}
KINDS = frozenset(_TARGETS)
"""What can be converted, by the names of ``detect``."""
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf"}
_PRINTED = {
    **{kind: extension for kind, (extension, _) in _TARGETS.items()},
    "docx": "docx",
    "xlsx": "xlsx",
    "ods": "ods",
}
"""What ``print_pages`` takes, and the extension LibreOffice is told."""

_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Misc", "FirstRun", "false"),
    ("Office.Common/Save/Document", "CreateBackup", "false"),
    ("Office.Common/Load", "UpdateDocMode", "0"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.WriterWeb/Content/Update", "Link", "2"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)

Outcome = Literal["ended", "stalled", "died"]


@dataclass(frozen=True, slots=True)
class Item:
    """A file to convert; ``kind`` is what ``detect`` called it."""

    name: str
    data: bytes
    kind: str


def program() -> str | None:
    """LibreOffice on the PATH or where it is usually installed."""
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found:
            return found
    return next(
        (path for place in _PLACES for name in _PROGRAMS if os.access(path := f"{place}/{name}", os.X_OK)), None
    )


def convert(items: Sequence[Item]) -> list[bytes | Unreadable]:
    """Each item as .docx or .xlsx, or why not, in the order given. One bad file never costs another.

    Refusals: U010 no LibreOffice, U011 no progress in time, U004 could not be opened.
    """
    soffice = program()
    if soffice is None:
        return [Unreadable(item.name, "U010", format=f".{item.kind}") for item in items]
    results: dict[int, bytes | Unreadable] = {}
    for target in ("docx", "xlsx"):
        group = [number for number, item in enumerate(items) if _TARGETS[item.kind][1] == target]
        for start in range(0, len(group), BATCH):
            _convert_batch(soffice, items, group[start : start + BATCH], results)
    return [results[number] for number in range(len(items))]


def print_pages(items: Sequence[Item]) -> list[bytes | None]:
    """Each item as .pdf, as it would come out of the printer; None for what cannot be printed, or without LibreOffice."""
    soffice = program()
    known = {number: item for number, item in enumerate(items) if item.kind in _PRINTED}
    if soffice is None or not known:
        return [None] * len(items)
    results: dict[int, bytes | Unreadable] = {}
    numbers = list(known)
    for start in range(0, len(numbers), BATCH):
        _convert_batch(soffice, items, numbers[start : start + BATCH], results, target="pdf")
    return [found if isinstance(found := results.get(number), bytes) else None for number in range(len(items))]


def _convert_batch(
    soffice: str,
    items: Sequence[Item],
    batch: list[int],
    results: dict[int, bytes | Unreadable],
    target: str | None = None,
) -> None:
    """Run until every number of the batch has a result: together first, what failed there alone."""
    together, alone = list(batch), list[int]()
    while together or alone:
        run = together or [alone.pop(0)]
        made, outcome = _run(soffice, {number: items[number] for number in run}, target)
        results.update(made)
        missing = [number for number in run if number not in made]
        together = []
        if not missing:
            continue
        if outcome == "stalled":
            results[missing[0]] = Unreadable(items[missing[0]].name, "U011", seconds=round(STALL))
            together = missing[1:]
        elif len(run) == 1:
            results[run[0]] = Unreadable(items[run[0]].name, "U004", what=f".{items[run[0]].kind}")
        elif outcome == "died":
            alone.append(missing[0])
            together = missing[1:]
        else:
            alone += missing


def _run(soffice: str, items: dict[int, Item], target: str | None = None) -> tuple[dict[int, bytes], Outcome]:
    """One process over the items: what it made, by number, and how it ended."""
    target = target or _TARGETS[next(iter(items.values())).kind][1]
    with tempfile.TemporaryDirectory(prefix="gongwen-", ignore_cleanup_errors=True) as folder:
        root = Path(folder)
        made = root / "made"
        made.mkdir()
        _write_profile(root / "profile")
        inputs = []
        for number, item in items.items():
            path = root / f"{number:06d}.{_extension(item)}"
            path.write_bytes(item.data)
            inputs.append(str(path))
        command = [
            soffice,
            f"-env:UserInstallation={(root / 'profile').as_uri()}",
            *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", _FILTERS[target], "--outdir", str(made), *inputs),
        ]
        outcome = _watch(command, root, made, len(items))
        return _collect(made, items, target), outcome


def _extension(item: Item) -> str:
    """What LibreOffice is told: a .wps of WPS is a Word file, one of Microsoft Works is not."""
    if item.kind == "wps" and "WordDocument".encode("utf-16-le") in item.data:
        return "doc"
    return _PRINTED[item.kind]


def _watch(command: list[str], root: Path, made: Path, count: int) -> Outcome:
    """Start the process in a group of its own and wait as long as outputs keep coming."""
    process = subprocess.Popen(
        command,
        cwd=root,
        env=_environment(root),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        with suppress(OSError, ValueError, AttributeError):
            resource.prlimit(process.pid, resource.RLIMIT_AS, (MAX_ADDRESS_SPACE, MAX_ADDRESS_SPACE))
        last, seen = time.monotonic(), 0
        while True:
            try:
                return "ended" if process.wait(0.03) == 0 else "died"
            except subprocess.TimeoutExpired:
                now = min(count, len(os.listdir(made)))
                if now != seen:
                    last, seen = time.monotonic(), now
                if time.monotonic() - last > STALL:
                    return "stalled"
    finally:
        _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the whole group; LibreOffice is a script, a starter and the program itself."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)


def _collect(made: Path, items: dict[int, Item], target: str) -> dict[int, bytes]:
    """The outputs that are whole."""
    found: dict[int, bytes] = {}
    for number in items:
        path = made / f"{number:06d}.{target}"
        if path.is_file() and (path.read_bytes()[:5] == b"%PDF-" if target == "pdf" else zipfile.is_zipfile(path)):
            found[number] = path.read_bytes()
    return found


def _environment(root: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "FONTCONFIG_PATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(root),
        "TMPDIR": str(root),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _write_profile(folder: Path) -> None:
    """A profile that forbids what a stranger's file must not do."""
    (folder / "user").mkdir(parents=True)
    lines = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (folder / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{lines}</oor:items>",
        encoding="utf-8",
    )


_OUTSIDE = re.compile(
    rb"INCLUDEPICTURE|INCLUDETEXT|\\\*\\template|\\objautlink|\\objlink|xlink:href=\"(?:https?|ftp|file|smb):[^\"]*\"[^>]*xlink:show",
    re.IGNORECASE,
)


def points_outside(data: bytes, kind: str) -> int:
    """How many pictures, texts or objects the file takes from elsewhere; hyperlinks are not meant."""
    if kind == "odt":
        with suppress(zipfile.BadZipFile, KeyError, OSError), zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("content.xml")
            data = archive.read(info) if info.file_size < 1 << 26 else b""
    found = len(_OUTSIDE.findall(data))
    if kind in ("doc", "wps"):
        found += len(_OUTSIDE.findall(data.replace(b"\0", b"")))
    return found
