"""The pages of notices, with and without script."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from anyue.modules.notices import jobs, services
from anyue.modules.notices.models import Item, Notice
from anyue.platform.authz import Actor
from tests.anyue.conftest import Limit
from tests.anyue.factories import Tree, client_for, make_user

from .test_receiving import example, word

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _holding_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture(autouse=True)
def _read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job runs as soon as it could."""

    def read(by: Actor) -> Any:
        def start(notice: Notice) -> None:
            again = Notice.objects.select_related("unit")
            transaction.on_commit(lambda: services.notice_read(by=by, notice=again.get(pk=notice.pk)) and None)

        return start

    monkeypatch.setattr(jobs, "read", read)


@pytest.fixture
def officer(tree: Tree) -> Client:
    return client_for(make_user("unit_admin", tree.district))


@pytest.fixture
def notice(officer: Client, tree: Tree, root: Path) -> Notice:
    answer = officer.post(reverse("notices:upload"), {"unit": tree.district.pk, "notice": [example(root)]})
    notice = Notice.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("notices:one", args=[notice.pk])
    return notice


def first(notice: Notice, kind: str) -> Item:
    found = notice.versions.get().items.filter(kind=kind).first()
    assert found is not None
    return found


def test_a_secret_notice_comes_back_with_its_form_and_the_sentence(officer: Client, tree: Tree) -> None:
    answer = officer.post(reverse("notices:upload"), {"unit": tree.district.pk, "notice": [word("机密★1年", "通知")]})

    assert answer.status_code == 422
    assert "带有密级标志" in answer.content.decode()
    assert not Notice.objects.exists()


def test_the_review_page_asks_little_of_the_database(
    officer: Client, notice: Notice, assert_queries_at_most: Limit
) -> None:
    with assert_queries_at_most(15):
        answer = officer.get(reverse("notices:review", args=[notice.pk]))

    text = answer.content.decode()
    assert text.count('class="review-item') >= 40
    assert 'data-item="' in text


def test_an_item_is_accepted_without_script_and_the_page_comes_back_at_it(officer: Client, notice: Notice) -> None:
    item = first(notice, "title")

    answer = officer.post(reverse("notices:accept", args=[item.pk]))

    assert answer["Location"].endswith(f"#row-{item.pk}")
    item.refresh_from_db()
    assert item.state == Item.State.ACCEPTED


def test_with_htmx_the_row_and_the_bar_come_back(officer: Client, notice: Notice) -> None:
    item = first(notice, "title")

    text = officer.post(reverse("notices:drop", args=[item.pk]), headers={"HX-Request": "true"}).content.decode()

    assert f'id="row-{item.pk}"' in text
    assert 'hx-swap-oob="true"' in text
    assert 'data-state="dropped"' in text


def test_a_wrong_correction_keeps_what_was_typed(officer: Client, notice: Notice) -> None:
    item = first(notice, "deadline")

    answer = officer.post(
        reverse("notices:edit", args=[item.pk]), {"day": "2026-13-40", "who": "各社区", "deliverables": "总结"}
    )

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2026-13-40" in text
    item.refresh_from_db()
    assert item.state == Item.State.PROPOSED


def test_marked_words_become_an_item_with_their_place(officer: Client, notice: Notice) -> None:
    evidence = {
        "source": 0,
        "block": 3,
        "row": None,
        "column": None,
        "start": 2,
        "end": 9,
        "text": "开展应急演练",
        "onclick": "x",
    }
    page = officer.get(reverse("notices:add", args=[notice.pk, "task"]), {"evidence": json.dumps(evidence)})
    assert "开展应急演练" in page.content.decode()

    officer.post(
        reverse("notices:add", args=[notice.pk, "task"]),
        {"text": "开展应急演练", "levels": ["township"], "evidence": json.dumps(evidence)},
    )

    item = notice.versions.get().items.get(state=Item.State.ADDED)
    assert (item.value or {})["levels"] == ["township"]
    assert item.evidence == {key: value for key, value in evidence.items() if key != "onclick"}


