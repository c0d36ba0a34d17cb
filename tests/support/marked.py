"""Documents with and without a mark of secrecy, made while the test runs."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

import pypdfium2
from docx import Document

from examples.district.office import converted


def word(*lines: str) -> bytes:
    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def packed(*files: tuple[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


@cache
def old_word(*lines: str) -> bytes:
    """A .doc of Word 97, saved by LibreOffice."""
    return converted(word(*lines), "doc")


@cache
def picture(*lines: str) -> bytes:
    """The page as a photograph of it: no text but what is seen."""
    with pypdfium2.PdfDocument(converted(word(*lines), "pdf")) as paper:
        page = paper[0].render(scale=110 / 72).to_pil().convert("RGB")
    out = BytesIO()
    page.save(out, "JPEG", quality=85)
    return out.getvalue()


def scan(*pictures: bytes) -> bytes:
    """A .pdf of pictures alone."""
    from PIL import Image

    first, *others = [Image.open(BytesIO(one)) for one in pictures]
    out = BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others)
    return out.getvalue()


def pdf(text: str) -> bytes:
    """One page with a line of Latin and Chinese text, as a printer driver writes it."""
    codes = "".join(f"{ord(sign):04x}" for sign in text)
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <0000> <ffff> endcodespacerange "
        b"1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end"
    )
    drawn = f"BT /F 16 Tf 72 760 Td <{codes}> Tj ET".encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(to_unicode), to_unicode),
    ]
    body, at = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        at.append(len(body))
        body += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in at)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    return body + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(body))
