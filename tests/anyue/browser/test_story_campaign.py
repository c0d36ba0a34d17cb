"""The way of a campaign, seen in a browser: notice, review, district, street, and a community that has no account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from anyue.kernel import clock
from anyue.modules.campaigns.models import Campaign, Duty
from anyue.modules.notices.models import Item, Notice
from anyue.platform.jobs.worker import run_ready
from tests.anyue.factories import Tree, make_tree, make_user

from .conftest import ItIs, SignIn, Url
from .seeing import DESK, PHONE

Open = Callable[..., Page]


@dataclass
class Story:
    """Who takes part, and where."""

    place: Tree
    open_page: Open
    sign_in: Callable[..., None]
    url: Url

    def desk(self, role: str, unit: Any) -> Page:
        """A person of ``unit`` at a desk of her own."""
        page = self.open_page(DESK)
        self.sign_in(make_user(role, unit), page)
        return page


@pytest.fixture
def story(
    transactional_db: None, settings: Any, tmp_path: Path, open_page: Open, page: Page, sign_in: SignIn, url: Url
) -> Story:
    settings.DATA = tmp_path / "data"
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": storage}
    return Story(make_tree(), open_page, sign_in, url)


def test_from_the_districts_notice_to_a_signature_on_a_phone(story: Story, root: Path, it_is: ItIs) -> None:
    it_is("2026-05-11T09:00")
    paper = root / "examples/district-2026/通知.docx"
    district = story.desk("unit_admin", story.place.district)
    _uploads_and_reviews(district, story.url, paper)
    above = _starts_and_publishes(district, story.url)

    street = story.desk("unit_admin", story.place.street)
    _signs_and_names(street, story, above)
    below = _issues_further_down(street, story, above)
    _draft_cites_the_parent(street, story.url, below, above)

    _signs_by_link(street, story, below)


@pytest.mark.needs_shared
def test_a_real_districts_notice_becomes_a_campaign(story: Story, shared: Path, it_is: ItIs) -> None:
    it_is("2025-05-12T09:00")
    district = story.desk("unit_admin", story.place.district)
    _uploads_and_reviews(district, story.url, shared / "data/notices/tianjin-hebei-2025.docx")
    campaign = _starts_and_publishes(district, story.url)

    assert (campaign.year, campaign.starts_on.month) == (2025, 6)
    assert campaign.duties.filter(kind=Duty.Kind.TASK).exists()


def _press(page: Page, action: str, nth: int = 0) -> None:
    """Press the button of the form that goes to ``action``."""
    page.locator(f'main form[action="{action}"] button').nth(nth).click()


def _path(url: Url, route: str, *args: Any) -> str:
    return urlsplit(url(route, *args)).path


def _uploads_and_reviews(page: Page, url: Url, paper: Path) -> None:
    page.goto(url("notices:upload"))
    page.set_input_files("#id_notice", paper)
    page.get_by_role("button", name="读取通知").click()
    page.wait_for_url("**/notices/*/")
    run_ready()
    notice = Notice.objects.get()
    page.goto(url("notices:review", notice.pk))

    first = page.locator('[data-review-item][data-kind="task"][data-state="proposed"]').first
    key = first.get_attribute("data-review-item")
    first.locator('[data-act="edit"]').click()
    words = page.locator(f'[data-review-item="{key}"] textarea[name="text"]')
    words.fill(words.input_value() + "请各单位于活动前部署。")
    page.locator(f'[data-review-item="{key}"] form button').first.click()
    expect(page.locator(f'[data-review-item="{key}"]')).to_have_attribute("data-state", "corrected")

    # What is sure goes by sections; each unsure item is looked at by itself.
    heaps = page.locator('form[action*="/review/accept/"]')
    for action in [heap.get_attribute("action") for heap in heaps.all()]:
        if page.locator(f'form[action="{action}"]').count():
            page.locator(f'form[action="{action}"] button').click()
            page.wait_for_load_state()
    left = page.locator('[data-review-item][data-state="proposed"]').all()
    for name in [row.get_attribute("data-review-item") for row in left]:
        unsure = page.locator(f'[data-review-item="{name}"]')
        choices = unsure.locator('[data-act="accept"], [data-act="drop"]')
        if choices.count():
            choices.first.click()
            expect(unsure).not_to_have_attribute("data-state", "proposed")
    page.locator("#review-finish button").click()
    page.wait_for_url(url("notices:one", notice.pk))
    notice.refresh_from_db()
    assert notice.state == Notice.State.REVIEWED
    assert Item.objects.filter(key=key, state=Item.State.CORRECTED).exists()


def _starts_and_publishes(page: Page, url: Url) -> Campaign:
    page.locator(f'a[href^="{_path(url, "campaigns:start", Notice.objects.get().pk)}"]').first.click()
    page.get_by_role("button", name="生成草稿").click()
    page.wait_for_url("**/names/")
    return _confirms_and_publishes(page, url, Campaign.objects.get())


def _confirms_and_publishes(page: Page, url: Url, campaign: Campaign) -> Campaign:
    """All three steps: what the names mean, the units as proposed, the check."""
    confirm = _path(url, "campaigns:names-confirm", campaign.pk)
    for _ in range(campaign.targets.count() + 1):
        if not page.locator(f'main form[action="{confirm}"]').count():
            break
        page.locator(f'main form[action="{confirm}"] button').first.click()
        page.wait_for_load_state()
    page.goto(url("campaigns:publish", campaign.pk))
    assert page.locator('input[name="units"]:checked').count() > 0
    page.locator("main .ay-form-foot button").first.click()
    page.locator('button[name="step"][value="publish"]').click()
    page.wait_for_url(url("campaigns:office", campaign.pk))
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.RUNNING
    return campaign


def _signs_and_names(page: Page, story: Story, campaign: Campaign) -> None:
    unit = story.place.street
    mine = story.url("campaigns:mine", campaign.pk, unit.pk)
    page.goto(mine)
    page.get_by_role("button", name="签收").click()
    receipt = campaign.duties.get(kind=Duty.Kind.RECEIPT, unit=unit)
    page.wait_for_url(mine)
    receipt.refresh_from_db()
    assert receipt.state == Duty.State.DONE
    page.goto(story.url("campaigns:liaison", campaign.pk, unit.pk))
    page.fill("#id_name", "安小月")
    page.fill("#id_mobile", "13800000000")
    page.locator("main .ay-form-foot button").first.click()
    page.wait_for_url(mine)
    expect(page.locator("main")).to_contain_text("安小月")


def _issues_further_down(page: Page, story: Story, above: Campaign) -> Campaign:
    """The street passes everything on that it owes, one task three days earlier than its own."""
    task = Duty.objects.filter(campaign=above, unit=story.place.street, kind=Duty.Kind.TASK, due_at__isnull=False)
    first = task.order_by("due_at", "pk")[0]
    assert first.due_at is not None
    assert first.task is not None
    day = clock.day_of(first.due_at) - timedelta(days=4)
    page.goto(story.url("campaigns:reissue", above.pk, story.place.street.pk))
    page.locator(f'input[name="tasks"][value="{first.task_id}"]').check()
    page.fill(f'input[name="t{first.task_id}_day"]', f"{day:%Y-%m-%d}")
    page.fill("#id_addressed", "各社区")
    page.locator("main .ay-form-foot button").first.click()
    page.wait_for_url("**/names/")
    below = _confirms_and_publishes(page, story.url, Campaign.objects.get(parent=above))

    due = below.duties.get(task__parent=first.task, unit=story.place.community).due_at
    assert due is not None
    assert due < first.due_at
    return below


def _draft_cites_the_parent(page: Page, url: Url, below: Campaign, above: Campaign) -> None:
    page.goto(url("campaigns:show", below.pk))
    _press(page, _path(url, "campaigns:draft", below.pk))
    draft = page.locator(f'a[href="{_path(url, "campaigns:draft-file", below.drafts.get().pk)}"]')
    with page.expect_download() as coming:
        draft.click()
    words = "\n".join(part.text for part in Document(str(coming.value.path())).paragraphs)
    assert above.notice is not None
    assert above.notice.title in words


def _signs_by_link(page: Page, story: Story, below: Campaign) -> None:
    """The street hands the link out; the community opens it on a phone and signs."""
    unit = story.place.community
    page.goto(story.url("campaigns:links", below.pk))
    card = page.locator("section", has=page.get_by_role("heading", name=unit.name, exact=True))
    address = urlsplit(card.locator("p").first.inner_text()).path
    phone = story.open_page(PHONE)
    phone.goto(address)
    expect(phone.locator("body")).to_contain_text(unit.name)
    phone.get_by_role("link", name="签收").click()
    phone.fill("#id_who_name", "柳小岸")
    phone.fill("#id_who_phone", "13900000000")
    phone.locator(".ay-form-foot button").click()
    phone.wait_for_url("**/?done=1")
    receipt = below.duties.get(kind=Duty.Kind.RECEIPT, unit=unit)
    assert receipt.state == Duty.State.DONE
    assert receipt.by_link
    page.goto(story.url("campaigns:office", below.pk))
    expect(page.locator("main")).to_contain_text("柳小岸")
