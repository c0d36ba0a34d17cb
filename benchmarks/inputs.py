"""What is measured on: a notice, copies of it that differ, and replies to its form. The same files every time."""

from __future__ import annotations

import os
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import count, islice, product
from pathlib import Path

from tests.support.untidy import ReplyTruth, generate, read_form, totals, write_roster

from .measure import ROOT

SHARED = Path(os.environ.get("ANYUE_SHARED") or ROOT.parent / "shared")
TIANJIN = SHARED / "data" / "notices" / "tianjin-hebei-2025.docx"
EXAMPLE = ROOT / "examples" / "district-2026" / "通知.docx"
SEED = 20260616

BODY = "word/document.xml"
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]+)(</w:t>)")
_PLAIN = re.compile(r"[\u4e00-\u9fff、，。“”]{8,}")
_VARIANTS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"


def notice() -> Path:
    """The Tianjin notice where the shared files are at hand, else the example district's."""
    return TIANJIN if TIANJIN.is_file() else EXAMPLE


# --- copies of a notice


def copies(original: Path, out: Path, how_many: int, first: int = 0) -> list[Path]:
    """Copies of a notice that differ from it and from each other in every part of the package.

    Each longer stretch of words has another character in it, each style sheet and list another comment, so that
    nothing that one copy left in a cache is of use to the next. Structure, numbers, dates and blanks stay.
    """
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(original) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    made = []
    for number in range(first, first + how_many):
        path = out / f"{original.stem}-{number:03}.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in parts:
                package.writestr(name, _varied(name, data, number))
        made.append(path)
    return made


def _varied(name: str, data: bytes, number: int) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return data
    if name == BODY:
        places = count(number)
        data = _TEXT.sub(lambda m: m[1] + _other_words(m[2], number, next(places)) + m[3], data.decode()).encode()
    return data + f"<!-- {number} -->".encode()


def _other_words(text: str, number: int, place: int) -> str:
    """The text with two characters more before its last one, which may be a full stop."""
    if not _PLAIN.fullmatch(text):
        return text
    base = len(_VARIANTS)
    return text[:-1] + _VARIANTS[number // base % base] + _VARIANTS[place % base] + text[-1]


# --- replies


@dataclass(frozen=True, slots=True)
class Replies:
    """Replies in a folder, the units that sent them, and the true sum of each number of the form, in its order."""

    folder: Path
    files: Sequence[Path]
    roster: Path
    truths: Sequence[ReplyTruth]
    totals: Sequence[int]


def replies(form: Path, out: Path, how_many: int) -> Replies:
    """Word replies as untidy as people send them. Units that also sent another format are left out with all they sent."""
    folder, spare = out / "回复", out / "其他"
    made = generate(form, folder, how_many + how_many // 6 + 20, SEED)
    per_unit = Counter(truth.unit for truth in made)
    strange = {truth.unit for truth in made if not truth.file.endswith(".docx")}
    room, taken = how_many, set[str]()
    for unit, sent in per_unit.items():
        if unit not in strange and sent <= room:
            taken.add(unit)
            room -= sent
    chosen = [truth for truth in made if truth.unit in taken]
    if len(chosen) != how_many:
        raise ValueError(f"{len(chosen)} Word replies, not {how_many}")
    for truth in made:
        if truth.unit not in taken:
            away = spare / truth.file
            away.parent.mkdir(parents=True, exist_ok=True)
            (folder / truth.file).rename(away)
    roster = out / "单位名单.csv"
    write_roster(roster, dict.fromkeys(truth.unit for truth in chosen))
    true = totals(chosen)
    sums = [true.get(number, 0) for number, blank in read_form(form).blanks.items() if not blank.is_name]
    return Replies(folder, [folder / truth.file for truth in chosen], roster, chosen, sums)


def multiply(some: Replies, out: Path, how_many: int, models: int = 200) -> tuple[Path, Path]:
    """Many replies made from a few: each of a unit of its own, with numbers of its own. Gives the folder and a roster."""
    folder = out / "回复"
    folder.mkdir(parents=True)
    units = list(islice(_units(), how_many + 3))
    stock = list(islice(_models(some), models))
    for place, unit in enumerate(units[:how_many]):
        rest, body, old = stock[place % len(stock)]
        step = place // len(stock)
        head, table, tail = body.partition("<w:tbl>")
        form = _raised(tail, step)
        packed = BytesIO(rest)
        with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            package.writestr(BODY, (head + table + form).replace(old, unit).encode())
        (folder / f"{unit}统计表.docx").write_bytes(packed.getvalue())
    roster = out / "单位名单.csv"
    write_roster(roster, units)
    return folder, roster


def _raised(table: str, step: int) -> str:
    """Every number that stands alone in its run, so much higher: no two units with the same numbers."""
    return re.sub(r"(?<=>)\d{2,4}(?=</w:t>)", lambda m: str(int(m[0]) + step), table)


def _models(some: Replies) -> Iterator[tuple[bytes, str, str]]:
    """Replies whose unit stands in the form in one piece: the package without its body, the body, the unit."""
    for file, truth in zip(some.files, some.truths, strict=True):
        if truth.status == "rejected" or truth.unit_from != "form" or not truth.counted:
            continue
        out = BytesIO()
        with zipfile.ZipFile(file) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as rest:
            body = package.read(BODY).decode()
            for name in package.namelist():
                if name != BODY:
                    rest.writestr(name, package.read(name))
        if truth.unit in body:
            yield out.getvalue(), body, truth.unit


def _units() -> Iterator[str]:
    """Names of one length, none inside another, none with a word of the form."""
    head, middle, end = (
        "东南西北中上下前后左右内外新老大小长平高金银玉石木",
        "桃李杏柳槐榆松柏竹梅兰菊荷莲枫桐",
        "园里苑庭湾泉桥岭河塘坪港洲林溪峪沟坡滩堡营屯庄寨店铺",
    )
    return (f"{a}{b}{c}社区" for a, b, c in product(head, middle, end))
