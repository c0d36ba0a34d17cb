"""New official documents (公文) to GB/T 9704-2012 《党政机关公文格式》."""

from .official import official_bytes, write_official
from .spec import Attachment, Block, Column, Heading, OfficialDocument, Para, TableSpec
from .summary import Issue, Narrative, SummaryReport, Total, summary_document, write_summary_report

__all__ = [
    "Attachment",
    "Block",
    "Column",
    "Heading",
    "Issue",
    "Narrative",
    "OfficialDocument",
    "Para",
    "SummaryReport",
    "TableSpec",
    "Total",
    "official_bytes",
    "summary_document",
    "write_official",
    "write_summary_report",
]
