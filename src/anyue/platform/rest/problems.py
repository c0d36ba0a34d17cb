"""The catalogue of refusals of every endpoint, and refusals as problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem, RefusedError
from anyue.platform.pages.refusals import sentence

Error = dict[str, str]
CONTENT_TYPE = "application/problem+json"

NO_TOKEN = Problem(
    "rest.no_token", 401, _("No valid token: it is missing, mistyped, expired or ended. Make one on your own page.")
)
NOT_ALLOWED = Problem("rest.not_allowed", 403, _("This token or this person may not do that."))
NOT_FOUND = Problem("rest.not_found", 404, _("There is nothing here that you can see."))
METHOD = Problem("rest.method", 405, _("This address does not take %(method)s."))
INVALID = Problem("rest.invalid", 422, _("The request is not as the description asks. See the fields."))
CURSOR = Problem("rest.cursor", 422, _("This cursor is none of ours. Begin without one."))
KEY_MISSING = Problem(
    "rest.key_missing",
    400,
    _("A POST needs the header Idempotency-Key: 1 to 128 visible characters, new for each act."),
)
KEY_REUSED = Problem("rest.key_reused", 422, _("This Idempotency-Key was used for another request. Take a new one."))
TOO_MANY = Problem("rest.too_many", 429, _("Too many requests. Wait %(seconds)s seconds."))
BROKEN = Problem("rest.broken", 500, _("We failed at this. It was written down; try again later."))


def answer(problem: Problem, *, errors: Sequence[Error] = (), **details: object) -> HttpResponse:
    """A problem as a response."""
    return from_refusal(RefusedError(problem, fields=None, **details), errors=errors)


def from_refusal(refusal: RefusedError, *, errors: Sequence[Error] = ()) -> HttpResponse:
    """A refusal as a response; its fields become ``errors``."""
    fields = [
        {"field": name, "code": problem.code, "detail": sentence(refusal, problem)}
        for name, problem in refusal.fields.items()
    ]
    return _response(refusal.problem.status, refusal.problem.code, sentence(refusal), [*fields, *errors])


def from_status(status: int) -> HttpResponse:
    """A response that somebody else made without a body of ours, as a problem."""
    known = {problem.status: problem for problem in (NO_TOKEN, NOT_ALLOWED, NOT_FOUND, BROKEN)}
    found = known.get(status)
    return _response(status, found.code if found else f"rest.http_{status}", gettext(found.text) if found else "", [])


def _response(status: int, code: str, detail: str, errors: Sequence[Error]) -> HttpResponse:
    body: dict[str, object] = {
        "type": f"urn:anyue:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=CONTENT_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="anyue"'
    return response
