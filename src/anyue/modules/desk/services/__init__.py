"""Writes of the desk."""

from .quick_gathering import REPLY_LIMIT, Added, Dropped, quick_file_drop, quick_files_add, quick_run_open
from .quick_notice import quick_run_to_notice
from .quick_reading import quick_run_read
from .quick_runs import quick_run_fail, quick_run_purge, quick_run_remove, quick_run_start, quick_runs_expire

__all__ = [
    "REPLY_LIMIT",
    "Added",
    "Dropped",
    "quick_file_drop",
    "quick_files_add",
    "quick_run_fail",
    "quick_run_open",
    "quick_run_purge",
    "quick_run_read",
    "quick_run_remove",
    "quick_run_start",
    "quick_run_to_notice",
    "quick_runs_expire",
]
