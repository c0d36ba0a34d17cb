"""The pages about people, as a browser sees them."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from anyue.kernel.clock import today
from anyue.modules.accounts.models import ApiToken, Grant, User
from anyue.modules.accounts.services import first_link, grant_delegate, invitation_make
from anyue.modules.accounts.sheets import HEADS, PersonRow, read_people
from anyue.platform.audit.models import Entry
from anyue.platform.authz import Actor, role_named
from tests.anyue.conftest import Limit
from tests.anyue.factories import PASSWORD, Tree, actor_for, client_for, grant, make_unit, make_user

SYSTEM = Actor.system("test")


def signed_in(user: User) -> Client:
    """By the real door, so that nothing sensitive asks again."""
    client = Client()
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def text(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_list_shows_whom_she_sees_and_finds_by_name_phone_and_initials(tree: Tree) -> None:
    admin = client_for(make_user("unit_admin", tree.street))
    below = make_user("recorder", tree.community, name="王小明")
    User.objects.filter(pk=below.pk).update(initials="wxm", phone="13800001234")
    make_user("recorder", tree.other_street, name="外人")

    everything = text(admin, "people:index")
    assert "王小明" in everything
    assert "外人" not in everything
    for question in ("小明", "wxm", "00001234", below.username):
        assert "王小明" in text(admin, "people:index", q=question)
    assert "王小明" not in text(admin, "people:index", q="nobody")
    assert "王小明" in text(admin, "people:index", role="recorder")
    assert "王小明" not in text(admin, "people:index", role="reviewer")
    assert "王小明" in text(admin, "people:index", unit=str(tree.community.pk))
    assert "王小明" not in text(admin, "people:index", unit=str(tree.other_community.pk))


def test_the_export_holds_the_list_and_is_written_down(tree: Tree) -> None:
    admin = client_for(make_user("unit_admin", tree.street, name="管理员"))

    answer = admin.get(reverse("people:index"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer))).active

    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["管理员"]
    assert Entry.objects.get(action="people.exported").after == {"rows": 1}


@pytest.mark.parametrize("count", [1, 12])
def test_pages_ask_few_questions_whatever_the_data(tree: Tree, assert_queries_at_most: Limit, count: int) -> None:
    admin = make_user("unit_admin", tree.street)
    for _ in range(count):
        unit = make_unit(parent=tree.street)
        user = make_user("recorder", unit)
        grant(user, "reviewer", unit)
        grant(admin, "recorder", unit)
        UserSession.objects.create(user=user, ip="10.0.0.1", user_agent="x", session_key=f"{user.pk}")
    pages = [
        reverse("people:index"),
        reverse("people:person", args=[user.pk]),
        reverse("people:rights", args=[admin.pk]),
        reverse("people:profile"),
        reverse("people:roles"),
        reverse("people:delegate"),
        reverse("people:grant-give", args=[user.pk]),
        reverse("people:add"),
        reverse("people:who") + f"?permission=accounts:person:view&unit={unit.name}",
    ]
    for page in pages:
        client = client_for(admin)
        client.get(reverse("people:stay"))  # the session is noted once a minute
        with assert_queries_at_most(15):
            assert client.get(page).status_code == 200, page


def test_a_person_is_added_given_a_role_and_her_link_by_pages_alone(tree: Tree) -> None:
    admin = signed_in(make_user("unit_admin", tree.street))

    answer = admin.post(
        reverse("people:add"), {"name": "荷花", "username": "hehua", "unit": "柳岸社区", "phone": "13800001234"}
    )
    user = User.objects.get(username="hehua")
    assert answer.headers["Location"] == reverse("people:person", args=[user.pk])
    answer = admin.post(
        reverse("people:grant-give", args=[user.pk]),
        {"role": "recorder", "unit": "柳岸社区", "until": str(today() + timedelta(days=30)), "reason": "六月"},
    )
    assert answer.status_code == 302, answer.content.decode()
    page = admin.post(reverse("people:invite", args=[user.pk])).content.decode()
    link = re.search(r"<code id=\"link\">http://[^/]+(/[^<]+)</code>", page)
    assert link is not None

    browser = Client()
    weak = browser.post(link[1], {"password": "short", "again": "short"})
    assert weak.status_code == 422
    differs = browser.post(link[1], {"password": "Quite-new-2027", "again": "Other-new-2027"})
    assert differs.status_code == 422
    assert browser.post(link[1], {"password": "Quite-new-2027", "again": "Quite-new-2027"}).status_code == 302
    assert browser.get(link[1]).status_code == 410
    assert browser.post("/accounts/login/", {"login": "hehua", "password": "Quite-new-2027"}).status_code == 302
    assert [held.role for held in actor_for(user).held] == ["recorder"]


def test_a_refused_form_keeps_what_was_typed_and_says_why(tree: Tree) -> None:
    admin = signed_in(make_user("unit_admin", tree.street))
    make_user(username="hehua")

    answer = admin.post(
        reverse("people:add"), {"name": "荷花", "username": "HEHUA", "unit": "柳岸社区", "title": "网格员"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "已被使用" in page
    assert "网格员" in page


@pytest.mark.parametrize(("typed", "said"), [("松桥街道", "没有"), ("社区", "多个"), ("不存在", "没有"), ("", "必填")])
def test_a_unit_is_one_that_she_may_choose(tree: Tree, typed: str, said: str) -> None:
    admin = signed_in(make_user("unit_admin", tree.street))

    answer = admin.post(reverse("people:add"), {"name": "荷花", "username": "hehua", "unit": typed})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_giving_asks_for_the_password_if_she_came_in_long_ago(tree: Tree) -> None:
    user = make_user(None, tree.street)
    admin = client_for(make_user("unit_admin", tree.street))

    answer = admin.post(reverse("people:grant-give", args=[user.pk]), {"role": "recorder", "unit": "望榆街道"})

    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not Grant.objects.filter(user=user).exists()
    admin.post(answer.headers["Location"], {"password": PASSWORD})
    assert Grant.objects.filter(user=user, role="recorder").exists()


def test_the_page_of_rights_says_what_where_and_by_whom(tree: Tree) -> None:
    admin, stand_in = make_user("unit_admin", tree.street, name="柳燕"), make_user(None, tree.street, name="荷花")
    soon = today() + timedelta(days=5)
    grant_delegate(by=actor_for(admin), grants=list(admin.grants.all()), to=stand_in, until_on=soon)

    page = text(client_for(make_user("security_auditor")), "people:rights", stand_in.pk)

    assert "望榆街道" in page
    assert "柳燕" in page
    assert "授予和收回角色" in page


def test_who_may_do_something_at_a_unit(tree: Tree) -> None:
    make_user("unit_admin", tree.district, name="区管理员")
    make_user("unit_admin", tree.street, name="街管理员")
    make_user("unit_admin", tree.other_street, name="别处管理员")
    auditor = client_for(make_user("security_auditor"))

    page = text(auditor, "people:who", permission="accounts:person:manage", unit="柳岸社区")

    assert "区管理员" in page
    assert "街管理员" in page
    assert "别处管理员" not in page


def test_a_role_is_withdrawn_with_a_reason(tree: Tree) -> None:
    admin, user = signed_in(make_user("unit_admin", tree.street)), make_user("recorder", tree.community)
    held = user.grants.get()
    page = reverse("people:grant-end", args=[held.pk])

    assert admin.post(page, {"reason": "", "touched": "1"}).status_code == 422
    assert admin.post(page, {"reason": "调离", "touched": "1"}).status_code == 302

    held.refresh_from_db()
    assert held.ended_at is not None
    assert Entry.objects.get(action="grant.ended").after == {"reason": "调离"}


def test_roles_are_handed_over_and_taken_back(tree: Tree) -> None:
    user, colleague = make_user("unit_admin", tree.street), make_user(None, tree.community, name="荷花")
    client = signed_in(user)
    form = {"grants": [str(user.grants.get().pk)], "to": "荷花", "until_on": str(today() + timedelta(days=3))}

    assert client.post(reverse("people:delegate"), form).status_code == 302
    assert [held.delegated for held in actor_for(colleague).held] == [True]
    assert "荷花" in text(client, "people:delegate")

    handed = Grant.objects.get(user=colleague)
    assert client_for(colleague).post(reverse("people:undelegate", args=[handed.pk])).status_code == 404
    client.post(reverse("people:undelegate", args=[handed.pk]))
    assert actor_for(colleague).held == ()


def test_her_own_page_keeps_her_name_and_changes_the_rest(tree: Tree) -> None:
    user = make_user("recorder", tree.street, name="荷花")
    client = signed_in(user)

    answer = client.post(reverse("people:profile"), {"name": "别名", "phone": "138 0000 1234"})

    assert answer.status_code == 302
    user.refresh_from_db()
    assert (user.name, user.phone) == ("荷花", "13800001234")


def test_a_device_is_ended_from_another(tree: Tree) -> None:
    user = make_user("recorder", tree.street)
    here, there = signed_in(user), signed_in(user)
    other = UserSession.objects.exclude(session_key=here.session.session_key).get()

    assert client_for(make_user()).post(reverse("people:device-end", args=[other.pk])).status_code == 404
    here.post(reverse("people:device-end", args=[other.pk]))

    assert there.post(reverse("people:stay")).status_code == 302
    assert here.post(reverse("people:stay")).status_code == 204
    assert Entry.objects.filter(action="session.ended").count() == 1


def test_a_token_is_shown_once_and_holds_only_what_she_holds(tree: Tree) -> None:
    user = make_user("recorder", tree.street)
    client = signed_in(user)
    page = reverse("people:token-add")

    refused = client.post(page, {"name": "脚本", "days": "30", "scopes": ["accounts:grant:give"]})
    assert refused.status_code == 422
    made = client.post(page, {"name": "脚本", "days": "30", "scopes": ["orgs:unit:view"]}).content.decode()
    token = re.search(r"<code id=\"token\">(anyue_[\w-]+)</code>", made)
    assert token is not None

    assert token[1] not in text(client, "people:profile")
    program = Client(headers={"Authorization": f"Bearer {token[1]}"})
    assert program.get("/api/v1/units").status_code == 200
    client.post(reverse("people:token-end", args=[ApiToken.objects.get().pk]))
    assert program.get("/api/v1/units").status_code == 401


def test_the_first_page_makes_three_accounts(db: None) -> None:
    link = first_link() or ""
    path = link[link.index("/people/") :]
    client = Client()
    assert client.get(path).status_code == 200
    data = {
        f"{role}-{field}": value
        for number, role in enumerate(["system_admin", "security_auditor", "business_admin"])
        for field, value in (("name", f"甲{number}"), ("username", f"admin-{number}"))
    }

    twice = client.post(path, {**data, "business_admin-username": "admin-0"})
    assert twice.status_code == 422
    page = client.post(path, data).content.decode()

    assert len(set(re.findall(r"/people/invitation/[\w-]+/", page))) == 3
    assert User.objects.count() == 3
    assert client.get(path).status_code == 410


def test_the_unit_she_works_for_is_one_of_hers(tree: Tree) -> None:
    user = make_user("recorder", tree.street)
    grant(user, "recorder", tree.other_street)
    client = client_for(user)

    go = {"unit": str(tree.other_street.pk), "next": reverse("people:profile")}
    assert client.post(reverse("people:work-as"), go).headers["Location"] == reverse("people:profile")
    assert client.session["working_unit"] == tree.other_street.pk
    away = client.post(reverse("people:work-as"), {**go, "next": "https://evil.example/"})
    assert away.headers["Location"] == reverse("desk:home")
    assert client.post(reverse("people:work-as"), {"unit": str(tree.stranger_street.pk)}).status_code == 422


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([heads[0] for heads in HEADS.values()])
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


GOOD: list[object] = ["荷花", "hehua", "柳岸社区", "网格员", "否", 13800001234, "", ""]


def upload(client: Client, data: bytes) -> tuple[int, str]:
    file = SimpleUploadedFile("people.xlsx", data)
    answer = client.post(reverse("people:import"), {"file": file})
    return answer.status_code, answer.content.decode()


def signed(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found is not None, page[-3000:]
    return found[1]


def test_people_come_in_from_excel_after_every_row_was_shown(tree: Tree) -> None:
    client = signed_in(make_user("unit_admin", tree.street))
    role = role_named("recorder")
    assert role is not None

    status, page = upload(client, workbook([*GOOD, str(role.label)]))
    assert status == 200
    assert "荷花" in page
    assert not User.objects.filter(username="hehua").exists()

    done = client.post(reverse("people:import"), {"rows": signed(page, "rows")}).content.decode()
    user = User.objects.get(username="hehua")
    assert (user.name, user.phone, user.has_usable_password()) == ("荷花", "13800001234", False)
    assert [(held.role, held.path) for held in actor_for(user).held] == [("recorder", tree.community.path)]
    sheet = client.post(reverse("people:import-sheet"), {"lines": signed(done, "lines")})
    book = openpyxl.load_workbook(io.BytesIO(sheet.content)).active
    assert book is not None
    [line] = list(book.iter_rows(min_row=2, values_only=True))
    assert line[:3] == ("荷花", "hehua", "柳岸社区")
    path = str(line[3]).split("8000", 1)[1]
    assert Client().get(path).status_code == 200


def test_every_wrong_row_is_named_and_nothing_comes_in(tree: Tree) -> None:
    client = signed_in(make_user("unit_admin", tree.street))
    make_user(username="taken")
    rows: list[list[object]] = [
        ["甲", "jia", "松桥街道"],
        ["乙", "TAKEN", "柳岸社区"],
        ["丙", "twice", "柳岸社区"],
        ["丁", "Twice", "柳岸社区"],
        ["", "wu", "柳岸社区"],
        ["己", "ji", "柳岸社区", "", "也许"],
        ["庚", "geng", "柳岸社区", "", "", "12345"],
        ["辛", "xin", "柳岸社区", "", "", "", "", "", "system_admin"],
        ["壬", "ren", "柳岸社区", "", "", "", "", "", "国王"],
    ]

    status, page = upload(client, workbook(*rows))

    assert status == 200
    assert page.count('class="table-danger"') == len(rows)
    before = User.objects.count()
    assert client.post(reverse("people:import"), {"rows": signed_rows(client, rows)}).status_code == 422
    assert User.objects.count() == before


def signed_rows(client: Client, rows: list[list[object]]) -> str:
    """What a preview of these rows would have signed, had the page not left it out."""
    from dataclasses import asdict

    from django.core import signing

    user = client.session["_auth_user_id"]
    read = [PersonRow(number, *[str(cell) for cell in row]) for number, row in enumerate(rows, 2)]
    return signing.dumps([asdict(row) for row in read], salt=f"accounts.import:person:{user}", compress=True)


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_what_is_no_table_of_people_is_refused(tree: Tree, data: bytes) -> None:
    client = signed_in(make_user("unit_admin", tree.street))

    assert upload(client, data)[0] == 422


def test_a_forged_preview_is_refused(tree: Tree) -> None:
    client = signed_in(make_user("unit_admin", tree.street))

    assert client.post(reverse("people:import"), {"rows": "forged"}).status_code == 422


def test_a_head_may_be_called_otherwise_and_stand_lower() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (["2026年人员名单"], [], ["账号*", "姓 名", "所在单位", "手机号码"], ["a", "b", "c", 13800001234.0]):
        sheet.append(line)
    file = io.BytesIO()
    book.save(file)
    sheet["B3"] = "姓名"
    file = io.BytesIO()
    book.save(file)

    [row] = read_people(file.getvalue())

    assert (row.number, row.username, row.name, row.unit, row.phone) == (4, "a", "b", "c", "13800001234")


def test_a_link_for_somebody_above_is_not_made(tree: Tree) -> None:
    user = make_user("unit_admin", tree.district)
    admin = signed_in(make_user("unit_admin", tree.street))

    assert admin.post(reverse("people:invite", args=[user.pk])).status_code == 404
    assert invitation_make(by=SYSTEM, user=user)


def test_who_works_at_no_unit_sees_the_list_of_people(db: None) -> None:
    administrator = make_user("system_admin")

    assert client_for(administrator).get(reverse("people:index")).status_code == 200
