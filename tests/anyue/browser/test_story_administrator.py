"""The administrator of a unit brings units and people in from Excel, corrects a fault, gives a role and sees what it does.

And a reviewer goes on leave: her colleague stands in until a day, and no longer when it is taken back.
"""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.urls import reverse
from playwright.sync_api import Page, expect

from anyue.kernel import clock
from anyue.modules.accounts.models import User
from anyue.modules.notices.permissions import NoticePermission
from anyue.modules.orgs.models import Unit
from anyue.platform.authz import can
from anyue.platform.jobs.worker import run_ready
from tests.anyue.factories import PASSWORD, Tree, actor_for, make_tree, make_user

from .conftest import Look, SignIn, Url

UNITS = ("代码", "名称", "上级", "类型")
PEOPLE = ("姓名", "用户名", "单位", "职务", "角色")


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    """A small district."""
    return make_tree()


@pytest.fixture
def admin(tree: Tree, sign_in: SignIn) -> User:
    """The district's administrator, signed in."""
    user = make_user("unit_admin", tree.district, username="qu.guanli", name="甘小棠")
    sign_in(user)
    return user


def table(folder: Path, name: str, *rows: tuple[str, ...]) -> Path:
    """A workbook as it lies on her desk."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    file = folder / name
    file.write_bytes(data.getvalue())
    return file


def confirm(page: Page) -> None:
    """She shows once more that it is she, where that is asked, and goes on."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("密码").fill(PASSWORD)
        page.locator("main form").get_by_role("button").first.click()


def test_units_come_in_from_excel_once_the_faulty_row_is_corrected(
    page: Page, admin: User, tree: Tree, tmp_path: Path, url: Url, look: Look
) -> None:
    wrong = table(
        tmp_path, "单位.xlsx", UNITS, ("", "新桥社区", "望榆街道", "社区"), ("", "长亭社区", "望榆街", "社区")
    )
    page.goto(url("orgs:index"))
    page.get_by_role("link", name="导入").click()
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="预览").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    look("units-import-waiting")
    page.goto(url("orgs:import"))
    run_ready()
    page.get_by_role("link", name="单位.xlsx").click()

    expect(page.get_by_role("alert")).to_be_visible()
    fault = page.locator("main tbody tr")
    expect(fault).to_have_count(1)
    expect(fault).to_contain_text("望榆街")
    look("units-import-fault")
    assert not Unit.objects.filter(name="新桥社区").exists(), "one wrong row keeps all of them out"

    right = table(
        tmp_path, "单位（改）.xlsx", UNITS, ("", "新桥社区", "望榆街道", "社区"), ("", "长亭社区", "望榆街道", "社区")
    )
    page.get_by_role("link", name="选择改正后的表格").click()
    page.locator("input[type=file]").set_input_files(right)
    page.get_by_role("button", name="预览").click()
    run_ready()
    expect(page.get_by_role("button", name="确认导入：变更 2 个单位")).to_be_visible()
    look("units-import")
    page.get_by_role("button", name="确认导入：变更 2 个单位").click()
    run_ready()

    expect(page.get_by_text("导入完成。")).to_be_visible()
    assert set(Unit.objects.filter(name__in=("新桥社区", "长亭社区")).values_list("parent", flat=True)) == {
        tree.street.pk
    }


def test_people_come_in_from_excel_and_one_of_them_gets_a_role(
    page: Page, admin: User, tree: Tree, tmp_path: Path, url: Url, look: Look
) -> None:
    rows = [("柳知溪", "liu.zhixi", "望榆街道", "科员", ""), ("江以渚", "jiang.yizhu", "柳岸社区居委会", "干事", "")]
    page.goto(url("people:index"))
    page.get_by_role("link", name="从Excel导入").click()
    page.locator("input[type=file]").set_input_files(table(tmp_path, "人员.xlsx", PEOPLE, *rows))
    page.locator("main form [type=submit], main form button.btn-primary").first.click()
    expect(page.get_by_role("status").first).to_contain_text("1行有误")
    expect(page.locator("tr.table-danger")).to_contain_text("柳岸社区居委会")
    look("people-import-fault")

    rows[1] = ("江以渚", "jiang.yizhu", "柳岸社区", "干事", "联络员")
    page.get_by_role("link", name="另选文件").click()
    page.locator("input[type=file]").set_input_files(table(tmp_path, "人员.xlsx", PEOPLE, *rows))
    page.locator("main form [type=submit], main form button.btn-primary").first.click()
    page.get_by_role("button", name="全部导入").click()
    confirm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("初次设置密码的链接")
    expect(page.locator("main tbody tr")).to_have_count(2)
    look("people-links")

    person = User.objects.get(username="liu.zhixi")
    page.goto(url("people:person", pk=person.pk))
    page.get_by_role("link", name="授予角色").click()
    page.get_by_role("radio", name="审核员").check()
    look("role-give")
    page.get_by_role("button", name="授予", exact=True).click()
    confirm(page)
    expect(page.get_by_text("已授予柳知溪“审核员”角色。").first).to_be_visible()

    page.get_by_role("link", name="权限及依据").click()
    row = page.locator("tbody tr", has=page.get_by_role("rowheader", name="审核读取结果：采纳、更正、补充、剔除"))
    expect(row).to_contain_text("审核员")
    expect(row).to_contain_text("甘小棠")
    look("person-rights")


def test_a_colleague_stands_in_while_she_is_on_leave(
    page: Page, tree: Tree, sign_in: SignIn, url: Url, look: Look
) -> None:
    away = make_user("reviewer", tree.street, name="常若青")
    colleague = make_user(None, tree.street, username="le.zhilan", name="乐知蓝")
    sign_in(away)
    page.goto(url("people:profile"))
    page.get_by_role("link", name="请假委托").click()
    page.get_by_role("checkbox", name="审核员").check()
    page.get_by_label("委托给").fill("乐知蓝")
    page.get_by_label("截止日期（含当日）").fill((clock.today() + timedelta(days=5)).isoformat())
    page.get_by_role("textbox", name="原因").fill("年休假")
    look("delegate")
    page.get_by_role("button", name="委托", exact=True).click()
    confirm(page)

    expect(page.get_by_role("region", name="当前委托")).to_contain_text("乐知蓝")
    assert can(actor_for(colleague), NoticePermission.REVIEW, tree.street.path)
    page.get_by_role("button", name="收回").click()
    expect(page.get_by_text("乐知蓝不再代理。").first).to_be_visible()
    assert not can(actor_for(colleague), NoticePermission.REVIEW, tree.street.path)
    assert page.url.endswith(reverse("people:delegate"))
