"""Whatever is written into a workbook stays what was typed: no formula, no link, in any place that writes one."""

from __future__ import annotations

import ast
from pathlib import Path

ALWAYS = {"strings_to_formulas", "strings_to_urls"}


def test_every_workbook_says_that_strings_are_strings(root: Path) -> None:
    opened: dict[str, set[str]] = {}
    for file in sorted((root / "src").rglob("*.py")):
        text = file.read_text("utf-8")
        if "xlsxwriter.Workbook(" not in text:
            continue
        for call in (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)):
            if ast.unparse(call.func) == "xlsxwriter.Workbook":
                # Where the options stand apart or are spread, the words must be in the same file.
                said = ast.unparse(call) if "strings_to" in ast.unparse(call) else text
                opened[f"{file.relative_to(root)}:{call.lineno}"] = {word for word in ALWAYS if f"{word}" in said}

    assert len(opened) >= 8
    assert {place: words for place, words in opened.items() if words != ALWAYS} == {}
