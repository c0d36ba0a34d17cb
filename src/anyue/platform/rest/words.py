"""Words that a program sends, as what a form sends: without NUL, which no keyboard types and PostgreSQL does not store; and codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from django.db.models import TextChoices
from pydantic import AfterValidator, Field
from pydantic_core import CoreSchema, core_schema

LONGEST = 4000


def _clean(written: str) -> str:
    return written.replace("\0", "")


Line = Annotated[str, Field(max_length=300), AfterValidator(_clean)]
"""One line."""
Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_clean)]
"""A text of a person."""


@dataclass(frozen=True)
class OneOf:
    """``Annotated[str, OneOf(Duty.State)]``: one of the codes, which the description lists where they stand.

    An enumeration itself will not do: in the description two that are called ``State`` become one.
    """

    choices: type[TextChoices]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        """One of the stored codes, as text."""
        codes = core_schema.literal_schema([str(code) for code in self.choices.values])
        return core_schema.no_info_before_validator_function(_as_text, codes)


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
