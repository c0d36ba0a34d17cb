"""Why a message or a setting of messages is refused."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

NO_TEMPLATE = Problem("messaging.no_template", 500, _("There is no text called “%(template)s”."))
MISSING_WORDS = Problem("messaging.missing_words", 500, _("The text “%(template)s” needs these words: %(words)s."))
NOT_WAITING = Problem(
    "messaging.not_waiting", 409, _("The message to %(recipient)s is no longer waiting; it cannot be cancelled.")
)
NOT_FAILED = Problem(
    "messaging.not_failed", 409, _("The message to %(recipient)s has not failed; it need not be sent again.")
)
BAD_ADDRESS = Problem(
    "messaging.bad_address",
    422,
    _(
        "The address must begin with https:// and lie at a host that the operator allows: %(hosts)s. Copy the robot's webhook "
        "address whole, or ask the operator to allow the host."
    ),
)
ENVIRONMENT = Problem(
    "messaging.environment",
    422,
    _("“env:…” may be used only for the whole installation, by its system administrator. Enter the value itself."),
)
NEEDS_ADDRESS = Problem(
    "messaging.needs_address", 422, _("A robot that is on needs its webhook address. Enter it, or switch it off.")
)
NO_SERVER = Problem(
    "messaging.no_server",
    422,
    _("The operator has not set up a server for this channel. Ask for it, or leave the channel off."),
)
HOURS_ORDER = Problem(
    "messaging.hours_order", 422, _("The office must close after it opens. Correct one of the two times.")
)
TRIAL_OFF = Problem(
    "messaging.trial_off", 409, _("%(channel)s is off here. Switch it on and save, then send the trial message.")
)
TRIAL_ADDRESS = Problem(
    "messaging.trial_address", 422, _("This is no address of this channel. Enter one that you can read yourself.")
)
