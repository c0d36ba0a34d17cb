"""Settings of the tests: the real ones, on a data folder of their own, with quick password hashes."""

from __future__ import annotations

import os
import tempfile

from tests.support import postgres

if "ANYUE_DATA" not in os.environ:
    os.environ["ANYUE_DATA"] = tempfile.mkdtemp(prefix="anyue-test-")
# Once for all workers of a run, which inherit the address. Here, because pytest-django reads settings before any conftest.
if os.environ.get("ANYUE_TEST_POSTGRES") == "1" and "PYTEST_XDIST_WORKER" not in os.environ:
    os.environ["DATABASE_URL"] = postgres.start()

from anyue.config.settings import *  # noqa: F403
from scripts.translations import compile_all

# Before Django reads them: what was translated a minute ago is what pages say.
compile_all()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
ALLOWED_HOSTS = ["*"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 - WhiteNoise warns of a folder that is not there

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":  # noqa: F405
    # On disk, as in the field: a database in memory locks whole tables between threads, which WAL does not.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(tempfile.mkdtemp(prefix="anyue-test-"), "test.sqlite3")}  # noqa: F405
