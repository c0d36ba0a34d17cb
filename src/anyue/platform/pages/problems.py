"""Why a request about lists, drafts or forms is refused."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

VIEW_UNNAMED = Problem("pages.view_unnamed", 422, _("The view has no name. Write a name of at most 40 characters."))
VIEW_TOO_LONG = Problem(
    "pages.view_too_long",
    422,
    _("There are too many conditions to keep as a view. Remove some of them and save again."),
)
VIEWS_TOO_MANY = Problem(
    "pages.views_too_many", 422, _("You keep %(limit)s views of this list already. Delete one and save again.")
)
DRAFT_TOO_LARGE = Problem(
    "pages.draft_too_large", 413, _("What you typed is too long to be kept as a draft. Send it, or copy it elsewhere.")
)
