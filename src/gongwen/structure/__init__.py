"""From blocks to lines and parts: body and attachments, page-break damage mended, every character's address kept."""

from .attachments import ATTACHMENT, clean_title, label_text, listed_attachments
from .lines import Grid, Item, Line, Piece, close_up, items_of, label_of
from .mending import DATE_LINE, Mend, mend
from .parts import Part, parts_of

__all__ = [
    "ATTACHMENT",
    "DATE_LINE",
    "Grid",
    "Item",
    "Line",
    "Mend",
    "Part",
    "Piece",
    "clean_title",
    "close_up",
    "items_of",
    "label_of",
    "label_text",
    "listed_attachments",
    "mend",
    "parts_of",
]
