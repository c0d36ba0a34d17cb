"""Saved views and drafts: a person's own."""

from __future__ import annotations

from anyue.platform.pages.models import SavedView

from .world import Subject, Subjects, World


def _view(world: World) -> Subject:
    view = world.once(
        "view", lambda: SavedView.objects.create(user=world.actor("recorder").key, list_key="tests", name="a")
    )
    return Subject({"pk": view.pk}, owner="recorder")


SUBJECTS: Subjects = {
    "pages:view-keep": lambda world: Subject({"list_key": "tests"}),
    "pages:view-drop": _view,
    "pages:components": lambda world: Subject(),
    "pages:component-drawer": lambda world: Subject(),
    "pages:component-toast": lambda world: Subject(),
    "pages:component-progress": lambda world: Subject(),
    "pages:draft-keep": lambda world: Subject({"form_key": "tests"}),
}
