"""Pictures of the original's pages, so that a reviewer sees the paper itself beside what was read from it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pypdfium2
from msgspec import Struct
from PIL import Image, ImageOps

from ..errors import Unreadable
from ..model import Document
from ..readers import Source
from ..readers.detect import IMAGES
from ..readers.office import Item, print_pages

DPI = 110
"""Enough to read 4号 type on an office screen, some 120 kB a page."""
MAX_PAGES = 200
"""Of one file; a notice longer than this is looked up in the file itself."""
_QUALITY = 80


class PagePicture(Struct, frozen=True):
    """One page: ``source`` as in ``NoticeSpec.source``, ``number`` from 1, ``jpeg`` its picture of ``width`` × ``height`` pixels."""

    source: int
    number: int
    jpeg: bytes
    width: int
    height: int


def page_pictures(sources: Sequence[Source], documents: Sequence[Document]) -> Iterator[PagePicture]:
    """The pages of all sources in their order; sources that have no pages (.txt, .html) or cannot be printed give none.

    Files of the Word and Excel families need LibreOffice; they are turned together in one process.
    """
    printed = _printed(sources, documents)
    for number, (source, document) in enumerate(zip(sources, documents, strict=True)):
        if document.format == "pdf":
            yield from _pages(number, source.read())
        elif number in printed:
            yield from _pages(number, printed[number])
        elif document.format in IMAGES:
            yield from _photo(number, source)


def _printed(sources: Sequence[Source], documents: Sequence[Document]) -> dict[int, bytes]:
    wanted = [
        (number, Item(source.name, source.read(), document.format))
        for number, (source, document) in enumerate(zip(sources, documents, strict=True))
        if document.format not in ("pdf", *IMAGES)
    ]
    made = print_pages([item for _, item in wanted])
    return {number: data for (number, _), data in zip(wanted, made, strict=True) if data is not None}


def _pages(source: int, data: bytes) -> Iterator[PagePicture]:
    try:
        paper = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return
    try:
        for number in range(min(len(paper), MAX_PAGES)):
            yield _encoded(source, number + 1, paper[number].render(scale=DPI / 72).to_pil())
    finally:
        paper.close()


def _photo(source: int, of: Source) -> Iterator[PagePicture]:
    try:
        with Image.open(io.BytesIO(of.read())) as opened:
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((2000, 2000))
            yield _encoded(source, 1, upright)
    except (OSError, Image.DecompressionBombError, Unreadable):
        return


def _encoded(source: int, number: int, picture: Image.Image) -> PagePicture:
    out = io.BytesIO()
    picture.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    return PagePicture(source, number, out.getvalue(), picture.width, picture.height)
