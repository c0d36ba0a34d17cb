"""合计 and 小计."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.collection import Value
from gongwen.fill import derived_values

from .conftest import Sample

FOOT = """
    附件
    = 统计表
    | 单位 | 场次（场） | 金额（万元） | 备注 |
    | 甲村 | | | |
    | 乙村 | | | |
    | 小计 | | | |
    | 丙村 | | | |
    | 其中：丙一 | | | |
    | 丁村 | | | |
    | 小计 | | | |
    | 合计 | | | |
"""
ACROSS = """
    附件
    = 统计表
    | 单位 | 企业（家） | 学校（家） | 合计（家） |
    | 甲村 | | | |
    | 乙村 | | | |
    | 合计 | | | |
"""


def column(sample: Sample, number: int) -> dict[int, str]:
    """Row to field id."""
    return {field.evidence.row or 0: field.id for field in sample.form.fields if field.evidence.column == number}


def test_subtotals_and_the_total() -> None:
    sample = Sample.of(FOOT)
    ids = column(sample, 1)
    derived = derived_values(sample.form, {ids[1]: 1, ids[2]: 2, ids[4]: 10, ids[5]: 4, ids[6]: 20})
    assert (derived[ids[3]], derived[ids[7]], derived[ids[8]]) == (3, 30, 33)


def test_money_adds_up_exactly() -> None:
    sample = Sample.of(FOOT)
    ids = column(sample, 2)
    derived = derived_values(sample.form, {ids[1]: 0.1, ids[2]: 0.2})
    assert derived[ids[3]] == 0.3
    assert derived[ids[7]] is None
    assert derived[ids[8]] == 0.3


def test_nothing_given_is_no_zero_and_not_applicable_counts_nothing() -> None:
    sample = Sample.of(FOOT)
    ids = column(sample, 1)
    assert set(derived_values(sample.form, {}).values()) == {None}
    assert derived_values(sample.form, {ids[1]: "n/a", ids[2]: 0})[ids[3]] == 0


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=4, max_size=4))
def test_rows_and_columns_agree(numbers: list[int | None]) -> None:
    sample = Sample.of(ACROSS)
    at = {(field.evidence.row, field.evidence.column): field.id for field in sample.form.fields}
    values: dict[str, Value] = dict(zip((at[1, 1], at[1, 2], at[2, 1], at[2, 2]), numbers, strict=True))
    derived = derived_values(sample.form, values)
    known = [number for number in numbers if number is not None]
    assert derived[at[3, 3]] == (sum(known) if known else None)
    assert (derived[at[1, 3]] or 0) + (derived[at[2, 3]] or 0) == sum(known)


@pytest.mark.parametrize("total", ["合计", "合　计", "总计"])
def test_a_total_at_the_head_sums_what_stands_below(total: str) -> None:
    sample = Sample.of(
        f"附件\n= 统计表\n| 单位 | 场次（场） | 人数（人次） |\n| {total} | | |\n| 甲村 | | |\n| 乙村 | | |"
    )
    ids = column(sample, 1)
    assert derived_values(sample.form, {ids[2]: 3, ids[3]: 4})[ids[1]] == 7
