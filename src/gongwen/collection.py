"""What collecting replies gives: the model behind ``anyue collect --json`` (contract ``anyue/collection@1``)."""

from __future__ import annotations

from typing import IO, Any, Literal

import msgspec
from msgspec import Struct

from .spec import Form

SCHEMA = "anyue/collection@1"
NOT_APPLICABLE = "n/a"

Scalar = int | float | str | None
Value = Scalar | list[dict[str, Scalar]]
"""A number, a string, None (left blank) or ``"n/a"``; for a repeating group a list with one object a row."""

Status = Literal["accepted", "doubtful", "rejected"]


class Issue(Struct, frozen=True):
    """Something in a reply that a person should look at. ``found`` is the text as written, ``code`` in ``gongwen.messages``.

    ``doubt`` says that it touches a number that is summed; ``section`` names where in the form it stands.
    """

    code: str
    field: str | None
    message: str
    found: str | None
    section: str | None = None
    doubt: bool = True
    details: dict[str, str] = {}


class Reply(Struct, frozen=True):
    """One file that came back. ``values`` maps field ids (a group's id for its rows) to what was read."""

    file: str
    unit: str | None
    unit_from: Literal["form", "file", "folder"] | None
    status: Status
    values: dict[str, Value]
    issues: list[Issue]
    filled_on: str | None = None


class Duplicate(Struct, frozen=True):
    """Several files of one unit: which is counted, and why."""

    unit: str
    counted: str
    others: list[str]
    why: str


class RosterUnit(Struct, frozen=True):
    """A unit that owes a reply."""

    name: str
    code: str | None = None
    contact: str | None = None
    phone: str | None = None
    parent: str | None = None


class Collection(Struct, frozen=True, kw_only=True):
    """All replies to a form, what they add up to, and who is missing.

    ``totals`` maps the ids of summed fields to numbers, in the form's order, over accepted and doubtful replies, each
    unit once. ``counted`` are the files that the totals rest on.
    """

    schema: str = SCHEMA
    form: str
    replies: list[Reply]
    totals: dict[str, int | float]
    missing: list[str]
    duplicates: list[Duplicate]
    counted: list[str] = []
    roster: list[RosterUnit] = []
    form_spec: Form | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object of the contract, ready for JSON."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    def to_json(self) -> bytes:
        """The object of the contract as UTF-8 JSON, indented by two."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)

    def write_json(self, file: IO[bytes]) -> None:
        """Write the bytes of ``to_json`` one reply after another, so that many replies are never held as text at once."""
        frame = msgspec.structs.replace(self, replies=[]).to_json()
        before, opened, after = frame.partition(b'\n  "replies": [')  # no string of JSON holds a line end
        file.write(before + opened)
        for number, reply in enumerate(self.replies):
            text = msgspec.json.format(msgspec.json.encode(reply), indent=2)
            file.write((b",\n    " if number else b"\n    ") + text.replace(b"\n", b"\n    "))
        file.write((b"\n  " if self.replies else b"") + after)


def collection_schema() -> dict[str, Any]:
    """JSON Schema of a collection."""
    return msgspec.json.schema(Collection)
