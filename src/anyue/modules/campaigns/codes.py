"""Links as QR codes, drawn here: nothing leaves the house."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import qrcode

# The white edge, in modules.
_EDGE = 2
# Any of the eight masks is a valid code that says itself which one it is. Choosing the one that looks best means drawing
# nine codes for one, which made a sheet of thirty links the slowest page of all; the chequered one breaks up all we print.
_MASK = 0


def qr_image(address: str) -> str:
    """``address`` as a picture that stands in the page itself, black on white in every appearance."""
    code = qrcode.QRCode(border=_EDGE, mask_pattern=_MASK)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    size = len(rows)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{dark}"/></svg>'
    )
    return "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode()


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin and how many stand beside each other."""
    begins = None
    for place, is_dark in enumerate([*row, False]):
        if is_dark and begins is None:
            begins = place
        elif not is_dark and begins is not None:
            yield begins, place - begins
            begins = None
