"""The rules of a collection: totals are sums over the leaves, the later of two replies counts, unknown units do not."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen.collection import NOT_APPLICABLE
from tests.support.notation import docx_from

from .district import FIELDS, NUMBERS, Sheet, gather, total

WRITTEN = st.one_of(
    st.integers(0, 999_999).map(lambda number: (str(number), number)),
    st.integers(1000, 999_999).map(lambda number: (f"{number:,}", number)),
    st.sampled_from(
        [("", None), ("/", NOT_APPLICABLE), ("不涉及", NOT_APPLICABLE), ("无", 0), ("十二", 12), ("1.2万", 12_000)]
    ),
)
SHEETS = st.lists(
    st.tuples(
        st.fixed_dictionaries(dict.fromkeys(NUMBERS, WRITTEN)),
        st.lists(
            st.tuples(st.sampled_from(["灯谜会", "演练日", "微课堂"]), st.integers(1, 9), st.integers(0, 500)),
            max_size=3,
        ),
    ),
    min_size=1,
    max_size=4,
)
few = settings(max_examples=40)


def unit(number: int) -> str:
    return f"{'甲乙丙丁戊己庚辛'[number]}山社区"


def number(value: object) -> int:
    return value if isinstance(value, int) else 0


# --- totals


@few
@given(SHEETS)
def test_a_total_is_the_sum_over_the_leaves(
    sheets: list[tuple[dict[str, tuple[str, object]], list[tuple[str, int, int]]]],
) -> None:
    collection = gather(
        {
            f"{n}.docx": Sheet(unit(n), {key: written for key, (written, _) in values.items()}, more=more)
            for n, (values, more) in enumerate(sheets)
        }
    )
    for key in NUMBERS:
        assert total(collection, key) == sum(number(values[key][1]) for values, _ in sheets)
    assert total(collection, "times") == sum(times for _, more in sheets for _, times, _ in more)
    assert total(collection, "people") == sum(people for _, more in sheets for _, _, people in more)
    for reply, (values, _) in zip(collection.replies, sheets, strict=True):
        assert {key: reply.values[FIELDS[key].id] for key in NUMBERS} == {key: values[key][1] for key in NUMBERS}


@few
@given(st.lists(st.tuples(*(st.integers(0, 10**6) for _ in NUMBERS)), min_size=2, max_size=5), st.data())
def test_summing_two_halves_and_then_those_sums_is_summing_all(
    rows: list[tuple[int, ...]], data: st.DataObject
) -> None:
    sheets = {f"{n}.docx": Sheet(unit(n), dict(zip(NUMBERS, row, strict=True))) for n, row in enumerate(rows)}
    cut = data.draw(st.integers(1, len(rows) - 1))
    names = list(sheets)
    first, second = ({name: sheets[name] for name in half} for half in (names[:cut], names[cut:]))
    whole, one, other = gather(sheets).totals, gather(first).totals, gather(second).totals
    assert whole == {key: one[key] + other[key] for key in whole}


def test_the_order_in_which_replies_come_changes_no_total() -> None:
    sheets = [Sheet(unit(n), {"talks": n + 1, "talkers": 10 * n}) for n in range(3)]
    totals = [
        gather({f"{place}.docx": sheet for place, sheet in enumerate(order)}).totals for order in permutations(sheets)
    ]
    assert all(one == totals[0] for one in totals)


def test_decimals_and_words_are_flagged_and_only_numbers_are_summed() -> None:
    collection = gather({"甲.docx": Sheet("甲山社区", {"talks": "若干"}), "乙.docx": Sheet("乙山社区", {"talks": 3})})
    assert total(collection, "talks") == 3
    by_unit = {reply.unit: reply for reply in collection.replies}
    assert by_unit["甲山社区"].status == "doubtful"
    assert [(issue.code, issue.found, issue.section) for issue in by_unit["甲山社区"].issues] == [
        ("R102", "若干", "宣讲")
    ]
    assert by_unit["乙山社区"].status == "doubtful"  # 3 场 without anybody there


# --- duplicates

DAYS = ["", "2026年6月12日", "2026年6月18日", "6月19日", "2026.6.20"]
ISO = ["", "2026-06-12", "2026-06-18", "2026-06-19", "2026-06-20"]
MARKS = ["统计表", "统计表(2)", "统计表（3）", "统计表修改版", "统计表（最终版）"]


@few
@given(
    st.lists(
        st.tuples(st.sampled_from(range(5)), st.sampled_from(range(5))),
        min_size=2,
        max_size=4,
        unique_by=lambda p: p[1],
    )
)
def test_of_several_replies_the_later_day_counts_then_the_later_mark(copies: list[tuple[int, int]]) -> None:
    names = [f"甲山社区{MARKS[mark]}.docx" for _, mark in copies]
    sheets = {
        name: Sheet("甲山社区", {"videos": place + 1}, DAYS[day])
        for place, (name, (day, _)) in enumerate(zip(names, copies, strict=True))
    }
    collection = gather(sheets)
    latest = max(range(len(copies)), key=lambda place: copies[place])
    (duplicate,) = collection.duplicates
    assert duplicate.unit == "甲山社区"
    assert duplicate.counted.endswith(names[latest])
    assert sorted(name.rsplit("/", 1)[-1] for name in duplicate.others) == sorted(names[:latest] + names[latest + 1 :])
    assert total(collection, "videos") == latest + 1
    assert {reply.status for reply in collection.replies} == {"doubtful"}
    assert {reply.filled_on or "" for reply in collection.replies} == {ISO[day] for day, _ in copies}


@pytest.mark.parametrize(
    ("sheets", "why"),
    [
        ([("甲.docx", "6月12日"), ("乙.docx", "6月18日")], "填报日期较晚：2026-06-18"),
        ([("甲.docx", "6月12日"), ("乙.docx", "")], "只有这份读得出填报日期：2026-06-12"),
        ([("甲.docx", "6月18日"), ("甲(2).docx", "6月18日"), ("乙.docx", "6月12日")], "文件名标明是后改的"),
        ([("甲.docx", ""), ("甲修改版.docx", "")], "文件名标明是后改的"),
        ([("甲.docx", ""), ("乙.docx", "")], "排在后面"),
    ],
)
def test_what_is_said_of_a_duplicate_is_what_decided(sheets: list[tuple[str, str]], why: str) -> None:
    (duplicate,) = gather({name: Sheet("甲山社区", {"videos": 1}, day) for name, day in sheets}).duplicates
    assert duplicate.why == why


def test_a_copy_that_cannot_be_read_is_no_duplicate() -> None:
    collection = gather(
        {"甲山社区.docx": Sheet("甲山社区", {"talks": 3, "talkers": 60}), "甲山社区(2).docx": b"PK\x03\x04damaged"}
    )
    assert collection.duplicates == []
    assert total(collection, "talks") == 3
    assert {reply.file.rsplit("/", 1)[-1]: reply.status for reply in collection.replies} == {
        "甲山社区.docx": "accepted",
        "甲山社区(2).docx": "rejected",
    }


# --- units


def test_a_unit_is_known_from_the_form_then_the_file_then_the_folder() -> None:
    names = ["甲山社区", "乙山社区", "丙山社区"]
    collection = gather(
        {"1.docx": Sheet("甲山社区"), "乙山社区统计表.docx": Sheet(), "丙山社区/统计表.docx": Sheet()}, names
    )
    assert {reply.unit: reply.unit_from for reply in collection.replies} == dict(
        zip(names, ("form", "file", "folder"), strict=True)
    )


def test_what_the_form_says_counts_more_than_the_name_of_the_file() -> None:
    (reply,) = gather({"乙山社区统计表.docx": Sheet("甲山社区")}, ["甲山社区", "乙山社区"]).replies
    assert (reply.unit, reply.unit_from) == ("甲山社区", "form")


@pytest.mark.parametrize("written", ["", "子虚社区"])
def test_a_reply_of_an_unknown_unit_is_doubtful_and_left_out(written: str) -> None:
    collection = gather(
        {
            "新建文档.docx": Sheet(written, {"talks": 5, "talkers": 50}),
            "甲.docx": Sheet("甲山社区", {"talks": 2, "talkers": 9}),
        },
        ["甲山社区", "乙山社区"],
    )
    unknown = next(reply for reply in collection.replies if reply.file.endswith("新建文档.docx"))
    assert (unknown.unit, unknown.unit_from, unknown.status) == (None, None, "doubtful")
    assert total(collection, "talks") == 2
    assert collection.missing == ["乙山社区"]
    assert [file.rsplit("/", 1)[-1] for file in collection.counted] == ["甲.docx"]


def test_without_a_roster_every_name_is_a_unit_and_nobody_is_missing() -> None:
    collection = gather({"1.docx": Sheet("子虚社区", {"videos": 5}), "2.docx": Sheet("乌有社区", {"videos": 6})})
    assert ({reply.unit for reply in collection.replies}, collection.missing) == ({"子虚社区", "乌有社区"}, [])
    assert total(collection, "videos") == 11


def test_a_heading_label_in_other_words_still_names_the_unit() -> None:
    form = Sheet("甲山社区", {"talks": 3, "talkers": 60}).docx()
    words = docx_from(
        "附件2\n= 活动情况统计表\n社区名称（盖章）：甲山社区\n| 活动项目 | 活动情况 |\n"
        "| 宣讲 | 组织安全宣讲（3）场，参与（60）人次；制作短视频（1）条 |\n"
        "| 演练 | 开展应急演练（1）场，参与（9）人次；排查隐患（2）项，其中重大隐患（1）项 |"
    )
    for data in (form, words):
        (reply,) = gather({"新建文档.docx": data}, ["甲山社区", "乙山社区"]).replies
        assert (reply.unit, reply.unit_from, reply.status) == ("甲山社区", "form", "accepted")


# --- rejected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "R001"),
        (b"PK\x03\x04damaged", "R001"),
        ("= 联络员回执\n单位：甲山社区　姓名：某某　电话：0000-1234567", "R002"),
    ],
    ids=["empty", "damaged", "another form"],
)
def test_what_cannot_be_read_or_is_another_form_is_rejected_and_the_rest_goes_on(data: bytes | str, code: str) -> None:
    bad = data if isinstance(data, bytes) else docx_from(data)
    collection = gather({"甲山社区.docx": bad, "乙.docx": Sheet("乙山社区", {"videos": 4})})
    rejected = next(reply for reply in collection.replies if reply.file.endswith("甲山社区.docx"))
    assert (rejected.status, [issue.code for issue in rejected.issues]) == ("rejected", [code])
    assert rejected.values == {}
    assert total(collection, "videos") == 4


def test_an_empty_form_sent_back_is_a_reply() -> None:
    (reply,) = gather({"甲.docx": Sheet("甲山社区")}, ["甲山社区"]).replies
    assert (reply.status, reply.issues) == ("accepted", [])
    assert {reply.values[FIELDS[key].id] for key in NUMBERS} == {None}
