"""The catalogue of refusals around people."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

NOT_ALLOWED = Problem(
    "accounts.not_allowed", 403, _("You may not do this for this person or unit. Ask the administrator of the unit.")
)
USERNAME_TAKEN = Problem(
    "accounts.username_taken", 422, _("The user name %(username)s is already in use. Choose another one.")
)
USERNAME_BAD = Problem(
    "accounts.username_bad",
    422,
    _("A user name has 2 to 40 letters, digits, Chinese characters or the signs . _ - without blanks."),
)
NAME_MISSING = Problem("accounts.name_missing", 422, _("The name is missing. Enter the person's name."))
PHONE_BAD = Problem(
    "accounts.phone_bad", 422, _("%(phone)s is no mobile number: it has 11 digits and begins with 13 to 19.")
)
EMAIL_BAD = Problem("accounts.email_bad", 422, _("%(email)s is no e-mail address."))
UNIT_CLOSED = Problem("accounts.unit_closed", 422, _("%(unit)s was closed. Choose the unit that took over its duties."))
POST_TWICE = Problem("accounts.post_twice", 422, _("%(name)s already has a post at %(unit)s. End that one first."))
POST_ENDED = Problem("accounts.post_ended", 409, _("This post has ended already."))
DAYS_REVERSED = Problem("accounts.days_reversed", 422, _("The end lies before the beginning. Correct one of the days."))
SELF_SUSPEND = Problem(
    "accounts.self_suspend", 422, _("You cannot suspend yourself. Ask another administrator to do it.")
)
ROLE_UNKNOWN = Problem("accounts.role_unknown", 422, _("There is no role %(role)s."))
ROLE_NEEDS_UNIT = Problem("accounts.role_needs_unit", 422, _("The role %(role)s is given at a unit. Choose the unit."))
ROLE_WITHOUT_UNIT = Problem(
    "accounts.role_without_unit", 422, _("The role %(role)s is given for the whole installation, not for a unit.")
)
TO_ONESELF = Problem(
    "accounts.to_oneself", 422, _("Nobody gives a role to herself. Ask another administrator to do it.")
)
ABOVE_ONESELF = Problem(
    "accounts.above_oneself",
    403,
    _("You may not give the role %(role)s here: it can do more than you. Ask the administrator of the unit above."),
)
APART = Problem(
    "accounts.apart",
    422,
    _(
        "%(name)s holds the role %(other)s, which is kept apart from %(role)s. Choose another person, or end that one first."
    ),
)
SUSPENDED = Problem("accounts.suspended", 422, _("%(name)s is suspended. Restore the account first."))
GRANT_TWICE = Problem("accounts.grant_twice", 422, _("%(name)s already holds the role %(role)s here at that time."))
GRANT_ENDED = Problem("accounts.grant_ended", 409, _("This role has ended already."))
UNTIL_PAST = Problem("accounts.until_past", 422, _("The end lies in the past. Choose a later day."))
UNTIL_TOO_LATE = Problem(
    "accounts.until_too_late",
    422,
    _("You hold the right to do this until %(until)s only. Choose an end that is not later."),
)
LAST_OF_ROLE = Problem(
    "accounts.last_of_role",
    409,
    _("%(name)s is the only one with the role %(role)s. Give it to somebody else first."),
)
NOT_YOURS = Problem("accounts.not_yours", 403, _("Only your own roles can be handed over."))
DELEGATED_ON = Problem(
    "accounts.delegated_on", 422, _("The role %(role)s was handed over to you; it cannot be handed on.")
)
NOT_A_COLLEAGUE = Problem(
    "accounts.not_a_colleague", 422, _("%(name)s has no post at %(unit)s or below. Choose a colleague of that unit.")
)
DELEGATE_NOTHING = Problem("accounts.delegate_nothing", 422, _("Choose at least one role to hand over."))
LINK_GONE = Problem(
    "accounts.link_gone", 410, _("This link was used already or has expired. Ask your administrator for a new one.")
)
ALREADY_SET_UP = Problem("accounts.already_set_up", 410, _("This installation has been set up already."))
SAME_PERSON = Problem(
    "accounts.same_person", 422, _("The three accounts belong to three people: choose three different user names.")
)
TOKEN_SCOPE = Problem("accounts.token_scope", 422, _("You do not hold %(scope)s, so a token cannot have it."))
TOKEN_NOTHING = Problem("accounts.token_nothing", 422, _("Choose at least one permission for the token."))
TOKEN_DAYS = Problem("accounts.token_days", 422, _("A token is valid from 1 to %(days)s days."))
SHEET_UNREADABLE = Problem("accounts.sheet_unreadable", 422, _("This file is no workbook. Save the table as .xlsx."))
SHEET_HEADS = Problem(
    "accounts.sheet_heads", 422, _("No sheet has the columns 姓名, 用户名 and 单位. Take the template and fill it in.")
)
SHEET_EMPTY = Problem("accounts.sheet_empty", 422, _("The table has no rows. Fill in the template."))
SHEET_LONG = Problem("accounts.sheet_long", 422, _("The table has more than %(most)s rows. Split it."))
SHEET_STALE = Problem("accounts.sheet_stale", 422, _("This preview is too old. Choose the file again."))
ROW_UNIT = Problem(
    "accounts.row_unit", 422, _("You manage no unit called “%(unit)s”. Write its full name or its code.")
)
ROW_UNITS = Problem("accounts.row_units", 422, _("“%(unit)s” means %(count)s units. Write its code."))
ROW_TWICE = Problem("accounts.row_twice", 422, _("The user name %(username)s stands twice in the table."))
ROW_LEADER = Problem("accounts.row_leader", 422, _("“%(value)s” is neither 是 nor 否."))
ROWS_WRONG = Problem(
    "accounts.rows_wrong",
    422,
    _("%(count)s rows are wrong, the first is row %(first)s. Correct the table; nothing came in."),
)
NO_ACCOUNT = Problem(
    "accounts.no_account",
    403,
    _("There is no account here for your single sign-on. Ask the administrator of your unit to add you."),
)
NOT_YOUR_UNIT = Problem("accounts.not_your_unit", 422, _("You have no post and no role at that unit."))
