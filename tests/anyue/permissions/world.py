"""The small world in which every route is tried: two districts, and one person of each role at the street."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from anyue.modules.accounts.models import User
from anyue.platform.authz import Actor, Permission, roles
from tests.anyue.factories import Tree, actor_for, grant, make_tree, make_user

ANONYMOUS, STRANGER = "anonymous", "stranger"


@dataclass
class World:
    """``tree.street`` is where everybody but the stranger works and where subjects belong."""

    tree: Tree
    people: dict[str, User]
    things: dict[str, Any] = field(default_factory=dict)

    def user(self, persona: str) -> User:
        """The person of a role, or the stranger."""
        return self.people[persona]

    def actor(self, persona: str) -> Actor:
        """The same as an actor; nobody for ``anonymous``."""
        return Actor.anonymous() if persona == ANONYMOUS else actor_for(self.people[persona])

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """A thing of the world, made when it is first asked for."""
        if name not in self.things:
            self.things[name] = make()
        return self.things[name]


def personas() -> list[str]:
    """Every role, then who has all roles of units elsewhere, then nobody."""
    return [role.code for role in roles()] + [STRANGER, ANONYMOUS]


def make_world() -> World:
    """One person a role at the street; the stranger has every role of units in the other district."""
    tree = make_tree()
    people = {role.code: make_user(role.code, tree.street, username=role.code.replace("_", "-")) for role in roles()}
    people[STRANGER] = make_user(None, tree.stranger_district, username=STRANGER)
    for role in roles():
        if not role.everywhere:
            grant(people[STRANGER], role.code, tree.stranger_district)
    return World(tree, people)


@dataclass(frozen=True)
class Subject:
    """What a route is tried on.

    ``kwargs`` of the address, and of one that looks the same and leads to nothing (``missing``; numbers get one by themselves).
    ``see`` is what ``fetch`` asks to show it (usually the view's own permission), ``act`` what it asks to act on it; an object
    without ``see`` belongs to nobody's unit. ``owner``: only this persona finds it. ``act_on_post_only``: who may not act still
    sees the page. ``also`` allows more answers, each with its reason: ``{("recorder", "POST"): ({302}, "why")}``; ``"*"`` is
    everybody.
    """

    kwargs: Mapping[str, Any] = field(default_factory=dict)
    see: Permission | None = None
    act: Permission | None = None
    owner: str = ""
    missing: Mapping[str, Any] | None = None
    act_on_post_only: bool = False
    query: str = ""
    also: Mapping[tuple[str, str], tuple[set[int], str]] = field(default_factory=dict)

    @property
    def nowhere(self) -> Mapping[str, Any] | None:
        """An address that leads to nothing; None if the route has no subject."""
        if self.missing is not None:
            return self.missing
        gone = {name: 987_654_321 for name, value in self.kwargs.items() if isinstance(value, int)}
        return {**self.kwargs, **gone} if gone else None


Subjects = Mapping[str, Callable[[World], Subject]]
