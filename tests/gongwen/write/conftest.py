"""Documents of our own invention, their parts as XML, and their pages as LibreOffice sets them."""

from __future__ import annotations

import ctypes
import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from gongwen.write import (
    Attachment,
    Column,
    Heading,
    OfficialDocument,
    Para,
    TableSpec,
    official_bytes,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 25.4 / 72
"""Millimetres in a point."""

Element = etree._Element
Render = Callable[[dict[str, OfficialDocument]], dict[str, list["Page"]]]

FIGURES = TableSpec(
    columns=(Column("类别", 2, "left"), Column("项目", 4, "left"), Column("单位"), Column("合计", 1.5, "right")),
    rows=(("宣讲", "专题宣讲", "场", "128"), ("宣讲", "参与人员", "人次", "3560"), ("演练", "应急演练", "场", "23")),
    merged=(0,),
)


@pytest.fixture
def report() -> OfficialDocument:
    """A document with every element the builder knows."""
    return OfficialDocument(
        title="示范区安全生产委员会办公室关于2025年“安全生产月”活动开展情况的汇总报告",
        issuer_mark="示范区安全生产委员会办公室文件",
        doc_no="示安委办[2025]08号",
        urgency="特急",
        addressees=("各街道办事处", "区安委会各成员单位："),
        body=(
            Para("现将有关情况报告如下。"),
            Heading("报送情况"),
            Heading("总体", level=2),
            Heading("做法", level=3, run_in="组织宣讲128场"),
            Heading("分项", level=4),
            Heading("主要数据"),
            Heading("汇总", level=2),
            FIGURES,
            Para("特此报告。"),
        ),
        attachments=(
            Attachment("统计表", (FIGURES,), landscape=True),
            Attachment("说明", (Para("说明如下。"),)),
        ),
        signers=("示范区安全生产委员会办公室",),
        issued_on=date(2025, 6, 9),
        notes="此件公开发布",
        copies_to=("区委办公室", "区政协办公室。"),
        printed_by="示范区安委会办公室",
        printed_on=date(2025, 6, 10),
        draft=False,
    )


def part(document: OfficialDocument, name: str = "word/document.xml") -> Element:
    """One part of the written package."""
    with zipfile.ZipFile(io.BytesIO(official_bytes(document))) as package:
        return etree.fromstring(package.read(name))


def text_of(element: Element) -> str:
    """The text of a paragraph as a reader sees it."""
    return "".join(
        {"t": node.text or "", "tab": "\t", "br": "\n"}.get(etree.QName(node).localname, "") for node in element.iter()
    )


def paragraphs(document: OfficialDocument) -> list[tuple[str, str]]:
    """Style and text of every paragraph, boxes and tables included."""
    found = []
    for element in part(document).iter(f"{W}p"):
        style = element.find(f"{W}pPr/{W}pStyle")
        own = "".join(text_of(run) for run in element.findall(f"{W}r") if run.find(f".//{W}p") is None)
        found.append((str(style.get(f"{W}val")) if style is not None else "", own))
    return found


def texts(document: OfficialDocument) -> list[str]:
    """The text of every paragraph that has any."""
    return [text for _, text in paragraphs(document) if text]


def styled(document: OfficialDocument, style: str) -> list[str]:
    """The texts in one style."""
    return [text for name, text in paragraphs(document) if name == style]


@dataclass(frozen=True)
class Page:
    """A rendered page: its lines of text from the top, and its horizontal rules, in millimetres from the page's corner."""

    width: float
    height: float
    lines: list[Line]
    rules: list[tuple[float, float, float]]

    def body(self) -> list[Line]:
        """The lines inside the 版心, without the page number."""
        return [line for line in self.lines if line.top >= 37 and line.bottom <= 262.5]


@dataclass(frozen=True)
class Line:
    """One line of text and where its characters begin and end."""

    text: str
    left: float
    right: float
    top: float
    bottom: float


@pytest.fixture(scope="session")
def render(tmp_path_factory: pytest.TempPathFactory) -> Render:
    """Documents to pages, all of them in one run of LibreOffice with a profile that is thrown away."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: the rendered pages are not checked here")

    def rendered(documents: dict[str, OfficialDocument]) -> dict[str, list[Page]]:
        folder = tmp_path_factory.mktemp("rendered")
        for name, document in documents.items():
            (folder / f"{name}.docx").write_bytes(official_bytes(document))
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        sources = [str(folder / f"{name}.docx") for name in documents]
        command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=240)
        return {name: _pages(folder / f"{name}.pdf") for name in documents}

    return rendered


def _pages(path: Path) -> list[Page]:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as pdf:
        return [_page(page) for page in pdf]


def _baseline(text: Any, number: int) -> float:
    """The height on which a character stands, alike for the fonts of a line."""
    from pypdfium2.raw import FPDFText_GetCharOrigin

    x, y = ctypes.c_double(), ctypes.c_double()
    FPDFText_GetCharOrigin(text.raw, number, ctypes.byref(x), ctypes.byref(y))
    return y.value


def _page(page: Any) -> Page:
    """A page's lines and long rules, in millimetres from its top left corner."""
    from pypdfium2.raw import FPDF_PAGEOBJ_PATH

    width, height = page.get_size()
    text = page.get_textpage()
    rows: dict[int, list[tuple[str, float, float, float, float]]] = {}
    for number in range(text.count_chars()):
        character = text.get_text_range(number, 1)
        if character.strip():
            left, bottom, right, top = text.get_charbox(number, loose=True)
            box = (character, left, right, height - top, height - bottom)
            rows.setdefault(round(height - _baseline(text, number)), []).append(box)
    lines = [
        Line(
            text="".join(one[0] for one in row),
            left=min(one[1] for one in row) * MM,
            right=max(one[2] for one in row) * MM,
            top=min(one[3] for one in row) * MM,
            bottom=max(one[4] for one in row) * MM,
        )
        for _, row in sorted(rows.items())
    ]
    rules = set()
    for path in page.get_objects(filter=[FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = path.get_bounds()
        if right - left > 300:
            rules.add((round(left * MM, 2), round(right * MM, 2), round((height - (top + bottom) / 2) * MM, 2)))
    return Page(width * MM, height * MM, lines, sorted(rules, key=lambda rule: rule[2]))
