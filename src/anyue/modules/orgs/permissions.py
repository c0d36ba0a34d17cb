"""What can be allowed around units."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anyue.platform.authz import Permission


class UnitPermission(Permission):
    """Units."""

    VIEW = "orgs:unit:view", _("See units and their people")
    MANAGE = "orgs:unit:manage", _("Add, rename, move, merge, split and close units")
    IMPORT = "orgs:unit:import", _("Import units from a table")
    GROUP = "orgs:group:manage", _("Keep groups of units as addressee lists")
