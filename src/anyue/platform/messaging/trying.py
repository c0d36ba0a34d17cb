"""A trial message: does the channel work, and if not, why?"""

from __future__ import annotations

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.audit import services as audit
from anyue.platform.audit.services import Subject
from anyue.platform.authz import Actor, can

from . import problems
from .channels import ADAPTERS
from .models import Kind, Message
from .outgoing import SendError
from .permissions import MessagePermission
from .settings_of import settings_at
from .texts import TRIAL

_PHONE = re.compile(r"\+?\d{6,15}")


def channel_try(*, by: Actor, place: str, kind: str, address: str = "") -> Message:
    """Send a trial by the channel as it is at ``place``, now, whatever the hour: to its group, or to ``address``.

    Waits for the other side, so that the answer is the result: the message is ``sent`` or ``failed`` with why. It stands in
    the delivery log like any other. Refuses a channel that is off. Call it outside a transaction: it waits for a network.
    """
    if not can(by, MessagePermission.SETTINGS, place):
        raise PermissionDenied
    adapter, setting = ADAPTERS[kind], settings_at(place)[kind]
    if not setting.is_on:
        raise RefusedError(problems.TRIAL_OFF, channel=Kind(kind).label)
    address = "" if adapter.is_group else _checked(kind, address)
    subject, body = TRIAL.written({"name": by.label})
    row = Message(
        channel=kind,
        recipient_kind="trial",
        recipient_id=by.id,
        recipient_label=(address or str(Kind(kind).label))[:120],
        address=adapter.address_for({kind: address}, setting),
        template=TRIAL.code,
        subject=subject,
        body=body,
        place=place,
        is_urgent=True,
        attempts=1,
        created_by=by.key,
        created_label=by.label[:120],
    )
    try:
        adapter.send(row, setting)
    except SendError as error:
        row.state, row.last_error = Message.State.FAILED, str(error)[:1000]
    else:
        row.state, row.sent_at = Message.State.SENT, now()
    with transaction.atomic():
        row.save()
        about = Subject("messaging.channel", kind, str(Kind(kind).label))
        audit.record(by=by, action="channel.tried", subject=about, place=place, after={"state": row.state})
    return row


def _checked(kind: str, address: str) -> str:
    """An address of this channel. Refuses what cannot be one."""
    address = address.strip()
    if kind == Kind.SMS:
        is_one = _PHONE.fullmatch(address) is not None
    else:
        try:
            validate_email(address)
        except ValidationError:
            is_one = False
        else:
            is_one = True
    if not is_one:
        raise RefusedError(problems.TRIAL_ADDRESS, fields={"to": problems.TRIAL_ADDRESS})
    return address
