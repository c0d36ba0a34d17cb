"""Portable documents: text and ruling lines by PDFium, pages without text through OCR."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from ..errors import Unreadable
from ..model import Box, Document, ReadWarning
from .layout import Glyph, Page, Rule, assemble, is_square, with_boxes
from .source import sha256

MAX_PAGES = 300
MAX_GLYPHS = 400_000
MAX_SECONDS = 60.0
_SYMBOLS = {
    0xA0: " ",
    0xF0A8: "□",
    0xF0A3: "□",
    0xF06F: "□",
    0xF071: "□",
    0xF0FE: "☑",
    0xF052: "☑",
    0xF0FC: "√",
    0xF0B7: "•",
    0xF0D8: "•",
}
"""Symbols of Wingdings and its like that mean something in a form."""
_THIN = 3.2
"""A filled shape thinner than this is a drawn line."""
_PASSWORD = 4  # FPDF_ERR_PASSWORD

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]


def read_pdf(data: bytes, name: str) -> Document:
    """A .pdf as blocks in reading order, with page and box.

    Paragraphs are put together from their lines, tables from their ruling lines with merged cells; what a page break
    cut is joined; page headers and numbers stand apart. Pages without text are recognised from their picture. Raises
    ``Unreadable``: U003 encrypted, U004 damaged, U008 no text, U009 where OCR is needed and missing.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = "U003" if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error) else "U004"
        raise Unreadable(name, code, what="PDF") from error
    try:
        return _read(document, data, name)
    except pdfium.PdfiumError as error:
        raise Unreadable(name, "U004", what="PDF") from error
    finally:
        document.close()


def _read(document: Any, data: bytes, name: str) -> Document:
    total = len(document)
    if total == 0:
        raise Unreadable(name, "U004", what="PDF")
    pages: list[Page] = []
    pictured: list[int] = []
    glyphs = 0
    end = time.monotonic() + MAX_SECONDS
    for number in range(min(total, MAX_PAGES)):
        if time.monotonic() > end:
            raise Unreadable(name, "U017")
        page = document[number]
        read = _page(page, number + 1)
        glyphs += len(read.glyphs)
        if glyphs > MAX_GLYPHS:
            raise Unreadable(name, "U005")
        if _is_scan(page, read):
            pictured.append(number)
        pages.append(read)
        page.close()
    warnings: list[ReadWarning] = []
    if pictured:
        _recognise(document, pages, pictured, name, warnings)
    if total > MAX_PAGES:
        warnings.append(ReadWarning("N108", {"count": str(MAX_PAGES), "rest": str(total - MAX_PAGES)}))
    return finish(pages, data, name, ("pdf", "ocr" if pictured else "pdf-text"), warnings)


def finish(pages: list[Page], data: bytes, name: str, kind: tuple[str, str], warnings: list[ReadWarning]) -> Document:
    """The document that the pages are; ``kind`` is its format and its reader."""
    made = assemble(pages)
    if not made.blocks:
        raise Unreadable(name, "U008")
    if made.joined:
        warnings.append(ReadWarning("N106", {"count": str(made.joined)}))
    return Document(
        name=name,
        format=kind[0],
        reader=kind[1],
        sha256=sha256(data),
        blocks=made.blocks,
        warnings=tuple(warnings),
        images=tuple(image for page in pages for image in page.images),
        headers=made.headers,
    )


def _recognise(document: Any, pages: list[Page], numbers: list[int], name: str, warnings: list[ReadWarning]) -> None:
    """Replace the pages without text by what OCR reads in their pictures."""
    try:
        ocr = import_module(".ocr", __package__)
    except ImportError as error:
        if len(numbers) == len(pages):
            raise Unreadable(name, "U009") from error
        warnings.append(ReadWarning("N109", {"pages": _listed(numbers)}))
        return
    report = ocr.Report()
    for number in numbers:
        pages[number] = ocr.pdf_page(document, number, report)
    warnings.append(ReadWarning("N104", {"pages": _listed(numbers)}))
    warnings.extend(report.warnings())


def _listed(numbers: list[int]) -> str:
    return "、".join(str(number + 1) for number in numbers)


