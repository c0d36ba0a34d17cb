"""The words on the pages of an .ofd and on the slides of a .pptx, without their layout: enough to see a mark."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import ParseError

from lxml import etree

from ..errors import Unreadable
from ..readers.archive import natural

_PAGES = {
    "ofd": re.compile(r"(?:^|/)(?:Pages|Tpls)/[^/]+/[^/]+\.xml$", re.IGNORECASE),
    "pptx": re.compile(r"^ppt/(?:slides|slideMasters|slideLayouts|notesSlides)/[^/]+\.xml$"),
}
_LINES = {"ofd": "TextObject", "pptx": "p"}
_WORDS = {"ofd": "TextCode", "pptx": "t"}
_MOST = 32 << 20
"""Bytes of one page's XML; a page of words has a few thousand."""


def text_of(path: Path, kind: str) -> Iterator[str]:
    """The text of each page, a line for each object or paragraph. Raises ``Unreadable``."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if _PAGES[kind].search(name)]
            for name in sorted(names, key=natural):
                with archive.open(name) as stream:
                    data = stream.read(_MOST + 1)
                if len(data) > _MOST:
                    raise Unreadable(path.name, "U005")
                text = "\n".join(_lines(data, kind))
                if text.strip():
                    yield text
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ParseError, etree.XMLSyntaxError) as error:
        raise Unreadable(path.name, "U004", what=kind.upper()) from error


def _lines(data: bytes, kind: str) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    for line in root.iterfind(f".//{{*}}{_LINES[kind]}"):
        yield "".join(word.text or "" for word in line.iterfind(f".//{{*}}{_WORDS[kind]}"))
