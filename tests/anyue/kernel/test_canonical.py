"""One value, one text, whatever database it went through."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyue.kernel.canonical import canonical, instant

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_the_order_of_keys_and_the_spelling_of_numbers_do_not_matter(value: object) -> None:
    # as jsonb gives it back: keys in another order, numbers by value
    turned = json.loads(json.dumps(value), parse_float=lambda text: _by_value(Decimal(text)))

    assert canonical(_reversed(turned)) == canonical(value)


def _by_value(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _reversed(value: object) -> object:
    if isinstance(value, dict):
        return {key: _reversed(value[key]) for key in reversed(list(value))}
    return [_reversed(item) for item in value] if isinstance(value, list) else value


@given(values, values)
def test_different_values_have_different_bytes(one: object, other: object) -> None:
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical(one) == canonical(other)) or not same


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": "安月"}, '{"a":"安月","b":1}'),
        ([True, False, None], "[true,false,null]"),
        (3.0, "3"),
        (0.1, "0.1"),
        (1e16, "10000000000000000"),
        (1e-7, "0.0000001"),
        (-0.0, "0"),
        (Decimal("1.500"), "1.5"),
        (datetime(2026, 6, 20, 18, tzinfo=timezone(timedelta(hours=8))), '"2026-06-20T10:00:00.000000Z"'),
    ],
)
def test_examples(value: object, text: str) -> None:
    assert canonical(value).decode() == text


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        instant(datetime(2026, 6, 20))  # noqa: DTZ001


def test_one_moment_is_one_text_in_every_zone() -> None:
    moment = datetime(2026, 6, 20, 10, 0, 0, 5, tzinfo=UTC)
    assert instant(moment) == instant(moment.astimezone(timezone(timedelta(hours=-5)))) == "2026-06-20T10:00:00.000005Z"


def test_what_has_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        canonical({1, 2})
