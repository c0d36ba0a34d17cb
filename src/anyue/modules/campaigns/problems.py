"""Why a request about a campaign is refused."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

NOT_ALLOWED = Problem(
    "campaigns.not_allowed", 403, _("You may not do this for %(unit)s. Ask the administrator of that unit.")
)
NOTICE_UNREVIEWED = Problem(
    "campaigns.notice_unreviewed",
    409,
    _(
        "The notice has not been reviewed: %(count)s items are still to be decided. Finish the review, then start the campaign."
    ),
)
ALREADY_STARTED = Problem(
    "campaigns.already_started",
    409,
    _("A campaign was started from this notice already: %(name)s. Open it, or withdraw it first."),
)
DAYS_MISSING = Problem(
    "campaigns.days_missing", 422, _("The campaign needs its first and its last day, the last not before the first.")
)
NAME_MISSING = Problem("campaigns.name_missing", 422, _("Give the campaign a name."))
NOT_DRAFT = Problem(
    "campaigns.not_draft", 409, _("The campaign %(name)s is published; this can only be changed in a draft.")
)
NOT_RUNNING = Problem(
    "campaigns.not_running", 409, _("The campaign %(name)s is not running, so nothing can be reported to it.")
)
NO_UNITS = Problem("campaigns.no_units", 422, _("Choose at least one unit that the campaign addresses."))
UNITS_OUTSIDE = Problem(
    "campaigns.units_outside",
    422,
    _("%(count)s of the chosen units are not below %(unit)s, or are closed. Choose among the units below yours."),
)
CHANGED_MEANWHILE = Problem(
    "campaigns.changed_meanwhile",
    409,
    _(
        "%(who)s changed the campaign %(name)s while you were at it. Open the page again, look at it, and change it anew."
    ),
)
KEY_DAY_NAME = Problem("campaigns.key_day_name", 422, _("The key day %(on)s has no name. Write what happens on it."))
KEY_DAY_DAY = Problem("campaigns.key_day_day", 422, _("“%(name)s” has no day. Choose one, or clear the name."))
KEY_DAY_FAR = Problem(
    "campaigns.key_day_far", 422, _("“%(name)s” on %(on)s is more than a year away from the campaign. Check the year.")
)
TARGETS_UNDECIDED = Problem(
    "campaigns.targets_undecided",
    409,
    _("It is not yet decided whom %(words)s means (%(count)s names). Confirm or correct every name, then publish."),
)
NOTHING_OWED = Problem(
    "campaigns.nothing_owed", 422, _("With these choices no unit would owe anything. Check whom the tasks are for.")
)
LATER_THAN_PARENT = Problem(
    "campaigns.later_than_parent",
    422,
    _(
        "%(due)s is later than the deadline that you were given yourself (%(limit)s). Set the same time or an earlier one."
    ),
)
NOT_POSSIBLE = Problem(
    "campaigns.not_possible", 409, _("%(title)s is %(state)s now, so this is no longer possible. Reload the page.")
)
NOT_REPORTED = Problem(
    "campaigns.not_reported",
    409,
    _("A receipt is signed and a liaison officer is named; neither is reported as done. Use the address made for it."),
)
REASON_MISSING = Problem("campaigns.reason_missing", 422, _("Give the reason; the other side reads it."))
TEXT_MISSING = Problem("campaigns.text_missing", 422, _("Write what is to be done."))
WHEN_MISSING = Problem("campaigns.when_missing", 422, _("Choose the day until which you ask for time."))
PROGRESS_RANGE = Problem("campaigns.progress_range", 422, _("Progress is a percentage between 0 and 100."))
LIAISON_NAME = Problem("campaigns.liaison_name", 422, _("Give the liaison officer's name."))
LIAISON_REACH = Problem(
    "campaigns.liaison_reach", 422, _("Give a telephone number at which the liaison officer can be reached.")
)
PHONE_FORM = Problem(
    "campaigns.phone_form",
    422,
    _("%(phone)s is no telephone number. Write a mobile number with 11 digits, or area code and number."),
)
MOBILE_FORM = Problem(
    "campaigns.mobile_form",
    422,
    _("%(phone)s is no mobile number. Write its 11 digits; a fixed line goes into the other field."),
)
EMAIL_FORM = Problem("campaigns.email_form", 422, _("%(email)s is no e-mail address. Correct it or leave it empty."))
LIAISON_NOT_ASKED = Problem(
    "campaigns.liaison_not_asked", 409, _("This campaign asks %(unit)s for no liaison officer.")
)
EXTENSION_LATER = Problem("campaigns.extension_later", 422, _("Ask for a time after the present deadline %(due)s."))
EXTENSION_NO_DUE = Problem("campaigns.extension_no_due", 409, _("%(title)s has no deadline that could be extended."))
EXTENSION_OPEN = Problem(
    "campaigns.extension_open", 409, _("An extension has been asked for already and is not answered yet.")
)
EXTENSION_ANSWERED = Problem("campaigns.extension_answered", 409, _("This request has been answered already."))
EXTENSION_BEYOND = Problem(
    "campaigns.extension_beyond",
    422,
    _("You owe this yourself by %(limit)s. Have your own deadline extended first, or grant an earlier time."),
)
TASK_OF_OTHER = Problem("campaigns.task_of_other", 422, _("This task does not belong to the campaign."))
LINKS_CLOSED = Problem("campaigns.links_closed", 409, _("Links are switched off for the campaign %(name)s."))
WHO_ACTS = Problem(
    "campaigns.who_acts", 422, _("Give your name and your telephone number, so that the office knows who acted.")
)
NOTHING_TO_REISSUE = Problem(
    "campaigns.nothing_to_reissue", 422, _("Choose at least one task or return that the units below are to carry out.")
)
ALREADY_REISSUED = Problem(
    "campaigns.already_reissued", 409, _("%(unit)s has issued this campaign further down already: %(name)s.")
)
NOT_ADDRESSED = Problem("campaigns.not_addressed", 409, _("The campaign %(name)s does not address %(unit)s."))
SIGNED_MISSING = Problem(
    "campaigns.signed_missing", 422, _("Enter the document number and the signer as they stand on the signed copy.")
)
SLIP_UNREADABLE = Problem(
    "campaigns.slip_unreadable", 422, _("No name and telephone number could be read from %(file)s. Enter them by hand.")
)
ROSTER_NO_FORM = Problem(
    "campaigns.roster_no_form",
    409,
    _("The notice has no form in which liaison officers are entered. Take the workbook instead."),
)
ROSTER_NOBODY = Problem("campaigns.roster_nobody", 409, _("No unit has named a liaison officer yet."))
ROSTER_UNREADABLE = Problem(
    "campaigns.roster_unreadable", 409, _("The notice's file could not be read again. Take the workbook instead.")
)
NO_UNITS_TO_CHASE = Problem("campaigns.no_units_to_chase", 422, _("Tick at least one unit, then choose what to do."))
NOTHING_TO_CHASE = Problem(
    "campaigns.nothing_to_chase", 409, _("None of these units owes anything now. Reload the page; somebody was faster.")
)
RULE_TWICE = Problem("campaigns.rule_twice", 422, _("Two rules say the same. Take one of them away."))
RULE_RANGE = Problem(
    "campaigns.rule_range", 422, _("A rule lies within thirty working days and seventy-two hours of the deadline.")
)
RULE_REMIND = Problem(
    "campaigns.rule_remind",
    422,
    _("A reminder comes before the deadline; chases and leaders come with it or after it."),
)
ITEMS_MISSING = Problem("campaigns.items_missing", 422, _("Choose at least one item that the circular reports on."))
ITEMS_MANY = Problem(
    "campaigns.items_many", 422, _("A circular has room for %(most)s items; %(count)s are chosen. Take some away.")
)
CIRCULAR_NOBODY = Problem(
    "campaigns.circular_nobody", 422, _("None of the chosen units owes one of the chosen items. Choose others.")
)
