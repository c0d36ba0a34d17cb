"""The picture of a page before its text is read: set straight, its ruling lines found and taken out."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
PixelRule = tuple[int, int, int, int]
"""Left, top, right, bottom."""

MAX_TILT = 3.0
_ERASED = 220
"""Pixels (at 200 dpi) from which on a line is no dash of the text."""


def tilt(grey: Picture) -> float:
    """Degrees by which the lines of the page are turned, at most ``MAX_TILT`` either way.

    The angle at which the dark pixels gather in the fewest rows: first roughly, then to a twentieth of a degree.
    """
    scale = 700 / max(grey.shape)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = np.clip(200 - small.astype(np.int16), 0, 255).astype(np.uint8)
    if float(ink.mean()) < 0.5:
        return 0.0
    best = max(np.arange(-MAX_TILT, MAX_TILT + 0.01, 0.5), key=lambda angle: _sharpness(ink, float(angle)))
    return float(max(np.arange(best - 0.45, best + 0.46, 0.05), key=lambda angle: _sharpness(ink, float(angle))))


def _sharpness(ink: Picture, angle: float) -> float:
    sums = turned(ink, angle, 0).sum(axis=1, dtype=np.float64)
    return float(((sums[1:] - sums[:-1]) ** 2).sum())


def turned(picture: Picture, angle: float, border: int = 255) -> Picture:
    """The picture turned about its middle, the same size."""
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    result: Any = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(border,)
    )
    return result  # type: ignore[no-any-return]


def find_rules(grey: Picture) -> tuple[list[PixelRule], list[PixelRule]]:
    """The horizontal and the vertical lines of the page, in pixels."""
    ink = cv2.adaptiveThreshold(cv2.bitwise_not(grey), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -12)
    height, width = grey.shape[:2]
    across = _runs(ink, (max(45, width // 30), 1), (9, 3))
    down = _runs(ink, (1, max(45, height // 45)), (3, 9))
    return (
        [box for box in across if box[2] - box[0] > 6 * (box[3] - box[1])],
        [box for box in down if box[3] - box[1] > 6 * (box[2] - box[0])],
    )


def _runs(ink: Any, kernel: tuple[int, int], close: tuple[int, int]) -> list[PixelRule]:
    """Unbroken runs of ink as long as the kernel, small gaps closed."""
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
    joined = cv2.dilate(opened, cv2.getStructuringElement(cv2.MORPH_RECT, close))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    x_pad, y_pad = close[0] // 2, close[1] // 2
    return [
        (int(x) + x_pad, int(y) + y_pad, int(x + w) - x_pad, int(y + h) - y_pad)
        for x, y, w, h, _ in stats[1:]
        if min(w - 2 * x_pad, h - 2 * y_pad) <= 14
    ]


def find_squares(grey: Picture, sides: tuple[float, float]) -> list[tuple[PixelRule, bool]]:
    """Little hollow squares as they are drawn to be ticked, and whether something is in them."""
    ink = cv2.adaptiveThreshold(cv2.bitwise_not(grey), 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 31, -12)
    contours, found_tree = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    tree: Any = found_tree
    found: list[tuple[PixelRule, bool]] = []
    for contour, (_, _, child, parent) in zip(contours, () if tree is None else tree[0], strict=True):
        if parent != -1 or child == -1:
            continue
        x, y, width, height = cv2.boundingRect(contour)
        if (
            not (sides[0] <= min(width, height) and max(width, height) <= sides[1])
            or abs(width - height) > 0.15 * width
        ):
            continue
        if cv2.contourArea(contour) > 0.88 * width * height and _is_frame(ink[y : y + height, x : x + width]):
            inner = ink[y + height // 4 : y + height - height // 4, x + width // 4 : x + width - width // 4]
            found.append(((x, y, x + width, y + height), float(inner.mean()) > 30))
    return found


def _is_frame(ink: Any) -> bool:
    """Ink along all four edges."""
    deep = max(2, ink.shape[0] // 6)
    edges = (ink[:deep].max(axis=0), ink[-deep:].max(axis=0), ink[:, :deep].max(axis=1), ink[:, -deep:].max(axis=1))
    return all(float(edge.mean()) > 0.92 * 255 for edge in edges)


def without(grey: Picture, rules: list[PixelRule]) -> Picture:
    """The picture with the long lines painted over, so that they are not read as characters."""
    clean = grey.copy()
    for left, top, right, bottom in rules:
        if max(right - left, bottom - top) >= _ERASED:
            clean[max(top - 2, 0) : bottom + 2, max(left - 2, 0) : right + 2] = 255
    return clean
