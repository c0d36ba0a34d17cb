"""Pages: of a .pdf by its text, where it has none by what is seen on them; of pictures by what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..compile import mark_of_secrecy
from ..errors import Unreadable
from ..readers import Source, read
from ..readers.pdf import MAX_PAGES, finish

_FEW = 40
"""Characters on a page that may be those of the scanning program."""


def scanned_pages(path: Path, most: int) -> bool:
    """Whether a page has no text of its own, or there are more than ``most`` pages. True for what cannot be opened."""
    try:
        with pdfium.PdfDocument(path) as paper:
            return len(paper) > most or any(_is_scan(paper[number]) for number in range(len(paper)))
    except pdfium.PdfiumError:
        return True


def mark_on_paper(path: Path, name: str) -> Iterator[str | None]:
    """The mark of the pages with text, read as one document; then of each page without, as far as it is asked for."""
    try:
        paper = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        code = "U003" if "assword" in str(error) else "U004"
        raise Unreadable(name, code, what="PDF") from error
    try:
        count = min(len(paper), MAX_PAGES)
        scans = [number for number in range(count) if _is_scan(paper[number])]
        yield from _texts(paper, [number for number in range(count) if number not in scans])
        yield from _seen(paper, scans, name)
        if len(paper) > MAX_PAGES:
            raise Unreadable(name, "U005")
    finally:
        paper.close()


def mark_on_pictures(path: Path, name: str) -> Iterator[str | None]:
    """The mark of each picture in the file."""
    ocr = _ocr(name)
    data = path.read_bytes()
    for page in ocr.image_pages(data, name, ocr.Report()):
        yield _mark_on(page, name)


def _texts(paper: Any, numbers: list[int]) -> Iterator[str | None]:
    texts = [paper[number].get_textpage().get_text_bounded().replace("\0", "") for number in numbers]
    if any(text.strip() for text in texts):
        yield mark_of_secrecy(read(Source("page.txt", data="\n".join(texts).encode("utf-8", "replace"))))


def _seen(paper: Any, numbers: list[int], name: str) -> Iterator[str | None]:
    if numbers:
        ocr = _ocr(name)
        for number in numbers:
            yield _mark_on(ocr.pdf_page(paper, number, ocr.Report()), name)


def _mark_on(page: Any, name: str) -> str | None:
    try:
        return mark_of_secrecy(finish([page], b"", name, ("image", "ocr"), []))
    except Unreadable:
        return None  # no words on it


def _ocr(name: str) -> Any:
    try:
        return import_module("gongwen.readers.ocr")
    except ImportError as error:
        raise Unreadable(name, "U009") from error


def _is_scan(page: Any) -> bool:
    """Something drawn and no text, or hardly any."""
    text = page.get_textpage()
    count = text.count_chars()
    text.close()
    if count > _FEW:
        return False
    wanted = [pdfium_c.FPDF_PAGEOBJ_IMAGE] + ([] if count else [pdfium_c.FPDF_PAGEOBJ_PATH])
    return any(True for _ in page.get_objects(filter=wanted))
