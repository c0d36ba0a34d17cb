"""Files that look wrong and must be read all the same."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from gongwen.model import Document, Paragraph
from gongwen.readers import read
from gongwen.readers.office import program
from gongwen.readers.source import Source
from tests.support.containers import docx

NOTICE = "关于开展2025年“安全生产月”活动的通知\r\n各科室、各社区：\r\n请于6月20日前报送。\r\n"
HTML = f"<html><head><meta charset='gb2312'></head><body><p>{NOTICE.splitlines()[0]}</p><table><tr><td>单位<td></table></body></html>"


def of(name: str, data: bytes) -> Document:
    return read(Source(name, data=data))


def codes(document: Document) -> list[str]:
    return [warning.code for warning in document.warnings]


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs()]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("gb18030", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_text_is_read_in_the_encodings_of_chinese_offices(encoding: str, mark: bytes) -> None:
    assert lines(of("通知.txt", mark + NOTICE.encode(encoding))) == NOTICE.splitlines()


def test_a_short_text_without_line_ends_is_read_in_utf_16() -> None:
    assert lines(of("a.txt", "各社区要高度重视切实强化组织领导".encode("utf-16-le"))) == [
        "各社区要高度重视切实强化组织领导"
    ]


def test_a_text_cut_in_its_last_character_is_read() -> None:
    assert lines(of("a.txt", "各社区".encode()[:-1])) == ["各社"]


def test_a_wrong_extension_is_read_as_what_it_is_and_said() -> None:
    document = of("通知.pdf", docx("通知"))
    assert (document.format, codes(document)) == ("docx", ["N103"])
    assert of("通知", docx("通知")).warnings == ()


def test_a_doc_that_is_html_inside_is_read_as_html() -> None:
    document = of("通知.doc", HTML.encode("gb18030"))
    assert (document.format, document.reader) == ("html", "html")
    assert lines(document)[0].startswith("关于开展")


def test_a_doc_that_is_a_saved_web_page_is_read_as_html() -> None:
    page = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: 8bit\r\n\r\n" + HTML.encode("gb18030") + b"\r\n--x\r\nContent-Type: image/png\r\n"
        b"Content-Location: a.png\r\n\r\nx\r\n--x--\r\n"
    )
    document = of("通知.doc", page)
    assert (document.format, document.images) == ("html", ("a.png",))


@pytest.mark.skipif(program() is None, reason="needs LibreOffice")
def test_a_doc_that_is_rtf_inside_is_read() -> None:
    text = "".join(f"\\u{ord(character)}?" for character in "关于开展安全生产月活动的通知")
    document = of("通知.doc", b"{\\rtf1\\ansi " + text.encode() + b"\\par}")
    assert (document.format, document.reader) == ("rtf", "office")
    assert lines(document)[0] == "关于开展安全生产月活动的通知"


def test_a_read_only_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "通知.docx"
    path.write_bytes(docx("通知"))
    path.chmod(0o400)
    assert lines(read(path)) == ["通知"]


def test_a_name_of_two_hundred_characters_is_read(tmp_path: Path) -> None:
    path = tmp_path / ("notice-" * 28 + ".txt")
    path.write_text("通知", encoding="utf-8")
    assert len(path.name) == 200
    assert lines(read(path)) == ["通知"]


def test_macros_are_ignored_and_said() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    document = of("通知.docm", docx("通知", kind=kind, more={"word/vbaProject.bin": b"x" * 100}))
    assert (document.format, codes(document)) == ("docx", ["N142"])


def test_sixty_megabytes_of_photos_are_listed_quickly(tmp_path: Path) -> None:
    noise = random.Random(1)
    photos: dict[str, str | bytes] = {f"word/media/image{n}.jpg": noise.randbytes(1_500_000) for n in range(40)}
    path = tmp_path / "佐证.docx"
    path.write_bytes(docx("佐证材料", more=photos))
    assert path.stat().st_size > 59_000_000
    start = time.monotonic()
    document = read(path)
    assert time.monotonic() - start < 3
    assert document.blocks == (Paragraph(0, "佐证材料"),) or lines(document) == ["佐证材料"]
