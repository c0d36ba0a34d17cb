"""The files that she takes away, in the office's own names."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from django.db import transaction

from anyue.platform.audit.services import Subject
from anyue.platform.files.kinds import KINDS
from anyue.platform.files.models import StoredFile
from anyue.platform.files.services import file_remove, file_store
from gongwen import LoadedNotice
from gongwen.collection import Collection
from gongwen.outputs import write_outputs
from gongwen.readers.office import Item, print_pages

from ..models import QuickOutput, QuickRun
from .quick_access import owner_of
from .quick_progress import Progress

Kind = QuickOutput.Kind
WRITTEN = (Kind.TABLE, Kind.WORKBOOK, Kind.REMINDER, Kind.REPORT, Kind.JSON)
"""What ``write_outputs`` gives, in its order."""


def make_outputs(run: QuickRun, collection: Collection, loaded: LoadedNotice, work: Path, progress: Progress) -> None:
    """Make and keep all files; those of the run before go. Without LibreOffice there is no PDF.

    The workbook does not link to the replies: where they lie now they will not lie on her PC.
    """
    out = work / "汇总"
    out.mkdir()
    written = write_outputs(collection, loaded, [], out, lambda *_: progress.step())
    made = dict(zip(WRITTEN, written, strict=True))
    pdf = print_pages([Item(made[Kind.TABLE].name, made[Kind.TABLE].read_bytes(), "docx")])[0]
    if pdf is not None:
        made[Kind.PDF] = made[Kind.TABLE].with_suffix(".pdf")
        made[Kind.PDF].write_bytes(pdf)
    progress.step()
    made[Kind.ALL] = _packed(out, list(made.values()), made[Kind.TABLE].stem)
    progress.step()
    _keep(run, made)


def _packed(out: Path, files: Sequence[Path], stem: str) -> Path:
    packed = out / f"{stem}_全套.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return packed


def _keep(run: QuickRun, made: dict[Kind, Path]) -> None:
    by, owner, place, kinds = owner_of(run), Subject.of(run), run.unit.path, frozenset(KINDS)
    names = {kind: path.name for kind, path in made.items()}
    names[Kind.JSON] = f"{made[Kind.TABLE].stem}.json"
    kept: dict[Kind, StoredFile] = {
        kind: file_store(by=by, upload=made[kind], name=names[kind], place=place, owner=owner, kinds=kinds)
        for kind in Kind
        if kind in made
    }
    with transaction.atomic():
        before = [output.file for output in run.outputs.select_related("file")]
        run.outputs.all().delete()
        QuickOutput.objects.bulk_create(
            [QuickOutput(run=run, kind=kind, order=order, file=file) for order, (kind, file) in enumerate(kept.items())]
        )
    for file in before:
        file_remove(by=by, file=file)
