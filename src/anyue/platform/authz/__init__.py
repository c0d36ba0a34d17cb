"""Authority: one engine over grants on a tree of places that answers "may she?" and "which ones?".

It knows paths (``kernel.paths``), permissions and roles; who the people are and what the places mean it does not know.
"""

from .actors import Actor, ActorKind, Held
from .engine import Scopes, can, can_anywhere, scopes
from .loading import fetch
from .permissions import Permission, Reach, permission_named, register, registered
from .roles import Role, install_roles, role_named, roles

__all__ = [
    "Actor",
    "ActorKind",
    "Held",
    "Permission",
    "Reach",
    "Role",
    "Scopes",
    "can",
    "can_anywhere",
    "fetch",
    "install_roles",
    "permission_named",
    "register",
    "registered",
    "role_named",
    "roles",
    "scopes",
]
