"""Columns, lines and names on a terminal."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from anyue.surfaces.cli.words import clipped, one_line, padded, shown, width, wrapped

TEXTS = st.text(alphabet="ab ,.安全生产月，。（）《》", max_size=60)


def test_chinese_is_two_columns_wide() -> None:
    assert width("安全ab") == 6
    assert padded("安", 4) == "安  "
    assert clipped("安全生产月", 7) == "安全生…"
    assert clipped("abc", 3) == "abc"


def test_lines_break_between_chinese_and_at_blanks_but_not_before_punctuation() -> None:
    assert wrapped("安全生产月。", 10) == ["安全生产", "月。"]
    assert wrapped("one two three", 8) == ["one two", "three"]
    assert wrapped("a\nb", 8) == ["a", "b"]
    assert wrapped("", 8) == [""]


@given(TEXTS, st.integers(min_value=20, max_value=40))
def test_wrapping_loses_nothing_but_blanks(words: str, columns: int) -> None:
    assert "".join("".join(wrapped(words, columns)).split()) == "".join(words.split())


@given(st.text(alphabet="安全生产月abc", max_size=60), st.integers(min_value=4, max_value=40))
def test_chinese_never_runs_over_the_edge(words: str, columns: int) -> None:
    longest = max((len(word) for word in words.replace("安", " ").split()), default=0)

    assert all(width(line) <= max(columns, 2 * longest) for line in wrapped(words, columns))


@given(st.text(max_size=40))
def test_one_line_is_printable_and_one_line(words: str) -> None:
    assert one_line(words).replace("\u3000", " ").isprintable()


@given(st.binary(max_size=30).filter(lambda raw: b"\0" not in raw))
def test_any_name_can_be_shown(raw: bytes) -> None:
    shown(Path(raw.decode("utf-8", "surrogateescape"))).encode("utf-8")
    shown("\ud83d alone").encode("utf-8")


def test_a_name_from_windows_is_read_as_it_was_meant() -> None:
    assert shown("回复.docx".encode("gb18030").decode("utf-8", "surrogateescape")) == "回复.docx"
    assert shown("通知.docx") == "通知.docx"
