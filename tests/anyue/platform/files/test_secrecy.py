"""A mark of secrecy is found before a byte is kept, by whatever door the file comes."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from PIL import Image, ImageDraw

from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor
from anyue.platform.files import problems, uploads
from anyue.platform.files.kinds import EVIDENCE
from anyue.platform.files.models import Blob, StoredFile

pytestmark = pytest.mark.django_db
NAME = "不得入库的内容"


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


SECRET = word("机密★1年", "关于某事的通知", "各街道：")
OPEN = word("关于开展安全生产月活动的通知", "各街道：", "做好保密工作，机密文件另发。")


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


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (f"{NAME}.docx", SECRET),
        (f"{NAME}.jpg", SECRET),  # renamed: the content tells
        (f"{NAME}.zip", packed(("佐证/总结.docx", OPEN), (f"佐证/{NAME}.docx", SECRET))),
        (f"{NAME}.zip", packed(("里层.zip", packed((f"{NAME}.docx", SECRET))))),
        (f"{NAME}.pdf", pdf("秘密★长期")),
    ],
    ids=["word", "renamed", "zip", "zip in zip", "pdf"],
)
def test_evidence_that_is_marked_secret_is_turned_away_before_anything_is_kept(
    officer: Actor, folder: Path, name: str, data: bytes
) -> None:
    answer = uploads.store_all([SimpleUploadedFile(name, data)], by=officer, place="0001", kinds=EVIDENCE)

    assert [one.problem for one in answer.refusals] == [problems.SECRET]
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    entry = Entry.objects.get(action="file.refused_secret")
    assert entry.place == "0001"
    assert NAME not in f"{entry.subject_label}{entry.before}{entry.after}"


def test_what_only_speaks_of_secrets_is_kept(officer: Actor) -> None:
    picture = Image.new("RGB", (200, 80), "white")
    ImageDraw.Draw(picture).text((10, 10), "work safety", fill="black")
    out = BytesIO()
    picture.save(out, "PNG")
    files = [("总结.docx", OPEN), ("现场.png", out.getvalue()), ("通知.pdf", pdf("关于报送秘密文件清单的通知"))]

    answer = uploads.store_all(
        [SimpleUploadedFile(name, data) for name, data in files], by=officer, place="0001", kinds=EVIDENCE
    )

    assert answer.refusals == ()
    assert StoredFile.objects.count() == len(files)
