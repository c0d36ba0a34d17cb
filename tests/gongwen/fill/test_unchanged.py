"""Property: what went in stands in the blanks, and nothing else in the file is different."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen.collection import Scalar, Value
from gongwen.fill import fill_docx, form_part
from gongwen.fill.ink import day_of, printed
from gongwen.fill.trace import TracedDocx
from gongwen.model import Paragraph
from gongwen.spec import Evidence, Field, Form
from tests.conftest import SHARED, has_shared

from .conftest import ROOT, Sample
from .samples import SAMPLES

PADDING = " \t\u3000\xa0\u2002_＿"
BOXES = "□☐☑☒"
WORDS = st.text("甲乙丙丁戊己庚辛壬癸abcXYZ<>&\"'😀07", min_size=1, max_size=30)
NUMBERS = st.integers(0, 10**9) | st.decimals(0, 10**6, places=2).map(float)


@cache
def sample(name: str) -> Sample:
    return Sample.of(SAMPLES[name]) if name in SAMPLES else Sample(Path(name).read_bytes())


def a_value(field: Field) -> st.SearchStrategy[Scalar]:
    nothing: st.SearchStrategy[Scalar] = st.sampled_from([None, "n/a"])
    some: st.SearchStrategy[Scalar]
    match field.type:
        case "integer":
            some = st.integers(0, 10**9)
        case "decimal":
            some = NUMBERS
        case "date" | "datetime":
            some = st.dates(min_value=__import__("datetime").date(2020, 1, 1)).map(lambda day: day.isoformat())
        case "choice" if field.options:
            return st.none() | st.sampled_from(field.options)
        case "longtext":
            some = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
        case _:
            some = WORDS
    return st.none() | nothing | some


def values_of(form: Form) -> st.SearchStrategy[dict[str, Value]]:
    single: dict[str, st.SearchStrategy[Value]] = {field.id: a_value(field) for field in form.fields if not field.group}
    groups: dict[str, list[Field]] = {}
    for field in form.fields:
        if field.group:
            groups.setdefault(field.group, []).append(field)
    for key, fields in groups.items():
        row = st.fixed_dictionaries({field.id: a_value(field) for field in fields})
        single[key] = st.lists(row, max_size=fields[0].rows or 1)
    return st.fixed_dictionaries(single)


def check(data: bytes, form: Form, values: dict[str, Value]) -> None:
    made = fill_docx(data, form, values)
    check_parts(data, made)
    old, new = TracedDocx(data), TracedDocx(made)
    assert len(old.blocks) == len(new.blocks)
    said = expected(form, values)
    for before, after in zip(old.blocks, new.blocks, strict=True):
        if isinstance(before, Paragraph):
            assert isinstance(after, Paragraph)
            check_text(before.text, after.text, [one for one in said if one[1].block == before.block])
            if not any(one[1].block == before.block for one in said):
                assert old.xml.raw(old.trace(before).node) == new.xml.raw(new.trace(after).node)
            continue
        assert not isinstance(after, Paragraph)
        cells = [(cell.row, cell.column, cell.rows, cell.columns) for cell in before.cells]
        assert cells == [(cell.row, cell.column, cell.rows, cell.columns) for cell in after.cells]
        for a, b in zip(before.cells, after.cells, strict=True):
            inside = [
                one for one in said if (one[1].block, one[1].row, one[1].column) == (before.block, a.row, a.column)
            ]
            if not any(isinstance(one[1].nested, list) for one in inside):
                check_text(a.text, b.text, inside)


def expected(form: Form, values: dict[str, Value]) -> list[tuple[Field, Evidence, Scalar]]:
    """Every blank with what ought to stand in it, those of printed rows too."""
    found: list[tuple[Field, Evidence, Scalar]] = []
    for field in form.fields:
        rows = values.get(field.group or "")
        value = values.get(field.id)
        if isinstance(rows, list):
            for number in range(field.rows or 1):
                place = field.evidence
                if number:
                    place = Evidence(0, place.block, (place.row or 0) + number, place.column, 0, 0, "")
                found.append((field, place, rows[number].get(field.id) if number < len(rows) else None))
        elif not isinstance(value, list):
            found.append((field, field.evidence, value))
    return found


def check_text(before: str, after: str, blanks: list[tuple[Field, Evidence, Scalar]]) -> None:
    """The words between the blanks are the same, the values between them."""
    ticks = [one for one in blanks if set(before[one[1].start : one[1].end]) & set(BOXES)]
    for field, _, value in ticks:
        if value is not None:
            assert re.search(f"[☑☒]\\s*{re.escape(str(value))}", after), field
    blanks = sorted((one for one in blanks if one not in ticks), key=lambda one: (one[1].start, one[1].end))
    flat: Callable[[str], str] = lambda text: re.sub(f"[{BOXES}]", "□", text)  # noqa: E731
    pattern, at = "", 0
    for _, place, _ in blanks:
        pattern += re.escape(flat(before[at : place.start])) + "(.*?)"
        at = place.end
    match = re.fullmatch(pattern + re.escape(flat(before[at:])), flat(after), re.DOTALL)
    assert match, (before, after)
    for (field, place, value), found in zip(blanks, match.groups(), strict=True):
        if printed(value) == "":
            assert found == before[place.start : place.end]
        elif (day := day_of(value)) is not None and field.type in ("date", "datetime"):
            assert [str(int(number)) for number in re.findall(r"\d+", found)] == [
                part for part in day if part is not None
            ]
        else:
            assert found.strip("（）()﹙﹚" + PADDING) == printed(value).strip(PADDING)


def check_parts(data: bytes, made: bytes) -> None:
    """Every entry but the main part is the same bytes in the same place with the same time."""
    old, new = zipfile.ZipFile(BytesIO(data)), zipfile.ZipFile(BytesIO(made))
    assert new.testzip() is None
    assert [one.filename for one in old.infolist()] == [one.filename for one in new.infolist()]
    for a, b in zip(old.infolist(), new.infolist(), strict=True):
        assert (a.date_time, a.compress_type, a.external_attr, a.extra) == (
            b.date_time,
            b.compress_type,
            b.external_attr,
            b.extra,
        )
        if a.filename != "word/document.xml":
            assert record(data, old, a) == record(made, new, b)


def record(data: bytes, book: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    end = min(
        (one.header_offset for one in book.infolist() if one.header_offset > entry.header_offset),
        default=book.start_dir,
    )
    return data[entry.header_offset : end]


@pytest.mark.parametrize("name", [*SAMPLES, str(ROOT / "examples/district-2026/通知.docx")])
@settings(max_examples=25)
@given(data=st.data())
def test_nothing_but_the_blanks_changes(name: str, data: st.DataObject) -> None:
    one = sample(name)
    for form in one.spec.forms:
        check(one.data, form, data.draw(values_of(form)))


@pytest.mark.needs_shared
@pytest.mark.parametrize(
    "path",
    sorted((SHARED / "cases").glob("*/*.docx")) + sorted((SHARED / "data/notices").glob("*.docx"))
    if has_shared()
    else [],
    ids=lambda path: path.stem,
)
@settings(max_examples=10)
@given(data=st.data())
def test_nothing_but_the_blanks_changes_in_shared_cases(path: Path, data: st.DataObject) -> None:
    one = sample(str(path))
    for form in one.spec.forms:
        check(one.data, form, data.draw(values_of(form)))


@pytest.mark.parametrize("name", [*SAMPLES, str(ROOT / "examples/district-2026/通知.docx")])
@settings(max_examples=5)
@given(data=st.data())
def test_a_form_cut_out_is_filled_as_the_notice_is(name: str, data: st.DataObject) -> None:
    one = sample(name)
    for form in one.spec.forms:
        part = form_part(one.data, one.document, one.spec, form)
        check(part.data, part.form, data.draw(values_of(form)))


def test_no_value_gives_the_file_back() -> None:
    one = sample("prose")
    assert fill_docx(one.data, one.form, {}) is one.data


def test_filling_twice_gives_the_same_bytes() -> None:
    one = sample("prose")
    values: dict[str, Value] = {one.form.fields[0].id: "春江街道"}
    assert fill_docx(one.data, one.form, values) == fill_docx(one.data, one.form, values)


def test_a_package_with_something_before_it_is_filled_too() -> None:
    one = sample("prose")
    made = fill_docx(b"#!x\n" + one.data, one.form, {one.form.fields[0].id: "春江街道"})
    book = zipfile.ZipFile(BytesIO(made))
    assert book.testzip() is None
    assert "春江街道" in book.read("word/document.xml").decode()
