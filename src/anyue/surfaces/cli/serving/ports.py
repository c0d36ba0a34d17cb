"""Is the address free? Asked before anything else is done."""

from __future__ import annotations

import errno
import os
import socket

from ..language import text
from ..site import Refused


def must_be_free(host: str, port: int) -> None:
    """Refuse in one plain line what cannot be listened on."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as error:
        raise Refused(text("serve.no_address", host=host, port=port, reason=error.strerror)) from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Refused(text("serve.port_used", host=host, port=port)) from error
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise Refused(text("serve.no_address", host=host, port=port, reason=reason)) from error


def answers(host: str, port: int) -> bool:
    """Somebody listens there."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - where to knock, not where to listen
    try:
        with socket.create_connection((local, port), timeout=1):
            return True
    except OSError:
        return False


def address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - see above
    return f"http://[{local}]:{port}" if ":" in local else f"http://{local}:{port}"
