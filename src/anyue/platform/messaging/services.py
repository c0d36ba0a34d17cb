"""Writing messages, and what may be done to them afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time

from django.core.exceptions import PermissionDenied
from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.kernel.workdays import Hours, next_open
from anyue.platform.audit import services as audit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor, Permission, can

from . import problems
from .channels import ADAPTERS, Setting
from .models import Channel, Kind, Message, OfficeHours
from .outgoing import is_allowed
from .permissions import MessagePermission
from .sealing import ENVIRONMENT, seal, unseal
from .settings_of import Places, hours_at
from .texts import text_named
from .working_days import is_working_day


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for, by value. ``addresses`` by channel: ``{"email": …, "sms": …}``; a person with an account (kind
    ``person``, the id of her account) is also reached in the system, a unit in its group where a robot is on.
    """

    kind: str
    id: str
    label: str
    addresses: Mapping[str, str] = field(default_factory=dict)
    language: str = ""

    def reachable(self) -> dict[str, str]:
        """Address by channel, the inbox among them."""
        own = {kind: address for kind, address in self.addresses.items() if address}
        return {**own, Kind.IN_APP.value: self.id} if self.kind == "person" else own


def message_send(
    *,
    by: Actor,
    to: Recipient | Iterable[Recipient],
    template: str,
    about: Subject | None,
    place: str,
    urgent: bool = False,
    channels: Iterable[str] | None = None,
    link: str = "",
    **words: object,
) -> list[Message]:
    """Write ``template`` with ``words`` to each recipient, by every one of ``channels`` (none named: all) that is on at
    ``place`` and has an address for her. What is in the system is there with the commit; the rest leaves by a job, in the
    office hours at ``place`` unless ``urgent``. ``link`` is a path of ours that belongs to it.

    The caller decides who may write to whom. An empty list: nobody could be reached (``selectors.paste_text`` is for that).
    """
    recipients = [to] if isinstance(to, Recipient) else list(to)
    letters = [Letter(recipient, place, words, link) for recipient in recipients]
    return messages_send(by=by, letters=letters, template=template, about=about, urgent=urgent, channels=channels)


@dataclass(frozen=True, slots=True)
class Letter:
    """One recipient of many who are told the same in words of their own, each in the office hours of her own ``place``."""

    to: Recipient
    place: str
    words: Mapping[str, object]
    link: str = ""


def messages_send(
    *,
    by: Actor,
    letters: Iterable[Letter],
    template: str,
    about: Subject | None,
    urgent: bool = False,
    channels: Iterable[str] | None = None,
) -> list[Message]:
    """As ``message_send`` for each of ``letters``, with as many queries for many as for one."""
    text, moment, places = text_named(template), now(), Places()
    wanted = [kind for kind in Kind.values if channels is None or kind in set(channels)]
    rows: list[Message] = []
    groups: set[tuple[str, str, str]] = set()
    for letter in letters:
        recipient, place, link = letter.to, letter.place, letter.link
        settings = places.settings(place)
        later = moment if urgent else next_open(moment, places.hours(place), is_working_day)
        subject, body = text.written(letter.words, recipient.language)
        for kind in wanted:
            adapter, setting = ADAPTERS[kind], settings[kind]
            address = adapter.address_for(recipient.reachable(), setting) if setting.is_on else ""
            if not address or (adapter.is_group and (kind, setting.address, body) in groups):
                continue
            groups.add((kind, setting.address, body))
            row = _row(by, recipient, about, place, link)
            row.channel, row.address, row.template, row.is_urgent = kind, address, template, urgent
            row.subject, row.body, row.created_at = subject[:200], body, moment
            row.not_before = later
            if kind == Kind.IN_APP:
                row.state, row.sent_at, row.not_before = Message.State.SENT, moment, moment
            rows.append(row)
    return _written(rows, moment)


def _row(by: Actor, recipient: Recipient, about: Subject | None, place: str, link: str) -> Message:
    return Message(
        recipient_kind=recipient.kind,
        recipient_id=recipient.id,
        recipient_label=recipient.label[:120],
        about_kind=about.kind if about else "",
        about_id=about.id if about else "",
        about_label=about.label if about else "",
        place=place,
        link=link,
        created_by=by.key,
        created_label=by.label[:120],
    )


def _written(rows: list[Message], moment: object) -> list[Message]:
    from .jobs import deliver_soon  # noqa: PLC0415 - the job calls back into this package

    if not rows:
        return []
    with transaction.atomic():
        made = Message.objects.bulk_create(rows, batch_size=500)
        if any(row.state == Message.State.WAITING and row.not_before == moment for row in made):
            deliver_soon()
    return made


