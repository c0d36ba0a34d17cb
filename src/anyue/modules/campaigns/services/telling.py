"""Who is told what became of a campaign and of what a unit asked. Written with the act itself, so that each is told once.

In the system at once; by the other channels in the office hours of each unit, where what comes together goes as one digest.
Whoever did it is not told. A unit with neither account nor officer is told by the texts on the page of links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.urls import reverse
from django.utils import translation

from anyue.modules.orgs.models import Unit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.messaging.models import Kind, Message
from anyue.platform.messaging.services import Letter, Recipient, message_send, messages_send
from anyue.platform.messaging.texts import Text

from .. import news
from ..models import Campaign, Duty, Extension, Requirement, Task
from ..selectors.contacts import contacts_of, deciders_of
from .sending import person, workers_of

_GROUPS = tuple(kind.value for kind in (Kind.WECOM, Kind.DINGTALK))
_PERSONS = tuple(kind.value for kind in Kind if kind.value not in _GROUPS)
Words = Callable[[Unit], Mapping[str, Any]]


def tell_addressed(by: Actor, campaign: Campaign, units: Iterable[Unit]) -> None:
    """``units`` hear what is asked of them."""
    chosen = list(units)
    owed = owed_in(campaign, chosen)
    _units(
        by, news.PUBLISHED, campaign, chosen, lambda unit: news.published_words(campaign, unit.name, **owed[unit.pk])
    )


def tell_published(by: Actor, campaign: Campaign, units: Iterable[Unit]) -> None:
    """``units`` hear what is asked of them, the office's chat group that it is out, and the office above that it goes on below."""
    chosen = list(units)
    tell_addressed(by, campaign, chosen)
    _group(by, news.ANNOUNCED, campaign, lambda _unit: {"count": len(chosen), **news.campaign_words(campaign)})
    above = campaign.parent
    if above is not None:
        words = {"unit": campaign.unit.name, "campaign": above.name, "count": len(chosen)}
        _office(by, news.REISSUED, above, reverse("campaigns:completeness", args=[above.pk]), words)


def tell_changed(by: Actor, campaign: Campaign, *, asked: Task | Requirement | None = None) -> None:
    """The addressed units (of a change to ``asked``: those that owe it) hear that something is different now. While somebody has
    not read that, further changes are not told her again: the page shows them all. Nothing of a draft.
    """
    if campaign.state == Campaign.State.RUNNING:
        rows = Unit.objects.filter(pk__in=campaign.addressed_now.order_by().values("unit"))
        if asked is not None:
            rows = rows.filter(pk__in=asked.duties.order_by().values("unit"))
        _units(by, news.CHANGED, campaign, rows, lambda _unit: news.campaign_words(campaign), once=True)


def tell_withdrawn(by: Actor, campaign: Campaign) -> None:
    """All addressed units hear that nothing more is asked, and why."""
    rows = list(Unit.objects.filter(pk__in=campaign.addressed_now.order_by().values("unit")))

    def words(_unit: Unit) -> Mapping[str, Any]:
        return {"reason": campaign.reason, **news.campaign_words(campaign)}

    _units(by, news.WITHDRAWN, campaign, rows, words)
    _group(by, news.WITHDRAWN, campaign, words)


def tell_left_out(by: Actor, campaign: Campaign, units: Iterable[Unit], reason: str) -> None:
    """``units`` hear that they are no longer addressed, and why."""
    about = news.campaign_words(campaign)
    _units(by, news.LEFT_OUT, campaign, units, lambda unit: {"unit": unit.name, "reason": reason, **about})


def tell_extension(by: Actor, extension: Extension) -> None:
    """The unit that asked for more time hears the answer."""
    text = news.GRANTED if extension.state == Extension.State.GRANTED else news.REFUSED
    _unit(by, text, extension.duty, lambda _unit: news.extension_words(extension))


def tell_not_ours(by: Actor, duty: Duty) -> None:
    """The unit that said "not ours" hears the answer."""
    text = news.AGREED if duty.state == Duty.State.NOT_OURS else news.INSISTED
    _unit(by, text, duty, lambda _unit: news.answer_words(duty))


