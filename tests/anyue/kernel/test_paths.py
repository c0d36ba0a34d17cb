from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue.kernel import paths

numbers = st.lists(st.integers(0, paths.LIMIT - 1), max_size=6)


def path_of(steps: list[int]) -> str:
    return "".join(paths.step(number) for number in steps)


@given(numbers, numbers)
def test_a_subtree_is_exactly_the_range_up_to_after(top: list[int], other: list[int]) -> None:
    path, end = path_of(other), paths.after(path_of(top))
    in_range = path >= path_of(top) and (end is None or path < end)

    assert in_range == paths.within(path, path_of(top)) == (other[: len(top)] == top)


@given(numbers.filter(bool))
def test_parent_and_number_take_a_path_apart(steps: list[int]) -> None:
    path = path_of(steps)

    assert paths.parent_of(path) == path_of(steps[:-1])
    assert paths.number_of(path) == steps[-1]
    assert paths.depth(path) == len(steps)
    assert paths.ancestors(path, itself=True)[-1] == path


def test_a_node_has_a_limit_of_children() -> None:
    with pytest.raises(ValueError, match="1679616"):
        paths.step(paths.LIMIT)


@given(numbers)
def test_every_path_is_one(steps: list[int]) -> None:
    assert paths.is_path(path_of(steps))


@pytest.mark.parametrize("text", ["0", "00010", "000A", "0001\0", "一二三四", "0001 ", "-001", "0001" * 17])
def test_what_somebody_wrote_into_an_address_is_none(text: str) -> None:
    assert not paths.is_path(text)
