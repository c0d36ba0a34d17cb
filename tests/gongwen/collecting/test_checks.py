"""What a person would notice on looking over the returns."""

from __future__ import annotations

import pytest

from gongwen.collection import Collection, Issue

from .district import FIELDS, Sheet, gather


def issues(collection: Collection, unit: str) -> list[Issue]:
    return next(reply.issues for reply in collection.replies if reply.unit == unit)


def said(written: dict[str, object]) -> list[tuple[str, str | None]]:
    """The issues of one reply: code and field."""
    names = {field.id: key for key, field in FIELDS.items()}
    return [
        (one.code, names.get(one.field or ""))
        for one in issues(gather({"甲.docx": Sheet("甲山社区", written)}), "甲山社区")
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ({"talks": 3, "talkers": 60}, []),
        ({}, []),
        ({"talks": 0, "talkers": 0}, []),
        ({"talks": "/", "talkers": "/"}, []),
        ({"talks": 0, "talkers": 60}, [("R111", "talks")]),
        ({"talkers": 60}, [("R111", "talks")]),
        ({"talks": "/", "talkers": 60}, [("R111", "talks")]),
        ({"talks": 3, "talkers": 0}, [("R112", "talkers")]),
        ({"talks": 3}, [("R112", "talkers")]),
        ({"drills": 2, "drillers": 0}, [("R112", "drillers")]),
        ({"found": 5, "grave": 2}, []),
        ({"found": 5, "grave": 5}, []),
        ({"found": 5, "grave": 6}, [("R113", "grave")]),
        ({"talks": 3, "talkers": "约60"}, [("R101", "talkers")]),
        ({"videos": "若干"}, [("R102", "videos")]),
        ({"videos": "3-5"}, [("R104", "videos")]),
        ({"videos": "2.5"}, [("R106", "videos")]),
        ({"videos": "-2"}, [("R107", "videos")]),
        ({"talks": "-3", "talkers": 120}, [("R107", "talks")]),
        ({"talks": 3, "talkers": "-120"}, [("R107", "talkers")]),
    ],
)
def test_one_reply_is_checked_by_itself(written: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert said(written) == expected


def test_an_attendance_written_in_words_is_one_issue_and_not_two() -> None:
    assert said({"talks": 3, "talkers": "若干"}) == [("R102", "talkers")]


def test_the_repeating_group_is_checked_row_by_row() -> None:
    more = [("灯谜会", 1, 60), ("演练日", 0, 40), ("微课堂", 2, 0)]
    found = issues(gather({"甲.docx": Sheet("甲山社区", more=more)}), "甲山社区")
    assert [one.code for one in found] == ["R111", "R112"]


@pytest.mark.parametrize(
    "note",
    [
        *("以上数据含所属社区。", "以上数据含辖区企业数据", "注：以上数据含所属网格及下属单位。"),
        *("以上数据含 所属社区", "注：以上数 据含所属网格。", "以上数据 含辖区企业数据"),
    ],
)
def test_a_reply_that_includes_its_subordinates_is_flagged(note: str) -> None:
    (found,) = issues(gather({"甲.docx": Sheet("甲山社区", {"videos": 3}, story=note)}), "甲山社区")
    assert found.code == "R110"
    assert found.found
    assert found.found in note


@pytest.mark.parametrize(
    "note", ["活动内容包括宣讲、演练。", "邀请辖区企业参加，包含签名活动。", "参与人员含志愿者20人。"]
)
def test_other_words_about_including_are_not(note: str) -> None:
    assert issues(gather({"甲.docx": Sheet("甲山社区", {"videos": 3}, story=note)}), "甲山社区") == []


# --- together


def together(videos: list[int]) -> Collection:
    return gather(
        {f"{n}.docx": Sheet(f"{'甲乙丙丁戊己庚辛壬癸'[n]}山社区", {"videos": v}) for n, v in enumerate(videos)}
    )


def test_a_unit_far_from_its_peers_is_flagged_with_the_middle_of_the_others() -> None:
    collection = together([3, 4, 5, 6, 5, 4, 3, 6, 500])
    (found,) = issues(collection, "壬山社区")
    assert (found.code, found.found, found.field) == ("R115", "500", FIELDS["videos"].id)
    assert all(not reply.issues for reply in collection.replies if reply.unit != "壬山社区")


@pytest.mark.parametrize(
    "videos", [[3, 4, 5, 6, 5, 4, 3, 6, 9], [1, 2, 4, 8, 16, 32, 64, 128, 256], [3, 4, 5, 500], [0] * 9]
)
def test_numbers_that_merely_spread_and_small_sets_are_left_alone(videos: list[int]) -> None:
    assert all(not reply.issues for reply in together(videos).replies)


def test_the_same_numbers_from_two_units_are_flagged_on_both() -> None:
    numbers = {"talks": 3, "talkers": 61, "videos": 7, "drills": 2, "drillers": 44, "found": 9, "grave": 1}
    collection = gather(
        {
            "甲.docx": Sheet("甲山社区", numbers),
            "乙.docx": Sheet("乙山社区", numbers),
            "丙.docx": Sheet("丙山社区", {**numbers, "found": 8}),
        }
    )
    assert [(one.code, one.details["others"]) for one in issues(collection, "甲山社区")] == [("R121", "乙山社区")]
    assert [one.code for one in issues(collection, "丙山社区")] == []


def test_two_units_that_did_nothing_are_no_copies() -> None:
    zeros = dict.fromkeys(("talks", "talkers", "videos", "drills", "drillers"), 0)
    collection = gather({"甲.docx": Sheet("甲山社区", zeros), "乙.docx": Sheet("乙山社区", zeros)})
    assert all(not reply.issues for reply in collection.replies)


def test_the_same_reply_sent_twice_by_one_unit_is_a_duplicate_and_no_copy() -> None:
    numbers = {"talks": 3, "talkers": 61, "videos": 7, "drills": 2, "drillers": 44}
    collection = gather({"甲.docx": Sheet("甲山社区", numbers), "甲(2).docx": Sheet("甲山社区", numbers)})
    assert {issue.code for reply in collection.replies for issue in reply.issues} == {"R120"}


# --- what an issue says


def test_an_issue_says_in_words_what_to_do() -> None:
    (found,) = issues(gather({"甲.docx": Sheet("甲山社区", {"talks": 3, "talkers": "约60"})}), "甲山社区")
    assert (found.section, found.found, found.doubt) == ("宣讲", "约60", True)
    assert "约60" in found.message
    assert "请" in found.message
