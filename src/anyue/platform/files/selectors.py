"""Links to files. Who may see a file is decided by the module that hands the link out."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.urls import reverse

from anyue.platform.authz import Actor

from .kinds import PICTURES, Kind, kind_named
from .links import Copy, token
from .models import StoredFile


def link_to(file: StoredFile, *, for_: Actor, original: bool = False, minutes: int = 30) -> str:
    """The address under which ``for_``, and nobody else signed in, opens ``file`` for ``minutes`` (up to ten more).

    A picture opens as what others may see; ``original`` gives the bytes as they came, with the camera's time and place. For
    the holder of a link without an account the address alone opens it.
    """
    copy = Copy.ORIGINAL if original else Copy.SHOWN
    return reverse("files:open", args=[token(file.pk, copy, for_=for_, minutes=minutes)])


def thumbnail_of(file: StoredFile, *, for_: Actor, minutes: int = 30) -> str:
    """The address of the small picture; "" where there is none. Asks for ``file.blob``."""
    if file.blob is None or not file.blob.thumbnail:
        return ""
    return reverse("files:thumbnail", args=[token(file.pk, Copy.THUMBNAIL, for_=for_, minutes=minutes)])


def content_of(file: StoredFile) -> bytes:
    """The bytes as they came. Asks for ``file.blob``. Refuses a file that still waits. Raises ``FileNotFoundError`` where they are lost (``anyue verify`` names them)."""
    with default_storage.open(file.kept.stored) as opened:
        return bytes(opened.read())


def kind_of(file: StoredFile) -> Kind:
    """What it is: label, icon, media type."""
    return kind_named(file.kept.kind)


def is_picture(file: StoredFile) -> bool:
    """It can be shown in the page."""
    return file.blob is not None and file.blob.kind in PICTURES
