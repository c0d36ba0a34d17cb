"""A form of labels and cells that somebody typed into a mail: label：value, a line each."""

from __future__ import annotations

import pytest

from gongwen.collection import Value
from gongwen.compile import compile_documents
from gongwen.readers import Source, read
from gongwen.readers.docx import read_docx
from gongwen.replies import build, read_reply
from tests.support.notation import docx_from

EMPTY = read_docx(
    docx_from("""
    附件1
    = 培训报名登记表
    | 单位名称 | | 联系人 | |
    | 手机号码 | | 参训日期 | |
    | 参训人数 | | 意见建议 | |
"""),
    "通知.docx",
)
(FORM,) = compile_documents([EMPTY]).forms
TEMPLATE = build(FORM, [EMPTY], 2026)
LINES = "单位名称：甲山社区\n联系人：某某\n手机号码：13800000000\n参训日期：2026年9月15日\n参训人数：12\n"


def values(text: str) -> tuple[dict[str, Value], float]:
    source = Source("回复.txt", data=text.encode())
    reading = read_reply(read(source), TEMPLATE, source)
    return {one.label: reading.values.get(one.id) for one in FORM.fields}, reading.matched


RIGHT: dict[str, Value] = {
    "单位名称": "甲山社区",
    "联系人": "某某",
    "手机号码": "13800000000",
    "参训日期": "2026-09-15",
    "参训人数": 12,
}


@pytest.mark.parametrize(
    ("text", "opinion"),
    [
        (f"{LINES}意见建议：无异议", "无异议"),
        (f"报名如下\n{LINES}意见建议：\n希望多讲案例。", "希望多讲案例。"),
        (
            f"{LINES}意见建议：希望多讲案例。\n另外，请安排午餐。\n甲山社区\n2026年9月1日",
            "希望多讲案例。\n另外，请安排午餐。",
        ),
        (LINES.replace("\n联系人", "　　联系人").replace("：", ": ") + "意见建议: 无异议", "无异议"),
    ],
)
def test_lines_of_label_and_value_are_read_as_the_cells_they_were(text: str, opinion: str) -> None:
    found, matched = values(text)
    assert found == {**RIGHT, "意见建议": opinion}
    assert matched > 0.9


def test_lines_of_another_form_are_not() -> None:
    assert values("品名：大米\n数量：3\n产地：东北")[1] < 0.35
