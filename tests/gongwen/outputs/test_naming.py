"""Names: of indicators in a head and in a sentence, of files, of the area."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from gongwen.outputs.naming import area_of, file_name, labels, quoted, stem_of
from gongwen.outputs.standing import picture, sentence
from gongwen.spec import Form

from .factory import FORM, SPEC, blank, collection, issue, reply


def test_a_word_that_stands_several_times_takes_its_subject() -> None:
    names = labels(FORM)
    assert names["talkers"].full == "宣讲活动：参与"
    assert names["drillers"].full == "应急演练：参与"
    assert names["talks"].full == "组织宣讲活动"


def test_the_row_of_a_grid_is_its_section_and_not_said_twice() -> None:
    form = Form("f", None, None, "statistics", [blank("a", "进企业/场次", section="进企业", subject="进企业"), blank("b", "进农村/场次", section="进农村", subject="进农村")])  # fmt: skip
    assert [labels(form)[key].full for key in "ab"] == ["场次", "场次"]


def test_a_long_name_is_cut_in_the_head_only() -> None:
    label = labels(Form("f", None, None, "statistics", [blank("a", "开展" + "某" * 60 + "活动")]))["a"]
    assert len(label.head) == 40
    assert len(label.full) == 64


def test_a_name_with_its_office_is_never_cut() -> None:
    text = "学习贯彻习近平总书记关于安全生产的重要论述和重要指示批示精神并组织开展专题研讨宣讲活动"
    label = labels(Form("f", None, None, "statistics", [blank("a", text)]))["a"]
    assert label.head == text


def test_quotes_within_quotes_are_single() -> None:
    assert quoted("组织“五进”活动") == "“组织‘五进’活动”"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            issue("drillers", "为文字，请改填数字", "若干"),
            "“查找身边安全隐患”栏“应急演练：参与”填写为“若干”，为文字，请改填数字",
        ),
        (issue("drillers", "应急演练 参与应填数字，写的是“若干”。请改填数字。", "若干"), "“查找身边安全隐患”栏，应急演练 参与应填数字，写的是“若干”，请改填数字"),
        (issue(None, "注明含下级数据，请核对", "以上数据含各社区"), "写有“以上数据含各社区”，注明含下级数据，请核对"),
        (issue(None, "各项数字与向阳社区完全相同，请核实"), "各项数字与向阳社区完全相同，请核实"),
    ],
)  # fmt: skip
def test_an_issue_says_where_and_what_once(found: object, said: str) -> None:
    assert sentence(found, labels(FORM)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("issuer", "title", "area"),
    [
        ("云汀区安全生产委员会办公室", None, "云汀区"),
        ("长春经济技术开发区应急管理局", None, "长春经济技术开发区"),
        (None, "2025年河北区“安全生产月”活动任务清单", "河北区"),
        (None, "关于开展2025年“安全生产月”活动的通知", ""),
        ("某某公司", "全区“安全生产月”活动联络员反馈表", ""),
    ],
)
def test_the_area_is_what_the_notice_says(issuer: str | None, title: str | None, area: str) -> None:
    spec = replace(SPEC, issuer=issuer, title=title, attachments=[])
    assert area_of(spec, None) == area


def test_a_file_has_the_name_an_office_would_give() -> None:
    spec = replace(SPEC, issuer="云汀区安全生产委员会办公室")
    form = replace(FORM, title="云汀区2026年“安全生产月”活动情况统计表")
    name = file_name(area_of(spec, form), stem_of(form, spec), "截至20260620", extension=".docx")
    assert name == "云汀区_安全生产月活动情况统计表_截至20260620.docx"


@pytest.mark.parametrize("title", ["a/b\\c:d*e?f", "..", "CON", "表" * 300, "\x00\n\t", " 表. ", "“”"])
def test_a_file_name_is_one_that_every_system_takes(title: str) -> None:
    name = file_name("云汀区" * 4, title, "分单位汇总", "截至20260620", extension=".xlsx")
    assert not set(name) & set('\\/:*?"<>|\x00\n')
    assert len(name.encode()) <= 255
    assert not name.startswith((".", " "))
    assert file_name(title, extension=".docx")[:4].upper() != "CON."


def test_who_counts_is_worked_out_where_it_is_not_said() -> None:
    found = collection([reply("东风社区", file="甲.docx"), reply("东风社区", file="乙.docx")])
    one = picture(replace(found, counted=[]))
    assert [standing.reply.file for standing in one.units if standing.reply] == ["甲.docx"]
    assert [spare.file for spare in one.spare] == ["乙.docx"]
