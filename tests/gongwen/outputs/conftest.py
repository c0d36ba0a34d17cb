"""Workbooks written and opened again, by openpyxl and by LibreOffice."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from gongwen.collection import Collection
from gongwen.outputs import write_workbook

DAY = date(2025, 6, 22)
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes a collection as a workbook."""

    def write(collection: Collection, **more: Any) -> Path:
        path = tmp_path / "汇总.xlsx"
        write_workbook(collection, path, title="统计表分单位汇总", today=DAY, **more)
        return path

    return write


def opened(path: Path, *, values: bool = False) -> Workbook:
    """The workbook with its formulas, or with the results that it was saved with."""
    return load_workbook(path, data_only=values)


def rows_of(path: Path, sheet: str = "汇总", *, values: bool = False) -> list[list[Any]]:
    """All cells of a sheet."""
    return [[cell.value for cell in row] for row in opened(path, values=values)[sheet].iter_rows()]


def row_of(path: Path, unit: str, *, values: bool = False) -> list[Any]:
    """The row of the summary whose second cell says ``unit``."""
    return next(row for row in rows_of(path, values=values) if row[1] == unit)


def recalculated(path: Path, folder: Path, sheet: int) -> list[list[str]]:
    """A sheet as LibreOffice calculates it, from a copy without any saved result."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: formulas are not recalculated here")
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                data = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data)
            target.writestr(item, data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    kind = f"csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}"
    command = [program, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "csv"), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = next((folder / "csv").glob("*.csv"))
    return list(csv.reader(io.StringIO(found.read_text("utf-8-sig"))))
