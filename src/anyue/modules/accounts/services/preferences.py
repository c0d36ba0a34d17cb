"""How pages look to a person."""

from __future__ import annotations

from anyue.platform.authz import Actor

from ..models import User
from . import guards


def preferences_set(
    *,
    by: Actor,
    user: User,
    language: str | None = None,
    appearance: str | None = None,
    elderly_mode: bool | None = None,
) -> None:
    """Remember what she chose, for her next device too; None leaves as it is. Her own choice alone: of another's nothing happens.

    Not audited: it changes what she sees and nothing that anybody else could ask about, and in the trail the size of her text
    would say something of her eyes.
    """
    chosen = {"language": language, "appearance": appearance, "elderly_mode": elderly_mode}
    given = {name: value for name, value in chosen.items() if value is not None}
    if given and guards.is_herself(by, user):
        User.objects.filter(pk=user.pk).update(**given)
