"""What takes longer than a request: reading a notice."""

from __future__ import annotations

from anyue.platform.authz import Actor

from . import services
from .models import Notice


def read(pk: int) -> None:
    """Read a notice that came in."""
    services.notice_read(by=Actor.system("notices.read"), notice=Notice.objects.select_related("unit").get(pk=pk))


def compile_again(pk: int) -> None:
    """Read the stored files again."""
    services.notice_compile(by=Actor.system("notices.read"), notice=Notice.objects.select_related("unit").get(pk=pk))
