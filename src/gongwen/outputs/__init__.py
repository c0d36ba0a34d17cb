"""The files that leave the house: official table, workbook, reminder, covering report, JSON; empty forms for units."""

from .bundle import write_forms, write_outputs
from .reminder import reminder_text
from .report import summary_report
from .workbook import write_workbook

__all__ = ["reminder_text", "summary_report", "write_forms", "write_outputs", "write_workbook"]
