"""The files that leave the house: official table, workbook, reminder, covering report, JSON; empty forms for units.

And what the review page shows: the notice as HTML, with everything read from it as a list of items marked in it.
"""

from .bundle import write_forms, write_outputs
from .html import ReviewPage, document_html, review_page
from .items import SpecItem, item_spans, spec_items
from .marking import PageSpan, spans_of
from .reminder import reminder_text
from .report import summary_report
from .workbook import write_workbook

__all__ = [
    "PageSpan",
    "ReviewPage",
    "SpecItem",
    "document_html",
    "item_spans",
    "reminder_text",
    "review_page",
    "spans_of",
    "spec_items",
    "summary_report",
    "write_forms",
    "write_outputs",
    "write_workbook",
]
