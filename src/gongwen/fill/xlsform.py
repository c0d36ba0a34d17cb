"""A form as XLSForm, for ODK, KoBo and their like: survey, choices and settings of one workbook."""

from __future__ import annotations

import hashlib
import io
import re
from typing import Any

import xlsxwriter

from ..spec import Field, Form, NoticeSpec
from .derived import derived_sources
from .docx import groups_of
from .sheets import named, sections_of

LANGUAGE = "中文 (zh)"
SURVEY = (
    "type",
    "name",
    f"label::{LANGUAGE}",
    f"hint::{LANGUAGE}",
    "required",
    "constraint",
    f"constraint_message::{LANGUAGE}",
    "appearance",
    "calculation",
)
CHOICES = ("list_name", "name", f"label::{LANGUAGE}")
_TYPES = {"integer": "integer", "decimal": "decimal", "date": "date", "datetime": "dateTime"}
_EMAIL = "regex(., '^[^@ ]+@[^@ ]+[.][^@ ]+$')"

Row = dict[str, str]


def form_xlsform(form: Form, spec: NoticeSpec) -> bytes:
    """The form as an XLSForm that pyxform takes."""
    survey, choices = _survey(form), _choices(form)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _write(book, "survey", SURVEY, survey)
    _write(book, "choices", CHOICES, choices)
    digest = hashlib.sha256(repr((survey, choices)).encode()).hexdigest()
    settings = {
        "form_title": form.title or spec.title or "填报表",
        "form_id": xml_name(form.id),
        "version": str(int(digest[:8], 16)),
        "default_language": LANGUAGE,
    }
    _write(book, "settings", tuple(settings), [settings])
    book.close()
    return out.getvalue()


def xml_name(key: str) -> str:
    """An id as the name of an XML element: letters, digits and underscores, a letter first."""
    name = re.sub(r"[^A-Za-z0-9_]", "_", key)
    return name if re.match(r"[A-Za-z_]", name) else f"n_{name}"


def _survey(form: Form) -> list[Row]:
    rows: list[Row] = []
    done: set[str] = set()
    groups = groups_of(form)
    sources = derived_sources(form)
    for number, (title, fields) in enumerate(sections_of(form), 1):
        rows.append(_row("begin_group", f"section_{number}", title))
        for field in fields:
            if field.group is None:
                rows.extend(_question(field, form, sources))
            elif field.group not in done:
                done.add(field.group)
                rows.append(
                    _row("begin_repeat", f"rows_{xml_name(field.group)}", _repeat_title(groups[field.group], title))
                )
                for inner in groups[field.group]:
                    rows.extend(_question(inner, form, sources))
                rows.append({"type": "end_repeat", "name": f"rows_{xml_name(field.group)}"})
        rows.append({"type": "end_group", "name": f"section_{number}"})
    return rows


def _repeat_title(fields: list[Field], section: str) -> str:
    return f"{section}（每项一条，可添加）" if section else "、".join(field.label for field in fields[:3])


def _row(kind: str, name: str, label: str, **rest: str) -> Row:
    return {"type": kind, "name": name, SURVEY[2]: _plain(label), **rest}


def _plain(label: str) -> str:
    """A label without what an XLSForm reads as a reference."""
    return label.replace("${", "$ {").strip() or "填写内容"


def _question(field: Field, form: Form, sources: dict[str, list[str]]) -> list[Row]:
    name = xml_name(field.id)
    label = named(field) + (f"（{field.unit}）" if field.unit else "")
    if field.aggregate == "derived" and sources.get(field.id):
        return _calculated(field, name, label, form, sources)
    rest: Row = {"required": "no"}
    kind = _TYPES.get(field.type, "text")
    if kind in ("integer", "decimal"):
        rest |= {"constraint": ". >= 0", SURVEY[6]: "不能小于 0", SURVEY[3]: "没有开展填 0，不涉及请留空"}
    elif field.type == "choice" and field.options:
        kind = f"select_one {xml_name('c_' + field.id)}"
    elif field.type == "longtext":
        rest["appearance"] = "multiline"
    elif field.type == "phone":
        rest[SURVEY[3]] = "座机带区号"
    elif field.type == "email":
        rest |= {"constraint": _EMAIL, SURVEY[6]: "请填写电子邮箱"}
    return [_row(kind, name, label, **rest)]


def _calculated(field: Field, name: str, label: str, form: Form, sources: dict[str, list[str]]) -> list[Row]:
    """合计: a calculation, and a line that shows it."""
    groups = {one.id: one.group for one in form.fields}
    terms = [
        f"sum(${{{xml_name(key)}}})" if groups[key] else f"coalesce(${{{xml_name(key)}}}, 0)"
        for key in sources[field.id]
    ]
    shown = {"type": "note", "name": f"{name}_note", SURVEY[2]: f"{_plain(label)}：${{{name}}}"}
    return [{"type": "calculate", "name": name, SURVEY[8]: " + ".join(terms)}, shown]


def _choices(form: Form) -> list[Row]:
    return [
        {"list_name": xml_name(f"c_{field.id}"), "name": f"o{number}", CHOICES[2]: option}
        for field in form.fields
        if field.type == "choice" and field.options
        for number, option in enumerate(field.options, 1)
    ]


def _write(book: Any, title: str, heads: tuple[str, ...], rows: list[Row]) -> None:
    sheet = book.add_worksheet(title)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head)
        sheet.set_column(column, column, 60 if head.startswith("label") else 18)
    for number, row in enumerate(rows, 1):
        for column, head in enumerate(heads):
            if row.get(head):
                sheet.write_string(number, column, row[head])
    sheet.freeze_panes(1, 0)
