"""QR codes lead where they say, by the eyes of a reader that knows nothing of us."""

from __future__ import annotations

import base64
import re
import secrets

import pytest

from anyue.modules.campaigns.codes import qr_image


def _seen(picture: str, module: int = 6) -> object:
    """The picture as grey values, each path drawn by its own words."""
    numpy = pytest.importorskip("numpy")
    text = base64.b64decode(picture.removeprefix("data:image/svg+xml;base64,")).decode()
    size = int(re.findall(r'viewBox="0 0 (\d+) ', text)[0])
    grey = numpy.full((size, size), 255, dtype=numpy.uint8)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", text):
        grey[int(y), int(x) : int(x) + int(length)] = 0
    large = numpy.kron(grey, numpy.ones((module, module), dtype=numpy.uint8))
    return numpy.pad(large, 4 * module, constant_values=255)


@pytest.mark.parametrize("host", ["http://127.0.0.1:8000", "https://anyue.yunhu-example.gov.cn"])
def test_a_link_is_read_from_its_code_as_it_was_written(host: str) -> None:
    reader = pytest.importorskip("cv2").QRCodeDetector()
    for _ in range(5):
        address = f"{host}/d/{secrets.token_urlsafe(24)}/"
        assert reader.detectAndDecode(_seen(qr_image(address)))[0] == address
