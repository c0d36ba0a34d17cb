"""Parts of pages: due times in words, status words, progress, charts with their tables."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from anyue.kernel.clock import at, end_of
from anyue.platform.pages.dues import due_words, span, written
from anyue.platform.pages.statuses import Look, Tone, look_of, looks, register_statuses

DUE = datetime(2026, 6, 20, 10, 0, tzinfo=UTC)  # 18:00 in Shanghai


def draw(text: str, **context: object) -> str:
    return str(engines["django"].from_string(text).render(context))


@pytest.mark.parametrize(
    ("moment", "state", "left"),
    [
        (DUE - timedelta(days=2, hours=3, minutes=5), "ahead", "还有 2 天 3 小时"),
        (DUE - timedelta(hours=47), "soon", "还有 1 天 23 小时"),
        (DUE - timedelta(seconds=30), "soon", "还有不到 1 分钟"),
        (DUE, "late", "已逾期不到 1 分钟"),
        (DUE + timedelta(hours=2, minutes=10), "late", "已逾期 2 小时 10 分钟"),
        (DUE + timedelta(days=12, hours=5), "late", "已逾期 12 天"),
    ],
)
def test_a_due_time_says_how_long_is_left_and_by_how_much_it_is_late(moment: datetime, state: str, left: str) -> None:
    due = due_words(DUE, current=moment)
    assert (due.state, due.left) == (state, left)


def test_what_is_done_stands_still() -> None:
    early = due_words(DUE, done_at=DUE - timedelta(minutes=1), current=DUE + timedelta(days=90))
    late = due_words(DUE, done_at=DUE + timedelta(hours=4), current=DUE + timedelta(days=90))
    assert (early.state, early.left) == ("done", "按时完成")
    assert (late.state, late.left) == ("late", "逾期 4 小时完成")


def test_a_deadline_is_written_as_an_office_writes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anyue.platform.pages.dues.now", lambda: datetime(2026, 6, 1, tzinfo=UTC))
    assert written(DUE) == "6月20日（周六）18:00"
    assert written(end_of(DUE.date())) == "6月20日（周六）24:00"
    assert written(at(DUE.date(), 0, 1)) == "6月20日（周六）00:01"
    assert written(DUE.replace(year=2025)) == "2025年6月20日（周五）18:00"


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_a_span_never_says_more_than_there_is_and_misses_less_than_its_smallest_unit(length: timedelta) -> None:
    words = span(length).split()
    minutes = {"天": 1440, "小时": 60, "分钟": 1}
    if not words:
        assert length < timedelta(minutes=1)
        return
    said = sum(int(number) * minutes[unit] for number, unit in zip(words[::2], words[1::2], strict=True))
    missed = length - timedelta(minutes=said)
    smallest = (
        timedelta(days=1)
        if length >= timedelta(days=10)
        else timedelta(hours=1)
        if length >= timedelta(days=1)
        else timedelta(minutes=1)
    )
    assert timedelta(0) <= missed < smallest
    assert len(words) <= 4


def test_a_due_time_on_a_page_counts_down_only_while_it_is_owed(monkeypatch: pytest.MonkeyPatch) -> None:
    owed, done = draw("{% due at %}", at=DUE), draw("{% due at done_at=at %}", at=DUE)
    assert 'data-due="2026-06-20T' in owed
    assert "data-due=" not in done
    assert '<time datetime="2026-06-20T' in owed
    assert "无期限" in draw("{% due at %}", at=None)


def test_the_words_for_counting_down_stand_once_a_page() -> None:
    words = draw('<div{% include "pages/parts/due_words.html" %}></div>')
    for name, text in {"day": "%n 天", "ahead": "还有 %span", "late": "逾期 %span", "late-now": "逾期"}.items():
        assert re.search(f'data-due-{name}="[^"]*{text}[^"]*"', words), name


def test_a_status_has_a_word_an_icon_and_a_tone_and_never_colour_alone() -> None:
    for code, look in looks().items():
        shown = draw("{% status code %}", code=code)
        assert f"#{look.icon}" in shown
        assert f"is-{look.tone}" in shown
        assert str(look.label) in shown
    assert "待签收" in draw('{% status "open" "待签收" %}')


def test_an_unknown_status_is_shown_plainly_and_escaped() -> None:
    assert look_of("no such").tone is Tone.NEUTRAL
    assert "&lt;b&gt;" in draw("{% status code %}", code="<b>")


def test_two_modules_cannot_give_one_status_two_looks() -> None:
    register_statuses(draft=looks()["draft"])
    with pytest.raises(ValueError, match="draft"):
        register_statuses(draft=Look("x", "x"))


@pytest.mark.parametrize(
    ("done", "total", "shown"),
    [(0, 30, 'value="0"'), (12, 30, 'value="40"'), (40, 30, 'value="100"'), (0, 0, None), (None, 5, None)],
)
def test_a_progress_bar_is_never_over_full_and_unknown_without_a_total(
    done: int | None, total: int, shown: str | None
) -> None:
    bar = draw("{% progress_bar done total %}", done=done, total=total)
    assert (shown in bar) if shown else ("value=" not in bar)


def test_a_chart_carries_its_figures_as_a_table_and_as_data_that_cannot_break_out() -> None:
    data = {
        "kind": "bar",
        "labels": ["</script>甲", "乙"],
        "unit": "个",
        "series": [{"name": "签收", "values": [3, 0]}],
    }
    shown = draw('{% chart "签收数" data %}', data=data)
    assert shown.count("</script>") == 1
    assert '<th scope="row">乙</th><td class="num">0</td>' in shown
    assert "签收数" in shown


def test_an_icon_is_silent_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in draw('{% icon "bell" %}')
    assert 'aria-label="消息"' in draw('{% icon "bell" label="消息" %}')
