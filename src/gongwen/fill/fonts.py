"""How wide a space is where a value goes: half a character in a Chinese font, a quarter in a Latin one."""

from __future__ import annotations

import re

from lxml import etree

from ..readers.docx.package import parse
from ..readers.docx.styles import VAL, W

CHINESE, LATIN = 0.5, 0.25
_CHINESE = re.compile(
    r"[\u4e00-\u9fff]|SimSun|NSimSun|FangSong|KaiTi|SimHei|YaHei|CJK|MingLiU|DengXian|STSong|STFang|STKai|STHei|STZhong|Source Han|Song|Hei$",
    re.IGNORECASE,
)


class Fonts:
    """The Latin font that a style sheet gives to runs."""

    def __init__(self, styles: bytes | None) -> None:
        self._own: dict[str, str] = {}
        self._based: dict[str, str] = {}
        self._default = ""
        self._normal = ""
        if styles:
            self._read(parse(styles, "styles.xml", "styles.xml"))

    def space(self, fonts: etree._Element | None, *styles: str) -> float:
        """The width of a space in a run with these ``w:rFonts`` and these styles, the nearest first."""
        names = (_latin(fonts), *(self._of(style) for style in styles if style), self._of(self._normal), self._default)
        name = next((one for one in names if one), "")
        return CHINESE if _CHINESE.search(name) else LATIN

    def _of(self, style: str) -> str:
        for _ in range(16):
            if style in self._own:
                return self._own[style]
            if style not in self._based:
                return ""
            style = self._based[style]
        return ""

    def _read(self, root: etree._Element) -> None:
        self._default = _latin(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts"))
        for style in root.iterchildren(W + "style"):
            key = style.get(W + "styleId", "")
            name = _latin(style.find(f"{W}rPr/{W}rFonts"))
            based = style.find(W + "basedOn")
            if name:
                self._own[key] = name
            if based is not None:
                self._based[key] = based.get(VAL, "")
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                self._normal = key


def _latin(fonts: etree._Element | None) -> str:
    """The font of a space: a theme's is Latin."""
    if fonts is None:
        return ""
    return fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ("Times" if fonts.get(W + "asciiTheme") else "")
