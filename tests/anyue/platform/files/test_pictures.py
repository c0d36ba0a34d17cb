"""What the camera wrote is kept as evidence and is in nothing that others see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from pytest_django.fixtures import Settings

from anyue.kernel.errors import RefusedError
from anyue.platform.files.models import StoredFile

from .conftest import photograph, stored

Store = Callable[..., StoredFile]
pytestmark = pytest.mark.django_db


def opened(name: str) -> Image.Image:
    image = Image.open(BytesIO(stored(name)))
    image.load()
    return image


def test_time_and_place_of_a_photograph_are_evidence(store: Store) -> None:
    file = store(photograph())

    assert file.taken_at == datetime(2025, 6, 16, 1, 30, tzinfo=UTC)
    assert (file.longitude, file.latitude, file.crs) == (117.2, 39.16, "WGS84")


def test_a_camera_that_knows_its_zone_is_believed(store: Store) -> None:
    assert store(photograph(offset="+05:30")).taken_at == datetime(2025, 6, 16, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize("taken", [None, "0000:00:00 00:00:00", "1980:01:01 00:00:00", "2999:01:01 00:00:00", "noon"])
def test_a_time_that_cannot_be_is_no_evidence(store: Store, taken: str | None) -> None:
    file = store(photograph(taken=taken, gps=False))

    assert file.taken_at is None
    assert (file.longitude, file.crs) == (None, "")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_others_see_holds_pixels_and_nothing_else(store: Store, kind: str) -> None:
    file = store(photograph(kind=kind))

    assert file.taken_at
    assert file.kept.shown
    for name in (file.kept.shown, file.kept.thumbnail):
        raw = stored(name)
        assert b"SecretMaker" not in raw
        assert b"Exif" not in raw
        assert not opened(name).getexif()
        assert not opened(name).info.get("icc_profile")
    assert b"SecretMaker" in stored(file.kept.stored)


def test_what_is_behind_the_picture_does_not_reach_others(store: Store) -> None:
    file = store(photograph() + b"<script>alert(1)</script>PK\x03\x04")

    assert b"script" not in stored(file.kept.shown)


def test_a_photograph_taken_sideways_is_shown_upright(store: Store) -> None:
    file = store(photograph((80, 40), orientation=6))

    assert (file.kept.width, file.kept.height) == (40, 80)
    shown = opened(file.kept.shown)
    assert shown.size == (40, 80)
    red, green, _ = shown.convert("RGB").getpixel((20, 10))  # type: ignore[misc]
    assert red > 200
    assert green < 100


def test_copies_are_as_large_as_a_page_needs_them(store: Store) -> None:
    file = store(photograph((4000, 3000)))

    assert (file.kept.width, file.kept.height) == (4000, 3000)
    assert opened(file.kept.shown).size == (2560, 1920)
    assert opened(file.kept.thumbnail).size == (320, 240)
    assert opened(file.kept.thumbnail).format == "WEBP"


def test_transparent_palette_grey_and_printers_colours_are_shown(store: Store) -> None:
    for mode, kind in (("P", "PNG"), ("LA", "PNG"), ("1", "BMP"), ("I;16", "PNG"), ("CMYK", "TIFF"), ("P", "GIF")):
        out = BytesIO()
        Image.new(mode, (30, 20)).save(out, kind)
        assert opened(store(out.getvalue()).kept.shown).size == (30, 20)


def test_colours_are_those_that_the_profile_meant(store: Store) -> None:
    out = BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    Image.new("RGB", (9, 9), "red").save(out, "PNG", icc_profile=profile.tobytes())

    assert opened(store(out.getvalue()).kept.shown).size == (9, 9)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(store: Store, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_PIXELS = 10_000_000
    out = BytesIO()
    Image.new("1", (4000, 3000)).save(out, "PNG")

    with pytest.raises(RefusedError) as refused:
        store(out.getvalue(), "巨幅.png")

    assert refused.value.problem.code == "files.picture_too_large"
    assert refused.value.details == {"name": "巨幅.png", "limit": 10}


def test_a_picture_beyond_what_the_decoder_takes_is_refused_alike(store: Store) -> None:
    out = BytesIO()
    Image.new("1", (20_000, 10_000)).save(out, "PNG")

    with pytest.raises(RefusedError, match="picture_too_large"):
        store(out.getvalue(), "炸弹.png")
