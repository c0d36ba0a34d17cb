"""One search over all that a person sees: people, units, campaigns, tasks, notices, documents; pinyin initials too.

Nobody finds here what her lists do not show her: every group begins with the selector of its module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anyue.modules.accounts.initials import initials_of
from anyue.modules.accounts.lists import with_posts_and_roles
from anyue.modules.accounts.permissions import AccountPermission
from anyue.modules.accounts.selectors import people_seen
from anyue.modules.campaigns.models import Campaign, DraftDocument, Task
from anyue.modules.campaigns.permissions import CampaignPermission
from anyue.modules.campaigns.selectors import campaigns_for
from anyue.modules.notices.models import Notice, NoticeFile
from anyue.modules.notices.permissions import NoticePermission
from anyue.modules.notices.selectors import notices_for
from anyue.modules.orgs.permissions import UnitPermission
from anyue.modules.orgs.selectors import names_above, units_for
from anyue.modules.orgs.selectors import search as units_found
from anyue.platform.authz import Actor, Permission, can_anywhere, scopes

from .. import links

LONGEST = 60
INITIALS_AMONG = 300
"""So many of the newest titles are looked through by their initials, which no column holds."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its name, what tells it from others, and its page."""

    title: str
    note: str
    href: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind. ``more``: there are others, in the list at ``href``."""

    code: str
    label: str | Promise
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed: as it is, and as letters if initials or a code may be meant."""

    text: str
    letters: str

    @staticmethod
    def of(typed: str) -> Words:
        """Without what cannot be searched; at most ``LONGEST`` characters."""
        text = " ".join(typed.replace("\0", "").split())[:LONGEST]
        plain = re.sub(r"\s", "", text)
        return Words(text, plain.lower() if plain.isascii() and plain.isalnum() else "")

    @property
    def may_be_initials(self) -> bool:
        """Two letters or more; one letter would find half of everything."""
        return len(self.letters) > 1 and self.letters.isalpha()


def found(actor: Actor, typed: str, *, most: int = 8) -> list[Group]:
    """What ``typed`` finds, by kind, kinds with nothing left out. At most ten queries, whatever there is."""
    words = Words.of(typed)
    if not words.text:
        return []
    kinds: tuple[tuple[Permission, Callable[[Actor, Words, int], Group]], ...] = (
        (UnitPermission.VIEW, _units),
        (AccountPermission.VIEW, _people),
        (CampaignPermission.VIEW, _campaigns),
        (CampaignPermission.VIEW, _tasks),
        (NoticePermission.VIEW, _notices),
        (NoticePermission.VIEW, _documents),
    )
    groups = [find(actor, words, most) for permission, find in kinds if can_anywhere(actor, permission)]
    return [group for group in groups if group.hits]


def _group(code: str, label: str | Promise, icon: str, hits: Iterable[Hit], most: int, href: str = "") -> Group:
    rows = list(hits)
    return Group(code, label, icon, rows[:most], len(rows) > most, href)


def _units(actor: Actor, words: Words, most: int) -> Group:
    """By name, short name, code; by initials from the first character, then from any."""
    seen = units_for(actor)
    rows = list(units_found(seen, words.text).order_by("path")[: most + 1])
    if words.may_be_initials and len(rows) <= most:
        known = {one.pk for one in rows}
        rows += list(seen.filter(initials__contains=words.letters).exclude(pk__in=known).order_by("path")[: most + 1])
    above = names_above([one.path for one in rows])
    hits = [
        Hit(one.name, above[one.path] or str(one.get_kind_display()), links.address("orgs:unit", one.pk))
        for one in rows
    ]
    return _group("units", _("Units"), "sitemap", hits, most, links.address("orgs:index", q=words.text))


def _people(actor: Actor, words: Words, most: int) -> Group:
    which = Q(name__icontains=words.text) | Q(username__icontains=words.text) | Q(phone__startswith=words.text)
    if words.letters:
        which |= Q(initials__contains=words.letters)
    rows = with_posts_and_roles(people_seen(actor).filter(which).order_by("name", "pk"))[: most + 1]
    hits = (Hit(one.name, _posts(one), links.address("people:person", one.pk)) for one in rows)
    return _group("people", _("People"), "users", hits, most, links.address("people:index", q=words.text))


