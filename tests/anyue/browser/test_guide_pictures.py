"""The pages that the guide shows, in the middle of the demonstration's month: each opens, and its picture is kept when asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from anyue.demonstration import demo_load
from anyue.modules.accounts.models import User
from anyue.modules.campaigns.models import Campaign
from anyue.modules.campaigns.rules.links import token
from anyue.modules.campaigns.services.keys import door_key
from anyue.modules.notices.models import Notice

from .conftest import SignIn, Url
from .seeing import GUIDE, THEMES, picture_for_the_guide, put_on, shown_pictures

Shot = Callable[..., None]


@pytest.fixture
def shot(page: Page) -> Shot:
    """Open an address, and keep its picture in every look that the guide shows."""

    def taken(name: str, address: str, where: Page = page) -> None:
        answer = where.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        size = "phone" if where is not page else "desk"
        for theme in THEMES:
            put_on(where, theme)
            picture_for_the_guide(where, name, size, theme)
        put_on(where, "light")

    return taken


def test_every_page_of_the_guide_opens_in_the_middle_of_the_month(
    transactional_db: None, page: Page, phone: Page, sign_in: SignIn, url: Url, shot: Shot
) -> None:
    demo_load()
    notice, top = Notice.objects.get(), Campaign.objects.get(parent=None)
    street = User.objects.get(username="unit_admin-street").posts.get().unit
    sign_in(User.objects.get(username="unit_admin-district"))
    shot("home", url("desk:home"))
    shot("upload", url("notices:upload"))
    shot("review", url("notices:review", pk=notice.pk))
    shot("campaign", url("campaigns:show", pk=top.pk))
    shot("office", url("campaigns:office", pk=top.pk))
    shot("chase", url("campaigns:chase", pk=top.pk))
    shot("completeness", url("campaigns:completeness", pk=top.pk))
    shot("overview", url("desk:overview"))
    shot("wall", url("desk:wall"))
    sign_in(User.objects.get(username="unit_admin-street"))
    shot("mine", url("campaigns:mine", pk=top.pk, unit=street.pk))
    shot("liaison", url("campaigns:liaison", pk=top.pk, unit=street.pk))
    silent = top.participations.get(unit__name="盘石社区")
    shot("link", url("door:open", token=token(door_key(), silent.link_nonce)), phone)


def test_every_picture_of_the_guide_is_there_and_every_one_there_is_shown() -> None:
    shown = set(shown_pictures().values())

    assert {picture for picture in shown if not picture.exists()} == set()
    assert {picture.resolve() for picture in (GUIDE / "images").glob("*.png")} - shown == set()
    assert {picture.name for picture in shown if picture.stat().st_size > 150_000} == set()
