"""All that is written about people. Each function is one transaction with its audit entry."""

from .delegations import grant_delegate, grant_undelegate
from .first import SystemPerson, first_link, installation_set_up
from .grants import grant_end, grant_give
from .imports import people_check, people_import
from .invitations import invitation_make, invitation_take, password_change
from .people import Contact, person_add, person_edit, person_restore, person_suspend, person_unlock
from .posts import post_end, post_give
from .preferences import preferences_set
from .sessions import session_end
from .tokens import token_end, token_make, token_make_for

__all__ = [
    "Contact",
    "SystemPerson",
    "first_link",
    "grant_delegate",
    "grant_end",
    "grant_give",
    "grant_undelegate",
    "installation_set_up",
    "invitation_make",
    "invitation_take",
    "password_change",
    "people_check",
    "people_import",
    "person_add",
    "person_edit",
    "person_restore",
    "person_suspend",
    "person_unlock",
    "post_end",
    "post_give",
    "preferences_set",
    "session_end",
    "token_end",
    "token_make",
    "token_make_for",
]
