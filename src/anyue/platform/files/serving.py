"""Bytes to a browser so that it does nothing with them but show a picture or save a file."""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from anyue.kernel.errors import RefusedError

from . import problems
from .kinds import kind_named
from .links import Copy
from .models import StoredFile

_COPIES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=600, immutable",
}


def answer(file: StoredFile, copy: Copy) -> HttpResponseBase:
    """The bytes. Only pictures that we made ourselves are shown in place; everything that came from outside is saved."""
    stored, media_type, name, attachment = _choice(file, copy)
    response = _bytes(file, stored)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = content_disposition_header(attachment, name) or "attachment"
    for header, value in _HEADERS.items():
        response.headers[header] = value
    return response


def _choice(file: StoredFile, copy: Copy) -> tuple[str, str, str, bool]:
    blob = file.kept
    made = {Copy.SHOWN: blob.shown, Copy.THUMBNAIL: blob.thumbnail}.get(copy, "")
    if made:
        ending = posixpath.splitext(made)[1]
        return made, _COPIES[ending], posixpath.splitext(file.name)[0] + ending, False
    kind = kind_named(blob.kind)
    return blob.stored, kind.media_type, file.name, True


def _bytes(file: StoredFile, stored: str) -> HttpResponseBase:
    """By the web server in front where ``FILES_ACCEL`` says that it has the folder, else by ourselves."""
    if settings.FILES_ACCEL:
        return HttpResponse(headers={"X-Accel-Redirect": settings.FILES_ACCEL + stored})
    try:
        response = FileResponse(default_storage.open(stored))
    except OSError as error:
        raise RefusedError(problems.MISSING, name=file.name) from error
    if stored == file.kept.stored:
        response.headers["Content-Length"] = str(file.kept.size)
    return response
