"""A data folder and a storage of each test's own, and an officer who uses the quick desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from anyue.modules.accounts.models import User
from gongwen.readers.office import program
from tests.anyue.factories import Tree, make_user


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where everything of this test lies: ``files`` is the storage, ``holding`` what waits."""
    settings.DATA = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        },
    }
    return tmp_path


@pytest.fixture
def officer(tree: Tree) -> User:
    """A reviewer of the district, who may use the desk and upload notices there."""
    return make_user("reviewer", tree.district, name="李工")


@pytest.fixture(autouse=True)
def _no_office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine without LibreOffice, which takes seconds; ``office`` in a test brings it back."""
    if "office" not in request.fixturenames:
        monkeypatch.setattr("anyue.modules.desk.services.quick_making.print_pages", lambda items: [None for _ in items])


@pytest.fixture
def office() -> None:
    """With LibreOffice; skipped where there is none."""
    if program() is None:
        pytest.skip("LibreOffice is not installed")
