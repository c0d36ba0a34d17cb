"""The web application, for granian (`anyue serve`) or any other WSGI server."""

from __future__ import annotations

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anyue.config.settings")


def ready() -> WSGIHandler:
    """The application with all its pages loaded before the first request.

    What is loaded stays for good, so it is taken out of the collector's sight: a full collection that walks through all of Django
    stops a page for a tenth of a second, several times a minute.
    """
    made = get_wsgi_application()
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    return made


application = ready()
