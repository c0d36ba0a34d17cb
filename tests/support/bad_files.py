"""More than forty files that nobody can read, each broken in its own way, with the code it must be refused by."""

from __future__ import annotations

import os
import random
import struct
from pathlib import Path

from .containers import W, docx, ole, pdf, png, xlsx, zipped

NOISE = ("docx", "docm", "doc", "wps", "rtf", "odt", "xlsx", "xls", "et", "pdf", "txt", "html", "png", "jpg", "zip")
_BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaaaaaaaaaaaa'>"
    + "".join(f"<!ENTITY {b} '{f'&{a};' * 20}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'


def _document(prolog: str, text: str) -> str:
    return f'{prolog}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'


def _biff(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)


def contents() -> dict[str, tuple[bytes, str]]:
    """Name to content and the code of its refusal."""
    noise = random.Random(20250620)
    letter = docx("关于开展2025年“安全生产月”活动的通知" * 40)
    book = xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>单位</t></is></c></row>')
    locked = bytearray(zipped({"通知.docx": letter}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    word = bytearray(2048)
    word[0:2], word[11] = b"\xec\xa5", 0x01
    files: dict[str, tuple[bytes, str]] = {
        "empty.docx": (b"", "U002"),
        "empty.txt": (b"", "U002"),
        "cut.docx": (letter[: len(letter) // 2], "U004"),
        "cut.xlsx": (book[: len(book) // 2], "U004"),
        "cut.pdf": (pdf("hello")[:60], "U004"),
        "cut.doc": (ole({"WordDocument": bytes(word)})[:700], "U004"),
        "cut.png": (png(400, 400)[:60], "U004"),
        "encrypted.docx": (ole({"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": b"x" * 500}), "U003"),
        "encrypted.xlsx": (ole({"EncryptedPackage": b"x" * 500}), "U003"),
        "encrypted.doc": (ole({"WordDocument": bytes(word)}), "U003"),
        "encrypted.xls": (ole({"Workbook": _biff((0x809, b"\0\6\5\0" + bytes(12)), (0x2F, bytes(54)))}), "U003"),
        "encrypted.pdf": (pdf("hello", password=b"secret"), "U003"),
        "encrypted.zip": (bytes(locked), "U003"),
        "encrypted.odt": (
            zipped(
                {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<m:encryption-data/>"}
            ),
            "U003",
        ),
        "bomb.docx": (docx(xml=_document("", "零" * 60_000_000)), "U005"),
        "bomb.xlsx": (xlsx('<row r="1"><c r="A1"><v>1</v></c></row>' * 5_000_000), "U005"),
        "bomb.zip": (zipped({"大.txt": b"0" * 250_000_000}), "U005"),
        "corner.xlsx": (
            xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "U005",
        ),
        "repeat.ods": (_repeating_ods(), "U005"),
        "bomb.png": (png(30_000, 30_000), "U005"),
        "entities.docx": (docx(xml=_document(_BOMB, "&i;")), "U006"),
        "entities.xlsx": (xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>', _BOMB), "U006"),
        "outside.docx": (docx(xml=_document(_OUTSIDE, "&out;")), "U006"),
        "outside.xlsx": (xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>&out;</t></is></c></row>', _OUTSIDE), "U006"),
        "nul.txt": ("通知\0附件\0".encode() * 50, "U007"),
        "spaces.txt": (" \n\u3000\n\t\n".encode(), "U008"),
        "blank.docx": (docx(""), "U008"),
        "blank.xlsx": (xlsx(""), "U008"),
        "blank.html": (b"<html><head><title>x</title></head><body><script>1</script></body></html>", "U008"),
        "blank.pdf": (pdf(), "U008"),
        "white.png": (png(600, 800), "U008"),
        "nomain.docx": (zipped({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"}), "U004"),
        "notxml.docx": (docx(xml="<w:document><w:body>"), "U004"),
        "deep.docx": (docx(xml=_document("", "<w:sdt>" * 50_000)), "U004"),
        "slides.ppt": (ole({"PowerPoint Document": b"x" * 100}), "U007"),
        "slides.pptx": (
            zipped(
                {
                    "[Content_Types].xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
                }
            ),
            "U007",
        ),
        "files.rar": (b"Rar!\x1a\x07\0" + noise.randbytes(500), "U019"),
        "files.7z": (b"7z\xbc\xaf\x27\x1c" + noise.randbytes(500), "U019"),
        "empty.zip": (zipped({}), "U015"),
        "litter.zip": (zipped({"__MACOSX/._x": b"1", "~$通知.docx": b"1", "Thumbs.db": b"1"}), "U015"),
        "broken.rtf": (b"{\\rtf1\\ansi broken", "U004"),
        "noise.inside.rtf": (b"{\\rtf1" + noise.randbytes(30_000), "U004"),
        "damaged.doc": (
            ole(
                {
                    "WordDocument": b"\xec\xa5"
                    + noise.randbytes(8000).replace(b"\x01", b"\x02")[:8]
                    + b"\0\0"
                    + noise.randbytes(8000)
                }
            ),
            "U004",
        ),
    }
    files |= {f"noise.{extension}": (noise.randbytes(20_000), "U007") for extension in NOISE}
    return files


def _repeating_ods() -> bytes:
    space = 'xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    row = '<t:table-row t:number-rows-repeated="1048576"><t:table-cell o:value-type="float" o:value="1" t:number-columns-repeated="16384"/></t:table-row>'
    content = f"<o:document-content {space}><o:body><o:spreadsheet><t:table t:name='a'>{row}</t:table></o:spreadsheet></o:body></o:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def write(folder: Path) -> dict[Path, str]:
    """All of them in a folder, with those that are bad by being no files, and the code for each."""
    expected: dict[Path, str] = {}
    for name, (data, code) in contents().items():
        (folder / name).write_bytes(data)
        expected[folder / name] = code
    (folder / "folder.docx").mkdir()
    (folder / "dangling.docx").symlink_to(folder / "nowhere.docx")
    (folder / "loop.docx").symlink_to(folder / "loop.docx")
    os.mkfifo(folder / "pipe.docx")
    return expected | {
        folder / "folder.docx": "U012",
        folder / "dangling.docx": "U001",
        folder / "loop.docx": "U004",
        folder / "pipe.docx": "U012",
        folder / "missing.docx": "U001",
        Path("/dev/null"): "U012",
    }
