"""What is done to campaigns and duties. One file for each concept; views, REST, jobs and the command line call these."""

from .drafting import campaign_draft_from_notice, targets_propose
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
from .keys import address_of
from .publishing import campaign_close, campaign_publish, campaign_withdraw, participants_add
from .receipts import receipt_sign
from .targets import target_decide, targets_confirm

__all__ = [
    "address_of",
    "campaign_close",
    "campaign_draft_from_notice",
    "campaign_publish",
    "campaign_withdraw",
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
    "participants_add",
    "receipt_sign",
    "target_decide",
    "targets_confirm",
    "targets_propose",
]
