"""What a person should get from a route: computed from what the view declared, the subject, and the table of roles."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from anyue.platform.authz import Actor, can, can_anywhere
from anyue.platform.pages.access import Access

from .world import ANONYMOUS, Subject

SHOWN = frozenset({200, 204, 302, 303, 304})
ASKED = SHOWN | {400, 405, 409, 410, 413, 415, 422, 429}
NOT_THERE = frozenset({404})
NOT_ALLOWED = frozenset({403})
READ_ONLY = frozenset({405})


class May(Enum):
    """How far a person comes with a route."""

    ACT = "act"
    SEE = "see"
    NOTHING = "nothing"
    SIGN_IN = "sign in"


@dataclass(frozen=True)
class Case:
    """One route, one persona."""

    access: Access
    subject: Subject
    persona: str
    actor: Actor
    place: str


def may(case: Case) -> May:
    """How far: by the declared access first, then by the subject."""
    access, subject = case.access, case.subject
    if access.public:
        return May.ACT
    if case.persona == ANONYMOUS:
        return May.SIGN_IN
    if access.permissions and not can_anywhere(case.actor, *access.permissions):
        return May.NOTHING
    if subject.owner:
        return May.ACT if subject.owner == case.persona else May.NOTHING
    see = subject.see
    if see and not can(case.actor, see, case.place):
        return May.NOTHING
    if subject.act and not can(case.actor, subject.act, case.place):
        return May.SEE
    return May.ACT


def allowed(case: Case, method: str) -> frozenset[int]:
    """The statuses that are right for this person and method."""
    also = [case.subject.also.get((who, method), (set(), ""))[0] for who in (case.persona, "*")]
    return _usual(case, method).union(*also)


def _usual(case: Case, method: str) -> frozenset[int]:
    how_far = may(case)
    if how_far is May.SIGN_IN:
        return frozenset({302}) | NOT_THERE
    if how_far is May.NOTHING:
        if case.access.permissions and not can_anywhere(case.actor, *case.access.permissions):
            return NOT_THERE
        # She may open such pages elsewhere: a wrong method is refused before the subject is looked for, there or not.
        return NOT_THERE | READ_ONLY
    if how_far is May.SEE:
        if method == "GET" and case.subject.act_on_post_only:
            return SHOWN
        return NOT_ALLOWED | READ_ONLY
    return SHOWN | READ_ONLY if method == "GET" else ASKED
