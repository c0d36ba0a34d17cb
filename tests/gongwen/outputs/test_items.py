"""All items of a notice as one list: what they say, where they stand, which are sure, and keys that last."""

from __future__ import annotations

from textwrap import dedent
from typing import Any, get_args

import pytest

from gongwen.compile import compile_documents
from gongwen.model import Document
from gongwen.outputs.finding import Finder
from gongwen.outputs.items import LABELS, ItemKind, SpecItem, item_spans, spec_items
from gongwen.readers.docx import read_docx
from gongwen.spec import Deadline, Evidence, Fuzzy, NoticeSpec, Warning_
from tests.support.notation import docx_from

TITLE = "云汀区应急管理局关于开展2026年“安全生产月”活动的通知"
NOTICE = f"""
= {TITLE}
> 云应急〔2026〕12号
各街道、各社区：
2026年6月是第25个全国“安全生产月”，主题是“人人讲安全、个个会应急”。活动时间为6月1日至30日。6月16日为全国“安全宣传咨询日”。
# 一、主要任务
各街道要组织开展安全宣讲进社区活动。
请各社区于6月20日前将统计表（附件）报送区应急管理局。
联系人：安小宁，联系电话：0000-1234567
附件：活动情况统计表
> 云汀区应急管理局
> 2026年5月20日
---
附件
活动情况统计表
| 项目 | 场次 |
| 宣讲 | 开展（  ）场 |
"""


SINGLE = ["title", "doc_no", "issuer", "issued_on"] + [
    kind for kind in get_args(ItemKind) if kind.startswith("campaign_")
]


def read(text: str = NOTICE) -> Document:
    return read_docx(docx_from(dedent(text)), "通知.docx")


def listed(text: str = NOTICE) -> list[SpecItem]:
    document = read(text)
    return spec_items(compile_documents([document]), [document])


def of(items: list[SpecItem], kind: str) -> list[SpecItem]:
    return [item for item in items if item.kind == kind]


def only(items: list[SpecItem], kind: str) -> SpecItem:
    (item,) = of(items, kind)
    return item


def words(item: SpecItem) -> str | None:
    return item.evidence.text if item.evidence else None


def test_every_kind_is_listed_with_its_value_and_its_words() -> None:
    items = listed()
    assert [(item.kind, item.value, words(item)) for item in items if item.kind not in ("task", "field", "form")] == [
        ("title", TITLE, TITLE),
        ("doc_no", "云应急〔2026〕12号", "云应急〔2026〕12号"),
        ("issuer", "云汀区应急管理局", "云汀区应急管理局"),
        ("issued_on", "2026-05-20", "2026年5月20日"),
        ("addressee", "各街道", "各街道"),
        ("addressee", "各社区", "各社区"),
        ("campaign_name", "安全生产月", "“安全生产月”"),
        ("campaign_year", "2026", "2026年"),
        ("campaign_edition", "25", "第25个"),
        ("campaign_theme", "人人讲安全、个个会应急", "人人讲安全、个个会应急"),
        ("campaign_start", "2026-06-01", "6月1日"),
        ("campaign_end", "2026-06-30", "6月1日至30日"),
        ("key_date", "2026-06-16", "6月16日为全国“安全宣传咨询日”"),
        ("deadline", "2026-06-20", "请各社区于6月20日前将统计表（附件）报送区应急管理局"),
        ("contact", "0000-1234567", "0000-1234567"),
        ("attachment", "活动情况统计表", "活动情况统计表"),
    ]
    assert all(item.sure for item in items)


def test_the_signature_is_found_not_the_title_that_names_the_same_office() -> None:
    issuer = only(listed(), "issuer")
    assert issuer.evidence is not None
    assert issuer.evidence.block == 9


def test_a_form_and_its_fields_are_items() -> None:
    items = listed()
    form, field = only(items, "form"), only(items, "field")
    assert (form.label, form.value) == ("附件", "活动情况统计表")
    assert field.key == f"{form.key}-{field.key[len(form.key) + 1 :]}"
    assert field.value == "integer 场"
    assert field.pointer == "/forms/0/fields/0"


def test_a_pointer_leads_to_the_item_in_the_json_of_the_notice() -> None:
    document = read()
    spec = compile_documents([document])
    for item in spec_items(spec, [document]):
        node: Any = spec.to_dict()
        for step in item.pointer.split("/")[1:]:
            node = node[int(step)] if isinstance(node, list) else node[step]
        assert node is not None


def test_keys_are_told_apart_and_fit_a_list_between_blanks() -> None:
    keys = [item.key for item in listed()]
    assert len(set(keys)) == len(keys)
    assert all(key.isascii() and key.split() == [key] for key in keys)


def test_keys_stay_when_other_words_are_put_before_them() -> None:
    before = {item.key for item in listed()}
    moved = listed(
        NOTICE.replace("# 一、主要任务", "请认真组织实施，务求取得实效，确保活动安全有序开展。\n# 一、主要任务")
    )
    assert before <= {item.key for item in moved}


