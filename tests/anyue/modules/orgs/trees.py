"""Trees for tests, each grown by the services that people use."""

from __future__ import annotations

from datetime import date

from anyue.modules.orgs.models import Kind, Unit
from anyue.modules.orgs.services import unit_add
from anyue.platform.authz import Actor

SYSTEM = Actor.system("tests")
LONG_AGO = date(2020, 1, 1)


def grown(*lines: str, on: date = LONG_AGO) -> dict[str, Unit]:
    """Units by name from lines such as ``county 云汀区``; two blanks in front of each level."""
    found: dict[str, Unit] = {}
    above: list[Unit] = []
    for line in lines:
        depth = (len(line) - len(line.lstrip())) // 2
        kind, name, *code = line.split()
        parent = above[depth - 1] if depth else None
        unit = unit_add(by=SYSTEM, name=name, kind=Kind(kind), parent=parent, code=code[0] if code else None, on=on)
        above[depth:] = [unit]
        found[name] = unit
    return found
