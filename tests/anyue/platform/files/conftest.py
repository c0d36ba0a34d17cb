"""A storage of each test's own, somebody who uploads, and photographs as a telephone takes them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import ExifTags, Image
from pytest_django.fixtures import Settings

from anyue.platform.authz import Actor, ActorKind
from anyue.platform.files import services
from anyue.platform.files.kinds import KINDS
from anyue.platform.files.models import StoredFile

ALL = frozenset(KINDS)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the bytes go."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    return tmp_path


@pytest.fixture
def officer() -> Actor:
    """A person who uploads."""
    return Actor(ActorKind.PERSON, "7", "李工")


@pytest.fixture
def store(officer: Actor) -> Callable[..., StoredFile]:
    """``file_store`` with what most tests do not care about."""

    def keep(upload: Any, name: str = "照片.jpg", **given: Any) -> StoredFile:
        words = {"by": officer, "place": "0001", "owner": None, "kinds": ALL, **given}
        return services.file_store(upload=upload, name=name, **words)

    return keep


def stored(name: str) -> bytes:
    """What lies in the storage under ``name``."""
    with default_storage.open(name) as stream:
        return bytes(stream.read())


def photograph(
    size: tuple[int, int] = (64, 48),
    *,
    taken: str | None = "2025:06:16 09:30:00",
    offset: str | None = None,
    gps: bool = True,
    orientation: int = 1,
    colour: str = "red",
    kind: str = "JPEG",
) -> bytes:
    """A picture whose left half is ``colour`` and whose right half is white, with what a camera writes."""
    image = Image.new("RGB", size, "white")
    image.paste(colour, (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SecretMaker"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    if taken:
        details[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", (39.0, 9.0, 36.0)
        place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "E", (117.0, 12.0, 0.0)
    out = BytesIO()
    image.save(out, kind, exif=exif)
    return out.getvalue()
