"""Parts that many Word files share: read once, the same whichever way they are read, never taken for another file's."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gongwen.readers.docx.package import Package, SharedParts
from gongwen.readers.docx.styles import _all_styles, _cut_styles, read_styles
from tests.support.notation import docx_from

EXAMPLES = Path(__file__).parents[3] / "examples" / "district-2026"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def sheets() -> list[bytes]:
    files = [EXAMPLES / "通知.docx", *sorted((EXAMPLES / "回复").rglob("*.docx"))]
    found = []
    for file in files:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                found.append(archive.read("word/styles.xml"))
    return found


def test_styles_cut_out_one_by_one_are_those_of_the_whole_sheet() -> None:
    for data in sheets():
        cut, whole = _cut_styles(data), _all_styles(data)
        assert cut is not None
        assert cut[1] == whole[1]
        names = [name.decode() for name in data.split(b'w:styleId="')[1:] for name in [name.split(b'"')[0]]]
        assert names
        assert [cut[0][name] for name in names] == [whole[0][name] for name in names]


@pytest.mark.parametrize(
    "sheet",
    [
        f'<w:styles {W}><!-- <w:style w:styleId="a"> --><w:style w:styleId="b" w:type="paragraph"/></w:styles>',
        f'<w:styles {W}><w:style w:styleId="b" w:type="paragraph" w:default="1"/></w:styles>',
        f'<x:styles {W.replace("xmlns:w", "xmlns:x")}><x:style x:styleId="b" x:type="paragraph"></x:style></x:styles>',
    ],
)
def test_an_unusual_sheet_is_read_whole(sheet: str) -> None:
    assert _cut_styles(sheet.encode()) is None
    assert read_styles(sheet.encode())[0]["b"] is not None


def zipped(part: str) -> Package:
    stream = io.BytesIO(docx_from("一"))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/extra.xml", part)
    return Package(stream.getvalue(), "甲.docx")


def test_a_shared_part_is_made_once_and_the_oldest_goes() -> None:
    made: list[bytes] = []

    def make(data: bytes, _: str) -> bytes:
        made.append(data)
        return data

    parts = SharedParts(make, 2)
    for text in ("a", "a", "b", "c", "a"):
        assert parts.get(zipped(text), "word/extra.xml") == text.encode()
    assert made == [b"a", b"b", b"c", b"a"]
    assert parts.get(zipped("a"), "word/none.xml") is None
