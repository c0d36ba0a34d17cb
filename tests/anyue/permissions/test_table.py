"""Every route × every role, held against real answers."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlparse

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.urls import get_resolver, reverse

from anyue.platform.authz import registered, roles
from anyue.surfaces.console.urls import CLOSED

from .conftest import Ask
from .document import document
from .routes import Route, routes, subjects_of
from .rules import Case, May, allowed, may
from .world import ANONYMOUS, STRANGER, Subject, World, personas

LIBRARY = {"allauth", "django"}
OURS = [route for route in routes() if route.app not in {*LIBRARY, "api"}]
REST = [route for route in routes() if route.app == "api"]
THEIRS = [route for route in routes() if route.app in LIBRARY]
# Pages of the sign-in library that stand open to who is not signed in.
OPEN = {
    "account_login",
    "account_inactive",
    "socialaccount_login_cancelled",
}


def subject_of(route: Route, world: World) -> Subject:
    subjects = subjects_of(route.app)
    assert subjects is not None, f"make tests/anyue/permissions/{route.app}.py with SUBJECTS for {route.name}"
    assert route.name in subjects, f"tests/anyue/permissions/{route.app}.py says nothing of {route.name}"
    subject: Subject = world.once(f"subject of {route.name}", lambda: subjects[route.name](world))
    return subject


def address_of(route: Route, kwargs: Any, query: str = "") -> str:
    if route.name.startswith("^"):
        return "/accounts/signup/"
    return reverse(route.name, kwargs=dict(kwargs)) + query


def case_of(route: Route, subject: Subject, persona: str, world: World) -> Case:
    assert route.access is not None
    return Case(route.access, subject, persona, world.actor(persona), world.tree.street.path)


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.name)
def test_everybody_gets_what_her_role_gives_her_and_the_rest_looks_as_if_it_were_not_there(
    route: Route, world: World, ask: Ask
) -> None:
    """One test a route: every persona, by GET and by POST, on the subject and where she may not see it on nothing at all."""
    assert route.access is not None, f"{route.name}: say who may open it with requires, signed_in or open_to_all"
    subject = subject_of(route, world)
    many = len(route.access.permissions) > 0 and "<" in route.address and not (subject.see or subject.owner)
    assert not many, f"{route.name} has a subject in its address: say what is asked to see it"

    faults: list[str] = []
    for persona in personas():
        case = case_of(route, subject, persona, world)
        for method in ("GET", "POST"):
            address = address_of(route, subject.kwargs, subject.query)
            answer = ask(persona, method, address)
            faults += _faults(case, method, address, answer)
            if may(case) is May.NOTHING and subject.nowhere is not None and (persona, method) not in subject.also:
                nowhere = address_of(route, subject.nowhere, subject.query)
                faults += _differences(case, method, (address, answer), (nowhere, ask(persona, method, nowhere)))

    assert faults == []


def _faults(case: Case, method: str, address: str, answer: Any) -> list[str]:
    right, who = allowed(case, method), f"{case.persona} {method} {address}"
    if answer.status_code not in right:
        return [f"{who}: {answer.status_code}, not one of {sorted(right)}: may {may(case).value}"]
    if may(case) is May.SIGN_IN and answer.status_code == 302:
        led = urlparse(answer["Location"]).path
        return [] if led == resolve_url(settings.LOGIN_URL) else [f"{who}: led to {led}, not to signing in"]
    return []


def _differences(case: Case, method: str, here: tuple[str, Any], nowhere: tuple[str, Any]) -> list[str]:
    """What tells her that something is there which she may not see."""
    (address, there), (elsewhere, gone) = here, nowhere
    who = f"{case.persona} {method} {address}"
    if there.status_code != gone.status_code:
        return [f"{who}: {there.status_code}, but {gone.status_code} where there is nothing"]
    return (
        [] if _words(there, address) == _words(gone, elsewhere) else [f"{who}: other words than where there is nothing"]
    )


def _words(answer: Any, address: str) -> bytes:
    """The body without what is another in every answer: tokens, and the address itself."""
    body: bytes = answer.body.replace(address.encode(), b"").replace(quote(address, safe="").encode(), b"")
    return b"\n".join(line for line in body.splitlines() if b"csrf" not in line.lower() and b"nonce" not in line)


def test_the_customers_table_is_what_the_program_does(world: World, root: Path) -> None:
    """Made anew by ``scripts/permission_table.py``."""
    cases: dict[Route, list[Case]] = {}
    for route in OURS:
        with transaction.atomic():  # each subject alone in the world, as when the route is tried
            cases[route] = [case_of(route, subject_of(route, world), persona, world) for persona in personas()]
            world.things.clear()
            transaction.set_rollback(True)
    text = document(cases)
    file = root / "docs" / "permissions.md"
    if os.environ.get("ANYUE_UPDATE_PERMISSIONS") == "1":
        file.write_text(text, "utf-8")
    assert file.read_text("utf-8") == text, "make it anew: scripts/permission_table.py"


def test_the_stranger_has_every_role_of_units_elsewhere(world: World) -> None:
    held = {one.role for one in world.actor(STRANGER).held}

    assert held == {role.code for role in roles() if not role.everywhere}
    assert {one.path for one in world.actor(STRANGER).held} == {world.tree.stranger_district.path}


def test_no_module_of_subjects_speaks_of_a_route_that_there_is_not() -> None:
    names = {route.name for route in OURS}
    said = {name for app in {route.app for route in OURS} for name in (subjects_of(app) or {})}

    assert said - names == set()


def test_every_permission_is_in_some_role() -> None:
    given = {permission for role in roles() for permission in role.permissions}

    assert set(registered()) - given == set()


def _library_address(route: Route) -> str:
    made = route.address
    for part, value in {
        "<int:pk>": "1",
        r"(?P<key>[-:\w]+)": "x",
        "(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)": "x-y",
        "(?P<provider_id>[^/]+)": "nobody",
    }.items():
        made = made.replace(part, value)
    return made.replace("^", "").rstrip("$")


@pytest.mark.parametrize("route", THEIRS, ids=lambda route: route.name)
def test_pages_of_the_sign_in_library_are_open_to_nobody_but_for_signing_in(
    route: Route, ask: Ask, world: World
) -> None:
    address = _library_address(route)
    assert "<" not in address
    get_resolver().resolve(address)

    statuses = {method: ask(ANONYMOUS, method, address).status_code for method in ("GET", "POST")}

    is_closed = get_resolver().resolve(address).func.__name__ == "closed"
    assert is_closed == (statuses == {"GET": 404, "POST": 404}) or route.name.startswith("openid")
    assert (statuses["GET"] == 200) == (route.name in OPEN and not is_closed), statuses
    assert set(statuses.values()) <= {200, 302, 400, 401, 404, 405, 422}, statuses


@pytest.mark.parametrize("route", REST, ids=lambda route: route.name)
def test_the_rest_doors_open_by_a_token_and_never_by_a_browsers_session(route: Route, ask: Ask, world: World) -> None:
    """Which token opens which is held by tests/anyue/api."""
    address = re.sub("<[^>]+>", "1", route.address)
    for persona in (ANONYMOUS, STRANGER, "system_admin", "unit_admin"):
        for method in ("GET", "POST"):
            status = ask(persona, method, address).status_code
            is_description = route.name in {"api:openapi-json", "api:api-root"}
            assert status in ({200, 404, 405} if is_description else {401, 405}), (persona, method, status)


def test_what_is_closed_covers_registration_and_passwords_by_mail() -> None:
    assert "signup" in CLOSED
    assert "reset" in CLOSED
