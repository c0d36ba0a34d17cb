"""The covering report says what the lists hold and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.write import Issue, Narrative, SummaryReport, Total, summary_document
from gongwen.write.summary import plain_number

from .conftest import part, texts

SUMMARY = SummaryReport(
    campaign="2025年“安全生产月”活动",
    as_of=date(2025, 6, 20),
    addressee="示范区安全生产委员会办公室",
    basis="《关于开展2025年“安全生产月”活动的通知》",
    totals=(
        Total("（一）主题宣讲", "专题宣讲", "场", 128, 3),
        Total("（一）主题宣讲", "参与人员", "人次", 3560.0, 3),
        Total("（二）应急演练", "应急演练", "场", Decimal("2.50"), 2),
    ),
    received=("东风社区", "向阳社区", "和平社区"),
    missing=("新华社区",),
    doubtful=("向阳社区",),
    issues=(
        Issue("向阳社区", "“应急演练”填写参与人员120人次，场次为0。"),
        Issue("向阳社区", "“参与人员”填写为“约2000”"),
    ),
    narratives=(Narrative("东风社区", "开展咨询日活动。\n组织疏散演练。"),),
    attachments=("统计表", "明细表"),
)
names = st.lists(st.text(st.sampled_from("东风向阳和平新华社区街道"), min_size=1, max_size=6), max_size=12).map(tuple)


def test_the_report_reads_as_an_official_one() -> None:
    found = texts(summary_document(SUMMARY))
    assert found[0] == "＿＿＿〔＿＿〕＿＿号"
    assert found[1].replace("\n", "") == "关于2025年“安全生产月”活动情况的汇总报告"
    assert found[3:8] == [
        "示范区安全生产委员会办公室：",
        "按照《关于开展2025年“安全生产月”活动的通知》要求，现将2025年“安全生产月”活动情况汇总报告如下，数据截至2025年6月20日。",
        "一、报送情况",
        "截至2025年6月20日，应报送单位4家，已报送3家，报送率75%；未报送1家。",
        "二、主要数据",
    ]
    assert found[8] == "根据3家单位报送的数据汇总，主要数据见下表。合计数包含1家单位尚需核实的数据。"
    assert found[found.index("三、存疑数据") :] == [
        "三、存疑数据",
        "经核对，以下1家单位的数据需要核实：向阳社区。",
        "核对中发现问题2处，具体如下。",
        "1.向阳社区。“应急演练”填写参与人员120人次，场次为0；“参与人员”填写为“约2000”。",
        "四、未报送单位",
        "截至2025年6月20日，以下1家单位未报送：新华社区。",
        "五、各单位工作开展情况",
        "以下内容摘自各单位报送的文字材料。",
        "（一）东风社区",
        "开展咨询日活动。",
        "组织疏散演练。",
        "特此报告。",
        "附件：1.\t统计表",
        "2.\t明细表",
        "＿＿＿＿＿＿＿＿",
        "＿＿年＿月＿日",
    ]


def test_the_table_holds_the_totals_as_given() -> None:
    rows = ["".join(str(text) for text in row.itertext()) for row in part(summary_document(SUMMARY)).iter("{*}tr")]
    assert rows == [
        "类别项目计量单位合计填报单位数",
        "（一）主题宣讲专题宣讲场1283",
        "参与人员人次35603",
        "（二）应急演练应急演练场2.52",
    ]


def test_without_sections_the_table_has_no_column_for_them() -> None:
    bare = replace(SUMMARY, totals=(Total("", "专题宣讲", "场", 1, 1),))
    assert "类别" not in texts(summary_document(bare))


def test_what_is_empty_is_left_out_or_said() -> None:
    found = texts(summary_document(SummaryReport(campaign="安全生产月活动", as_of=date(2025, 6, 20), draft=False)))
    assert found[1:] == [
        "现将安全生产月活动情况汇总报告如下，数据截至2025年6月20日。",
        "一、报送情况",
        "截至2025年6月20日，尚未收到单位报送的材料。",
        "二、主要数据",
        "尚未收到可以汇总的材料。",
        "特此报告。",
    ]


def test_a_report_without_doubts_says_so() -> None:
    found = texts(summary_document(replace(SUMMARY, doubtful=(), issues=())))
    assert found[found.index("三、存疑数据") + 1] == "经核对，未发现需要核实的数据。"


def test_without_a_roster_nobody_is_called_due() -> None:
    found = "".join(texts(summary_document(replace(SUMMARY, roster_known=False, missing=()))))
    assert "共收到3家单位报送的材料" in found
    assert "应报送" not in found
    assert "报送率" not in found


def test_what_could_not_be_used_is_named() -> None:
    found = texts(summary_document(replace(SUMMARY, rejected=("光明社区",), unattributed=("扫描件.pdf",))))
    assert "截至2025年6月20日，应报送单位5家，已报送3家，报送率60%；未报送1家；所报材料无法采用1家。" in found
    assert "以下1家单位所报材料无法读取或者不是规定的表格，未纳入汇总，需重新报送：光明社区。" in found
    assert "另有1份材料无法确认报送单位，未纳入汇总：扫描件.pdf。" in found


def test_more_issues_than_are_shown_are_counted() -> None:
    assert "核对中发现问题9处，其中主要问题如下。" in texts(summary_document(replace(SUMMARY, issues_found=9)))


def test_a_final_report_names_its_issuer_and_its_date() -> None:
    final = replace(SUMMARY, issuer="示范区宁安街道办事处", issued_on=date(2025, 6, 25), draft=False)
    found = texts(summary_document(final))
    assert found[0].replace("\n", "") == "示范区宁安街道办事处关于2025年“安全生产月”活动情况的汇总报告"
    assert found[-2:] == ["示范区宁安街道办事处", "2025年6月25日"]


@given(received=names, missing=names, rejected=names, doubtful=names)
def test_every_count_is_the_length_of_the_list_that_follows(
    received: tuple[str, ...], missing: tuple[str, ...], rejected: tuple[str, ...], doubtful: tuple[str, ...]
) -> None:
    summary = replace(SUMMARY, received=received, missing=missing, rejected=rejected, doubtful=doubtful, issues=())
    found = [block.text for block in summary_document(summary).body if hasattr(block, "text")]
    for text in found:
        for count, listed in re.findall(r"以下(\d+)家单位[^：]*：([^。]+)。", text):
            assert int(count) == len(listed.split("、")) == len(set(listed.split("、")))
    due = len({*received, *missing, *rejected})
    counted = next((int(match[1]) for text in found if (match := re.search(r"应报送单位(\d+)家", text))), 0)
    assert counted == due


@pytest.mark.parametrize(
    ("part_", "missing", "wanted"),
    [(2, 1, "66.7%"), (1999, 1, "99.9%"), (1, 1999, "0.1%"), (3, 0, "100%"), (0, 3, "0%")],
)
def test_the_share_is_whole_only_where_it_is(part_: int, missing: int, wanted: str) -> None:
    received = tuple(f"单位{n}" for n in range(part_))
    absent = tuple(f"缺{n}" for n in range(missing))
    assert f"报送率{wanted}" in "".join(
        texts(summary_document(replace(SUMMARY, received=received, missing=absent, doubtful=(), issues=())))
    )


def test_numbers_are_written_without_exponent_and_idle_zeros() -> None:
    assert [plain_number(n) for n in (0, 100, 1200000, 3.50, 1e16, Decimal("1E+3"), Decimal("0.10"))] == [
        "0",
        "100",
        "1200000",
        "3.5",
        "10000000000000000",
        "1000",
        "0.1",
    ]
