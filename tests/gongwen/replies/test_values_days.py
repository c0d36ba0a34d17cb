"""Dates in a date blank, and what stands around other values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.collection import NOT_APPLICABLE, Scalar
from gongwen.replies.values import Reading, value_of
from gongwen.spec import Evidence, Field, FieldType


def read(
    written: str, kind: FieldType = "date", printed: str = "", year: int | None = 2026
) -> tuple[Scalar, list[str]]:
    evidence = Evidence(0, 0, None, None, 0, 0, "")
    one = Field(id="f-1", section=None, subject=None, label="填报日期", type=kind, unit=None, evidence=evidence)
    reading = Reading(year=year)
    value = value_of(reading, one, written, printed)
    return value, [issue.code for issue in reading.issues]


@pytest.mark.parametrize(
    "written",
    [
        "2026年_5_月_6_日",
        "2026年5_月6_日",
        "__2026__年__5__月__6__日__",
        "2026年（5）月（6）日",
        "2026 年 5 月 6 日",
        "5.6",
        "5/6",
        "05.06",
        "５．６",
        "5.6日",
        "5月6",
        "5-6",
        "5.6（周三）",
        "5.6-5.8",
        "26.5.6",
        "2026.5.6",
        "20260506",
        "二〇二六年五月六日",
    ],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert read(written, printed="____年__月__日") == ("2026-05-06", [])


@pytest.mark.parametrize(
    "written", ["5.6 9:30", "5月6日 9:30", "2026-05-06 09:30", "2026-05-06T09:30", "2026年5月6日_9_时_30_分"]
)
def test_a_time_behind_a_day_is_kept(written: str) -> None:
    assert read(written, "datetime") == ("2026-05-06T09:30", [])


@pytest.mark.parametrize("written", ["待定", "13.5", "2.30", "2月30日", "上周五", "18.5.6", "6月"])
def test_what_is_no_day_is_kept_with_an_issue(written: str) -> None:
    assert read(written) == (written, ["R108"])


def test_a_day_without_any_year_is_never_guessed() -> None:
    assert read("5.6", year=None) == ("5.6", ["R108"])


@pytest.mark.parametrize("written", ["", "____年__月__日", "　年　月　日"])
def test_an_empty_date_blank_is_nothing(written: str) -> None:
    assert read(written, printed="____年__月__日") == (None, [])


def test_a_stroke_in_a_date_blank_is_not_applicable() -> None:
    assert read("/") == (NOT_APPLICABLE, [])


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{0.month}.{0.day}", "{0.month}/{0.day}", "_{0.month}_月_{0.day}_日"]),
)
def test_every_day_of_the_notices_year_is_read(day: date, way: str) -> None:
    assert read(way.format(day), year=day.year)[0] == day.isoformat()


@pytest.mark.parametrize(
    "written",
    ["）：锦绣社区", "（盖章）：锦绣社区", "（公章）: 锦绣社区", "：锦绣社区", "__锦绣社区__", "（锦绣社区）"],
)
def test_the_end_of_a_label_is_no_part_of_a_value(written: str) -> None:
    assert read(written, "unit") == ("锦绣社区", [])


def test_empty_lines_stay_between_the_paragraphs_of_a_long_text() -> None:
    assert read("\n第一段\n\n第二段\n　\n", "longtext") == ("第一段\n\n第二段", [])
    assert read("甲\n\n乙", "text") == ("甲\n乙", [])
