"""Every route, given what a tired, hurried or hostile person sends: never a fault of ours, and nothing that she typed is lost.

The names of the fields come from the pages themselves, from the forms of the app and from what its views read out of a
request, so that a new page is tried as soon as it has a route and a subject.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.cache import cache as stored
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from lxml import html

from .conftest import Browsers, _read
from .routes import Route
from .rules import May, may
from .test_table import OURS, address_of, case_of, subject_of
from .world import ANONYMOUS, STRANGER, Subject, World, personas

APPS = sorted({route.app for route in OURS})
TYPED = "写到一半的话🙂"
# Numbers that are none to int(), days that no calendar holds, what no database keeps.
EVERYWHERE = ("NUL", "a circled number", "a number too large")
MOODS = {
    "nothing": "",
    "blanks": "  \t ",
    "a face": "🙂",
    "NUL": "1\0",
    "a circled number": "²",
    "a number too large": "9" * 30,
    "less than nothing": "-1",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "the last moment": "9999-12-31T23:59",
    "broken JSON": '[{"a":',
    "deep JSON": "[" * 3000,
    "markup": "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>",
    "percent": "%s %(a)s {0} %",
    "long": "长" * 5_000,
}
_READ = re.compile(r"""(?:POST|GET|FILES)(?:\.get|\.getlist)?[(\[]\s*["'](\w+)["']""")


class Tired:
    """Asks as one person, and takes back what came of it."""

    def __init__(self, world: World, browsers: Browsers) -> None:
        self.world = world
        self.browsers = browsers

    def ask(self, persona: str, method: str, address: str, data: Any = None, **headers: str) -> Any:
        client = self.browsers.of(persona)
        stored.clear()
        with transaction.atomic():
            try:
                answer: Any = (client.get if method == "GET" else client.post)(address, data or {}, headers=headers)
                answer.body = _read(answer)
            finally:
                transaction.set_rollback(True)
        return answer


@pytest.fixture
def tired(world: World, browsers: Browsers) -> Tired:
    """Somebody at the end of a long day."""
    return Tired(world, browsers)


def persona_for(route: Route, subject: Subject, world: World) -> str:
    """Who comes furthest with it."""
    order = ["unit_admin", *(one for one in personas() if one not in {STRANGER, ANONYMOUS}), ANONYMOUS]
    return next((one for one in order if may(case_of(route, subject, one, world)) is May.ACT), ANONYMOUS)


@cache
def names_of(app: str) -> frozenset[str]:
    """Names that the app's code reads out of a request, and those of its forms."""
    module = next(route.view.__module__ for route in OURS if route.app == app)
    package = ".".join(module.split(".")[:3])
    folder = Path(inspect.getfile(importlib.import_module(package))).parent
    found = {name for file in folder.rglob("*.py") for name in _READ.findall(file.read_text("utf-8"))}
    if importlib.util.find_spec(f"{package}.forms") is not None:
        for one in vars(importlib.import_module(f"{package}.forms")).values():
            if isinstance(one, type) and issubclass(one, forms.BaseForm):
                found |= set(getattr(one, "base_fields", {}))
    return frozenset(found)


def fields_on(body: bytes) -> dict[str, list[str]]:
    """Every control of the page with the values that it would send."""
    found: dict[str, list[str]] = {}
    if b"<form" not in body:
        return found
    for control in html.fromstring(body).iterfind(".//*[@name]"):
        name, kind = control.get("name") or "", (control.get("type") or "").lower()
        if control.tag == "select":
            values = [one.get("value") or "" for one in control.iterfind(".//option[@selected]")]
            found.setdefault(name, []).extend(values or [one.get("value") or "" for one in list(control)[:1]])
        elif control.tag == "textarea":
            found.setdefault(name, []).append(control.text or "")
        elif control.tag == "input" and kind not in {"file", "submit"} and name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(control.get("value") or "")
    return found


def texts_on(body: bytes) -> list[str]:
    """The names of the fields into which a person writes words, in the form that sends to the page itself."""
    if b"<form" not in body:
        return []
    page = html.fromstring(body)
    own = [
        form
        for form in page.iterfind(".//form")
        if (form.get("method") or "").lower() == "post" and not form.get("action")
    ]
    return [
        control.get("name") or ""
        for form in own
        for control in form.iterfind(".//*[@name]")
        if control.get("disabled") is None
        and (control.tag == "textarea" or (control.tag == "input" and (control.get("type") or "text") == "text"))
    ]


def tries(names: list[str], usual: dict[str, list[str]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is sent: some moods in all fields at once; then one field of the page wrong among right ones, each with another
    mood; a file where none is asked for, and two megabytes of text in one field.
    """
    for mood in EVERYWHERE:
        yield mood, dict.fromkeys(names, MOODS[mood])
    moods = list(MOODS.items())
    for number, name in enumerate(usual):
        mood, value = moods[(number * 5 + 4) % len(moods)]
        yield f"{mood} in {name}", {**usual, name: value}
    yield "as it stands", dict(usual)
    file = SimpleUploadedFile("\u202e报表\n.exe", b"\0\xff" * 40)
    yield (
        "files",
        {**usual, **{name: file for name in ("files", "file", "notice", "slip", "signed_copy") if name in names}},
    )
    if names:
        yield "two megabytes", {**usual, next(iter(usual), names[0]): "长" * 700_000}


def questions(names: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What stands in an address that somebody wrote herself, or that was kept for years."""
    asked, moods = [*names, "q", "page", "sort", "size"], list(MOODS)
    for shift in (3, 8):
        mixed = {name: MOODS[moods[(number + shift) % len(moods)]] for number, name in enumerate(asked)}
        yield f"moods in the address, from {moods[shift]} on", mixed


def subjects(app: str, tired: Tired) -> Iterator[tuple[Route, Subject]]:
    """Every route of the app with its subject, each alone in the world."""
    for route in (route for route in OURS if route.app == app):
        with transaction.atomic():
            yield route, subject_of(route, tired.world)
            tired.world.things.clear()
            transaction.set_rollback(True)


@pytest.mark.parametrize("app", APPS)
def test_nothing_that_a_tired_person_sends_is_a_fault_of_ours(app: str, tired: Tired) -> None:
    faults: list[str] = []
    for route, subject in subjects(app, tired):
        persona = persona_for(route, subject, tired.world)
        address = address_of(route, subject.kwargs, subject.query)
        faults += [f"{persona} {method} {address}, {said}" for method, said in _faults(tired, persona, address, app)]

    assert not faults, "\n".join(faults)


def _faults(tired: Tired, persona: str, address: str, app: str) -> Iterator[tuple[str, str]]:
    def fault(method: str, data: dict[str, Any]) -> tuple[Any, str]:
        try:
            answer = tired.ask(persona, method, address, data)
        except Exception as error:  # whatever comes out of a view is what we look for
            return None, f"{type(error).__name__}: {str(error)[:160]}"
        return answer, str(answer.status_code) if answer.status_code >= 500 else ""

    shown, said = fault("GET", {})
    if said:
        yield "GET", said
    usual = fields_on(shown.body) if shown is not None and shown.status_code == 200 else {}
    names = sorted(names_of(app) | set(usual))
    for method, sent in (("POST", tries(names, usual)), ("GET", questions(names))):
        for what, data in sent:
            answer, said = fault(method, data)
            if said:
                yield method, f"{what}: {said}"
            if answer is not None and answer.status_code == 405:
                break


@pytest.mark.parametrize("app", APPS)
def test_what_was_typed_stands_in_the_form_that_is_refused(app: str, tired: Tired) -> None:
    lost: list[str] = []
    for route, subject in subjects(app, tired):
        persona = persona_for(route, subject, tired.world)
        address = address_of(route, subject.kwargs, subject.query)
        shown = tired.ask(persona, "GET", address)
        texts = texts_on(shown.body) if shown.status_code == 200 else []
        answer = tired.ask(persona, "POST", address, {name: f"{TYPED}{number}" for number, name in enumerate(texts)})
        if not texts or answer.status_code != 422:
            continue
        again = unescape(answer.body.decode())
        lost += [f"{address}: {name}" for number, name in enumerate(texts) if f"{TYPED}{number}" not in again]

    assert not lost, "\n".join(lost)


@pytest.mark.parametrize("app", APPS)
def test_a_session_that_ended_in_the_middle_of_a_page_leads_to_sign_in_as_a_whole(app: str, tired: Tired) -> None:
    faults: list[str] = []
    for route, subject in subjects(app, tired):
        if route.access is None or route.access.public:
            continue
        address = address_of(route, subject.kwargs, subject.query)
        for method in ("GET", "POST"):
            answer = tired.ask(ANONYMOUS, method, address, **{"HX-Request": "true"})
            # A redirect would put the sign-in page into a corner of the page that is open.
            if answer.status_code not in {404, 405} and "HX-Redirect" not in answer.headers:
                faults.append(f"{method} {address}: {answer.status_code}")

    assert not faults, "\n".join(faults)
