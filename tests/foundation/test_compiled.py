"""A fresh checkout never shows a half English page: the Chinese is compiled, or the program says so and stops."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from anyue.config import checks


def test_a_catalogue_that_was_never_compiled_is_an_error_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Config:
        name, label, path = "anyue.platform.sample", "sample", str(tmp_path)

    folder = tmp_path / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("", encoding="utf-8")
    monkeypatch.setattr(apps, "get_app_configs", lambda: [Config])

    [error] = checks.chinese_is_compiled()
    assert (error.id, "sample" in error.msg, "--compile" in str(error.hint)) == ("anyue.E001", True, True)

    (folder / "django.mo").write_bytes(b"")
    assert checks.chinese_is_compiled() == []


def test_manage_compiles_what_a_fresh_checkout_lacks(root: Path, tmp_path: Path) -> None:
    for name in ("src", "scripts"):
        shutil.copytree(root / name, tmp_path / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    shutil.copy(root / "manage.py", tmp_path)
    (tmp_path / "frontend" / "static").mkdir(parents=True)
    surroundings = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "ANYUE_DATA": str(tmp_path / "data")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        surroundings.pop(name, None)
    said = "from django.utils.translation import gettext as _, activate; activate('zh-hans'); print(_('Audit trail'))"

    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", said],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.stdout.strip() == "审计日志", done.stderr[-2000:]
