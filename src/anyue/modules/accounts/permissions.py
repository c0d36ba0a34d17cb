"""What can be allowed around people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class AccountPermission(Permission):
    """People and grants."""

    VIEW = "accounts:person:view", _("See people, their posts and what they may do")
    MANAGE = "accounts:person:manage", _("Add people and change their posts")
    UNLOCK = "accounts:person:unlock", _("Unlock, suspend and invite anew")
    GRANT = "accounts:grant:give", _("Give and withdraw roles")
    GRANT_SYSTEM = "accounts:grant:give_system", _("Give and withdraw the roles of the whole installation")
    DELEGATE = "accounts:grant:delegate", _("Hand over one's own roles while on leave")
