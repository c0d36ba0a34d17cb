"""What the browser is given: pinned without an address, no newer than Chromium 109, nothing inline, no icon that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scripts import lint_frontend

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
TEMPLATES = sorted((ROOT / "src" / "anyue").rglob("templates/**/*.html"))

fetched = pytest.mark.skipif(
    not (FRONTEND / "node_modules" / "stylelint").is_dir(), reason="front-end packages: scripts/fetch_frontend.sh"
)


def faults_in(folder: Path, name: str, text: str) -> list[str]:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return lint_frontend.faults({name: file})


def test_the_pinned_packages_have_hashes_and_no_address_of_a_registry() -> None:
    packages = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    wanted = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert not [name for name, package in packages.items() if name and not package.get("integrity")]
    assert all(
        re.fullmatch(r"[\d.]+", version) for version in {**wanted["dependencies"], **wanted["devDependencies"]}.values()
    )


@fetched
def test_a_stylesheet_newer_than_chromium_109_is_found_line_by_line(tmp_path: Path) -> None:
    newer = [
        ".a { color: color-mix(in srgb, red, blue); }",
        ".b { &:hover { color: red; } }",
        ".c { grid-template-columns: subgrid; }",
        ".d:has(> img) { color: red; }",
        "@container style(--x: 1) { .e { color: red; } }",
        ".f { text-wrap: balance; }",
        ".g { color: light-dark(red, blue); }",
        ".h { color: oklch(50% 0.1 20); }",
    ]
    older = ".z { inset: 0; gap: 4px; aspect-ratio: 1; outline: 2px solid; color: var(--x); }"
    said = faults_in(tmp_path, "a.css", "\n".join([*newer, older]))
    assert {int(line.split(":")[1]) for line in said} == set(range(1, len(newer) + 1)), said


@fetched
def test_a_script_newer_than_chromium_109_is_found_line_by_line(tmp_path: Path) -> None:
    newer = [
        "export const a = [2, 1].toSorted();",
        "export const b = Object.groupBy([1], String);",
        "export const c = Promise.withResolvers();",
        "export const d = new Set([1]).intersection(new Set());",
    ]
    older = "export const z = structuredClone([1].at(0)) ?? document.body?.dataset;"
    said = faults_in(tmp_path, "a.js", "\n".join([*newer, older]))
    assert {int(line.split(":")[1]) for line in said} == set(range(1, len(newer) + 1)), said
    assert "Parsing error" in faults_in(tmp_path, "b.js", "const r = /[\\p{L}--[a-z]]/v;")[0]


def test_every_icon_of_a_template_or_a_program_is_in_the_sprite() -> None:
    there = set((FRONTEND / "icons.txt").read_text("utf-8").split())
    named: dict[str, str] = {}
    for file in TEMPLATES:
        for name in re.findall(r'{%\s*icon "([^"]+)"|\bicon="([a-z0-9-]+)"', file.read_text("utf-8")):
            named["".join(name)] = file.name
    from anyue.platform.pages.statuses import looks
    from anyue.surfaces.console.navigation import NAVIGATION

    named |= {look.icon: code for code, look in looks().items()} | {entry.icon: "navigation" for entry in NAVIGATION}
    assert named
    assert {name: where for name, where in named.items() if name not in there} == {}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_has_nothing_inline_that_the_policy_forbids(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.findall(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", text)
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert [script for script in scripts if "src=" not in script and "application/json" not in script] == []
