"""What is done to campaigns and duties. One file for each concept; views, REST, jobs and the command line call these."""

from .acts import act_confirm, act_undo, acts_confirm
from .addressing import Addressed, addressees_preview, addressees_set, participants_add, participants_drop
from .calendars import calendar_close, calendar_open, calendar_opened_by
from .documents import draft_signed, notice_draft
from .door import has_missed_too_often, knock, opened_by
from .drafting import campaign_draft_from_notice, head_of, targets_propose
from .duties import (
    duties_accept,
    duty_accept,
    duty_agree,
    duty_close,
    duty_decline,
    duty_done,
    duty_drop,
    duty_insist,
    duty_open,
    duty_open_again,
    duty_progress,
    duty_reopen,
    duty_send_back,
    duty_take_back,
)
from .editing import (
    asked_drop,
    asked_restore,
    campaign_edit,
    key_days_set,
    requirement_add,
    requirement_edit,
    task_add,
    task_edit,
)
from .evidence import evidence_add, evidence_remove
from .extensions import extension_answer, extension_ask
from .keys import address_of
from .liaison import liaison_name, liaison_slip_read
from .links import holder, link_holder, link_renew, link_revoke, link_used, links_switch
from .publishing import campaign_close, campaign_publish, campaign_withdraw, publish_preview
from .receipts import receipt_sign
from .reissue import campaign_reissue
from .rosters import roster_begin, roster_fill
from .targets import target_decide, targets_confirm

__all__ = [
    "Addressed",
    "act_confirm",
    "act_undo",
    "acts_confirm",
    "address_of",
    "addressees_preview",
    "addressees_set",
    "asked_drop",
    "asked_restore",
    "calendar_close",
    "calendar_open",
    "calendar_opened_by",
    "campaign_close",
    "campaign_draft_from_notice",
    "campaign_edit",
    "campaign_publish",
    "campaign_reissue",
    "campaign_withdraw",
    "draft_signed",
    "duties_accept",
    "duty_accept",
    "duty_agree",
    "duty_close",
    "duty_decline",
    "duty_done",
    "duty_drop",
    "duty_insist",
    "duty_open",
    "duty_open_again",
    "duty_progress",
    "duty_reopen",
    "duty_send_back",
    "duty_take_back",
    "evidence_add",
    "evidence_remove",
    "extension_answer",
    "extension_ask",
    "has_missed_too_often",
    "head_of",
    "holder",
    "key_days_set",
    "knock",
    "liaison_name",
    "liaison_slip_read",
    "link_holder",
    "link_renew",
    "link_revoke",
    "link_used",
    "links_switch",
    "notice_draft",
    "opened_by",
    "participants_add",
    "participants_drop",
    "publish_preview",
    "receipt_sign",
    "requirement_add",
    "requirement_edit",
    "roster_begin",
    "roster_fill",
    "target_decide",
    "targets_confirm",
    "targets_propose",
    "task_add",
    "task_edit",
]
