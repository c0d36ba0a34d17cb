from __future__ import annotations

import pytest

from anyue.modules.notices import rules
from anyue.modules.notices.forms import editor


@pytest.mark.parametrize("mark", ["秘密", "秘密★1年", "机密★", "绝密"])
def test_a_mark_of_state_secrecy_is_secret(mark: str) -> None:
    assert rules.is_secret(mark)
    assert not rules.is_internal(mark)


@pytest.mark.parametrize("mark", ["内部", "不予公开", "工作秘密"])
def test_an_internal_mark_is_not_a_secret(mark: str) -> None:
    assert not rules.is_secret(mark)
    assert rules.is_internal(mark)


def test_a_pointer_finds_its_place_and_nothing_beyond() -> None:
    notice = {"tasks": [{"text": "开展演练"}], "a/b": {"~": 1}}

    assert rules.at_pointer(notice, "/tasks/0/text") == "开展演练"
    assert rules.at_pointer(notice, "/a~1b/~0") == 1
    assert rules.at_pointer(notice, "/tasks/1") is None
    assert rules.at_pointer(notice, "/tasks/x/y") is None


def test_a_deadline_without_a_time_is_a_day_and_with_one_a_time() -> None:
    form = editor("deadline")(
        {"day": "2026-05-30", "time": "14:00", "who": "各社区、各科室", "deliverables": "联络员名单"}
    )
    assert form.is_valid(), form.errors
    assert form.value() == {
        "due": "2026-05-30T14:00",
        "who": ["各社区", "各科室"],
        "deliverables": ["联络员名单"],
        "recipient": None,
    }

    form = editor("deadline")({"day": "2026-06-20"})
    assert form.is_valid()
    assert form.value()["due"] == "2026-06-20"


def test_a_corrected_deadline_keeps_what_the_form_does_not_show() -> None:
    current: dict[str, object] = {
        "due": None,
        "who": [],
        "deliverables": ["月报"],
        "recipient": None,
        "recurs": "monthly",
    }
    form = editor("deadline")({"deliverables": "月报"}, current=current)

    assert form.is_valid(), form.errors
    assert form.value()["recurs"] == "monthly"


def test_a_day_that_a_person_gave_is_no_longer_vague() -> None:
    current: dict[str, object] = {
        "due": None,
        "who": [],
        "deliverables": [],
        "recipient": None,
        "fuzzy": {"earliest": "a", "latest": "b"},
    }
    form = editor("deadline")({"day": "2026-06-21"}, current=current)

    assert form.is_valid()
    assert "fuzzy" not in form.value()


def test_an_editor_shows_what_the_item_says() -> None:
    form = editor("deadline")(current={"due": "2026-05-30T14:00", "who": ["各社区", "各科室"], "deliverables": []})

    assert form["day"].value() == "2026-05-30"
    assert form["time"].value() == "14:00"
    assert "各社区\n各科室" in str(form["who"])


def test_every_kind_has_an_editor_but_remarks() -> None:
    for kind in rules.KINDS:
        if kind in rules.NOTES:
            with pytest.raises(KeyError):
                editor(kind)
        else:
            assert editor(kind)().fields


def test_every_kind_has_its_place_on_the_page() -> None:
    placed = [kind for _, kinds in rules.SECTIONS for kind in kinds]

    assert sorted(placed) == sorted(rules.KINDS)
