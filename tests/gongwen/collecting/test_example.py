"""The example district collected is exactly what its truth says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongwen import collect, load
from gongwen.collection import SCHEMA, Collection, Reply
from gongwen.readers import office
from gongwen.spec import Field

from .marking import CODES

pytestmark = [
    pytest.mark.skipif(office.program() is None, reason="needs LibreOffice for the .doc among the replies"),
    pytest.mark.timeout(300),
]
ISSUES = {**CODES, "total_mismatch": "R114"}


@pytest.fixture(scope="module")
def home(root: Path) -> Path:
    return root / "examples" / "district-2026"


@pytest.fixture(scope="module")
def truth(home: Path) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((home / "truth.json").read_text("utf-8"))
    return said


@pytest.fixture(scope="module")
def collection(home: Path) -> Collection:
    return collect(load(home / "通知.docx"), [home / "回复"], home / "单位名单.xlsx")


@pytest.fixture(scope="module")
def fields(truth: dict[str, Any], collection: Collection) -> dict[str, Field]:
    """The compiled field of each key of the truth, in reading order."""
    assert collection.form_spec
    asked = [one for one in collection.form_spec.fields if one.aggregate in ("sum", "derived") and not one.group]
    assert [one.unit for one in asked] == [one["unit"] for one in truth["fields"]]
    return dict(zip([one["key"] for one in truth["fields"]], asked, strict=True))


@pytest.fixture(scope="module")
def pairs(truth: dict[str, Any], collection: Collection) -> list[tuple[dict[str, Any], Reply]]:
    replies = {Path(reply.file).name: reply for reply in collection.replies}
    assert set(replies) == {Path(one["file"]).name for one in truth["replies"]}
    return [(one, replies[Path(one["file"]).name]) for one in truth["replies"]]


Pairs = list[tuple[dict[str, Any], Reply]]


def test_every_reply_has_its_unit_and_status(pairs: Pairs, collection: Collection) -> None:
    assert collection.schema == SCHEMA
    for said, reply in pairs:
        assert (reply.unit, reply.unit_from, reply.status) == (said["unit"], said["unit_from"], said["status"]), said[
            "file"
        ]
        assert (reply.file in collection.counted) == said["counted"], said["file"]


def test_every_value_is_right(pairs: Pairs, fields: dict[str, Field]) -> None:
    for said, reply in pairs:
        for key, value in said["values"].items():
            assert reply.values.get(fields[key].id) == value, (said["file"], key)


def test_every_day_of_filling_is_right(pairs: Pairs) -> None:
    assert [reply.filled_on for _, reply in pairs] == [said["filled_on"] for said, _ in pairs]


def test_every_special_activity_is_read(pairs: Pairs, collection: Collection) -> None:
    assert collection.form_spec
    group = [one for one in collection.form_spec.fields if one.group]
    for said, reply in pairs:
        rows = reply.values.get(group[0].group or "") or []
        assert isinstance(rows, list)
        found = [
            {key: row[one.id] for key, one in zip(("name", "count", "participants"), group, strict=True)}
            for row in rows
        ]
        assert found == said["activities"], said["file"]


def test_every_story_is_read_word_for_word(pairs: Pairs, collection: Collection) -> None:
    assert collection.form_spec
    (story,) = [one for one in collection.form_spec.fields if one.type == "longtext"]
    for said, reply in pairs:
        if said["status"] != "rejected":
            assert (reply.values.get(story.id) or "") == (said["story"] or ""), said["file"]


def test_exactly_the_known_issues_are_reported(pairs: Pairs, fields: dict[str, Field]) -> None:
    for said, reply in pairs:
        assert sorted(issue.code for issue in reply.issues) == sorted(ISSUES[one["code"]] for one in said["issues"]), (
            said["file"]
        )


def test_an_issue_names_its_field_and_the_words_found(pairs: Pairs, fields: dict[str, Field]) -> None:
    for said, reply in pairs:
        for one in said["issues"]:
            (issue, *_) = [
                issue for issue in reply.issues if issue.code == ISSUES[one["code"]] and _is_about(issue.found, one)
            ]
            if one["key"] is None:
                continue
            field = fields[one["key"]]
            partners = {f.id for f in fields.values() if (f.section, f.subject) == (field.section, field.subject)}
            assert issue.field in partners, said["file"]
            assert issue.section == field.section


def _is_about(found: str | None, one: dict[str, Any]) -> bool:
    return one["key"] is None or one["found"] in (found or "")


def test_every_total_is_right(collection: Collection, truth: dict[str, Any], fields: dict[str, Field]) -> None:
    assert {key: collection.totals[fields[key].id] for key in truth["totals"]} == truth["totals"]


def test_nothing_is_summed_beyond_the_truth_but_the_special_activities(
    collection: Collection, truth: dict[str, Any], fields: dict[str, Field]
) -> None:
    assert collection.form_spec
    known = {fields[key].id for key in truth["totals"]}
    more = {one.id: one for one in collection.form_spec.fields if one.id in set(collection.totals) - known}
    assert [one.unit for one in more.values()] == ["场", "人次"]
    activities = [one for said in truth["replies"] if said["counted"] for one in said["activities"]]
    assert len(activities) == truth["activities"]
    assert [collection.totals[key] for key in more] == [
        sum(one["count"] for one in activities),
        sum(one["participants"] for one in activities),
    ]


def test_who_is_missing_and_who_sent_twice(collection: Collection, truth: dict[str, Any]) -> None:
    assert collection.missing == truth["missing"]
    assert [
        (one.unit, Path(one.counted).name, [Path(other).name for other in one.others]) for one in collection.duplicates
    ] == [(one["unit"], one["counted"], one["others"]) for one in truth["duplicates"]]


def test_the_roster_is_read_from_the_workbook(collection: Collection, truth: dict[str, Any]) -> None:
    assert len(collection.roster) == truth["units"]
