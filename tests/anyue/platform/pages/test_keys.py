"""Keys of rows as somebody may have written them into an address or a form."""

from __future__ import annotations

import pytest

from anyue.platform.pages.keys import key_of, keys_of


@pytest.mark.parametrize("text", ["", "²", "١", "-1", "1.5", "1e3", " 1", "1\0", "9" * 19, "[1]"])
def test_what_is_no_key_is_none(text: str) -> None:
    assert key_of(text) is None


def test_the_keys_among_texts_keep_their_order() -> None:
    assert keys_of(["3", "x", "1", "9" * 40, "2"]) == [3, 1, 2]
