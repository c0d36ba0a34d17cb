"""Addresses as somebody types them who knows how ours are built, and what a signed-in browser gets for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse
from playwright.sync_api import APIResponse, Page

from tests.anyue.permissions.routes import Route, routes, subjects_of
from tests.anyue.permissions.world import Subject, World


@dataclass(frozen=True)
class Guess:
    """An address that leads to something (``here``), and one built alike that leads to nothing (``nowhere``)."""

    route: Route
    subject: Subject
    here: str
    nowhere: str


def our_routes() -> list[Route]:
    """Every page of the platform itself: the sign-in library and the REST doors have tables of their own."""
    return [route for route in routes() if route.app not in {"allauth", "django", "api"} and ":" in route.name]


def guesses(world: World) -> Iterator[Guess]:
    """Each route with an object in its address, from the configuration of addresses, with an object of the world."""
    for route in our_routes():
        subjects = subjects_of(route.app) or {}
        if "<" not in route.address or route.name not in subjects:
            continue
        subject = subjects[route.name](world)
        nowhere = subject.nowhere or subject.kwargs
        yield Guess(
            route,
            subject,
            reverse(route.name, kwargs=dict(subject.kwargs)) + subject.query,
            reverse(route.name, kwargs=dict(nowhere)) + subject.query,
        )


def token_of(page: Page) -> str:
    """What forms of this browser carry against forgery."""
    return page.locator("input[name=csrfmiddlewaretoken]").first.input_value()


def ask(page: Page, method: str, address: str, token: str = "") -> APIResponse:
    """With the cookies of the browser, without following where it leads."""
    headers = {"X-CSRFToken": token} if token else {}
    return page.request.fetch(address, method=method, headers=headers, max_redirects=0)


def words(answer: APIResponse, address: str) -> str:
    """The page without what is another in every answer: tokens, and the address itself."""
    body = answer.text()
    for said in (address, address.partition("?")[0], quote(address, safe=""), quote(address)):
        body = body.replace(said, "…")
    return "\n".join(line for line in body.splitlines() if not re.search("csrf|nonce", line, re.IGNORECASE))
