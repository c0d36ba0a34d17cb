"""What import-linter cannot see: keys, templates and migrations never lead to a higher layer; pairs are held by the database."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

SHELL = {"console/base.html", "portal/base.html", "console/document.html"}
REFERENCE = re.compile(r"{%\s*(?:extends|include)\s+[\"']([^\"']+)[\"']")
TAGS = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
# A row that is written once, complete, says who and when by columns that are never empty.
BY_NAME = re.compile(r"^(\w+)_at$")


def layers(root: Path, contract: str) -> list[str]:
    """The apps of a contract of .importlinter, the highest first."""
    config = configparser.ConfigParser()
    config.read(root / ".importlinter", encoding="utf-8")
    return config[f"importlinter:contract:{contract}"]["layers"].split()


@pytest.fixture(scope="module")
def heights(root: Path) -> dict[str, int]:
    """How high each of our apps stands; apps of one layer alike."""
    order = ["config", "console", "metrics", *layers(root, "modules-layers"), *layers(root, "platform-layers")]
    return {label: -place for place, label in enumerate(order)}


def ours() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if app.name.startswith("anyue.")]


def test_every_app_has_its_height(heights: dict[str, int]) -> None:
    assert {app.label for app in ours()} <= set(heights)


def keys() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    """Every foreign key and many-to-many of our models, string references resolved."""
    for app in ours():
        for model in app.get_models(include_auto_created=True):
            for field in model._meta.get_fields(include_hidden=True):
                if field.is_relation and not field.auto_created and isinstance(field.related_model, type):
                    yield model, field.name, field.related_model


def test_no_key_leads_to_a_higher_layer(heights: dict[str, int]) -> None:
    upward = [
        f"{model._meta.label}.{name} -> {other._meta.label}"
        for model, name, other in keys()
        if other._meta.app_label in heights and heights[other._meta.app_label] > heights[model._meta.app_label]
    ]

    assert upward == []


def test_no_key_leads_from_the_platform_to_a_module(root: Path) -> None:
    platform, modules = set(layers(root, "platform-layers")), set(layers(root, "modules-layers"))

    assert [
        f"{model._meta.label}.{name}"
        for model, name, other in keys()
        if model._meta.app_label in platform and other._meta.app_label in modules
    ] == []


def test_keys_are_really_looked_at() -> None:
    found = {(model._meta.label, name, other._meta.label) for model, name, other in keys()}

    assert ("campaigns.Campaign", "notice", "notices.Notice") in found
    assert len(found) > 20


def test_no_migration_waits_for_a_higher_layer(heights: dict[str, int]) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    upward = [
        f"{app}.{name} -> {needed[0]}"
        for (app, name), migration in loader.disk_migrations.items()
        for needed in migration.dependencies
        if app in heights and needed[0] in heights and heights[needed[0]] > heights[app]
    ]

    assert upward == []


def templates() -> Iterator[tuple[str, Path]]:
    for app in ours():
        for file in sorted(Path(app.path).glob("templates/**/*.html")):
            yield app.label, file


def owner(name: str) -> str | None:
    """The app that a template belongs to: where it stands, first app first, as Django finds it."""
    return next((app.label for app in ours() if (Path(app.path) / "templates" / name).exists()), None)


def test_no_template_takes_from_a_higher_layer(heights: dict[str, int]) -> None:
    upward = [
        f"{app}: {file.name} takes {name}"
        for app, file in templates()
        for name in REFERENCE.findall(file.read_text("utf-8"))
        if name not in SHELL and (whose := owner(name)) in heights and heights[whose] > heights[app]
    ]

    assert upward == []


def test_every_template_that_is_taken_exists() -> None:
    library = ("allauth/", "account/", "mfa/", "socialaccount/", "usersessions/", "django/")
    missing = [
        f"{file.name}: {name}"
        for _, file in templates()
        for name in REFERENCE.findall(file.read_text("utf-8"))
        if owner(name) is None and not name.startswith(library)
    ]

    assert missing == []


def test_the_graph_turns_red_on_a_key_upwards(heights: dict[str, int]) -> None:
    assert heights["desk"] > heights["campaigns"] > heights["notices"] > heights["accounts"] > heights["orgs"]
    assert heights["orgs"] > heights["messaging"] > heights["authz"]


def pairs() -> Iterator[tuple[type[models.Model], str]]:
    """Every ``x_at`` with an ``x_by`` beside it."""
    for app in ours():
        for model in app.get_models():
            names = {field.name for field in model._meta.concrete_fields}
            for name in sorted(names):
                found = BY_NAME.match(name)
                if found and f"{found.group(1)}_by" in names:
                    yield model, found.group(1)


def is_always_set(model: type[models.Model], what: str) -> bool:
    """Both are never empty: the row is written once, with who and when."""
    at, by = model._meta.get_field(f"{what}_at"), model._meta.get_field(f"{what}_by")
    return not getattr(at, "null", True) and not getattr(by, "null", True) and not getattr(by, "blank", True)


def is_held(model: type[models.Model], what: str) -> bool:
    """A check constraint speaks of both."""
    wanted = {f"{what}_at", f"{what}_by"}
    return any(
        wanted <= {name.split("__")[0] for name in _names(constraint.condition)}
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )


def _names(condition: object) -> Iterator[str]:
    if isinstance(condition, models.Q):
        for child in condition.children:
            yield from _names(child)
    elif isinstance(condition, tuple):
        yield str(condition[0])


def test_the_database_knows_every_pair() -> None:
    found = list(pairs())
    forgotten = [
        f"{model._meta.label}: {what}_at and {what}_by"
        for model, what in found
        if not is_always_set(model, what) and not is_held(model, what)
    ]

    assert forgotten == []
    assert len(found) > 10


@pytest.mark.django_db
def test_a_half_pair_is_refused_by_the_database() -> None:
    """One real row, on the database itself: who without when."""
    from django.db import IntegrityError

    from anyue.modules.accounts.models import Grant
    from tests.anyue.factories import make_tree, make_user

    user = make_user("reviewer", make_tree().street)
    with pytest.raises(IntegrityError):
        Grant.objects.filter(user=user).update(ended_by="测试人员")
