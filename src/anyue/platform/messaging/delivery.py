"""From the outbox to the channels: what is due, gathered by where it goes, each claimed before it is sent.

A message is sent at least once: a worker that is killed between sending and writing it down leaves a claim that runs out.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings as django_settings
from django.db import transaction
from django.db.models import F

from anyue.kernel.clock import now
from anyue.kernel.workdays import Hours, next_open

from .channels import ADAPTERS, Setting
from .models import Message
from .outgoing import SendError
from .settings_of import hours_at, settings_at
from .texts import DIGEST
from .working_days import is_working_day

logger = logging.getLogger(__name__)
CLAIM = timedelta(minutes=15)
BATCH = 500
DELAYS = (60, 300, 1800, 7200, 21600)
"""Seconds until the next attempt, each; after the last a message has failed."""
State = Message.State


def deliver() -> int:
    """Send what is due; how many messages left (a digest is one)."""
    count = 0
    while claimed := _claimed():
        count += _delivered(claimed)
    return count


def _delivered(claimed: list[Message]) -> int:
    groups: dict[tuple[str, str, str], list[Message]] = defaultdict(list)
    for message in claimed:
        key = message.address if ADAPTERS[message.channel].gathers and not message.is_urgent else f"#{message.pk}"
        groups[(message.channel, message.place if ADAPTERS[message.channel].is_group else "", key)].append(message)
    known: dict[str, tuple[dict[str, Setting], Hours]] = {}
    for message in claimed:
        if message.place not in known:
            known[message.place] = settings_at(message.place), hours_at(message.place)
    return sum(_send(group, *known[group[0].place]) for group in groups.values())


def _claimed() -> list[Message]:
    moment = now()
    with transaction.atomic():
        due = Message.objects.select_for_update(skip_locked=True).filter(state=State.WAITING, not_before__lte=moment)
        rows = list(due.order_by("created_at", "id")[:BATCH])
        keys = [row.pk for row in rows]
        Message.objects.filter(pk__in=keys).update(not_before=moment + CLAIM, attempts=F("attempts") + 1)
    for row in rows:
        row.attempts += 1
    return rows


def _send(group: list[Message], settings: Mapping[str, Setting], hours: Hours) -> int:
    first = group[0]
    adapter, setting = ADAPTERS[first.channel], settings[first.channel]
    if not first.is_urgent and (until := _waits_until(first, hours)):
        _put_off(group, until)
        return 0
    if not setting.is_on:
        _failed(group, SendError("the channel has been switched off", is_final=True))
        return 0
    message = first if len(group) == 1 else _digest(group)
    try:
        adapter.send(message, setting)
    except SendError as error:
        _failed(group, error)
        return 0
    except Exception as error:  # one message's fault never holds up the others
        logger.exception("message %s", first.pk)
        _failed(group, SendError(f"{type(error).__name__}: {error}"))
        return 0
    _sent(message, group)
    return 1


def _waits_until(message: Message, hours: Hours) -> datetime | None:
    """The office is closed (a message waited for its second attempt, or no worker ran), or messages gather."""
    opens = next_open(moment := now(), hours, is_working_day)
    if opens > moment:
        return opens
    return _gathering_until(message) if ADAPTERS[message.channel].gathers else None


def _gathering_until(message: Message) -> datetime | None:
    """Something went to the same address a moment ago: until when what follows is gathered."""
    window = timedelta(seconds=django_settings.MESSAGES_GATHER)
    same = Message.objects.filter(channel=message.channel, address=message.address, state=State.SENT)
    if ADAPTERS[message.channel].is_group:
        same = same.filter(place=message.place)
    last = same.filter(sent_at__gt=now() - window).order_by("-sent_at").values_list("sent_at", flat=True).first()
    return last + window if last else None


def _put_off(group: list[Message], until: datetime) -> None:
    keys = [message.pk for message in group]
    Message.objects.filter(pk__in=keys, state=State.WAITING).update(not_before=until, attempts=F("attempts") - 1)


def _digest(group: list[Message]) -> Message:
    """Several as one, not yet stored."""
    first = group[0]
    lines = "\n".join(f"{number}. {message.body}" for number, message in enumerate(group, 1))
    subject, body = DIGEST.written({"count": len(group), "first": first.subject or first.body[:30], "lines": lines})
    return Message(
        channel=first.channel,
        recipient_kind=first.recipient_kind,
        recipient_id=first.recipient_id,
        recipient_label=first.recipient_label,
        address=first.address,
        template=DIGEST.code,
        subject=subject[:200],
        body=body,
        place=first.place,
        attempts=1,
        created_by="system:messaging.deliver",
        created_label="messaging.deliver",
    )


def _sent(message: Message, group: list[Message]) -> None:
    with transaction.atomic():
        message.state, message.sent_at, message.last_error = State.SENT, now(), ""
        if message._state.adding:
            message.save()
            keys = [part.pk for part in group]
            Message.objects.filter(pk__in=keys).update(state=State.MERGED, merged_into=message, last_error="")
        else:
            message.save(update_fields=["state", "sent_at", "last_error"])


def _failed(group: list[Message], error: SendError) -> None:
    for message in group:
        last = error.is_final or message.attempts > len(DELAYS)
        delay = timedelta(seconds=DELAYS[min(message.attempts, len(DELAYS)) - 1])
        Message.objects.filter(pk=message.pk, state=State.WAITING).update(
            state=State.FAILED if last else State.WAITING, not_before=now() + delay, last_error=str(error)[:1000]
        )
