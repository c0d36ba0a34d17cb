"""The units that are there, held in memory while a table is compared with them: one query, whatever the table."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from anyue.kernel import paths
from anyue.platform.authz.engine import subtree

from ...models import Kind, Unit
from ...rules import names

_FIELDS = (
    "pk", "name", "short_name", "kind", "code", "area_code", "uscc", "phone", "address", "parent_id", "path", "since_on", "closed_on",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Known:
    """A unit that is there."""

    pk: int
    name: str
    short_name: str
    kind: Kind
    code: str | None
    area_code: str
    uscc: str | None
    phone: str
    address: str
    parent_id: int | None
    path: str
    since_on: date
    closed_on: date | None


class Stock:
    """All units of the installation's tree within ``under``, and by code and credit code those outside, which a table must not take."""

    def __init__(self, under: Unit | None) -> None:
        self.under = under
        self.units = self._load(Q() if under is None else subtree(under.path))
        self.by_pk = {unit.pk: unit for unit in self.units}
        self.by_code = {unit.code or f"#{unit.pk}": unit for unit in self.units}
        self.by_uscc = {unit.uscc: unit for unit in self.units if unit.uscc}
        self._paths = [unit.path for unit in self.units]
        self._by_name: dict[str, list[Known]] | None = None
        self._below: dict[tuple[int | None, str], list[Known]] | None = None

    @staticmethod
    def _load(where: Q) -> list[Known]:
        rows = Unit.objects.filter(where).order_by("path").values_list(*_FIELDS).iterator(chunk_size=5000)
        kind_of = {kind.value: kind for kind in Kind}
        return [Known(row[0], row[1], row[2], kind_of[row[3]], *row[4:]) for row in rows]

    def take_in_others(self, codes: set[str], usccs: set[str]) -> None:
        """Units outside ``under`` that bear one of these codes; a query for each 800 of them."""
        if self.under is None:
            return
        for field, wanted, known in (("code", codes, self.by_code), ("uscc", usccs, self.by_uscc)):
            missing = sorted(wanted - known.keys())
            for start in range(0, len(missing), 800):
                for unit in self._load(Q(**{f"{field}__in": missing[start : start + 800]})):
                    known[getattr(unit, field)] = unit

    def is_inside(self, unit: Known) -> bool:
        """Within what is imported into."""
        return self.under is None or paths.within(unit.path, self.under.path)

    def named(self, key: str) -> list[Known]:
        """Open units by name, whatever their place."""
        if self._by_name is None:
            self._by_name = {}
            for unit in self.units:
                if unit.closed_on is None:
                    self._by_name.setdefault(names.key(unit.name), []).append(unit)
        return self._by_name.get(key, [])

    def beside(self, parent: int | None, key: str) -> list[Known]:
        """Open units right below ``parent`` by name."""
        if self._below is None:
            self._below = {}
            for unit in self.units:
                if unit.closed_on is None:
                    self._below.setdefault((unit.parent_id, names.key(unit.name)), []).append(unit)
        return self._below.get((parent, key), [])

    def within(self, top: Known) -> list[Known]:
        """``top`` and all below it."""
        end = paths.after(top.path)
        first = bisect_left(self._paths, top.path)
        return self.units[first : bisect_left(self._paths, end) if end else len(self._paths)]
