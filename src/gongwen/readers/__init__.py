"""Files of every format to one ``Document``, by content rather than by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from ..errors import Unreadable
from ..model import Block, Document, Paragraph, ReadWarning
from .detect import IMAGES, detect_opened
from .source import Source, sha256

__all__ = ["Source", "expand", "printable", "read", "read_all"]

_WINDOW = 120
"""Files that may wait for a conversion before them in order."""
_OFFICE = frozenset(("doc", "wps", "rtf", "odt", "wordml"))
_SHEETS = frozenset(("xlsx", "xlsb", "ods", "xls", "et"))
_DIRECT = {
    "docx": (".docx", "read_docx"),
    "text": (".text", "read_text"),
    "html": (".html", "read_html"),
    "mht": (".html", "read_mht"),
    "pdf": (".pdf", "read_pdf"),
    **dict.fromkeys(IMAGES, (".ocr", "read_image")),
    **dict.fromkeys(_SHEETS, (".sheet", "read_sheet")),
}
"""Which module reads what; each is imported when its first file comes, so that reading a .docx starts at once."""

_EXTENSIONS = {
    "docx": "docx docm dotx dotm",
    "doc": "doc dot wps",
    "wps": "wps wpt doc",
    "wordml": "doc xml",
    "rtf": "rtf",
    "odt": "odt ott",
    "xlsx": "xlsx xlsm xltx xltm",
    "xls": "xls xlt et",
    "et": "et ett xls",
    "xlsb": "xlsb",
    "ods": "ods ots",
    "html": "html htm xhtml",
    "mht": "mht mhtml",
    "pdf": "pdf",
    "text": "txt text csv tsv md log",
    "jpg": "jpg jpeg jfif",
    "tiff": "tif tiff",
}


@dataclass(slots=True)
class _Entry:
    """A source and what became of it; ``waiting`` is its content until LibreOffice has turned it."""

    source: Source
    result: Document | Unreadable | None = None
    waiting: bytes | None = None
    kind: str = ""


def read(path: str | Path | Source) -> Document:
    """One file as a document. Raises ``Unreadable`` for whatever is wrong with it, and nothing else."""
    source = path if isinstance(path, Source) else import_module(".archive", __name__).named(path)
    result = next(read_all([source]))[1]
    if isinstance(result, Unreadable):
        raise result
    return result


def read_all(
    sources: Iterable[Source], progress: Callable[[Source], None] | None = None
) -> Iterator[tuple[Source, Document | Unreadable]]:
    """Every source with its document or why it cannot be read, in the order given; a bad file never ends the run.

    Files for LibreOffice are converted many in one process. Only a window of documents is held, whatever the number of
    sources. ``progress`` is called after each.
    """
    window: list[_Entry] = []
    for source in sources:
        window.append(_guarded(_start, _Entry(source)))
        waiting = sum(entry.waiting is not None for entry in window)
        if waiting >= 20 or len(window) >= _WINDOW or not waiting:
            yield from _done(window, progress)
            window = []
    yield from _done(window, progress)


def expand(paths: Iterable[str | Path]) -> list[Source]:
    """Files, folders and .zip files as the files they stand for: see ``archive.expand``."""
    found: list[Source] = import_module(".archive", __name__).expand(paths)
    return found


def printable(name: str) -> str:
    """A file's name as text that can be printed and stored: see ``archive.printable``."""
    found: str = name if name.isascii() else import_module(".archive", __name__).printable(name)
    return found


def _done(
    window: list[_Entry], progress: Callable[[Source], None] | None
) -> Iterator[tuple[Source, Document | Unreadable]]:
    _convert([entry for entry in window if entry.waiting is not None])
    for entry in window:
        assert entry.result is not None
        yield entry.source, entry.result
        if progress:
            progress(entry.source)


