"""Figures for monitoring: off by default, for the token alone, by route and never by address."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from anyue.platform.audit.services import entries_seal_all
from tests.anyue.factories import client_for, make_user
from tests.anyue.platform.audit.trail import write

pytestmark = pytest.mark.django_db
TOKEN = "figures-for-the-office"


@pytest.fixture
def on(settings: Settings) -> None:
    settings.METRICS_ASKED, settings.METRICS_TOKEN = True, TOKEN


def figures(client: Client) -> str:
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("asked", "token"), [(False, ""), (False, TOKEN), (True, "")])
def test_there_is_no_such_page_until_both_settings_are_made(settings: Settings, asked: bool, token: str) -> None:
    settings.METRICS_ASKED, settings.METRICS_TOKEN = asked, token

    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("said", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN])
def test_another_token_or_none_is_refused(said: str) -> None:
    assert Client().get("/metrics", headers={"authorization": said}).status_code == 401


@pytest.mark.usefixtures("on")
def test_a_signed_in_person_sees_no_figures_without_the_token() -> None:
    assert client_for(make_user("system_admin")).get("/metrics").status_code == 401


@pytest.mark.usefixtures("on")
def test_requests_are_counted_by_the_name_of_their_route(settings: Settings) -> None:
    client = client_for(make_user("security_auditor"))
    entry = write()[0]
    client.get(f"/audit/{entry.pk}/")
    client.get("/nowhere/with/a/name/王丽/")

    said = figures(client)

    assert 'anyue_requests_total{method="GET",route="audit:entry",status="200"}' in said
    assert 'route="none",status="404"' in said
    assert "王丽" not in said
    assert 'anyue_request_seconds_bucket{le="0.1",route="audit:entry"}' in said


@pytest.mark.usefixtures("on")
def test_what_waits_to_be_sealed_is_told() -> None:
    write(3)
    assert "anyue_audit_unsealed 3.0" in figures(Client())

    entries_seal_all()
    assert "anyue_audit_unsealed 0.0" in figures(Client())
    assert "anyue_jobs_waiting 0.0" in figures(Client())
