"""The units that owe a reply, and the matching of names as people write them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from ..collection import RosterUnit
from ..errors import Unreadable
from ..model import Document, Table
from ..readers import printable, read

UnitFrom = Literal["form", "file", "folder"]
_HEADS = {
    "name": r"^(?:单位名称|单位|名称|name|unit|机构名称|部门名称|社区名称)$",
    "code": r"^(?:单位代码|代码|编码|code|统计代码)$",
    "contact": r"^(?:联系人|联络员|contact|姓名|负责人)$",
    "phone": r"^(?:电话|联系电话|手机|phone|联系方式|手机号码?)$",
    "parent": r"^(?:上级|上级单位|主管单位|parent|所属)$",
}
_NOISE = re.compile(
    r"附\s*件\s*[0-9一二三四五六七八九十]*|附\s*表\s*[0-9一二三四五六七八九十]*|20\d{2}\s*年?(?:度)?|\d{1,2}\s*月\s*(?:\d{1,2}\s*日)?|[（(]\s*(?:\d+|修改版?|最终版?|终稿|定稿|更新|新|改|盖章版?|扫描件|电子版|已盖章|已填|word|pdf)\s*[)）]"
    r"|最终版?|修改版?|终版|定稿|修订版?|更新版?|扫描件|盖章版?|电子版|已盖章|副本|回复|反馈|上报|填报|报送|v\d+|V\d+|[-_—·.、,，\s\u3000]+|copy",
    re.IGNORECASE,
)  # fmt: skip
_SUFFIX = re.compile(
    r"(?:社区居民委员会|居民委员会|社区居委会|村民委员会|村委会|居委会|社区工作站|社区党委|有限责任公司|股份有限公司|有限公司|街道办事处|人民政府|办事处|社区|村|街道|局|科|办公室|中心)$"
)


def name_key(name: str) -> str:
    """A unit's name as it is compared."""
    return re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", name).lower()


_KINDS = {
    "社区": "社区",
    "居": "社区",
    "村": "村",
    "街道": "街道",
    "办事处": "街道",
    "局": "局",
    "科": "科",
    "办": "办",
    "中心": "中心",
    "公司": "公司",
}


def _kind(key: str) -> str:
    """What kind of unit a name says that it is: 社区, 街道, 村 …; empty where it does not."""
    found = _SUFFIX.search(key)
    if not found:
        return ""
    suffix = found.group(0)
    return next((kind for word, kind in _KINDS.items() if word in suffix), suffix)


class Roster:
    """The units by name. Without a roster every name that a reply gives is taken as it is."""

    def __init__(self, units: Sequence[RosterUnit] | None) -> None:
        self.units = list(units or ())
        self.known = units is not None
        self._by_key = {name_key(unit.name): unit.name for unit in self.units}
        self._short: dict[str, list[str]] = {}
        for unit in self.units:
            short = _SUFFIX.sub("", name_key(unit.name))
            if len(short) >= 2:
                self._short.setdefault(short, []).append(unit.name)

    def match(self, written: str) -> str | None:
        """The unit that a written name means; None where it is none or could be several.

        Names are never taken for each other by likeness: 长安园 is not 长安里. A name without its kind (石塘) or with more
        words around it (云汀区石塘街道办事处) is found where only one unit of the roster fits, and of the same kind.
        """
        key = name_key(re.sub(r"[（(](?:盖?章|公章|印章|加盖公章|签章)[)）]", "", written))
        if not key:
            return None
        if not self.known:
            return re.sub(r"\s+", "", written).strip("：:，,。；;（）()_") or None
        if key in self._by_key:
            return self._by_key[key]
        inside = [name for known, name in self._by_key.items() if known in key]
        if inside:
            longest = max(inside, key=len)
            return longest if all(name_key(name) in name_key(longest) for name in inside) else None
        bare, kind = _SUFFIX.sub("", key), _kind(key)
        if len(bare) < 2:
            return None
        around = [name for known, name in self._by_key.items() if key in known]
        if len(around) == 1:
            return around[0]
        fits = [name for short, names in self._short.items() if short in (bare, bare[-len(short) :]) for name in names]
        fits = [name for name in fits if not kind or _kind(name_key(name)) in ("", kind)]
        return fits[0] if len(fits) == 1 else None

    def in_head(self, document: Document) -> str | None:
        """The unit that a 单位 line at the head of a reply names, whatever its label; None where several are named."""
        if not self.known:
            return None
        found = {self.match(written) for written in _named_at_head(document)} - {None}
        return found.pop() if len(found) == 1 else None

    def in_path(self, file: str, title: str) -> tuple[str | None, UnitFrom | None]:
        """The unit named by a file's name, else by its folder."""
        parts = re.split(r"[/\\]", file)
        stem = re.sub(r"\.[A-Za-z]{2,5}$", "", parts[-1])
        for text, source in ((stem, "file"), *((folder, "folder") for folder in reversed(parts[:-1]))):
            unit = self._named(text, title)
            if unit is not None:
                return unit, source  # type: ignore[return-value]
        return None, None

    def _named(self, text: str, title: str) -> str | None:
        if self.known:
            key = name_key(text)
            inside = [name for known, name in self._by_key.items() if known in key]
            if inside:
                return max(inside, key=len)
            short = [(bare, names) for bare, names in self._short.items() if bare in key and len(names) == 1]
            if short:
                bare, names = max(short, key=lambda pair: len(pair[0]))
                if len(bare) >= 2 and (len(short) == 1 or all(other in bare for other, _ in short)):
                    return names[0]
            return None
        left = name_key(_NOISE.sub("", text))
        title_key = name_key(_NOISE.sub("", title))
        for size in range(len(title_key), 3, -1):
            for start in range(len(title_key) - size + 1):
                piece = title_key[start : start + size]
                if piece in left:
                    left = left.replace(piece, "")
        left = re.sub(
            r"(?:关于|安全生产月|活动|情况|统计表|反馈表|进展|汇总|登记表|表|的)+$|^(?:关于|安全生产月|活动)+", "", left
        )
        return left if 2 <= len(left) <= 24 and not left.isdigit() and re.search(r"[\u4e00-\u9fff]{2}", left) else None