@transaction.atomic
def message_cancel(*, by: Actor, message: Message) -> None:
    """It will not be sent. Refuses one that has been."""
    _authorised(by, MessagePermission.SETTINGS, message.place)
    waiting = Message.objects.filter(pk=message.pk, state=Message.State.WAITING)
    if not waiting.update(state=Message.State.CANCELLED):
        raise RefusedError(problems.NOT_WAITING, recipient=message.recipient_label)
    audit.record(by=by, action="message.cancelled", subject=message, place=message.place)


@transaction.atomic
def message_retry(*, by: Actor, message: Message) -> None:
    """A failed message is sent again, at once. Refuses one that has not failed."""
    from .jobs import deliver_soon  # noqa: PLC0415 - as above

    _authorised(by, MessagePermission.SETTINGS, message.place)
    failed = Message.objects.filter(pk=message.pk, state=Message.State.FAILED)
    if not failed.update(state=Message.State.WAITING, attempts=0, not_before=now()):
        raise RefusedError(problems.NOT_FAILED, recipient=message.recipient_label)
    audit.record(by=by, action="message.retried", subject=message, place=message.place)
    deliver_soon()


def message_read(*, by: Actor, messages: Iterable[int] | None = None) -> int:
    """Mark messages in the inbox of ``by`` as read (None: all); how many were not."""
    rows = Message.objects.filter(
        channel=Kind.IN_APP, recipient_kind="person", recipient_id=by.id, read_at=None, state=Message.State.SENT
    )
    if messages is not None:
        rows = rows.filter(pk__in=list(messages))
    return rows.update(read_at=now())


@transaction.atomic
def channel_set(
    *, by: Actor, place: str, kind: str, is_on: bool, address: str = "", secret: str | None = None
) -> Channel:
    """Switch a channel on or off for the unit at ``place`` and all below. ``address`` "" and ``secret`` None keep what is there.

    The audit says that they changed, never what they are.
    """
    _authorised(by, MessagePermission.SETTINGS, place)
    row, _ = Channel.objects.select_for_update().get_or_create(place=place, kind=kind)
    before = {"is_on": row.is_on}
    plain = address or unseal(row.address)
    adapter = ADAPTERS[kind]
    if is_on and adapter.is_group and not plain:
        raise RefusedError(problems.NEEDS_ADDRESS, fields={"address": problems.NEEDS_ADDRESS})
    if is_on and not adapter.is_group and not adapter.is_set_up(Setting()):
        raise RefusedError(problems.NO_SERVER, fields={"is_on": problems.NO_SERVER})
    _environment_is_the_operators(by, address=address, secret=secret or "")
    if address and not address.startswith(ENVIRONMENT) and not is_allowed(address):
        raise _bad_address()
    row.is_on, row.changed_at, row.changed_by = is_on, now(), by.label[:120]
    row.address = seal(address) if address else row.address
    row.secret = row.secret if secret is None else seal(secret)
    row.save()
    after = {"is_on": is_on, "address_changed": bool(address), "secret_changed": secret is not None}
    subject = Subject("messaging.channel", kind, str(Kind(kind).label))
    audit.record(by=by, action="channel.set", subject=subject, place=place, before=before, after=after)
    return row


def _environment_is_the_operators(by: Actor, **given: str) -> None:
    """``env:NAME`` reads what the operator gave the program: named only by who sets up the whole installation."""
    if can(by, MessagePermission.SETTINGS, ""):
        return
    for name, value in given.items():
        if value.startswith(ENVIRONMENT):
            raise RefusedError(problems.ENVIRONMENT, fields={name: problems.ENVIRONMENT})


def _bad_address() -> RefusedError:
    from django.conf import settings  # noqa: PLC0415 - names clash above

    hosts = "、".join(settings.OUTGOING_HOSTS)
    return RefusedError(problems.BAD_ADDRESS, fields={"address": problems.BAD_ADDRESS}, hosts=hosts)


@transaction.atomic
def office_hours_set(*, by: Actor, place: str, opens: time, closes: time) -> None:
    """The hours in which the unit at ``place``, and all below without hours of their own, are written to."""
    _authorised(by, MessagePermission.SETTINGS, place)
    if opens >= closes:
        raise RefusedError(problems.HOURS_ORDER, fields={"closes": problems.HOURS_ORDER})
    before: Hours = hours_at(place)
    OfficeHours.objects.update_or_create(
        place=place, defaults={"opens": opens, "closes": closes, "changed_at": now(), "changed_by": by.label[:120]}
    )
    audit.record(
        by=by,
        action="office_hours.set",
        subject=Subject("messaging.office_hours", place or "all", f"{opens:%H:%M}–{closes:%H:%M}"),
        place=place,
        before={"opens": f"{before.opens:%H:%M}", "closes": f"{before.closes:%H:%M}"},
        after={"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"},
    )


def _authorised(by: Actor, permission: Permission, place: str) -> None:
    if not can(by, permission, place):
        raise PermissionDenied
