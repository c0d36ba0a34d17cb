"""Writes the example district: a notice, its roster and the replies that came back, with the truth about them.

    python examples/build.py [--out DIR] [--convert]

The same files come out every time. Three replies, an old .doc, a .pdf and a scan, are made with LibreOffice, whose
output differs from run to run; they are kept as they are unless what they are made from has changed, they are missing
or ``--convert`` asks for new ones. Without LibreOffice the files that are there stay, and a line says so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from examples.district import content, office, paper
from examples.district.form import blanks, filled_docx, filled_xlsx
from examples.district.notice import notice
from examples.district.replies import MISSING, SEED, Filled, filled, short

HERE = Path(__file__).resolve().parent / "district-2026"
REPLIES, TRUTH = "回复", "truth.json"
COUNTED = "柳岸社区统计表(2)修改版.docx"
SET_ASIDE = "柳岸社区统计表.docx"


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    arguments.add_argument("--out", type=Path, default=HERE, help="the folder to write into")
    arguments.add_argument("--convert", action="store_true", help="make the .doc, the .pdf and the scan anew")
    chosen = arguments.parse_args()
    build(chosen.out, convert=chosen.convert)


def build(out: Path, *, convert: bool = False) -> None:
    """Writes everything below ``out``."""
    (out / REPLIES).mkdir(parents=True, exist_ok=True)
    before = _sources(out / TRUTH)
    (out / "通知.docx").write_bytes(notice())
    (out / "单位名单.xlsx").write_bytes(roster())
    entries = []
    for one in filled():
        source = _document(one)
        digest = _fingerprint(source)
        entries.append(_truth_of(one, digest))
        path = out / REPLIES / one.reply.file
        if one.reply.kind in ("doc", "pdf", "scan"):
            _convert(one, source, path, is_stale=convert or before.get(path.name) != digest)
        else:
            path.write_bytes(source)
    (out / TRUTH).write_text(json.dumps(truth(entries), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(entries)} replies of {len(content.UNITS)} units in {out}")


def _document(one: Filled) -> bytes:
    match one.reply.kind:
        case "notice":
            return notice(one.sheet, one.reply.hand)
        case "xlsx":
            return filled_xlsx(one.sheet, one.reply.hand)
        case "cut":
            whole = filled_docx(one.sheet, one.reply.hand)
            return whole[: len(whole) * 3 // 5]
        case _:
            return filled_docx(one.sheet, one.reply.hand)


def _convert(one: Filled, source: bytes, path: Path, *, is_stale: bool) -> None:
    if path.exists() and not is_stale:
        return
    if not office.soffice():
        state = "kept as it was" if path.exists() else "left out"
        print(f"{path.name}: {state}, LibreOffice is not installed", file=sys.stderr)
        return
    if one.reply.kind == "doc":
        path.write_bytes(office.converted(source, "doc"))
        return
    pdf = office.converted(source, "pdf")
    path.write_bytes(office.scanned(pdf, SEED) if one.reply.kind == "scan" else pdf)


def _fingerprint(document: bytes) -> str:
    """Of what the document says, however it is compressed; of the bare bytes where it is no whole package."""
    try:
        with zipfile.ZipFile(BytesIO(document)) as package:
            content_of = [name.encode() + package.read(name) for name in package.namelist()]
    except zipfile.BadZipFile:
        content_of = [document]
    return hashlib.sha256(b"".join(content_of)).hexdigest()


def _sources(truth_file: Path) -> dict[str, str]:
    """Which document each converted file was made from when it was last written."""
    if not truth_file.exists():
        return {}
    replies = json.loads(truth_file.read_text("utf-8"))["replies"]
    return {reply["file"]: reply["made_from"] for reply in replies if "made_from" in reply}


def roster() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": paper.BORN})
        sheet = book.add_worksheet("单位名单")
        head = book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED", "align": "center"})
        cell = book.add_format({"border": 1})
        for column, (name, width) in enumerate(
            [("单位名称", 16), ("代码", 10), ("联系人", 12), ("电话", 18), ("上级", 14)]
        ):
            sheet.set_column(column, column, width)
            sheet.write(0, column, name, head)
            for row, unit in enumerate(content.UNITS, 1):
                sheet.write(row, column, unit[column], cell)
        sheet.freeze_panes(1, 0)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


# --- the truth


def truth(entries: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "notice": "通知.docx",
        "attachment": "附件2",
        "roster": "单位名单.xlsx",
        "units": len(content.UNITS),
        "fields": list(_fields()),
        "replies": entries,
        "totals": _totals(entries),
        "activities": sum(len(entry["activities"]) for entry in entries if entry["counted"]),
        "missing": list(MISSING),
        "duplicates": [
            {"unit": "柳岸社区", "counted": COUNTED, "others": [SET_ASIDE], "why": "later 填报日期"},
        ],
    }


def _fields() -> Iterator[dict[str, Any]]:
    for blank in blanks():
        yield {
            "key": blank.key,
            "section": blank.section,
            "index": blank.index,
            "label": blank.label,
            "unit": blank.unit,
            "summed": blank.kind == "number",
        }


def _truth_of(one: Filled, digest: str) -> dict[str, Any]:
    reply = one.reply
    is_readable = reply.status != "rejected"
    full = {short(blank.key): blank.key for blank in blanks()}
    entry: dict[str, Any] = {
        "file": reply.file,
        "unit": reply.unit,
        "unit_from": "form" if is_readable and one.sheet.heading["填报单位"].strip() else "file",
        "status": reply.status,
        "counted": is_readable and reply.file != SET_ASIDE,
        "untidy": reply.how,
        "filled_on": one.filled_on.isoformat() if is_readable else None,
        "values": dict(one.values) if is_readable else {},
        "activities": [
            {"name": name, "count": int(count), "participants": int(people)}
            for name, count, people in (one.sheet.activities if is_readable else ())
        ],
        "story": one.sheet.story or None if is_readable else None,
        "issues": [
            {"code": issue.code, "key": full[issue.key] if issue.key else None, "found": issue.found}
            for issue in reply.issues
        ],
    }
    if reply.kind in ("doc", "pdf", "scan"):
        entry["made_from"] = digest
    return entry


def _totals(entries: list[dict[str, Any]]) -> dict[str, int]:
    """Each number of the form over the replies that count; 合计 is computed by whoever reads it."""
    counted = [entry["values"] for entry in entries if entry["counted"]]
    return {
        blank.key: sum(values[blank.key] for values in counted if isinstance(values[blank.key], int))
        for blank in blanks()
        if blank.kind == "number"
    }


if __name__ == "__main__":
    main()
