"""Pages of refusal say what happened and what to do, and leave nothing of ours in sight."""

from __future__ import annotations

from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django_htmx.middleware import HtmxMiddleware

from anyue.kernel.errors import Problem, RefusedError
from anyue.platform.pages.middleware import RefusalMiddleware
from anyue.surfaces.console import views
from tests.anyue.factories import client_for, make_user

FULL = Problem("test.full", 409, "The list %(name)s is full.")


def test_what_is_not_there_says_what_to_do_and_looks_alike_for_a_stranger(db: None) -> None:
    known = client_for(make_user()).get("/no/such/page")
    stranger = client_for().get("/no/such/page")
    assert (known.status_code, stranger.status_code) == (404, 404)
    for page in (known.content.decode(), stranger.content.decode()):
        assert "没有找到该页面" in page
        assert "返回工作台" in page


def test_a_form_without_its_token_is_told_to_reload(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/shell/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "请返回并刷新页面后重新提交" in answer.content.decode()


def test_a_request_that_is_not_understood_says_that_nothing_changed(
    rf: RequestFactory, client: Client, db: None
) -> None:
    request = client.get("/accounts/login/").wsgi_request
    answer = cast("HttpResponse", views.not_understood(request, ValueError("secret detail")))
    assert answer.status_code == 400
    assert "未做任何更改" in answer.content.decode()
    assert "secret detail" not in answer.content.decode()


def test_our_own_failure_is_told_without_asking_the_database(rf: RequestFactory) -> None:
    # No fixture opens the database here: a single query would fail the test.
    answer = cast("HttpResponse", views.broken(rf.get("/")))
    assert answer.status_code == 500
    assert "系统出现故障" in answer.content.decode()


def refuse(request: object) -> HttpResponse:
    raise RefusedError(FULL, name="甲")


def refused(client: Client, rf: RequestFactory, **headers: str) -> HttpResponse:
    request = client.get("/accounts/login/", headers=headers).wsgi_request
    HtmxMiddleware(lambda _request: HttpResponse())(request)
    answer = RefusalMiddleware(refuse).process_exception(request, RefusedError(FULL, name="甲"))
    assert answer is not None
    return answer


def test_a_refusal_keeps_its_status_and_its_sentence(client: Client, rf: RequestFactory, db: None) -> None:
    answer = refused(client, rf)
    assert answer.status_code == 409
    assert "The list 甲 is full." in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_a_refusal_of_htmx_goes_to_the_messages_and_leaves_the_page(
    client: Client, rf: RequestFactory, db: None
) -> None:
    answer = refused(client, rf, hx_request="true")
    assert answer.status_code == 409
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#toasts", "beforeend")
    assert "<html" not in answer.content.decode()


def test_a_fault_of_ours_is_not_taken_for_a_refusal(client: Client, db: None) -> None:
    request = client.get("/accounts/login/").wsgi_request
    assert RefusalMiddleware(refuse).process_exception(request, ValueError()) is None


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/logout/", "/accounts/password/change/", "/accounts/2fa/"]
)
def test_the_pages_of_the_sign_in_library_are_in_our_look_and_language(db: None, path: str) -> None:
    client = client_for(make_user())
    answer = (client_for() if "login" in path else client).get(path, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ay-top" in page
    assert '<html lang="zh-Hans"' in page
    assert "Menu:" not in page
