"""What needs LibreOffice: the old Word format, PDF, and from PDF the picture of a scanner."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image, ImageChops

SECONDS = 180
DOTS = 150
"""Dots per inch of the scanner."""
GRAIN, SHADOW = 0.035, 14
"""Share of noise in the picture, width of the shadow in dots."""


def soffice() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(docx: bytes, target: str) -> bytes:
    """The document as ``doc`` or ``pdf``, by LibreOffice with a throw-away profile."""
    program = soffice()
    assert program, "ask soffice() first"
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "reply.docx")
        source.write_bytes(docx)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            *("--convert-to", {"doc": "doc:MS Word 97", "pdf": "pdf"}[target], "--outdir", folder, str(source)),
        ]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        return source.with_suffix(f".{target}").read_bytes()


def scanned(pdf: bytes, seed: int) -> bytes:
    """The pages as a scanner sees them: grey, a little crooked, with grain and a shadow at the edge."""
    dice = Random(seed)
    pages: list[Image.Image] = []
    for page in pypdfium2.PdfDocument(pdf):
        sheet: Image.Image = page.render(scale=DOTS / 72).to_pil().convert("L")
        sheet = sheet.rotate(dice.choice([-0.7, 0.6]), resample=Image.Resampling.BICUBIC, fillcolor=255)
        grain = Image.frombytes("L", sheet.size, dice.randbytes(sheet.width * sheet.height))
        sheet = Image.blend(sheet, grain, GRAIN)
        for x in range(SHADOW):
            edge = (x, 0, x + 1, sheet.height)
            sheet.paste(
                ImageChops.subtract(sheet.crop(edge), Image.new("L", (1, sheet.height), 4 * (SHADOW - x))), edge
            )
        pages.append(sheet)
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DOTS, quality=38)
    return out.getvalue()
