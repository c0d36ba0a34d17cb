"""The Chinese of the platform is complete; what is missing, guessed or left over is found."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from scripts import translations


def catalog(text: str) -> Catalog:
    return read_po(io.StringIO(translations.HEADER + text), locale="zh_Hans")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app with one sentence in code and two in a template, in a tree of its own."""
    folder = tmp_path / "greetings"
    templates = folder / "templates" / "greetings"
    templates.mkdir(parents=True)
    (folder / "apps.py").write_text('"""App."""\n')
    (folder / "views.py").write_text("gettext('Hello %(name)s')\npgettext_lazy('person', 'name')\n")
    (templates / "page.html").write_text(
        '{% translate "Bye" %}{% blocktranslate count n=n %}{{ n }} unit{% plural %}{{ n }} units{% endblocktranslate %}'
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "apps", lambda source=tmp_path: [folder])
    return folder


def test_every_sentence_of_the_platform_has_its_chinese(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, root / "scripts" / "translations.py", "--check"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_sentences_of_code_and_templates_are_found(app: Path) -> None:
    assert set(translations.found_in(app)) == {
        (None, "Hello %(name)s"),
        ("person", "name"),
        (None, "Bye"),
        (None, "%(n)s unit"),
    }


def test_an_update_keeps_what_was_translated_and_drops_what_is_not_said(
    app: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = app / translations.CATALOG
    file.parent.mkdir(parents=True)
    file.write_text(translations.HEADER + 'msgid "Bye"\nmsgstr "再见"\n\nmsgid "Old"\nmsgstr "旧"\n')

    translations.update()

    text = file.read_text()
    assert 'msgid "Bye"\nmsgstr "再见"' in text
    assert "Old" not in text
    assert "POT-Creation-Date" not in text
    assert str(app) not in text
    assert "3 without Chinese" in capsys.readouterr().out
    before = text
    translations.update()
    assert file.read_text() == before


def test_what_is_not_translated_fails_the_check(app: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.check() == 1
    assert "not in its django.po: 'Bye'" in capsys.readouterr().err

    translations.update()
    assert translations.check() == 1
    assert "no Chinese: 'Bye'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "Bye"\nmsgstr ""\n', "no Chinese: 'Bye'"),
        ('#, fuzzy\nmsgid "Bye"\nmsgstr "再见"\n', "guessed (fuzzy): 'Bye'"),
        ('#~ msgid "Old"\n#~ msgstr "旧"\n', "left over: 'Old'"),
        ('msgid "Hello %(name)s"\nmsgstr "您好"\n', "other places than in 'Hello %(name)s': '您好'"),
        ('msgid "One"\nmsgid_plural "%(n)s units"\nmsgstr[0] "单位"\n', "other places than in 'One': '单位'"),
    ],
)
def test_a_faulty_translation_is_named(text: str, fault: str) -> None:
    assert translations.faults_of(catalog(text)) == [fault]


def test_two_apps_must_not_translate_one_sentence_differently() -> None:
    first, second = catalog('msgid "name"\nmsgstr "名称"\n'), catalog('msgid "name"\nmsgstr "姓名"\n')

    assert translations.differing({"orgs": first, "files": first}) == []
    assert translations.differing({"orgs": first, "people": second}) == [
        "'name' is said differently: 名称 in orgs, 姓名 in people"
    ]


def test_a_translation_is_compiled_once_and_again_when_it_changed(app: Path) -> None:
    file = app / translations.CATALOG
    file.parent.mkdir(parents=True)
    file.write_text(translations.HEADER + 'msgid "Bye"\nmsgstr "再见"\n')
    compiled = file.with_suffix(".mo")

    translations.compile_all()
    assert "再见".encode() in compiled.read_bytes()

    compiled.write_bytes(b"")
    translations.compile_all()
    assert compiled.read_bytes() == b""

    file.write_text(file.read_text().replace("再见", "回见"))
    translations.compile_all()
    assert "回见".encode() in compiled.read_bytes()
