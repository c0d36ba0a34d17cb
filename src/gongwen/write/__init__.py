"""New official documents (公文) to GB/T 9704-2012 《党政机关公文格式》."""

from .circular import CircularSpec, DutyHead, UnitProgress, circular_document, progress_circular
from .official import official_bytes, write_official
from .phrases import Contact, Parent
from .reissue import KeyDay, Liaison, ReissueSpec, Report, Work, draft_notice, reissue_document
from .spec import Attachment, Block, Column, Heading, Item, OfficialDocument, Para, TableSpec
from .summary import Issue, Narrative, SummaryReport, Total, summary_document, write_summary_report

__all__ = [
    "Attachment",
    "Block",
    "CircularSpec",
    "Column",
    "Contact",
    "DutyHead",
    "Heading",
    "Issue",
    "Item",
    "KeyDay",
    "Liaison",
    "Narrative",
    "OfficialDocument",
    "Para",
    "Parent",
    "ReissueSpec",
    "Report",
    "SummaryReport",
    "TableSpec",
    "Total",
    "UnitProgress",
    "Work",
    "circular_document",
    "draft_notice",
    "official_bytes",
    "progress_circular",
    "reissue_document",
    "summary_document",
    "write_official",
    "write_summary_report",
]
