"""A notice loaded: its files read, its ``NoticeSpec`` compiled, the Word layout at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .compile import compile_documents
from .errors import Unreadable
from .model import Document
from .readers import Source, expand, printable, read_all
from .spec import NoticeSpec

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class LoadedNotice:
    """The files of a notice in the order of ``spec.source``, each with its document."""

    name: str
    sources: Sequence[Source]
    documents: list[Document]
    spec: NoticeSpec

    def docx_of(self, number: int) -> bytes | None:
        """A source as .docx: its own bytes, or LibreOffice's turn of a .doc, .wps, .rtf or .odt; None for other formats."""
        document, source = self.documents[number], self.sources[number]
        if document.reader == "docx":
            return source.read()
        if document.reader == "office" and document.format not in ("xls", "et", "ods"):
            from .readers.office import Item, convert  # noqa: PLC0415 - only where LibreOffice is needed

            result = convert([Item(source.name, source.read(), document.format)])[0]
            return result if isinstance(result, bytes) else None
        return None


def load(path: str | Path, *attachments: str | Path, progress: Progress | None = None) -> LoadedNotice:
    """Read a notice (a file, a folder or a .zip) with attachments that come as files of their own, and compile it.

    Raises ``Unreadable`` where a named file cannot be read, or where nothing in a folder or .zip can. Files of a folder
    that cannot be read are left out with a warning.
    """
    path = Path(path)
    named, name = expand([path]), printable(path.name or str(path))
    if not named:
        raise Unreadable(name, "U015")
    alone = len(named) == 1
    extra = [source for attachment in attachments for source in expand([attachment])]
    sources: list[Source] = []
    documents: list[Document] = []
    refused: list[Unreadable] = []
    for number, (source, result) in enumerate(read_all([*named, *extra])):
        if isinstance(result, Unreadable):
            if alone or number >= len(named):
                raise result
            refused.append(result)
        else:
            sources.append(source)
            documents.append(result)
        if progress:
            progress(number + 1, len(named) + len(extra), source.name)
    if not documents:
        raise refused[0]
    return LoadedNotice(name, sources, documents, compile_documents(documents, refused))


def compile_notice(path: str | Path, *attachments: str | Path, progress: Progress | None = None) -> NoticeSpec:
    """Compile a notice; see ``load``. Raises ``Unreadable``."""
    return load(path, *attachments, progress=progress).spec
