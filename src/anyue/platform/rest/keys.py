"""``Idempotency-Key``: a POST that is sent again is answered again, and done once.

The claim of the key, the change and its answer are one transaction: on PostgreSQL a second request with the key waits at
the unique index until the first is through, on SQLite for the lock of the writer. An answer that refuses keeps nothing, since
nothing was done.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from anyue.kernel.clock import now
from anyue.platform.authz import Actor

from . import problems
from .models import StoredAnswer

KEPT = timedelta(hours=24)
HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,128}")


def answered_once(request: HttpRequest, actor: Actor, act: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer of ``act``, or the one that was kept for this key."""
    key = request.headers.get(HEADER, "")
    if not _KEY.fullmatch(key):
        return problems.answer(problems.KEY_MISSING)
    digest = _digest(request)
    with transaction.atomic():
        StoredAnswer.objects.filter(actor=actor.key, key=key, at__lte=now() - KEPT).delete()
        StoredAnswer.objects.bulk_create([StoredAnswer(actor=actor.key, key=key, digest=digest)], ignore_conflicts=True)
        stored = StoredAnswer.objects.select_for_update().get(actor=actor.key, key=key)
        if stored.digest != digest:
            return problems.answer(problems.KEY_REUSED)
        if stored.status:
            return _again(stored)
        response = act()
        if response.status_code >= 400 or response.streaming:
            transaction.set_rollback(True)
            return response
        stored.status, stored.content_type = response.status_code, response.headers.get("Content-Type", "")
        stored.body = response.content.decode()
        stored.save(update_fields=["status", "content_type", "body"])
    return response


def _again(stored: StoredAnswer) -> HttpResponse:
    response = HttpResponse(stored.body, status=stored.status, content_type=stored.content_type)
    response["Idempotency-Replayed"] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    parts = [request.method or "", request.get_full_path(), request.content_type or ""]
    head = "\n".join(parts).encode()
    return hashlib.sha256(head + b"\n" + request.body).hexdigest()


def forget_old() -> int:
    """Delete answers whose day is over; for a nightly job. How many."""
    return StoredAnswer.objects.filter(at__lte=now() - KEPT).delete()[0]
