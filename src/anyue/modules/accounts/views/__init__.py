"""Pages about people."""

from .delegations import delegate, undelegate
from .grants import grant_end, grant_give
from .imports import import_people, import_sheet
from .links import first, invitation
from .mine import device_end, profile, token_add, token_end
from .people import add, edit, index, invite, person, restore, suspend, unlock
from .posts import post_add, post_end
from .rights import rights, roles, who
from .working import stay, work_as

__all__ = [
    "add",
    "delegate",
    "device_end",
    "edit",
    "first",
    "grant_end",
    "grant_give",
    "import_people",
    "import_sheet",
    "index",
    "invitation",
    "invite",
    "person",
    "post_add",
    "post_end",
    "profile",
    "restore",
    "rights",
    "roles",
    "stay",
    "suspend",
    "token_add",
    "token_end",
    "undelegate",
    "unlock",
    "who",
    "work_as",
]
