"""``docs/permissions.md``: the table for customers, in Chinese and English, from the program itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils import translation

from anyue.platform.authz import Permission, Reach, registered, roles

from .routes import Route
from .rules import Case, May, may
from .world import personas

HEAD = """# 权限表 · Permissions

本表由程序生成（`scripts/permission_table.py`），每次构建都与程序的实际应答逐项核对：每个地址、每个角色、查看与办理。
This page is generated from the program, and every build holds it against real answers: each address, each role, reading and writing.

## 角色 · Roles

{roles}

## 角色与权限 · Roles and permissions

“本级”指任职单位本身，“及下级”指任职单位及其全部下级单位，“全部”指整个系统；空白表示没有此项权限。
Own: the unit of the grant itself. Below: that unit and all below it. All: the whole installation. Empty: not at all.

{permissions}

## 角色与地址 · Roles and addresses

每个角色都在同一街道任职，对象也属于该街道。“可”能够使用该页（查看或办理），“看”只能查看、不能办理，“—”如同不存在（404），“登录”转到登录页；“外单位”持有全部单位角色，但任职于另一个区。
Everybody works at one street, to which the subjects belong too. 可: may use it, to read or to act. 看: may only read it. —: looks as if it were not there (404).
登录: is sent to sign in. 外单位: has every role of units, in another district.

{routes}

## 无需登录的地址 · Addresses open to everybody

{public}

登录、退出、改密码、两步验证和单点登录由 django-allauth 提供（`/accounts/…`）；其自助注册、找回密码、邮件登录等页面一律关闭（404）。`/api/v1/…` 只凭令牌访问，权限同上表。
Sign-in, sign-out, passwords, the second factor and single sign-on are django-allauth's (`/accounts/…`); its registration, password by mail and
sign-in by mail do not exist here (404). `/api/v1/…` opens by a token alone and follows the same table
of permissions (`/api/v1/openapi.json` describes it). `GET /healthz` answers whether the program works.
"""
WORDS = {May.ACT: "可", May.SEE: "看", May.NOTHING: "—", May.SIGN_IN: "登录"}
OTHERS = {"stranger": "外单位", "anonymous": "未登录"}


def _in(language: str, text: object) -> str:
    with translation.override(language):
        return str(text) if not isinstance(text, str) else translation.gettext(text)


def _both(text: object) -> str:
    chinese, english = _in("zh-hans", text), _in("en", text)
    return f"{chinese}<br>{english}"


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    cells = [list(head)]
    cells.append(["---"] * len(cells[0]))
    cells += [list(line) for line in lines]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in cells)


def _reach(permission: Permission, code: str) -> str:
    role = next(role for role in roles() if role.code == code)
    reach = role.reach(permission)
    if reach is None:
        return ""
    return "全部" if role.everywhere else "本级" if reach is Reach.UNIT else "及下级"


def _name(persona: str) -> str:
    role = next((role for role in roles() if role.code == persona), None)
    return _in("zh-hans", role.label) if role else OTHERS[persona]


def document(cases: Mapping[Route, list[Case]]) -> str:
    """The whole page. ``cases`` has each route with every persona in order."""
    public = [route for route in cases if route.access and route.access.public and not route.name.startswith("^")]
    closed = [route for route in cases if route.access and not route.access.public]
    return HEAD.format(
        roles=_table(
            ["角色 Role", "职责 What for"], [[f"**{_both(role.label)}**", _both(role.summary)] for role in roles()]
        ),
        permissions=_table(
            ["权限 Permission", *(_name(role.code) for role in roles())],
            [
                [
                    f"{_both(permission.label)}<br>`{permission.value}`",
                    *(_reach(permission, role.code) for role in roles()),
                ]
                for permission in registered()
            ],
        ),
        routes=_table(
            ["地址 Address", *(_name(persona) for persona in personas())],
            [[f"`{route.address}`", *(WORDS[may(case)] for case in cases[route])] for route in closed],
        ),
        public=_table(
            ["地址 Address", "原因 Why"],
            [[f"`{route.address}`", _both(route.access.note if route.access else "")] for route in public],
        ),
    )
