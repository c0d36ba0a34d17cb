"""Every kind of blank in a line: brackets, underscores, underlined spaces, dashes, dates, boxes, controls, open labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..lexicon.measures import measure_at
from ..structure import Line

_SP = " \t\u3000\xa0\u2002\u2003\u2009\u200b"
_BRACKETS = re.compile(rf"[（(﹙][{_SP}]*[)）﹚]")
_UNDERSCORES = re.compile(r"[_＿﹍﹎▁]{2,}(?:[ \u3000]*[_＿]{2,})*")
_DASHES = re.compile(r"(?<![\u4e00-\u9fff”])[-—－–―─]{2,}(?=\s*[\u4e00-\u9fff%])|[-—－–―─]{2,}(?=\s*[\u4e00-\u9fff%])")
_WIDE = re.compile(rf"(?<=[\u4e00-\u9fff”）)][\u4e00-\u9fff”）)])[{_SP}]{{2,}}(?=[\u4e00-\u9fff%])")
_MAYBE_GAP = re.compile(rf"[{_SP}\-—－–―─]{{2}}|[XxＸｘ×✕╳]")
_CROSSES = re.compile(r"(?<![A-Za-z0-9])[XxＸｘ×✕╳]{1,6}(?![A-Za-z0-9\-])")
_GAP = rf"(?:[{_SP}_＿]*|[（(][{_SP}]*[)）]|[XxＸ×]{{1,4}}|[-—－]{{2,4}})"
_DATE = re.compile(
    rf"(?:(?P<year>(?:(?:20|二[〇○零])(?:\d\d|[{_SP}_]*))?{_GAP})年)?(?P<month>{_GAP})月(?P<day>{_GAP})日(?:(?P<hour>{_GAP})[时点](?:(?P<minute>{_GAP})分)?)?|(?P<year2>{_GAP})年(?P<month2>{_GAP})月(?!\s*[\d_])"
)
_BOX = re.compile(r"[□☐❏❑▢◻▫☑☒■✓✗]")
_BOXES_OPEN = "□☐❏❑▢◻▫"
_LABEL = re.compile(
    rf"(?P<label>[\u4e00-\u9fff](?:[{_SP}]{{1,6}}[\u4e00-\u9fff]){{1,3}}|[\u4e00-\u9fffA-Za-z0-9（）()/、“”\-·]{{2,30}}(?:[{_SP}][\u4e00-\u9fff]{{1,3}})?)"
    rf"\s*[:：](?P<gap>[{_SP}]*)(?=$|[\u4e00-\u9fff（()）])"
)
_HEAD_FIELD = re.compile(
    r"(?:单\s*位|部\s*门|姓\s*名|联\s*系\s*人|联络员|联络人|电\s*话|手\s*机|座\s*机|传\s*真|邮\s*箱|[Ee]-?mail|日\s*期|时\s*间|职\s*务|职\s*称|地\s*[址点]|填[表报]人?|制\s*表人?|审[核批签]人?|负\s*责\s*人|经\s*办\s*人|报送人?|签\s*[字名章]|盖\s*章|公\s*章|学\s*校|名\s*称|编\s*号|性\s*别|年\s*龄|民\s*族|主\s*管|领\s*导|科\s*室|社\s*区|街\s*道|乡\s*镇|企\s*业|组\s*长|校\s*长|院\s*长|站\s*长|[村居]\s*名|法\s*人|代\s*表|[Q微]\s*[Q信]|情\s*况|说\s*明|做\s*法|意\s*见|建\s*议|总\s*结|备\s*注|措\s*施|内\s*容|数\s*量|人\s*数|金\s*额|类\s*[别型]|期\s*限|地区|县区|项目|班组|班级|人员|记录|问题|原因|结果|结论|签发|户主|门牌号?|承诺人|检查[人员组]+|楼栋|车牌号?|身份证号?码?|账号|开户行|收款人|监护人|检查对象|对象|方式|复\s*核人?|[\u4e00-\u9fff]{1,4}(?:人|员|长|者))(?:[（(][^（()）]{1,12}[)）])?$"
)
_NOT_FIELD = re.compile(
    r"如下|以下|通知$|要求$|附件\d*$|^注$|^说明$|^其中$|主题$|是$|为$|包括$|抄送|主送|^备注$|^的|^(?:填表|填报)?说明$"
)


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank of a line: its characters (perhaps none), its kind, and the options of a choice.

    ``kind``: ``gap``, ``date``, ``datetime``, ``choice`` or ``text``; ``open`` says that it is a label with nothing behind.
    """

    start: int
    end: int
    kind: str
    options: tuple[str, ...] = ()
    open: bool = False
    placeholder: bool = False


def find_blanks(line: Line, *, in_form: bool, in_cell: bool) -> list[Blank]:
    """The blanks of a line in order, none inside another.

    ``in_form``: dashes, crosses, wide gaps and open labels count only where a form stands; ``in_cell``: an open label
    at the end of a cell's line counts whatever it says.
    """
    found: list[Blank] = []
    _add(found, _dates(line.text, in_form=in_form))
    _add(found, _controls(line))
    _add(found, _bracket_choices(line.text))
    _add(found, _choices(line.text, line, found))
    _add(found, _gaps(line.text, wide_only=not (in_form or in_cell)))
    _add(found, _underlined(line))
    if in_form:
        _add(found, _measured_gaps(line.text))
        _add(found, _open_labels(line.text, found, in_cell=in_cell))
    return sorted(found, key=lambda blank: (blank.start, blank.end))


