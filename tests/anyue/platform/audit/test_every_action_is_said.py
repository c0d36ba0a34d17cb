"""Every action that the code writes into the trail has a sentence of its own, in Chinese, and is in the past.

The actions are read out of the source: ``action="…"``, what is handed to a function with a parameter ``action``, and the tables
from which either takes its value.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from anyue.platform.audit import sentences, values
from anyue.platform.audit.models import Entry

ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
# What stands in an action that is put together, where it is no table of the same file.
PARTS = {
    "asked._meta.model_name": ("task", "requirement"),
    "state": ("accepted", "corrected", "dropped", "added"),
}
Places = dict[str, list[str]]


def written(root: Path) -> Places:
    """Every action with where it is written."""
    trees = {file: ast.parse(file.read_text("utf-8")) for file in sorted((root / "src" / "anyue").rglob("*.py"))}
    found: Places = defaultdict(list)
    for file, tree in trees.items():
        tables = _tables(tree)
        helpers = {
            node.name: [one.arg for one in node.args.args].index("action")
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and "action" in [one.arg for one in node.args.args]
        }
        for value in _values(tree, helpers):
            for action in _said(value, tables):
                found[action].append(f"{file.relative_to(root)}:{value.lineno}")
    return {action: places for action, places in found.items() if ACTION.fullmatch(action)}


def _values(tree: ast.AST, helpers: dict[str, int]) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg == "action")
            place = helpers.get(node.func.id) if isinstance(node.func, ast.Name) else None
            if place is not None and place < len(node.args):
                yield node.args[place]
        elif isinstance(node, ast.Assign) and any(
            isinstance(to, ast.Name) and to.id == "action" for to in node.targets
        ):
            yield node.value


def _tables(tree: ast.Module) -> dict[str, list[str]]:
    """The texts in every dictionary of the file."""
    found: dict[str, list[str]] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            texts = [str(one.value) for one in node.value.values if isinstance(one, ast.Constant)]
            found |= {to.id: texts for to in targets if isinstance(to, ast.Name)}
    return found


def _said(value: ast.expr, tables: dict[str, list[str]]) -> list[str]:
    match value:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return [*_said(value.body, tables), *_said(value.orelse, tables)]
        case ast.JoinedStr():
            return ["".join(one) for one in product(*(_part(part, tables) for part in value.values))]
    named = [node.id for node in ast.walk(value) if isinstance(node, ast.Name)]
    return [text for name in named for text in tables.get(name, ())]


def _part(part: ast.expr, tables: dict[str, list[str]]) -> list[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue)
    known = PARTS.get(ast.unparse(part.value)) or _said(part.value, tables)
    assert known, f"say in this test what {ast.unparse(part.value)} may be"
    return list(known)


@pytest.fixture(scope="module")
def actions(root: Path) -> Places:
    """All of them."""
    return written(root)


def test_the_actions_are_found_however_they_are_written(actions: Places) -> None:
    plain, by_helper, put_together, by_table = "notice.issued", "link.renewed", "requirement.restored", "chase.by_chat"

    assert {plain, by_helper, put_together, by_table, "duty.sent_back", "extension.refused"} <= set(actions)
    assert len(actions) > 100


def test_every_action_has_its_sentence(actions: Places) -> None:
    silent = {action: places for action, places in actions.items() if action not in sentences.actions()}

    assert not silent, "\n".join(f"{action}: {places}" for action, places in silent.items())


def test_every_sentence_is_said_in_chinese_with_who_and_what(actions: Places) -> None:
    foreign = []
    with translation.override("zh-hans"):
        for action in actions:
            entry = Entry(
                action=action, actor_kind="person", actor_label="甲", subject_kind="orgs.unit", subject_label="乙"
            )
            said = sentences.sentence(entry)
            if not {"甲", "乙"} & set(said) or re.search("[A-Za-z]{3}", said):
                foreign.append(f"{action}: {said}")

    assert foreign == []


def keys(root: Path) -> Places:
    """Every key of ``before`` and ``after`` that is written as it stands, with where."""
    found: Places = defaultdict(list)
    for file in sorted((root / "src" / "anyue").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            kept: ast.expr | None = None
            if (isinstance(node, ast.keyword) and node.arg in ("before", "after")) or (
                isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("before", "after")
            ):
                kept = node.value
            for one in ast.walk(kept) if isinstance(kept, ast.Dict | ast.BinOp | ast.IfExp) else ():
                for key in one.keys if isinstance(one, ast.Dict) else ():
                    if isinstance(key, ast.Constant):
                        found[str(key.value)].append(f"{file.relative_to(root)}:{key.lineno}")
    return found


def test_every_key_of_what_changed_has_its_label_in_chinese(root: Path) -> None:
    kinds = [model._meta.label_lower for model in apps.get_models() if model.__module__.startswith("anyue.")]
    foreign = []
    with translation.override("zh-hans"):
        for key, places in keys(root).items():
            labels = {values.field_named(kind, key) for kind in kinds if values.is_shown(kind, key)}
            if labels and all(re.search("[A-Za-z]{4}", label.replace("SHA-256", "")) for label in labels):
                foreign.append(f"{key}: {places}")

    assert not foreign, "\n".join(foreign)
