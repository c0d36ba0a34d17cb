"""From blocks to lines and parts: body and attachments, page-break damage mended, every character's address kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .lexicon.numerals import from_chinese, half_width
from .model import Cell, Document, Mark, Paragraph, Table
from .spec import Evidence

# Labels of the outline (GB/T 9704-2012, 7.3.3): 一、 （一） 1. （1）; people also write 一. (一) 1、 1） ①.
_LABELS = (
    (1, re.compile(r"^\s*(?P<n>[一二三四五六七八九十]{1,3})\s*(?:、|[．.](?!\d)|，(?=\S))\s*")),
    (2, re.compile(r"^\s*[（(]\s*(?P<n>[一二三四五六七八九十]{1,3})\s*[）)]\s*[、.．]?\s*")),
    (3, re.compile(r"^\s*(?P<n>\d{1,2})\s*(?:[．、](?!\d)|[.](?![\d\s]*\d))\s*")),
    (4, re.compile(r"^\s*(?:[（(]\s*(?P<n>\d{1,2})\s*[）)]|(?P<m>\d{1,2})\s*[）)])\s*[、.．]?\s*")),
)
_PRINTED = {1: "{}、", 2: "（{}）", 3: "{}.", 4: "（{}）"}
ATTACHMENT = re.compile(
    r"^\s*附\s*[件表录]\s*(?P<n>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|[A-ZＡ-Ｚ](?![A-Za-z]))?(?P<sub>[-－—][0-9])?\s*(?P<colon>[:：．.、]?)\s*(?P<rest>.*)$"
)
_LIST_HEAD = re.compile(r"^\s*附\s*件?\s*[:：]")
_ENTRY = re.compile(r"^\s*(?:(?:附\s*件\s*)?[0-9０-９]{1,2}\s*[.．、:：]|[（(][0-9]{1,2}[)）])\s*")
DATE_LINE = re.compile(
    r"^\s*(?:[12]\d{3}|二[〇○零Oo0][〇○零一二三四五六七八九]{2})\s*年\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*月\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*$"
)
TERMINAL = "。！？!?；;：:…"


@dataclass(frozen=True, slots=True)
class Piece:
    """From ``at`` on, characters of a line come from ``start`` on in a stored paragraph or cell."""

    at: int
    block: int
    start: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the address of each of its characters. ``number`` and ``level`` are its outline label, printed or automatic.

    ``body`` is where the text begins behind a printed label. ``text`` is as stored, or as mended.
    """

    text: str
    source: int
    pieces: tuple[Piece, ...]
    paragraph: Paragraph
    row: int | None = None
    column: int | None = None
    nested: tuple[int, ...] = ()
    number: str | None = None
    level: int | None = None
    body: int = 0
    marks: tuple[Mark, ...] = ()
    mended: bool = False

    @property
    def block(self) -> int:
        """Where the line begins."""
        return self.pieces[0].block

    @property
    def title(self) -> str:
        """The text behind the label."""
        return self.text[self.body :].strip()

    def evidence(self, start: int, end: int) -> Evidence:
        """The address of a span; a span over a mended cut has its other parts in ``also``."""
        spans: list[Evidence] = []
        for place, piece in enumerate(self.pieces):
            until = self.pieces[place + 1].at if place + 1 < len(self.pieces) else len(self.text)
            low, high = max(start, piece.at), min(end, until)
            if low < high or (start == end and piece.at <= start <= until and not spans):
                at = piece.start + low - piece.at
                spans.append(self._span(piece, at, at + high - low, self.text[low:high]))
        if not spans:
            spans = [self._span(self.pieces[0], self.pieces[0].start, self.pieces[0].start, "")]
        first = spans[0]
        if len(spans) == 1:
            return first
        return Evidence(
            first.source,
            first.block,
            first.row,
            first.column,
            first.start,
            first.end,
            self.text[start:end],
            spans[1:],
            first.page,
            first.box,
            first.nested,
        )

    def _span(self, piece: Piece, start: int, end: int, text: str) -> Evidence:
        evidence = Evidence(self.source, piece.block, self.row, self.column, start, end, text)
        if piece.page is None and not self.nested:
            return evidence
        return Evidence(
            self.source, piece.block, self.row, self.column, start, end, text,
            **({"page": piece.page} if piece.page is not None else {}), **({"box": piece.box} if piece.box is not None else {}),
            **({"nested": list(self.nested)} if self.nested else {}),
        )  # fmt: skip

    def whole(self) -> Evidence:
        """The address of the line without its surrounding blanks."""
        start = len(self.text) - len(self.text.lstrip())
        return self.evidence(start, max(start, len(self.text.rstrip())))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a source with the lines of its cells."""

    table: Table
    source: int
    format: str
    nested: tuple[int, ...] = ()

    @property
    def block(self) -> int:
        """The number of the table's block."""
        return self.table.block

    def lines(self, cell: Cell) -> list[Line]:
        """The lines of a cell; offsets count in the cell's text, in a text file in the line of the file."""
        found: list[Line] = []
        offset = 0
        for paragraph in cell.paragraphs:
            flat = self.format == "text"
            row, column = (None, None) if flat else (cell.row, cell.column)
            if self.nested:
                row, column = self.nested[0], self.nested[1]
            nested = (*self.nested[2:], cell.row, cell.column) if self.nested else ()
            found.extend(_split(paragraph, self.source, row, column, paragraph.offset if flat else offset, nested))
            offset += len(paragraph.text) + 1
        return found

    def inner(self, cell: Cell) -> list[Grid]:
        """Tables inside a cell."""
        where = (*self.nested, cell.row, cell.column)
        return [Grid(table, self.source, self.format, where) for table in cell.tables]


