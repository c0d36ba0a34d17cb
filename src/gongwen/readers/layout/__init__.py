"""From ink on pages to blocks, shared by .pdf and scans: glyphs and ruling lines in, paragraphs and tables out."""

from .assemble import assemble
from .boxes import is_square, with_boxes
from .page import Glyph, Page, Rule

__all__ = ["Glyph", "Page", "Rule", "assemble", "is_square", "with_boxes"]
