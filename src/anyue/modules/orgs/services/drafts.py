"""A unit as somebody wants it to be, tidied and checked by the rules that need no database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from anyue.kernel.errors import Problem, RefusedError

from .. import problems
from ..models import Kind
from ..rules import codes, kinds, names, uscc

_OWN_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,23}")
_CODE_FAULTS = {
    "length": problems.CODE_LENGTH,
    "province": problems.CODE_PROVINCE,
    "gap": problems.CODE_GAP,
    "township": problems.CODE_TOWNSHIP,
    "village": problems.CODE_VILLAGE,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new unit is to be. Codes may be written as people write them; empty ones become None."""

    name: str
    kind: Kind
    code: str | None = None
    short_name: str = ""
    area_code: str = ""
    uscc: str | None = None
    phone: str = ""
    address: str = ""

    def tidied(self) -> Draft:
        """The same as it is kept."""
        return replace(
            self,
            name=names.tidy(self.name),
            kind=Kind(self.kind),
            short_name=names.tidy(self.short_name),
            code=codes.tidy(self.code or "") or None,
            area_code=codes.tidy(self.area_code),
            uscc=uscc.tidy(self.uscc or "") or None,
            phone=self.phone.strip(),
            address=names.tidy(self.address),
        )


@dataclass(slots=True)
class Faults:
    """What is wrong, by field; several at once, so that nobody corrects one to be told the next."""

    by_field: dict[str, Problem] = field(default_factory=dict)
    details: dict[str, object] = field(default_factory=dict)

    def add(self, name: str, problem: Problem, /, **details: object) -> None:
        """Note one for a field that has none yet."""
        if name not in self.by_field:
            self.by_field[name] = problem
            self.details |= {key: value for key, value in details.items() if key not in self.details}

    def refuse(self) -> None:
        """Raise what there is."""
        if self.by_field:
            first = next(iter(self.by_field.values()))
            raise RefusedError(first, fields=self.by_field, **self.details)


def named_faults(draft: Draft) -> list[tuple[str, Problem, dict[str, object]]]:
    """What is wrong with a tidied draft by itself: the field, the problem, its details."""
    found: list[tuple[str, Problem, dict[str, object]]] = []
    if not names.key(draft.name):
        found.append(("name", problems.NAME_MISSING, {}))
    elif len(draft.name) > names.LONGEST:
        found.append(("name", problems.NAME_LONG, {}))
    if draft.code and (problem := code_fault(draft.code, draft.kind)):
        found.append(("code", problem, {"code": draft.code, "kind": draft.kind.label}))
    if draft.area_code and not codes.is_code(draft.area_code):
        found.append(("area_code", problems.AREA_CODE, {"area_code": draft.area_code}))
    if draft.uscc and not uscc.is_uscc(draft.uscc):
        found.append(("uscc", problems.USCC, {"uscc": draft.uscc}))
    return found


def code_fault(code: str, kind: Kind) -> Problem | None:
    """What is wrong with a code for a unit of ``kind``: an area bears a statistical one, an office may have its own."""
    if not _OWN_CODE.fullmatch(code):
        return problems.CODE_SHAPE
    if not kinds.is_area(kind) or kind is Kind.NATION:
        return None
    try:
        codes.check(code)
    except codes.Fault as fault:
        return _CODE_FAULTS[fault.reason]
    return None if kinds.fits_code(kind, code) else problems.CODE_KIND
