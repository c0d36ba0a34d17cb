"""Entries as sentences. A module says how its actions read; an action that nobody described reads well all the same.

In ``apps.ready``::

    sentences.register("notice.published", _("%(actor)s published the notice %(subject)s"))

with ``_ = gettext_noop``: the msgid stands in the module's own catalogue. Labels of fields come from the models themselves;
``register_fields`` names those of ``before`` and ``after`` that are no column; ``values`` says how their values read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.platform.authz import ActorKind

from .models import Entry
from .values import field_named, model_of, register_fields, value_said

__all__ = [
    "action_named",
    "actions",
    "actor",
    "field_named",
    "install_places",
    "kind_named",
    "place_found",
    "places_named",
    "register",
    "register_fields",
    "sentence",
    "subject",
    "value_said",
]

_SENTENCES: dict[str, str] = {}

# The verbs of actions that no module described, as `subject.verb` has them.
_VERBS = {
    "added": _("%(actor)s added %(subject)s"),
    "created": _("%(actor)s created %(subject)s"),
    "changed": _("%(actor)s changed %(subject)s"),
    "updated": _("%(actor)s updated %(subject)s"),
    "renamed": _("%(actor)s renamed %(subject)s"),
    "moved": _("%(actor)s moved %(subject)s"),
    "merged": _("%(actor)s merged %(subject)s"),
    "split": _("%(actor)s split %(subject)s"),
    "closed": _("%(actor)s closed %(subject)s"),
    "opened": _("%(actor)s opened %(subject)s"),
    "removed": _("%(actor)s removed %(subject)s"),
    "deleted": _("%(actor)s deleted %(subject)s"),
    "imported": _("%(actor)s imported %(subject)s"),
    "exported": _("%(actor)s exported %(subject)s"),
    "uploaded": _("%(actor)s uploaded %(subject)s"),
    "downloaded": _("%(actor)s downloaded %(subject)s"),
    "published": _("%(actor)s published %(subject)s"),
    "withdrawn": _("%(actor)s withdrew %(subject)s"),
    "issued": _("%(actor)s issued %(subject)s"),
    "reviewed": _("%(actor)s reviewed %(subject)s"),
    "accepted": _("%(actor)s accepted %(subject)s"),
    "returned": _("%(actor)s sent back %(subject)s"),
    "confirmed": _("%(actor)s confirmed %(subject)s"),
    "undone": _("%(actor)s undid %(subject)s"),
    "signed": _("%(actor)s signed for %(subject)s"),
    "named": _("%(actor)s named %(subject)s"),
    "granted": _("%(actor)s granted %(subject)s"),
    "refused": _("%(actor)s refused %(subject)s"),
    "ended": _("%(actor)s ended %(subject)s"),
    "sent": _("%(actor)s sent %(subject)s"),
    "locked": _("%(actor)s locked %(subject)s"),
    "unlocked": _("%(actor)s unlocked %(subject)s"),
}
# A key that most modules have.
register_fields({"state": _("state")})
_OTHERWISE = _("%(actor)s: %(action)s (%(subject)s)")


def register(action: str, sentence: str) -> None:
    """How ``action`` reads: an English msgid with ``%(actor)s`` and ``%(subject)s``."""
    known = _SENTENCES.setdefault(action, sentence)
    if known != sentence:
        raise ValueError(f"two sentences for {action}")


def actions() -> dict[str, str]:
    """All described actions with their msgids, for the filter of the trail."""
    return dict(sorted(_SENTENCES.items()))


def sentence(entry: Entry) -> str:
    """What happened, as a person would say it."""
    about = {"actor": actor(entry), "subject": subject(entry), "action": entry.action}
    template = _SENTENCES.get(entry.action) or _VERBS.get(entry.action.rpartition(".")[2], _OTHERWISE)
    return gettext(template) % about


def action_named(action: str) -> str:
    """An action in few words, for a list to choose from: its sentence without the persons."""
    template = _SENTENCES.get(action) or _VERBS.get(action.rpartition(".")[2])
    if template is None:
        return action
    return (gettext(template) % {"actor": "", "subject": "…", "action": action}).strip()


def actor(entry: Entry) -> str:
    """Who it was; by link and by program are said with the name."""
    if entry.actor_kind == ActorKind.LINK:
        return gettext("%(name)s (by link, without an account)") % {"name": entry.actor_label}
    if entry.actor_kind == ActorKind.TOKEN:
        return gettext("%(name)s (by a program)") % {"name": entry.actor_label}
    if entry.actor_kind == ActorKind.SYSTEM:
        return gettext("The system (%(name)s)") % {"name": entry.actor_label}
    return entry.actor_label or gettext("Somebody who was not signed in")


def subject(entry: Entry) -> str:
    """The thing concerned: its own name in quotes, or what kind of thing it is."""
    if entry.subject_label:
        return gettext("“%(name)s”") % {"name": entry.subject_label}
    return kind_named(entry.subject_kind)


def kind_named(kind: str) -> str:
    """A kind of subject (``notices.notice``) in words."""
    model = model_of(kind)
    return capfirst(str(model._meta.verbose_name)) if model else kind


# --- units: the trail knows paths, whoever knows the units hands their names in (config) --------------------------------

_names: Callable[[Iterable[str]], Mapping[str, str]] = lambda _paths: {}  # noqa: E731
_find: Callable[[str], str | None] = lambda _words: None  # noqa: E731


def install_places(names: Callable[[Iterable[str]], Mapping[str, str]], find: Callable[[str], str | None]) -> None:
    """``names`` gives the names of units by path; ``find`` the path of the unit that a person means by some words."""
    global _names, _find
    _names, _find = names, find


def places_named(paths: Iterable[str]) -> Mapping[str, str]:
    """The names of the units at ``paths``, in one query; those that are not known are not in it."""
    return _names({path for path in paths if path})


def place_found(words: str) -> str | None:
    """The path of the unit that is meant; None where there is none."""
    return _find(words)
