"""Forms: nothing typed is lost, what is wrong is said twice and linked, drafts come and go, dangerous acts ask why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory
from django.urls import reverse
from django_htmx.middleware import HtmxDetails
from lxml import html

from anyue.kernel import clock
from anyue.kernel.errors import Problem, RefusedError
from anyue.platform.authz import Actor, ActorKind
from anyue.platform.pages import problems, services
from anyue.platform.pages.forms import (
    DangerPage,
    FormPage,
    PageForm,
    Section,
    answers_of,
    danger_answer,
    form_answer,
)
from anyue.platform.pages.models import Draft
from anyue.platform.pages.templatetags.forms import typed_at
from tests.anyue.factories import actor_for, client_for, make_user

pytestmark = pytest.mark.django_db
ACTOR = Actor(ActorKind.PERSON, "7", "测试人员")
FULL = Problem("tests.full", 409, "%(name)s is full.")
TAKEN = Problem("tests.taken", 422, "%(name)s is taken.")


class ActivityForm(PageForm):
    name = forms.CharField(label="名称", max_length=10, help_text="活动的全称")
    people = forms.IntegerField(label="人次", min_value=0)
    on = forms.DateField(label="日期", required=False)
    level = forms.ChoiceField(label="层级", choices=[("street", "街道"), ("community", "社区")], required=False)
    kinds = forms.MultipleChoiceField(
        label="形式", choices=[("talk", "讲座"), ("drill", "演练")], widget=forms.CheckboxSelectMultiple, required=False
    )
    public = forms.BooleanField(label="公开", required=False)
    units: ClassVar[dict[str, str]] = {"people": "人次"}


class SectionedForm(PageForm):
    name = forms.CharField(label="名称")
    phone = forms.CharField(label="电话")
    note = forms.CharField(label="备注", required=False)
    sections = (Section("basic", "基本情况", ("name",)), Section("contact", "联系方式", ("phone",)))


PAGE = FormPage(title="新活动", submit="提交", draft="tests.activity", cancel="/list/")
GOOD = {"name": "讲座", "people": "0", "level": "street", "kinds": ["talk", "drill"]}


def request(method: str = "get", data: Any = None, *, query: str = "", htmx: bool = False, actor: Actor = ACTOR) -> Any:
    made: Any = getattr(RequestFactory(), method)(
        f"/activities/add/{query}", data or {}, headers={"HX-Request": "true"} if htmx else {}
    )
    made.actor, made.htmx = actor, HtmxDetails(made)
    return made


def fill(
    data: Any = None,
    *,
    page: FormPage = PAGE,
    form: Any = ActivityForm,
    refusal: RefusedError | None = None,
    **how: Any,
) -> HttpResponse:
    def save(filled: forms.Form) -> str:
        if refusal:
            raise refusal
        return f"/activities/{filled.cleaned_data['name']}/"

    asked = request("get" if data is None else "post", data, **how)
    return form_answer(asked, form, save, page, template="tests/form.html")


@pytest.fixture(autouse=True)
def _plain_pages(settings: Any) -> None:
    """The form without the shell around it, which asks more of a request."""
    plain = {"tests/form.html": "{% form_whole form %}", "console/base.html": "{% block content %}{% endblock %}"}
    engine = settings.TEMPLATES[0]
    loaders = [
        ("django.template.loaders.locmem.Loader", plain),
        "django.template.loaders.app_directories.Loader",
    ]
    options = {**engine["OPTIONS"], "loaders": loaders, "context_processors": []}
    options["context_processors"] = ["django.template.context_processors.request"]
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]


def drawn(answer: HttpResponse) -> Any:
    return html.fromstring(answer.content.decode())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_a_refused_form_keeps_what_was_typed_and_says_what_is_wrong_on_top_and_at_the_field() -> None:
    answer = fill({**GOOD, "name": "", "people": "很多"})
    page = drawn(answer)

    assert answer.status_code == 422
    assert page.xpath("//input[@name='people']/@value") == ["很多"]
    summary = page.xpath("//*[@data-error-summary]")[0]
    assert summary.get("tabindex") == "-1"
    assert "有 2 处需要更正" in words(summary)
    for link in summary.xpath(".//a"):
        field = page.xpath(f"//*[@id='{link.get('href')[1:]}']")[0]
        beside = page.xpath(f"//*[@id='{field.get('id')}_error']")[0]
        assert field.get("aria-invalid") == "true"
        assert beside.get("id") in field.get("aria-describedby").split()
        assert words(link).endswith(words(beside))


def test_a_refusal_of_the_service_stands_in_the_form_with_its_status() -> None:
    answer = fill(GOOD, refusal=RefusedError(FULL, name="礼堂"))

    assert answer.status_code == 409
    assert "礼堂 is full." in words(drawn(answer).xpath("//*[@data-error-summary]")[0])
    assert drawn(answer).xpath("//input[@name='name']/@value") == ["讲座"]


def test_a_refusal_of_one_field_stands_at_that_field() -> None:
    page = drawn(fill(GOOD, refusal=RefusedError(TAKEN, fields={"name": TAKEN}, name="讲座")))

    assert words(page.xpath("//*[@id='id_name_error']")[0]) == "讲座 is taken."


def test_label_unit_and_help_belong_to_the_control() -> None:
    page = drawn(fill())

    for name in ("name", "people", "on", "level", "public"):
        assert page.xpath(f"//label[@for='id_{name}']"), name
    assert words(page.xpath("//*[@id='id_people_unit']")[0]) == "人次"
    assert page.xpath("//input[@name='people']/@aria-describedby") == ["id_people_unit"]
    assert page.xpath("//input[@name='name']/@aria-describedby") == ["id_name_helptext"]
    assert [words(one) for one in page.xpath("//fieldset/legend")] == ["形式 （选填）"]
    assert page.xpath("//fieldset//input/@value") == ["talk", "drill"]


def test_a_form_that_goes_through_leads_on_and_forgets_its_draft() -> None:
    services.draft_keep(by=ACTOR, form_key="tests.activity", data={"name": ["讲"]})
    services.draft_keep(by=ACTOR, form_key="tests.other", data={"name": ["讲"]})

    answer = fill(GOOD)

    assert (answer.status_code, answer["Location"]) == (302, "/activities/%E8%AE%B2%E5%BA%A7/")
    assert list(Draft.objects.values_list("form_key", flat=True)) == ["tests.other"]


def test_htmx_is_led_on_by_the_browser() -> None:
    assert fill(GOOD, htmx=True)["HX-Redirect"] == "/activities/%E8%AE%B2%E5%BA%A7/"


def test_a_refused_form_keeps_its_draft() -> None:
    services.draft_keep(by=ACTOR, form_key="tests.activity", data={"name": ["讲"]})

    fill({**GOOD, "people": "x"})
    fill(GOOD, refusal=RefusedError(FULL, name="礼堂"))

    assert Draft.objects.count() == 1


def test_a_draft_is_offered_and_put_back_as_it_was_typed() -> None:
    data = {"name": ["讲座"], "people": ["一百"], "kinds": ["drill"], "public": ["on"], "gone": ["x"]}
    services.draft_keep(by=ACTOR, form_key="tests.activity", data=data)
    at = Draft.objects.get().saved_at.astimezone(clock.SHANGHAI).strftime("%H:%M")

    offered, back = drawn(fill()), drawn(fill(query="?restore=1"))

    assert f"您有一份 {at} 未提交的草稿" in words(offered)
    assert offered.xpath("//input[@name='name']/@value") == []
    assert back.xpath("//input[@name='name']/@value") == ["讲座"]
    assert back.xpath("//input[@name='people']/@value") == ["一百"]
    assert back.xpath("//input[@checked]/@value") == ["drill"] or back.xpath("//input[@checked]/@name") == [
        "kinds",
        "public",
    ]
    assert back.xpath("//*[@data-error-summary]") == []
    assert back.xpath("//*[contains(@class, 'ay-draft')]") == []


def test_nobody_is_offered_the_draft_of_another() -> None:
    services.draft_keep(by=ACTOR, form_key="tests.activity", data={"name": ["讲座"]})
    other = Actor(ActorKind.PERSON, "8", "别人")

    assert drawn(fill(actor=other)).xpath("//*[contains(@class, 'ay-draft')]") == []
    assert drawn(fill(actor=other, query="?restore=1")).xpath("//input[@name='name']/@value") == []


def test_a_form_with_a_password_keeps_no_draft() -> None:
    class SignForm(PageForm):
        name = forms.CharField()
        pin = forms.CharField(widget=forms.PasswordInput)

    form = drawn(fill(form=SignForm)).xpath("//form")[0]

    assert form.get("data-draft-url") is None
    assert form.get("data-warn") is not None


def test_a_draft_is_kept_by_its_address_without_tokens_passwords_and_files() -> None:
    user = make_user()
    client = client_for(user)
    address = reverse("pages:draft-keep", args=["notices.decide:12"])

    answer = client.post(
        address,
        {
            "name": "讲\0座",
            "kinds": ["a", "b"],
            "password1": "x",
            "csrfmiddlewaretoken": "t",
            "photo": SimpleUploadedFile("a.jpg", b"x"),
        },
    )

    draft = Draft.objects.get()
    assert answer.status_code == 204
    assert (draft.user, draft.form_key) == (actor_for(user).key, "notices.decide:12")
    assert draft.data == {"name": ["讲座"], "kinds": ["a", "b"]}


def test_a_draft_is_discarded_and_leads_back_to_its_form() -> None:
    client = client_for(make_user())
    address = reverse("pages:draft-keep", args=["tests.activity"])
    client.post(address, {"name": "讲座"})

    assert client.post(address, {"discard": "/activities/add/"})["Location"] == "/activities/add/"
    assert not Draft.objects.exists()
    assert client.post(address, {"discard": "https://evil.example/"})["Location"] == "/"


def test_a_draft_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "LARGEST_DRAFT", 10)

    with pytest.raises(RefusedError) as refused:
        services.draft_keep(by=ACTOR, form_key="x", data={"name": ["长" * 11]})
    assert refused.value.problem is problems.DRAFT_TOO_LARGE


def test_old_drafts_are_swept() -> None:
    services.draft_keep(by=ACTOR, form_key="new", data={})
    old = services.draft_keep(by=ACTOR, form_key="old", data={})
    Draft.objects.filter(pk=old.pk).update(saved_at=clock.now() - services.DRAFTS_KEPT - timedelta(minutes=1))

    assert services.drafts_sweep(by=Actor.system("sweep")) == 1
    assert Draft.objects.get().form_key == "new"


def test_the_time_of_a_draft_names_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 6, 20, 4, tzinfo=UTC))

    assert typed_at(datetime(2026, 6, 20, 2, 32, tzinfo=UTC)) == "10:32"
    assert typed_at(datetime(2026, 6, 19, 2, 32, tzinfo=UTC)) == "2026-06-19 10:32"


def test_long_forms_show_which_sections_are_done() -> None:
    page = drawn(fill({"name": "讲座", "phone": ""}, form=SectionedForm))

    marks = {words(item.xpath("a")[0]): words(item) for item in page.xpath("//nav//li")}
    assert marks == {"基本情况": "基本情况 已填", "联系方式": "联系方式 待更正"}
    assert page.xpath("//section[@id='section-contact']//input/@name") == ["phone"]
    assert page.xpath("//input[@name='note']")


def test_answers_are_shown_in_words_before_they_go() -> None:
    form = ActivityForm(QueryDict("name=讲座&people=0&level=street&kinds=talk&kinds=drill"))
    assert form.is_valid()

    assert [(str(answer.label), answer.text, str(answer.unit)) for answer in answers_of(form)] == [
        ("名称", "讲座", ""),
        ("人次", "0", "人次"),
        ("日期", "未填", ""),
        ("层级", "街道", ""),
        ("形式", "讲座、演练", ""),
        ("公开", "否", ""),
    ]


def test_a_checked_form_is_sent_only_after_the_second_look_and_may_be_changed() -> None:
    page = FormPage(title="新活动", submit="提交", check=True)

    look = drawn(fill(GOOD, page=page))
    hidden = [(field.get("name"), field.get("value", "")) for field in look.xpath("//input[@type='hidden']")]
    data: dict[str, list[str]] = {}
    for name, value in hidden:
        data.setdefault(name, []).append(value)
    again = fill({**data, "change": "1"}, page=page)
    sent = fill({**data, "checked": "1"}, page=page)

    assert "讲座、演练" in words(look)
    assert drawn(again).xpath("//input[@name='name']/@value") == ["讲座"]
    assert (again.status_code, sent.status_code) == (200, 302)


def danger(data: Any = None, count: int = 3) -> tuple[HttpResponse, list[str]]:
    done: list[str] = []

    def act(reason: str) -> str:
        done.append(reason)
        return "/done/"

    page = DangerPage("撤销单位", "这些单位将被撤销。", count, "个单位", "撤销", "/units/", ("甲", "乙"))
    return danger_answer(request("get" if data is None else "post", data), page, act), done


def test_a_dangerous_act_says_how_many_and_asks_why() -> None:
    page = drawn(danger()[0])

    assert "涉及 3 个单位" in words(page)
    assert "另有 1 个单位" in words(page)
    assert page.xpath("//button[contains(@class, 'btn-danger')]")
    assert page.xpath("//input[@name='touched']/@value") == ["3"]


def test_without_a_reason_nothing_happens() -> None:
    answer, done = danger({"reason": " ", "touched": "3"})

    assert (answer.status_code, done) == (422, [])


def test_it_happens_with_the_reason() -> None:
    answer, done = danger({"reason": "机构改革", "touched": "3"})

    assert (answer.status_code, answer["Location"], done) == (302, "/done/", ["机构改革"])


def test_nothing_is_done_to_a_number_that_nobody_has_seen() -> None:
    answer, done = danger({"reason": "机构改革", "touched": "3"}, count=4)

    assert (answer.status_code, done) == (422, [])
    assert "涉及数量已由 3 变为 4" in words(drawn(answer))
    assert drawn(answer).xpath("//input[@name='touched']/@value") == ["4"]
    assert words(drawn(answer).xpath("//textarea")[0]) == "机构改革"
