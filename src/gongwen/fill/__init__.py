"""Values into the issuer's own layout, and forms for units to fill in."""

from .cut import FormPart
from .derived import derived_sources, derived_values
from .docx import fill_docx
from .forms import form_docx, form_evidence, form_part
from .official import fill_totals, official_table, total_values
from .xlsform import form_xlsform
from .xlsx import form_xlsx

__all__ = [
    "FormPart",
    "derived_sources",
    "derived_values",
    "fill_docx",
    "fill_totals",
    "form_docx",
    "form_evidence",
    "form_part",
    "form_xlsform",
    "form_xlsx",
    "official_table",
    "total_values",
]
