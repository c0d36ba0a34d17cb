"""A mark of secrecy is looked for before a byte of a file is kept, at every door through which people send files.

Looked at is what can be read while a person waits: Word documents, workbooks, texts, web pages, the first pages of a PDF that has
text, and such files inside a .zip. Scans and old Word formats need a recognition or a conversion of their own; doors that
take notices have these done in a job before anything is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pypdfium2 as pdfium

from anyue.kernel.errors import RefusedError
from anyue.platform.audit.services import Subject, record
from anyue.platform.authz import Actor
from gongwen import Unreadable
from gongwen.compile import mark_of_secrecy
from gongwen.readers import Source, expand, read
from gongwen.readers.detect import detect

from . import problems
from .kinds import SHEETS

READ = SHEETS | {"docx", "text", "html", "mht", "xlsb"}
MOST_BYTES = 8 << 20
MOST_MEMBERS = 200
PAGES = 2


def examine(*, by: Actor, place: str, name: str) -> Callable[[Path, str], None]:
    """For ``file_store``: refuses a file that is marked secret, and writes down that one was turned away, without its name."""

    def looked_at(path: Path, kind: str) -> None:
        mark = mark_in(path, kind)
        if mark is not None:
            about = Subject("files.storedfile", "", mark)
            record(by=by, action="file.refused_secret", subject=about, place=place, after={"mark": mark})
            raise RefusedError(problems.SECRET, name=name, mark=mark)

    return looked_at


def mark_in(path: Path, kind: str) -> str | None:
    """The mark at the head of the file at ``path``, or of one inside it; None where there is none that could be seen."""
    try:
        sources = expand([path]) if kind == "zip" else [Source(f"file.{kind}", path)]
    except Unreadable:
        return None
    return next((mark for mark in map(_mark, _small(sources)) if mark is not None), None)


def _small(sources: Iterable[Source]) -> Iterable[Source]:
    for number, source in enumerate(sources):
        if number >= MOST_MEMBERS:
            return
        try:
            data = source.read()
        except Unreadable:
            continue
        if len(data) <= MOST_BYTES:
            yield Source(source.name, data=data)


def _mark(source: Source) -> str | None:
    data = source.data or b""
    try:
        kind = detect(data, source.name)
        if kind == "pdf":
            return mark_of_secrecy(read(Source("file.txt", data=_head_of_pdf(data).encode())))
        return mark_of_secrecy(read(source)) if kind in READ else None
    except (Unreadable, pdfium.PdfiumError):
        return None  # whoever reads it says what is wrong with it


def _head_of_pdf(data: bytes) -> str:
    document = pdfium.PdfDocument(data)
    try:
        texts = [document[number].get_textpage().get_text_bounded() for number in range(min(PAGES, len(document)))]
    finally:
        document.close()
    return "\n".join(texts).replace("\0", "")