def _add(found: list[Blank], blanks: Iterable[Blank]) -> None:
    """Add those that neither overlap nor stand in one already found; what is found first is the surer kind."""
    for blank in blanks:
        apart = all(blank.end <= other.start or blank.start >= other.end for other in found)
        if blank.start == blank.end:
            apart = all(not other.start <= blank.start <= other.end for other in found)
        if apart:
            found.append(blank)


def _controls(line: Line) -> Iterator[Blank]:
    """Content controls and form fields that are empty, dates and choices whether filled or not."""
    for mark in line.marks:
        if mark.kind == "choice":
            options = tuple(option for option in mark.options if not re.match(r"^(?:选择|请选|单击)", option))
            yield Blank(mark.start, mark.end, "choice", options, placeholder=mark.empty)
        elif mark.kind == "date" or (mark.kind == "text" and mark.empty):
            yield Blank(mark.start, mark.end, "date" if mark.kind == "date" else "gap", placeholder=mark.empty)


def _gaps(text: str, *, wide_only: bool) -> Iterator[Blank]:
    """Empty brackets and runs of underscores."""
    for match in _BRACKETS.finditer(text):
        if not wide_only or match.end() - match.start() > 2:
            yield Blank(match.start(), match.end(), "gap")
    for match in _UNDERSCORES.finditer(text):
        yield Blank(match.start(), match.end(), "gap")


def _measured_gaps(text: str) -> Iterator[Blank]:
    """Crosses, dashes and wide blanks before a measure word."""
    if not _MAYBE_GAP.search(text):
        return
    for match in _CROSSES.finditer(text):
        if measure_at(text, match.end()):
            yield Blank(match.start(), match.end(), "gap")
    for pattern in (_DASHES, _WIDE):
        for match in pattern.finditer(text):
            if measure_at(text, match.end()) and _short_unit(text, match.end()):
                yield Blank(match.start(), match.end(), "gap")


def _short_unit(text: str, at: int) -> bool:
    """A measure counts behind a mere gap only where the clause ends or another blank follows soon."""
    unit = measure_at(text, at)
    if unit is None:
        return False
    behind = text[at:].lstrip()[len(unit) :]
    return not behind or bool(re.match(r"\s*[，,。；;、：:（(）)]|\s{2,}", behind))


def _dates(text: str, *, in_form: bool) -> list[Blank]:
    found: list[Blank] = []
    if "月" not in text:
        return found
    for match in _DATE.finditer(text):
        gaps = [match.group(name) for name in ("month", "day", "year2", "month2") if match.group(name) is not None]
        dated = re.search(r"20\d\d\s*$", text[: match.start()]) is not None
        if not gaps or (match.group("month") is None and not match.group("year2") and not dated):
            continue
        if match.group("month2") is not None and not (
            (match.group("year2").strip(_SP + "_＿（）()") == "" and len(match.group("year2")) >= 1) or dated
        ):
            continue
        widths = [len(gap) for gap in gaps]
        year = match.group("year")
        if max(widths) == 0 and not (in_form and year is not None and not year.strip(_SP)):
            continue
        if not in_form and max(widths) < 2 and not re.search("[_（(XxＸ×]", match.group(0)):
            continue
        timed = match.group("hour") is not None
        if match.group("month2") is not None and not match.group("month2"):
            continue
        found.append(Blank(_date_start(text, match), match.end(), "datetime" if timed else "date"))
    return found


_DATE_LABEL = re.compile(
    r"(?:日\s*期|时\s*间|年\s*月|期|日|月份|时段|自|至|到|于)\s*(?:[（(][^（()）]*[)）])?\s*[:：]?$"
)


