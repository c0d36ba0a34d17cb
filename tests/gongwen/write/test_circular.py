"""A circular on progress: every number is counted, nobody is praised or blamed by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongwen.write import (
    CircularSpec,
    DutyHead,
    Heading,
    Item,
    Para,
    Parent,
    TableSpec,
    UnitProgress,
    circular_document,
    progress_circular,
)
from gongwen.write.circular import State

from .conftest import Render, styled

DUTIES = (DutyHead("签收", date(2026, 5, 20)), DutyHead("联络员回执"), DutyHead("统计表", date(2026, 6, 20)))
SPEC = CircularSpec(
    issuer="云汀区安全生产委员会办公室",
    campaign="2026年“安全生产月”活动",
    as_of=date(2026, 6, 10),
    duties=DUTIES,
    units=(
        UnitProgress("柳岸街道", ("done", "done", "done")),
        UnitProgress("石桥社区", ("done", "overdue", "open")),
        UnitProgress("采石社区", ("done_late", "overdue", "overdue")),
        UnitProgress("区教育局", ("done", "exempt", "exempt")),
    ),
    parents=(Parent("关于开展活动的通知", "云安办〔2026〕17号"),),
    catch_up=date(2026, 6, 15),
    requests=("1.加强调度",),
    number_prefix="云安办",
)


def said(spec: CircularSpec, heading: str) -> list[str]:
    """The texts under a heading of level 1."""
    found, inside = [], False
    for block in circular_document(spec).body:
        if isinstance(block, Heading):
            inside = block.text == heading
        elif inside and isinstance(block, Para | Item):
            found.append(block.text)
    return found


def table(spec: CircularSpec) -> TableSpec:
    document = circular_document(spec)
    blocks = [*document.body, *(block for one in document.attachments for block in one.body)]
    (found,) = [block for block in blocks if isinstance(block, TableSpec)]
    return found


def with_states(*states: tuple[State, ...]) -> CircularSpec:
    return replace(SPEC, units=tuple(UnitProgress(f"单位{n}", one) for n, one in enumerate(states)))


def test_it_is_a_draft_with_number_and_date_open() -> None:
    document = circular_document(SPEC)
    assert document.title == "云汀区安全生产委员会办公室关于2026年“安全生产月”活动进展情况的通报"
    assert styled(document, "DocumentNumber") == ["云安办〔2026〕\u3000号"]
    assert styled(document, "Signature") == ["云汀区安全生产委员会办公室", "2026年\u3000月\u3000日"]
    assert styled(document, "Label") == ["代拟稿\t签发人：＿＿＿＿＿"]
    assert progress_circular(SPEC) == progress_circular(SPEC)


def test_it_says_what_it_rests_on_and_of_which_day_it_speaks() -> None:
    assert circular_document(SPEC).body[0] == Para(
        "根据《关于开展活动的通知》（云安办〔2026〕17号）要求，现将2026年“安全生产月”活动进展情况通报如下，"
        "数据截至2026年6月10日。"
    )


def test_the_whole_is_counted_from_the_states() -> None:
    assert said(SPEC, "总体情况") == [
        "本次通报涉及4家单位、3项工作，应完成10项次，已完成6项次，完成率60%（其中逾期完成1项次）；逾期未完成3项次；尚未到期1项次。",
        "全部工作按时完成的单位2家，予以表扬；有逾期未完成事项的单位2家，予以通报批评。",
    ]


def test_where_nobody_is_late_nobody_is_blamed() -> None:
    spec = with_states(("done", "done", "open"))
    assert said(spec, "总体情况")[1] == "全部工作按时完成的单位0家；有逾期未完成事项的单位0家。"
    assert said(spec, "逾期未完成情况") == ["截至2026年6月10日，没有逾期未完成的事项。"]
    assert said(spec, "下一步要求") == ["请有未到期事项的单位对照时限抓紧推进，按时报送。", "加强调度。"]


def test_a_unit_that_nothing_falls_to_is_not_praised() -> None:
    spec = with_states(("exempt", "exempt", "exempt"))
    assert said(spec, "总体情况") == ["目前没有需要完成的事项。"]
    assert table(spec).rows == (("单位0", "—", "—", "—", "—"),)


def test_what_was_done_late_is_done_but_not_in_time() -> None:
    assert said(with_states(("done", "done_late", "done")), "总体情况")[1].startswith("全部工作按时完成的单位0家；")


def test_the_table_has_units_down_and_duties_across() -> None:
    found = table(SPEC)
    assert [column.head for column in found.columns] == [
        "单位",
        "签收\n5月20日",
        "联络员回执",
        "统计表\n6月20日",
        "已完成/\n应完成",
    ]
    assert found.rows == (
        ("柳岸街道", "完成", "完成", "完成", "3/3"),
        ("石桥社区", "完成", "逾期", "未到期", "1/3"),
        ("采石社区", "逾期完成", "逾期", "逾期", "1/3"),
        ("区教育局", "完成", "—", "—", "1/1"),
    )
    assert found.note.startswith("注：表头日期为完成时限；“逾期完成”为超过时限后完成；")


def test_the_note_explains_only_what_stands_in_the_table() -> None:
    spec = replace(with_states(("done", "overdue", "done")), duties=tuple(DutyHead(one.name) for one in DUTIES))
    assert table(spec).note == "注：“逾期”为超过时限仍未完成。"


def test_who_is_late_is_named_with_what_is_missing() -> None:
    assert said(SPEC, "逾期未完成情况") == [
        "截至2026年6月10日，以下2家单位有逾期未完成的事项：",
        "石桥社区：联络员回执，共1项。",
        "采石社区：联络员回执和统计表，共2项。",
    ]


def test_what_is_asked_next_has_a_day() -> None:
    assert said(SPEC, "下一步要求") == [
        "请有逾期未完成事项的单位于6月15日前完成，并将完成情况报送我办。",
        "请有未到期事项的单位对照时限抓紧推进，按时报送。",
        "加强调度。",
    ]
    assert said(replace(SPEC, catch_up=None), "下一步要求")[0].startswith("请有逾期未完成事项的单位尽快完成")


def test_many_duties_go_to_a_wide_attachment() -> None:
    duties = tuple(DutyHead(f"工作{n}") for n in range(6))
    states: tuple[State, ...] = ("done",) * 6
    document = circular_document(replace(SPEC, duties=duties, units=(UnitProgress("柳岸街道", states),)))
    (attachment,) = document.attachments
    assert attachment.landscape
    assert Para("各单位完成情况见附件。") in document.body


def test_the_column_of_units_is_as_wide_as_most_of_their_names_ask_for() -> None:
    states: tuple[State, ...] = ("done",) * 3
    short = replace(SPEC, units=tuple(UnitProgress(f"柳岸{n}", states) for n in range(9)))
    long = replace(SPEC, units=tuple(UnitProgress("区住房和城乡建设局", states) for _ in range(9)))
    endless = replace(SPEC, units=(UnitProgress("区" * 40, states),))

    assert [table(one).columns[0].width for one in (short, long, endless)] == [2.6, 4.5, 7.0]


def test_without_duties_or_units_it_still_says_so() -> None:
    bare = CircularSpec(issuer="云汀区应急管理局", campaign="活动", as_of=date(2026, 6, 10), duties=(), units=())
    assert [block.text for block in circular_document(bare).body if isinstance(block, Heading | Para)] == [
        "现将活动进展情况通报如下，数据截至2026年6月10日。",
        "总体情况",
        "目前没有需要完成的事项。",
    ]


def test_states_that_do_not_fit_the_duties_are_refused() -> None:
    with pytest.raises(ValueError, match="1 states for 3 duties"):
        replace(SPEC, units=(UnitProgress("柳岸街道", ("done",)),))


def test_issuer_and_campaign_are_needed() -> None:
    with pytest.raises(ValueError, match="issuer and a campaign"):
        replace(SPEC, campaign="")


def test_the_table_fits_the_text_area_and_its_head_repeats(render: Render) -> None:
    states: tuple[State, ...] = ("done", "overdue", "open")
    many = replace(SPEC, units=tuple(UnitProgress(f"第{n}社区居民委员会", states) for n in range(60)))
    pages = render({"many": circular_document(many)})["many"]
    heads = [page for page in pages if any(line.text.startswith("签收") for line in page.body())]
    assert len(heads) >= 3
    for page in heads:
        assert all(line.left >= 27 and line.right <= 186 for line in page.body())
