"""Files open by what their address itself says, signed; a broken one leads nowhere for anybody."""

from __future__ import annotations

from .world import Subject, Subjects

_BROKEN = {("*", "GET"): ({404}, "no such signed address"), ("*", "POST"): ({404, 403}, "no such signed address")}

SUBJECTS: Subjects = {
    "files:open": lambda world: Subject({"token": "broken"}, also=_BROKEN),
    "files:thumbnail": lambda world: Subject({"token": "broken"}, also=_BROKEN),
    "files:upload": lambda world: Subject(also=_BROKEN),
    "files:drop": lambda world: Subject(also=_BROKEN),
}
