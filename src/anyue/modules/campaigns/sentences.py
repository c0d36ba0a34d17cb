"""How the audit trail speaks of campaigns, duties, chasing, circulars and calendars."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.modules.notices.forms import LEVEL_LABELS
from anyue.modules.orgs.models import Kind
from anyue.platform.audit import sentences, values

from .models import Chase, Duty
from .rules import naming

SENTENCES = {
    "campaign.drafted": _("%(actor)s drafted the campaign %(subject)s from a notice"),
    "campaign.edited": _("%(actor)s changed the head of the campaign %(subject)s"),
    "campaign.key_days_set": _("%(actor)s set the key days of the campaign %(subject)s"),
    "campaign.targets_confirmed": _("%(actor)s confirmed whom the names in the campaign %(subject)s mean"),
    "campaign.target_decided": _("%(actor)s decided whom a name in the campaign %(subject)s means"),
    "campaign.published": _("%(actor)s published the campaign %(subject)s"),
    "campaign.units_added": _("%(actor)s addressed more units in the campaign %(subject)s"),
    "campaign.units_dropped": _("%(actor)s no longer addresses some units in the campaign %(subject)s"),
    "campaign.units_followed": _("%(actor)s changed the tree of units, and the campaign %(subject)s followed"),
    "campaign.reissued": _("%(actor)s issued the campaign %(subject)s further down"),
    "campaign.closed": _("%(actor)s closed the campaign %(subject)s"),
    "campaign.withdrawn": _("%(actor)s withdrew the campaign %(subject)s"),
    "campaign.links_opened": _("%(actor)s switched the links of the campaign %(subject)s on"),
    "campaign.links_closed": _("%(actor)s switched the links of the campaign %(subject)s off"),
    "task.added": _("%(actor)s added the task %(subject)s"),
    "task.edited": _("%(actor)s changed the task %(subject)s"),
    "task.dropped": _("%(actor)s no longer asks for the task %(subject)s"),
    "task.restored": _("%(actor)s asks for the task %(subject)s again"),
    "requirement.added": _("%(actor)s added what is to be handed in: %(subject)s"),
    "requirement.edited": _("%(actor)s changed what is to be handed in: %(subject)s"),
    "requirement.dropped": _("%(actor)s no longer asks for %(subject)s to be handed in"),
    "requirement.restored": _("%(actor)s asks for %(subject)s to be handed in again"),
    "duty.opened": _("%(actor)s opened the duty %(subject)s"),
    "duty.progressed": _("%(actor)s reported progress on %(subject)s"),
    "duty.done": _("%(actor)s reported %(subject)s as done"),
    "duty.taken_back": _("%(actor)s took back that %(subject)s was done"),
    "duty.declined": _("%(actor)s said that %(subject)s is not the unit's business"),
    "duty.accepted": _("%(actor)s accepted %(subject)s as done"),
    "duty.sent_back": _("%(actor)s sent %(subject)s back to the unit"),
    "duty.agreed_not_theirs": _("%(actor)s agreed that %(subject)s is not the unit's business"),
    "duty.insisted": _("%(actor)s insisted that %(subject)s is the unit's business"),
    "duty.reopened": _("%(actor)s opened %(subject)s again"),
    "duty.dropped": _("%(actor)s no longer asks for %(subject)s"),
    "duty.confirmed": _("%(actor)s confirmed what was done by link: %(subject)s"),
    "duty.undone": _("%(actor)s undid what was done by link: %(subject)s"),
    "extension.asked": _("%(actor)s asked for more time for %(subject)s"),
    "extension.granted": _("%(actor)s granted more time for %(subject)s"),
    "extension.refused": _("%(actor)s refused more time for %(subject)s"),
    "evidence.added": _("%(actor)s added evidence to %(subject)s"),
    "evidence.removed": _("%(actor)s took evidence away from %(subject)s"),
    "liaison_officer.named": _("%(actor)s named the liaison officer %(subject)s"),
    "draft_document.made": _("%(actor)s drafted the document %(subject)s for signature"),
    "draft_document.signed": _("%(actor)s entered number and signer of %(subject)s"),
    "link.renewed": _("%(actor)s made a new link for %(subject)s"),
    "link.revoked": _("%(actor)s revoked the link of %(subject)s"),
    "chase.reminded": _("%(actor)s reminded %(subject)s of what is due soon"),
    "chase.sent": _("%(actor)s chased %(subject)s"),
    "chase.escalated": _("%(actor)s told the head of %(subject)s what is overdue"),
    "chase.by_chat": _("%(actor)s chased %(subject)s in a chat group"),
    "chase.by_phone": _("%(actor)s chased %(subject)s by telephone"),
    "chase.unreached": _("%(actor)s was to chase %(subject)s and reached nobody"),
    "campaign.chase_rules_set": _("%(actor)s changed when %(subject)s is chased"),
    "calendar.opened": _("%(actor)s made a calendar address"),
    "calendar.closed": _("%(actor)s closed the calendar address"),
}
FIELDS = {
    "renewed": _("renewed"),
    "files_waiting": _("files that wait to be looked through"),
    "duties": _("duties"),
    "days": _("Key days"),
    "recipient": _("to whom"),
    "reached": _("messages"),
    "chases_itself": _("chase automatically"),
    "rules": _("rules"),
    "campaigns.campaign:parent": _("campaign above"),
    "notice": _("notice"),
    "units": _("units concerned"),
    "count": _("how many of them"),
    "tasks": _("tasks"),
    "requirements": _("what is to be handed in"),
    "words": _("names"),
    "why": _("how it was found"),
    "campaigns.draftdocument:items": _("what it is about"),
    "files": _("files concerned"),
    "file": _("file"),
    "wanted_at": _("wanted until"),
    "due_at": _("due"),
    "answer": _("answer"),
    "reason": _("reason"),
    "note": _("remark"),
    "progress": _("progress"),
    "done_by": _("done by"),
    "responsible": _("who does it"),
    "who": _("who owes it"),
    "key_days": _("key days"),
}
_WHY = {
    "exact": _("its name"),
    "short": _("its short name"),
    "end": _("the end of its name"),
    "abbreviation": _("an abbreviation"),
    "kind": _("all of this kind"),
    "level": _("all of this level"),
    "group": _("a list of units"),
    "addressed": _("everybody addressed"),
    "own": _("the office itself"),
    "parts": _("several names together"),
    "chosen": _("chosen by hand"),
    "nobody": _("nobody is named"),
    "none": _("no unit found"),
}
_MARK = re.compile(r"(remind|late|leader)([+-]\d+)d([+-]\d+)h")


def _why(code: str) -> str:
    return gettext(_WHY.get(code, code))


def _names(words: str) -> str:
    """A name as a notice has it; a task without names says a level, or nobody."""
    if words == naming.NOBODY:
        return gettext("nobody is named")
    level = words.removeprefix(naming.LEVEL)
    return str(LEVEL_LABELS.get(level, level)) if level != words else words


def _rule(written: str) -> str:
    """``receipt township late+1d+0h`` in words."""
    *whom, mark = written.split(" ")
    match = _MARK.fullmatch(mark)
    if match is None:
        return written
    labels = dict(Duty.Kind.choices) | dict(Kind.choices)
    days, hours = int(match[2]), int(match[3])
    when = gettext("%(days)s working days and %(hours)s hours after the deadline") % {"days": days, "hours": hours}
    if (days, hours) < (0, 0):
        when = gettext("%(days)s working days and %(hours)s hours before the deadline") % {
            "days": -days,
            "hours": -hours,
        }
    return " · ".join([*(str(labels.get(one, one)) for one in whom), when, str(Chase.Step(match[1]).label)])


def install() -> None:
    """Once, at start."""
    values.register(
        {"campaigns.target:why": _why, "rules": _rule, "responsible": _names, "who": _names, "words": _names}
    )
    values.hide("campaigns.duty:subject")
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
    sentences.register_fields(FIELDS)