def test_words_that_stand_twice_have_two_keys() -> None:
    twice = Evidence(0, 0, None, None, 0, 4, "按时报送")
    deadlines = [Deadline("2026-06-20", [name], ["统计表"], None, twice) for name in ("甲街道", "乙街道")]
    first, second = of(spec_items(NoticeSpec(source=[], deadlines=deadlines)), "deadline")
    assert second.key == f"{first.key}-2"


def test_what_is_missing_is_an_item_without_a_value_and_not_sure() -> None:
    items = spec_items(NoticeSpec(source=[]))
    assert [item.kind for item in items] == SINGLE
    assert set(LABELS) == set(get_args(ItemKind))
    assert not any(item.sure or item.value or item.evidence for item in items)


@pytest.mark.parametrize(
    ("deadline", "value", "sure"),
    [
        ({"due": "2026-06-20"}, "2026-06-20", True),
        ({"due": None, "recurs": "FREQ=WEEKLY;BYDAY=FR"}, "FREQ=WEEKLY;BYDAY=FR", True),
        ({"due": None, "relative": "活动结束后"}, "活动结束后", False),
        ({"due": None, "fuzzy": Fuzzy("2026-06-01", "2026-06-10")}, "2026-06-01/2026-06-10", False),
        ({"due": "2026-06-10", "fuzzy": Fuzzy("2026-06-01", "2026-06-10")}, "2026-06-10", False),
        ({"due": None}, None, False),
    ],
)
def test_a_vague_deadline_is_not_sure(deadline: dict[str, Any], value: str | None, sure: bool) -> None:
    here = Evidence(0, 0, None, None, 0, 4, "按时报送")
    one = Deadline(who=["各街道"], deliverables=["统计表"], recipient=None, evidence=here, **deadline)
    item = only(spec_items(NoticeSpec(source=[], deadlines=[one])), "deadline")
    assert (item.value, item.sure) == (value, sure)


def test_a_doubt_about_a_deadline_leaves_the_task_on_the_same_words_sure() -> None:
    spec = compile_documents([read()])
    doubt = Warning_("N213", "没有写明由谁办理", spec.deadlines[0].evidence, {})
    items = spec_items(NoticeSpec(source=[], deadlines=spec.deadlines, tasks=spec.tasks, warnings=[doubt]))
    assert only(items, "deadline").sure is False
    assert all(item.sure for item in of(items, "task"))


def test_a_mended_line_makes_unsure_every_item_on_it() -> None:
    document = read()
    spec = compile_documents([document])
    task = spec.tasks[0]
    doubt = Warning_("N201", "一段话被分页截断", task.evidence, {})
    doubted = NoticeSpec(source=spec.source, tasks=spec.tasks, warnings=[doubt])
    assert [item.sure for item in of(spec_items(doubted), "task")] == [False] + [True] * (len(spec.tasks) - 1)


def test_a_month_that_was_assumed_is_not_sure_and_shows_why() -> None:
    items = listed(NOTICE.replace("活动时间为6月1日至30日。", ""))
    start = only(items, "campaign_start")
    assert (start.value, start.sure) == ("2026-06-01", False)
    assert words(start) == only(items, "warning").evidence.text  # type: ignore[union-attr]


def test_an_attachment_that_did_not_come_is_not_sure() -> None:
    items = listed(NOTICE.split("---", maxsplit=1)[0])
    assert [item.sure for item in of(items, "attachment")] == [False]


def test_spans_bear_the_key_and_kind_of_their_item() -> None:
    items = listed()
    spans = item_spans(items)
    assert {(span.key, span.kind) for span in spans} == {(item.key, item.kind) for item in items if item.evidence}


# --- finding words


def found(text: str, *wanted: str) -> list[tuple[int, int | None, str]]:
    evidence = Finder([read(text)]).first(*wanted)
    spans = [] if evidence is None else [evidence, *(evidence.also or [])]
    return [(span.block, span.row, span.text) for span in spans]


def test_words_are_found_whatever_blanks_stand_between_them() -> None:
    assert found("甲  乙 丙丁", "乙丙") == [(0, None, "乙 丙")]


def test_words_that_run_on_into_the_next_paragraph_have_two_spans() -> None:
    assert found("= 关于开展\n= 活动的通知", "关于开展活动的通知") == [
        (0, None, "关于开展活动的通知"),
        (1, None, "活动的通知"),
    ]


def test_brackets_and_digits_are_found_in_any_width() -> None:
    assert found("云应急［２０２６］１２号", "云应急〔2026〕12号") == [(0, None, "云应急［２０２６］１２号")]


def test_words_are_found_in_cells() -> None:
    assert found("| 甲 | 联系电话 |", "联系电话") == [(0, 0, "联系电话")]


def test_words_that_stand_nowhere_are_not_found() -> None:
    assert found("甲乙", "丙", "") == []