Item = Line | Grid


@dataclass(slots=True)
class Part:
    """The body, or one attachment with its label and title."""

    label: str | None
    title: str | None = None
    items: list[Item] = field(default_factory=list)
    source: int = 0
    title_lines: list[Line] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """The lines outside tables."""
        return (item for item in self.items if isinstance(item, Line))

    def grids(self) -> Iterator[Grid]:
        """The tables."""
        return (item for item in self.items if isinstance(item, Grid))


def label_of(text: str) -> tuple[str, int, int] | None:
    """A printed outline label: as it is to be shown, its level, where the text behind it begins."""
    for level, pattern in _LABELS:
        match = pattern.match(text)
        if match:
            number = match.group("n") or match.groupdict().get("m") or ""
            return _PRINTED[level].format(number), level, match.end()
    return None


def _split(
    paragraph: Paragraph, source: int, row: int | None, column: int | None, offset: int, nested: tuple[int, ...] = ()
) -> list[Line]:
    lines: list[Line] = []
    at = 0
    for place, text in enumerate(paragraph.text.split("\n")):
        number, level, body = None, None, 0
        automatic = paragraph.number if place == 0 else None
        printed = label_of(f"{automatic} " if automatic else text)
        if printed:
            number, level = printed[0], printed[1]
            body = 0 if automatic else printed[2]
        elif automatic:
            number = automatic
        marks = tuple(
            Mark(m.kind, max(m.start - at, 0), min(m.end - at, len(text)), m.options, m.empty, m.title)
            for m in paragraph.marks
            if (m.start < at + len(text) and m.end > at) or (m.start == m.end and at <= m.start <= at + len(text))
        )
        piece = Piece(0, paragraph.block, offset + at, paragraph.page, paragraph.box)
        lines.append(Line(text, source, (piece,), paragraph, row, column, nested, number, level, body, marks))
        at += len(text) + 1
    return lines


def items_of(document: Document, source: int) -> list[Item]:
    """The lines and tables of a document in order."""
    items: list[Item] = []
    for block in document.blocks:
        if isinstance(block, Table):
            items.append(Grid(block, source, document.format))
        else:
            items.extend(_split(block, source, None, None, block.offset))
    return items


# -- mending what a page break cut


@dataclass(frozen=True, slots=True)
class Mend:
    """What was mended: ``N201`` a paragraph joined, ``N202`` a repeated fragment dropped."""

    code: str
    text: str
    line: Line


