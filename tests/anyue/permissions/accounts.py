"""People. What stands behind a one-time link leads nowhere for who has none."""

from __future__ import annotations

from collections.abc import Callable

from allauth.usersessions.models import UserSession

from anyue.kernel.clock import today
from anyue.modules.accounts.models import ApiToken, Grant, User
from anyue.modules.accounts.permissions import AccountPermission as Account
from anyue.modules.accounts.services import grant_delegate, token_make_for
from anyue.platform.authz import Actor
from tests.anyue.factories import make_user

from .world import Subject, Subjects, World

_NO_LINK = {("*", "GET"): ({404, 410}, "no such link"), ("*", "POST"): ({404, 410}, "no such link")}
_SYSTEM = Actor.system("tests")


def _worker(world: World) -> User:
    found: User = world.once("worker", lambda: make_user("recorder", world.tree.street, username="worker"))
    return found


def _person(act: Account | None = None, *, post_only: bool = False) -> Callable[[World], Subject]:
    def subject(world: World) -> Subject:
        return Subject({"pk": _worker(world).pk}, see=Account.VIEW, act=act, act_on_post_only=post_only)

    return subject


def _grant(world: World) -> Subject:
    worker = _worker(world)
    grant: Grant = worker.grants.get(delegated_from=None)
    return Subject({"pk": grant.pk}, see=Account.VIEW)


def _post(world: World) -> Subject:
    return Subject({"pk": _worker(world).posts.get().pk}, see=Account.VIEW, act=Account.MANAGE)


def _device(world: World) -> Subject:
    owner = world.user("recorder")
    made = world.once(
        "device",
        lambda: UserSession.objects.create(user=owner, ip="10.0.0.1", user_agent="x", session_key="elsewhere"),
    )
    return Subject({"pk": made.pk}, owner="recorder")


def _token(world: World) -> Subject:
    owner = world.user("recorder")
    token: ApiToken = world.once(
        "token", lambda: token_make_for(by=_SYSTEM, user=owner, name="x", scopes=["orgs:unit:view"], days=1)[0]
    )
    return Subject({"pk": token.pk}, owner="recorder")


def _handed(world: World) -> Subject:
    source = world.user("reviewer")
    [grant] = world.once(
        "handed",
        lambda: grant_delegate(
            by=world.actor("reviewer"), grants=list(source.grants.all()), to=_worker(world), until_on=today()
        ),
    )
    return Subject({"pk": grant.pk}, owner="reviewer")


SUBJECTS: Subjects = {
    "people:index": lambda world: Subject(),
    "people:add": lambda world: Subject(),
    "people:import": lambda world: Subject(),
    "people:import-sheet": lambda world: Subject(),
    "people:roles": lambda world: Subject(),
    "people:who": lambda world: Subject(),
    "people:profile": lambda world: Subject(),
    "people:device-end": _device,
    "people:token-add": lambda world: Subject(),
    "people:token-end": _token,
    "people:delegate": lambda world: Subject(),
    "people:undelegate": _handed,
    "people:person": _person(),
    "people:edit": _person(Account.MANAGE),
    "people:suspend": _person(Account.UNLOCK),
    "people:restore": _person(Account.UNLOCK),
    "people:unlock": _person(Account.UNLOCK),
    "people:invite": _person(Account.UNLOCK),
    "people:rights": _person(),
    "people:post-add": _person(),
    "people:grant-give": _person(),
    "people:post-end": _post,
    "people:grant-end": _grant,
    "people:first": lambda world: Subject({"token": "unknown"}, also=_NO_LINK),
    "people:invitation": lambda world: Subject({"token": "unknown"}, also=_NO_LINK),
    "people:stay": lambda world: Subject(),
    "people:work-as": lambda world: Subject(also={("*", "POST"): ({403, 404, 422}, "no unit is chosen")}),
}