def tell_by_link(by: Actor, duty: Duty) -> None:
    """Account holders of the unit hear that somebody acted by its link; where it has none, the office does. While they have not
    read it, further acts are not told again: the page shows them all.
    """
    campaign, unit = duty.campaign, duty.unit
    workers = [person(user) for user in contacts_of(campaign, [unit])[unit.pk].workers]
    if workers:
        link = reverse("campaigns:mine", args=[campaign.pk, unit.pk])
        words = {"unit": unit.name, "campaign": campaign.name}
        letters = [Letter(one, unit.path, words, link) for one in workers]
        _send(by, news.BY_LINK, Subject.of(campaign), letters, once=True)
        return
    _office(
        by,
        news.TO_CONFIRM,
        campaign,
        reverse("campaigns:office", args=[campaign.pk]),
        {"campaign": campaign.name},
        once=True,
    )


def owed_in(campaign: Campaign, units: Iterable[Unit]) -> dict[int, dict[str, Any]]:
    """For each of ``units`` how many items it has and when the first is due. One query."""
    found: dict[int, dict[str, Any]] = {unit.pk: {"count": 0, "first": None} for unit in units}
    rows = campaign.duties.exclude(state=Duty.State.DROPPED).filter(unit__in=found).order_by().values("unit")
    for row in rows.annotate(count=Count("pk"), first=Min("due_at")):
        found[row["unit"]] = {"count": row["count"], "first": row["first"]}
    return found


# --- how ------------------------------------------------------------------------------------------------------------------


def _units(
    by: Actor, text: Text, campaign: Campaign, units: Iterable[Unit], words: Words, *, once: bool = False
) -> None:
    contacts = contacts_of(campaign, units)
    letters = [
        letter
        for pk, one in contacts.items()
        for letter in _letters(
            workers_of(one), one.unit, reverse("campaigns:mine", args=[campaign.pk, pk]), words, text
        )
    ]
    _send(by, text, Subject.of(campaign), letters, once=once)


def _unit(by: Actor, text: Text, duty: Duty, words: Words) -> None:
    recipients = workers_of(contacts_of(duty.campaign, [duty.unit])[duty.unit_id])
    link = reverse("campaigns:duty", args=[duty.pk])
    _send(by, text, Subject.of(duty), list(_letters(recipients, duty.unit, link, words, text)))


def _office(
    by: Actor, text: Text, campaign: Campaign, link: str, words: Mapping[str, Any], *, once: bool = False
) -> None:
    recipients = [person(user) for user in deciders_of(campaign.unit)]
    letters = [Letter(one, campaign.unit.path, words, link) for one in recipients]
    _send(by, text, Subject.of(campaign), letters, once=once)


def _letters(recipients: Iterable[Recipient], unit: Unit, link: str, words: Words, text: Text) -> Iterator[Letter]:
    """Each in her own language; for most it is the same one, so words are put together once for each."""
    known: dict[str, Mapping[str, Any]] = {}
    for one in recipients:
        if one.language not in known:
            with translation.override(one.language or settings.LANGUAGE_CODE):
                found = words(unit)
                known[one.language] = {name: found[name] for name in text.places}
        yield Letter(one, unit.path, known[one.language], link)


def _send(by: Actor, text: Text, about: Subject, letters: list[Letter], *, once: bool = False) -> None:
    told = _not_read(text, about) if once else set()
    doer = ("person", by.id if by.kind in (ActorKind.PERSON, ActorKind.TOKEN) else "")
    wanted = [
        letter
        for letter in letters
        if (letter.to.kind, letter.to.id) not in told and (letter.to.kind, letter.to.id) != doer
    ]
    if wanted:
        messages_send(by=by, letters=wanted, template=text.code, about=about, channels=_PERSONS)


def _not_read(text: Text, about: Subject) -> set[tuple[str, str]]:
    """Who has this in her inbox unread, or it is still to leave."""
    rows = Message.objects.filter(template=text.code, about_kind=about.kind, about_id=about.id)
    unread = rows.filter(channel=Kind.IN_APP, read_at=None) | rows.filter(state=Message.State.WAITING)
    return set(unread.values_list("recipient_kind", "recipient_id"))


def _group(by: Actor, text: Text, campaign: Campaign, words: Words) -> None:
    """One message to the chat group of the office, where it has a robot."""
    office = campaign.unit
    with translation.override(settings.LANGUAGE_CODE):
        said = {name: words(office)[name] for name in text.places}
    message_send(
        by=by,
        to=Recipient("unit", str(office.pk), office.name),
        template=text.code,
        about=Subject.of(campaign),
        place=office.path,
        channels=_GROUPS,
        link=reverse("campaigns:show", args=[campaign.pk]),
        **said,
    )
