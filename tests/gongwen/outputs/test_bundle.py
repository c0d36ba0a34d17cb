"""The folder of outputs: complete, linked, replaced as a whole, and untouched when something goes wrong."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongwen.collecting import NoSuchForm, collect
from gongwen.collection import Collection
from gongwen.notice import LoadedNotice, load
from gongwen.outputs import bundle, write_forms, write_outputs
from gongwen.outputs.place import landing
from gongwen.readers import read
from tests.support.notation import docx_from

DAY = date(2026, 6, 22)
FORM = """
    附件2
    = “安全生产月”活动统计表
    填报单位：{unit}　联系人：[______]　填报日期：2026年6月18日
    | 活动项目 | 进展情况 |
    | 宣讲 | 组织宣讲活动（{talks}）场，参与（{people}）人次 |
    | 演练 | 开展应急演练（{drills}）场，参与（{drillers}）人次 |
"""
NOTICE = """
    = 关于开展2026年“安全生产月”活动的通知
    各社区：
    为做好2026年“安全生产月”活动，现将有关事项通知如下。
    请各社区于6月20日前将活动统计表（附件2）报区安委办。
    > 云汀区安全生产委员会办公室
    > 2026年5月18日
    ---
"""


def form(
    unit: str = "　　　　", talks: str = "   ", people: str = "   ", drills: str = "   ", drillers: str = "   "
) -> str:
    return FORM.format(unit=unit, talks=talks, people=people, drills=drills, drillers=drillers)


@pytest.fixture
def notice(tmp_path: Path) -> LoadedNotice:
    path = tmp_path / "通知.docx"
    path.write_bytes(docx_from(NOTICE.rstrip() + form()))
    return load(path)


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    folder = tmp_path / "回复"
    folder.mkdir()
    for unit, *numbers in (("东风社区", "3", "120", "1", "40"), ("向阳社区", "2", "80", "0", "0")):
        (folder / f"{unit} 统计表.docx").write_bytes(docx_from(form(unit, *numbers)))
    return folder


@pytest.fixture
def collected(notice: LoadedNotice, replies: Path, tmp_path: Path) -> Collection:
    roster = tmp_path / "名单.csv"
    roster.write_text("单位名称\n东风社区\n向阳社区\n新华社区\n", "utf-8")
    return collect(notice, [replies], roster)


def test_all_five_files_are_there_under_an_offices_names(
    notice: LoadedNotice, replies: Path, collected: Collection, tmp_path: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    made = write_outputs(
        collected, notice, (), tmp_path / "输出", lambda *step: told.append(step), replies=[replies], today=DAY
    )
    assert [path.name for path in made] == [
        "云汀区_安全生产月活动统计表_截至20260622.docx",
        "云汀区_安全生产月活动统计表_分单位汇总_截至20260622.xlsx",
        "云汀区_安全生产月活动统计表_催报_截至20260622.txt",
        "云汀区_安全生产月活动统计表_情况报告_截至20260622.docx",
        "汇总.json",
    ]
    assert sorted(path.name for path in (tmp_path / "输出").iterdir()) == sorted(path.name for path in made)
    assert [step[:2] for step in told] == [(n, 5) for n in range(5)]


def test_the_figures_agree_in_table_workbook_and_json(
    notice: LoadedNotice, replies: Path, collected: Collection, tmp_path: Path
) -> None:
    table, workbook, _, report, data = write_outputs(collected, notice, (), tmp_path, replies=[replies], today=DAY)
    text = "\n".join(cell.text for block in read(table).tables() for cell in block.cells)
    assert "组织宣讲活动（5）场，参与（200）人次" in "".join(text.split(" "))
    rows = list(load_workbook(workbook, data_only=True)["汇总"].iter_rows(values_only=True))
    assert next(row for row in rows if row[1] == "合计")[3:7] == (5, 200, 1, 40)
    assert list(json.loads(data.read_text())["totals"].values()) == [5, 200, 1, 40]
    assert "200" in "".join(cell.text for block in read(report).tables() for cell in block.cells)


def test_the_workbook_links_to_the_replies(
    notice: LoadedNotice, replies: Path, collected: Collection, tmp_path: Path
) -> None:
    made = write_outputs(collected, notice, (), tmp_path / "输出", replies=[replies], today=DAY)
    sheet = load_workbook(made[1])["汇总"]
    targets = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert targets == ["../回复/东风社区%20统计表.docx", "../回复/向阳社区%20统计表.docx"]


def test_the_reminder_opens_in_an_old_notepad(notice: LoadedNotice, collected: Collection, tmp_path: Path) -> None:
    data = write_outputs(collected, notice, (), tmp_path, today=DAY)[2].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert "新华社区" in data.decode("utf-8-sig")


def test_a_second_run_replaces_its_own_files_and_leaves_others(
    notice: LoadedNotice, collected: Collection, tmp_path: Path
) -> None:
    out = tmp_path / "输出"
    made = write_outputs(collected, notice, (), out, today=DAY)
    before = [path.read_bytes() for path in made]
    (out / "我的笔记.txt").write_text("不要动")
    for path in made:
        path.write_text("旧")
    write_outputs(collected, notice, (), out, today=DAY)
    assert [path.read_bytes() for path in made] == before
    assert (out / "我的笔记.txt").read_text() == "不要动"


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, ValueError])
def test_nothing_is_left_half_written(
    notice: LoadedNotice,
    collected: Collection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(bundle, "write_summary_report", fail)
    with pytest.raises(error):
        write_outputs(collected, notice, (), tmp_path / "新", today=DAY)
    assert not (tmp_path / "新").exists()
    kept = tmp_path / "旧"
    kept.mkdir()
    (kept / "汇总.json").write_text("旧")
    with pytest.raises(error):
        write_outputs(collected, notice, (), kept, today=DAY)
    assert [path.name for path in kept.iterdir()] == ["汇总.json"]
    assert (kept / "汇总.json").read_text() == "旧"


def test_files_land_with_the_rights_of_any_new_file(tmp_path: Path) -> None:
    with landing(tmp_path / "输出") as folder:
        (folder / "a").write_text("a")
    plain = tmp_path / "b"
    plain.write_text("b")
    assert (tmp_path / "输出" / "a").stat().st_mode == plain.stat().st_mode


def test_empty_forms_for_units(notice: LoadedNotice, tmp_path: Path) -> None:
    made = write_forms(notice, (), tmp_path / "表")
    assert [path.name for path in made] == [
        "附件2_安全生产月活动统计表.docx",
        "附件2_安全生产月活动统计表.xlsx",
        "附件2_安全生产月活动统计表_XLSForm.xlsx",
    ]
    assert write_forms(notice, (), tmp_path / "只要", ["docx"], "附件2") == [tmp_path / "只要" / made[0].name]


def test_a_form_that_is_not_there_is_refused(notice: LoadedNotice, tmp_path: Path) -> None:
    with pytest.raises(NoSuchForm):
        write_forms(notice, (), tmp_path / "表", form="附件9")
    assert not (tmp_path / "表").exists()


def test_the_json_written_reply_by_reply_is_that_of_the_whole(
    notice: LoadedNotice, replies: Path, tmp_path: Path
) -> None:
    for given in ([], [replies]):
        collection = collect(notice, given)
        with (tmp_path / "one.json").open("wb") as file:
            collection.write_json(file)
        assert (tmp_path / "one.json").read_bytes() == collection.to_json()
