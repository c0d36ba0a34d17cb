"""What a person would notice in a browser: errors, requests that leave the house, pages that are hard to use or to see."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response, ViewportSize

ROOT = Path(__file__).parents[3]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "var" / "screenshots"
GUIDE = ROOT / "docs" / "guide"
_SHOWN = re.compile(r"!\[[^\]]*\]\(([^)]+\.png)\)")
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What the page looks like to somebody; set on the element that the stylesheets ask.
THEMES = {
    "light": {"data-bs-theme": "light", "data-elderly": None},
    "dark": {"data-bs-theme": "dark", "data-elderly": None},
    "elderly": {"data-bs-theme": "light", "data-elderly": "18"},
}
OURS = {"127.0.0.1", "localhost"}


@dataclass
class Watch:
    """Everything that went wrong while a page was open; the test fails with it."""

    faults: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        """Watch ``page`` from now."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"exception: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # An answer of 404 or 422 to a page is the test's own business; a missing script is found below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        where = urlsplit(request.url)
        if where.scheme in {"http", "https", "ws", "wss"} and where.hostname not in OURS:
            self.faults.append(f"leaves the house: {request.url}")

    def _response(self, response: Response) -> None:
        part = response.request.resource_type in {"script", "stylesheet", "image", "font"}
        if response.status >= 500 or (part and response.status >= 400):
            self.faults.append(f"{response.status}: {response.url}")


@cache
def axe() -> str:
    """The checker of accessibility, as npm has it. ``make setup`` fetches it."""
    if not AXE.exists():
        raise FileNotFoundError(f"{AXE.relative_to(ROOT)} is missing: make setup, or scripts/fetch_frontend.sh .venv")
    return AXE.read_text("utf-8")


def violations(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """Every breach of WCAG 2.2 AA (or only of axe's ``rules``) that axe finds on the page as it is now, with where."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(axe())
    found: dict[str, Any] = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})",
        {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": RULES},
    )
    return [
        f"{rule['id']}: {' '.join(str(step) for step in node['target'])}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def put_on(page: Page, theme: str) -> None:
    """Show the page as it is, opened menus and all, in another look."""
    page.evaluate(
        """looks => { for (const [name, value] of Object.entries(looks)) {
             if (value === null) document.documentElement.removeAttribute(name);
             else document.documentElement.setAttribute(name, value); } }""",
        THEMES[theme],
    )
    # Colours fade, and a long page on a busy machine takes its time to begin with it.
    page.evaluate(
        """async () => {
             await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
             const fading = document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity);
             await Promise.allSettled(fading.map(one => one.finished)); }"""
    )
    page.wait_for_timeout(200)


def look_at(page: Page, name: str) -> list[str]:
    """Take the pictures of the page in every look and say what is wrong with it in any of them."""
    size = "phone" if (page.viewport_size or DESK)["width"] < 600 else "desk"
    # A click before may have led elsewhere: between two pages there is none to look at.
    page.wait_for_function("() => document.documentElement && document.readyState === 'complete'")
    before = page.evaluate(
        "() => ['data-bs-theme', 'data-elderly'].map(name => document.documentElement.getAttribute(name))"
    )
    faults: list[str] = []
    for theme in THEMES:
        put_on(page, theme)
        faults += [f"{name} {size} {theme}: {fault}" for fault in [*violations(page), *wide(page)]]
        take_picture(page, name, size, theme)
    page.evaluate(
        """values => ['data-bs-theme', 'data-elderly'].forEach((name, at) => values[at] === null
             ? document.documentElement.removeAttribute(name)
             : document.documentElement.setAttribute(name, values[at]))""",
        before,
    )
    return faults


def wide(page: Page) -> list[str]:
    """The page itself never scrolls sideways; tables do so inside themselves."""
    width, window = page.evaluate("() => [document.documentElement.scrollWidth, window.innerWidth]")
    return [f"{width} pixels wide in a window of {window}"] if width > window else []


def take_picture(page: Page, name: str, size: str, theme: str) -> None:
    """Keep the page as it looks now."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    try:
        page.screenshot(
            path=PICTURES / f"{name}-{size}-{theme}.png", full_page=True, animations="disabled", caret="hide"
        )
    except Error as error:  # pragma: no cover - a page higher than the picture may be
        raise AssertionError(f"no picture of {name}: {error}") from error
    if os.environ.get("ANYUE_UPDATE_PICTURES") == "1":
        picture_for_the_guide(page, name, size, theme)


def shown_pictures() -> dict[str, Path]:
    """Every picture that a page of the guide or a README shows, by its name."""
    pages = [*GUIDE.glob("*.md"), ROOT / "README.md", ROOT / "README.zh-CN.md"]
    found = ((page.parent / link).resolve() for page in pages for link in _SHOWN.findall(page.read_text("utf-8")))
    return {picture.name: picture for picture in found}


def picture_for_the_guide(page: Page, name: str, size: str, theme: str) -> None:
    """What a person sees without scrolling, kept where it is shown: ``name``, ``name-phone``, ``name-dark``, ``name-elderly``."""
    shown = name + ("-phone" if size == "phone" else "") + (f"-{theme}" if theme != "light" else "")
    kept = shown_pictures().get(f"{shown}.png")
    if kept is None:
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))) as seen:
        seen.convert("RGB").quantize(128).save(kept, optimize=True)
