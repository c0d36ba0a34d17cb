"""The files of a run laid out in the folder of a job, and kept once they have been read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject
from anyue.platform.files import holding
from anyue.platform.files.kinds import DOCUMENTS, PICTURES, SHEETS
from anyue.platform.files.models import StoredFile
from anyue.platform.files.services import file_remove, file_store
from gongwen import Unreadable
from gongwen.readers import Source, expand

from .. import problems
from ..models import QuickFile, QuickRun
from ..rules.paths import clean_path
from .quick_access import owner_of
from .quick_gathering import REPLY_LIMIT, discard_held
from .quick_progress import Progress

FOLDERS = {QuickFile.Role.NOTICE: "通知", QuickFile.Role.REPLY: "回复", QuickFile.Role.ROSTER: "单位名单"}
"""Where each kind lies. The names are read by people: they stand before the files in the workbook and the JSON."""
KINDS = DOCUMENTS | SHEETS | PICTURES | {"xlsb"}
State, Role = QuickFile.State, QuickFile.Role


@dataclass(slots=True)
class Laid:
    """A file of the run and where it lies; ``readable`` is what the reading found."""

    file: QuickFile
    path: Path
    name: str
    readable: bool = True


def lay_out(run: QuickRun, work: Path) -> list[Laid]:
    """Every file of the run below ``work``, archives opened. Refuses too many replies and too much together.

    A member of an archive that cannot be taken out is marked as such and is not among them.
    """
    files = [file for row in list(run.files.filter(is_dropped=False)) for file in _opened(row)]
    count = sum(1 for file in files if file.role == Role.REPLY)
    if count > REPLY_LIMIT:
        raise RefusedError(problems.TOO_MANY, count=count, limit=REPLY_LIMIT)
    archives: dict[str, list[Source]] = {}
    laid: list[Laid] = []
    room = int(settings.UPLOAD_LIMIT_ARCHIVE)
    for file in files:
        if not (file.held or file.stored_id):
            continue
        path = _free(work / FOLDERS[Role(file.role)], file)
        try:
            _copy(file, path, archives)
        except Unreadable as error:
            _cannot_read(file, error)
            continue
        room -= path.stat().st_size
        if room < 0:
            limit = filesizeformat(settings.UPLOAD_LIMIT_ARCHIVE)
            raise RefusedError(problems.TOO_MUCH, size=f"> {limit}", limit=limit)
        laid.append(Laid(file, path, path.relative_to(work).as_posix()))
    return laid


def held_path(place: str) -> Path:
    """The one file that waits there."""
    return next(file for file in holding.folder(place).iterdir() if file.is_file())


def _opened(row: QuickFile) -> Iterator[QuickFile]:
    """The row itself, or one for each file of the archive that it is."""
    if not row.held or row.member is not None or row.role == Role.ROSTER:
        yield row
        return
    sources = expand([held_path(row.held)])
    if len(sources) == 1 and sources[0].member is None and sources[0].data is None:
        yield row
        return
    with transaction.atomic():
        yield from _members(row, sources)


def _members(row: QuickFile, sources: Sequence[Source]) -> list[QuickFile]:
    """Rows of the members in place of the archive's own; those of a name that is there already take its place."""
    top = row.path[: -len(".zip")] if row.path.lower().endswith(".zip") else row.path
    known = {file.path: file for file in QuickFile.objects.filter(run=row.run, role=row.role).exclude(pk=row.pk)}
    found: dict[str, QuickFile] = {}
    for number, source in enumerate(sources):
        path = clean_path(f"{top.replace('.', '_')}/{source.name.partition('/')[2]}")
        if path in found:
            path = clean_path(f"{top.replace('.', '_')}/{number}/{source.name.rpartition('/')[2]}")
        file = known.get(path) or QuickFile(run=row.run, role=row.role, path=path, order=row.order)
        file.held, file.member, file.is_dropped = row.held, number, False
        found[path] = file
    row.delete()
    QuickFile.objects.bulk_create([file for file in found.values() if file._state.adding])
    QuickFile.objects.bulk_update(
        [file for file in found.values() if file.path in known], ("held", "member", "is_dropped"), batch_size=200
    )
    return list(found.values())


def _free(folder: Path, file: QuickFile) -> Path:
    """A place for it; another folder where a file stands in the way of a folder of the same name."""
    path = folder / file.path
    if path.is_dir() or any(parent.is_file() for parent in path.parents):
        path = folder / str(file.pk) / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _copy(file: QuickFile, path: Path, archives: dict[str, list[Source]]) -> None:
    if file.held and file.member is not None:
        if file.held not in archives:
            archives[file.held] = expand([held_path(file.held)])
        path.write_bytes(archives[file.held][file.member].read())
        file.size = path.stat().st_size
    elif file.held:
        shutil.copyfile(held_path(file.held), path)
    else:
        assert file.stored is not None
        with default_storage.open(file.stored.kept.stored) as stored, path.open("wb") as out:
            shutil.copyfileobj(stored, out)


def _cannot_read(file: QuickFile, error: Unreadable) -> None:
    details = {"reason": error.reason, "advice": error.advice}
    text = f"{error.reason}。{error.advice}"
    file.state, file.unit, file.numbers, file.is_counted = State.REJECTED, "", {}, False
    file.issues = [{"code": "R001", "doubt": False, "text": text, "place": "", "found": "", "details": details}]
    file.save()


def keep_all(run: QuickRun, laid: Sequence[Laid], progress: Progress) -> None:
    """Keep what was read. What nobody could read, or the store does not take, is wiped: nobody knows what it is."""
    by, owner = owner_of(run), Subject.of(run)
    for one in laid:
        file, before = one.file, one.file.stored
        if file.held and one.readable and file.state != State.SECRET:
            file.stored = _kept(run, one, owner)
            if file.stored is not None:
                place, file.held, file.member = file.held, "", None
                file.save(update_fields=("stored", "held", "member", "size"))
                discard_held([place])
                if before is not None:
                    file_remove(by=by, file=before)
        progress.step()
    left = run.files.exclude(held="")
    places = set(left.values_list("held", flat=True))
    left.update(held="", member=None)
    discard_held(places)


def _kept(run: QuickRun, one: Laid, owner: Subject) -> StoredFile | None:
    try:
        return file_store(
            by=owner_of(run), upload=one.path, name=one.file.name, place=run.unit.path, owner=owner, kinds=KINDS
        )
    except RefusedError:
        return None
