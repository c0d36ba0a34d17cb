"""The pages as LibreOffice sets them stand where the standard wants them, whatever fonts this machine has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from gongwen.write import Attachment, OfficialDocument, Para

from .conftest import FIGURES, Page, Render

FILLER = "汉" * 28


@pytest.fixture(scope="session")
def pages(render: Render) -> dict[str, list[Page]]:
    grid = OfficialDocument(title="关于版面的通知", body=(Para("汉" * 2000),), draft=False)
    head = OfficialDocument(
        title="示范区安全生产委员会办公室关于2025年“安全生产月”活动开展情况的汇总报告",
        body=(Para("正文。"),),
        issuer_mark="示范区安全生产委员会办公室文件",
        doc_no="示安委办〔2025〕8号",
        urgency="加急",
        addressees=("各街道办事处",),
        draft=False,
    )
    last = {
        f"last{lines}": replace(
            grid,
            body=tuple(Para(FILLER, indent=False) for _ in range(lines)),
            copies_to=(
                "区委办公室",
                "区人大常委会办公室",
                "区政协办公室",
                "区纪委监委机关",
                "区人民法院",
                "区人民检察院",
            ),
            printed_by="示范区安委会办公室",
            printed_on=date(2025, 6, 10),
        )
        for lines in (1, 16, 17, 18, 19, 20, 21, 22, 23)
    }
    wide = replace(
        grid,
        body=(Para("正文。"),),
        attachments=(Attachment("统计表", (FIGURES,), landscape=True), Attachment("说明", (Para("说明。"),))),
    )
    return render({"grid": grid, "head": head, "wide": wide, **last})


def test_a_full_page_has_22_lines_of_28_characters(pages: dict[str, list[Page]]) -> None:
    body = pages["grid"][1].body()
    assert len(body) == 22
    assert {len(line.text) for line in body} == {28}


def test_lines_follow_each_other_at_the_pitch_of_the_grid(pages: dict[str, list[Page]]) -> None:
    bottoms = [line.bottom for line in pages["grid"][1].body()]
    steps = [below - above for above, below in pairwise(bottoms)]
    assert steps == pytest.approx([225 / 22] * 21, abs=0.1)


def test_full_lines_reach_both_edges_of_the_text_area(pages: dict[str, list[Page]]) -> None:
    for line in pages["grid"][1].body():
        assert line.left == pytest.approx(28, abs=0.6)
        assert line.right == pytest.approx(184, abs=0.8)


def test_page_numbers_stand_outside_seven_millimetres_below_the_text(pages: dict[str, list[Page]]) -> None:
    odd, even = (page.lines[-1] for page in pages["grid"][:2])
    assert (odd.text, even.text) == ("—1—", "—2—")
    assert odd.right == pytest.approx(184 - 14 * 25.4 / 72, abs=0.5)
    assert even.left == pytest.approx(28 + 14 * 25.4 / 72, abs=0.5)
    for line in (odd, even):
        assert (line.top + line.bottom) / 2 == pytest.approx(262 + 7, abs=1.5)


def test_the_mark_is_35_millimetres_down_and_the_red_rule_as_wide_as_the_text(pages: dict[str, list[Page]]) -> None:
    page = pages["head"][0]
    mark, number = page.lines[1], page.lines[2]
    assert mark.top == pytest.approx(37 + 35, abs=3)
    assert len(page.rules) == 1
    left, right, height = page.rules[0]
    assert (left, right) == pytest.approx((28, 184), abs=0.4)
    assert height - number.bottom == pytest.approx(4, abs=1)


def test_the_first_page_shows_some_text(pages: dict[str, list[Page]]) -> None:
    assert "正文。" in [line.text for line in pages["head"][0].lines]


@pytest.mark.parametrize("lines", [1, 16, 17, 18, 19, 20, 21, 22, 23])
def test_the_imprint_ends_the_last_page_and_never_covers_the_text(pages: dict[str, list[Page]], lines: int) -> None:
    *before, last = pages[f"last{lines}"]
    assert not any(page.rules for page in before)
    assert len(last.rules) == 3
    assert last.rules[-1][2] == pytest.approx(262, abs=0.6)
    assert all((left, right) == pytest.approx((28, 184), abs=0.4) for left, right, _ in last.rules)
    text = [line for line in last.body() if line.text == FILLER]
    assert all(line.bottom < last.rules[0][2] for line in text)
    assert sum(line.text == FILLER for page in pages[f"last{lines}"] for line in page.lines) == lines


def test_copies_begin_one_character_in_and_go_on_below_the_first_name(pages: dict[str, list[Page]]) -> None:
    first, second = pages["last1"][0].body()[-3:-1]
    assert first.text.startswith("抄送：区委办公室")
    assert first.left == pytest.approx(28 + 4.94, abs=0.5)
    assert second.left == pytest.approx(28 + 4 * 4.94, abs=0.5)
    assert second.text.endswith("。")


def test_a_page_on_its_side_is_followed_by_an_upright_one(pages: dict[str, list[Page]]) -> None:
    assert [page.width > page.height for page in pages["wide"]] == [False, True, False]


def test_the_number_of_a_page_on_its_side_stands_at_its_left_edge(pages: dict[str, list[Page]]) -> None:
    number = [line for line in pages["wide"][1].lines if line.text in ("—", "2")]
    assert number
    for line in number:
        assert (line.left + line.right) / 2 == pytest.approx(35 - 7, abs=1.5)
