"""Several files from a page: chosen, dropped, a folder, photographed, taken back, refused one by one, slow, without scripts."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect
from pytest_django.fixtures import Settings

from anyue.modules.campaigns.models import Duty
from anyue.platform.files.models import StoredFile
from anyue.platform.jobs.worker import run_ready
from tests.anyue.permissions.campaigns import campaign
from tests.anyue.permissions.world import World, make_world

from .conftest import Look, SignIn, Url
from .seeing import DESK, PHONE

KEPT, REFUSED = ".upload-kept", ".upload-refused"


def picture(colour: str = "red", side: int = 64) -> bytes:
    to = BytesIO()
    Image.new("RGB", (side, side), colour).save(to, "PNG")
    return to.getvalue()


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


@pytest.fixture(autouse=True)
def duty(transactional_db: None, page: Page, sign_in: SignIn, url: Url, settings: Settings, tmp_path: Path) -> Duty:
    """The recorder stands before a task that wants photographs."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    world: World = make_world()
    found = campaign(world).duties.get(kind="task")
    found.evidence.all().delete()
    sign_in(world.user("liaison_officer"))
    page.goto(url("campaigns:duty", pk=found.pk))
    return found


@pytest.mark.parametrize("page", [DESK, PHONE], indirect=True)
def test_of_several_chosen_files_each_is_kept_or_refused_by_itself(page: Page, look: Look, duty: Duty) -> None:
    page.set_input_files(
        "input[type=file]",
        [payload("现场.png", picture()), payload("空.png", b""), payload("清单.png", picture("blue"))],
    )
    page.wait_for_selector(f"{KEPT} >> nth=1")
    assert "空.png" in page.inner_text(REFUSED)
    assert page.locator("[data-upload-list] > li").count() == 3
    page.wait_for_selector(".file-waiting >> nth=1")  # nobody sees a picture before it was looked at
    look("upload")

    page.click("button:has-text('已完成')")

    page.wait_for_selector(".ay-files .file-waiting >> nth=1")
    assert sorted(one.file.name for one in duty.evidence.all()) == ["清单.png", "现场.png"]

    run_ready()
    page.reload()
    page.wait_for_selector(".ay-files .file-thumbnail >> nth=1")


def test_a_file_that_is_taken_back_is_not_sent(page: Page, duty: Duty) -> None:
    page.set_input_files("input[type=file]", [payload("甲.png", picture()), payload("乙.png", picture("blue"))])
    page.wait_for_selector(f"{KEPT} >> nth=1")

    with page.expect_response("**/files/drop"):
        page.click("button[aria-label*='甲.png']")

    assert page.locator(KEPT).count() == 1
    page.click("button:has-text('已完成')")
    page.wait_for_load_state()
    assert [one.file.name for one in duty.evidence.all()] == ["乙.png"]
    assert StoredFile.objects.get(name="甲.png").removed_at is not None


def test_a_folder_brings_what_is_in_it_without_what_systems_leave_there(page: Page, tmp_path: Path) -> None:
    folder = tmp_path / "照片"
    (folder / "二楼").mkdir(parents=True)
    (folder / "一.png").write_bytes(picture())
    (folder / "二楼" / "二.png").write_bytes(picture("blue"))
    (folder / "Thumbs.db").write_bytes(b"x")

    with page.expect_file_chooser() as opening:
        page.click("[data-upload-folder]")
    opening.value.set_files(folder)

    page.wait_for_selector(f"{KEPT} >> nth=1")
    assert sorted(page.locator(".file-name").all_inner_texts()) == ["一.png", "二.png"]


def test_the_camera_is_asked_for_a_picture_of_what_stands_before_her(page: Page) -> None:
    page.evaluate(
        """() => { const click = HTMLInputElement.prototype.click;
             HTMLInputElement.prototype.click = function () {
               window.asked = [this.getAttribute('capture'), this.accept]; click.call(this); }; }"""
    )
    with page.expect_file_chooser() as opening:
        page.click("[data-upload-camera]")
    opening.value.set_files(payload("IMG_1.png", picture()))

    page.wait_for_selector(KEPT)
    assert page.evaluate("window.asked") == ["environment", "image/*"]


def test_files_are_dropped(page: Page) -> None:
    page.evaluate(
        """async bytes => {
             const carried = new DataTransfer();
             carried.items.add(new File([new Uint8Array(bytes)], '拖来.png'));
             const target = document.querySelector('.upload-target');
             const fire = name => target.dispatchEvent(
               new DragEvent(name, {dataTransfer: carried, bubbles: true, cancelable: true}));
             fire('dragover');
             window.lit = document.querySelector('[data-upload]').classList.contains('upload-over');
             fire('drop'); }""",
        list(picture()),
    )
    page.wait_for_selector(KEPT)
    assert page.inner_text(".file-name") == "拖来.png"
    assert page.evaluate("window.lit") is True
    assert page.locator(".upload-over").count() == 0


def test_a_form_that_is_sent_early_waits_for_its_files_and_shows_how_far_they_are(page: Page, duty: Duty) -> None:
    network = page.context.new_cdp_session(page)
    network.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000},
    )
    # A picture that cannot be compressed, so that it takes its second.
    noise = BytesIO()
    Image.effect_noise((700, 700), 90).save(noise, "PNG")
    page.set_input_files("input[type=file]", [payload("大图.png", noise.getvalue())])
    page.click("button:has-text('已完成')")

    expect(page.locator(".upload-state")).to_have_text(re.compile(r"^[1-9][0-9]? %$"))
    assert duty.evidence.count() == 0

    page.wait_for_selector(".ay-files .file-name")
    assert [one.file.name for one in duty.evidence.all()] == ["大图.png"]


def test_a_form_that_waited_is_not_sent_without_the_file_that_was_refused(page: Page, duty: Duty) -> None:
    def late(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/files/upload", late)
    page.set_input_files("input[type=file]", [payload("空.png", b"")])
    page.click("button:has-text('已完成')")

    page.wait_for_selector(REFUSED)
    page.wait_for_timeout(300)
    duty.refresh_from_db()
    assert duty.state != Duty.State.DONE


def test_without_scripts_the_files_come_with_the_form(page: Page, duty: Duty, live_server: object) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False)
    name = django_settings.SESSION_COOKIE_NAME
    plain.add_cookies([cookie for cookie in page.context.cookies() if cookie.get("name") == name])  # type: ignore[misc]
    there = plain.new_page()
    there.goto(page.url)
    assert there.locator("[data-upload-folder]").is_hidden()
    there.set_input_files("input[type=file]", [payload("甲.png", picture()), payload("乙.png", picture("blue"))])
    there.click("button:has-text('已完成')")
    plain.close()

    assert sorted(one.file.name for one in duty.evidence.all()) == ["乙.png", "甲.png"]
