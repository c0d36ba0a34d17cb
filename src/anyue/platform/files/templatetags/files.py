"""``{% load files %}``: a file in a page, and the part with which several are uploaded."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from anyue.platform.authz import Actor
from anyue.platform.files import selectors, uploads
from anyue.platform.files.models import StoredFile
from anyue.platform.files.secrecy import UNSEEN
from anyue.platform.files.statuses import REFUSALS

register = template.Library()


@register.inclusion_tag("files/file.html", takes_context=True)
def stored_file(context: Context, file: StoredFile, original: bool = False) -> dict[str, Any]:
    """Icon or thumbnail, name and size, linked for the person who looks at the page (``viewer`` or ``actor``).

    The view that shows it has decided that she may see it. ``original`` offers the bytes as they came as well. Ask for
    ``select_related("blob")`` with the files. One that waits to be looked at, or was refused, says so and has no link.
    """
    viewer = context.get("viewer") or context.get("actor") or Actor.anonymous()
    if file.blob is None:
        return {"file": file, "refusal": REFUSALS.get(file.refused.get("code", ""), "")}
    return {
        "file": file,
        "unseen": UNSEEN.get(file.unseen, ""),
        "kind": selectors.kind_of(file),
        "is_picture": selectors.is_picture(file),
        "link": selectors.link_to(file, for_=viewer),
        "original": selectors.link_to(file, for_=viewer, original=True) if original else "",
        "thumbnail": selectors.thumbnail_of(file, for_=viewer),
    }


@register.inclusion_tag("files/upload.html")
def upload_part(ticket: str, name: str = "files", label: str = "", camera: bool = False) -> dict[str, Any]:
    """Choose, drop (folders too) or photograph several files; each is uploaded at once, with its progress and its refusal.

    Stands inside the form that claims them: their claims are sent under ``name`` (``uploads.received``). Without scripts it
    is an ordinary input of several files.
    """
    return {"ticket": ticket, "read": uploads.read_ticket(ticket), "name": name, "label": label, "camera": camera}
