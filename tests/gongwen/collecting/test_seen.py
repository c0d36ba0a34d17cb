"""Each reply is shown as soon as it is read; what is not wanted is left out as if it had never come."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongwen import collect
from gongwen.collecting import ReadReply
from gongwen.compile import mark_of_secrecy
from gongwen.readers.docx import read_docx
from gongwen.readers.text import read_text
from tests.support.notation import docx_from

from .district import FIELDS, NOTICE, Sheet

MARKED = "机密★10年\n    = 关于某项工作的情况\n    | 栏目 | 内容 |\n    | 情况 | 组织（3）场 |"


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    folder = tmp_path / "回复"
    folder.mkdir()
    (folder / "甲.docx").write_bytes(Sheet("甲山社区", {"talks": 3}).docx())
    (folder / "乙.docx").write_bytes(Sheet("乙山社区", {"talks": 4}).docx())
    (folder / "丙山社区.docx").write_bytes(docx_from(f"    {MARKED}"))
    (tmp_path / "单位名单.csv").write_text("单位名称\n甲山社区\n乙山社区\n丙山社区", "utf-8")
    return folder


def test_a_reply_that_is_not_wanted_leaves_no_trace_in_the_collection(replies: Path) -> None:
    shown: list[ReadReply] = []

    def seen(reply: ReadReply) -> bool:
        shown.append(reply)
        return reply.secret is None

    collection = collect(NOTICE, [replies], replies.parent / "单位名单.csv", seen=seen)

    assert [one.secret for one in shown if one.secret] == ["机密★10年"]
    assert {one.unit for one in collection.replies} == {"甲山社区", "乙山社区"}
    assert collection.missing == ["丙山社区"]
    assert collection.totals[FIELDS["talks"].id] == 7
    assert "丙山社区.docx" not in collection.to_json().decode()


def test_nobody_looks_for_marks_unless_asked_to(replies: Path) -> None:
    collection = collect(NOTICE, [replies])
    assert len(collection.replies) == 3


def test_what_a_secret_reply_says_is_not_read_any_further(replies: Path) -> None:
    shown: list[ReadReply] = []

    def look(reply: ReadReply) -> bool:
        shown.append(reply)
        return True

    collect(NOTICE, [replies], seen=look)
    secret = next(one for one in shown if one.secret)
    assert (secret.values, secret.issues, secret.unit) == ({}, [], None)


@pytest.mark.parametrize(
    ("written", "mark"),
    [
        ("机密★5年\n= 关于某事的通知", "机密★5年"),
        ("绝密\n= 关于某事的通知", "绝密"),
        ("秘  密 ★ 一年\n= 关于某事的通知", "秘密★一年"),
        ("= 关于某事的通知\n各社区：\n---\n附件2\n机密★3年\n| 甲 | 乙 |", "机密★3年"),
        ("| 机密★1年 | |\n| 单位 | 场次 |\n| 甲 | 1 |\n| 乙 | 1 |\n| 丙 | 1 |\n| 丁 | 1 |", "机密★1年"),
        ("内部资料\n= 关于某事的通知", None),
        ("= 关于保守国家秘密工作的通知\n请认真学习《保守国家秘密法》，做好机密文件管理。", None),
        ("| 档案名称 | 密级 |\n| 登记簿 | 秘密 |\n| 甲 | 1 |\n| 乙 | 1 |\n| 丙 | 1 |", None),
    ],
)
def test_the_mark_is_what_stands_where_marks_stand(written: str, mark: str | None) -> None:
    data = docx_from("\n".join(f"    {line}" for line in written.split("\n")))
    assert mark_of_secrecy(read_docx(data, "文件.docx")) == mark


def test_plain_text_has_marks_too() -> None:
    assert mark_of_secrecy(read_text("机密★10年\n关于某项工作的情况\n一、……".encode(), "情况.txt")) == "机密★10年"