def mend(items: Iterable[Item]) -> tuple[list[Item], list[Mend]]:
    """Join paragraphs cut in mid-sentence, drop fragments that a page break repeated; say what was done."""
    mended: list[Item] = []
    mends: list[Mend] = []
    previous: int | None = None
    for item in items:
        if isinstance(item, Grid):
            mended.append(item)
            previous = None
            continue
        if not item.text.strip():
            mended.append(item)
            continue
        before = mended[previous] if previous is not None else None
        if isinstance(before, Line) and previous is not None:
            fragment = item.text.strip()
            if (
                len(fragment) <= 8
                and fragment[-1] in TERMINAL
                and not item.number
                and len(before.text) > 30
                and before.text.rstrip().endswith(fragment)
            ):
                mends.append(Mend("N202", fragment, item))
                continue
            if (before.paragraph.cut and before.paragraph is not item.paragraph) or is_cut(before, item):
                joined, dropped = _join(before, item)
                mended[previous] = joined
                mends.append(Mend("N202" if dropped else "N201", dropped or _around(joined, len(before.text)), joined))
                continue
        mended.append(item)
        previous = len(mended) - 1
    return mended, mends


_STARTS_ANEW = re.compile(
    r"^\s*(?:附\s*[件表]|联\s*系\s*(?:人|电话|方式)|电\s*话|邮\s*箱|抄\s*送|主\s*送|注\s*[:：]|备\s*注|填\s*[表报]|说明\s*[:：]|[-—–]\s*\d+\s*[-—–])"
)


def is_cut(before: Line, after: Line) -> bool:
    """Whether ``after`` continues the sentence in which ``before`` was cut by a page break."""
    text, tail = before.text.rstrip(), after.text.strip()
    if before.paragraph is after.paragraph or len(text) < 30 or text[-1] in TERMINAL or text[-1] in "”》）)」":
        return False
    if (
        not re.search("[，。；、]", text)
        or before.paragraph.align in ("center", "right")
        or after.paragraph.align in ("center", "right")
    ):
        return False
    if (
        after.number
        or after.paragraph.heading
        or before.paragraph.heading
        or _STARTS_ANEW.match(tail)
        or DATE_LINE.match(tail)
    ):
        return False
    if (
        "\t" in text
        or "\t" in tail
        or re.search(r"[:：]\s*$|_{2,}|[（(][\s]*[)）]", tail)
        or not re.search("[。，；、]", tail)
    ):
        return False
    return not re.search(r"[（(][\s]*[)）]|_{2,}", text)


def _join(before: Line, after: Line) -> tuple[Line, str]:
    """Two lines as one, a fragment that stands on both sides of the cut dropped once."""
    text = before.text.rstrip()
    skip = len(after.text) - len(after.text.lstrip())
    dropped = ""
    for length in range(min(12, len(text), len(after.text) - skip), 0, -1):
        overlap = after.text[skip : skip + length]
        if text.endswith(overlap) and overlap.strip():
            dropped = overlap
            break
    skip += len(dropped)
    shift = len(text) - skip
    pieces = before.pieces + tuple(
        replace(piece, at=len(text) + max(0, piece.at - skip), start=piece.start + max(0, skip - piece.at))
        for piece in after.pieces
    )
    marks = before.marks + tuple(
        Mark(m.kind, m.start + shift, m.end + shift, m.options, m.empty, m.title)
        for m in after.marks
        if m.start >= skip
    )
    return replace(before, text=text + after.text[skip:], pieces=pieces, marks=marks, mended=True), dropped


def _around(line: Line, at: int) -> str:
    return line.text[max(0, at - 8) : at + 8]


# -- parts


