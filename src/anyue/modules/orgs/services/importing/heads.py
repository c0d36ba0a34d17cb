"""Headings of a table of units as offices write them, whatever their order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "code": ("单位代码", "代码", "编码", "区划代码", "统计用区划代码", "行政区划代码", "统计代码", "单位编码", "机构代码", "机构编码", "统计区划代码", "单位编号", "code"),
        "name": ("单位名称", "名称", "单位", "机构名称", "部门名称", "科室名称", "社区名称", "街道名称", "企业名称", "学校名称", "单位全称", "全称", "机构全称", "区划名称", "name", "unit"),
        "parent": ("上级代码", "上级单位代码", "上级编码", "父级代码", "父级编码", "上级区划代码", "上级机构代码", "主管单位代码", "所属单位代码", "隶属代码", "parentcode", "parent"),
        "above": ("上级单位", "上级", "上级名称", "上级单位名称", "上级机构", "父级", "父级名称", "主管单位", "主管部门", "所属单位", "所属", "隶属", "隶属单位", "隶属关系", "所属街道", "所属部门", "所属街镇", "parentname"),
        "kind": ("类型", "类别", "单位类型", "单位类别", "机构类型", "机构类别", "单位性质", "性质", "层级", "单位层级", "级别", "kind", "type"),
        "area_code": ("所在地代码", "所在地区划代码", "所在区划代码", "属地代码", "属地区划代码", "区域代码", "所在区域代码", "地区代码", "注册地区划代码", "areacode", "area"),
        "uscc": ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码证号", "uscc", "creditcode"),
        "short_name": ("简称", "单位简称", "机构简称", "shortname"),
        "phone": ("值班电话", "联系电话", "电话", "办公电话", "单位电话", "phone"),
        "address": ("地址", "单位地址", "详细地址", "办公地址", "经营地址", "注册地址", "address"),
    }
)  # fmt: skip
TITLES: Mapping[str, str] = MappingProxyType({field: words[0] for field, words in COLUMNS.items()})
"""The heading that our own template and export write."""
_BY_WORD = {word: field for field, words in COLUMNS.items() for word in words}
LOOKED_AT = 30
"""Rows at the top among which the headings are looked for: a title and a line of 填表说明 may stand above."""


def key(heading: str) -> str:
    """A heading as it is compared: without blanks, marks, and what stands in brackets."""
    bare = re.sub(r"[（(【\[][^（()）\[\]【】]*[)）】\]]", "", heading)
    return re.sub(r"[\W_]+", "", bare).lower()


def fields_of(row: Sequence[str]) -> dict[int, str]:
    """Which field each column of a heading row is; a second column of one field counts as none."""
    found: dict[int, str] = {}
    for number, heading in enumerate(row):
        field = _BY_WORD.get(key(heading))
        if field and field not in found.values():
            found[number] = field
    return found


def heading_row(rows: Sequence[Sequence[str]]) -> tuple[int, dict[int, str]] | None:
    """The row of headings among the first ones and its fields: the one with the most known ones, a name among them."""
    best: tuple[int, dict[int, str]] | None = None
    for number, row in enumerate(rows[:LOOKED_AT]):
        fields = fields_of(row)
        if "name" in fields.values() and (best is None or len(fields) > len(best[1])):
            best = number, fields
    # One word alone may be the title of a sheet (单位) or a column of a list of names, which is enough only by itself.
    return best
