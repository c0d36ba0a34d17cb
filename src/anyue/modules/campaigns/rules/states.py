"""The life of a duty: which act leads from which state to which, and whose act it is."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What somebody does to a duty."""

    PROGRESS = "progress"
    FINISH = "finish"
    TAKE_BACK = "take_back"
    DECLINE = "decline"
    ACCEPT = "accept"
    SEND_BACK = "send_back"
    AGREE = "agree"
    INSIST = "insist"
    REOPEN = "reopen"
    DROP = "drop"
    CONFIRM = "confirm"
    UNDO = "undo"


class Side(StrEnum):
    """Whose act: the unit that owes, the office that asks, or either."""

    UNIT = "unit"
    OFFICE = "office"
    EITHER = "either"


OPEN, STARTED, DONE, NOT_OURS, DROPPED = "open", "started", "done", "not_ours", "dropped"
STATES = (OPEN, STARTED, DONE, NOT_OURS, DROPPED)
RECEIPT, LIAISON, TASK, RETURN = "receipt", "liaison", "task", "return"
KINDS = (RECEIPT, LIAISON, TASK, RETURN)

# A receipt and an officer cannot be somebody else's business, and nobody accepts them: they speak for themselves.
_SIMPLE = frozenset({RECEIPT, LIAISON})

SIDE = {
    Act.PROGRESS: Side.UNIT,
    Act.FINISH: Side.UNIT,
    Act.TAKE_BACK: Side.UNIT,
    Act.DECLINE: Side.UNIT,
    Act.ACCEPT: Side.OFFICE,
    Act.SEND_BACK: Side.OFFICE,
    Act.AGREE: Side.OFFICE,
    Act.INSIST: Side.OFFICE,
    Act.REOPEN: Side.OFFICE,
    Act.DROP: Side.OFFICE,
    Act.CONFIRM: Side.EITHER,
    Act.UNDO: Side.EITHER,
}

# (act, state) -> state. ACCEPT, AGREE and CONFIRM leave the state as it is and mark it.
_WAYS = {
    (Act.PROGRESS, OPEN): STARTED,
    (Act.PROGRESS, STARTED): STARTED,
    (Act.FINISH, OPEN): DONE,
    (Act.FINISH, STARTED): DONE,
    (Act.TAKE_BACK, DONE): STARTED,
    (Act.DECLINE, OPEN): NOT_OURS,
    (Act.DECLINE, STARTED): NOT_OURS,
    (Act.ACCEPT, DONE): DONE,
    (Act.SEND_BACK, DONE): STARTED,
    (Act.AGREE, NOT_OURS): NOT_OURS,
    (Act.INSIST, NOT_OURS): OPEN,
    (Act.REOPEN, DONE): STARTED,
    (Act.REOPEN, NOT_OURS): OPEN,
    (Act.REOPEN, DROPPED): OPEN,
    (Act.DROP, OPEN): DROPPED,
    (Act.DROP, STARTED): DROPPED,
    (Act.DROP, NOT_OURS): DROPPED,
    (Act.CONFIRM, DONE): DONE,
    (Act.CONFIRM, NOT_OURS): NOT_OURS,
    (Act.CONFIRM, STARTED): STARTED,
    (Act.UNDO, DONE): OPEN,
    (Act.UNDO, NOT_OURS): OPEN,
    (Act.UNDO, STARTED): OPEN,
}


def after(act: Act, *, state: str, kind: str, accepted: bool = False, by_link: bool = False) -> str | None:
    """The state that ``act`` leads to; None where it is not possible.

    What the office accepted or agreed to is taken back by the office alone (``REOPEN``). ``CONFIRM`` and ``UNDO`` are for acts
    by link. A receipt or an officer is neither declined, nor accepted, nor half done.
    """
    if kind in _SIMPLE and act in (Act.PROGRESS, Act.DECLINE, Act.AGREE, Act.INSIST, Act.ACCEPT):
        return None
    if accepted and act in (Act.TAKE_BACK, Act.SEND_BACK, Act.ACCEPT, Act.AGREE, Act.INSIST, Act.UNDO):
        return None
    if act in (Act.CONFIRM, Act.UNDO) and not by_link:
        return None
    found = _WAYS.get((act, state))
    return OPEN if found == STARTED and kind in _SIMPLE else found


def may_undo(*, by_link: bool, is_own_unit: bool, is_office: bool, accepted: bool, open_campaign: bool) -> bool:
    """An act by link is undone by an account holder of the unit or of the office, while the campaign runs.

    What the office has accepted is not undone: it is reopened, with a reason.
    """
    return by_link and open_campaign and not accepted and (is_own_unit or is_office)
