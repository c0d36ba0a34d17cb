"""A long title into lines that mean something and look balanced (7.3.1: 梯形或菱形, 词意完整, 长短适宜).

The lines may grow, shrink, or grow and then shrink; they never shrink and then grow (沙漏), and equal lengths (长方形)
are a last resort. Words, numbers, 《…》 and “…” stay whole where that is possible.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, pairwise
from math import ceil

from . import layout
from .wording import width

WIDEST = int(layout.TEXT_WIDTH / 20 / layout.SIZE_2)
"""Characters of the title's size that fit the 版心: 20."""

# Words a title is made of. A break inside one costs; any other Chinese text may break between two characters.
_WORDS = (
    "安全生产月 安全生产 安全宣传咨询日 安全宣传 重大事故隐患 事故隐患 隐患排查 排查整治 应急管理局 应急管理 应急演练 消防安全 "
    "人民政府 办公室 办公厅 委员会 街道办事处 管理委员会 开发区 社区 街道 领导小组 指挥部 "
    "关于印发 关于开展 关于做好 关于进一步 关于 开展 做好 进一步 加强 推进 落实 实施 印发 组织 全面 深入 "
    "情况汇总报告 情况报告 汇总报告 工作方案 实施方案 活动方案 活动 方案 工作 情况 汇总 统计 报告 请示 通知 通报 意见 批复 公告 通告 决定 总结 "
    "有关 事项 问题 专项 行动 治本攻坚 三年行动 宣传 教育 培训 检查 管理 监督 责任 措施 制度 机制 体系 建设 标准 判定"
).split()
_WORD = re.compile("|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)))
_SOLID = re.compile(r"[0-9A-Za-z.,%+\-—－]+(?:年度?|月份?|日|届|次|号)?|《[^《》]{1,18}》|“[^“”]{1,14}”|〔\d{4}〕\d+号")
_NO_START = set("，。、；：！？）》〉】〕”’…·—％%)]}的地得和与及等之")
_NO_END = set("（《〈【〔“‘([{")
_GOOD_END = ("的", "》", "”")
_IDEAL_STEP = 4.0


def title_lines(title: str, widest: int = WIDEST) -> list[str]:
    """The lines of a title. Line breaks the author made are kept."""
    if "\n" in title.strip():
        return [line.strip() for line in title.strip().split("\n") if line.strip()]
    text = re.sub(r"\s+", " ", title.strip())
    if width(text) <= widest:
        return [text]
    fewest = ceil(width(text) / widest)
    divisions = (_best_division(text, count, widest) for count in (fewest, fewest + 1))
    best = min((one for one in divisions if one), key=lambda one: one[0], default=None)
    if best is None:
        return _filled(text, widest)
    ends = best[1]
    return [text[a:b].strip() for a, b in zip((0, *ends[:-1]), ends, strict=True)]


def is_hourglass(widths: list[float]) -> bool:
    """Some line is shorter than one before it and shorter than one after it."""
    falling = False
    for above, below in pairwise(widths):
        if below > above and falling:
            return True
        falling = falling or below < above
    return False


def _best_division(text: str, count: int, widest: int) -> tuple[float, tuple[int, ...]] | None:
    """The cheapest division into ``count`` lines that fits and is no hourglass: its cost and where each line ends."""
    costs = _break_costs(text)
    reach = list(accumulate((width(c) for c in text), initial=0.0))
    length = len(text)

    @cache
    def onward(start: int, left: int, falling: bool, above: float) -> tuple[float, tuple[int, ...]] | None:
        if reach[length] - reach[start] > left * widest:
            return None
        best: tuple[float, tuple[int, ...]] | None = None
        for end in range(start + 1, length + 1) if left > 1 else (length,):
            wide = reach[end] - reach[start]
            if wide > widest:
                break
            cost = costs[end]
            if cost is None or (falling and wide > above) or (left > 1 and end == length):
                continue
            rest = onward(end, left - 1, falling or wide < above, wide) if left > 1 else (0.0, ())
            if rest is None:
                continue
            total = cost + rest[0] + _shape_cost(wide, above)
            if best is None or total < best[0]:
                best = (total, (end, *rest[1]))
        return best

    return onward(0, count, False, 0.0)


def _shape_cost(wide: float, above: float) -> float:
    """A line costs little if it is not short and differs by a few characters from the one above (0: there is none)."""
    step = abs(wide - above)
    uneven = (step - _IDEAL_STEP) ** 2 / 8 + (10.0 if step < 1 else 0.0) if above else 0.0
    return uneven + (8.0 if wide < 6 else 0.0) + 6.0


def _break_costs(text: str) -> list[float | None]:
    """What a break before each character costs; None where none is allowed."""
    words, solids = list(_WORD.finditer(text)), list(_SOLID.finditer(text))
    edges = {edge for found in (*words, *solids) for edge in found.span()}
    inside = {at: 12.0 for found in words for at in range(found.start() + 1, found.end())}
    inside |= {at: 40.0 for found in solids for at in range(found.start() + 1, found.end())}
    costs: list[float | None] = [0.0] * (len(text) + 1)
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after in _NO_START or before in _NO_END or (_latin(before) and _latin(after)):
            costs[at] = None
        elif at in inside:
            costs[at] = inside[at]
        elif text[:at].endswith(_GOOD_END) or text.startswith("关于", at):
            costs[at] = -3.0
        elif text[:at].endswith("关于"):
            costs[at] = 4.0
        else:
            costs[at] = 0.0 if at in edges else 4.0
    return costs


def _latin(c: str) -> bool:
    return c.isascii() and c.isalnum()


def _filled(text: str, widest: int) -> list[str]:
    """Where no shape is possible: each line as full as it gets."""
    lines, line = [], ""
    for c in text:
        if width(line + c) > widest:
            lines.append(line)
            line = ""
        line += c
    return [*lines, line]