def parts_of(items: list[Item], source: int) -> list[Part]:
    """The body (first, perhaps empty) and the attachments that follow it in one file."""
    body = Part(None, source=source)
    parts = [body]
    listed = {key for key, _ in listed_attachments(body_lines(items))}
    ended = False
    for place, item in enumerate(items):
        if isinstance(item, Line):
            start = _attachment_start(items, place, item, ended, listed, bool(parts[1:]) or not _has_text(body))
            if start is not None:
                label, title = start
                parts.append(Part(label, title or None, source=source, title_lines=[item]))
                continue
            if DATE_LINE.match(item.text) or re.search(r"日\s*印发\s*$", item.text):
                ended = True
        parts[-1].items.append(item)
    for part in parts[1:]:
        if part.title is None:
            _take_title(part)
    kept = [body]
    for part in parts[1:]:
        if any(isinstance(item, Grid) or item.text.strip() for item in part.items):
            kept.append(part)
        else:  # a bare list of names behind the signature
            body.items.extend(part.title_lines)
    return kept


def _has_text(part: Part) -> bool:
    return any(isinstance(item, Grid) or item.text.strip() for item in part.items)


def body_lines(items: Iterable[Item]) -> list[Line]:
    """The lines outside tables."""
    return [item for item in items if isinstance(item, Line)]


def _attachment_start(
    items: list[Item], place: int, line: Line, ended: bool, listed: set[str], in_attachment: bool
) -> tuple[str, str] | None:
    text = line.text.strip()
    match = ATTACHMENT.match(text)
    if not match or len(text) > 70:
        return None
    rest = match.group("rest").strip()
    label = label_text(match)
    following = _next_line(items, place)
    if not rest:
        if (
            match.group("colon")
            and following is not None
            and (_ENTRY.match(following.text) or following.number)
            and not line.paragraph.page_break
        ):
            return None
        return label, ""
    if (
        _ENTRY.match(rest)
        or "。" in rest
        or (rest.endswith(("）", ")"))
        and not ended
        and not line.paragraph.page_break
        and rest.startswith(("（", "(")))
    ):
        return None
    if re.match(r"^[）)》，,、；;和及]", rest) or (
        not match.group("n") and match.group("colon") and not line.paragraph.page_break
    ):
        return None
    if line.paragraph.page_break or in_attachment or (ended and label in listed) or (ended and match.group("n")):
        return label, clean_title(rest)
    return None


def label_text(match: re.Match[str]) -> str:
    """附件 with its number in half-width digits: 附件1, 附件, 附表2."""
    number = half_width(match.group("n") or "")
    if number and not number.isascii():
        number = str(from_chinese(number) or number)
    kind = re.sub(r"\s", "", match.group(0).strip()[:4])[:2]
    return f"{kind}{number}{half_width(match.group('sub') or '').replace('—', '-')}"


def _next_line(items: list[Item], place: int) -> Line | None:
    for item in items[place + 1 : place + 8]:
        if isinstance(item, Grid):
            return None
        if item.text.strip():
            return item
    return None


_TITLE_END = re.compile(
    r"(?:表|单|书|函|方案|清单|回执|要点|办法|细则|名单|台账|汇总|情况|报告|计划|安排|标准|指南|说明|目录|登记|统计|反馈)(?:[（(][^（()）]*[)）])?$"
)


def _take_title(part: Part) -> None:
    """The title below an attachment's label: one to three short lines without a sentence or a blank in them."""
    taken: list[Line] = []
    rest = list(part.items)
    while rest and isinstance(rest[0], Line):
        line = rest[0]
        text = line.text.strip()
        if not text:
            rest.pop(0)
            continue
        wide = len(text) > 45 or re.search(r"[。；;]|[:：]|_{2,}|[（(]\s*[)）]|\t", text)
        if (
            wide
            or (line.number and line.level and taken)
            or (taken and _TITLE_END.search(taken[-1].text.strip()) and not _continues_title(taken[-1], line))
            or len(taken) == 3
        ):
            break
        if taken and line.paragraph.align != taken[-1].paragraph.align:
            break
        if not taken and line.number and line.level:
            break
        taken.append(line)
        rest.pop(0)
    if not taken:
        return
    if (
        len(taken) > 1
        and not any(_TITLE_END.search(line.text.strip()) for line in taken)
        and taken[0].paragraph.align != "center"
    ):
        rest = [*taken[1:], *rest]
        taken = taken[:1]
    part.title = clean_title("".join(line.text.strip() for line in taken))
    part.title_lines.extend(taken)
    part.items = rest


