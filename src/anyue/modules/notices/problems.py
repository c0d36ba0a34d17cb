"""Why a request about a notice is refused."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

SECRET = Problem(
    "notices.secret",
    422,
    _(
        "“%(file)s” is marked “%(mark)s”. Nothing was kept. Secret documents must not enter this system; "
        "handle it by the secrecy rules."
    ),
)
UNREADABLE = Problem("notices.unreadable", 422, _("%(line)s"))
NO_FILE = Problem("notices.no_file", 422, _("Choose the notice: a Word file, a PDF, photographs, or a .zip of them."))
TOO_MANY = Problem(
    "notices.too_many", 422, _("%(count)s files are too many for one notice; at most %(limit)s. Put them into a .zip.")
)
NOT_IN_REVIEW = Problem(
    "notices.not_in_review",
    409,
    _("“%(notice)s” is not under review any more, so this item cannot be changed. Open it for review again first."),
)
STILL_OPEN = Problem(
    "notices.still_open",
    409,
    _("%(count)s items are still to be decided. Accept, correct or drop them; unsure ones stand first."),
)
BAD_VALUE = Problem("notices.bad_value", 422, _("Please correct the marked fields; what you typed is kept."))
NOT_ADDED = Problem(
    "notices.not_added", 409, _("Only items that a person added can be removed; drop what the program proposed.")
)
WRONG_STATE = Problem("notices.wrong_state", 409, _("“%(notice)s” is %(state)s, so this cannot be done with it."))
OWN_PARENT = Problem("notices.own_parent", 422, _("A notice cannot stand above itself. Choose another parent notice."))
IN_USE = Problem("notices.in_use", 409, _("A campaign runs from “%(notice)s”. Withdraw the campaign first."))
