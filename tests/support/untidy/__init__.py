"""Filled copies of a Word form, as untidy as people return them, with the truth about each.

The form is read here with a few lines of its own (a bracket that holds nothing is a blank), so that the program under
test is measured against something that does not share its mistakes.

    truths = generate(Path("通知.docx"), Path("回复"), count=200, seed=1)
    sums = totals(truths)              # ordinal of a blank -> sum over the replies that count
    form = read_form(Path("通知.docx"))  # form.blanks[n]: section, words before and after blank n

Blanks are numbered from 1 in reading order, the blanks of the repeating line included.
"""

from .form import Blank, Form, read_form
from .plan import Planted, ReplyTruth, generate, missing_units, roster, totals, write_roster

__all__ = [
    "Blank",
    "Form",
    "Planted",
    "ReplyTruth",
    "generate",
    "missing_units",
    "read_form",
    "roster",
    "totals",
    "write_roster",
]
