"""The API itself: its routers, its refusals, its description (OpenAPI 3.1 at /api/v1/openapi.json)."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from anyue.kernel.errors import RefusedError
from anyue.modules.accounts.api import router as people
from anyue.modules.campaigns.api import router as campaigns
from anyue.modules.orgs.api import router as units
from anyue.platform.authz import Actor
from anyue.platform.rest import problems

from .description import complete

log = logging.getLogger(__name__)


class Bearer(HttpBearer):
    """``Authorization: Bearer anyue_…``. Who it is has been found out by the middleware of accounts."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor of a valid token."""
        del token
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.is_known else None


class Api(NinjaAPI):
    """Ninja's, whose description also names what holds for every endpoint."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The description of all endpoints."""
        return complete(super().get_openapi_schema(**kwargs))


def _refused(_request: HttpRequest, error: RefusedError | type[RefusedError]) -> HttpResponse:
    assert isinstance(error, RefusedError)
    return problems.from_refusal(error)


def _invalid(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    errors = [
        {"field": ".".join(str(step) for step in one["loc"]), "code": one["type"], "detail": one["msg"]}
        for one in error.errors
    ]
    return problems.answer(problems.INVALID, errors=errors)


def _no_token(_request: HttpRequest, _error: AuthenticationError | type[AuthenticationError]) -> HttpResponse:
    return problems.answer(problems.NO_TOKEN)


def _not_found(_request: HttpRequest, _error: Http404 | type[Http404]) -> HttpResponse:
    return problems.answer(problems.NOT_FOUND)


def _not_allowed(_request: HttpRequest, _error: PermissionDenied | type[PermissionDenied]) -> HttpResponse:
    return problems.answer(problems.NOT_ALLOWED)


def _http(_request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)
    return problems.from_status(error.status_code)


def _broken(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    assert isinstance(error, Exception)
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return problems.answer(problems.BROKEN)


def add_handlers(to: NinjaAPI) -> None:
    """Every refusal and fault of its endpoints is answered as problem+json."""
    to.add_exception_handler(RefusedError, _refused)
    to.add_exception_handler(ValidationError, _invalid)
    to.add_exception_handler(AuthenticationError, _no_token)
    to.add_exception_handler(Http404, _not_found)
    to.add_exception_handler(PermissionDenied, _not_allowed)
    to.add_exception_handler(HttpError, _http)
    to.add_exception_handler(Exception, _broken)


api = Api(
    title="安月 Anyue",
    version="1",
    description="Work Safety Month from the notice that starts it: units, people, campaigns.",
    docs_url=None,
    auth=Bearer(),
    urls_namespace="api",
)
add_handlers(api)
# A module adds its own here: one line.
api.add_router("", people)
api.add_router("", units)
api.add_router("", campaigns)
