"""The example district as she drops it, and little runs of a few lines."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from anyue.modules.desk import services
from anyue.modules.desk.models import QuickFile, QuickRun
from anyue.modules.desk.services import Dropped
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import Actor, ActorKind
from tests.gongwen.collecting.district import BLANK, FORM, MORE, NUMBERS, Sheet
from tests.support.notation import docx_from

EXAMPLE = Path(__file__).parents[4] / "examples" / "district-2026"
REPLIES = sorted((EXAMPLE / "回复").iterdir())
Role = QuickFile.Role
SYSTEM = Actor.system("desk.test")
HEADING = """
    = 关于开展2026年“安全生产月”活动的通知
    各社区：
    请认真组织，于6月20日前报送附件2。
    > 2026年5月20日
    ---
"""
EMPTY = FORM.format(
    unit="", day="", person="", more=MORE.format(*[BLANK] * 3), story="", **dict.fromkeys(NUMBERS, BLANK)
)


def truth() -> dict[str, Any]:
    """What the example says of itself."""
    said: dict[str, Any] = json.loads((EXAMPLE / "truth.json").read_text("utf-8"))
    return said


def file(path: str, data: bytes) -> Dropped:
    """A file as a browser sends it."""
    return Dropped(path, SimpleUploadedFile(path.rpartition("/")[2], data))


def reply(unit: str, **numbers: object) -> bytes:
    """A filled form of the little notice."""
    return Sheet(unit, numbers).docx()


def notice(mark: str = "") -> bytes:
    """The little notice; with a mark of secrecy on top, if there is one."""
    return docx_from(f"    {mark}\n{HEADING}{EMPTY}" if mark else HEADING + EMPTY)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A .zip of these."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def gather(
    by: Actor,
    unit: Unit,
    replies: Mapping[str, bytes],
    *,
    text: bytes | None = None,
    name: str = "通知.docx",
    roster: bytes | None = None,
) -> QuickRun:
    """A run with these files, not yet started."""
    run = services.quick_run_open(by=by, unit=unit)
    services.quick_files_add(by=by, run=run, role=Role.NOTICE, files=[file(name, text or notice())])
    services.quick_files_add(
        by=by, run=run, role=Role.REPLY, files=[file(path, data) for path, data in replies.items()]
    )
    if roster is not None:
        services.quick_files_add(by=by, run=run, role=Role.ROSTER, files=[file("单位名单.csv", roster)])
    return run


def example(by: Actor, unit: Unit) -> QuickRun:
    """A run of the example district, not yet started."""
    files = {path.name: path.read_bytes() for path in REPLIES}
    run = gather(by, unit, files, text=(EXAMPLE / "通知.docx").read_bytes())
    roster = file("单位名单.xlsx", (EXAMPLE / "单位名单.xlsx").read_bytes())
    services.quick_files_add(by=by, run=run, role=Role.ROSTER, files=[roster])
    return run


def done(by: Actor, run: QuickRun, **options: Any) -> QuickRun:
    """The run started and read to its end."""
    services.quick_run_start(by=by, run=run, start=lambda _pk: None, **options)
    services.quick_run_read(by=SYSTEM, run=run)
    run.refresh_from_db()
    return run


def stranger() -> Actor:
    """Somebody else."""
    return Actor(ActorKind.PERSON, "999999", "路人")
