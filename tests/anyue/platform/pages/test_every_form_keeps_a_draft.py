"""Every form autosaves what is typed, or stands in a list that says why it does not. A new form is in neither, which fails here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from anyue.platform.pages.models import Draft
from tests.anyue.factories import Tree, client_for, make_user

FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\".*?</form>", re.DOTALL)
ASKS = re.compile(
    r"<textarea|<select|<input(?![^>]*type=\"hidden\")|\{\{ (form|field)\b|form_fields|form_field |field\.html|units\.html|form_whole"
)
NO_ACCOUNT = "whoever uses it has no account, and nothing typed is left on a telephone or computer that many use; leaving it warns"
ONE_SENTENCE = "one sentence, written at the moment of the act"
A_FILE = "files, which a browser does not keep"
ONE_CHOICE = "one or two choices, nothing that is typed"

# By template: as many of its forms as keep no draft, and why.
SHORT: dict[str, tuple[int, str]] = {
    "accounts/first.html": (1, "passwords are never kept"),
    "accounts/invitation.html": (1, "passwords are never kept"),
    "campaigns/addressees_check.html": (1, "a check page: what was chosen is kept by the page before it"),
    "campaigns/chasing/acts.html": (1, "a remark on a telephone call, one line"),
    "campaigns/duty.html": (6, ONE_SENTENCE),
    "campaigns/liaison.html": (1, A_FILE),
    "campaigns/office.html": (1, ONE_CHOICE),
    "campaigns/parts/extension.html": (1, ONE_SENTENCE),
    "campaigns/show.html": (1, ONE_SENTENCE),
    "door/duty.html": (3, NO_ACCOUNT),
    "door/liaison.html": (1, NO_ACCOUNT),
    "desk/quick.html": (1, A_FILE),
    "desk/quick_parts/again.html": (1, ONE_CHOICE),
    "notices/links.html": (1, ONE_CHOICE),
    "notices/upload.html": (1, A_FILE),
    "messaging/channels.html": (3, "times and switches, and addresses with secrets, which are never kept"),
    "pages/check_page.html": (1, "a check page: its answers are hidden fields"),
    "pages/lists/views.html": (1, "the name of a view, one line"),
}
# By view: forms of ``form_answer`` that are declared short, with the words of the code.
SHORT_PAGES = {
    "orgs.importing.choose": "one file, which a browser does not keep",
    "accounts.imports.import_people": "one file, which a browser does not keep",
}


def templates(root: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((root / "src" / "anyue").rglob("templates/**/*.html")):
        yield file.as_posix().partition("/templates/")[2], file.read_text("utf-8")


def without_draft(text: str) -> int:
    """How many forms of a template ask for something and keep no draft of it."""
    asking = [form for form in FORM.findall(text) if ASKS.search(form)]
    return sum("draft_attributes" not in form and "data-draft-url" not in form for form in asking)


def test_every_form_in_a_template_keeps_a_draft_or_says_why_not(root: Path) -> None:
    found = {name: count for name, text in templates(root) if (count := without_draft(text))}

    assert found == {name: count for name, (count, _why) in SHORT.items()}
    assert all(why for _count, why in SHORT.values())


def test_a_form_without_a_draft_is_found() -> None:
    assert without_draft('<form method="post"><input name="a"></form>') == 1
    assert without_draft('<form class="x" method="post" {% draft_attributes kept %}><input name="a"></form>') == 0
    assert without_draft('<form method="post"><input type="hidden" name="a"><button>x</button></form>') == 0


def test_forms_of_pages_that_are_short_are_these(root: Path) -> None:
    found = {}
    for file in sorted((root / "src" / "anyue").rglob("views/*.py")):
        for function in (
            node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)
        ):
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                short = next((word.value for word in call.keywords if word.arg == "short"), None)
                if isinstance(short, ast.Constant):
                    found[f"{file.parts[-3]}.{file.stem}.{function.name}"] = short.value

    assert found == SHORT_PAGES


def test_templates_whose_forms_keep_a_draft_offer_it_too(root: Path) -> None:
    silent = [
        name
        for name, text in templates(root)
        if text.count("{% draft_attributes") != text.count("{% draft_offer") and name != "pages/components.html"
    ]

    assert silent == []


ADDRESSES = {
    "orgs:rename": {"name": "新名称", "note": "区划调整"},
    "orgs:merge": {"note": "并入的依据"},
    "orgs:split": {"note": "拆分的依据"},
    "orgs:move": {"note": "调整的依据"},
    "orgs:close": {"note": "撤销的依据"},
    "orgs:edit": {"address": "榆光路1号"},
    "orgs:add": {"name": "新里社区"},
    "orgs:group-add": {"name": "各社区"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_what_is_typed_comes_back_and_is_offered_once(tree: Tree, name: str) -> None:
    client = client_for(make_user("unit_admin", tree.district))
    address = reverse(name, args=[tree.street.pk])
    page = client.get(address).content.decode()
    keeper = re.search(r'data-draft-url="([^"]+)"', page)
    assert keeper is not None
    assert "restore=1" not in page

    assert client.post(keeper[1], ADDRESSES[name]).status_code == 204
    offered = client.get(address).content.decode()
    assert f'href="{address}?restore=1"' in offered
    restored = client.get(f"{address}?restore=1").content.decode()
    for typed in ADDRESSES[name].values():
        assert typed not in offered
        assert typed in restored
    assert Draft.objects.get().form_key == f"{name.replace(':', '.')}-{tree.street.pk}" or name == "orgs:add"
