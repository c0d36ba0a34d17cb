"""Why something about units is refused, and what to do then."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from anyue.kernel.errors import Problem

NOT_ALLOWED = Problem(
    "orgs.not_allowed", 403, _("You may not change units at “%(place)s”. Ask the administrator of the unit above it.")
)
NAME_MISSING = Problem("orgs.name_missing", 422, _("The unit has no name. Enter its full official name."))
NAME_LONG = Problem("orgs.name_long", 422, _("The name has more than 120 characters. Shorten it."))
NAME_TAKEN = Problem(
    "orgs.name_taken",
    422,
    _("“%(above)s” already has a unit called “%(name)s”. Use that one, or give this one another name."),
)
CODE_SHAPE = Problem(
    "orgs.code_shape",
    422,
    _(
        "“%(code)s” is no unit code. Use the 12 digits of the statistical code, or for an office at most 24 letters, digits, - or _."
    ),
)
CODE_LENGTH = Problem(
    "orgs.code_length",
    422,
    _("The statistical code “%(code)s” does not have 12 digits. Check it against the yearly table."),
)
CODE_PROVINCE = Problem(
    "orgs.code_province", 422, _("“%(code)s” begins with the digits of no province. Check the first two digits.")
)
CODE_GAP = Problem(
    "orgs.code_gap",
    422,
    _("“%(code)s” leaves out a level: digits stand behind zeros. Check it against the yearly table."),
)
CODE_TOWNSHIP = Problem(
    "orgs.code_township",
    422,
    _("Digits 7 to 9 of “%(code)s” are above 599, where no township or street is. Check them."),
)
CODE_VILLAGE = Problem(
    "orgs.code_village",
    422,
    _("Digits 10 to 12 of “%(code)s” are above 599, where no community or village is. Check them."),
)
CODE_KIND = Problem(
    "orgs.code_kind",
    422,
    _("The code “%(code)s” is not that of a unit of the kind “%(kind)s”. Correct the code or the kind."),
)
CODE_TAKEN = Problem(
    "orgs.code_taken",
    422,
    _("The code “%(code)s” belongs to “%(holder)s” already. Correct it, or change that unit instead."),
)
AREA_CODE = Problem(
    "orgs.area_code",
    422,
    _("The area code “%(area_code)s” is no statistical code of 12 digits. Correct it or leave it empty."),
)
USCC = Problem(
    "orgs.uscc",
    422,
    _(
        "“%(uscc)s” is no unified social credit code: 18 characters without I, O, S, V, Z, the last one a check character. Copy it from the licence."
    ),
)
USCC_TAKEN = Problem(
    "orgs.uscc_taken",
    422,
    _("The credit code “%(uscc)s” belongs to “%(uscc_holder)s” already. Correct it, or change that unit instead."),
)
KIND_PLACE = Problem(
    "orgs.kind_place",
    422,
    _(
        "A unit of the kind “%(kind)s” cannot stand right below one of the kind “%(above_kind)s”. Choose another place or kind."
    ),
)
TOO_DEEP = Problem("orgs.too_deep", 422, _("The tree would have more than 16 levels there. Choose a place further up."))
CLOSED = Problem(
    "orgs.closed",
    422,
    _("“%(name)s” has been closed since %(on)s and can no longer be changed. Choose a unit that is open."),
)
CYCLE = Problem(
    "orgs.cycle",
    422,
    _("“%(name)s” lies below “%(unit)s” itself, so “%(unit)s” cannot go there. Choose a place outside it."),
)
SAME_PLACE = Problem("orgs.same_place", 422, _("“%(unit)s” stands below “%(above)s” already. Choose another place."))
SAME_NAME = Problem("orgs.same_name", 422, _("“%(name)s” is its name already. Enter the new one."))
TOO_EARLY = Problem(
    "orgs.too_early",
    422,
    _(
        "“%(name)s” last changed on %(last)s. A change from %(on)s on would rewrite what was reported since; date it %(last)s or later."
    ),
)
IN_FUTURE = Problem(
    "orgs.in_future", 422, _("%(on)s is still to come. Enter the change on the day it takes effect, or date it today.")
)
HAS_UNITS = Problem(
    "orgs.has_units",
    422,
    _("%(count)s open units still hang below “%(name)s”. Move them first, or choose to close them as well."),
)
MERGE_NOTHING = Problem(
    "orgs.merge_nothing", 422, _("Nothing to merge: choose at least one unit other than the one that stays.")
)
MERGE_KIND = Problem(
    "orgs.merge_kind", 422, _("“%(unit)s” and “%(into)s” are of different kinds. Only units of one kind are merged.")
)
SPLIT_NOTHING = Problem("orgs.split_nothing", 422, _("Nothing to split into: name at least one new unit."))
SPLIT_CHILD = Problem(
    "orgs.split_child",
    422,
    _("“%(name)s” does not stand right below “%(unit)s”. Only the units right below it can go to the new ones."),
)
SPLIT_LEFT = Problem(
    "orgs.split_left",
    422,
    _("“%(unit)s” is to close, but %(count)s units below it go nowhere. Give each of them a new place."),
)
GROUP_NAME = Problem("orgs.group_name", 422, _("The list has no name. Enter one, such as “all communities”."))
GROUP_TAKEN = Problem(
    "orgs.group_taken", 422, _("“%(owner)s” already has a list called “%(name)s”. Choose another name.")
)
GROUP_OUTSIDE = Problem(
    "orgs.group_outside", 422, _("“%(name)s” is not among the units that you see, so it cannot be on the list.")
)
FILE_KIND = Problem(
    "orgs.file_kind",
    422,
    _("“%(name)s” is neither a workbook nor a .csv file. Save the table as .xlsx or .csv and choose it again."),
)
FILE_UNREADABLE = Problem("orgs.file_unreadable", 422, _("%(why)s"))
FILE_HEADS = Problem(
    "orgs.file_heads",
    422,
    _(
        "“%(name)s” has no heading for the names of units. Give the columns headings such as %(wanted)s, or start from the template."
    ),
)
FILE_EMPTY = Problem(
    "orgs.file_empty", 422, _("“%(name)s” has headings but no rows below them. Fill in at least one unit.")
)
IMPORT_NOT_ALLOWED = Problem(
    "orgs.import_not_allowed",
    403,
    _("You may not import units into “%(place)s”. Ask the administrator of the unit above it."),
)
IMPORT_NOT_READY = Problem(
    "orgs.import_not_ready",
    409,
    _("This table cannot be brought in now: %(state)s. Open the page again and look at it."),
)
IMPORT_DONE = Problem(
    "orgs.import_done",
    409,
    _(
        "The table is in already and cannot be called off any more. Correct the units with another table, or one by one."
    ),
)
IMPORT_STOPPED = Problem(
    "orgs.import_stopped",
    500,
    _("The program stopped while it worked on this table. Nothing of it was written. Choose the table once more."),
)
ROW_KIND_UNKNOWN = Problem("orgs.row_kind_unknown", 422, _("“%(word)s” is no kind of unit. Write one of %(kinds)s."))
ROW_KIND_MISSING = Problem(
    "orgs.row_kind_missing",
    422,
    _("What kind of unit “%(name)s” is can be told neither from its code nor from its name. Write one of %(kinds)s."),
)
ROW_CODE_TWICE = Problem(
    "orgs.row_code_twice", 422, _("The code “%(code)s” stands in row %(row)s already. Keep one of the two rows.")
)
ROW_USCC_TWICE = Problem(
    "orgs.row_uscc_twice", 422, _("The credit code “%(uscc)s” stands in row %(row)s already. Keep one of the two rows.")
)
ROW_NAME_TWICE = Problem(
    "orgs.row_name_twice",
    422,
    _("“%(name)s” stands below “%(above)s” in row %(row)s already. Keep one of the two rows, or give each its code."),
)
ROW_PARENT_MISSING = Problem(
    "orgs.row_parent_missing",
    422,
    _(
        "The unit above, “%(above)s”, is neither in the table nor among the units that are there. Add a row for it or correct it."
    ),
)
ROW_PARENT_SEVERAL = Problem(
    "orgs.row_parent_several", 422, _("Several units are called “%(above)s”. Write the code of the one that is meant.")
)
ROW_CYCLE = Problem(
    "orgs.row_cycle",
    422,
    _("“%(name)s” would stand below itself: %(way)s. Correct the unit above in one of these rows."),
)
ROW_CLOSED = Problem(
    "orgs.row_closed",
    422,
    _("The code “%(code)s” belongs to “%(name)s”, closed since %(on)s. Take the row out or correct the code."),
)
ROW_OUTSIDE = Problem(
    "orgs.row_outside",
    422,
    _("“%(name)s” does not lie within “%(place)s”, into which you import. Take the row out or correct the unit above."),
)
