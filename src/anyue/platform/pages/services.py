"""What a person keeps for herself. Nobody else sees or changes it, so there is nothing to authorise and nothing to audit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.authz import Actor

from . import problems
from .models import Draft, SavedView

MOST_VIEWS = 30
LARGEST_DRAFT = 200_000
DRAFTS_KEPT = timedelta(days=60)
_SECRET = ("password", "passwd", "secret", "token", "otp", "recovery", "code_verifier")


def saved_view_keep(*, by: Actor, list_key: str, name: str, query: str) -> SavedView:
    """Keep a state of a list under a name; the same name again replaces it."""
    name = name.replace("\0", "").strip()
    if not name or len(name) > 40:
        raise RefusedError(problems.VIEW_UNNAMED)
    if len(query) > 1000:
        raise RefusedError(problems.VIEW_TOO_LONG)
    with transaction.atomic():
        others = SavedView.objects.filter(user=by.key, list_key=list_key).exclude(name=name)
        if others.count() >= MOST_VIEWS:
            raise RefusedError(problems.VIEWS_TOO_MANY, limit=MOST_VIEWS)
        view, _ = SavedView.objects.update_or_create(
            user=by.key, list_key=list_key, name=name, defaults={"query": query}
        )
    return view


def saved_view_drop(*, by: Actor, view: SavedView) -> None:
    """Forget a view of her own; one of somebody else stays."""
    SavedView.objects.filter(pk=view.pk, user=by.key).delete()


def draft_keep(*, by: Actor, form_key: str, data: Mapping[str, Sequence[str]]) -> Draft:
    """Keep what was typed so far. Whatever looks like a password or a token of the page is left out."""
    kept = {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in data.items()
        if not _is_secret(name)
    }
    if sum(len(name) + sum(map(len, values)) for name, values in kept.items()) > LARGEST_DRAFT:
        raise RefusedError(problems.DRAFT_TOO_LARGE)
    draft, _ = Draft.objects.update_or_create(
        user=by.key, form_key=form_key, defaults={"data": kept, "saved_at": now()}
    )
    return draft


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in _SECRET)


def draft_drop(*, by: Actor, form_key: str) -> None:
    """Forget a draft: its form was sent, or she wants to begin anew."""
    Draft.objects.filter(user=by.key, form_key=form_key).delete()


def drafts_sweep(*, by: Actor) -> int:
    """Forget drafts that nobody touched for ``DRAFTS_KEPT``; how many."""
    del by
    return Draft.objects.filter(saved_at__lt=now() - DRAFTS_KEPT).delete()[0]
