"""Every link that a page shows is one that its reader may open."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from anyue.demonstration import demo_load
from anyue.modules.accounts.models import User

# What a page shows does not hang on the database: once is enough for so long a walk.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database("sqlite")]

_LINK = re.compile(r'(?:href|hx-get)="(/[^"#]*)"')
_LEFT_OUT = re.compile(r"^/(?:static|files)/|^/accounts/logout|export=")
OPENED = 3
"""Addresses of one route that are opened for one account: a list's first rows."""


def _dead(client: Client) -> list[str]:
    """Links, from the home page on, that are refused or lead nowhere, with the page that shows them."""
    waiting, seen, dead = [("/", "")], {"/"}, []
    of_route: dict[str, int] = defaultdict(int)
    while waiting:
        address, shown_on = waiting.pop(0)
        answer = client.get(address)
        if answer.status_code >= 400:
            dead.append(f"{answer.status_code} {address} on {shown_on}")
        if answer.streaming:
            answer.close()
        if answer.status_code != 200 or answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        for link in _LINK.findall(answer.content.decode()):
            target = link.replace("&amp;", "&")
            if target in seen or _LEFT_OUT.search(target):
                continue
            seen.add(target)
            try:
                route = resolve(urlsplit(target).path).view_name
            except Resolver404:
                dead.append(f"no page {target} on {address}")
                continue
            if of_route[route] < OPENED:
                of_route[route] += 1
                waiting.append((target, address))
    return dead


def test_whoever_reads_a_page_may_open_what_it_links_to(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    accounts = json.loads(demo_load().read_text(encoding="utf-8"))
    faults = []
    for account in accounts:
        if account["username"].rpartition("-")[2] in ("department", "enterprise"):
            continue  # what they see a community sees too
        client = Client(raise_request_exception=False)
        client.force_login(User.objects.get(username=account["username"]))
        faults += [f"{account['username']}: {one}" for one in _dead(client)]

    assert not faults, "\n".join(faults)
