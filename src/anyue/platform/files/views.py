"""Files over the web: opened by signed links, uploaded under tickets."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from anyue.kernel.errors import RefusedError
from anyue.platform.pages.access import Request, open_to_all, to_sign_in
from anyue.platform.pages.refusals import sentence

from . import links, problems, services, uploads
from .links import Copy
from .models import StoredFile
from .serving import answer


@require_safe
@open_to_all("the address is signed, expires, and opens only for the person it was made for")
def open_file(request: Request, token: str) -> HttpResponseBase:
    """The file, or the copy of it that the link names."""
    return _opened(request, token, (Copy.SHOWN, Copy.ORIGINAL))


@require_safe
@open_to_all("the address is signed, expires, and opens only for the person it was made for")
def thumbnail(request: Request, token: str) -> HttpResponseBase:
    """The small picture."""
    return _opened(request, token, (Copy.THUMBNAIL,))


def _opened(request: Request, token: str, copies: tuple[Copy, ...]) -> HttpResponseBase:
    try:
        link = links.read(token)
    except signing.BadSignature as error:
        raise Http404 from error
    if link.copy not in copies:
        raise Http404
    if link.actor and not request.actor.is_known:
        return to_sign_in(request)
    if not link.opens_for(request.actor):
        raise Http404
    if link.has_expired:
        raise RefusedError(problems.EXPIRED)
    file = StoredFile.objects.select_related("blob").filter(pk=link.file).first()
    if file is None:
        raise Http404
    if file.removed_at is not None:
        raise RefusedError(problems.GONE, name=file.name)
    return answer(file, link.copy)


@require_POST
@open_to_all("a signed ticket of the form says who may upload what; it is asked before a byte is kept")
def upload(request: Request) -> HttpResponse:
    """Each file that arrives as a row of the list: kept, or refused with the reason."""
    found = uploads.read_ticket(request.POST.get("ticket", ""))
    by = uploads.uploader(found, request.actor)
    arriving = request.FILES.getlist("files")
    if not arriving:
        raise RefusedError(problems.NOTHING)
    if len(arriving) > found.limit:
        raise RefusedError(problems.TOO_MANY, limit=found.limit)
    received = uploads.store_all(arriving, by=by, place=found.place, kinds=found.kinds)
    context = {
        "files": [(file, uploads.claim(file)) for file in received.files],
        "refusals": [sentence(refusal) for refusal in received.refusals],
        "field": _field(request),
        "viewer": by,
    }
    return render(request, "files/uploaded.html", context, status=200 if received.files else 422)


@require_POST
@open_to_all("only who uploaded the file under a signed claim can take it back")
def drop(request: Request) -> HttpResponse:
    """An uploaded file that its form does not want after all."""
    found = uploads.read_ticket(request.POST.get("ticket", ""))
    by = uploads.uploader(found, request.actor)
    for file in uploads.claimed(request.POST.getlist("claim"), by=by):
        if not file.owner_kind:
            services.file_remove(by=by, file=file)
    return HttpResponse()


def _field(request: HttpRequest) -> str:
    """Under which name the form wants its claims; a plain word."""
    name = request.POST.get("field", "files")
    return name if name.isidentifier() and name.isascii() else "files"