def _date_start(text: str, match: re.Match[str]) -> int:
    """Where a date's blank begins: of a wide gap behind a label that asks for something else only the end is the year's."""
    year = match.group("year") if match.group("year") is not None else match.group("year2")
    start = match.start()
    if not year or year.strip(_SP) or len(year) < 4:
        return start
    before = re.search(r"([^，。；\n]*?)[:：]\s*(?:[（(](?:盖章|公章|签章|章)[）)])?$", text[:start])
    if before is None or _DATE_LABEL.search(before.group(1).strip()):
        return start
    return start + len(year) - min(4, len(year) // 2)


_ANSWER = "(?:不)?(?:是|否|有|无|合格|达标|符合|同意|完好|损坏|正常|异常|男|女|已|未|优|良|中|差|好|一般|较差|属实|参加|需要|通过|满意)"
_BRACKET_CHOICE = re.compile(
    rf"(?:^|[:：\n{_SP}])(?P<all>(?:[（(][{_SP}]*[)）]\s*(?P<word>{_ANSWER})[{_SP}、，；]*){{2,}})$"
)


def _bracket_choices(text: str) -> Iterator[Blank]:
    """（ ）是　（ ）否: empty brackets each before a word that is no measure are boxes to tick."""
    match = _BRACKET_CHOICE.search(text)
    if match is None:
        return
    words = re.findall(rf"[（(][{_SP}]*[)）]\s*({_ANSWER})", match.group("all"))
    if len(words) > 1:
        yield Blank(
            match.start("all"), match.start("all") + len(match.group("all").rstrip(_SP)), "choice", tuple(words)
        )


def _choices(text: str, line: Line, found: list[Blank]) -> list[Blank]:
    """Check boxes with the words behind them; boxes in one run are one choice."""
    boxes = list(_BOX.finditer(text))
    if not boxes or (
        not any(box.group(0) in _BOXES_OPEN for box in boxes) and not any(mark.kind == "check" for mark in line.marks)
    ):
        return []
    choices: list[Blank] = []
    options: list[str] = []
    start = boxes[0].start()
    end = start
    for place, box in enumerate(boxes):
        until = boxes[place + 1].start() if place + 1 < len(boxes) else len(text)
        words = text[box.end() : until]
        label = re.search(rf"[{_SP}；;，,。][^{_SP}；;，,。：:]{{2,20}}[:：]", words)
        stop = re.search(r"[；;。]", words)
        cut = min((m.start() for m in (label, stop) if m), default=len(words))
        blank = next((other for other in found if box.end() <= other.start < box.end() + cut), None)
        if blank is not None:
            cut = blank.start - box.end()
        gap = re.search(r"_{2,}|[（(]\s*[)）]|[,，]", words[:cut])
        if gap:
            cut = gap.start()
        option = re.sub(r"[：:]$", "", words[:cut].strip(_SP + "\n/、"))
        option = re.split(rf"[{_SP}]{{2,}}", option)[0] if place + 1 == len(boxes) else option
        options.append(option)
        end = box.end() + len(words[:cut].rstrip())
        if place + 1 == len(boxes) or label or (stop and stop.start() < len(words) - 1):
            chosen = tuple(option for option in options if option)
            kind = "choice" if chosen or len(options) == 1 else "gap"  # □□□□□□: places for the digits of a number
            choices.append(Blank(start, max(end, start + 1), kind, chosen))
            options = []
            start = until
    return choices


def _underlined(line: Line) -> list[Blank]:
    found = []
    for mark in line.marks:
        if mark.kind != "underline":
            continue
        for match in re.finditer(rf"[{_SP}]+", line.text[mark.start : mark.end]):
            run = match.group(0)
            if len(run) >= 2 or "\t" in run or "\u3000" in run or mark.end - mark.start == 1:
                found.append(Blank(mark.start + match.start(), mark.start + match.end(), "gap"))
    return found


_SEAL = re.compile(rf"^[{_SP}]*[（(](?:盖章|公章|印章|签章|签字|章|签名|加盖公章|手写)[）)]")


def _open_labels(text: str, found: list[Blank], *, in_cell: bool) -> list[Blank]:
    """Labels that end in a colon with nothing behind: known heading fields, or any label at the end of a cell's line."""
    blanks: list[Blank] = []
    if ":" not in text and "：" not in text:
        return blanks
    for match in _LABEL.finditer(text):
        label = re.sub(r"\s|^[一二三四五六七八九十]、", "", match.group("label"))
        behind = text[match.end("gap") :]
        gap = len(match.group("gap"))
        at_end = not behind.strip(_SP + "）)")
        if _NOT_FIELD.search(label) and not (in_cell and at_end):
            continue
        if _is_taken(match, found, label):
            continue
        known = _HEAD_FIELD.search(label) is not None
        sealed = _SEAL.match(behind)
        dated = any(blank.kind == "date" and 0 <= blank.start - match.start("gap") <= gap + 40 for blank in found)
        ends = (
            at_end or (bool(sealed) and known) or (known and dated and not behind.strip(_SP)[:1].isdigit() and gap >= 2)
        )
        if not ends and not ((known or gap >= 3) and _next_is_label(behind)):
            continue
        if not known and not (in_cell and at_end and len(label) <= 24) and gap < 3:
            continue
        start = match.start("gap")
        end = match.end("gap") if not at_end else start + len(text[start:].rstrip("）)"))
        nearest = min((blank.start for blank in found if blank.start >= start), default=end)
        blanks.append(Blank(start, min(end, nearest), "gap", open=True))
    return blanks


def _is_taken(match: re.Match[str], found: list[Blank], label: str) -> bool:
    """Whether a blank of another kind already stands right behind the label."""
    low, high = match.start("gap"), match.end("gap") + 1
    for blank in found:
        if low <= blank.start <= high:
            wide = blank.kind == "date" and blank.start - low >= 2 and not _DATE_LABEL.search(label)
            if not wide:
                return True
    return False


def _next_is_label(text: str) -> bool:
    """Whether another label stands next: the gap before it is then the blank."""
    return bool(re.match(rf"[\u4e00-\u9fffA-Za-z（()）/{_SP}]{{2,20}}?[:：]", text))
