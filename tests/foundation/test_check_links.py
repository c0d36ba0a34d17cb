"""The link check finds dead links and leaves living ones alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.check_links import dead_links, slug


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "other.md").write_text(
        '# 截止时间 (deadlines)\n\n## Same\n\n## Same\n\n<a id="own"></a>\n', encoding="utf-8"
    )
    (tmp_path / "a picture.png").touch()
    return tmp_path / "page.md"


@pytest.mark.parametrize(
    "text",
    [
        "[file](other.md)",
        "[heading](other.md#截止时间-deadlines)",
        "[escaped](other.md#%E6%88%AA%E6%AD%A2%E6%97%B6%E9%97%B4-deadlines)",
        "[second of the same name](other.md#same-1)",
        "[own anchor](other.md#own)",
        "# Here\n[self](#here)",
        "[titled](other.md 'a title')",
        "![picture](<a picture.png>)",
        '<img alt="" src="a%20picture.png">',
        "[web](https://example.org/none#none)",
        "[mail](mailto:nobody@example.org)",
        "`[code](none.md)`",
        "```\n[code](none.md)\n```",
        "<!--\n[comment](none.md)\n-->",
        "[reference]\n\n[reference]: other.md",
    ],
)
def test_a_living_link_is_left_alone(page: Path, text: str) -> None:
    page.write_text(text, encoding="utf-8")

    assert dead_links(page.parent) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[file](none.md)", "page.md:1: none.md: no such file"),
        ("\n\n![picture](none.png)", "page.md:3: none.png: no such file"),
        ("[heading](other.md#none)", "page.md:1: other.md#none: no such heading"),
        ("[self](#none)", "page.md:1: #none: no such heading"),
        ("[third](other.md#same-2)", "page.md:1: other.md#same-2: no such heading"),
        ("[outside](../../none.md)", "page.md:1: ../../none.md: leads out of the repository"),
        ("[empty]()", "page.md:1: (): leads nowhere"),
        ("[reference]: none.md", "page.md:1: none.md: no such file"),
        ("<img src='none.png'>", "page.md:1: none.png: no such file"),
        ("```\ncode\n```\n[after code](none.md)", "page.md:4: none.md: no such file"),
    ],
)
def test_a_dead_link_is_named_with_its_line(page: Path, text: str, found: str) -> None:
    page.write_text(text, encoding="utf-8")

    assert dead_links(page.parent) == [found]


def test_a_heading_of_chinese_and_code_gets_its_anchor() -> None:
    assert slug("`anyue compile`：通知 → JSON（草案）") == "anyue-compile通知--json草案"
