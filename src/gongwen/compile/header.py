"""Title, number, issuer, dates, addressees: the fixed places of a notice (GB/T 9704-2012, 7.2 to 7.3)."""

from __future__ import annotations

import re
from datetime import date

from ..lexicon.bodies import is_body, split_bodies
from ..lexicon.numerals import half_width_keep
from ..structure import DATE_LINE, Grid, Line, Part, close_up
from .document_number import DOC_NO, join_number
from .reading import Header, Reading, stripped
from .signature import day_of, names_of, read_foot

KINDS = "通知|通告|公告|通报|意见|函|复函|方案|计划|要点|办法|规定|细则|报告|请示|批复|决定|决议|命令|纪要|预案|倡议书|公开信|告知书|提示|提醒函|安排|指引|指南|规划|总结|部署|通知书"
_KIND_END = re.compile(rf"(?:{KINDS})\s*(?:[（(][^（()）]{{1,16}}[)）])?\s*$")
_YEAR_FIRST = re.compile(r"(?P<head>[\u4e00-\u9fff]{2,12})\s*(?P<year>20\d{2})\s*年?\s*第?\s*(?P<n>\d{1,4})\s*号")
_OWN_NO = re.compile(
    rf"^\s*(?:(?:发文字号|文\s*号|文件编号|编\s*号)\s*[:：]\s*|[（(]\s*)?{DOC_NO.pattern}\s*[)）]?\s*(?:(?:签\s*发\s*人|★|特急|加急).*)?$"
)
SECRECY = re.compile(
    r"(?P<mark>(?:绝\s*密|机\s*密|秘\s*密)(?:\s*★\s*(?:[0-9０-９一二三四五六七八九十]+\s*(?:年|个?月|天|日)|长期|启用前|解密前)?)?)"
)
_INTERNAL = re.compile(
    r"^(?:\s*[（(【]?\s*(?P<mark>内部(?:资料|文件|使用|材料|刊物)?|不予公开|工作秘密|此件不公开|此件不予公开|依申请公开|内部资料\s*注意保存)\s*[）)】]?\s*(?:[,，]?\s*注意保存)?\s*)$"
)
_NOT_TITLE = re.compile(
    r"^(?:附\s*件|联系人|抄送|主送|签发人|发布(?:日期|时间)|来源|浏览|字号|索引号|信息分类|发文机关|成文日期|生成日期|文\s*号|主题词|有效性|各|时间|地点|特急|加急|特提|平急|内部|[（(]?\d+[)）]?$)"
)


def read_header(reading: Reading) -> Header:
    """The header fields; sets the reading's year and day of issue, and where header and signature stand in the body."""
    lines = _header_lines(reading.body)
    header = Header()
    header.classification = classification(reading)
    number_at = _read_number(lines, header)
    title_at = _read_title(lines, header, number_at)
    _read_addressees(lines, header, reading, title_at)
    read_foot(reading, header)
    if header.doc_no is None and number_at is None:
        _number_in_title(lines, header, title_at)
    if header.issuer is None:
        header.issuer = _issuer_from_head(lines, header, number_at, title_at)
    if header.issued_on is None:
        header.issued_on = _date_under_title(lines, title_at)
    reading.issued = header.issued_on
    reading.year = _year(reading, header)
    return header


def _header_lines(part: Part) -> list[Line]:
    """The lines from which the header is read: the first ones, cells of layout tables too."""
    lines: list[Line] = []
    for item in part.items[:60]:
        if isinstance(item, Grid):
            if len(lines) > 12 or item.table.rows > 4:
                break
            lines.extend(line for cell in item.table.cells for line in item.lines(cell) if line.text.strip())
        elif item.text.strip():
            lines.append(item)
    return lines[:40]


def classification(reading: Reading) -> str | None:
    """A mark of secrecy as printed at the head of any part, or 内部, 不予公开, 工作秘密."""
    internal: str | None = None
    for part in reading.parts:
        # The line under 附件2 is taken for its title, whatever it says.
        for line in [*part.title_lines, *_header_lines(part)][:8]:
            text = stripped(line)
            if len(text) <= 24:
                match = SECRECY.match(text)
                if match and (
                    ("★" in text) or re.fullmatch(r"(?:绝\s*密|机\s*密|秘\s*密)(?:\s*(?:特急|加急|件))?", text)
                ):
                    return re.sub(r"\s", "", match.group("mark"))
                inner = _INTERNAL.match(text)
                if inner and internal is None:
                    internal = _internal(inner.group("mark"))
    if internal is None:
        for line in reading.body.lines():
            inner = _INTERNAL.match(stripped(line)) if len(stripped(line)) < 20 else None
            if inner:
                internal = _internal(inner.group("mark"))
    for document in reading.documents:
        for head in document.headers:
            match = SECRECY.match(head.strip())
            if match and len(head.strip()) < 20 and "★" in head:
                return re.sub(r"\s", "", match.group("mark"))
    return internal


