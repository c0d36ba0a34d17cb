"""Scans and photos: text by RapidOCR with the models in its wheel, tables by our own ruling-line grid; offline."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from rapidocr import RapidOCR

from ..errors import Unreadable
from ..model import Document, ReadWarning
from .layout import Glyph, Page, Rule, with_boxes
from .ocr_rules import Picture, find_rules, find_squares, tilt, turned, without
from .pdf import finish

DPI = 200
MAX_SIDE = 4000
MAX_PIXELS = 90_000_000
MAX_FRAMES = 60
_DETECT_SIDE = 1120
_SURE = 0.8
_WIDTH = {False: 595.0, True: 842.0}
"""The width in points taken for a photo, whose true size is not known, upright and lying."""


@dataclass(slots=True)
class Report:
    """What a person should know about the reading of some pages."""

    unsure: list[str] = field(default_factory=list)
    tilts: list[float] = field(default_factory=list)

    def warnings(self) -> list[ReadWarning]:
        found = []
        if self.unsure:
            found.append(ReadWarning("N105", {"count": str(len(self.unsure)), "text": self.unsure[0][:20]}))
        worst = max((abs(angle) for angle in self.tilts), default=0.0)
        if worst >= 0.5:
            found.append(ReadWarning("N107", {"degrees": f"{worst:.1f}"}))
        return found


def read_image(data: bytes, name: str) -> Document:
    """A photo or a scan (.png, .jpg, .tiff of many pages, …) as blocks, like a .pdf. Raises ``Unreadable``."""
    report = Report()
    pages = list(image_pages(data, name, report))
    return finish(pages, data, name, ("image", "ocr"), report.warnings())


def image_pages(data: bytes, name: str, report: Report) -> Iterator[Page]:
    """The pictures in a file one after another, each recognised when it is asked for."""
    for number, grey in enumerate(_frames(data, name), 1):
        width = _WIDTH[grey.shape[1] > grey.shape[0]]
        yield _page(grey, number, width / grey.shape[1], report)


def pdf_page(document: Any, number: int, report: Report) -> Page:
    """The page ``number`` (from 0) of an open .pdf, recognised from its picture."""
    page = document[number]
    width, height = page.get_size()
    scale = min(DPI / 72, MAX_SIDE / max(width, height))
    picture = page.render(scale=scale, grayscale=True).to_numpy()
    page.close()
    grey = picture if picture.ndim == 2 else picture[:, :, 0]
    return _page(np.ascontiguousarray(grey), number + 1, 1 / scale, report)


def _frames(data: bytes, name: str) -> Iterator[Picture]:
    """The pictures in a file, upright by their EXIF mark, in grey, no larger than ``MAX_SIDE``."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Unreadable(name, "U005")
            for frame in islice(ImageSequence.Iterator(image), MAX_FRAMES):
                if frame.width * frame.height > MAX_PIXELS:
                    raise Unreadable(name, "U005")
                frame.draft("L", (MAX_SIDE, MAX_SIDE))
                upright = ImageOps.exif_transpose(frame)
                flat = Image.new("RGB", upright.size, "white")
                colour = upright.convert("RGBA")
                flat.paste(colour, mask=colour)
                flat.thumbnail((MAX_SIDE, MAX_SIDE))
                yield np.asarray(flat.convert("L"))
                if image.format == "GIF":
                    return
    except UnidentifiedImageError as error:
        raise Unreadable(name, "U004", what="图片") from error
    except Image.DecompressionBombError as error:
        raise Unreadable(name, "U005") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unreadable(name, "U004", what="图片") from error


# --- one page


@cache
def _engine() -> RapidOCR:
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": MAX_SIDE,
            "Global.text_score": 0.4,
            "Det.limit_type": "max",
            "Det.limit_side_len": _DETECT_SIDE,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _page(grey: Picture, number: int, scale: float, report: Report) -> Page:
    """A picture as a page; ``scale`` is points to a pixel. One that lies on its side or head is turned."""
    own = Report()
    page, turns = _read_page(grey, number, scale, own)
    for turn in turns:
        other = Report()
        turned_page, _ = _read_page(np.ascontiguousarray(np.rot90(grey, turn)), number, scale, other)
        if _worth(turned_page, other) > _worth(page, own):
            page, own = turned_page, other
    report.unsure += own.unsure
    report.tilts += own.tilts
    return page


def _worth(page: Page, report: Report) -> int:
    return len(page.glyphs) - 2 * sum(map(len, report.unsure))


