"""Where the characters of a document stand: every paragraph with the address that evidence uses for it.

An address is (block, row, column, nested) as in ``gongwen.spec.Evidence``; offsets count characters of the paragraph or
cell it names. The cells of a table that was rebuilt in a text file are addressed by their line, as they are stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..model import Cell, Document, Paragraph, Table


class Address(NamedTuple):
    """A paragraph of the body (``row`` is None) or a cell; ``nested`` leads on into tables inside the cell."""

    block: int
    row: int | None = None
    column: int | None = None
    nested: tuple[int, ...] = ()


class Place(NamedTuple):
    """A paragraph and where its first character counts at its address."""

    address: Address
    start: int
    paragraph: Paragraph


def places(document: Document) -> Iterator[Place]:
    """Every paragraph of the body in reading order, those in cells and in tables inside cells included."""
    flat = document.format == "text"
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _of_table(block, None, flat)
        else:
            yield Place(Address(block.block), block.offset, block)


def cell_address(table: Table, cell: Cell, outer: Address | None) -> Address:
    """The address of a cell; ``outer`` is the cell around its table."""
    if outer is None:
        return Address(table.block, cell.row, cell.column)
    return outer._replace(nested=(*outer.nested, cell.row, cell.column))


def of_cell(cell: Cell, address: Address, flat: bool) -> Iterator[Place]:
    """The paragraphs of a cell, tables inside it left out. In a cell's text a break stands between two paragraphs."""
    start = 0
    for paragraph in cell.paragraphs:
        if flat:
            yield Place(Address(paragraph.block), paragraph.offset, paragraph)
        else:
            yield Place(address, start, paragraph)
        start += len(paragraph.text) + 1


def _of_table(table: Table, outer: Address | None, flat: bool) -> Iterator[Place]:
    for cell in table.cells:
        address = cell_address(table, cell, outer)
        yield from of_cell(cell, address, flat)
        for inner in cell.tables:
            yield from _of_table(inner, address, flat)
