"""The geometry in the file is that of GB/T 9704-2012."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.write import OfficialDocument, layout
from gongwen.write.blocks import column_widths

from .conftest import W, part


def twips_to_mm(value: str | int | None) -> float:
    assert value is not None
    return int(value) * 25.4 / 1440


def test_the_page_is_a4_with_the_margins_of_the_standard(report: OfficialDocument) -> None:
    section = part(report).findall(f".//{W}sectPr")[0]
    page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert page is not None
    assert margins is not None
    assert [round(twips_to_mm(page.get(f"{W}{side}"))) for side in ("w", "h")] == [210, 297]
    sides = {side: twips_to_mm(margins.get(f"{W}{side}")) for side in ("top", "left", "right", "bottom")}
    assert sides == pytest.approx({"top": 37, "left": 28, "right": 26, "bottom": 35}, abs=0.02)


def test_the_text_area_is_156_by_225_millimetres() -> None:
    assert twips_to_mm(layout.TEXT_WIDTH) == pytest.approx(156, abs=0.05)
    assert twips_to_mm(layout.TEXT_HEIGHT) == pytest.approx(225, abs=0.05)


def test_22_lines_of_28_characters_fit_and_not_one_more() -> None:
    advance = layout.SIZE_3 + layout.CHARACTER_SPACE / 4096
    assert 28 * advance * 20 <= layout.TEXT_WIDTH < 29 * advance * 20
    for width in (320 + layout.CONDENSED, 320 + layout.CONDENSED + layout.CHARACTER_SPACE / 4096 * 20):
        assert 28 * width <= layout.TEXT_WIDTH < 29 * width
    assert 22 * layout.PITCH <= layout.TEXT_HEIGHT < 23 * layout.PITCH
    assert layout.PITCH / 20 == 28.95


def test_every_section_carries_the_grid(report: OfficialDocument) -> None:
    grids = part(report).findall(f".//{W}docGrid")
    assert len(grids) == 3
    for grid in grids:
        assert grid.get(f"{W}type") == "linesAndChars"
        assert grid.get(f"{W}linePitch") == "579"
        assert grid.get(f"{W}charSpace") == "-842"


def test_a_landscape_section_keeps_the_text_area_and_turns_the_margins(report: OfficialDocument) -> None:
    section = part(report).findall(f".//{W}sectPr")[1]
    page, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert page is not None
    assert margins is not None
    assert page.get(f"{W}orient") == "landscape"
    assert [round(twips_to_mm(margins.get(f"{W}{side}"))) for side in ("top", "right", "bottom", "left")] == [
        28,
        37,
        26,
        35,
    ]


def test_body_text_is_size_3_fangsong_on_lines_of_exactly_that_pitch(report: OfficialDocument) -> None:
    styles = part(report, "word/styles.xml")
    defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    normal = next(style for style in styles.findall(f"{W}style") if style.get(f"{W}styleId") == "Normal")
    spacing = normal.find(f"{W}pPr/{W}spacing")
    assert defaults is not None
    assert spacing is not None
    fonts, size, language = (defaults.find(f"{W}{name}") for name in ("rFonts", "sz", "lang"))
    assert fonts is not None
    assert size is not None
    assert language is not None
    assert fonts.get(f"{W}eastAsia") == "仿宋_GB2312"
    assert size.get(f"{W}val") == "32"
    assert language.get(f"{W}eastAsia") == "zh-CN"
    assert (spacing.get(f"{W}line"), spacing.get(f"{W}lineRule")) == ("579", "exact")


@pytest.mark.parametrize(
    ("style", "face"),
    [
        ("Heading1", "黑体"),
        ("Heading2", "楷体_GB2312"),
        ("Heading3", "仿宋_GB2312"),
        ("Heading4", "仿宋_GB2312"),
        ("Title", "方正小标宋简体"),
    ],
)
def test_each_level_has_its_face(report: OfficialDocument, style: str, face: str) -> None:
    fonts = part(report, "word/styles.xml").find(f"{W}style[@{W}styleId='{style}']/{W}rPr/{W}rFonts")
    assert fonts is not None
    assert fonts.get(f"{W}eastAsia") == face


def test_every_face_names_its_substitutes(report: OfficialDocument) -> None:
    fonts = part(report, "word/fontTable.xml").findall(f"{W}font")
    assert {str(font.get(f"{W}name")) for font in fonts} == {
        "仿宋_GB2312",
        "方正小标宋简体",
        "黑体",
        "楷体_GB2312",
        "宋体",
        "Times New Roman",
    }
    for font in fonts:
        substitutes = font.find(f"{W}altName")
        assert substitutes is not None
        assert substitutes.get(f"{W}val")


@given(st.lists(st.floats(0.1, 20), min_size=1, max_size=20), st.integers(5000, 13000))
def test_column_widths_add_up_to_the_width_of_the_table(shares: list[float], total: int) -> None:
    widths = column_widths(shares, total)
    assert sum(widths) == total
    assert all(abs(width - total * share / sum(shares)) <= 1 for width, share in zip(widths, shares, strict=True))
