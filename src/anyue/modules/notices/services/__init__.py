"""Writes around notices: received, read, decided item by item, reviewed, issued."""

from .deciding import item_accept, item_add, item_correct, item_drop, item_remove, item_reset, items_accept
from .reading import notice_compile, notice_read
from .receiving import notice_receive
from .reviewing import (
    notice_issue,
    notice_parent_set,
    notice_recall,
    notice_reopen,
    notice_reread,
    notice_review,
    notice_withdraw,
)

__all__ = [
    "item_accept",
    "item_add",
    "item_correct",
    "item_drop",
    "item_remove",
    "item_reset",
    "items_accept",
    "notice_compile",
    "notice_issue",
    "notice_parent_set",
    "notice_read",
    "notice_recall",
    "notice_receive",
    "notice_reopen",
    "notice_reread",
    "notice_review",
    "notice_withdraw",
]
