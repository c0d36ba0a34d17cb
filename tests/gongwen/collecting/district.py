"""A small form and replies to it in a few words."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gongwen import LoadedNotice, collect
from gongwen.collection import Collection
from gongwen.compile import compile_documents
from gongwen.readers import Source
from gongwen.readers.docx import read_docx
from gongwen.spec import Field
from tests.support.notation import docx_from

FORM = """
    附件2
    = 活动情况统计表
    填报单位：{unit}　　　　联系人：{person}　　　　填报日期：{day}
    | 活动项目 | 活动情况 |
    | 宣讲 | 组织安全宣讲（{talks}）场，参与（{talkers}）人次；制作短视频（{videos}）条 |
    | 演练 | 开展应急演练（{drills}）场，参与（{drillers}）人次；排查隐患（{found}）项，其中重大隐患（{grave}）项 |
    | 其他特色活动 | {more}¶活动简要情况：{story} |
"""
MORE = "活动名称（{}），组织（{}）场/次，参与（{}）人次。"
NUMBERS = ("talks", "talkers", "videos", "drills", "drillers", "found", "grave")
BLANK = "      "


@dataclass(frozen=True)
class Sheet:
    """One filled form: what stands in each blank, as written."""

    unit: str = ""
    written: Mapping[str, object] = field(default_factory=dict)
    day: str = ""
    more: Sequence[tuple[object, object, object]] = ()
    story: str = ""
    person: str = ""

    def docx(self) -> bytes:
        numbers = {key: self.written.get(key, BLANK) for key in NUMBERS}
        lines = "¶".join(MORE.format(*one) for one in self.more) or MORE.format(BLANK, BLANK, BLANK)
        return docx_from(
            FORM.format(unit=self.unit, day=self.day, person=self.person, more=lines, story=self.story, **numbers)
        )


def notice() -> LoadedNotice:
    """The empty form as a loaded notice of 2026."""
    heading = "= 关于开展2026年“安全生产月”活动的通知\n    各社区：\n    请认真组织，于6月20日前报送附件2。\n    > 2026年5月20日\n    ---\n"
    data = docx_from(
        f"    {heading}"
        + FORM.format(
            unit="", day="", person="", more=MORE.format(*[BLANK] * 3), story="", **dict.fromkeys(NUMBERS, BLANK)
        )
    )
    document = read_docx(data, "通知.docx")
    return LoadedNotice("通知.docx", [Source("通知.docx", data=data)], [document], compile_documents([document]))


NOTICE = notice()
FIELDS: dict[str, Field] = dict(
    zip(
        (*("unit", "person", "day"), *NUMBERS, *("name", "times", "people", "story")),
        NOTICE.spec.forms[0].fields,
        strict=True,
    )
)


def gather(sheets: Mapping[str, Sheet | bytes], roster: Sequence[str] | None = None) -> Collection:
    """The replies, by the names of their files, collected."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "回复"
        for name, sheet in sheets.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(sheet if isinstance(sheet, bytes) else sheet.docx())
        units = None
        if roster is not None:
            units = Path(home) / "单位名单.csv"
            units.write_text("\n".join(["单位名称", *roster]), "utf-8")
        return collect(NOTICE, [folder], units)


def total(collection: Collection, key: str) -> float:
    return collection.totals[FIELDS[key].id]
