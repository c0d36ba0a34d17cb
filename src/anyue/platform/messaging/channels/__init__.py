"""The channels, each an adapter of one shape.

To add one:

1. ``Kind`` in ``models`` gets its code and label (in Chinese too).
2. A module here with a subclass of ``Adapter``: ``kind``, ``is_set_up``, ``send``; what is secret comes from the environment or
   is sealed in ``Channel``; HTTP goes through ``outgoing.request`` alone.
3. ``ADAPTERS`` below names it.
4. A test sends through it to a peer of the test's own, good answer, refusal and silence; ``docs/operating`` says what to set.
"""

from __future__ import annotations

from ..models import Kind
from .base import Adapter, Setting
from .email import EmailAdapter
from .in_app import InAppAdapter
from .robots import DingTalkAdapter, WeComAdapter
from .sms import SmsAdapter

ADAPTERS: dict[str, Adapter] = {
    adapter.kind: adapter
    for adapter in (InAppAdapter(), EmailAdapter(), SmsAdapter(), WeComAdapter(), DingTalkAdapter())
}

__all__ = ["ADAPTERS", "Adapter", "Kind", "Setting"]
