"""What a new official document says: plain frozen data, no measures and no fonts.

The elements are those of GB/T 9704-2012, clause 7. Title and body are needed; what is left out is not printed, except
in a draft (代拟稿), where number, signer and date stay open as visible blanks for the issuing office. 份号 and 密级 have
no field on purpose: a document that is marked secret is not written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; its number 一、（一）1.（1） is counted by the builder (7.3.3).

    ``run_in`` is text that goes on in the same paragraph after the heading, which then ends in a full stop.
    """

    text: str
    level: int = 1
    run_in: str = ""

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"a heading has level 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of the text, its first line two characters in (7.3.3). A line break starts a new paragraph."""

    text: str
    indent: bool = True
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A whole paragraph that bears a number of its level, counted with the headings; no heading, and in the face of the text."""

    text: str
    level: int = 3

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"an item has level 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its share of the width, and how its cells stand. Figures stand right."""

    head: str
    width: float = 1.0
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A ruled table whose head repeats on every page (8).

    ``unit`` stands right above the table (单位：场), ``note`` below it. ``merged`` names columns, from 0, in which equal
    cells that follow each other become one. ``row_height`` is the least height of a row in points: a form to fill in by hand
    needs room.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""
    note: str = ""
    merged: tuple[int, ...] = ()
    size: Literal["四号", "小四"] = "小四"
    row_height: float = 0.0

    def __post_init__(self) -> None:
        if not self.columns or any(column.width <= 0 for column in self.columns):
            raise ValueError("a table needs columns, each with a width above zero")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells in a table of {len(self.columns)} columns")


Block = Heading | Para | Item | TableSpec


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: always named below the text (7.3.4), and set on a page of its own where it has a body (7.3.7).

    ``landscape`` turns the page for a wide table; the page number keeps its place on the sheet (8).
    """

    title: str
    body: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """One document in the order of the standard: 版头 (7.2), 主体 (7.3), 版记 (7.4).

    ``title`` is broken into lines by the builder unless it holds line breaks of its own. ``addressees`` are groups that
    are joined with ，. ``sealed`` chooses where signature and date stand (7.3.5.1 or 7.3.5.2); no seal is ever drawn.
    ``upward`` documents name who approved them (签发人, 7.2.6). ``draft_label`` stands below the title of a draft, or in the first
    line of the page (``draft_place``), where a place to sign (签发人) is left open beside it: a slip that goes with the label, not
    a part of the 版头. ``open_year`` is the year of a date that is otherwise open: 2026年　月　日.
    """

    title: str
    body: tuple[Block, ...]
    issuer_mark: str = ""
    doc_no: str = ""
    urgency: Literal["", "特急", "加急"] = ""
    upward: bool = False
    signer_for_upward: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signers: tuple[str, ...] = ()
    issued_on: date | None = None
    sealed: bool = False
    notes: str = ""
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    draft: bool = True
    draft_label: str = "代拟稿"
    draft_place: Literal["title", "head"] = "title"
    open_year: int | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("an official document needs a title")
        if not self.body:
            raise ValueError("an official document needs a body")
