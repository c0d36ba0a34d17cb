"""A collection's totals and texts in the issuer's layout."""

from __future__ import annotations

from gongwen.collection import Collection, Reply, Value
from gongwen.fill import official_table, total_values
from gongwen.fill.official import counted_replies

from .conftest import Sample, texts
from .samples import GRID, PROSE


def reply(unit: str | None, values: dict[str, Value], file: str = "", status: str = "accepted") -> Reply:
    return Reply(file or f"{unit}.docx", unit, "form", status, values, [])  # type: ignore[arg-type]


def collected(
    sample: Sample, replies: list[Reply], totals: dict[str, int | float], counted: list[str] | None = None
) -> Collection:
    return Collection(
        form=sample.form.id, replies=replies, totals=totals, missing=[], duplicates=[], counted=counted or []
    )


def test_sums_texts_and_rows_of_all_units() -> None:
    sample = Sample.of(PROSE)
    ids = sample.ids()
    replies = [
        reply(
            unit,
            {
                ids["填报单位"]: unit,
                ids["活动简要情况"]: text,
                "g1": [{ids["活动名称"]: "演出", ids["组织"]: 1, ids["参与"]: 30}],
            },
        )
        for unit, text in (("甲社区", "开展得好。"), ("乙社区", None), ("丙社区", "无"))
    ]
    table = official_table(
        sample.data, sample.document, sample.spec, sample.form, collected(sample, replies, {ids["组织宣讲"]: 30})
    )
    written = "\n".join(texts(table)).replace(" ", "")
    assert "组织宣讲（30）场" in written
    assert "填报单位：　　　　" in written
    assert "活动简要情况：【甲社区】开展得好。" in written
    assert "【丙社区】无" not in written
    assert written.count("组织（1）场") == 3
    assert "活动名称（【乙社区】演出）" in written


def test_totals_of_totals_are_computed() -> None:
    sample = Sample.of(GRID)
    ids = sample.ids()
    values = total_values(sample.form, collected(sample, [], {ids["进企业/场次"]: 3, ids["进社区/场次"]: 4}))
    assert values[ids["合计/场次"]] == 7
    assert values[ids["合计/人数"]] is None


def test_only_what_is_counted_is_listed() -> None:
    sample = Sample.of(GRID)
    key = sample.ids()["进企业/备注"]
    replies = [
        reply("甲", {key: "新"}, "甲(2).docx"),
        reply("甲", {key: "旧"}, "甲.docx"),
        reply(None, {key: "谁"}),
        reply("乙", {key: "坏"}, status="rejected"),
    ]
    collection = collected(sample, replies, {}, ["甲(2).docx"])
    assert [one.file for one in counted_replies(collection)] == ["甲(2).docx"]
    assert total_values(sample.form, collection)[key] == "【甲】新"


def test_the_whole_notice_may_be_kept() -> None:
    sample = Sample.of("= 关于报送的通知\n各社区：\n请报送。" + GRID)
    whole = official_table(
        sample.data, sample.document, sample.spec, sample.form, collected(sample, [], {}), whole=True
    )
    assert texts(whole)[0] == "关于报送的通知"
