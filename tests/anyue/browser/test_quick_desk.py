"""Thirty replies dropped on the quick desk come back as the official table."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from anyue.modules.notices.models import Notice
from anyue.platform.jobs.worker import run_ready
from gongwen.readers.docx import read_docx
from gongwen.readers.office import program
from tests.anyue.factories import Tree, make_tree, make_user
from tests.anyue.modules.desk.district import EXAMPLE, REPLIES, notice, reply

from .conftest import Look, SignIn, Url
from .seeing import DESK, PHONE


@pytest.fixture(autouse=True)
def tree(transactional_db: None, page: Page, sign_in: SignIn, url: Url, settings: Settings, tmp_path: Path) -> Tree:
    """A reviewer of the district stands before the desk."""
    settings.DATA = tmp_path / "data"
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    found = make_tree()
    sign_in(make_user("reviewer", found.district, name="李工"))
    page.goto(url("desk:quick"))
    return found


@pytest.mark.skipif(program() is None, reason="the example holds a .doc, which LibreOffice reads")
def test_thirty_replies_come_back_as_the_official_table(page: Page, look: Look, tmp_path: Path) -> None:
    again = tmp_path / "再次报送"
    again.mkdir()
    for path in [path for path in REPLIES if path.suffix == ".docx" and "采石" not in path.name][:5]:
        shutil.copy(path, again / path.name)
    look("quick-desk")
    page.set_input_files("#quick-notice", EXAMPLE / "通知.docx")
    page.set_input_files("#quick-replies", REPLIES)
    page.set_input_files("#quick-folder", again)
    page.set_input_files("#quick-roster", EXAMPLE / "单位名单.xlsx")
    assert "共 30 个文件" in page.inner_text("[data-zone=replies]")
    page.click("[data-quick-go]")
    page.wait_for_selector("#quick-progress")
    look("quick-desk-reading")
    run_ready()
    page.wait_for_selector("#quick-totals")
    look("quick-desk-done")
    with page.expect_download() as coming:
        page.click("[data-kind=table]")
    assert coming.value.suggested_filename.startswith("云汀区_安全生产月活动情况统计表_截至")
    table = read_docx(Path(coming.value.path()).read_bytes(), "表.docx")
    said = json.loads((EXAMPLE / "truth.json").read_text("utf-8"))
    text = "".join(cell.text for block in table.blocks for cell in getattr(block, "cells", ()))
    for total in list(said["totals"].values())[:8]:
        assert f"（{total}）" in text
    page.click(".ay-tail >> nth=0")
    page.wait_for_selector("#drawer.show table")
    assert "松桥街道" in page.inner_text("#drawer-body")


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
def test_it_is_looked_at_added_to_and_becomes_a_campaign(page: Page, look: Look, tmp_path: Path) -> None:
    files = {"通知.docx": notice(), "甲.docx": reply("甲山社区", talks=3), "乙.docx": reply("乙山社区", talks=4)}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    page.set_input_files("#quick-notice", tmp_path / "通知.docx")
    page.set_input_files("#quick-replies", tmp_path / "甲.docx")
    page.click("[data-quick-go]")
    page.wait_for_selector("#quick-progress")
    run_ready()
    page.wait_for_selector("#quick-totals")
    assert page.inner_text(".ay-tail >> nth=0") == "3"
    page.set_input_files("#quick-replies", tmp_path / "乙.docx")
    page.click("#quick-start button")
    page.wait_for_selector("#quick-progress")
    run_ready()
    page.wait_for_selector("#quick-totals")
    assert page.inner_text(".ay-tail >> nth=0") == "7"
    look("quick-desk-small")
    page.click("text=变成一次活动")
    page.wait_for_url("**/notices/*/")
    run_ready()
    assert Notice.objects.get().state == Notice.State.REVIEW


def test_a_secret_notice_is_refused_in_its_place(page: Page, tmp_path: Path) -> None:
    (tmp_path / "密.docx").write_bytes(notice("机密★5年"))
    (tmp_path / "甲.docx").write_bytes(reply("甲山社区"))
    page.set_input_files("#quick-notice", tmp_path / "密.docx")
    page.set_input_files("#quick-replies", tmp_path / "甲.docx")
    page.click("[data-quick-go]")
    page.wait_for_selector("[data-quick-said].is-failed")
    assert "机密★5年" in page.inner_text("[data-quick-said]")
    assert not list(tmp_path.glob("data/holding/*"))