def _read_page(grey: Picture, number: int, scale: float, report: Report) -> tuple[Page, tuple[int, ...]]:
    """The page, and the quarter turns that should be tried as it does not read well."""
    angle = tilt(grey)
    if abs(angle) >= 0.1:
        grey = turned(grey, angle)
        report.tilts.append(angle)
    across, down = find_rules(grey)
    result: Any = _engine()(
        cv2.cvtColor(without(grey, across + down), cv2.COLOR_GRAY2BGR),
        return_word_box=True,
        return_single_char_box=True,
    )
    glyphs, turns = _glyphs(result, scale, report)
    squares = find_squares(grey, (7.5 / scale, 16 / scale))
    glyphs = with_boxes(
        glyphs, [((x0 * scale, y0 * scale, x1 * scale, y1 * scale), full) for (x0, y0, x1, y1), full in squares]
    )
    rules = [_rule(box, scale, flat=True) for box in across] + [_rule(box, scale, flat=False) for box in down]
    height, width = grey.shape[0] * scale, grey.shape[1] * scale
    return Page(number, width, height, glyphs, rules, tolerance=4.0, seen=True), turns


def _rule(box: tuple[int, int, int, int], scale: float, flat: bool) -> Rule:
    left, top, right, bottom = (value * scale for value in box)
    if flat:
        return Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    return Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _glyphs(result: Any, scale: float, report: Report) -> tuple[list[Glyph], tuple[int, ...]]:
    """The characters of a page, each in its own box, and the quarter turns to try."""
    if getattr(result, "txts", None) is None or not len(result.txts):
        return [], ()
    glyphs: list[Glyph] = []
    tall = bad = count = 0
    for text, score, box, words in zip(result.txts, result.scores, result.boxes, result.word_results, strict=False):
        if _is_speck(text, score):
            continue
        count += 1
        tall += bool(np.ptp(box[:, 1]) > 1.5 * np.ptp(box[:, 0]))
        if score < _SURE and re.search(r"[\u4e00-\u9fff]|\w{4}", text):
            bad += 1
            report.unsure.append(text)
        glyphs += _characters(text, box, words, scale)
    turns = (1, 3) if tall > 0.6 * count else (2,) if bad > 0.5 * count and count > 3 else ()
    return glyphs, turns


def _is_speck(text: str, score: float) -> bool:
    """Dirt that was taken for a mark of its own."""
    return len(text.strip()) <= 1 and not text.strip().isalnum() and score < 0.9


def _characters(text: str, box: Any, words: Sequence[Any], scale: float) -> list[Glyph]:
    """The characters of a recognised line in boxes of one height."""
    top, bottom = float(np.min(box[:, 1])) * scale, float(np.max(box[:, 1])) * scale
    spans: list[tuple[str, float, float]] = []
    for word, _, corners in words:
        xs = [float(corner[0]) * scale for corner in corners]
        left, step = min(xs), (max(xs) - min(xs)) / max(len(word), 1)
        spans += [(character, left + i * step, left + (i + 1) * step) for i, character in enumerate(word)]
    if not spans:
        left, right = float(np.min(box[:, 0])) * scale, float(np.max(box[:, 0])) * scale
        step = (right - left) / max(len(text), 1)
        spans = [(character, left + i * step, left + (i + 1) * step) for i, character in enumerate(text)]
    if len(spans) > 1 and spans[0][0] in "·.、" and "\u4e00" <= spans[1][0] <= "\u9fff":
        spans = spans[1:]  # dirt before the line
    folded = widened("".join(character for character, _, _ in spans))
    glyphs: list[Glyph] = []
    spaced = False
    for character, (_, left, right) in zip(folded, spans, strict=True):
        if character.strip() and character != "_":
            glyphs.append(Glyph(character, left, top, right, bottom, spaced=spaced, loose=True))
        spaced = not character.strip()
    return glyphs


_TO_WIDE = str.maketrans(",;:?!()", "，；：？！（）")
_NARROW = re.compile(
    r"(?<=[\u3400-\u9fff\u3001-\u303f“”‘’）（]) ?[,;:?!()]|[,;:?!()](?= ?[\u3400-\u9fff\u3008-\u301b“”‘’（])"
)


def widened(text: str) -> str:
    """Punctuation next to Chinese characters in its full width, as print has it; the length stays."""
    text = _NARROW.sub(lambda match: match[0].translate(_TO_WIDE), text)
    quotes = [index for index, character in enumerate(text) if character == '"']
    if not quotes:
        return text
    characters = list(text)
    for order, index in enumerate(quotes):
        characters[index] = "”" if order % 2 else "“"
    return "".join(characters)
