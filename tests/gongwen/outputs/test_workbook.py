"""The workbook: formulas that hold, three kinds of nothing, text that stays text, links that find their file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment

from gongwen.collection import Duplicate, RosterUnit
from gongwen.outputs.paper import A3, A4, paper_for
from gongwen.outputs.sheet import relative_link
from gongwen.spec import Evidence, Field, Form

from .conftest import Written, opened, recalculated, row_of, rows_of
from .factory import FORM, blank, collection, issue, reply

FIRST = 5
"""The first row of the units, from 0: title, legend, three head rows."""
RISKY = ("=", "+", "-", "@", "\t", "＝")


@pytest.fixture
def three() -> Any:
    """Three kinds of nothing, decimals, a group, a doubt, somebody missing."""
    return collection(
        [
            reply("东风社区", talks=3, talkers=120, drills=0, drillers=None, money=1.25, rate=98.5, g1=[{"name": "安全市集", "times": 2}, {"times": 3}]),
            reply("向阳社区", "doubtful", talks=200, talkers="n/a", money=0.5, g1=[], issues=[issue("talks", "写的是约数，请核实准确数", "约200")]),
            reply("光明社区", "rejected", issues=[issue(None, "文件已损坏", doubt=False)]),
            reply("和平社区", talks=1, talkers=0, drills=2, money=2, story="开展活动。"),
        ],
        roster=[RosterUnit("东风社区"), RosterUnit("新华社区", None, "张三", "13800000000", "示范街道"), "向阳社区", "光明社区", "和平社区"],
    )  # fmt: skip


def test_the_head_has_section_label_and_unit(written: Written, three: Any) -> None:
    section, label, unit = rows_of(written(three))[2:FIRST]
    assert section[3] == "组织宣讲活动"
    assert label[:5] == ["序号", "单位", "状态", "组织宣讲活动", "宣讲活动：参与"]
    assert unit[3:7] == ["场", "人次", "场", "人次"]
    assert label[-4:] == ["联系人", "电话", "填报日期", "文件"]


def test_units_stand_in_the_rosters_order_with_the_missing_among_them(written: Written, three: Any) -> None:
    found = [row[1:3] for row in rows_of(written(three))[FIRST : FIRST + 6]]
    assert found == [
        ["东风社区", "已报送"],
        ["新华社区", "未报送"],
        ["向阳社区", "待核实"],
        ["光明社区", "无法采用"],
        ["和平社区", "已报送"],
        ["合计", None],
    ]


def test_zero_not_applicable_and_blank_are_three_things(written: Written, three: Any) -> None:
    path = written(three)
    dongfeng, xiangyang = row_of(path, "东风社区"), row_of(path, "向阳社区")
    assert dongfeng[5] == 0
    assert dongfeng[6] is None
    assert xiangyang[4] == "/"
    assert xiangyang[9] is None, "a group without rows is blank, not zero"


def test_totals_are_sums_with_the_results_saved(written: Written, three: Any) -> None:
    path = written(three)
    formulas, values = row_of(path, "合计"), row_of(path, "合计", values=True)
    assert formulas[3] == "=SUM(D6:D10)"
    totals = three.totals
    assert values[3:8] == [204, 120, 2, None, 3.75]
    assert [totals[key] for key in ("talks", "talkers", "drills", "money", "times")] == [204, 120, 2, 3.75, 5]
    assert values[9] == 5
    assert formulas[8] == "/", "a rate is not summed"


def test_a_total_of_nothing_is_blank_and_comes_alive_when_filled(written: Written, three: Any) -> None:
    assert row_of(written(three), "合计")[6] == '=IF(COUNT(G6:G10)=0,"",SUM(G6:G10))'


def test_libreoffice_calculates_what_was_saved(written: Written, three: Any, tmp_path: Path) -> None:
    path = written(three)
    rows = recalculated(path, tmp_path, 1)
    total = next(row for row in rows if row[1] == "合计")
    saved = row_of(path, "合计", values=True)
    assert [cell.replace(",", "") for cell in total[3:10]] == ["204", "120", "2", "", "3.75", "/", "5"]
    assert [float(total[3]), float(total[7])] == [saved[3], saved[7]]
    listed = recalculated(path, tmp_path, 2)
    assert listed[2][3:8] == ["204", "3", "0", "0", "0"]
    assert [str(cell) for cell in rows_of(path, "指标合计", values=True)[2][3:8]] == listed[2][3:8]
    assert listed[3][3:8] == ["120", "2", "1", "1", "0"]


def test_a_doubt_is_amber_and_says_why(written: Written, three: Any) -> None:
    sheet = opened(written(three))["汇总"]
    cell = sheet["D8"]
    assert cell.value == 200
    assert cell.fill.start_color.rgb == "FFFFF0C2"
    assert isinstance(cell.comment, Comment)
    assert cell.comment.text == "“组织宣讲活动”填写为“约200”，写的是约数，请核实准确数。"
    assert sheet["D6"].fill.fill_type is None
    assert sheet["D6"].comment is None


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+86 022", "-5", "@SUM(A1)", "\t=9+9", "＝1+1"])
def test_text_never_becomes_a_formula(written: Written, text: str) -> None:
    form = Form(
        "form-1", text, None, "statistics", [*FORM.fields, blank("note", "备注", type="text", aggregate="list")]
    )
    evil = reply(text, note=text, person=text, story=text, talks=1, file=f"{text}.docx", issues=[issue("talks", text, text)])  # fmt: skip
    path = written(collection([evil], form=form), notice=text)
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                body = package.read(name).decode()
                assert text.strip() not in [part.split("</f>")[0] for part in body.split("<f>")[1:]]
    for sheet in opened(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and text.strip() in str(cell.value):
                    assert cell.data_type == "s"
                    assert cell.quotePrefix == str(cell.value).startswith(RISKY) or cell.hyperlink


def test_text_that_a_workbook_cannot_hold_is_mended(written: Written) -> None:
    path = written(collection([reply("东风社区", story="甲\x00\x0b\ud800乙" + "长" * 40_000, talks=1)]))
    text = rows_of(path, "文字材料")[2][4]
    assert text.startswith("甲乙长")
    assert text.endswith("（以下从略，见原件）")
    assert len(text) < 32_767


def test_a_file_name_links_to_the_file_beside_the_workbook(written: Written, three: Any, tmp_path: Path) -> None:
    path = written(three, files={"东风社区统计表.docx": tmp_path / "回复" / "东风 1#.docx"}, home=tmp_path / "输出")
    sheet = opened(path)["汇总"]
    last = sheet.max_column
    assert sheet.cell(6, last).value == "东风社区统计表.docx"
    link = sheet.cell(6, last).hyperlink
    assert link is not None
    assert link.target == "../回复/东风%201%23.docx"
    assert sheet.cell(8, last).hyperlink is None, "its place is not known"


def test_a_link_is_relative_and_stays_one(tmp_path: Path) -> None:
    assert relative_link(tmp_path / "a" / "甲%.docx", tmp_path) == "a/甲%25.docx"
    assert relative_link(tmp_path / "C:甲.docx", tmp_path) == "./C:甲.docx"
    assert relative_link(tmp_path / ("甲" * 3000), tmp_path) is None


def test_the_issues_are_listed_with_section_words_and_whether_they_count(written: Written, three: Any) -> None:
    rows = rows_of(written(three), "问题清单")
    assert rows[1] == ["序号", "单位", "文件", "栏目", "指标", "原文", "问题", "程度", "计入合计"]
    assert rows[2][1:] == ["向阳社区", "向阳社区统计表.docx", "组织宣讲活动", "组织宣讲活动", "约200", "写的是约数，请核实准确数", "需核实", "是"]  # fmt: skip
    assert rows[3][1:] == ["光明社区", "光明社区统计表.docx", None, None, None, "文件已损坏", "需核实", "否"]


def test_who_is_missing_is_listed_with_the_telephone(written: Written, three: Any) -> None:
    rows = rows_of(written(three), "未报送")
    assert rows[2] == [1, "新华社区", "示范街道", "张三", "13800000000", "未报送"]
    assert rows[3][5] == "文件无法采用，需重新报送（光明社区统计表.docx）"


def test_groups_and_texts_have_sheets_of_their_own(written: Written, three: Any) -> None:
    path = written(three)
    group = rows_of(path, "明细_其他特色活动")
    assert group[1:4] == [
        ["序号", "单位", "活动名称", "组织（场/次）"],
        [1, "东风社区", "安全市集", 2],
        [2, "东风社区", None, 3],
    ]
    assert rows_of(path, "文字材料")[2] == [1, "和平社区", "其他特色活动", "活动简要情况", "开展活动。"]


def test_a_file_without_a_unit_stands_below_the_total_and_is_not_in_it(written: Written) -> None:
    path = written(collection([reply("东风社区", talks=3), reply(None, "doubtful", talks=100, file="扫描件.pdf")]))
    rows = [row for row in rows_of(path, values=True) if row[1]]
    assert [row[1] for row in rows[-3:]] == ["东风社区", "合计", "（单位不明）"]
    assert rows[-2][3] == 3
    assert rows[-1][3] == 100


def test_of_several_files_of_a_unit_one_counts_and_the_sheet_says_which(written: Written) -> None:
    twice = collection(
        [reply("东风社区", talks=3, file="旧.docx"), reply("东风社区", talks=5, file="新.docx")],
        duplicates=[Duplicate("东风社区", "新.docx", ["旧.docx"], "填报日期较晚")],
    )
    path = written(twice)
    assert row_of(path, "东风社区")[3] == 5
    assert row_of(path, "合计", values=True)[3] == 5
    about = "".join(str(row[1]) for row in rows_of(path, "说明"))
    assert "东风社区：计入“新.docx”，未计入“旧.docx”。填报日期较晚。" in about


def test_a_total_of_the_form_is_added_up_from_the_totals_of_its_parts(written: Written, tmp_path: Path) -> None:
    def cell(key: str, row: str, place: int, **more: Any) -> Field:
        evidence = Evidence(0, 0, place, 1, 0, 0, "")
        return blank(key, f"{row}/场次", section=row, subject=row, unit="场", evidence=evidence, **more)

    fields = [cell("a", "进企业", 1), cell("b", "进学校", 2), cell("all", "合计", 3, aggregate="derived")]
    path = written(collection([reply("东风社区", a=1, b=2, all=9)], form=Form("f", None, None, "statistics", fields)))
    assert row_of(path, "东风社区")[3:6] == [1, 2, 9], "as the unit wrote it"
    assert row_of(path, "合计")[3:6] == ["=SUM(D6:D6)", "=SUM(E6:E6)", "=SUM(D7,E7)"]
    assert row_of(path, "合计", values=True)[5] == 3
    assert next(row for row in recalculated(path, tmp_path, 1) if row[1] == "合计")[5] == "3"


def test_files_of_one_folder_are_shown_without_it(written: Written) -> None:
    one = [reply(unit, file=f"回复/{unit}.docx", talks=1) for unit in ("东风社区", "向阳社区")]
    assert row_of(written(collection(one)), "东风社区")[-1] == "东风社区.docx"
    two = [*one, reply("和平社区", file="补报/和平社区.docx", talks=1)]
    assert row_of(written(collection(two)), "东风社区")[-1] == "回复/东风社区.docx"


def test_an_empty_collection_still_gives_a_workbook(written: Written) -> None:
    path = written(collection([]))
    assert next(sheet.title for sheet in opened(path).worksheets) == "汇总"
    assert rows_of(path, "问题清单")[2][0] == "未发现问题。"
    assert rows_of(path, "未报送")[2][0] == "没有提供单位名单，无法判断哪些单位未报送。"


def test_without_the_form_the_totals_are_shown_by_their_ids(written: Written) -> None:
    path = written(collection([reply("东风社区", a=1)], form=None, totals={"a": 1}))
    assert row_of(path, "合计")[3] == "=SUM(D6:D6)"


def test_heads_are_frozen_filtered_and_printed_on_every_page(written: Written, three: Any) -> None:
    sheet = opened(written(three))["汇总"]
    assert sheet.freeze_panes == "C6"
    assert sheet.auto_filter.ref == "A5:N10"
    assert sheet.print_title_rows == "$3:$5"
    assert sheet.page_setup.orientation == "landscape"


def test_the_same_collection_gives_the_same_bytes(written: Written, three: Any) -> None:
    assert written(three).read_bytes() == written(three).read_bytes()


def test_a_narrow_sheet_is_printed_on_one_page_and_a_wide_one_breaks_between_sections() -> None:
    assert paper_for([10] * 10, [3, 9], 2).size == A4
    assert paper_for([10] * 20, [3, 19], 2).size == A3
    wide = paper_for([6, 15, 9, *[10] * 40, 30], [3, 15, 25, 35, 43], 2)
    assert wide.breaks
    assert set(wide.breaks) <= {15, 25, 35, 43}
    assert 50 <= wide.scale <= 100


def test_a_section_wider_than_a_page_is_cut_inside() -> None:
    assert len(paper_for([6, 15, 9, *[12] * 80, 30], [3, 83], 2).breaks) >= 3
