"""Several files from a page: each is kept as it arrives, under a ticket, and claimed by the form when that is sent.

The module that shows the form writes the ticket; whoever has it may upload those kinds for that place, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from anyue.kernel.clock import now
from anyue.kernel.errors import RefusedError
from anyue.platform.authz import Actor, ActorKind

from . import problems
from .kinds import accept, extensions
from .models import StoredFile
from .receiving import file_receive

_TICKET, _CLAIM = "anyue.files.ticket", "anyue.files.claim"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who may upload what for which place, how many at most, and until when (seconds of the epoch)."""

    by: Actor
    place: str
    kinds: frozenset[str]
    limit: int
    until: int

    @property
    def accept(self) -> str:
        """For the file input."""
        return accept(self.kinds)

    @property
    def extensions(self) -> str:
        """For people."""
        return extensions(self.kinds)

    @property
    def size_limit(self) -> int:
        """Bytes of one file that is no archive."""
        return int(settings.UPLOAD_LIMIT)


@dataclass(frozen=True, slots=True)
class Received:
    """What a form brought: files that are kept or wait to be looked at, and for each that is neither its refusal."""

    files: tuple[StoredFile, ...]
    refusals: tuple[RefusedError, ...]


def ticket(*, for_: Actor, place: str, kinds: frozenset[str], limit: int = 100, minutes: int = 720) -> str:
    """A ticket for ``for_``, to put into ``{% upload_part %}``. The caller has asked whether she may."""
    until = int((now() + timedelta(minutes=minutes)).timestamp())
    actor = [for_.kind.value, for_.id, for_.label, for_.within]
    return signing.Signer(salt=_TICKET).sign_object([actor, place, sorted(kinds), limit, until], compress=True)


def read_ticket(written: str) -> Ticket:
    """What ``ticket`` wrote. Refuses one that is too old, or was never ours."""
    try:
        actor, place, kinds, limit, until = signing.Signer(salt=_TICKET).unsign_object(written)
        kind, id_, label, within = actor
        found = Ticket(Actor(ActorKind(kind), id_, label, within=within), place, frozenset(kinds), limit, until)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise RefusedError(problems.TICKET) from error
    if now().timestamp() >= found.until:
        raise RefusedError(problems.TICKET)
    return found


def uploader(found: Ticket, actor: Actor) -> Actor:
    """Who uploads: ``actor`` herself where the ticket is hers; the holder of a link or a program as the ticket names it.

    Refuses a ticket that was written for another person.
    """
    if found.by.kind is not ActorKind.PERSON:
        return found.by
    if actor.key != found.by.key:
        raise RefusedError(problems.TICKET)
    return actor


def claim(file: StoredFile) -> str:
    """What the page keeps of an uploaded file until its form is sent."""
    return signing.Signer(salt=_CLAIM).sign_object([file.pk, file.uploaded_by])


def claimed(values: Iterable[str], *, by: Actor) -> list[StoredFile]:
    """The files behind ``values`` in their order: those that ``by`` uploaded, that are still there and that no form has taken
    yet (one that is sent twice takes nothing twice). Others are left out.
    """
    keys: dict[int, None] = {}
    for value in values:
        try:
            key, uploaded_by = signing.Signer(salt=_CLAIM).unsign_object(value)
        except (signing.BadSignature, ValueError, TypeError):
            continue
        if uploaded_by == by.key:
            keys[key] = None
    found = StoredFile.objects.select_related("blob").in_bulk(list(keys))
    return [found[key] for key in keys if key in found and _is_free(found[key])]


def _is_free(file: StoredFile) -> bool:
    return file.removed_at is None and file.refused_at is None and not file.owner_kind


def received(
    request: HttpRequest, *, by: Actor, place: str, kinds: frozenset[str], name: str = "files", limit: int = 100
) -> Received:
    """All files that a form brings under ``name``: those uploaded before under their claims, and those that come with the
    form itself (a browser without scripts), which are kept now. Refuses as a whole where there are more than ``limit``.
    """
    earlier = claimed(request.POST.getlist(name), by=by)
    arriving = request.FILES.getlist(name)
    if len(earlier) + len(arriving) > limit:
        raise RefusedError(problems.TOO_MANY, limit=limit)
    now_kept = store_all(arriving, by=by, place=place, kinds=kinds)
    return Received((*earlier, *now_kept.files), now_kept.refusals)


def store_all(arriving: Iterable[UploadedFile[Any]], *, by: Actor, place: str, kinds: frozenset[str]) -> Received:
    """Take each; one that is refused, for a mark of secrecy among other things, does not hold up the others."""
    files: list[StoredFile] = []
    refusals: list[RefusedError] = []
    for upload in arriving:
        try:
            kept = file_receive(by=by, upload=upload, name=upload.name or "", place=place, kinds=kinds)
        except RefusedError as refusal:
            refusals.append(refusal)
        else:
            files.append(kept)
    return Received(tuple(files), tuple(refusals))