def _guarded(step: Callable[[_Entry], None], entry: _Entry) -> _Entry:
    """Run a step; whatever it raises becomes the entry's refusal. A parser's panic is no ``Exception``."""
    try:
        step(entry)
    except Unreadable as error:
        entry.result = error
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except MemoryError:
        entry.result = Unreadable(entry.source.name, "U005")
    except RecursionError:
        entry.result = Unreadable(entry.source.name, "U004", what="嵌套过深")
    except BaseException as error:  # no input may end in a traceback
        entry.result = Unreadable(entry.source.name, "U004", what=type(error).__name__)
    return entry


def _start(entry: _Entry) -> None:
    """Read what can be read here; leave the rest waiting for LibreOffice."""
    name = entry.source.name
    data = entry.source.read()
    kind, archive = detect_opened(data, name)
    entry.kind = kind
    if kind == "zip":
        import_module(".archive", __name__).members(entry.source)
        raise Unreadable(name, "U018") if name.lower().endswith(".zip") else Unreadable(name, "U004", what="ZIP")
    if kind in _OFFICE:
        entry.waiting = data
        return
    try:
        more = [kind] if kind in _SHEETS else [archive] if kind == "docx" else []
        document = _reader(kind, name)(data, name, *more)
        _check_text(document)
        entry.result = _named(document, kind)
    except Unreadable as error:
        if kind not in ("xls", "et") or error.code != "U004":
            raise
        entry.waiting = data


def _reader(kind: str, name: str) -> Callable[..., Document]:
    module, function = _DIRECT[kind]
    try:
        found: Callable[..., Document] = getattr(import_module(module, __name__), function)
    except ImportError as error:
        if kind in IMAGES:
            raise Unreadable(name, "U009") from error
        raise
    return found


def _convert(entries: list[_Entry]) -> None:
    """Everything that waits through LibreOffice, then as any other file."""
    if not entries:
        return
    office: Any = import_module(".office", __name__)
    results = office.convert([office.Item(entry.source.name, entry.waiting, entry.kind) for entry in entries])
    for entry, result in zip(entries, results, strict=True):
        if isinstance(result, Unreadable):
            entry.result = result
        else:
            _guarded(lambda entry, made=result: _finish(entry, made), entry)  # type: ignore[misc]
        entry.waiting = None


def _finish(entry: _Entry, made: bytes) -> None:
    """A converted file as the document that came in: its name, format and digest, what it points at outside."""
    name, data = entry.source.name, entry.waiting or b""
    target = "xlsx" if entry.kind in _SHEETS else "docx"
    document = _reader(target, name)(made, name, *([target] if target == "xlsx" else []))
    _check_sense(document)
    outside = import_module(".office", __name__).points_outside(data, entry.kind)
    warnings = [warning for warning in document.warnings if warning.code != "N143"]
    if outside:
        warnings.append(ReadWarning("N143", {"count": str(outside)}))
    entry.result = _named(
        msgspec.structs.replace(
            document,
            format="doc" if entry.kind == "wordml" else entry.kind,
            reader="office",
            sha256=sha256(data),
            warnings=tuple(warnings),
        ),
        entry.kind,
    )


def _check_text(document: Document) -> None:
    """A document must hold words, or at least pictures."""
    if not document.images and not any(text.strip() for text in _texts(document.blocks)):
        raise Unreadable(document.name, "U008")


def _check_sense(document: Document) -> None:
    """LibreOffice opens anything, noise as a page of noise: refuse text that is no text."""
    _check_text(document)
    text = "".join(_texts(document.blocks))[:20_000]
    if len(text) > 40 and import_module(".encoding", __name__).ordinary(text) < 0.5:
        raise Unreadable(document.name, "U004", what="文字")


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for cell in block.cells:
                yield cell.text
                yield from _texts(cell.tables)


def _named(document: Document, kind: str) -> Document:
    """The document, with a warning where its name claims another format."""
    extension = Path(document.name).suffix.lower().lstrip(".")
    if not extension or len(extension) > 5 or extension in _EXTENSIONS.get(kind, kind).split():
        return document
    if not any(extension in extensions.split() for extensions in _EXTENSIONS.values()) and extension not in IMAGES:
        return document
    warning = ReadWarning("N103", {"extension": extension, "format": kind})
    return msgspec.structs.replace(document, warnings=(*document.warnings, warning))
