"""Tasks and who is responsible: sentences of the body that ask for something, and the cells of a task matrix."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from ..lexicon.bodies import is_body, levels_of
from ..lexicon.dates import find_dates
from ..model import Cell
from ..spec import LEVELS, Evidence, Task
from ..structure import Line, close_up
from .grids import FormGrid
from .reading import Reading, sentences

_ASKS = re.compile(
    r"要|应当|应(?!急|用|对|知|届|景)|须|务必|必须|请|组织|开展|推进|落实|加强|建立|完善|制定|督促|指导|引导|发动|鼓励|参加|参与|围绕|聚焦|深入|做好|抓好|举办|举行|召开|宣传|推广|培训|演练|检查|排查|整治|报送|上报|反馈|明确|确定|采取|创作|观看|学习|普及|清理|拆除|安装|整改|公布|曝光|号召|通过|利用|依托|结合|持续|严格|强化|深化|推动|设立|张贴|发放|不得|严禁|完成|自查|登记|审核|配合|负责|牵头|至少|修订|编制|清点|巡查|检验|上门|入户|发放|张贴|播放|悬挂|抽查|暗访|督办|约谈|走访|慰问|编写|拍摄|选派|报送"
)
_NOT_TASK = re.compile(
    r"^(?:联系人|联系电话|附件|抄送|主题|特此|此件|现将|为(?:了)?.{2,60}(?:通知如下|决定)|根据|按照.{2,60}(?:通知如下)|今年\s*\d+\s*月|逾期|近期.{0,30}事故)"
)
_TO_FILL = re.compile(r"_{2,}|[（(][\s\u3000]+[)）]|□")
_SUBJECT = re.compile(
    r"^(?:请|由|同时[，,]?|并|要求|组织|发动)?\s*(?P<who>[^，。；：:“”]{2,48}?)(?=\s*(?:(?<![主重需])要(?!求|点|素|害)|应当|应(?!急|用|对|知)|须|务必|必须|负责|牵头|可(?:以)?结合|针对|会同|根据|结合|按照|在.{2,16}(?:基础上|期间)|每[年月周日]|至少|于\d|将于|对照|通过.{2,20}(?:开展|组织)|不得|自\d|组织(?!开展不力)|分别))"
)
_LEVEL_HEAD = re.compile(r"层面|级$|各级|[区县市省]级|街道|乡镇|镇街|社区|村居|部门|企业|学校|单位分工|家庭")
_DUTY = re.compile(
    r"(?:主责|责任)(?:单位|部门|科室|处室|主体|人|领导)?|牵头(?:单位|部门|科室)?|配合(?:单位|部门)?|承办单位|落实单位|实施单位|参与单位|主办单位"
)
_DUE = re.compile(r"完成(?:时限|时间|日期)|时限|时间(?:安排|节点|进度|要求)?$|进度(?:安排|要求)?|节点")
_WORK = re.compile(
    r"(?:工作|任务|活动|主要|具体|重点|整治|检查)?(?:事项|任务|措施|内容|举措|活动|安排|要求|做法|项目|工作|名称)$|任务|措施|事项"
)
_HEAD_ONLY = re.compile(r"序\s*号|备\s*注|总体任务|类别|项目分类|板块|分类|一级|阶段")


def read_tasks(reading: Reading) -> list[Task]:
    """Prose first, then the matrices, in order; the same words give the same id."""
    found: list[Task] = []
    seen: Counter[str] = Counter()
    for part in reading.parts:
        own = part is reading.body
        if own and (reading.header_end or any(line.number and line.level == 1 for line in part.lines())):
            stop = reading.signature_start or len(part.items)
            found.extend(
                _prose([item for item in part.items[reading.header_end : stop] if isinstance(item, Line)], seen)
            )
        elif not own and sum(len(line.text) for line in part.lines()) > 400:
            found.extend(_prose(list(part.lines()), seen))
        for grid in part.grids():
            form = reading.form_grid(grid)
            if form.is_matrix():
                found.extend(_matrix(reading, form, seen))
    return found


def task_id(text: str, heads: list[str], seen: Counter[str]) -> str:
    """Stable: the digest of the words and heads, with a number only where the same stand again."""
    digest = hashlib.sha256("|".join([close_up(text), *heads]).encode()).hexdigest()[:8]
    seen[digest] += 1
    return f"t-{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else "")


# -- prose


def _prose(lines: list[Line], seen: Counter[str]) -> Iterator[Task]:
    section: str | None = None
    heads: list[tuple[int, str]] = []
    levels: list[str] = []
    bodies: list[str] = []
    asks = True
    started = not any(line.number and line.level == 1 for line in lines)
    for line in lines:
        if not line.text.strip():
            continue
        if line.number and line.level:
            started = True
            heading = re.split("。", line.title, maxsplit=1)[0]
            heads = [(level, words) for level, words in heads if level < line.level]
            if len(heading) <= 40:
                heads.append((line.level, f"{line.number}{close_up(heading)}"))
            section = heads[0][1] if heads else None
            if line.level == 1:
                asks = not re.fullmatch(
                    r"(?:总体思路|指导思想|总体要求|(?:活动)?主题|(?:活动)?时间|(?:工作|活动|总体|行动)目标|时间安排|组织机构|活动背景|整治范围|检查范围|适用范围)",
                    line.title.rstrip("。：:"),
                )
            if line.level <= 2:
                levels, bodies = [], []
            if "。" not in line.title and len(line.title) <= 40 and not re.search("[，；]", line.title):
                continue
        if not started or not asks or re.match(r"^\s*(?:附\s*件|联\s*系|抄\s*送)", line.text):
            continue
        for begin, high in sentences(line.text):
            low = max(begin, line.body if line.number else 0)
            text = line.text[low:high].strip()
            if _TO_FILL.search(text):
                continue
            if (
                low == line.body
                and line.number
                and len(text) <= 45
                and high < len(line.text)
                and not re.search("[，；]", text)
                and text.endswith("。")
            ):
                continue  # a run-in heading
            if len(text) < 8 or _NOT_TASK.match(text) or not _ASKS.search(text):
                continue
            own = _subject(text)
            if own:
                bodies = list(own)
                levels = _levels(own)
            start = line.text.find(text, low)
            yield Task(
                task_id(text, [words for _, words in heads], seen),
                list(levels),
                list(bodies),
                [words for _, words in heads],
                close_up(text),
                section,
                line.evidence(start, start + len(text)),
            )


_OFFICE = r"[省市区县镇乡州旗][\u4e00-\u9fff]{1,14}?(?:局|委员会|委|办公室|办|支队|大队|总队|中心|公司|集团|协会|分局|管委会|工会|团委|妇联)"
_OFFICES = re.compile(rf"^(?P<who>{_OFFICE}(?:、{_OFFICE}|[和及]{_OFFICE})*)(?![、和及的内外])")


def _subject(text: str) -> list[str]:
    """The bodies at the head of a sentence that it makes responsible; [] where it names none."""
    offices = _OFFICES.match(text)
    if offices:
        return re.split(
            r"、|[和及](?=[省市区县镇乡州旗][\u4e00-\u9fff]{2,12}(?:局|委|办|队|中心|会)$)", offices.group("who")
        )
    match = _SUBJECT.match(text) or re.search(
        r"，(?P<who>各[^，。；：]{2,24}?)(?=(?<![主重需])要(?!求|点|素)|应当|须|务必)", text
    )
    if not match:
        return []
    who = match.group("who").strip()
    who = re.sub(r"^(?:请|由|同时|并|其中|各类)", "", who)
    parts = [
        part.strip()
        for part in re.split(r"、|，|以及|(?:和|及)(?!单位$|部门$|个人$|人员$|企业$)(?=[\u4e00-\u9fff]{2})", who)
        if part.strip()
    ]
    known = [part for part in parts if is_body(re.sub(r"(?:主要)?负责人$|负责同志$", "", part)) or levels_of(part)]
    if not known or len(known) < 0.5 * len(parts) or any(len(part) > 24 for part in parts):
        return []
    return [close_up(re.sub(r"(?:党政)?(?:主要|分管)?负责(?:人|同志)$|(?:党政)?主要$", "", part)) for part in parts]


def _levels(bodies: list[str]) -> list[str]:
    found = {level for body in bodies for level in levels_of(body)}
    return [level for level in LEVELS if level in found]


# -- matrices


def _matrix(reading: Reading, form: FormGrid, seen: Counter[str]) -> Iterator[Task]:
    table = form.table
    heads = max(1, form.heads)
    titles = {column: form.heads_above(heads, column) for column in range(table.columns)}
    last = {column: re.sub(r"\s", "", heads_[-1]) if heads_ else "" for column, heads_ in titles.items()}
    level_columns = {
        column
        for column, head in last.items()
        if levels_of(head)
        and (_LEVEL_HEAD.search(head) or is_body(head))
        and not _DUTY.search(head)
        and len(head) <= 16
        and not _HEAD_ONLY.search(head)
    }
    duty_columns = {column for column, head in last.items() if _DUTY.search(head)}
    due_columns = {column for column, head in last.items() if _DUE.search(head) and column not in duty_columns}
    if level_columns:
        work = level_columns
    else:
        named = [
            column
            for column, head in last.items()
            if _WORK.search(head)
            and column not in duty_columns | due_columns | form.serial
            and not _HEAD_ONLY.search(head)
        ]
        if not named:
            named = [
                column
                for column in range(table.columns)
                if column not in duty_columns | due_columns | form.serial and not re.search(r"备\s*注", last[column])
            ][-1:]
        work = {max(named)} if named and len(named) > 1 and not duty_columns else set(named[-1:])
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        covered = set(range(cell.column, cell.column + cell.columns))
        if cell.row < heads or not covered & work or not cell.text.strip():
            continue
        levels = _levels([last[column] for column in sorted(covered & work)]) if level_columns else []
        row_heads = _row_heads(form, cell, work | duty_columns | due_columns)
        bodies = _bodies(form, cell, duty_columns)
        due = _row_due(reading, form, cell, due_columns)
        for line in _paragraphs(form, cell):
            named_bodies = _subject(line.text.strip()) if level_columns else []
            whose = bodies or named_bodies
            own = levels or _levels(whose)
            text = close_up(line.title if line.number else line.text.strip())
            if len(text) >= 2:
                task = Task(
                    task_id(text, row_heads, seen),
                    own,
                    whose,
                    row_heads,
                    text,
                    row_heads[0] if row_heads else None,
                    _whole(line),
                    due,
                )
                yield task


def _whole(line: Line) -> Evidence:
    return line.whole()


def _paragraphs(form: FormGrid, cell: Cell) -> list[Line]:
    """The paragraphs of a cell: a task a paragraph."""
    return [line for line in form.lines[(cell.row, cell.column)] if line.text.strip()]


def _row_heads(form: FormGrid, cell: Cell, skip: set[int]) -> list[str]:
    """The row headings of all the rows that a cell covers."""
    found: list[str] = []
    seen: set[tuple[int, int]] = set()
    for row in range(cell.row, cell.row + cell.rows):
        for column in range(cell.column):
            left = form.at.get((row, column))
            if left is None or (left.row, left.column) in seen or column in skip or column in form.serial:
                continue
            seen.add((left.row, left.column))
            text = close_up(left.text.replace("\n", ""))
            if text and not re.fullmatch(r"\d{1,3}", text):
                found.append(text)
    return found


def _bodies(form: FormGrid, cell: Cell, columns: set[int]) -> list[str]:
    found: list[str] = []
    for row in range(cell.row, cell.row + cell.rows):
        for column in sorted(columns):
            other = form.at.get((row, column))
            if other is None:
                continue
            named = re.sub(r"(?:牵头|配合|责任)单位\s*[:：]", "", other.text)
            for part in map(close_up, re.split(r"[、，,；;\n\s]+|[:：]", named)):
                if part and part not in found:
                    found.append(part)
    return found


def _row_due(reading: Reading, form: FormGrid, cell: Cell, columns: set[int]) -> str | None:
    for column in sorted(columns):
        other = form.at.get((cell.row, column))
        for word in find_dates(other.text) if other is not None else ():
            days: list[date] = reading.days_of(word) if word.kind in ("day", "fuzzy") else []
            if days:
                return days[-1].isoformat()
    return None
