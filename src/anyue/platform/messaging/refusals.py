"""Who sent a file that was refused after all is told, without a word of what it was."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from anyue.kernel.clock import SHANGHAI
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.files.models import StoredFile

from .services import Recipient, message_send
from .texts import Text, register

SECRET = Text(
    "messaging.file_secret",
    _("A file that you sent is marked as secret"),
    _(
        "A file that you sent at %(at)s is marked “%(mark)s”. It was not accepted and nothing of it was kept. Secret documents must not "
        "enter this system; handle it by the secrecy rules."
    ),
    ("at", "mark"),
)
REFUSED = Text(
    "messaging.file_refused",
    _("A file that you sent was not accepted"),
    _(
        "“%(name)s”, which you sent at %(at)s, could not be looked through for a mark of secrecy and was not accepted. The page to which "
        "you added it says why; send it again in another form."
    ),
    ("at", "name"),
)
register(SECRET, REFUSED)


def tell_sender(file: StoredFile) -> None:
    """A message in the system to the person who sent ``file``. Who came by link reads it on the page."""
    kind, _colon, key = file.uploaded_by.partition(":")
    if kind != ActorKind.PERSON.value:
        return
    to = Recipient("person", key, file.uploaded_label)
    at = f"{file.uploaded_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    mark = str(file.refused.get("mark", ""))
    words: dict[str, Any] = {"mark": mark} if mark else {"name": file.name}
    message_send(
        by=Actor.system("files.look"),
        to=to,
        template=SECRET.code if mark else REFUSED.code,
        about=None,
        place=file.place,
        at=at,
        **words,
    )
