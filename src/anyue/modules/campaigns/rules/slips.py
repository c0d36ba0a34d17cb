"""The slip on which a unit names its liaison officer (联络员回执、联络员反馈表), read from its document.

Tables with a head row, tables of labels and values side by side, and lines of ``label：value`` are understood; whatever the
columns are called, only these words name them. What is read is shown to a person before it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise

from gongwen.model import Document, Table

from . import phones

_LABELS = {
    "unit": r"(?:填报|报送|所在|工作)?单位(?:名称|全称)?|部门|社区|街道",
    "post": r"职务(?:/职称|职称)?|职称|岗位",
    "mobile": r"手机(?:号码?)?|移动电话|手机电话",
    "office_phone": r"办公(?:室)?电话|座机|固定电话|单位电话",
    "phone": r"(?:联系|联络)?(?:电话|方式)(?:号码)?|联系电话|电话号码",
    "email": r"(?:电子)?(?:邮箱|邮件)(?:地址)?|e-?mail",
    "name": r"(?:联络员|联系人|负责人)?(?:的)?姓名|联络员|联系人",
}
_LABEL = {key: re.compile(rf"(?:{words})(?:[（(][^（）()]*[)）])?", re.IGNORECASE) for key, words in _LABELS.items()}
_LINE = re.compile(
    rf"({'|'.join(f'(?:{words})' for words in _LABELS.values())})(?:[（(][^（()）]*[)）])?\s*[:：]\s*([^\s:：，,；;]+)",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"[_＿\s　/—-]*")


@dataclass(frozen=True, slots=True)
class Officer:
    """Whom a slip names. What it does not say is empty."""

    unit: str = ""
    name: str = ""
    post: str = ""
    office_phone: str = ""
    mobile: str = ""
    email: str = ""


def read_slip(document: Document) -> list[Officer]:
    """Everybody whom the document names with a name and a way to reach her, in its order; none if there is nobody."""
    found: list[dict[str, str]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = _rows(block)
            found += _under_heads(rows) or _beside_labels(rows)
    text = "\n".join(block.text for block in document.blocks if not isinstance(block, Table))
    said = {label_key(match[1]) or "": match[2] for match in _LINE.finditer(text)}
    if not found and said:
        found = [said]
    for one in found:
        one.setdefault("unit", said.get("unit", ""))
    officers = [_officer(one) for one in found]
    return [one for one in officers if one.name and (one.mobile or one.office_phone)]


def _rows(table: Table) -> list[list[str]]:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row][cell.column] = re.sub(r"[\s　]+", " ", cell.text).strip()
    return rows


def label_key(written: str) -> str | None:
    """What a label names: ``unit post mobile office_phone phone email name``; None for anything else."""
    plain = re.sub(r"[\s　:：*]", "", written)
    return next((key for key, words in _LABEL.items() if words.fullmatch(plain)), None)


def _under_heads(rows: list[list[str]]) -> list[dict[str, str]]:
    """Rows below a head that names at least a person and a number."""
    for place, row in enumerate(rows):
        keys = {column: key for column, text in enumerate(row) if (key := label_key(text))}
        if "name" in keys.values() and len(set(keys.values())) >= 2 and not _has_values_beside(row, keys):
            filled = [
                {keys[column]: text for column, text in enumerate(below) if column in keys}
                for below in rows[place + 1 :]
            ]
            return [one for one in filled if not _EMPTY.fullmatch(one.get("name", ""))]
    return []


def _has_values_beside(row: list[str], keys: dict[int, str]) -> bool:
    return any(column + 1 < len(row) and row[column + 1] and column + 1 not in keys for column in keys)


def _beside_labels(rows: list[list[str]]) -> list[dict[str, str]]:
    found: dict[str, str] = {}
    for key, value in _pairs(rows):
        found.setdefault(key, value)
    return [found] if found else []


def _pairs(rows: list[list[str]]) -> Iterator[tuple[str, str]]:
    for row in rows:
        cells = [text for text in row if text]
        for label, value in pairwise(cells):
            key = label_key(label)
            if key and not label_key(value) and not _EMPTY.fullmatch(value):
                yield key, value


def _officer(one: dict[str, str]) -> Officer:
    values = {field.name: one.get(field.name, "").strip(" _＿") for field in fields(Officer)}
    number = phones.tidy(one.get("phone", ""))
    for name in ("mobile", "office_phone"):
        values[name] = phones.tidy(values[name])
    if number and phones.is_mobile(number):
        values["mobile"] = values["mobile"] or number
    elif number:
        values["office_phone"] = values["office_phone"] or number
    return Officer(**values)
