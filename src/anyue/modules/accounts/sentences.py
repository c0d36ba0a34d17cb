"""How the trail speaks of people."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from anyue.platform.audit import sentences, values
from anyue.platform.authz import role_named
from anyue.platform.authz.permissions import permission_named

SENTENCES = {
    "person.added": _("%(actor)s added the person %(subject)s"),
    "person.edited": _("%(actor)s changed the particulars of %(subject)s"),
    "person.suspended": _("%(actor)s suspended %(subject)s"),
    "person.restored": _("%(actor)s restored %(subject)s"),
    "person.unlocked": _("%(actor)s unlocked the sign-in of %(subject)s"),
    "people.exported": _("%(actor)s exported the list of people"),
    "people.imported": _("%(actor)s brought in %(subject)s people from a table"),
    "post.given": _("%(actor)s gave %(subject)s a post"),
    "post.ended": _("%(actor)s ended a post of %(subject)s"),
    "grant.given": _("%(actor)s gave %(subject)s a role"),
    "grant.ended": _("%(actor)s withdrew a role from %(subject)s"),
    "grant.delegated": _("%(actor)s handed a role over to %(subject)s"),
    "grant.undelegated": _("%(subject)s no longer stands in (%(actor)s)"),
    "invitation.made": _("%(actor)s made a link with which %(subject)s sets a password"),
    "installation.set_up": _("%(subject)s became one of the three of the installation (%(actor)s)"),
    "password.set": _("%(subject)s set a password by a link"),
    "password.changed": _("%(subject)s changed the password"),
    "session.ended": _("%(subject)s signed out on another device"),
    "token.made": _("%(subject)s made a token for a program"),
    "token.ended": _("%(subject)s ended a token"),
    "sign_in.done": _("%(subject)s signed in"),
    "sign_in.failed": _("A sign-in failed %(subject)s"),
    "sign_in.locked": _("Sign-in was locked after too many failures %(subject)s"),
    "sign_out.done": _("%(subject)s signed out"),
    "sign_out.idle": _("%(subject)s was signed out after idle time"),
    "sign_on.tied": _("The account of %(subject)s was tied to single sign-on"),
    "factor.added": _("%(subject)s set up a second factor"),
    "factor.removed": _("%(subject)s removed a second factor"),
    "factor.reset": _("%(subject)s made new recovery codes"),
}

FIELDS = {
    "scopes": _("what it may do"),
    "expires": _("valid until"),
    "unit": _("unit"),
    "is_leader": _("leads the unit"),
    "role": _("role"),
    "from": _("from"),
    "until": _("until"),
    "from_on": _("from the day"),
    "until_on": _("until the day"),
    "accounts.user:title": _("post"),
    "reason": _("reason"),
    "device": _("device"),
    "methods": _("how"),
    "type": _("kind"),
    "provider": _("by"),
    "people": _("how many people"),
    "rows": _("how many rows"),
    "delegated_from": _("handed over by"),
}


METHODS = {
    "password": _("password"),
    "mfa": _("second factor"),
    "totp": _("authenticator app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery codes"),
    "socialaccount": _("single sign-on"),
    "code": _("code by message"),
}


def _role(code: str) -> str:
    role = role_named(code)
    return str(role.label) if role else code


def _scope(code: str) -> str:
    try:
        return str(permission_named(code).label)
    except KeyError:  # of an earlier version
        return code


def _method(code: str) -> str:
    return gettext(METHODS.get(code, code))


def install() -> None:
    """Called once at start."""
    values.register({"role": _role, "scopes": _scope, "methods": _method, "accounts.user:type": _method})
    sentences.register_fields(FIELDS)
    for action, sentence in SENTENCES.items():
        sentences.register(action, sentence)
