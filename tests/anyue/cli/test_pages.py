"""What a person reads: the review of a notice, the tally of replies, progress without a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from anyue.surfaces.cli.page import Facts, Remarks, Table, plain
from anyue.surfaces.cli.progress import Progress
from anyue.surfaces.cli.sentences import retold
from anyue.surfaces.cli.tally import number
from gongwen.messages import say

from .conftest import Done

Run = Callable[..., Done]


def rows(page: str) -> list[list[str]]:
    """The cells of a plain page: two blanks lie between them."""
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in page.splitlines()]


def test_the_review_says_what_the_notice_says(anyue: Run) -> None:
    found = rows(anyue("compile", "通知.docx").out)

    for line in [
        ["Title", "关于开展安全生产月活动的通知"],
        ["Number", "安办〔2026〕1号"],
        ["Issued on", "2026-05-20"],
        ["Addressees", "各街道, 各社区"],
        ["Campaign", "安全生产月 2026 no. 25"],
        ["Period", "2026-06-01 – 2026-06-30"],
        ["Key dates", "2026-06-16 宣传咨询日"],
        ["Tasks", "3 in all: township 2, community 1, not said 1"],
        ["2026-06-20", "各社区", "活动统计表, 总结", "安全办"],
        ["2026-06-05 14:00", "—", "联络员名单", "—"],
        ["每周四12:00前", "各街道", "进展", "安全办"],
        ["2026-06-11 – 2026-06-20", "—", "—", "—"],
        ["form-1", "statistics", "3", "活动统计表"],
        ["附件1 任务清单 (not among the files)"],
        ["《上级通知》 国安办〔2026〕2号"],
        ["张三 010-00000000"],
        ["N206 附件1 (任务清单) is listed but was not among the files"],
    ]:
        assert line in found


def test_the_review_in_chinese(anyue: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYUE_LANG", "zh")

    found = rows(anyue("compile", "通知.docx").out)

    for line in [
        ["任务", "共 3 项：乡镇街道 2、村社区 1、未写明 1"],
        ["截止", "谁", "报什么", "报给谁"],
        ["N206 正文列出的附件1《任务清单》不在所给文件中"],
    ]:
        assert line in found


def test_the_tally_says_totals_missing_doubtful_rejected_and_where_the_files_are(anyue: Run, tmp_path: Path) -> None:
    found = rows(anyue("collect", "通知.docx", "replies", "--out", tmp_path).out)

    for line in [
        ["Replies", "4 replies: 1 accepted, 2 doubtful, 1 rejected; 2 counted; 2 units missing."],
        ["一、宣讲", "宣讲活动 开展", "场", "5", "2"],
        ["一、宣讲", "宣讲活动 参与", "万人次", "201.5", "2"],
        ["六、特色", "参与人数", "人", "20", "1"],
        ["丁社区, 戊社区"],
        ["乙社区.docx", "一、宣讲 · 宣讲活动 参与", "约200", "数字不明确"],
        ["丙.docx", "文件已损坏"],
        ["乙社区", "乙社区.docx", "乙社区旧.docx", "填报日期较晚"],
        [str(tmp_path / "汇总表.docx")],
    ]:
        assert line in found


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (1200, "1200"), (100.0, "100"), (0.1 + 0.2, "0.3"), (12345678901.5, "12345678901.5")]
)
def test_numbers_have_no_noise(value: float, shown: str) -> None:
    assert number(value) == shown


def test_a_document_cannot_steer_the_terminal() -> None:
    page = plain(
        [
            Facts([("a", "x\x1b[2Jy\nz")]),
            Table("t", ["h", "i"], [["1\x07", "2\r3"]]),
            Remarks("r", ["\x9b31m\u202eabc"]),
        ]
    )

    assert not {"\x1b", "\x07", "\r", "\x9b", "\u202e"} & set(page)


@pytest.mark.parametrize(
    ("code", "message", "details", "english"),
    [
        ("R102", "开展应填数字，写的是“若干”，未计入。请改填数字", {"label": "开展", "found": "若干"}, "开展 should be a number but says “若干”; not counted, please fill in a number"),
        ("N142", "附件.docm：文件带有宏，已忽略，未运行", {}, "附件.docm: the file holds macros; they were ignored and not run"),
        ("R001", "文件是空的（0 字节）。请对方重新发送", {}, "the file is empty (0 bytes). Ask for it to be sent again"),
        ("R120", "", {"unit": "甲", "counted": "a", "why": "填报日期较晚：2026-06-19"}, None),
        ("X999", "没有目录的话", {}, "没有目录的话"),
    ],
)  # fmt: skip
def test_the_library_s_sentences_are_told_in_english(
    code: str, message: str, details: dict[str, str], english: str | None
) -> None:
    message = message or say(code, "zh", **details)

    told = retold(code, message, details)

    assert told == english if english else "the later date of filling: 2026-06-19" in told


def test_columns_hold_with_chinese_in_them() -> None:
    page = plain([Table("t", ["甲", "b"], [["ab", "x"], ["安全生产", "y"]])])

    assert page.splitlines() == ["t", "  甲        b", "  ab        x", "  安全生产  y"]


def test_work_that_takes_long_says_how_far_it_is_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr("anyue.surfaces.cli.progress.time.monotonic", lambda: now[0])

    with Progress("run.reading") as progress:
        for done in range(10):
            now[0] += 0.5
            progress(done, 10, "回复.docx")

    assert capsys.readouterr().err.splitlines() == ["Reading 4/10  回复.docx", "Reading 9/10  回复.docx"]