def _internal(mark: str) -> str | None:
    if mark.startswith("内部"):
        return "内部"
    return {"此件不公开": "不予公开", "此件不予公开": "不予公开", "依申请公开": None}.get(mark, mark)


def _read_number(lines: list[Line], header: Header) -> int | None:
    for place, line in enumerate(lines[:16]):
        match = _OWN_NO.match(half_width_keep(line.text)) if "号" in line.text else None
        if match and match.group("head"):
            header.doc_no = join_number(match)
            return place
        if place and len(line.text) > 120:
            break
    for place, line in enumerate(lines[:10]):  # 特急　云安办〔2025〕3号 and letterheads that share a line
        if "号" not in line.text or len(line.text) > 200:
            continue
        match = DOC_NO.search(half_width_keep(line.text))
        if (
            match
            and match.group("head")
            and len(stripped(line)) <= 45
            and not re.search("[《》。，]|根据|关于", line.text)
        ):
            header.doc_no = join_number(match)
            return place
        plain = _YEAR_FIRST.fullmatch(stripped(line))
        if plain:
            header.doc_no = join_number(plain)
            return place
    return None


def _read_title(lines: list[Line], header: Header, number_at: int | None) -> tuple[int, int] | None:
    """The lines of the title: from 关于 (or the issuer before it) to the kind of document."""
    for place, line in enumerate(lines[:22]):
        text = stripped(line)
        if (
            not _KIND_END.search(close_up(text))
            or re.search("[。；：:]", text)
            or len(text) > 120
            or _NOT_TITLE.match(text)
            or (line.number and line.level and place > 0 and "关于" not in text)
        ):
            if re.search("。", text) and len(text) > 40:
                break
            continue
        if place < len(lines) - 1 and _continues(lines[place + 1], line):
            continue
        start = _title_start(lines, place, number_at)
        joined = "".join(stripped(one) if _tight(one) else f"{stripped(one)} " for one in lines[start : place + 1])
        header.title = close_up(joined).strip(" *#")
        return start, place
    return None


def _continues(after: Line, line: Line) -> bool:
    """A title line that ends in a kind of document by chance: the next centred line still belongs to it."""
    text = stripped(after)
    return (
        line.paragraph.align == "center" == after.paragraph.align
        and bool(_KIND_END.search(text))
        and len(text) <= 30
        and "关于" not in text
        and not text.startswith(("（", "("))
    )


def _tight(line: Line) -> bool:
    return not re.search(r"[A-Za-z0-9]$", stripped(line))


def _title_start(lines: list[Line], end: int, number_at: int | None) -> int:
    start = end
    joined = stripped(lines[end])
    while start > 0 and start - 1 != number_at and end - start < 5:
        before = lines[start - 1]
        text = stripped(before)
        if (
            re.search(r"[。；：:，]$|文件$|[★]|签发人|印发$", text)
            or _NOT_TITLE.match(text)
            or DATE_LINE.match(text)
            or len(text) > 60
            or DOC_NO.search(text)
            or SECRECY.match(text)
        ):
            break
        if (
            re.search(r"\s*关于", joined)
            and not joined.startswith("关于")
            and "关于" in joined
            and not re.match(r"^[^关]{0,4}关于", joined)
        ):
            break  # issuer and 关于 are both there already
        if joined.startswith(("关于", "印发", "转发")) or re.match(r"^[^关]{0,4}关于", joined):
            head = number_at is not None and start - 1 < number_at
            if head or not (is_body(re.split(r"[\s\u3000]+", text)[-1]) or text.endswith(("关于", "转发", "印发"))):
                break
            if number_at is None and start - 1 == 0 and before.paragraph.align != lines[end].paragraph.align:
                break
        start -= 1
        joined = text + joined
    return start


def _number_in_title(lines: list[Line], header: Header, title_at: tuple[int, int] | None) -> None:
    """A number in brackets behind the title: 关于……的通知（云建发〔2022〕86号）."""
    if title_at is None or header.title is None:
        return
    for line in lines[title_at[1] : title_at[1] + 4]:
        text = half_width_keep(stripped(line))
        match = re.search(rf"[（(]\s*{DOC_NO.pattern}\s*[)）]\s*$", text)
        if match and match.group("head") and "。" not in text:
            header.doc_no = join_number(match)
            header.title = (
                close_up(re.sub(rf"[（(]\s*{DOC_NO.pattern}\s*[)）]\s*$", "", half_width_keep(header.title)))
                if line is lines[title_at[1]]
                else header.title
            )
            return


