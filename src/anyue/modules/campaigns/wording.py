"""Sentences about what is missing, as an office says them: "3 个社区未签收，2 小时后到期"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from anyue.kernel import clock
from anyue.modules.orgs.models import Kind
from anyue.platform.pages.dues import span

from .models import Duty
from .selectors.lateness import Missing


def missing_words(missing: Iterable[Missing], *, most: int | None = None, now: datetime | None = None) -> list[str]:
    """A sentence for each, in their order; at most ``most`` of them."""
    found = [said(one, now=now) for one in missing]
    return found if most is None else found[:most]


def said(one: Missing, *, now: datetime | None = None) -> str:
    """How many units of which level have not done what, and how long it is until or since the deadline."""
    units = counted(one.level, one.count, rural=one.rural)
    words = {"units": units, "title": one.title}
    what = {
        Duty.Kind.RECEIPT: gettext("%(units)s without receipt"),
        Duty.Kind.LIAISON: gettext("%(units)s without a liaison officer"),
        Duty.Kind.RETURN: gettext("%(units)s without %(title)s")
        if one.title
        else gettext("%(units)s without a return"),
        Duty.Kind.TASK: gettext("%(units)s with unfinished tasks"),
    }[Duty.Kind(one.kind)] % words
    length = one.due_at - (now or clock.now())
    if length > timedelta():
        left = span(length) or gettext("less than a minute")
        return gettext("%(what)s, due in %(span)s") % {"what": what, "span": left}
    over = span(-length) or gettext("less than a minute")
    return gettext("%(what)s, overdue by %(span)s") % {"what": what, "span": over}


def counted(level: str, count: int, *, rural: int = 0) -> str:
    """A number of units of one level with its measure word; ``rural`` of them are villages or towns."""
    words = {"count": count}
    if level == Kind.COMMUNITY:
        if rural == 0:
            return ngettext("%(count)s community", "%(count)s communities", count) % words
        if rural == count:
            return ngettext("%(count)s village", "%(count)s villages", count) % words
        return ngettext("%(count)s community or village", "%(count)s communities and villages", count) % words
    if level == Kind.TOWNSHIP:
        if rural == 0:
            return ngettext("%(count)s street", "%(count)s streets", count) % words
        if rural == count:
            return ngettext("%(count)s township", "%(count)s townships", count) % words
        return ngettext("%(count)s street or township", "%(count)s streets and townships", count) % words
    if level == Kind.DEPARTMENT:
        return ngettext("%(count)s department", "%(count)s departments", count) % words
    if level == Kind.ENTERPRISE:
        return ngettext("%(count)s enterprise", "%(count)s enterprises", count) % words
    if level == Kind.SCHOOL:
        return ngettext("%(count)s school", "%(count)s schools", count) % words
    if level in (Kind.COUNTY, Kind.ZONE):
        return ngettext("%(count)s district", "%(count)s districts", count) % words
    return ngettext("%(count)s unit", "%(count)s units", count) % words