_HEAD_LINES = 12
_OURS = r"(?:单\s*位|学\s*校|社\s*区|街\s*道|部\s*门|企\s*业|机\s*构|公\s*司|科\s*室|村)(?:名\s*称|全\s*称|名)?"
_UNIT_LABEL = re.compile(
    rf"(?<![\u4e00-\u9fff])((?:[\u4e00-\u9fff] ?){{0,6}}{_OURS})\s*(?:[（(【\[][^（()）\[\]【】]{{0,12}}[)）】\]])?\s*([:：]|$)"
)
_NOT_OURS = re.compile(
    r"主送|抄送|主管|上级|监管|受检|被|检查|指导|承办|主办|协办|合作|发文|印发|组织|牵头|接收|收件|汇总"
)
_NEXT = re.compile(r"[\t\n\u3000]|\s{2,}|\s(?=[^\s:：]{2,8}[:：])")


def _named_at_head(document: Document) -> Iterator[str]:
    """What is written behind every label for the sender's unit in the first lines, or in the cell right of it."""
    for line in _head_lines(document):
        for piece, beside in zip(line, [*line[1:], ""], strict=True):
            for label in _UNIT_LABEL.finditer(piece):
                # without a colon only 单位 and 名称 are labels: a cell may hold the name of a unit, too
                if _NOT_OURS.search(label[1]) or not (label[2] or re.search(r"位$|称$", label[1])):
                    continue
                yield _NEXT.split((piece[label.end() :].strip(" _\u3000\t\n") or beside).strip())[0]


def _head_lines(document: Document) -> Iterator[list[str]]:
    """The first lines, those of the first table among them: a paragraph is one piece, a row as many as it has cells."""
    lines: list[list[str]] = []
    for block in document.blocks:
        if len(lines) >= _HEAD_LINES:
            break
        if isinstance(block, Table):
            for row in range(min(block.rows, 3)):
                cells = sorted((cell for cell in block.cells if cell.row == row), key=lambda cell: cell.column)
                lines.append([cell.text for cell in cells])
            break
        lines += [[line] for line in block.text.split("\n") if line.strip()]
    yield from lines[:_HEAD_LINES]


def read_roster(path: str | Path) -> Roster:
    """A roster from a sheet or csv: head row with 单位名称 or ``name``, or one bare column of names."""
    units: dict[str, RosterUnit] = {}
    columns: dict[str, int] = {}
    for row in _rows(read(Path(path))):
        heads = _heads(row)
        if not units and "name" in heads:
            columns = heads
            continue
        unit = _unit(row, columns)
        if unit is not None:
            units.setdefault(name_key(unit.name), unit)
    if not units:
        raise Unreadable(printable(Path(path).name), "U022")
    return Roster(list(units.values()))


def _heads(row: list[str]) -> dict[str, int]:
    """Which columns of a head row hold what."""
    found: dict[str, int] = {}
    for key, pattern in _HEADS.items():
        for place, text in enumerate(row):
            if re.match(pattern, text.strip(), re.IGNORECASE):
                found.setdefault(key, place)
    return found


def _unit(row: list[str], columns: dict[str, int]) -> RosterUnit | None:
    """The unit of a row; without heads the first text of the row that is no number."""

    def value(key: str) -> str | None:
        place = columns.get(key)
        return row[place].strip() or None if place is not None and place < len(row) else None

    name = (
        value("name")
        if columns
        else next((text.strip() for text in row if text.strip() and not text.strip().isdigit()), None)
    )
    if not name or not name_key(name):
        return None
    name = re.sub(r"\s+", "", name) if re.search("[\u4e00-\u9fff]", name) else name
    return RosterUnit(name, value("code"), value("contact"), value("phone"), value("parent"))


def _rows(document: Document) -> list[list[str]]:
    rows: list[list[str]] = []
    for block in document.blocks:
        if isinstance(block, Table):
            for number in range(block.rows):
                cells = sorted((cell for cell in block.cells if cell.row == number), key=lambda c: c.column)
                rows.append([cell.text for cell in cells])
        elif block.text.strip():
            # quotes as spreadsheets write them: "东,西社区",12
            line = re.sub(r"[，\t](?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", ",", block.text)
            rows.append(next(csv.reader([line]), []))
    return rows
