"""Two wordings as runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.comparing import diff

TEXT = st.text("查找排身边安全隐患，。0123日月场ab \n", max_size=30)


def shown(old: str, new: str) -> str:
    signs = {"same": "{}", "gone": "[-{}]", "new": "[+{}]"}
    return "".join(signs[run.kind].format(run.text) for run in diff(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("报送统计表", "报送统计表", "报送统计表"),
        ("6月20日前", "6月18日前", "6月[-20日][+18日]前"),
        ("不少于3场", "不少于13场", "不少于[-3场][+13场]"),
        ("查找隐患", "排查隐患", "[-查找][+排查]隐患"),
        ("报区应急局", "报区应急管理局", "报区应急[+管理]局"),
        ("各街道要报", "各街道报", "各街道[-要]报"),
        ("", "新", "[+新]"),
        ("旧", "", "[-旧]"),
        ("", "", ""),
    ],
)
def test_what_stayed_went_and_came(old: str, new: str, said: str) -> None:
    assert shown(old, new) == said


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_runs(old: str, new: str) -> None:
    runs = diff(old, new)
    assert "".join(run.text for run in runs if run.kind != "new") == old
    assert "".join(run.text for run in runs if run.kind != "gone") == new
    assert all(run.text for run in runs)


@given(TEXT)
def test_a_text_compared_with_itself_is_one_run_at_most(text: str) -> None:
    assert [run.kind for run in diff(text, text)] == (["same"] if text else [])
