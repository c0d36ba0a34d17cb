"""What a command shows a person: facts, tables and remarks; through rich on a terminal, aligned text elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .words import clipped, one_line, padded, width

WIDEST = 48
"""Columns of a cell in aligned text, save in the last column."""


@dataclass(frozen=True)
class Facts:
    """Names and what they are; a value that is missing is left out."""

    rows: Sequence[tuple[str, str | None]]


@dataclass(frozen=True)
class Table:
    """Rows under a title; nothing is shown of an empty one. ``numbers`` are the columns set to the right."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = field(default=frozenset())


@dataclass(frozen=True)
class Remarks:
    """Lines under a title; nothing is shown of an empty one. ``grave``: someone should look."""

    title: str
    lines: Sequence[str]
    grave: bool = False


Block = Facts | Table | Remarks


def rendered(blocks: Iterable[Block]) -> str:
    """The page for where standard output goes."""
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        return _rich(blocks)
    return plain(blocks)


def plain(blocks: Iterable[Block]) -> str:
    """Aligned text without colours."""
    parts = [lines for block in blocks if (lines := _plain_block(block))]
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in parts)


def _plain_block(block: Block) -> list[str]:
    match block:
        case Facts():
            rows = [(name, one_line(value)) for name, value in block.rows if value]
            left = max((width(name) for name, _ in rows), default=0)
            return [f"{padded(name, left)}  {value}" for name, value in rows]
        case Table():
            return [block.title, *_aligned(block)] if block.rows else []
        case Remarks():
            return [block.title, *(f"  {one_line(line)}" for line in block.lines)] if block.lines else []


def _aligned(table: Table) -> list[str]:
    last = len(table.heads) - 1
    rows = [[_cell(cell, number == last) for number, cell in enumerate(row)] for row in [table.heads, *table.rows]]
    widths = [max(width(row[number]) for row in rows) for number in range(len(table.heads))]
    return [
        "  "
        + "  ".join(
            " " * (widths[number] - width(cell)) + cell if number in table.numbers else padded(cell, widths[number])
            for number, cell in enumerate(row)
        )
        for row in rows
    ]


def _cell(words: str, last: bool) -> str:
    return one_line(words) if last else clipped(one_line(words), WIDEST)


def _rich(blocks: Iterable[Block]) -> str:
    from rich import box  # noqa: PLC0415 - only on a terminal
    from rich.console import Console, RenderableType  # noqa: PLC0415
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    def facts(block: Facts) -> RenderableType:
        grid = RichTable.grid(padding=(0, 2))
        grid.add_column(style="bold", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in block.rows:
            if value:
                grid.add_row(name, Text(one_line(value)))
        return grid

    def table(block: Table) -> RenderableType:
        drawn = RichTable(title=Text(block.title, "bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for number, head in enumerate(block.heads):
            drawn.add_column(head, justify="right" if number in block.numbers else "left", overflow="fold")
        for row in block.rows:
            drawn.add_row(*(Text(one_line(cell)) for cell in row))
        return drawn

    def remarks(block: Remarks) -> RenderableType:
        words = Text(block.title, "bold yellow" if block.grave else "bold")
        for line in block.lines:
            words.append(f"\n  {one_line(line)}", "default not bold")
        return words

    console = Console(file=sys.stdout, highlight=False)
    with console.capture() as captured:
        for block in blocks:
            match block:
                case Facts() if any(value for _, value in block.rows):
                    console.print(facts(block), "")
                case Table() if block.rows:
                    console.print(table(block))
                case Remarks() if block.lines:
                    console.print(remarks(block), "")
                case _:
                    continue
    return captured.get().rstrip()