_NO_ADDRESS = re.compile(
    r"填[报表]|报送单位|日期|编号|[ \u3000]{3}|如下|[。！？]|通知|函告|以下|[“”]|(?:时间|地点|主题|内容|对象|目标|附件|电话|联系人|要求|单位)\s*[:：]?$|^[一二三四五六七八九十]、"
)


def _read_addressees(lines: list[Line], header: Header, reading: Reading, title_at: tuple[int, int] | None) -> None:
    first = title_at[1] + 1 if title_at else 0
    gathered = ""
    for line in lines[first : first + 10]:
        text = stripped(line)
        if not gathered and (
            _OWN_NO.match(half_width_keep(text))
            or DATE_LINE.match(text)
            or re.match(r"^[（(].*[）)]$", text)
            or re.match(r"^(?:发布|来源|浏览|字号|时间)", text)
        ):
            continue
        if (
            (_NO_ADDRESS.search(text) and not re.match(r"^(?:主送\s*[:：]|各|县|市|区)", text))
            or re.search("[。！？]", text.rstrip("：:"))
            or len(gathered) + len(text) > 600
        ):
            break
        if re.search(r"如下\s*[:：]?$|^(?:为|根据|按照|今年|近期)", text):
            break
        gathered += re.sub(r"^主送\s*[:：]\s*", "", text)
        if re.search(r"[:：]$", text):
            header.addressees = split_bodies(gathered.rstrip("：: "))
            _set_header_end(reading, line)
            return
        colon = re.match(r"^((?:各|全体|县|市|区|有关)[^。：:]{2,120})[:：](?=\S)", gathered)
        if colon and not re.search("如下|联系", colon.group(1)):
            header.addressees = split_bodies(colon.group(1))
            return
        if not re.search(r"[，、；,;]$", text):
            if is_body(text) and line is not lines[min(first + 9, len(lines) - 1)]:
                continue
            break
    if title_at:
        _set_header_end(reading, lines[title_at[1]])


def _set_header_end(reading: Reading, line: Line) -> None:
    for place, item in enumerate(reading.body.items):
        if item is line:
            reading.header_end = place + 1
            return


def _issuer_from_head(
    lines: list[Line], header: Header, number_at: int | None, title_at: tuple[int, int] | None
) -> str | None:
    if header.title and not header.title.startswith("关于"):
        raw = " ".join(stripped(line) for line in lines[title_at[0] : title_at[1] + 1]) if title_at else header.title
        match = re.match(r"^(?P<who>.{3,60}?)\s*关于", raw)
        names = names_of(match.group("who").replace("、", " ")) if match else []
        if names and all(is_body(name) for name in names):
            return ";".join(names)
    heads: list[str] = []
    limit = number_at if number_at is not None else (title_at[0] if title_at else 0)
    for line in lines[:limit]:
        text = re.sub(r"(?:文\s*件|\(?函\)?|公\s*文)\s*$", "", stripped(line)).strip()
        heads.extend(name for name in names_of(text) if is_body(name) and len(name) >= 4)
    return ";".join(dict.fromkeys(heads)) or None


def _date_under_title(lines: list[Line], title_at: tuple[int, int] | None) -> date | None:
    """A date set in brackets below the title, or the published date that a website prints there."""
    if title_at is None:
        return None
    for line in lines[title_at[1] + 1 : title_at[1] + 4]:
        text = stripped(line)
        match = re.match(
            r"^[（(]?\s*(?:发布日期|发布时间|成文日期|时间|日期)?\s*[:：]?\s*((?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?)\s*[）)]?(?:\s|$)",
            text,
        )
        if match:
            return day_of(match.group(1))
    return None


def _year(reading: Reading, header: Header) -> int | None:
    """The campaign's year: in the title, else the number, the day of issue, the first year of the body."""
    for text in (header.title or "",):
        match = re.search(r"(20\d\d)\s*年?(?!\s*[〕\]])", text)
        if match:
            return int(match.group(1))
    if header.issued_on:
        return header.issued_on.year
    if header.doc_no:
        return int(re.search(r"〔(\d{4})〕", header.doc_no).group(1))  # type: ignore[union-attr]
    counts: dict[int, int] = {}
    for part in reading.parts:
        for text in [part.title or "", *(line.text for line in part.lines())]:
            for found in re.findall(r"(?<![〔\[（(\d])(20[123]\d)\s*年", text):
                counts[int(found)] = counts.get(int(found), 0) + 1
    return max(counts, key=lambda year: (counts[year], year)) if counts else None
