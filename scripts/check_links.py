"""Finds dead links in the Markdown of this repository: relative files and anchors. Addresses on the web are not asked.

Usage: check_links.py [ROOT]. One line for each dead link, status 1 if there is one.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

SKIPPED_FOLDERS = {".git", ".venv", "build", "dist", "node_modules", "var"}

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)(?:\s+#+)?\s*$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-+)\s*$")
INLINE_LINK = re.compile(
    r"\]\(\s*(?:<([^>]*)>|((?:[^()\s]|\([^()\s]*\))*))(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?\s*\)"
)
REFERENCE = re.compile(r"^ {0,3}\[(?!\^)[^\]]+\]:\s*(?:<([^>]*)>|(\S+))")
HTML_LINK = re.compile(r"<(?:a|img|source)\b[^>]*?\b(?:href|src|srcset)\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
HTML_ANCHOR = re.compile(r"<[a-z][^>]*?\b(?:id|name)\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
SCHEME = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
LINK_TEXT = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
TAG = re.compile(r"<[^>]+>")


def markdown_files(root: Path) -> list[Path]:
    """Every .md below ``root`` that is part of the project."""
    return sorted(
        path for path in root.rglob("*.md") if not SKIPPED_FOLDERS.intersection(path.relative_to(root).parts[:-1])
    )


def prose(path: Path) -> Iterator[tuple[int, str]]:
    """The lines outside fenced code and comments, with their numbers from 1."""
    fence = ""
    text = path.read_text(encoding="utf-8")
    # A comment keeps its line breaks, so that the numbers stay right.
    text = re.sub(r"<!--.*?-->", lambda comment: "\n" * comment.group().count("\n"), text, flags=re.DOTALL)
    for number, line in enumerate(text.splitlines(), 1):
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark.group(1)
        elif mark and mark.group(1).startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence:
            yield number, line


def slug(heading: str) -> str:
    """The anchor that GitHub and Gitea give a heading."""
    text = TAG.sub("", LINK_TEXT.sub(r"\1", heading)).strip().lower()
    kept = (c for c in text if c in " -_" or unicodedata.category(c)[0] in "LNM")
    return "".join(kept).replace(" ", "-")


@cache
def anchors(path: Path) -> frozenset[str]:
    """Every anchor that a page offers; a repeated heading is numbered."""
    found: set[str] = set()
    seen: dict[str, int] = {}
    before = ""
    for _, line in prose(path):
        found.update(HTML_ANCHOR.findall(line))
        match = HEADING.match(line)
        if not match and not (before.strip() and UNDERLINE.match(line)):
            before = line
            continue
        name = slug(match.group(1) if match else before)
        count = seen.get(name, 0)
        seen[name] = count + 1
        found.add(f"{name}-{count}" if count else name)
        before = ""
    return frozenset(found)


def links(path: Path) -> Iterator[tuple[int, str]]:
    """Every link and picture of a page with its line."""
    for number, line in prose(path):
        words = CODE_SPAN.sub("", line)
        for match in (*INLINE_LINK.finditer(words), *REFERENCE.finditer(words)):
            yield number, match.group(1) or match.group(2) or ""
        for target in HTML_LINK.findall(words):
            yield number, target


def fault(root: Path, page: Path, target: str) -> str | None:
    """Why a link is dead, or None."""
    if SCHEME.match(target):
        return None
    name, _, anchor = target.partition("#")
    name, anchor = unquote(name.partition("?")[0]), unquote(anchor)
    if not name and not anchor:
        return "leads nowhere"
    goal = (root / name.lstrip("/") if name.startswith("/") else page.parent / name).resolve() if name else page
    if not goal.is_relative_to(root):
        return "leads out of the repository"
    if not goal.exists():
        return "no such file"
    if anchor and goal.suffix == ".md" and anchor.lower() not in anchors(goal):
        return "no such heading"
    return None


def dead_links(root: Path) -> list[str]:
    """One line for each dead link below ``root``: page, line, target, why."""
    root = root.resolve()
    return [
        f"{page.relative_to(root)}:{number}: {target or '()'}: {why}"
        for page in markdown_files(root)
        for number, target in links(page)
        if (why := fault(root, page, target))
    ]


def main() -> int:
    """Check the repository that this script stands in, or the folder named."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1]
    faults = dead_links(root)
    for line in faults:
        print(line, file=sys.stderr)
    pages = len(markdown_files(root))
    print(f"Links: {pages} pages, {len(faults)} dead")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
