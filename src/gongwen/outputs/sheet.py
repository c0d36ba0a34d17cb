"""A sheet that is written row by row: text is always text, formats are shared, links are relative."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlsxwriter.url import Url

FONT = "微软雅黑"
BASE_FONT = "宋体"
"""The font that column widths are measured in; at 11 points its digits are 8 pixels wide, and so are its stand-ins'."""
MAX_TEXT = 32_767
MAX_LINKS = 60_000
MAX_COMMENTS = 3_000
"""A sheet with more opens slowly; the rest stands in the sheet of issues all the same."""
NOTHING_TO_APPLY = "/"

INK, SOFT, FAINT, LINE = "#1F2933", "#52606D", "#7B8794", "#B8C2CC"
HEAD_FILL, TOTAL_FILL, AMBER, GREY_FILL = "#DCE6F4", "#EEF3FA", "#FFF0C2", "#F2F4F6"
HEAD: dict[str, object] = {"bold": True, "bg_color": HEAD_FILL, "align": "center", "text_wrap": True}
STATE_INK = {"已报送": "#2B7A3D", "待核实": "#9A6200", "无法采用": "#A8123A", "未报送": FAINT}

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# As Excel writes a link to a file; Chinese stays as it is.
_ESCAPES = str.maketrans({c: f"%{ord(c):02X}" for c in '%" <>[]^`{}#?'})


class Formats:
    """Formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[frozenset[tuple[str, object]], Any] = {}

    def get(self, **properties: object) -> Any:
        """The format with these properties over the house's own."""
        key = frozenset(properties.items())
        if key not in self._made:
            base = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"}
            self._made[key] = self._workbook.add_format({**base, **properties})
        return self._made[key]

    def cell(self, **properties: object) -> Any:
        """A cell with thin rules around it."""
        return self.get(**{"border": 1, "border_color": LINE, **properties})


class Sheet:
    """A worksheet with what all of ours share. Rows must be written from the top; memory stays flat."""

    def __init__(self, workbook: Any, formats: Formats, name: str) -> None:
        self.name = name
        self.raw = workbook.add_worksheet(name)
        self.formats = formats
        self._links = self._comments = 0

    def text(self, row: int, column: int, text: str, properties: Mapping[str, object]) -> None:
        """Write text that can never become a formula, whatever it begins with; an empty one is a blank cell."""
        text = clean(text)
        if not text:
            self.raw.write_blank(row, column, None, self.formats.cell(**properties))
            return
        risky = {"quote_prefix": True} if text.startswith(_RISKY) else {}
        self.raw.write_string(row, column, text, self.formats.cell(**{**properties, **risky}))

    def line(self, row: int, column: int, text: str, **properties: object) -> None:
        """Write text that stands free, without rules around it."""
        self.raw.write_string(row, column, clean(text), self.formats.get(**properties))

    def span(self, row: int, columns: tuple[int, int], text: str, properties: Mapping[str, object]) -> None:
        """Write text over several columns of a row."""
        self.raw.merge_range(row, columns[0], row, columns[1], clean(text), self.formats.cell(**properties))

    def link(self, row: int, column: int, text: str, target: str | None, properties: Mapping[str, object]) -> None:
        """Write text that opens a file beside the workbook, where its place is known."""
        if target is None or self._links >= MAX_LINKS:
            self.text(row, column, text, properties)
            return
        self._links += 1
        cell = self.formats.cell(**{**properties, "font_color": "#1F5FBF", "underline": 1})
        url = Url("external:file")
        url._link = url._relationship_link = target
        url.text = clean(text)
        self.raw.write_url(row, column, url, cell)

    def note(self, row: int, column: int, text: str) -> None:
        """Write a comment, sized to its text."""
        if self._comments >= MAX_COMMENTS:
            return
        self._comments += 1
        text = clean(text)
        lines = sum(1 + len(line) // 20 for line in text.split("\n"))
        size = {"width": 280, "height": min(24 + 18 * lines, 400)}
        self.raw.write_comment(row, column, text, {**size, "font_name": FONT, "font_size": 9, "color": "#FFFBE8"})

    def page(self, *, paper: int = 9, scale: int = 0, landscape: bool = True, repeat: tuple[int, int]) -> None:
        """Set up the print: A4 (9) or A3 (8), one page wide unless a scale is given, heads and numbers on every page."""
        if landscape:
            self.raw.set_landscape()
        self.raw.set_paper(paper)
        if scale:
            self.raw.set_print_scale(scale)
        else:
            self.raw.fit_to_pages(1, 0)
        self.raw.set_margins(left=0.45, right=0.45, top=0.55, bottom=0.6)
        self.raw.center_horizontally()
        self.raw.set_footer(f'&L&"{FONT}"&8&A&C&"{FONT}"&8第 &P 页，共 &N 页')
        self.raw.repeat_rows(*repeat)


def clean(text: str) -> str:
    """Text without characters that a workbook cannot hold, cut where a cell ends."""
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text.encode("utf-16-le")) // 2 <= MAX_TEXT:
        return text
    return text[: MAX_TEXT // 2 - 20] + "……（以下从略，见原件）"


def relative_link(file: Path, folder: Path) -> str | None:
    """The address of a file as seen from a folder; None where there is none (another drive, too long, a name no text)."""
    try:
        str(file.absolute()).encode()
    except UnicodeEncodeError:
        return None
    try:
        place = Path(os.path.relpath(file.absolute(), folder.absolute())).as_posix()
    except ValueError:
        place = file.absolute().as_uri()
        return place if len(place) < 2000 else None
    # A first part with a colon would read as a scheme.
    place = f"./{place}" if ":" in place.split("/", 1)[0] else place
    target = place.translate(_ESCAPES)
    return target if len(target) < 2000 else None


def sheet_name(text: str, taken: set[str]) -> str:
    """A legal name for a sheet that is not yet taken: 31 characters, without []:*?/\\."""
    base = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", "", text).strip()[:28] or "明细"
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base[:26]}_{number}", number + 1
    taken.add(name.lower())
    return name
