"""Replies with known values and every sort of untidiness: every total right, every fault reported, none invented."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import SHARED

from .marking import CODES, Marked, marked

EXAMPLE, TIANJIN = "examples/district-2026/通知.docx", "data/notices/tianjin-hebei-2025.docx"
SETS = [
    pytest.param((EXAMPLE, 60, 4), id="the example form, 60 replies"),
    pytest.param((EXAMPLE, 60, 12), id="the example form, 60 others"),
    pytest.param((TIANJIN, 200, 11), id="the Tianjin form, 200 replies", marks=pytest.mark.needs_shared),
    pytest.param((TIANJIN, 200, 103), id="the Tianjin form, 200 others", marks=pytest.mark.needs_shared),
]


@pytest.fixture(scope="module", params=SETS)
def replies(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Marked:
    notice, count, seed = request.param
    home = SHARED if notice == TIANJIN else root
    return marked(home / notice, tmp_path_factory.mktemp("collect"), count, seed)


def test_every_blank_has_its_unit(replies: Marked) -> None:
    assert replies.wrong_units() == []


def test_every_kind_of_fault_was_planted(replies: Marked) -> None:
    assert {fault.kind for truth in replies.truths for fault in truth.faults} == set(CODES)


def test_every_total_is_right(replies: Marked) -> None:
    assert replies.wrong_totals() == []


def test_every_value_is_right(replies: Marked) -> None:
    assert replies.wrong_values() == []


def test_every_line_of_the_repeating_group_is_there_once(replies: Marked) -> None:
    assert replies.wrong_rows() == []


def test_every_reply_has_its_unit_and_its_standing(replies: Marked) -> None:
    assert replies.wrong_standing() == []


def test_every_fault_is_reported_with_its_place_and_words(replies: Marked) -> None:
    assert replies.missed() == []


def test_no_fault_is_invented(replies: Marked) -> None:
    assert replies.invented() == []


def test_who_is_missing_is_known(replies: Marked) -> None:
    assert sorted(replies.collection.missing) == sorted(replies.absent)


def test_each_duplicate_is_named_once_with_the_file_that_counts(replies: Marked) -> None:
    twice = {unit for unit, n in Counter(t.unit for t in replies.truths if t.status != "rejected").items() if n > 1}
    assert {duplicate.unit for duplicate in replies.collection.duplicates} == twice
    for duplicate in replies.collection.duplicates:
        counted = [truth.file for truth in replies.truths if truth.unit == duplicate.unit and truth.counted]
        assert [Path(file).name for file in counted] == [Path(duplicate.counted).name]


def test_totals_stand_in_the_order_of_the_form(replies: Marked) -> None:
    form = replies.collection.form_spec
    assert form is not None
    assert list(replies.collection.totals) == [field.id for field in form.fields if field.aggregate == "sum"]
