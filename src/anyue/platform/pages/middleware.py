"""Around every request: compressed pages, health without a session, clean words, the person's language, private answers, refusals as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import translation
from django_htmx.http import reswap, retarget

from anyue.kernel.errors import RefusedError

from .refusals import sentence
from .services import draft_drop

Handler = Callable[[HttpRequest], HttpResponse]
_TEXTS = ("text/", "application/json", "application/problem+json", "image/svg+xml")


class HealthMiddleware:
    """``GET /healthz``: 200 when the database answers and migrations are in, else 503. Before host checks and sessions."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != "/healthz":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            self.migrated = self.migrated or self._is_migrated()
        except DatabaseError:
            return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
        if not self.migrated:
            return HttpResponse("migrations are missing\n", status=503, content_type="text/plain")
        return HttpResponse("ok\n", content_type="text/plain")

    @staticmethod
    def _is_migrated() -> bool:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())


class DraftMiddleware:
    """A form that went through, which is to say that its answer leads on, needs its draft no more (``{% draft_offer %}`` names it)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.method == "POST" and (300 <= answer.status_code < 400 or "HX-Redirect" in answer.headers):
            actor = getattr(request, "actor", None)
            key = request.POST.get("_draft", "")
            if key and actor is not None and actor.is_known and "/drafts/" not in request.path:
                draft_drop(by=actor, form_key=key)
        return answer


class CompressMiddleware(GZipMiddleware):
    """Pages and their parts leave compressed, some eight times as small: where no web server stands in front, nobody else does it.

    What streams is left as it is: a file is a zip already or has a length that its reader wants to know, and progress must not
    wait in a buffer. Of what is compressed the length is blurred, so that it tells nothing of the secrets in it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Only text that is whole."""
        if response.streaming or not response.get("Content-Type", "").startswith(_TEXTS):
            return response
        return super().process_response(request, response)


class SentTextMiddleware:
    """NUL, which no keyboard types and PostgreSQL does not store, is taken out of what a form sends: nothing written is lost."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """After the check of the form's token, which has read the form already; a view sees clean words only."""
        if request.method != "POST" or not any("\0" in one for _name, values in request.POST.lists() for one in values):
            return
        sent = request.POST.copy()
        for name, values in request.POST.lists():
            sent.setlist(name, [one.replace("\0", "") for one in values])
        request.POST = sent  # type: ignore[assignment]


class LanguageMiddleware:
    """Chinese unless the person chose otherwise: what her browser prefers is no choice of hers on an office PC."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or getattr(request.user, "language", "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", language)
        translation.activate(settings.LANGUAGE_CODE)
        return answer


class PrivateMiddleware:
    """What a view says nothing of is for this person alone: no proxy on the way keeps it, and a browser asks again before it
    shows it to whoever comes next.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer


class RefusalMiddleware:
    """A refusal that no view turned into its form becomes a page that says what happened and what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Only refusals; a fault of ours goes on to Django's 500."""
        if not isinstance(exception, RefusedError):
            return None
        status = exception.problem.status
        said = {"sentence": sentence(exception), "status": status}
        if not getattr(request, "htmx", False):
            return render(request, "pages/refused.html", said, status=status)
        # The page stays as it is; the sentence goes to its messages.
        answer = render(request, "pages/refused_part.html", said, status=status)
        return reswap(retarget(answer, "#toasts"), "beforeend")
