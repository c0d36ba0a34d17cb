"""Holds every stylesheet and script that we serve to Chromium 109: our own, vendored ones, and those of Python packages.

The tools come with the front-end packages (scripts/fetch_frontend.sh) and work without a network; what they are asked is in
frontend/stylelint.config.mjs and frontend/eslint.config.mjs, exceptions with their reasons too. Status 1 if something is newer.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
FRONTEND = ROOT / "frontend"
MODULE = re.compile(r"^\s*(import|export)\b", re.MULTILINE)


def served() -> dict[str, Path]:
    """The stylesheets and scripts that a page can ask for, by the name it asks with: what Django itself finds."""
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(ANYUE_DATA=data, DJANGO_SETTINGS_MODULE="anyue.config.settings")
        sys.path.insert(0, str(ROOT / "src"))
        import django  # noqa: PLC0415 - settings are read on import
        from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415

        django.setup()
        found: dict[str, Path] = {}
        for finder in get_finders():
            for name, storage in finder.list([]):
                if name.endswith((".css", ".js", ".mjs")):
                    found.setdefault(name, Path(storage.path(name)))
    return found


def lay_out(files: dict[str, Path], folder: Path) -> None:
    """Copies for the tools, which leave alone whatever lies outside their folder or in a folder of packages."""
    for name, file in files.items():
        kind = "style" if name.endswith(".css") else "module" if MODULE.search(file.read_text("utf-8")) else "script"
        copy = (folder / kind / name).with_suffix(".css" if kind == "style" else ".js")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def ask(tool: str, folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """What ``tool`` reports, as JSON."""
    node = Path(
        subprocess.run(
            [ROOT / "scripts/node.sh", ROOT / ".venv"], check=True, capture_output=True, text=True
        ).stdout.strip()
    )
    program = json.loads((FRONTEND / "node_modules" / tool / "package.json").read_text("utf-8"))["bin"]
    script = FRONTEND / "node_modules" / tool / (program[tool] if isinstance(program, dict) else program)
    done = subprocess.run(
        [node / "node", script, "--config", FRONTEND / f"{tool}.config.mjs", *arguments],
        cwd=folder,
        env={**os.environ, "BROWSERSLIST": browsers(), "BROWSERSLIST_IGNORE_OLD_DATA": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    answer = next((text for text in (done.stdout, done.stderr) if text.lstrip().startswith("[")), None)
    if answer is None:
        raise SystemExit(f"{tool} did not work:\n{done.stdout}{done.stderr}")
    found: list[dict[str, Any]] = json.loads(answer[answer.index("[") :])
    return found


def browsers() -> str:
    """The browserslist of package.json, for the tools that run elsewhere."""
    return ",".join(json.loads((FRONTEND / "package.json").read_text("utf-8"))["browserslist"])


def faults(files: dict[str, Path]) -> list[str]:
    """One line for each thing that is too new."""
    said = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        lay_out(files, folder)
        names = {path.suffix for path in folder.rglob("*.*")}
        if ".css" in names:
            for one in ask("stylelint", folder, "--formatter", "json", "--no-color", "style/**/*.css"):
                name = Path(one["source"]).relative_to(folder / "style")
                said += [f"{name}:{w['line']}: {w['text']}" for w in one["warnings"]]
                said += [f"{name}:{w['line']}: {w['text']}" for w in one["parseErrors"]]
        if ".js" in names:
            for one in ask("eslint", folder, "--format", "json", "--no-error-on-unmatched-pattern", "module", "script"):
                name = Path(*Path(one["filePath"]).relative_to(folder).parts[1:])
                said += [f"{name}:{m.get('line', 1)}: {m['message']} ({m['ruleId']})" for m in one["messages"]]
    return sorted(said)


def main() -> int:
    """The lint over all that is served."""
    if not (FRONTEND / "node_modules" / "eslint").is_dir() or not (FRONTEND / "static" / "vendor").is_dir():
        print("The front-end packages are not there. Fetch them: scripts/fetch_frontend.sh", file=sys.stderr)
        return 1
    files = served()
    said = faults(files)
    for line in said:
        print(line, file=sys.stderr)
    if said:
        print(f"{len(said)} things newer than Chromium 109 in {len(files)} stylesheets and scripts", file=sys.stderr)
    return 1 if said else 0


if __name__ == "__main__":
    raise SystemExit(main())