def _posts(user: Any) -> str:
    return "、".join(f"{post.unit.label} {post.title}".strip() for post in user.now_posts)


def _campaigns(actor: Actor, words: Words, most: int) -> Group:
    rows = _matching(campaigns_for(actor), words, ("name", "theme", "unit__name"), lambda one: one.name, most)
    hits = (Hit(one.name, f"{one.unit.name} · {one.get_state_display()}", links.campaign(one.pk)) for one in rows)
    return _group("campaigns", _("Campaigns"), "flag", hits, most, links.address("campaigns:index", q=words.text))


def _tasks(actor: Actor, words: Words, most: int) -> Group:
    """Tasks of campaigns that she sees; drafts stay with their office, as ``campaigns_for`` has it."""
    rows = Task.objects.filter(campaign__in=campaigns_for(actor).values("pk"), dropped_at=None)
    rows = rows.select_related("campaign__unit").order_by("-campaign__starts_on", "-campaign", "number", "pk")
    fields = ("text", "heading", "section")
    hits = (
        Hit(one.text[:LONGEST], f"{one.campaign.unit.name} · {one.campaign.name}", f"{links.campaign(one.campaign_id)}#task-{one.pk}")
        for one in _matching(rows, words, fields, lambda one: one.heading or one.text[:30], most)
    )  # fmt: skip
    return _group("tasks", _("Tasks"), "list-check", hits, most)


def _notices(actor: Actor, words: Words, most: int) -> Group:
    rows = _matching(notices_for(actor), words, ("title", "doc_no", "issuer"), str, most)
    hits = (Hit(str(one), " · ".join(filter(None, (one.doc_no, one.unit.name))), _notice_page(one)) for one in rows)
    return _group("notices", _("Notices"), "file-text", hits, most, links.address("notices:index", q=words.text))


def _notice_page(one: Notice) -> str:
    return links.address("notices:one", one.pk)


def _documents(actor: Actor, words: Words, most: int) -> Group:
    """Files of notices, and documents drafted for signature by offices that she sees. Two queries."""
    files = NoticeFile.objects.filter(notice__in=notices_for(actor).values("pk")).select_related("file", "notice")
    files = files.order_by("-notice__created_at", "-notice", "order")
    of_notices = [
        Hit(one.file.name, str(one.notice), links.address("notices:one", one.notice_id))
        for one in _matching(files, words, ("file__name",), lambda one: one.file.name, most)
    ]
    seen = Campaign.objects.filter(scopes(actor, CampaignPermission.VIEW).q("unit__path"))
    drafts: QuerySet[DraftDocument] = DraftDocument.objects.filter(campaign__in=seen).select_related("campaign__unit")
    drafted = [
        Hit(one.title, one.campaign.unit.name, links.address("campaigns:draft-file", one.pk))
        for one in _matching(drafts, words, ("title", "doc_no"), lambda one: one.title, most)
    ]
    return _group("documents", _("Documents"), "files", [*of_notices, *drafted], most)


def _matching(
    rows: QuerySet[Any, Any], words: Words, fields: tuple[str, ...], named: Callable[[Any], str], most: int
) -> list[Any]:
    """Rows with the words in one of ``fields``; for letters also those of the newest whose ``named`` has such initials."""
    if words.may_be_initials:
        text = words.text.lower()
        newest = rows[:INITIALS_AMONG]
        return [one for one in newest if _begins(named(one), words.letters) or _holds(one, fields, text)][: most + 1]
    which = Q(pk__in=[])
    for name in fields:
        which |= Q(**{f"{name}__icontains": words.text})
    return list(rows.filter(which)[: most + 1])


def _holds(row: Any, fields: tuple[str, ...], text: str) -> bool:
    return any(text in str(_value(row, name)).lower() for name in fields)


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _begins(name: str, letters: str) -> bool:
    return letters in _initials(name[:LONGEST])


@lru_cache(maxsize=8192)
def _initials(name: str) -> str:
    return initials_of(name)
