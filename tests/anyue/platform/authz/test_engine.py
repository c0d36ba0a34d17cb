"""``can`` and ``visible`` never disagree: the house's first property."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyue.kernel import paths
from anyue.modules.orgs.models import Unit
from anyue.modules.orgs.permissions import UnitPermission
from anyue.platform.authz import Actor, ActorKind, Held, Reach, Role, can, install_roles, roles, scopes

VIEW = UnitPermission.VIEW
shapes = st.lists(st.integers(0, 7), min_size=1, max_size=12)


@pytest.fixture(autouse=True)
def _roles() -> Iterator[None]:
    before = roles()
    install_roles(
        (
            Role("below", "", "", {VIEW: Reach.SUBTREE}),
            Role("own", "", "", {VIEW: Reach.UNIT}),
            Role("none", "", "", {}),
        )
    )
    yield
    install_roles(before)


def tree(shape: list[int]) -> list[Unit]:
    """Units whose n-th hangs below the one that ``shape`` names among those before it."""
    units: list[Unit] = []
    for number, parent in enumerate(shape):
        above = units[parent % len(units)] if units and parent else None
        path = paths.child(above.path if above else "", number)
        units.append(Unit.objects.create(name=f"u{number}", kind="township", path=path, parent=above))
    return units


@pytest.mark.django_db
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shapes, st.lists(st.tuples(st.sampled_from(["below", "own", "none", "gone"]), st.integers(-1, 11)), max_size=4))
def test_she_may_exactly_where_she_sees(shape: list[int], grants: list[tuple[str, int]]) -> None:
    Unit.objects.all().delete()  # each example begins with no units
    units = tree(shape)
    held = tuple(Held(role, "" if at < 0 else units[at % len(units)].path) for role, at in grants)
    actor = Actor(ActorKind.PERSON, "1", "x", held)

    seen = set(Unit.objects.filter(scopes(actor, VIEW).q()))

    assert seen == {unit for unit in units if can(actor, VIEW, unit.path)}


def test_nobody_may_anything_by_default() -> None:
    assert not scopes(Actor.anonymous(), VIEW)
    assert not can(Actor.anonymous(), VIEW, "0000")


def test_a_token_has_no_more_than_its_scopes() -> None:
    actor = Actor(ActorKind.TOKEN, "1", "x", (Held("below", ""),), scopes=frozenset())

    assert not can(actor, VIEW, "0000")


def test_a_place_everywhere_with_own_reach_is_nowhere() -> None:
    assert not can(Actor(ActorKind.PERSON, "1", "x", (Held("own", ""),)), VIEW, "0000")
