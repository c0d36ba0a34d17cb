"""People to ask, with their phones and e-mails."""

from __future__ import annotations

import pytest

from .said import notice

CASES = [
    ("联系人：安小宁，联系电话：0000-1234567。", [("安小宁", "0000-1234567", None)]),
    ("联系人：安小宁　电话：0000-1234567", [("安小宁", "0000-1234567", None)]),
    ("联系人：安小宁\n联系电话：0000-1234567", [("安小宁", "0000-1234567", None)]),
    ("（联系人：安小宁；联系电话：0000-1234567）", [("安小宁", "0000-1234567", None)]),
    ("联系人：安小宁 13800001234", [("安小宁", "13800001234", None)]),
    ("联系人及电话：李佳彤、王翔，84630013", [("李佳彤", "84630013", None), ("王翔", "84630013", None)]),
    ("联系人：李佳彤 84630013，王翔 84630014", [("李佳彤", "84630013", None), ("王翔", "84630014", None)]),
    ("联系人：李佳彤（84630013）、王翔（84630014）", [("李佳彤", "84630013", None), ("王翔", "84630014", None)]),
    ("联 系 人：安小宁　　联系电话：0000—1234567", [("安小宁", "0000-1234567", None)]),
    (
        "联系人：安小宁，电话：0000-1234567，邮箱：anyueban@yunting.example。",
        [("安小宁", "0000-1234567", "anyueban@yunting.example")],
    ),
    ("联系人：安小宁，电话：0000-1234567，传真：0000-7654321。", [("安小宁", "0000-1234567", None)]),
    ("联系电话：0000-1234567", [(None, "0000-1234567", None)]),
    ("联系人：安小宁", [("安小宁", None, None)]),
    ("联系人：欧阳小宁，电话：84630013", [("欧阳小宁", "84630013", None)]),
]


@pytest.mark.parametrize(("said", "people"), CASES, ids=[case[0] for case in CASES])
def test_a_person_is_read_with_what_belongs_to_them(
    said: str, people: list[tuple[str | None, str | None, str | None]]
) -> None:
    found = notice(f"# 一、工作要求\n请认真组织。\n{said}").contacts
    assert [(one.name, one.phone, one.email) for one in found] == people


@pytest.mark.parametrize(
    "said",
    [
        "拨打12350举报投诉电话反映隐患。",
        "云应急〔2026〕17号",
        "参与人数达12345678人次。",
        "请于2026年6月20日前报送。",
    ],
)
def test_other_numbers_are_no_phones(said: str) -> None:
    assert notice(f"# 一、工作要求\n{said}").contacts == []


def test_the_one_address_of_the_body_belongs_to_the_contacts() -> None:
    spec = notice("请将总结发送至anyueban@yunting.example。\n联系人：安小宁，电话：84630013。")
    assert [(one.name, one.email) for one in spec.contacts] == [("安小宁", "anyueban@yunting.example")]


def test_phones_in_the_blank_form_are_nobodys() -> None:
    spec = notice("请认真组织。", "---\n附件\n= 统计表\n填报人：　　　　联系电话：\n| 宣讲 | 开展（  ）场 |")
    assert spec.contacts == []
