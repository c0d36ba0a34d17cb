"""The compiled notice: the one model behind ``anyue compile --json``, the review page and the REST API.

The fixed keys are those of the contract ``anyue/notice@1``; ``notice_schema()`` gives their JSON Schema.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

SCHEMA = "anyue/notice@1"

Level = Literal[
    "nation",
    "province",
    "prefecture",
    "county",
    "township",
    "community",
    "department",
    "enterprise",
    "school",
    "household",
]
LEVELS: tuple[str, ...] = (
    "nation",
    "province",
    "prefecture",
    "county",
    "township",
    "community",
    "department",
    "enterprise",
    "school",
    "household",
)
FormKind = Literal["statistics", "roster", "feedback", "narrative"]
FieldType = Literal[
    "integer", "decimal", "text", "longtext", "date", "datetime", "phone", "email", "person", "unit", "choice"
]
Aggregate = Literal["sum", "list", "latest", "derived", "none"]


class Evidence(Struct, frozen=True):
    """Where an item stands: ``source`` numbers the sources, ``block``/``row``/``column``/``start``/``end`` as in ``gongwen.model``.

    ``nested`` is the path (row, column pairs) into tables inside the cell; ``page`` and ``box`` (points) for PDF and scans.
    """

    source: int
    block: int
    row: int | None
    column: int | None
    start: int
    end: int
    text: str
    also: list[Evidence] | UnsetType = UNSET
    page: int | UnsetType = UNSET
    box: tuple[float, float, float, float] | UnsetType = UNSET
    nested: list[int] | UnsetType = UNSET


class SourceSpec(Struct, frozen=True):
    """One file that was read."""

    name: str
    format: str
    sha256: str
    reader: str


class Campaign(Struct, frozen=True):
    """The activity the notice starts."""

    name: str | None = None
    year: int | None = None
    edition: int | None = None
    theme: str | None = None
    start: str | None = None
    end: str | None = None


class KeyDate(Struct, frozen=True):
    """A named day."""

    date: str
    name: str
    evidence: Evidence


class Reference(Struct, frozen=True):
    """An upstream document that the notice rests on."""

    title: str | None
    doc_no: str | None
    issuer: str | None
    evidence: Evidence


class Heading(Struct, frozen=True):
    """A node of the body's outline."""

    number: str
    level: int
    title: str
    children: list[Heading] = []


class Fuzzy(Struct, frozen=True):
    """The days a fuzzy deadline may mean."""

    earliest: str
    latest: str


class Deadline(Struct, frozen=True):
    """Who owes what to whom by when. ``relative`` holds the words of a deadline that hangs on another day."""

    due: str | None
    who: list[str]
    deliverables: list[str]
    recipient: str | None
    evidence: Evidence
    fuzzy: Fuzzy | UnsetType = UNSET
    recurs: str | UnsetType = UNSET
    relative: str | UnsetType = UNSET
    moves: Literal["next_working_day"] | UnsetType = UNSET


class Contact(Struct, frozen=True):
    """A person to ask."""

    name: str | None
    phone: str | None
    email: str | None = None


class Attachment(Struct, frozen=True):
    """An attachment named by the notice; ``present``: its content was among the input."""

    label: str
    title: str | None
    present: bool


class Task(Struct, frozen=True):
    """One thing to be done."""

    id: str
    levels: list[str]
    responsible: list[str]
    heads: list[str]
    text: str
    section: str | None
    evidence: Evidence
    due: str | None = None


class Field(Struct, frozen=True, kw_only=True):
    """One blank of a form. ``id`` is stable: the same words give the same id, whatever moved around them."""

    id: str
    section: str | None
    subject: str | None
    label: str
    type: FieldType
    unit: str | None
    group: str | None = None
    rows: int | None = None
    options: list[str] | None = None
    aggregate: Aggregate = "none"
    evidence: Evidence


class Form(Struct, frozen=True):
    """A form that units fill in and send back."""

    id: str
    title: str | None
    attachment: str | None
    kind: FormKind
    fields: list[Field]


class Warning_(Struct, frozen=True):
    """What the compiler is unsure of or has mended."""

    code: str
    message: str
    evidence: Evidence | None = None
    details: dict[str, str] = {}


class NoticeSpec(Struct, frozen=True, kw_only=True):
    """A notice compiled; every item carries its evidence."""

    schema: str = SCHEMA
    source: list[SourceSpec]
    classification: str | None = None
    title: str | None = None
    doc_no: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    addressees: list[str] = []
    campaign: Campaign = Campaign()
    key_dates: list[KeyDate] = []
    references: list[Reference] = []
    outline: list[Heading] = []
    deadlines: list[Deadline] = []
    contacts: list[Contact] = []
    attachments: list[Attachment] = []
    tasks: list[Task] = []
    forms: list[Form] = []
    warnings: list[Warning_] = []

    def to_dict(self) -> dict[str, Any]:
        """The object of the contract, ready for JSON."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built

    def to_json(self) -> bytes:
        """The object of the contract as UTF-8 JSON, indented by two."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2)


def notice_schema() -> dict[str, Any]:
    """JSON Schema of the compiled notice."""
    return msgspec.json.schema(NoticeSpec)
