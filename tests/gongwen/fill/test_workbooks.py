"""The workbook to fill in, and the XLSForm."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pyxform.xls2xform import convert

from gongwen.fill import form_xlsform, form_xlsx
from gongwen.fill.sheets import named
from gongwen.fill.xlsform import xml_name
from gongwen.fill.xlsx import HIDDEN, SHEET

from .conftest import ROOT, Sample
from .samples import CONTROLS, SAMPLES


def samples() -> dict[str, Sample]:
    found = {name: Sample.of(text) for name, text in SAMPLES.items()}
    found["district"] = Sample((ROOT / "examples/district-2026/通知.docx").read_bytes())
    return found


@pytest.mark.parametrize("name", [*SAMPLES, "district"])
def test_every_field_has_its_cell_and_the_hidden_sheet_says_which(name: str) -> None:
    sample = samples()[name]
    for form in sample.spec.forms:
        book = openpyxl.load_workbook(BytesIO(form_xlsx(form, sample.spec)))
        sheet, hidden = book[SHEET], book[HIDDEN]
        rows = list(hidden.iter_rows(min_row=1, max_col=5, values_only=True))
        assert rows[0][:2] == ("form", form.id)
        places = {(str(field), number): str(cell) for field, _, number, cell, _ in rows[2:] if field}
        assert hidden.sheet_state == "veryHidden"
        assert {field for field, _ in places} == {field.id for field in form.fields}
        assert len(set(places.values())) == len(places)
        for field in form.fields:
            cell = sheet[places[field.id, 1 if field.group else 0]]
            assert cell.protection.locked is (field.aggregate == "derived" and cell.value is not None)
            if field.group is None:
                assert sheet.cell(cell.row, 6).value == field.id
                assert sheet.cell(cell.row, 3).value == named(field)
                assert (sheet.cell(cell.row, 4).value or None) == field.unit
        assert sheet.protection.sheet
        assert sheet.freeze_panes == "A4"
        assert [sheet.cell(3, column).value for column in range(1, 6)] == ["序号", "项目", "指标", "计量单位", "填报数"]


def test_values_are_checked_by_their_type() -> None:
    sample = Sample.of(CONTROLS)
    sheet = openpyxl.load_workbook(BytesIO(form_xlsx(sample.form, sample.spec)))[SHEET]
    kinds = {(rule.type, rule.formula1) for rule in sheet.data_validations.dataValidation}
    assert ("list", '"街道,部门,学校"') in kinds
    assert any(kind == "custom" and "36526" in str(formula) for kind, formula in kinds)


def test_totals_are_formulas() -> None:
    sample = samples()["grid"]
    sheet = openpyxl.load_workbook(BytesIO(form_xlsx(sample.form, sample.spec)))[SHEET]
    formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(formulas) == 2
    assert all(formula.startswith("=SUM(E") for formula in formulas)


def test_the_same_form_gives_the_same_web_form() -> None:
    sample = samples()["prose"]
    first, second = (openpyxl.load_workbook(BytesIO(form_xlsform(sample.form, sample.spec))) for _ in range(2))
    assert list(first["settings"].values) == list(second["settings"].values)


@pytest.mark.parametrize("name", [*SAMPLES, "district"])
def test_pyxform_takes_the_web_form(name: str, tmp_path: Path) -> None:
    sample = samples()[name]
    for form in sample.spec.forms:
        path = tmp_path / f"{form.id}.xlsx"
        path.write_bytes(form_xlsform(form, sample.spec))
        result = convert(str(path), validate=False)
        assert not result.warnings
        for field in form.fields:
            assert f"<{xml_name(field.id)}" in result.xform
        assert "中文 (zh)" in result.xform


@pytest.mark.needs_shared
def test_pyxform_takes_the_forms_of_the_shared_cases(shared: Path, tmp_path: Path) -> None:
    for number, path in enumerate(
        sorted((shared / "cases").glob("*/*.docx")) + sorted((shared / "data/notices").glob("tianjin*.docx"))
    ):
        sample = Sample(path.read_bytes())
        for form in sample.spec.forms:
            target = tmp_path / f"{number}-{form.id}.xlsx"
            target.write_bytes(form_xlsform(form, sample.spec))
            assert convert(str(target), validate=False).xform
            assert openpyxl.load_workbook(BytesIO(form_xlsx(form, sample.spec)))[SHEET]["A1"].value
