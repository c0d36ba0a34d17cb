"""A form alone: cut out of the notice, or built anew where that is no .docx."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from gongwen.compile import compile_documents
from gongwen.fill import fill_docx, form_docx, form_evidence, form_part
from gongwen.model import Table
from gongwen.readers import read
from gongwen.readers.docx import read_docx
from gongwen.readers.text import read_text
from gongwen.spec import Field

from .conftest import ROOT, Sample, tables, texts

NOTICE = """
    = 关于开展2026年“安全生产月”活动的通知
    各社区：
    请各单位认真组织，按时报送。现将有关事项通知如下：活动要求扎实开展，注重实效，确保完成各项任务，取得良好成效。
    请于6月20日前报送统计表（附件2），并于5月30日前报送联络员名单（附件3）。
    附件：1.任务清单
    2.活动情况统计表
    3.联络员名单
    > 云汀区安全生产委员会办公室
    > 2026年5月20日
    --- portrait
    附件1
    = 任务清单
    | 总体任务 | 街道层面 | 企业层面 |
    | 宣讲 | 组织辖区企业开展安全宣讲活动。 | 组织职工开展安全学习活动。 |
    --- landscape
    附件2
    = 活动情况统计表
    填报单位：________ 填报日期：____年__月__日
    | 活动项目 | 进展情况 |
    | 宣讲 | 组织（  ）场，参与（  ）人次 |
    注：请据实填写。
    ---
    附件3
    = 联络员名单
    | 姓名 | 职务 | 手机号码 |
    | | | |
    | | | |
    .
    抄送：市安委会办公室。
"""


def document_xml(data: bytes) -> str:
    return zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()


def test_a_form_is_cut_out_with_its_label_title_and_notes() -> None:
    one = Sample.of(NOTICE)
    first = form_docx(one.data, one.document, one.spec, one.spec.forms[0])
    assert [text for text in texts(first) if text.strip()] == [
        "附件2", "活动情况统计表", "填报单位：________ 填报日期：____年__月__日",
        "活动项目", "进展情况", "宣讲", "组织（  ）场，参与（  ）人次", "注：请据实填写。",
    ]  # fmt: skip
    second = form_docx(one.data, one.document, one.spec, one.spec.forms[1])
    assert [text for text in texts(second) if text.strip()] == ["附件3", "联络员名单", "姓名", "职务", "手机号码"]


def test_no_page_stays_empty_and_the_section_is_the_forms_own() -> None:
    one = Sample.of(NOTICE)
    for form in one.spec.forms:
        xml = document_xml(form_docx(one.data, one.document, one.spec, form))
        assert xml.count("<w:sectPr") == 1
        assert 'w:type="page"' not in xml
        assert 'w:orient="landscape"' not in xml
    matrix = NOTICE.replace("--- landscape", "--- portrait").replace("    ---\n", "    --- landscape\n")
    one = Sample.of(matrix)
    assert 'w:orient="landscape"' in document_xml(form_docx(one.data, one.document, one.spec, one.spec.forms[0]))
    assert 'w:orient="landscape"' not in document_xml(form_docx(one.data, one.document, one.spec, one.spec.forms[1]))


def test_headers_of_earlier_sections_are_kept() -> None:
    one = Sample.of(NOTICE)
    reference = '<w:footerReference w:type="default" r:id="rId9"/>'
    xml = document_xml(one.data)
    at = xml.index("<w:sectPr>") + len("<w:sectPr>")
    from gongwen.fill.package import with_part

    data = with_part(
        one.data,
        "word/document.xml",
        (xml[:at] + reference + xml[at:]).replace("<w:document ", '<w:document xmlns:r="r" ').encode(),
        "x",
    )
    one = Sample(data)
    assert reference in document_xml(form_docx(one.data, one.document, one.spec, one.spec.forms[0]))


def test_evidence_of_a_cut_form_is_what_compiling_it_finds() -> None:
    for one in (Sample.of(NOTICE), Sample((ROOT / "examples/district-2026/通知.docx").read_bytes())):
        for form in one.spec.forms:
            part = form_part(one.data, one.document, one.spec, form)
            again = compile_documents([read_docx(part.data, "form.docx")]).forms
            assert [(field.id, field.evidence) for field in again[0].fields] == [
                (field.id, field.evidence) for field in part.form.fields
            ]
            assert form_evidence(part.data, form).fields == again[0].fields


def test_a_form_of_a_text_file_is_built_anew_and_can_be_filled() -> None:
    text = "附件2\n活动情况统计表\n填报单位：________\n\t活动项目\t进展情况\n\n\t宣讲\t组织（  ）场，参与（  ）人次\n\n\t观看\t组织（  ）场，参与（  ）人次\n\n\n\n注：请据实填写。"
    document = read_text(text.encode(), "通知.txt")
    spec = compile_documents([document])
    form = spec.forms[0]
    part = form_part(None, document, spec, form)
    data = fill_docx(part.data, part.form, {field.id: number for number, field in enumerate(form.fields, 11)})
    assert tables(data)[0].grid()[1, 1].text.replace(" ", "") == "组织（12）场，参与（13）人次"
    assert tables(data)[0].grid()[2, 1].text.replace(" ", "") == "组织（14）场，参与（15）人次"
    assert texts(data)[2].strip("_").startswith("填报单位：")


def test_merged_cells_and_borders_survive_building_anew() -> None:
    one = Sample.of("附件\n= 统计表\n| 类别 | 场次 | < |\n| ^ | 上月（场） | 本月（场） |\n| 宣讲 | | |\n| 演练 | | |")
    part = form_part(None, one.document, one.spec, one.form)
    before, after = one.document.blocks[2], tables(part.data)[0]
    assert isinstance(before, Table)
    assert [(c.row, c.column, c.rows, c.columns, c.text) for c in before.cells] == [
        (c.row, c.column, c.rows, c.columns, c.text) for c in after.cells
    ]
    assert after.ruled


@pytest.mark.needs_shared
@pytest.mark.parametrize("name", ["tianjin-hebei-2025.docx", "tianjin-hebei-2025.pdf", "tianjin-hebei-2025.txt"])
def test_every_version_of_a_real_notice_gives_the_form(name: str, shared: Path) -> None:
    path = shared / "data/notices" / name
    document = read(path)
    spec = compile_documents([document])
    form = spec.forms[0]
    part = form_part(path.read_bytes() if name.endswith("docx") else None, document, spec, form)
    data = fill_docx(
        part.data,
        part.form,
        {field.id: value_of(field, number) for number, field in enumerate(form.fields) if not field.group},
    )
    written = re.sub(r"\s", "", "".join(texts(data)))
    numbers = [number for number, field in enumerate(form.fields) if field.type == "integer" and not field.group]
    assert len(numbers) == 37
    assert all(re.search(f"[（(]{number}[)）]", written) for number in numbers)


def value_of(field: Field, number: int) -> int | str:
    return number if field.type == "integer" else "2025-06-18" if field.type == "date" else f"甲{number}"
