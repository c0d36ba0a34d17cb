"""Photographs: checked by decoding them, what the camera wrote read out, and copies that tell nothing of it."""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import ExifTags, Image, ImageCms, ImageOps

from anyue.kernel.clock import SHANGHAI, now
from anyue.kernel.errors import RefusedError

from . import problems

SHOWN_SIDE = 2560
THUMBNAIL_SIDE = 320
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
_BROKEN = (OSError, ValueError, TypeError, SyntaxError, IndexError, KeyError, EOFError, struct.error, MemoryError)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the camera wrote: when, and where in WGS84. None: it did not."""

    taken_at: datetime | None = None
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that was decoded to the end. ``shown`` and ``thumbnail`` carry pixels and nothing else."""

    width: int
    height: int
    evidence: Evidence
    shown: bytes
    shown_ending: str
    thumbnail: bytes


def read(path: Path, name: str) -> Picture:
    """The picture at ``path``, upright. Refuses one that is damaged or has more pixels than ``UPLOAD_LIMIT_PIXELS``."""
    limit = settings.UPLOAD_LIMIT_PIXELS
    too_large = RefusedError(problems.PICTURE_TOO_LARGE, name=name, limit=limit // 1_000_000)
    try:
        with Image.open(path, formats=_FORMATS) as image:
            if image.width * image.height > limit:
                raise too_large
            evidence = _evidence(image)
            turned = image.getexif().get(ExifTags.Base.Orientation, 1) in (5, 6, 7, 8)
            width, height = (image.height, image.width) if turned else image.size
            pixels = _pixels(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_large from error
    except _BROKEN as error:
        raise RefusedError(problems.PICTURE_BROKEN, name=name) from error
    shown, ending = _shown(pixels)
    return Picture(width, height, evidence, shown, ending, _thumbnail(pixels))


def _pixels(image: Image.Image) -> Image.Image:
    """Upright, in sRGB, at most ``SHOWN_SIDE`` a side, without anything but pixels."""
    image.draft("RGB", (SHOWN_SIDE, SHOWN_SIDE))
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    has_alpha = upright.has_transparency_data
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    if profile and image.mode in ("RGB", "RGBA"):
        plain = _in_srgb(plain, profile)
    plain.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Colours as they were meant, since the profile that says so is not kept."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _shown(pixels: Image.Image) -> tuple[bytes, str]:
    out = BytesIO()
    if pixels.mode == "RGBA":
        pixels.save(out, "PNG")
        return out.getvalue(), "png"
    pixels.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), "jpg"


def _thumbnail(pixels: Image.Image) -> bytes:
    small = pixels.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    out = BytesIO()
    small.save(out, "WEBP", quality=75)
    return out.getvalue()


def _evidence(image: Image.Image) -> Evidence:
    """A camera's faulty entry is no entry; it never makes the photograph unusable."""
    try:
        exif = image.getexif()
        details, gps = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except _BROKEN:
        return Evidence()
    longitude = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, 180)
    latitude = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, 90)
    if longitude is None or latitude is None or (longitude == 0 and latitude == 0):
        longitude = latitude = None
    return Evidence(_taken_at(details), longitude, latitude)


def _taken_at(details: Mapping[int, Any]) -> datetime | None:
    """A camera's clock shows the time of its place: the offset that it wrote, else Shanghai. Not one in the future."""
    written, offset = details.get(ExifTags.Base.DateTimeOriginal), details.get(ExifTags.Base.OffsetTimeOriginal)
    try:
        read = datetime.strptime(str(written).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - the zone is added below
        zone = datetime.strptime(str(offset).strip("\0 "), "%z").tzinfo if offset else None
    except ValueError:
        return None
    instant = read.replace(tzinfo=zone or SHANGHAI).astimezone(UTC)
    return instant if read.year >= 1990 and instant < now() + timedelta(days=1) else None


def _degrees(gps: Mapping[int, Any], tag: int, reference: int, limit: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in gps[tag])
        value = degrees + minutes / 60 + seconds / 3600
        sign = -1 if str(gps.get(reference, "")).strip("\0 ").upper() in ("S", "W") else 1
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return round(sign * value, 7) if math.isfinite(value) and 0 <= value <= limit else None
