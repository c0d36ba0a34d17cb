"""One field, one value: what stands in the blank afterwards."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from gongwen.collection import Value
from gongwen.fill import fill_docx
from tests.support.notation import docx_from

from .conftest import Sample, tables, texts
from .samples import CONTROLS, GRID, HEADING, LINES, PROSE, ROSTER


def filled(text: str, values: dict[str, Value]) -> list[str]:
    sample = Sample.of(text)
    ids = sample.ids()
    return texts(fill_docx(sample.data, sample.form, {ids.get(label, label): value for label, value in values.items()}))


def source(data: bytes) -> str:
    return zipfile.ZipFile(BytesIO(data)).read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("line", "value", "expected"),
    [
        ("组织宣讲（    ）场，参与（    ）人次", 12, "（ 12 ）场"),
        ("组织宣讲（    ）场，参与（    ）人次", 123456, "（123456）场"),
        ("组织宣讲（）场，参与（    ）人次", 12, "（12）场"),
        ("组织宣讲（　　　　）场，参与（    ）人次", 12, "（　  12  　）场"),
        ("组织宣讲____场，参与（    ）人次", 12, "宣讲_12_场"),
        ("组织宣讲____场，参与（    ）人次", 1234567, "宣讲1234567场"),
        ("组织宣讲[______]场，参与（    ）人次", 12, "宣讲 12 场"),
        ("组织宣讲——场，参与（    ）人次", 12, "宣讲12场"),
        ("组织宣讲XX场，参与（    ）人次", 12, "宣讲12场"),
        ("组织宣讲（    ）场，参与（    ）人次", 0, "（ 0  ）场"),
        ("组织宣讲（    ）场，参与（    ）人次", 12.0, "（ 12 ）场"),
        ("组织宣讲（    ）场，参与（    ）人次", 1234567.25, "（1234567.25）场"),
        ("组织宣讲（    ）场，参与（    ）人次", "n/a", "（ /  ）场"),
        ("组织宣讲（    ）场，参与（    ）人次", None, "（    ）场"),
        ("组织宣讲（    ）场，参与（    ）人次", "约<3&4>场", "（约<3&4>场）场"),
    ],
)
def test_a_number_in_a_line(line: str, value: Value, expected: str) -> None:
    sample = Sample.of(f"附件1\n= 情况统计表\n| 项目 | 情况 |\n| 宣讲 | {line} |")
    written = texts(fill_docx(sample.data, sample.form, {sample.form.fields[0].id: value}))[-1]
    assert expected.replace(" ", "") in written.replace(" ", "")
    assert written.endswith("参与（    ）人次")


def test_what_is_left_of_a_blank_keeps_its_width() -> None:
    text = "附件\n= 统计表\n| 项目 | 情况 |\n| 宣讲 | 组织（{}）场，参与（    ）人次 |"
    for room in range(4, 12):
        assert (
            len(filled(text.format(" " * room), {"组织": "ab"})[-1]) == len(text.format(" " * room).split("|")[-2]) - 4
        )


def test_heading_fields_of_one_line() -> None:
    line = filled(
        HEADING + "组织（  ）场，参与（  ）人次", {"填报单位": "春江街道", "电话": "12345678", "填报日期": "2026-06-08"}
    )[2]
    assert line.startswith("填报单位：春江街道　　　　联系人：　　　　　电话：12345678　　填报日期：2026年")
    assert line.replace(" ", "").replace("　", "").endswith("2026年6月8日")


def test_a_long_value_takes_room_from_the_other_gaps_of_its_line() -> None:
    text = HEADING + "组织（  ）场，参与（  ）人次"
    before = filled(text, {"填报单位": "春江", "联系人": "王五", "电话": "1"})[2]
    after = filled(text, {"填报单位": "春江", "联系人": "王五", "电话": "022-12345678901234"})[2]
    assert after.index("联系人") < before.index("联系人")


def test_a_date_in_its_three_gaps_and_in_an_empty_cell() -> None:
    assert "到期日为2026年6月18日" in filled(LINES, {"整改到期日为": "2026-06-18"})[5]
    cell = filled("附件\n= 登记表\n| 检查日期 | | 检查人 | |", {"检查日期": "2026-06-18"})
    assert "2026年6月18日" in cell


def test_an_open_label_and_a_text_box() -> None:
    sample = Sample.of(LINES)
    ids = sample.ids()
    data = fill_docx(sample.data, sample.form, {ids["负责人"]: "王五", ids["电话"]: "022-1", ids["检查人"]: "赵六"})
    written = texts(data)
    assert "4.负责人：王五" in written[6]
    assert written[6].endswith("电话：022-1")
    assert "检查人：__赵六__" in written[7]
    assert source(data).count("赵六") == 2  # older programs show the fallback of the box


def test_underscores_leave_a_line_under_the_value() -> None:
    sample = Sample.of(LINES)
    xml = source(fill_docx(sample.data, sample.form, {sample.ids()["安装报警器"]: 7}))
    assert '<w:u w:val="single"/></w:rPr><w:t xml:space="preserve">7</w:t>' in xml


def test_cells_and_their_lines() -> None:
    written = filled(GRID, {"进企业/场次": 3, "进企业/备注": "第一行\n第二行"})
    assert "3" in written
    assert "第一行\n第二行" in written


def test_a_value_takes_the_formatting_of_its_neighbours_in_an_empty_cell() -> None:
    data = docx_from("附件\n= 统计表\n| 项目 | 数量（场） | 人数（人次） |\n| 宣讲 | | |")
    data_xml = source(data).replace(
        '<w:r><w:t xml:space="preserve">宣讲',
        '<w:r><w:rPr><w:b/><w:sz w:val="21"/></w:rPr><w:t xml:space="preserve">宣讲',
    )
    from gongwen.fill.package import with_part

    sample = Sample(with_part(data, "word/document.xml", data_xml.encode(), "x"))
    xml = source(fill_docx(sample.data, sample.form, {sample.form.fields[0].id: 5}))
    assert '<w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t xml:space="preserve">5</w:t></w:r>' in xml


def test_content_controls_and_form_fields() -> None:
    sample = Sample.of(CONTROLS)
    ids = sample.ids()
    data = fill_docx(
        sample.data,
        sample.form,
        {
            ids["申报单位"]: "春江街道",
            ids["单位类别"]: "部门",
            ids["活动日期"]: "2026-06-18",
            ids["活动名称"]: "咨询日",
        },
    )
    cells = {cell.text for cell in tables(data)[0].cells}
    assert {"春江街道", "部门", "2026年6月18日", "咨询日"} <= cells
    xml = source(data)
    assert "showingPlcHdr" not in xml
    assert 'w:fullDate="2026-06-18T00:00:00Z"' in xml


def test_boxes_are_ticked() -> None:
    sample = Sample.of(CONTROLS)
    ids = sample.ids()
    data = fill_docx(sample.data, sample.form, {ids["活动形式"]: "演练、展览", ids["是否公开"]: "否"})
    cells = {cell.text for cell in tables(data)[0].cells}
    assert "☒演练　☐培训　☒展览" in cells
    assert "□是　☑否" in cells
    assert source(data).count('<w14:checked w14:val="1"/>') == 2


def test_a_choice_that_is_no_option_is_not_lost() -> None:
    sample = Sample.of("附件\n= 登记表\n| 场所类型 | □餐饮　□其他 | 负责人 | |")
    data = fill_docx(sample.data, sample.form, {sample.ids()["场所类型"]: "书店"})
    assert "□餐饮　☑其他（书店）" in texts(data)


def test_characters_that_xml_does_not_know_are_dropped() -> None:
    assert "进企业" in filled(GRID, {"进企业/备注": "甲\x00\x0b乙\ud800丙"})
    assert any("甲\n乙丙" in text for text in filled(GRID, {"进企业/备注": "甲\x00\x0b乙\ud800丙"}))


# -- groups


def test_a_group_of_prose_repeats_its_line() -> None:
    sample = Sample.of(PROSE)
    ids = sample.ids()
    rows: Value = [{ids["活动名称"]: name, ids["组织"]: 2, ids["参与"]: None} for name in ("甲", "乙", "丙")]
    cell = texts(fill_docx(sample.data, sample.form, {"g1": rows}))[-1].split("\n")
    assert [line.replace(" ", "") for line in cell] == [
        "活动名称（甲），组织（2）场，参与（）人次。",
        "活动名称（乙），组织（2）场，参与（）人次。",
        "活动名称（丙），组织（2）场，参与（）人次。",
        "活动简要情况：",
    ]


def test_a_group_on_one_of_several_lines_of_a_paragraph() -> None:
    sample = Sample.of(PROSE.replace("人次。¶活动", "人次。{br}活动"))
    ids = sample.ids()
    rows: Value = [{ids["活动名称"]: "甲", ids["组织"]: 1}, {ids["活动名称"]: "乙", ids["组织"]: 20}]
    cell = texts(fill_docx(sample.data, sample.form, {"g1": rows, ids["活动简要情况"]: "好。"}))[-1].split("\n")
    assert [line.replace(" ", "") for line in cell] == [
        "活动名称（甲），组织（1）场，参与（）人次。",
        "活动名称（乙），组织（20）场，参与（）人次。",
        "活动简要情况：好。",
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_roster_uses_its_printed_rows_first(count: int) -> None:
    sample = Sample.of(ROSTER)
    ids = sample.ids()
    rows: Value = [{ids["姓名"]: f"人{number}", ids["手机号码"]: "13800000000"} for number in range(count)]
    data = fill_docx(sample.data, sample.form, {"g1": rows})
    grid = tables(data)[0].grid()
    assert tables(data)[0].rows == 1 + max(2, count)
    assert [grid[row, 0].text for row in range(1, 1 + max(2, count))] == [
        str(number) for number in range(1, 1 + max(2, count))
    ]
    assert [grid[row, 1].text for row in range(1, 1 + count)] == [f"人{number}" for number in range(count)]


def test_a_row_of_a_fixed_height_may_grow() -> None:
    data = docx_from("附件\n= 统计表\n| 项目 | 简要情况 |\n| 宣讲 | |")
    fixed = source(data).replace("<w:tr>", '<w:tr><w:trPr><w:trHeight w:val="400" w:hRule="exact"/></w:trPr>')
    from gongwen.fill.package import with_part

    sample = Sample(with_part(data, "word/document.xml", fixed.encode(), "x"))
    field = sample.form.fields[-1].id
    assert source(fill_docx(sample.data, sample.form, {field: "短"})).count('"exact"') == 2
    assert source(fill_docx(sample.data, sample.form, {field: "长" * 80})).count('"exact"') == 1
