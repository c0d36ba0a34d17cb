"""docs/images/summary.png: what ``make demo`` gives, as pictures of the produced files themselves.

Run after a change of the examples or of the outputs: ``.venv/bin/python scripts/make_picture.py``. Needs LibreOffice.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

from gongwen import collect, load
from gongwen.outputs import write_outputs

ROOT = Path(__file__).resolve().parent.parent
DISTRICT = ROOT / "examples" / "district-2026"
PICTURE = ROOT / "docs" / "images" / "summary.png"
HEIGHT = 600


def page(pdf: Path, number: int = 0) -> Image.Image:
    """A page of a PDF as a picture, its white margins cut."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture: Image.Image = document[number].render(scale=1.6).to_pil().convert("RGB")
    finally:
        document.close()
    picture = picture.crop((0, 0, picture.width, round(picture.height * 0.8)))  # without the page number at its foot
    box = ImageOps.invert(picture.convert("L")).getbbox() or (0, 0, *picture.size)
    return ImageOps.expand(picture.crop(box), 24, "white")


def main() -> int:
    """Collect the example, turn the official table and the workbook into pictures, put them side by side."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        notice = load(DISTRICT / "通知.docx")
        collection = collect(notice, [DISTRICT / "回复"], DISTRICT / "单位名单.xlsx")
        table, workbook, *_ = write_outputs(collection, notice, [], out)
        subprocess.run(
            ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(table), str(workbook)],
            check=True,
            capture_output=True,
        )
        pictures = [page(path.with_suffix(".pdf")) for path in (table, workbook)]
    scaled = [picture.resize((round(picture.width * HEIGHT / picture.height), HEIGHT)) for picture in pictures]
    whole = Image.new("RGB", (sum(picture.width for picture in scaled) + 24, HEIGHT), "#e9edf3")
    left = 0
    for picture in scaled:
        whole.paste(picture, (left, 0))
        left += picture.width + 24
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    whole.quantize(64).save(PICTURE, optimize=True)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