def test_a_section_is_accepted_at_once_but_never_what_is_unsure(officer: Client, notice: Notice) -> None:
    items = notice.versions.get().items
    unsure = items.filter(kind="task").first()
    assert unsure is not None
    Item.objects.filter(pk=unsure.pk).update(is_sure=False)

    officer.post(reverse("notices:accept-section", args=[notice.pk, "tasks"]))

    assert list(items.filter(kind="task", state=Item.State.PROPOSED)) == [unsure]


def test_finishing_too_early_leads_back_to_the_review_with_how_many_are_left(officer: Client, notice: Notice) -> None:
    answer = officer.post(reverse("notices:finish", args=[notice.pk]), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("notices:review", args=[notice.pk])
    assert "项没有审定" in answer.content.decode()


def test_finishing_twice_is_finishing_once(officer: Client, notice: Notice) -> None:
    for item in notice.versions.get().items.exclude(kind="warning"):
        officer.post(reverse("notices:drop", args=[item.pk]))

    once, twice = (officer.post(reverse("notices:finish", args=[notice.pk])) for _ in range(2))

    assert once["Location"] == twice["Location"] == reverse("notices:one", args=[notice.pk])
    notice.refresh_from_db()
    assert notice.state == Notice.State.REVIEWED


def test_a_correction_that_is_left_alone_brings_the_row_back(officer: Client, notice: Notice) -> None:
    item = first(notice, "task")

    text = officer.get(reverse("notices:item", args=[item.pk]), headers={"HX-Request": "true"}).content.decode()

    assert f'id="row-{item.pk}"' in text
    assert 'data-act="edit"' in text


def test_when_the_reading_is_done_the_page_comes_anew(officer: Client, notice: Notice) -> None:
    state = reverse("notices:state", args=[notice.pk])

    assert officer.get(state, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    Notice.objects.update(state=Notice.State.READING)
    assert "HX-Refresh" not in officer.get(state, headers={"HX-Request": "true"}).headers


def test_the_original_pages_are_shown_as_pictures(officer: Client, notice: Notice) -> None:
    text = officer.get(reverse("notices:pages", args=[notice.pk])).content.decode()

    assert text.count("<img") == notice.pages.count() > 1


def test_a_stranger_finds_nothing_and_a_reader_may_not_review(notice: Notice, tree: Tree) -> None:
    stranger = client_for(make_user("unit_admin", tree.stranger_district))
    reader = client_for(make_user("media_officer", tree.district))
    item = first(notice, "title")

    for name, pk in (("one", notice.pk), ("review", notice.pk), ("pages", notice.pk), ("compare", notice.pk)):
        assert stranger.get(reverse(f"notices:{name}", args=[pk])).status_code == 404
        assert reader.get(reverse(f"notices:{name}", args=[pk])).status_code == 200
    assert stranger.post(reverse("notices:accept", args=[item.pk])).status_code == 404
    assert reader.post(reverse("notices:accept", args=[item.pk])).status_code in (403, 404)
    item.refresh_from_db()
    assert item.state == Item.State.PROPOSED


def test_last_years_notice_stands_beside_this_years(officer: Client, notice: Notice, tree: Tree, root: Path) -> None:
    officer.post(reverse("notices:upload"), {"unit": tree.district.pk, "notice": [example(root)]})
    newer = Notice.objects.latest("pk")
    officer.post(reverse("notices:links", args=[newer.pk]), {"parent": "", "previous": notice.pk})

    text = officer.get(reverse("notices:compare", args=[newer.pk])).content.decode()

    assert "项与去年相同" in text


def test_who_sent_a_scan_with_a_mark_is_told_and_nobody_else(
    officer: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anyue.modules.notices.services.receiving._is_quick", lambda _: False)
    answer = officer.post(reverse("notices:upload"), {"unit": tree.district.pk, "notice": [word("机密★1年", "通知")]})
    assert answer.status_code == 302
    assert not Notice.objects.exists()

    page = officer.get(answer["Location"])
    assert page.status_code == 410
    assert "密级标志" in page.content.decode()
    other = client_for(make_user("unit_admin", tree.district))
    assert other.get(answer["Location"]).status_code == 404
    assert other.get(answer["Location"] + "state/").status_code == 404
