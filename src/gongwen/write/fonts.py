"""The faces the standard names, and what a machine that lacks them should take instead.

GB/T 9704-2012, 5.2.2 and 7: 小标宋 for the mark and the title, 仿宋 for the text, 黑体 and 楷体 for the first two levels,
宋体 for the page number. Latin letters and digits stand in Times New Roman, which is custom, not standard. No font is
embedded: 方正小标宋 and the _GB2312 faces are licensed. Each name carries its substitutes in the font table.
"""

from __future__ import annotations

from typing import NamedTuple

TITLE = "方正小标宋简体"
BODY = "仿宋_GB2312"
HEADING = "黑体"
SUBHEADING = "楷体_GB2312"
SONG = "宋体"
LATIN = "Times New Roman"


class Face(NamedTuple):
    """One entry of the font table: ``substitutes`` in order of preference; ``family`` and ``panose`` help a machine that has none of them."""

    name: str
    substitutes: tuple[str, ...]
    family: str
    pitch: str
    panose: str
    charset: str = "86"


FACES = (
    Face(
        BODY,
        ("仿宋", "FangSong", "方正仿宋_GBK", "华文仿宋", "FandolFang R", "Noto Serif CJK SC"),
        "modern",
        "fixed",
        "02010609030101010101",
    ),
    Face(
        TITLE,
        ("方正小标宋_GBK", "小标宋体", "华文中宋", "STZhongsong", "宋体", "Noto Serif CJK SC"),
        "script",
        "fixed",
        "03000509000000000000",
    ),
    Face(
        HEADING,
        ("SimHei", "方正黑体_GBK", "华文细黑", "FandolHei", "Noto Sans CJK SC"),
        "modern",
        "fixed",
        "02010609060101010101",
    ),
    Face(
        SUBHEADING,
        ("楷体", "KaiTi", "方正楷体_GBK", "华文楷体", "FandolKai", "LXGW WenKai"),
        "modern",
        "fixed",
        "02010609060101010101",
    ),
    Face(
        SONG,
        ("SimSun", "方正书宋_GBK", "华文宋体", "FandolSong", "Noto Serif CJK SC"),
        "auto",
        "variable",
        "02010600030101010101",
    ),
    Face(LATIN, ("Liberation Serif", "Nimbus Roman"), "roman", "variable", "02020603050405020304", "00"),
)