def _is_scan(page: Any, read: Page) -> bool:
    """No text but something drawn, or a few words (of the scanning program) on a picture that fills the page."""
    count = sum(not glyph.space for glyph in read.glyphs)
    if not count:
        return any(True for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH]))
    if count > 40:
        return False
    boxes = [picture.get_bounds() for picture in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])]
    width, height = page.get_size()
    return any((right - left) * (top - bottom) > 0.6 * width * height for left, bottom, right, top in boxes)


# --- one page


def _page(page: Any, number: int) -> Page:
    place = _Placer(page)
    width, height = page.get_size()
    rules, squares = _drawn(page, place)
    glyphs = with_boxes(_glyphs(page, place), squares)
    return Page(number, width, height, glyphs, rules, images=_images(page, number))


def _images(page: Any, number: int) -> list[str]:
    count = sum(1 for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE]))
    return [f"page{number}-{index + 1}" for index in range(count)]


class _Placer:
    """Turns a point of the page's own coordinates into one from the top-left corner of the page as shown."""

    def __init__(self, page: Any) -> None:
        self._rotation = page.get_rotation()
        self._box = page.get_cropbox()

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._box
        if self._rotation == 90:
            return y - bottom, x - left
        if self._rotation == 180:
            return right - x, y - bottom
        if self._rotation == 270:
            return top - y, right - x
        return x - left, top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (a, b), (c, d) = self(x0, y0), self(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def _glyphs(page: Any, place: _Placer) -> list[Glyph]:
    """The characters with the box of their advance; spaces that PDFium made up only leave a mark on what follows."""
    text = page.get_textpage()
    handle = text.raw
    rectangle = pdfium_c.FS_RECTF()
    glyphs: list[Glyph] = []
    spaced = False
    for index in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(handle, index)
        if pdfium_c.FPDFText_IsGenerated(handle, index) == 1:
            spaced = spaced or code == 32
            continue
        if code in (0, 2, 0xFFFE, 0xFFFF, 10, 13) or 0xD800 <= code < 0xE000:
            continue
        pdfium_c.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(rectangle))
        box = place.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        character = _SYMBOLS.get(code) or chr(code)
        if glyphs and box == (glyphs[-1].x0, glyphs[-1].top, glyphs[-1].x1, glyphs[-1].bottom):
            glyphs[-1].text += character  # one shape for two characters
        else:
            glyphs.append(Glyph(character, *box, spaced=spaced))
        spaced = False
    text.close()
    return [glyph for glyph in glyphs if glyph.x1 > glyph.x0 or glyph.space]


def _drawn(page: Any, place: _Placer) -> tuple[list[Rule], list[tuple[Box, bool]]]:
    """The straight lines of the page, stroked or as thin filled shapes, and the little squares."""
    rules: list[Rule] = []
    squares: list[tuple[Box, bool]] = []
    for shape in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=4):
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium_c.FPDFPath_GetDrawMode(shape.raw, ctypes.byref(fill), ctypes.byref(stroke))
        box = place.box(*shape.get_bounds())
        if is_square(box):
            if stroke.value or pdfium_c.FPDFPath_CountSegments(shape.raw) > 5:
                squares.append((box, False))
        elif stroke.value:
            rules += _stroked(shape, place)
        elif fill.value:
            rule = _straight(*box, _THIN)
            rules += [rule] if rule else []
    return rules, squares


def _stroked(shape: Any, place: _Placer) -> Iterator[Rule]:
    matrix = shape.get_matrix().get()
    start: Point | None = None
    last: Point | None = None
    for index in range(min(pdfium_c.FPDFPath_CountSegments(shape.raw), 5000)):
        segment = pdfium_c.FPDFPath_GetPathSegment(shape.raw, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _moved(matrix, x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        ends: list[tuple[Point | None, Point | None]] = [(last, point)] if kind == pdfium_c.FPDF_SEGMENT_LINETO else []
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            ends.append((point, start))
        for one, other in ends:
            if one is not None and other is not None:
                rule = _straight(*place.box(*one, *other), 0.8)
                if rule:
                    yield rule
        last = point


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _straight(x0: float, top: float, x1: float, bottom: float, thin: float) -> Rule | None:
    """A rule through the middle of a thin box, None for any other."""
    width, height = x1 - x0, bottom - top
    if height <= thin and width > max(4.0, 3 * height):
        return Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    if width <= thin and height > max(4.0, 3 * width):
        return Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
    return None
