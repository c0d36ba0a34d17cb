"""Home pages, and the quick desk, where everybody finds her own runs alone."""

from __future__ import annotations

from collections.abc import Callable

from anyue.kernel.clock import now
from anyue.modules.desk.models import QuickFile, QuickRun

from .world import Subject, Subjects, World

OWNER = "reviewer"
FIELD = "f-1"


def run(world: World) -> QuickFile:
    """A run of the reviewer that is done, with one reply."""

    def make() -> QuickFile:
        made = QuickRun.objects.create(
            owner=world.actor(OWNER).key,
            owner_label="测试",
            unit=world.tree.street,
            state=QuickRun.State.DONE,
            finished_at=now(),
            summary={
                "totals": [{"field": FIELD, "section": "", "label": "场次", "unit": "场", "total": 3, "units": 1}]
            },
        )
        return QuickFile.objects.create(
            run=made, role="reply", order=1, path="柳岸社区.docx", state="accepted", is_counted=True, numbers={FIELD: 3}
        )

    found: QuickFile = world.once("quick run", make)
    return found


def _of_run(**more: object) -> Callable[[World], Subject]:
    return lambda world: Subject({"pk": run(world).run_id, **more}, owner=OWNER)


SUBJECTS: Subjects = {
    "desk:home": lambda world: Subject(),
    "desk:overview": lambda world: Subject(),
    "desk:wall": lambda world: Subject(),
    "desk:search": lambda world: Subject(),
    "desk:duties": lambda world: Subject(),
    "desk:quick": lambda world: Subject(),
    "desk:quick-run": _of_run(),
    "desk:quick-progress": _of_run(),
    "desk:quick-start": _of_run(),
    "desk:quick-remove": _of_run(),
    "desk:quick-notice": _of_run(),
    "desk:quick-figure": _of_run(field=FIELD),
    "desk:quick-files": _of_run(),
    "desk:quick-add": _of_run(),
    "desk:quick-drop": lambda world: Subject({"pk": run(world).run_id, "file": run(world).pk}, owner=OWNER),
}
