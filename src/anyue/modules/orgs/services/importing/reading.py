"""A table of units out of a workbook or a text file: rows as words, with the numbers they bear in the file."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import get_language
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from anyue.kernel.errors import RefusedError
from gongwen.errors import Unreadable
from gongwen.messages import Language
from gongwen.readers.detect import detect
from gongwen.readers.encoding import decode
from gongwen.readers.sheet import show
from gongwen.readers.sheet_scan import scan
from gongwen.readers.source import Source

from ... import problems
from . import heads

_SHEETS = frozenset({"xlsx", "xls", "et", "xlsb", "ods"})


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the headings, none of them empty. ``numbers`` are those that a person sees in the file, from 1."""

    fields: dict[int, str]
    headings: dict[str, str]
    ignored: tuple[str, ...]
    rows: list[Sequence[str]]
    numbers: list[int]


def read_table(file: Path | BinaryIO, name: str = "") -> Table:
    """The first visible sheet (or the text) with a heading for names. Refuses what cannot be read or has no such heading."""
    name = name or (file.name if isinstance(file, Path) else "upload")
    try:
        data = Source(name, path=file).read() if isinstance(file, Path) else Source(name, data=file.read()).read()
        kind = detect(data, name)
        if kind in _SHEETS:
            sheets = _sheets(data, name, kind)
        elif kind == "text":
            sheets = iter([_lines(data, name)])
        else:
            raise RefusedError(problems.FILE_KIND, name=name)
        for rows in sheets:
            if (found := heads.heading_row(rows)) is not None:
                return _table(rows, *found)
    except Unreadable as error:
        language: Language = "zh" if (get_language() or "zh").startswith("zh") else "en"
        raise RefusedError(problems.FILE_UNREADABLE, why=error.line(language)) from error
    raise RefusedError(problems.FILE_HEADS, name=name, wanted="、".join(heads.TITLES.values()))


def _sheets(data: bytes, name: str, kind: str) -> Iterator[list[Sequence[str]]]:
    scanned = scan(data, name, kind)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(scanned.data))
        for number, meta in enumerate(book.sheets_metadata):
            if meta.visible != SheetVisibleEnum.Visible or "work" not in str(meta.typ).lower():
                continue
            sheet = book.get_sheet_by_index(number)
            top = sheet.start[0] if sheet.start else 0
            empty: list[Sequence[str]] = [()] * top
            yield empty + [tuple(map(_shown, row)) for row in (sheet.iter_rows() if sheet.start else ())]
    except PasswordError as error:
        raise Unreadable(name, "U003") from error
    except CalamineError as error:
        raise Unreadable(name, "U004", what=str(error)[:60]) from error


def _shown(value: object) -> str:
    return value.strip() if isinstance(value, str) else show(value)


def _lines(data: bytes, name: str) -> list[Sequence[str]]:
    text = decode(data)
    if text is None:
        raise Unreadable(name, "U007")
    first = text[:4000]
    mark = max(",\t;，", key=first.count)
    try:
        reader = csv.reader(
            io.StringIO(text.replace("，", ",") if mark == "，" else text, newline=""),
            delimiter="," if mark == "，" else mark,
        )
        return [tuple(cell.strip().removeprefix("'") for cell in row) for row in reader]
    except csv.Error as error:
        raise Unreadable(name, "U004", what=str(error)[:60]) from error


def _table(rows: list[Sequence[str]], top: int, fields: dict[int, str]) -> Table:
    heading = rows[top]
    ignored = tuple(words for number, words in enumerate(heading) if words.strip() and number not in fields)
    kept = [
        (number, row)
        for number, row in enumerate(itertools.islice(rows, top + 1, None), top + 2)
        if any(row[column] for column in fields if column < len(row))
    ]
    return Table(
        fields,
        {field: heading[column].strip() for column, field in fields.items()},
        ignored,
        [row for _, row in kept],
        [number for number, _ in kept],
    )