def _continues_title(last: Line, line: Line) -> bool:
    return (
        last.paragraph.align == "center"
        and line.paragraph.align == "center"
        and bool(re.match(r"^[（(]", line.text.strip()))
    )


def clean_title(text: str) -> str:
    """A title without brackets of a book, trailing stops or blanks between Chinese characters."""
    text = re.sub(r"\.(?:docx?|xlsx?|pdf|wps|et|zip|rar)\s*$", "", text.strip(), flags=re.IGNORECASE)
    text = close_up(text).strip("。；;，,、 ")
    if text.startswith("《") and text.endswith("》") and text.count("《") == 1:
        text = text[1:-1]
    return text


_HAN = "\u2e80-\u9fff\uf900-\ufaff“”‘’《》〈〉（）【】〔〕「」、。，；：！？…—·"


def close_up(text: str) -> str:
    """Blanks next to a Chinese character or punctuation removed; between Latin words one stays."""
    text = re.sub(r"[\s\u3000\xa0]+", " ", text).strip()
    return re.sub(rf"(?<=[{_HAN}]) | (?=[{_HAN}])", "", text)


def listed_attachments(lines: list[Line]) -> list[tuple[str, tuple[str, Line]]]:
    """The attachments that the body names in its list: label to (title, line), in order."""
    found: list[tuple[str, tuple[str, Line]]] = []
    for place, line in enumerate(lines):
        text = line.text.strip()
        match = ATTACHMENT.match(text)
        plain = re.match(r"^\s*附\s*[:：]\s*(?P<rest>.+)$", text)
        if plain and not match:
            found.extend(_entries(plain.group("rest"), line, len(found)))
            continue
        if not match or len(text) > 400:
            continue
        rest = match.group("rest").strip()
        if (
            match.group("n")
            and rest
            and (match.group("colon") or " " in text or "　" in text)
            and not re.match(r"^[）)》，、；和及的]", rest)
        ):
            found.append((label_text(match), (clean_title(rest), line)))
        elif match.group("colon") and not match.group("n"):
            found.extend(_entries(rest, line, 0))
            for follower in lines[place + 1 : place + 24]:
                entry = follower.text.strip()
                if not entry:
                    continue
                if (
                    (_ENTRY.match(entry)
                    and not ATTACHMENT.match(entry))
                    or (follower.number and follower.level in (3, None) and len(entry) < 60)
                ):
                    bare = _ENTRY.sub("", entry, count=1) if not follower.paragraph.number else entry
                    found.append((f"附件{len(found) + 1}", (clean_title(bare), follower)))
                elif found and found[-1][1][1] is not line and len(entry) < 30 and follower.paragraph.indent >= 3:
                    label, (title, where) = found[-1]
                    found[-1] = (label, (title + clean_title(entry), where))
                else:
                    break
        if found and rest and match.group("colon"):
            continue
    return _unique(found)


def _entries(rest: str, line: Line, count: int) -> list[tuple[str, tuple[str, Line]]]:
    """附件：1.A 2.B on one line, or a single title."""
    if not rest:
        return []
    marks = list(re.finditer(r"(?:(?<=[\s；;。　])|^)\s*([0-9０-９]{1,2})\s*[.．、:：]\s*(?=\S)", rest))
    if not marks:
        return [("附件" if count == 0 else f"附件{count + 1}", (clean_title(rest), line))]
    ends = [mark.start() for mark in marks[1:]] + [len(rest)]
    return [
        (f"附件{half_width(mark.group(1))}", (clean_title(rest[mark.end() : end]), line))
        for mark, end in zip(marks, ends, strict=True)
    ]


def _unique(found: list[tuple[str, tuple[str, Line]]]) -> list[tuple[str, tuple[str, Line]]]:
    seen: set[str] = set()
    return [entry for entry in found if entry[1][0] and not (entry[0] in seen or seen.add(entry[0]))]  # type: ignore[func-returns-value]
