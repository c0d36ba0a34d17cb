"""What of a file was looked at for a mark of secrecy, and what was not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gongwen.readers import office
from gongwen.screening import Look, Unseen, Why, look
from tests.support.marked import packed, pdf, word

MARK = word("机密★1年", "关于某事的通知")
PLAIN = word("关于开展安全生产月活动的通知", "各街道：")


def looked(tmp_path: Path, name: str, data: bytes, *, quick: bool = True) -> Look:
    path = tmp_path / "file"
    path.write_bytes(data)
    return look(path, name, quick=quick)


def ofd(*lines: str) -> bytes:
    objects = "".join(f"<ofd:TextObject><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>" for line in lines)
    page = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content>{objects}</ofd:Content></ofd:Page>'
    return packed(("OFD.xml", b"<x/>"), ("Doc_0/Pages/Page_0/Content.xml", page.encode()))


def slides(*lines: str) -> bytes:
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    text = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return packed(
        ("ppt/presentation.xml", b"<x/>"), ("ppt/slides/slide1.xml", f'<x xmlns:a="{space}">{text}</x>'.encode())
    )


def workbook(*sheets: list[str]) -> bytes:
    import io

    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, text in enumerate(rows):
                sheet.write(number, 0, text)
                sheet.write(number + 8, 1, number)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("一.ofd", ofd("绝密★长期", "关于某事的通知")),
        ("一.pptx", slides("绝密★长期", "关于某事的汇报")),
        ("一.xlsx", workbook(["统计表", "单位"], ["绝密★长期", "统计表"])),
        ("一.pdf", pdf("绝密★长期")),
    ],
    ids=["ofd", "slides", "second sheet", "pdf"],
)
def test_a_mark_is_seen_in_every_format_that_is_read_in_a_moment(tmp_path: Path, name: str, data: bytes) -> None:
    assert looked(tmp_path, name, data).mark == "绝密★长期"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("一.ofd", ofd("关于某事的通知", "做好保密工作")),
        ("一.pptx", slides("关于某事的汇报", "涉及绝密★长期的文件另行处理并按规定登记造册")),
        ("一.docx", PLAIN),
    ],
    ids=["ofd", "slides", "word"],
)
def test_a_file_without_a_mark_is_looked_at_whole(tmp_path: Path, name: str, data: bytes) -> None:
    assert looked(tmp_path, name, data) == Look()


def test_the_member_that_bears_the_mark_is_named(tmp_path: Path) -> None:
    found = looked(tmp_path, "佐证.zip", packed(("一/甲.docx", PLAIN), ("二.zip", packed(("乙.docx", MARK)))))
    assert (found.mark, found.member) == ("机密★1年", "二.zip/乙.docx")


def test_a_member_that_takes_long_does_not_hide_a_mark_behind_it(tmp_path: Path) -> None:
    found = looked(tmp_path, "佐证.zip", packed(("一.jpg", b"\xff\xd8\xff" + bytes(40)), ("二.docx", MARK)))
    assert found.mark == "机密★1年"


def test_films_and_programs_are_no_documents(tmp_path: Path) -> None:
    film = b"\0\0\0\x18ftypmp42" + bytes(4000)
    assert looked(tmp_path, "佐证.zip", packed(("现场.mp4", film), ("说明.docx", PLAIN))) == Look()


def test_without_libreoffice_an_old_document_was_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    found = looked(tmp_path, "佐证.zip", packed(("一.rtf", b"{\\rtf1 safety}"), ("二.docx", PLAIN)), quick=False)
    assert found.unseen == (Unseen(Why.NO_OFFICE, "一.rtf"),)


def test_without_text_recognition_a_picture_was_not_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gongwen.readers.ocr", None)
    found = looked(tmp_path, "一.jpg", b"\xff\xd8\xff" + bytes(40), quick=False)
    assert found.unseen == (Unseen(Why.NO_OCR),)


def test_time_that_is_over_is_said(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(packed(("一.docx", PLAIN), ("二.docx", PLAIN)))
    assert look(path, "佐证.zip", seconds=1e-9).reasons == {Why.LIMIT}


def test_the_answer_crosses_the_border_of_a_process(tmp_path: Path, root: Path) -> None:
    (tmp_path / "密.docx").write_bytes(MARK)
    command = [sys.executable, "-m", "gongwen.screening", str(tmp_path / "密.docx"), "密.docx", "30", "2048"]
    done = subprocess.run(command, capture_output=True, env={"PYTHONPATH": str(root / "src")}, check=True, timeout=60)
    import json

    assert Look.from_dict(json.loads(done.stdout)) == Look("机密★1年")
