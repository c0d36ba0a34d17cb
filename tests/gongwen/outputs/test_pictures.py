from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from gongwen import load
from gongwen.outputs.pictures import page_pictures
from gongwen.readers.office import program


@pytest.mark.skipif(program() is None, reason="LibreOffice is not installed")
def test_every_page_of_a_word_notice_is_a_picture(root: Path) -> None:
    notice = load(root / "examples/district-2026/通知.docx")

    pictures = list(page_pictures(notice.sources, notice.documents))

    assert [one.number for one in pictures] == list(range(1, len(pictures) + 1))
    assert len(pictures) >= 3
    for one in pictures:
        with Image.open(io.BytesIO(one.jpeg)) as opened:
            assert opened.size == (one.width, one.height)
            assert len(opened.convert("L").getcolors() or ()) > 20, "a blank page shows nothing"


def test_plain_text_has_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text("关于开展安全生产月活动的通知\n各社区：\n请于6月20日前报送总结。\n", encoding="utf-8")
    notice = load(path)

    assert list(page_pictures(notice.sources, notice.documents)) == []
