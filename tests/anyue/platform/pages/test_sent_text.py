"""What a form sends, before a view reads it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from anyue.platform.pages.middleware import SentTextMiddleware


def _seen(request: HttpRequest) -> HttpRequest:
    SentTextMiddleware(lambda _request: HttpResponse()).process_view(request, None, (), {})
    return request


def test_nul_is_taken_out_and_nothing_else(rf: RequestFactory) -> None:
    request = _seen(rf.post("/", {"reason": "隐\0患\n\t", "unit": ["1", "\0002"], "empty": ""}))

    assert request.POST["reason"] == "隐患\n\t"
    assert request.POST.getlist("unit") == ["1", "2"]
    assert request.POST["empty"] == ""


def test_what_is_clean_stays_the_very_thing_that_was_sent(rf: RequestFactory) -> None:
    request = rf.post("/", {"reason": "隐患"})
    before = request.POST

    assert _seen(request).POST is before
